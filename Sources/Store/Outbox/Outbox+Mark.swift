public import Civil

extension Outbox {
    /// Writes down how an attempt ended. Returns the state the letter is in now.
    ///
    /// A postman whose claim ran out may come late: that the letter was accepted is true whoever holds it now, and is written;
    /// anything else is no longer this postman's to say.
    @discardableResult
    public static func mark(
        _ letter: ClaimedLetter, _ delivery: Delivery, in session: any Session, clock: Clock
    ) throws -> LetterState? {
        let now = clock.now
        let verdict = Verdict(
            after: delivery, attempts: letter.attempt, ifInDoubt: letter.ifInDoubt, secretUntil: letter.secretUntil, now: now)
        let mine: SQL = """
            id = \(letter.id) and state = 'sending' and claimed_by = \(letter.postman) and attempts = \(letter.attempt)
            """
        switch verdict {
        case .sent:
            try session.run(
                """
                update outbox set state = 'sent', sent_at = \(now), claimed_by = null, claimed_until = null,
                    last_error = null, perhaps_sent = 0, \(wipingSecrets)
                where id = \(letter.id) and state <> 'sent'
                """)
        case .again(let next, let reason):
            try session.run(
                """
                update outbox set state = 'queued', due_at = \(next), last_error = \(reason), claimed_by = null,
                    claimed_until = null
                where \(mine)
                """)
        case .failed(let reason, let bounced, let perhapsSent):
            let bouncedAt = bounced ? now : nil
            let bounceReason = bounced ? reason : nil
            try session.run(
                """
                update outbox set state = 'failed', last_error = \(reason), perhaps_sent = \(perhapsSent),
                    bounced_at = \(bouncedAt), bounce_reason = \(bounceReason), claimed_by = null, claimed_until = null,
                    \(wipingSecrets)
                where \(mine)
                """)
        }
        return try session.first("select state from outbox where id = \(letter.id)")?.code("state")
    }

    /// Tidies up: letters whose postman died, and secrets that ran out. Returns how many letters it settled.
    ///
    /// A letter that is still `sending` when its claim runs out was taken by somebody who died, between taking it and writing
    /// down how it went. Nobody can know whether it left: the letter's own rule says what to do.
    @discardableResult
    public static func sweep(in session: any Session, clock: Clock) throws -> Int {
        let now = clock.now
        let dead = try session.all(
            "select * from outbox where state = 'sending' and claimed_until <= \(now) order by id limit 100\(.skippingLocked)")
        for row in dead {
            let letter = ClaimedLetter(
                id: row.text("id"), kind: row.text("kind"), address: "", name: "", subject: "", text: "", html: nil,
                unsubscribe: nil, messageID: row.text("message_id"), attempt: row.int("attempts"), postman: row.text("claimed_by"),
                ifInDoubt: row.code("if_in_doubt") ?? .leave, secretUntil: row.instant("secret_until"))
            try mark(letter, .inDoubt("The program stopped while the letter was being sent."), in: session, clock: clock)
        }
        let late = try session.run(
            """
            update outbox set state = 'failed', last_error = \(Verdict.ranOut), \(wipingSecrets)
            where state = 'queued' and secret_until <= \(now)
            """)
        // A kept letter stays what it is; only its text goes.
        let kept = try session.run(
            "update outbox set \(wipingSecrets) where secret_until <= \(now) and text_body <> '' and state <> 'sending'")
        return dead.count + late + kept
    }

    /// What wipes the text of a letter that holds a secret and leaves others alone.
    static let wipingSecrets: SQL = """
        text_body = case when secret_until is null then text_body else '' end,
        html_body = case when secret_until is null then html_body else null end,
        unsubscribe_url = case when secret_until is null then unsubscribe_url else null end
        """
}
