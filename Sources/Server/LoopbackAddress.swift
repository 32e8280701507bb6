/// An address that only this machine can reach.
///
/// There is no sign-in yet, and staff pages would be open to whoever reaches them: so the server answers nowhere else.
public struct LoopbackAddress: Sendable, Equatable, CustomStringConvertible {
    /// What to bind to: `127.0.0.1` or `::1`.
    public let host: String

    /// `127.0.0.1`
    public static let standard = LoopbackAddress(host: "127.0.0.1")

    private init(host: String) { self.host = host }

    /// Takes `127.0.0.1`, `::1` and `localhost`; refuses all else and says why.
    public init(_ text: String) throws(ServeRefusal) {
        switch text.lowercased() {
        // Not looked up: what a machine calls "localhost" is in a file that may say anything.
        case "127.0.0.1", "localhost": host = "127.0.0.1"
        case "::1", "[::1]": host = "::1"
        default:
            throw ServeRefusal(
                """
                eyhub serves on this machine only (127.0.0.1, ::1 or localhost), not on “\(text)”: it has no sign-in yet, so \
                anybody who could reach it would see and change what only the hub's team may. To use it from another computer, \
                open an SSH tunnel: ssh -L 8080:127.0.0.1:8080 this-machine
                """)
        }
    }

    /// As it is written in a web address.
    public var description: String { host == "::1" ? "[::1]" : host }
}

/// Why the server does not start, in one sentence for whoever started it.
public struct ServeRefusal: Error, Sendable, Equatable, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}
