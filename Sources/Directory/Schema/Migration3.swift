internal import Store

/// How a hub looks, is reached and opens to everybody; requests for another format.
enum Migration3 {
    static let all: [Migration] = [
        Migration(room: "Directory", number: 6, name: "how a hub looks, is reached and opens", identity + formats)
    ]

    static let identity: [SQL] = [
        // Null until the hub is opened to everybody.
        "alter table hub add column opened_at text",
        // What everybody could read yesterday stays open, and its people are told what is missing. What had published nothing waits.
        """
        update hub set opened_at = created_at where exists (select 1 from plan p join scheme s on s.id = p.scheme_id
            where s.hub_id = hub.id and p.status <> 'draft')
        """,
        """
        create table hub_identity (
            hub_id text primary key references hub (id) on delete cascade, colour text, logo text, funder text, funder_logo text,
            format_email text, format_telephone text, format_address text, introduction text, video_address text, video_title text,
            edition \(.integer) not null
        )\(.strict)
        """,
        // Numbers belong to local authorities, and a hub may lie in several.
        """
        create table hub_safeguarding (
            hub_id text not null references hub (id) on delete cascade, authority_code text not null, day text, night text,
            officer text, primary key (hub_id, authority_code)
        )\(.strict)
        """,
    ]

    static let formats: [SQL] = [
        """
        create table format_request (
            id text primary key, hub_id text not null references hub (id), what text not null, format text not null, detail text,
            name text not null, email text, telephone text, address text, asked_at text not null, asked_day text not null,
            by_whom text, due_day text not null, is_due_certain \(.integer) not null check (is_due_certain in (0, 1)),
            answered_at text, answer text, decided_by text, cleared_at text
        )\(.strict)
        """,
        "create index format_request_open on format_request (hub_id, due_day) where answered_at is null",
    ]
}
