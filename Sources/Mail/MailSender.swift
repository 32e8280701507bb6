public import Store

/// A way for letters to leave. `SMTPSender` is the real one; tests have their own.
public protocol MailSender: Sendable {
    /// Makes one attempt and says how it went. It ends in limited time and never throws: whatever happens is an outcome.
    func send(_ message: Message) async -> SendReport
}

/// How one attempt went, for the letter and for the postman.
public struct SendReport: Sendable, Equatable {
    public let delivery: Delivery
    /// It is the mail server that cannot be used just now (no line, no trust, no password), not this letter: the next letter
    /// would fare the same, so the postman pauses.
    public let isServerAway: Bool

    public init(_ delivery: Delivery, isServerAway: Bool = false) {
        self.delivery = delivery
        self.isServerAway = isServerAway
    }
}

/// The way mail takes out of this house: who sends, and who it is from.
public struct MailRoute: Sendable {
    public let sender: any MailSender
    public let from: Mailbox

    public init(_ sender: any MailSender, from: Mailbox) {
        self.sender = sender
        self.from = from
    }

    /// By SMTP, as configured.
    public static func smtp(_ configuration: MailConfiguration) -> MailRoute {
        MailRoute(SMTPSender(configuration), from: configuration.from)
    }
}
