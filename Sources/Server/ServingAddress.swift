internal import Foundation

/// The network address to listen on.
public struct ServingAddress: Sendable, Equatable, CustomStringConvertible {
    /// What to bind to: `127.0.0.1`, `::1`, `0.0.0.0`.
    public let host: String

    /// `127.0.0.1`
    public static let standard = ServingAddress(loopback: "127.0.0.1")

    private init(loopback: String) { host = loopback }

    /// Takes IPv4 and IPv6 addresses and `localhost`; refuses names, which may mean something else tomorrow.
    public init(_ text: String) throws(ServeRefusal) {
        switch text.lowercased() {
        // Not looked up: what a machine calls "localhost" is in a file that may say anything.
        case "127.0.0.1", "localhost": host = "127.0.0.1"
        case "::1", "[::1]": host = "::1"
        case let other where other.allSatisfy({ $0.isNumber || $0 == "." }) && other.contains("."): host = other
        case let other where other.contains(":") && other.allSatisfy({ $0.isHexDigit || ":[]".contains($0) }):
            host = other.filter { $0 != "[" && $0 != "]" }
        default:
            throw ServeRefusal("--address takes a number such as 127.0.0.1, 0.0.0.0 or ::1, not “\(text)”.")
        }
    }

    /// Only this machine can reach it.
    public var isLoopback: Bool { host == "127.0.0.1" || host == "::1" }

    /// As it is written in a web address.
    public var description: String { host.contains(":") ? "[\(host)]" : host }
}

/// Why the server does not start, in one sentence for whoever started it.
public struct ServeRefusal: Error, Sendable, Equatable, CustomStringConvertible {
    public let description: String

    public init(_ description: String) { self.description = description }
}

extension ServeRefusal {
    /// Nobody can listen there, and why, by the system's own number for it.
    static func port(_ port: Int, of address: ServingAddress, error: CInt) -> ServeRefusal {
        let why =
            switch error {
            case EADDRINUSE: "another program uses it. Is eyhub running already? Else choose another with --port"
            case EADDRNOTAVAIL: "this machine has no such address. Choose one of its own with --address (“ip address” shows them)"
            case EACCES:
                "those below 1024 need a right of their own. Choose another with --port, or give it that right (see docs/operate.md)"
            default: "the system refuses it (error \(error)). Choose another with --port"
            }
        return ServeRefusal("Port \(port) of \(address) cannot be used: \(why).")
    }
}

/// What must be there before anybody else can reach the program.
public enum PublicServing {
    /// Throws `ServeRefusal` with the first thing that is missing. On this machine's own addresses nothing is asked for.
    public static func check(
        _ address: ServingAddress, publicURL: String?, hasSecretKey: Bool, hasAdministrator: Bool
    ) throws(ServeRefusal) {
        if let publicURL, !publicURL.hasPrefix("https://"), !publicURL.hasPrefix("http://127.0.0.1"),
            !publicURL.hasPrefix("http://localhost")
        {
            throw ServeRefusal("--public-url must begin with https://, because people sign in there: \(publicURL) does not.")
        }
        if address.isLoopback && publicURL == nil { return }
        let missing =
            !hasSecretKey
            ? "a secret key: set EYHUB_SECRET_KEY to at least 32 characters of chance, such as “openssl rand -base64 32” prints"
            : !hasAdministrator
                ? "an administrator: make one with “eyhub user add you@example.org --name 'Your Name' --administrator”"
                : publicURL == nil
                    ? "the https address people reach it by: --public-url https://hub.example.org, with a proxy in front or --tls-cert and --tls-key"
                    : nil
        guard let missing else { return }
        throw ServeRefusal("Others could reach eyhub at \(address), so it first needs \(missing).")
    }
}
