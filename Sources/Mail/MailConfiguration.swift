/// How mail leaves, as the technician wrote it. Its password is never printed, whichever way it is shown.
public struct MailConfiguration: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// How the line to the mail server is guarded.
    public enum Security: String, Sendable {
        /// TLS from the first byte (`smtps://`).
        case tls
        /// TLS before anything that matters, or no mail (`starttls=required`).
        case required
        /// TLS where the server offers it (`starttls=opportunistic`): it keeps nobody out who can change what passes by.
        case opportunistic
        /// None (`starttls=off`): for a server on this machine.
        case off
    }

    public let host: String
    public let port: Int
    public let security: Security
    public let user: String?
    let password: String?
    /// Who letters are from, and where they come back to.
    public let from: Mailbox
    /// A file of certificates (PEM) to trust instead of the system's.
    public let authorities: String?

    /// The same address with the password hidden, fit for a log or a screen.
    public var description: String {
        let scheme = security == .tls ? "smtps" : "smtp"
        let account = user.map { "\($0):…@" } ?? ""
        let query = security == .tls ? "" : "?starttls=\(security.rawValue)"
        return "\(scheme)://\(account)\(host):\(port)\(query), from \(from.address)"
    }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["description": description]) }
}

/// What is wrong with the mail settings, for the technician who wrote them. Holds no password.
public struct MailConfigurationProblem: Error, Sendable, Equatable, CustomStringConvertible {
    /// One or two sentences: what is wrong, and what to write instead.
    public let message: String
    public var description: String { message }

    init(_ message: String) { self.message = message }
}
