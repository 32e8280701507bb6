extension Outbox {
    /// The steps that make the box.
    public static let migrations: [Migration] = [Migration(room: "Store", number: 1, name: "outbox", table)]

    private static let table: [SQL] = [
        """
        create table outbox (
            id text primary key, kind text not null, is_urgent \(.integer) not null check (is_urgent in (0, 1)),
            if_in_doubt text not null check (if_in_doubt in ('send-again', 'leave')),
            person_id text, to_address text not null, to_name text not null, subject text not null,
            text_body text not null, html_body text, unsubscribe_url text, secret_until text,
            created_at text not null, due_at text not null,
            state text not null check (state in ('queued', 'sending', 'sent', 'failed', 'kept')),
            attempts \(.integer) not null check (attempts >= 0), last_error text,
            perhaps_sent \(.integer) not null check (perhaps_sent in (0, 1)),
            claimed_by text, claimed_until text, sent_at text, message_id text, bounced_at text, bounce_reason text,
            check ((state = 'sending') = (claimed_by is not null)), check ((state = 'sending') = (claimed_until is not null)),
            check ((state = 'sent') = (sent_at is not null))
        )\(.strict)
        """,
        // The postman looks every few seconds: only what waits is in this index, however much was sent.
        "create index outbox_waiting on outbox (state, is_urgent desc, due_at, id) where state = 'queued' or state = 'sending'",
        "create index outbox_made on outbox (created_at)",
        "create index outbox_secret on outbox (secret_until) where secret_until is not null and text_body <> ''",
        "create index outbox_person on outbox (person_id) where person_id is not null",
        "create index outbox_address on outbox (lower(to_address))",
    ]
}
