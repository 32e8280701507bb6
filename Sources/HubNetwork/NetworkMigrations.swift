internal import Store

/// The room's tables. A shipped step never changes: what comes later is a step of its own.
enum NetworkMigrations {
    static let all: [Migration] =
        [Migration(room: "Network", number: 1, name: "contacts and membership", first)]
        + AgreementMigrations.all
        + [ChampionsMigrations.step]
        + [groups]
        + HostingMigrations.all
        + CampaignMigrations.all

    private static let first: [SQL] = [
        """
        create table contact (
            id text primary key, hub_id text not null, how text not null check (how in ('visit', 'call', 'email', 'message', 'meeting')),
            day text not null, logged_at text not null, by_whom text not null, purpose text, with_person text, outcome text not null,
            note text, is_shared \(.integer) not null check (is_shared in (0, 1)),
            next_step text, next_day text, next_person text, next_done_at text, next_done_by text, undone_at text,
            check ((next_step is null) = (next_day is null))
        )\(.strict)
        """,
        "create index contact_next on contact (hub_id, next_day) where next_day is not null and next_done_at is null and undone_at is null",
        "create index contact_with on contact (with_person) where with_person is not null",
        "create index contact_by on contact (by_whom)",
        """
        create table contact_setting (
            contact_id text not null references contact (id), setting_id text not null, hub_id text not null, day text not null,
            primary key (contact_id, setting_id)
        )\(.keyed)
        """,
        "create index contact_setting_day on contact_setting (setting_id, hub_id, day, contact_id)",
        // One line for each setting a hub was ever in touch with, kept by every write of a contact.
        """
        create table standing (
            hub_id text not null, setting_id text not null, first_day text not null, last_day text not null, spoken_day text,
            met_day text, tries \(.integer) not null, contacts \(.integer) not null, primary key (hub_id, setting_id)
        )\(.keyed)
        """,
        """
        create table membership (
            id text primary key, hub_id text not null, setting_id text not null, joined_day text not null, left_day text, left_because text,
            by_whom text not null, check (left_day is null or left_day >= joined_day)
        )\(.strict)
        """,
        "create index membership_setting on membership (setting_id, hub_id)",
        "create unique index membership_now on membership (hub_id, setting_id) where left_day is null",
    ]
}
