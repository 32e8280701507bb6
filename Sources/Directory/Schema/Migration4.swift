internal import Store

/// Changes a setting's own people ask for.
enum Migration4 {
    static let all: [Migration] = [Migration(room: "Directory", number: 7, name: "changes that settings ask for", proposals)]

    private static let proposals: [SQL] = [
        """
        create table proposal (
            id text primary key, setting_id text not null references setting (id), reason text, by_whom text not null, at text not null,
            decision text check (decision in ('accepted', 'declined', 'withdrawn')), decided_at text, decided_by text, answer text
        )\(.strict)
        """,
        "create index proposal_setting on proposal (setting_id, at)",
        "create index proposal_waiting on proposal (at) where decided_at is null",
        """
        create table proposal_field (
            proposal_id text not null references proposal (id), field text not null, value text, before text,
            primary key (proposal_id, field)
        )\(.keyed)
        """,
        // How a hub wants it; a hub without a line lets changes stand at once.
        """
        create table hub_wish (
            hub_id text primary key references hub (id), changes text not null check (changes in ('at-once', 'wait'))
        )\(.strict)
        """,
    ]
}
