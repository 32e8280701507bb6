public import Civil

/// The mail that is to leave. Whoever changes data writes the letter about it in the same transaction: neither is there
/// without the other. The `Mail` room's postman takes letters from here. The rules are in `docs/rules/mail.md`.
public enum Outbox {
    /// Puts a letter into the box, in the caller's own transaction, and returns its id. Throws `LetterProblem` when its address
    /// or text cannot be sent.
    @discardableResult
    public static func post(_ letter: Letter, in session: any Session, ids: IDMaker, clock: Clock) throws -> String {
        let letter = try letter.checked()
        let id = ids.next()
        let now = clock.now
        try session.run(
            """
            insert into outbox (
                id, kind, is_urgent, if_in_doubt, person_id, to_address, to_name, subject, text_body, html_body,
                unsubscribe_url, secret_until, created_at, due_at, state, attempts, perhaps_sent
            ) values (
                \(id), \(letter.kind.code), \(letter.kind.isUrgent), \(letter.kind.ifInDoubt.rawValue), \(letter.personID),
                \(letter.address), \(letter.name), \(letter.subject), \(letter.text), \(letter.html),
                \(letter.unsubscribe), \(letter.secretUntil), \(now), \(max(now, letter.dueAt ?? now)), 'queued', 0, 0
            )
            """)
        return id
    }
}
