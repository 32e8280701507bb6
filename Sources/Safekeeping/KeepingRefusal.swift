/// Why something cannot be kept or brought back, in a plain sentence that says how to go on.
public struct KeepingRefusal: Error, Equatable, Sendable, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }

    static let notOurs = KeepingRefusal(
        "This is not a database of eyhub: it does not say which steps its tables have taken. Check the address.")

    static func damaged(_ file: String, _ what: String) -> KeepingRefusal {
        KeepingRefusal("\(file) is cut short or was altered: \(what). It cannot be restored. Use another copy of it.")
    }
}
