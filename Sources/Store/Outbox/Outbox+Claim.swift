public import Civil

/// A letter taken from the box for one attempt, by one postman, for a limited time.
public struct ClaimedLetter: Sendable {
    public let id: String
    public let kind: String
    public let address: String
    public let name: String
    public let subject: String
    public let text: String
    public let html: String?
    public let unsubscribe: String?
    public let messageID: String
    /// Which attempt this is, from 1.
    public let attempt: Int
    /// Who took it.
    public let postman: String
    let ifInDoubt: IfInDoubt
    let secretUntil: Instant?
}

extension Outbox {
    /// Whether there is anything to do at this moment: a letter is due, was left half done, or holds a secret that ran out.
    /// Only reads, so that looking often costs nothing.
    public static func hasWork(in session: any Session, now: Instant) throws -> Bool {
        try session.count(
            """
            select case when exists (select 1 from outbox where state = 'queued' and is_urgent in (0, 1) and due_at <= \(now))
                or exists (select 1 from outbox where state = 'sending' and claimed_until <= \(now))
                or exists (select 1 from outbox where secret_until <= \(now) and text_body <> '')
            then 1 else 0 end
            """) == 1
    }

    /// Takes the letter that is due first, urgent ones before others, and marks it `sending` with its Message-ID *before*
    /// anybody tries to send it. Several postmen on one database never get the same letter. Nil when nothing is due.
    ///
    /// - Parameters:
    ///   - postman: a name for the one who asks, different in each running copy.
    ///   - domain: the right side of the Message-ID, such as `hub.example.org`.
    ///   - seconds: how long the claim holds; longer than an attempt can take.
    public static func claim(
        by postman: String, domain: String, for seconds: Int, in session: any Session, clock: Clock
    ) throws -> ClaimedLetter? {
        let now = clock.now
        guard
            let row = try session.first(
                """
                select * from outbox where state = 'queued' and due_at <= \(now)
                and (secret_until is null or secret_until > \(now))
                order by is_urgent desc, due_at, id limit 1\(.skippingLocked)
                """)
        else { return nil }
        let id = row.text("id")
        // The same letter keeps the same Message-ID however often it is tried: mail programs show two copies as one.
        let messageID = row.textOrNil("message_id") ?? "<\(id)@\(domain)>"
        let attempt = row.int("attempts") + 1
        try session.run(
            """
            update outbox set state = 'sending', attempts = \(attempt), message_id = \(messageID),
                claimed_by = \(postman), claimed_until = \(now.adding(seconds: seconds))
            where id = \(id)
            """)
        return ClaimedLetter(
            id: id, kind: row.text("kind"), address: row.text("to_address"), name: row.text("to_name"),
            subject: row.text("subject"), text: row.text("text_body"), html: row.textOrNil("html_body"),
            unsubscribe: row.textOrNil("unsubscribe_url"), messageID: messageID, attempt: attempt, postman: postman,
            ifInDoubt: row.code("if_in_doubt") ?? .leave, secretUntil: row.instant("secret_until"))
    }

    /// Without a way to send, letters that are due are kept, to be read on the page that shows mail. Returns how many.
    @discardableResult
    public static func keepDue(in session: any Session, clock: Clock) throws -> Int {
        try session.run("update outbox set state = 'kept' where state = 'queued' and due_at <= \(clock.now)")
    }
}
