/// Told every now and then how far the work has come.
public struct KeepingProgress: Sendable {
    private let tell: @Sendable (_ doing: String, _ rows: Int) -> Void

    /// - Parameter tell: what is being done to which table, and how many rows in all so far.
    public init(_ tell: @escaping @Sendable (_ doing: String, _ rows: Int) -> Void) { self.tell = tell }

    public static let silent = KeepingProgress { _, _ in }

    /// Every so many rows is often enough to watch and too seldom to cost anything.
    func note(_ doing: @autoclosure () -> String, _ rows: Int) {
        if rows & 0x3FFF == 0 { tell(doing(), rows) }
    }
}
