/// Work a room does by itself, again and again, while the house is open.
///
/// Several copies of the program may do it on one database at the same time, and any may be killed at any moment: it looks what is
/// due, and does that in transactions of its own.
public struct Job: Sendable {
    /// For the log.
    public let name: String
    /// Seconds from one look to the next; the first look is as long after the start.
    public let pause: Int
    public let work: @Sendable () async throws -> Void

    public init(_ name: String, every pause: Int, _ work: @escaping @Sendable () async throws -> Void) {
        self.name = name
        self.pause = pause
        self.work = work
    }
}
