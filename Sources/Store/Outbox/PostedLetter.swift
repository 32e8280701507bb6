public import Civil

/// Where a letter stands.
public enum LetterState: String, Sendable, CaseIterable {
    /// Waits for its moment.
    case queued
    /// A postman has it.
    case sending
    /// The mail server took it on.
    case sent
    /// It was given up; `PostedLetter.lastError` says why.
    case failed
    /// There is no way to send mail here: this would have been sent.
    case kept
}

/// A letter in the box as the page that shows mail may show it. Who may see that page is for the caller to decide.
public struct PostedLetter: Sendable {
    public let id: String
    public let kind: String
    public let personID: String?
    public let address: String
    public let name: String
    public let subject: String
    public let body: Body
    public let unsubscribe: String?
    public let createdAt: Instant
    public let dueAt: Instant
    public let state: LetterState
    public let attempts: Int
    /// What the mail server or our side said when it last went wrong; the reader's own address is left out.
    public let lastError: String?
    /// The letter was given up because nobody can know whether it left.
    public let wasPerhapsSent: Bool
    public let sentAt: Instant?
    public let messageID: String?
    public let bouncedAt: Instant?
    public let bounceReason: String?

    /// What can be shown of the text.
    public enum Body: Sendable, Equatable {
        case text(String, html: String?)
        /// It opens a door for somebody else, so nobody reads it here. `Outbox.secretText` is for where mail is kept, not sent.
        case hidden(until: Instant)
        /// It held a secret and was wiped, or was cleared away after its time.
        case gone
    }

    init?(_ row: Row) {
        guard let created = row.instant("created_at"), let due = row.instant("due_at"),
            let state = row.code("state", as: LetterState.self)
        else { return nil }
        id = row.text("id")
        kind = row.text("kind")
        personID = row.textOrNil("person_id")
        address = row.text("to_address")
        name = row.text("to_name")
        subject = row.text("subject")
        let text = row.text("text_body")
        if text.isEmpty {
            body = .gone
        } else if let until = row.instant("secret_until") {
            body = .hidden(until: until)
        } else {
            body = .text(text, html: row.textOrNil("html_body"))
        }
        // The link that ends letters needs no sign-in, so with a secret letter it is nobody else's either.
        unsubscribe = row.textOrNil("secret_until") == nil ? row.textOrNil("unsubscribe_url") : nil
        createdAt = created
        dueAt = due
        self.state = state
        attempts = row.int("attempts")
        lastError = row.textOrNil("last_error")
        wasPerhapsSent = row.bool("perhaps_sent")
        sentAt = row.instant("sent_at")
        messageID = row.textOrNil("message_id")
        bouncedAt = row.instant("bounced_at")
        bounceReason = row.textOrNil("bounce_reason")
    }
}
