internal import Store

/// The tables of gatherings, of those who host them, and of who was there.
enum HostingMigrations {
    static let all: [Migration] = [
        Migration(
            room: "Network", number: 5, name: "gatherings and hosting",
            [
                // What a setting says of hosting. Of a home only what its own people said counts.
                """
                create table host_offer (
                    setting_id text primary key, is_willing \(.integer) not null check (is_willing in (0, 1)),
                    holds \(.integer) not null check (holds between 0 and 10000),
                    is_step_free \(.integer) not null check (is_step_free in (0, 1)),
                    is_own_word \(.integer) not null check (is_own_word in (0, 1)), said_at text not null, version \(.integer) not null
                )\(.strict)
                """,
                """
                create table host_away (
                    setting_id text not null references host_offer (setting_id), first_day text not null, last_day text not null,
                    primary key (setting_id, first_day), check (last_day >= first_day)
                )\(.keyed)
                """,
                // `area_id` is null for a meeting of the whole hub; the name is kept, for areas are drawn anew.
                """
                create table gathering (
                    id text primary key, hub_id text not null, area_id text, area_name text, day text not null, title text not null,
                    expected \(.integer) not null check (expected between 1 and 10000),
                    needs_step_free \(.integer) not null check (needs_step_free in (0, 1)),
                    host_id text, host_state text not null check (host_state in ('none', 'draft', 'agreed')),
                    is_locked \(.integer) not null check (is_locked in (0, 1)), because text,
                    is_told \(.integer) not null check (is_told in (0, 1)),
                    came \(.integer) check (came between 0 and 100000), noted_at text, cancelled_at text, version \(.integer) not null,
                    check ((host_id is null) = (host_state = 'none'))
                )\(.strict)
                """,
                "create index gathering_day on gathering (hub_id, day)",
                "create index gathering_host on gathering (host_id, day) where host_id is not null",
                """
                create table gathering_part (
                    gathering_id text not null references gathering (id), setting_id text not null, hub_id text not null, day text not null,
                    spoke \(.integer) not null check (spoke in (0, 1)), hosted \(.integer) not null check (hosted in (0, 1)),
                    chaired \(.integer) not null check (chaired in (0, 1)), primary key (gathering_id, setting_id)
                )\(.keyed)
                """,
                "create index gathering_part_setting on gathering_part (setting_id, hub_id, day, gathering_id)",
                // Somebody who was there for a sector and not for a setting.
                """
                create table gathering_guest (
                    gathering_id text not null references gathering (id), sector text not null,
                    spoke \(.integer) not null check (spoke in (0, 1)), chaired \(.integer) not null check (chaired in (0, 1)),
                    primary key (gathering_id, sector)
                )\(.keyed)
                """,
            ])
    ]
}
