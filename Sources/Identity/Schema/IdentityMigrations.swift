internal import Store

/// The room's tables. A shipped step never changes: what comes later is a step of its own.
enum IdentityMigrations {
    static let all: [Migration] = [
        Migration(room: "Identity", number: 1, name: "people, roles and signing in", first),
        Migration(room: "Identity", number: 2, name: "notices and clearing away", second),
        Migration(room: "Identity", number: 3, name: "claims of settings", claims),
        Migration(room: "Identity", number: 4, name: "contact cards", cards),
        Migration(room: "Identity", number: 5, name: "people by name", ["create index person_by_name on person (lower(name), id)"]),
        // Whoever just came in by a link sent to their address may choose a new passphrase without the old one.
        Migration(room: "Identity", number: 6, name: "how a session began", ["alter table session add column began_by text"]),
        // When the person behind a session last said again that it is they; an authenticator that is being set up waits beside the old.
        Migration(
            room: "Identity", number: 7, name: "asking again",
            ["alter table session add column confirmed_at text", "alter table person add column second_step_waiting text"]),
        Migration(room: "Identity", number: 8, name: "how long the controller keeps things", retentionChoices),
        Migration(room: "Identity", number: 9, name: "names and addresses that were corrected", changes),
        Migration(room: "Identity", number: 10, name: "people by any word of their name", words, fill: PersonWords.writeAll),
        Migration(room: "Identity", number: 11, name: "roles with a first and a last day", times),
    ]

    /// What a person was called, and where letters reached them, before it was corrected. The trail names the line and not what stands
    /// in it, so that forgetting somebody takes both names out. Of the links only hashes are kept.
    private static let changes: [SQL] = [
        """
        create table person_change (
            id text primary key, person_id text not null references person (id), what text not null check (what in ('name', 'address')),
            before text not null, after text not null, made_at text not null, by_whom text not null, confirm_hash text unique,
            expires_at text, stop_hash text unique, stop_until text, done_at text, ended_at text, stopped_at text,
            check (what = 'address' or done_at is not null)
        )\(.strict)
        """,
        "create index person_change_person on person_change (person_id, made_at)",
    ]

    /// Looking through everybody's name and address was most of what finding somebody cost.
    private static let words: [SQL] = [
        """
        create table person_word (
            word text\(.bytewise) not null, person_id text not null references person (id), primary key (word, person_id)
        )\(.keyed)
        """,
        "create index person_word_person on person_word (person_id)",
        // Those who hold a role now are counted without a look at each.
        "create index role_open on role (hub_id) where to_at is null",
        // The few invitations nobody answered yet, among all there ever were.
        "create index invitation_open on invitation (created_at) where accepted_at is null and withdrawn_at is null",
    ]

    /// A role that begins later stands apart until its day: whatever asks for roles in force finds none of these.
    private static let times: [SQL] = [
        "alter table role add column last_day text",
        "create index role_last_day on role (last_day) where last_day is not null",
        "alter table invitation add column from_day text",
        "alter table invitation add column last_day text",
        """
        create table role_to_come (
            id text primary key, person_id text not null references person (id), role text not null, hub_id text, area_id text,
            setting_id text, sector text, from_day text not null, last_day text, given_by text not null, made_at text not null
        )\(.strict)
        """,
        "create index role_to_come_person on role_to_come (person_id)",
    ]

    /// What a person agreed to show to colleagues; the day of each agreement is in the audit trail.
    private static let cards: [SQL] = [
        """
        create table contact_card (
            person_id text primary key references person (id), telephone text, shows_email \(.integer) not null check (shows_email in (0, 1)),
            helps_with text, agreed_at text not null
        )\(.strict)
        """
    ]

    /// Somebody says that a setting is theirs. Two things must come together: that the address is theirs, and that the setting is.
    private static let claims: [SQL] = [
        """
        create table claim (
            id text primary key, setting_id text not null, name text not null, email text not null, said text,
            confirm_hash text not null unique, proof_hash text unique, created_at text not null, expires_at text not null,
            confirmed_at text, proven_at text, decision text check (decision in ('yes', 'no')), decided_at text, decided_by text,
            answer text, person_id text references person (id)
        )\(.strict)
        """,
        "create index claim_waiting on claim (created_at) where decided_at is null",
    ]

    private static let second: [SQL] = [
        // News kept for a person's next digest. Without a moment it is only shown: nobody knows whether it was sent (a restored backup).
        """
        create table held_notice (
            id text primary key, person_id text not null references person (id), subject text not null, text text not null, path text,
            created_at text not null, due_at text
        )\(.strict)
        """,
        "create index held_notice_person on held_notice (person_id)",
        "create index held_notice_due on held_notice (due_at) where due_at is not null",
        // What was cleared away, by day and rule; a rule without an end was interrupted and goes on.
        """
        create table clearing (
            day text not null, rule text not null, cleared \(.integer) not null check (cleared >= 0), started_at text not null,
            ended_at text, primary key (day, rule)
        )\(.keyed)
        """,
    ]

    private static let first: [SQL] = [
        // One line for each person. What a forgotten person leaves is the line, without name or address.
        """
        create table person (
            id text primary key, name text not null, email text, email_key text unique, passphrase text, second_step_secret text,
            second_step_at text, second_step_used \(.integer) not null, mail_wish text not null
                check (mail_wish in ('at-once', 'daily', 'weekly', 'none')),
            created_at text not null, forgotten_at text
        )\(.strict)
        """,
        // A role with its time. It ends; it is never taken out.
        """
        create table role (
            id text primary key, person_id text not null references person (id), role text not null, hub_id text, area_id text,
            setting_id text, sector text, from_at text not null, to_at text, given_by text not null, ended_by text
        )\(.strict)
        """,
        "create index role_person on role (person_id)",
        "create index role_hub on role (hub_id) where hub_id is not null",
        "create index role_setting on role (setting_id) where setting_id is not null",
        // The cookie's value is not kept, only its hash.
        """
        create table session (
            id text primary key, cookie_hash text not null unique, person_id text not null references person (id),
            role_id text, device text not null, is_shared \(.integer) not null check (is_shared in (0, 1)),
            created_at text not null, seen_at text not null, second_step_at text, ended_at text
        )\(.strict)
        """,
        "create index session_person on session (person_id)",
        """
        create table sign_in_link (
            token_hash text primary key, person_id text not null references person (id), next text not null, created_at text not null,
            expires_at text not null, used_at text
        )\(.strict)
        """,
        "create index sign_in_link_person on sign_in_link (person_id)",
        """
        create table recovery_code (
            code_hash text primary key, person_id text not null references person (id), created_at text not null, used_at text
        )\(.strict)
        """,
        "create index recovery_code_person on recovery_code (person_id)",
        """
        create table invitation (
            id text primary key, token_hash text not null unique, name text not null, email text not null, role text not null,
            hub_id text, area_id text, setting_id text, sector text, invited_by text not null, created_at text not null,
            expires_at text not null, accepted_at text, withdrawn_at text, person_id text references person (id)
        )\(.strict)
        """,
        "create index invitation_hub on invitation (hub_id) where hub_id is not null",
        // How often something was tried lately, by address or by account, each as a hash.
        """
        create table attempt (
            what text not null, who_hash text not null, window_start text not null, count \(.integer) not null,
            primary key (what, who_hash)
        )\(.strict)
        """,
        """
        create table api_token (
            id text primary key, person_id text not null references person (id), name text not null, token_hash text not null unique,
            deeds text not null, created_at text not null, expires_at text not null, used_on text, revoked_at text
        )\(.strict)
        """,
        "create index api_token_person on api_token (person_id)",
        "create index audit_at on audit (at)",
        "create index audit_who on audit (who, at)",
    ]

    /// A line for each rule whose period somebody chose; none where the standard holds.
    private static let retentionChoices: [SQL] = [
        """
        create table retention_choice (
            rule text primary key, amount \(.integer) not null, unit text not null, changed_at text not null
        )\(.strict)
        """
    ]
}
