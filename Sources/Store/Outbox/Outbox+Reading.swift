public import Civil

extension Outbox {
    /// The letters in the box, newest first, in pages: give the id of the last one seen for the next page.
    public static func letters(
        in session: any Session, state: LetterState? = nil, before id: String? = nil, limit: Int = 50
    ) throws -> [PostedLetter] {
        var conditions: [SQL] = ["1 = 1"]
        if let state { conditions.append("state = \(state.rawValue)") }
        if let id { conditions.append("id < \(id)") }
        return try session.all(
            "select * from outbox where \(SQL.join(conditions, separator: " and ")) order by id desc limit \(limit)"
        ).compactMap(PostedLetter.init)
    }

    /// One letter; nil when there is none of this id.
    public static func letter(_ id: String, in session: any Session) throws -> PostedLetter? {
        try session.first("select * from outbox where id = \(id)").flatMap(PostedLetter.init)
    }

    /// How many letters are in each state; a state without letters is 0.
    public static func counts(in session: any Session) throws -> [LetterState: Int] {
        var counts = Dictionary(uniqueKeysWithValues: LetterState.allCases.map { ($0, 0) })
        for row in try session.all("select state, count(*) as letters from outbox group by state") {
            if let state = row.code("state", as: LetterState.self) { counts[state] = row.int("letters") }
        }
        return counts
    }

    /// Since when the oldest letter that is due has been waiting; nil when none is. For whoever watches over the hub.
    public static func waitingSince(in session: any Session, clock: Clock) throws -> Instant? {
        try session.first("select min(due_at) as due from outbox where state = 'queued' and due_at <= \(clock.now)")?.instant("due")
    }

    /// When mail to this address last came back, and what the mail server said; nil when none did, or one arrived since.
    public static func bounce(of address: String, in session: any Session) throws -> (at: Instant, reason: String)? {
        let last = try session.first(
            """
            select bounced_at, bounce_reason from outbox where lower(to_address) = lower(\(address)) and bounced_at is not null
            and not exists (
                select 1 from outbox later where lower(later.to_address) = lower(\(address)) and later.sent_at > outbox.bounced_at)
            order by bounced_at desc limit 1
            """)
        guard let last, let at = last.instant("bounced_at") else { return nil }
        return (at, last.text("bounce_reason"))
    }

    /// The text of a secret letter, only where mail is kept because it cannot be sent: somebody has to hand over the link. Nil for
    /// any other letter. Ask first whether the person may; write down in the trail that they did.
    public static func secretText(of id: String, in session: any Session, clock: Clock) throws -> String? {
        try session.first(
            """
            select text_body from outbox
            where id = \(id) and state = 'kept' and secret_until > \(clock.now) and text_body <> ''
            """)?.textOrNil("text_body")
    }
}
