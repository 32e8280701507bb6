public import Civil

extension Outbox {
    /// Puts a kept or failed letter back into the queue, as if it had not been tried; it keeps its Message-ID. False when it
    /// cannot be sent any more, because its text is gone or it is not kept or failed.
    public static func sendAgain(_ id: String, in session: any Session, clock: Clock) throws -> Bool {
        let now = clock.now
        return try session.run(
            """
            update outbox set state = 'queued', due_at = \(now), attempts = 0, perhaps_sent = 0, last_error = null,
                bounced_at = null, bounce_reason = null
            where id = \(id) and state in ('kept', 'failed') and text_body <> '' and (secret_until is null or secret_until > \(now))
            """) == 1
    }

    /// After a backup was restored: nobody knows which of the letters that wait in it have left since it was made, so none is sent
    /// by itself. They are kept, and staff can send each by hand. Returns how many.
    @discardableResult
    public static func keepAfterRestore(in session: any Session) throws -> Int {
        try session.run(
            """
            update outbox set state = 'kept', perhaps_sent = 1, claimed_by = null, claimed_until = null
            where state in ('queued', 'sending')
            """)
    }

    /// Every letter to a person, oldest first, for the copy of everything held about them.
    public static func letters(to personID: String, in session: any Session) throws -> [PostedLetter] {
        try session.all("select * from outbox where person_id = \(personID) order by id").compactMap(PostedLetter.init)
    }

    /// Forgets a person: letters that have not left are taken out of the box, and of the others only the kind and the times
    /// stay. A letter that is leaving at this moment is forgotten too, as soon as it left: call this again after. Returns how
    /// many letters are still leaving.
    public static func forget(_ personID: String, in session: any Session) throws -> Int {
        try session.run("delete from outbox where person_id = \(personID) and state in ('queued', 'kept')")
        try session.run(
            """
            update outbox set person_id = null, to_address = '', to_name = '', subject = '', text_body = '', html_body = null,
                unsubscribe_url = null, last_error = null, bounce_reason = null
            where person_id = \(personID) and state in ('sent', 'failed')
            """)
        return try session.count("select count(*) from outbox where person_id = \(personID)")
    }

    /// Clears away the text of letters made before this moment that are not going to be sent; that they were there stays.
    @discardableResult
    public static func clearTexts(madeBefore: Instant, in session: any Session) throws -> Int {
        try session.run(
            """
            update outbox set text_body = '', html_body = null, unsubscribe_url = null
            where created_at < \(madeBefore) and state in ('sent', 'failed', 'kept') and text_body <> ''
            """)
    }
}
