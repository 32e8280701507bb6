internal import Store

/// The tables of champions, roll-out and readiness.
enum ChampionsMigrations {
    static let step = Migration(
        room: "Network", number: 3, name: "champions, roll-out, readiness", people + areas + rollOut + readiness)

    private static let people: [SQL] = [
        """
        create table champion_deadline (
            hub_id text primary key, first_meeting_days \(.integer) not null, quiet_days \(.integer) not null, scheme text,
            changed_at text not null, by_whom text not null
        )\(.keyed)
        """,
        // The code of the address is not kept, only its hash.
        """
        create table champion_event (
            id text primary key, hub_id text not null, title text not null, code_hash text not null unique, from_day text not null,
            to_day text not null, closed_at text, made_at text not null, by_whom text not null, check (to_day >= from_day)
        )\(.strict)
        """,
        "create index champion_event_hub on champion_event (hub_id)",
        """
        create table champion (
            id text primary key, hub_id text not null, person_id text, name text not null, email text, telephone text, setting_id text,
            setting_said text, wish_area_id text, wish_area text, shares \(.integer) not null check (shares in (0, 1)), shares_at text,
            source text not null check (source in ('own', 'team', 'event')), event_id text references champion_event (id),
            stood_at text not null, state text not null check (state in ('waiting', 'accepted', 'declined')), decided_at text,
            decided_by text, declined_because text, left_day text, left_because text, note text, version \(.integer) not null,
            changed_at text not null, by_whom text not null
        )\(.strict)
        """,
        "create index champion_hub on champion (hub_id)",
        "create index champion_person on champion (person_id) where person_id is not null",
        "create index champion_setting on champion (setting_id) where setting_id is not null",
    ]

    private static let areas: [SQL] = [
        // An area's id and its name: areas that are drawn again get new ids, and go on under their names.
        """
        create table area_post (
            id text primary key, champion_id text not null references champion (id), hub_id text not null,
            kind text not null check (kind in ('champion', 'coordinator')), area_id text not null, area_name text not null, base_id text,
            link_person text, from_day text not null, to_day text, ended_because text, by_whom text not null, ended_by text,
            check (to_day is null or to_day >= from_day)
        )\(.strict)
        """,
        "create index area_post_hub on area_post (hub_id)",
        "create index area_post_champion on area_post (champion_id)",
        "create index area_post_link on area_post (link_person) where link_person is not null",
        """
        create table area_meeting (
            id text primary key, hub_id text not null, area_id text not null, area_name text not null, day text not null,
            people \(.integer), by_whom text not null, undone_at text
        )\(.strict)
        """,
        "create index area_meeting_hub on area_meeting (hub_id)",
        """
        create table handover_criterion (
            id text primary key, hub_id text not null, position \(.integer) not null, words text not null, removed_at text,
            by_whom text not null
        )\(.strict)
        """,
        "create index handover_criterion_hub on handover_criterion (hub_id)",
        """
        create table handover_tick (
            criterion_id text not null references handover_criterion (id), area_id text not null, hub_id text not null,
            area_name text not null, met_day text not null, by_whom text not null, primary key (criterion_id, area_id)
        )\(.keyed)
        """,
        """
        create table handover (
            id text primary key, hub_id text not null, area_id text not null, area_name text not null, day text not null, note text,
            by_whom text not null, made_at text not null, undone_at text
        )\(.strict)
        """,
        "create index handover_hub on handover (hub_id)",
    ]

    private static let rollOut: [SQL] = [
        """
        create table rollout (
            id text primary key, hub_id text not null, title text not null, start_day text not null, version \(.integer) not null,
            made_at text not null, by_whom text not null, removed_at text
        )\(.strict)
        """,
        "create index rollout_hub on rollout (hub_id)",
        """
        create table rollout_step (
            id text primary key, rollout_id text not null references rollout (id), hub_id text not null, position \(.integer) not null,
            title text not null, area_id text, area_name text, owner_person text, offset_days \(.integer), due_day text, done_day text,
            done_by text, note text, version \(.integer) not null, changed_at text not null, by_whom text not null, removed_at text
        )\(.strict)
        """,
        "create index rollout_step_of on rollout_step (rollout_id, position)",
        "create index rollout_step_due on rollout_step (hub_id, due_day) where done_day is null and removed_at is null",
        "create index rollout_step_owner on rollout_step (owner_person) where owner_person is not null",
    ]

    private static let readiness: [SQL] = [
        """
        create table readiness_answer (
            hub_id text not null, question text not null, answer text not null, version \(.integer) not null, changed_at text not null,
            by_whom text not null, primary key (hub_id, question)
        )\(.keyed)
        """,
        """
        create table readiness_pilot (
            hub_id text primary key, scope text not null check (scope in ('pilot', 'whole')), place text, until_day text,
            decision text check (decision in ('scale-up', 'go-on', 'stop')), decision_day text, decision_note text,
            version \(.integer) not null, changed_at text not null, by_whom text not null,
            check ((decision is null) = (decision_day is null))
        )\(.keyed)
        """,
        """
        create table readiness_tip (
            hub_id text not null, tip text not null, planned_day text, done_day text, owner_person text, note text,
            version \(.integer) not null, changed_at text not null, by_whom text not null, primary key (hub_id, tip)
        )\(.keyed)
        """,
        "create index readiness_tip_owner on readiness_tip (owner_person) where owner_person is not null",
    ]
}
