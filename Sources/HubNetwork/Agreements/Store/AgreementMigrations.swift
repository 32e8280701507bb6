internal import Store

/// The tables of pledges and agreements.
enum AgreementMigrations {
    static let all: [Migration] = [Migration(room: "Network", number: 2, name: "pledges and agreements", first)]

    private static let first: [SQL] = [
        """
        create table agreement (
            id text primary key, hub_id text not null, kind text not null check (kind in ('pledge', 'collaboration')),
            is_open \(.integer) not null check (is_open in (0, 1)), created_at text not null, by_whom text not null
        )\(.strict)
        """,
        "create index agreement_hub on agreement (hub_id)",
        // A version is a draft until it is published; from then on its text never changes.
        """
        create table agreement_version (
            id text primary key, agreement_id text not null references agreement (id), number \(.integer) not null, title text not null,
            opening text not null, aims text not null, duties text not null, principles text not null,
            needs_both \(.integer) not null check (needs_both in (0, 1)), renews \(.integer) not null check (renews in (0, 1)),
            notice_days \(.integer) not null, asks_again \(.integer) not null check (asks_again in (0, 1)), edition \(.integer) not null,
            begun_at text not null, by_whom text not null, published_at text, published_by text, fingerprint text,
            unique (agreement_id, number), check ((published_at is null) = (fingerprint is null))
        )\(.strict)
        """,
        "create unique index agreement_draft on agreement_version (agreement_id) where published_at is null",
        // Every text that was ever saved for a draft, also one that came second and was not taken.
        """
        create table agreement_save (
            id text primary key, version_id text not null references agreement_version (id), edition \(.integer) not null,
            is_taken \(.integer) not null check (is_taken in (0, 1)), at text not null, by_whom text not null, title text not null,
            opening text not null, aims text not null, duties text not null, principles text not null,
            needs_both \(.integer) not null, renews \(.integer) not null
        )\(.strict)
        """,
        "create index agreement_save_version on agreement_save (version_id, at)",
        // What lets people sign at an event. The code itself is sealed with the installation's key, and found by its hash.
        """
        create table signing_event (
            id text primary key, agreement_id text not null references agreement (id), title text not null, first_day text not null,
            last_day text not null, code_hash text not null unique, code_sealed text, closed_at text, created_at text not null,
            by_whom text not null, check (last_day >= first_day)
        )\(.strict)
        """,
        "create index signing_event_agreement on signing_event (agreement_id)",
        // A sheet of paper typed off, with a photo of it.
        """
        create table signing_sheet (
            id text primary key, agreement_id text not null references agreement (id), day text not null, lines text not null, photo text,
            entered_at text not null, by_whom text not null, saved_at text
        )\(.strict)
        """,
        "create index signing_sheet_agreement on signing_sheet (agreement_id)",
        """
        create table signature (
            id text primary key, version_id text not null references agreement_version (id), hub_id text not null, setting_id text,
            setting_words text, person_id text, name text not null, name_key text not null, role_words text not null,
            how text not null check (how in ('page', 'phone', 'paper')), day text not null, signed_at text not null, by_whom text not null,
            event_id text references signing_event (id), sheet_id text references signing_sheet (id), fingerprint text not null,
            countersigned_at text, countersigned_by text, countersigned_name text, withdrawn_at text, withdrawn_by text,
            withdrawn_because text, renewed_by text, check (setting_id is not null or setting_words is not null)
        )\(.strict)
        """,
        "create index signature_standing on signature (version_id, setting_id) where withdrawn_at is null and renewed_by is null",
        "create index signature_setting on signature (setting_id, hub_id, day)",
        "create index signature_person on signature (person_id) where person_id is not null",
        "create index signature_name on signature (name_key)",
        "create index signature_sheet on signature (sheet_id) where sheet_id is not null",
        "create index signature_renewed on signature (renewed_by) where renewed_by is not null",
    ]
}
