internal import Store

/// The tables of the first edition. A shipped step never changes: what comes later is a step of its own.
enum Migration1 {
    static let all: [Migration] = [
        Migration(room: "Directory", number: 1, name: "places", places),
        Migration(room: "Directory", number: 2, name: "settings and registers", settings),
        Migration(room: "Directory", number: 3, name: "loads", loads),
        Migration(room: "Directory", number: 4, name: "hubs and areas", areas),
    ]

    /// Wards, postcodes and deprivation, each with the edition it came in: codes change whenever boundaries do.
    static let places: [SQL] = [
        """
        create table authority (
            code text primary key, name text not null, edition text not null, dfe_code text
        )\(.strict)
        """,
        """
        create table ward (
            code text primary key, name text not null, authority_code text not null, edition text not null,
            latitude \(.real) not null, longitude \(.real) not null,
            shape text not null
        )\(.strict)
        """,
        "create index ward_authority on ward (authority_code)",
        """
        create table ward_neighbour (
            ward_code text not null references ward (code) on delete cascade, neighbour_code text not null,
            primary key (ward_code, neighbour_code)
        )\(.keyed)
        """,
        """
        create table postcode (
            postcode text primary key, latitude \(.real), longitude \(.real), authority_code text, ward_code text,
            lsoa_code text, status text not null check (status in ('live', 'terminated'))
        )\(.keyed)
        """,
        """
        create table postcode_sector (
            sector text primary key, latitude \(.real) not null, longitude \(.real) not null, authority_code text
        )\(.keyed)
        """,
        """
        create table deprivation (
            lsoa_code text not null, edition text not null, ward_code text, decile \(.integer) not null check (decile between 1 and 10),
            rank \(.integer) not null, score \(.real) not null, population \(.real), primary key (edition, lsoa_code)
        )\(.keyed)
        """,
    ]

    static let settings: [SQL] = [
        // One line that every change to a setting moves on, so that the search index of each running copy knows to look.
        "create table directory_version (only_row \(.integer) primary key check (only_row = 1), version \(.integer) not null)\(.strict)",
        "insert into directory_version (only_row, version) values (1, 1)",
        """
        create table hub (
            id text primary key, name text not null, slug text not null unique,
            is_sample \(.integer) not null check (is_sample in (0, 1)), created_at text not null
        )\(.strict)
        """,
        // The settings as the hub's people see them: the register's facts with staff's corrections over them.
        """
        create table setting (
            id text primary key, hub_id text references hub (id) deferrable initially deferred, type text not null,
            name text, sort_key text not null,
            address text, town text, postcode text, place_basis text not null check (
                place_basis in ('live', 'terminated', 'sector', 'register', 'ward', 'hand', 'none')),
            latitude \(.real), longitude \(.real), ward_code text, lsoa_code text, authority_code text,
            authority_name text, places \(.integer) check (places >= 0), is_home \(.integer) not null check (is_home in (0, 1)),
            is_secret \(.integer) not null check (is_secret in (0, 1)), is_early_years \(.integer) not null check (is_early_years in (0, 1)),
            registers text, status text not null check (status in ('open', 'gone', 'closed')),
            outcome text, outcome_day text, telephone text, email text, website text, note text, site_id text, merged_into text,
            version \(.integer) not null, created_at text not null, updated_at text not null, checked_on text
        )\(.strict)
        """,
        "create index setting_version on setting (version)",
        "create index setting_ward on setting (ward_code) where ward_code is not null",
        "create index setting_hub on setting (hub_id) where hub_id is not null",
        // Keys that point elsewhere are held when the transaction ends, not row by row: loads of many rows are a third faster.
        // What a register says of a setting, word for word but tidied. A URN means something only within its register.
        """
        create table registration (
            register text not null check (register in ('ofsted', 'gias', 'agency', 'list', 'feed')), urn text not null,
            setting_id text not null references setting (id) deferrable initially deferred,
            first_load text not null, last_load text not null,
            seen_day text not null, gone_day text, fingerprint text not null,
            name text, kind text, subtype text, status text, registers text, registered_on text, places \(.integer),
            person_urn text, person_name text, address text, town text, postcode text, authority_name text,
            region text, deprivation_band text, telephone text, email text, website text, details text,
            primary key (register, urn)
        )\(.strict)
        """,
        "create index registration_setting on registration (setting_id)",
        """
        create table inspection (
            register text not null, urn text not null, framework text not null, on_day text not null, number text not null,
            kind text, overall text, safeguarding text, judgements text, load_id text not null,
            primary key (register, urn, framework, on_day, number)
        )\(.keyed)
        """,
        """
        create table correction (
            id text primary key, setting_id text not null references setting (id), field text not null, value text, before text,
            reason text, by_whom text not null, at text not null, undone_at text,
            register_value text, is_disputed \(.integer) not null check (is_disputed in (0, 1))
        )\(.strict)
        """,
        "create index correction_setting on correction (setting_id)",
        """
        create table merge (
            id text primary key, kept_id text not null references setting (id), gone_id text not null references setting (id),
            by_whom text not null, at text not null, undone_at text, registrations text not null
        )\(.strict)
        """,
        """
        create table agreed_field (
            setting_id text not null references setting (id), field text not null, from_at text not null, to_at text,
            primary key (setting_id, field, from_at)
        )\(.strict)
        """,
        """
        create table audit (
            id text primary key, at text not null, who text not null, action text not null, subject text not null,
            before text, after text
        )\(.strict)
        """,
        "create index audit_subject on audit (subject, at)",
    ]

    static let loads: [SQL] = [
        """
        create table upload (id text primary key, name text not null, size \(.integer) not null, created_at text not null)\(.strict)
        """,
        """
        create table upload_part (
            upload_id text not null references upload (id) on delete cascade, number \(.integer) not null, bytes \(.bytes) not null,
            primary key (upload_id, number)
        )\(.strict)
        """,
        """
        create table load (
            id text primary key, kind text not null, file_name text not null, edition_day text not null, upload_id text,
            status text not null check (status in ('waiting', 'previewed', 'applied', 'refused', 'stopped')),
            hub_id text, mapping text, message text, read_count \(.integer) not null, new_count \(.integer) not null,
            changed_count \(.integer) not null, unchanged_count \(.integer) not null, gone_count \(.integer) not null,
            rejected_count \(.integer) not null, seconds \(.real) not null, created_at text not null, applied_at text
        )\(.strict)
        """,
        // Where a load puts settings it has worked out anew, to write them all with one statement. Empty outside a load.
        """
        create table setting_draft (
            id text primary key, type text not null, name text, sort_key text not null, address text, town text, postcode text,
            place_basis text not null, latitude \(.real), longitude \(.real), ward_code text, lsoa_code text,
            authority_code text, authority_name text, places \(.integer), is_home \(.integer) not null,
            is_secret \(.integer) not null, is_early_years \(.integer) not null, registers text, status text not null,
            outcome text, outcome_day text, telephone text, email text, website text
        )\(.strict)
        """,
        // What a load changes, or would change: shown in the preview, kept as the history once applied.
        """
        create table load_change (
            load_id text not null references load (id) on delete cascade, number \(.integer) not null, what text not null check (
                what in ('new', 'changed', 'gone', 'back', 'disputed')), register text not null, urn text not null, setting_id text,
            name text, field text, before text, after text, primary key (load_id, number)
        )\(.keyed)
        """,
        "create index load_change_urn on load_change (register, urn)",
        """
        create table load_problem (
            load_id text not null references load (id) on delete cascade, number \(.integer) not null, line \(.integer) not null,
            reason text not null, is_rejected \(.integer) not null check (is_rejected in (0, 1)), fields text not null,
            primary key (load_id, number)
        )\(.keyed)
        """,
        """
        create table possible_duplicate (
            load_id text not null references load (id) on delete cascade, number \(.integer) not null, line \(.integer) not null,
            setting_id text not null, other_id text not null, why text not null, decision text check (
                decision in ('same', 'different')), decided_by text, decided_at text, primary key (load_id, number)
        )\(.strict)
        """,
        """
        create table completeness (
            on_day text not null, scope text not null, type text not null, settings \(.integer) not null,
            score \(.real) not null, primary key (scope, type, on_day)
        )\(.strict)
        """,
    ]

    /// A hub's territory, and the schemes that divide it. Plans are kept: what was published stays readable.
    static let areas: [SQL] = [
        """
        create table hub_ward (
            hub_id text not null references hub (id) on delete cascade, ward_code text not null, primary key (hub_id, ward_code)
        )\(.keyed)
        """,
        "create index hub_ward_ward on hub_ward (ward_code)",
        """
        create table scheme (
            id text primary key, hub_id text not null references hub (id), name text not null, word text not null,
            divides text not null check (divides in ('wards', 'settings')), created_at text not null
        )\(.strict)
        """,
        """
        create table plan (
            id text primary key, scheme_id text not null references scheme (id), name text not null,
            status text not null check (status in ('draft', 'published', 'retired')), from_day text, to_day text,
            balanced_by text not null check (balanced_by in ('settings', 'places')), tolerance \(.real) not null,
            seed \(.integer) not null, notes text not null, edition \(.integer) not null, created_at text not null,
            updated_at text not null
        )\(.strict)
        """,
        """
        create table area (
            id text primary key, plan_id text not null references plan (id) on delete cascade, name text not null,
            position \(.integer) not null, base_id text references setting (id),
            is_base_locked \(.integer) not null check (is_base_locked in (0, 1)), capacity \(.integer) check (capacity > 0)
        )\(.strict)
        """,
        "create index area_plan on area (plan_id)",
        """
        create table area_ward (
            plan_id text not null references plan (id) on delete cascade, ward_code text not null,
            area_id text not null references area (id) on delete cascade,
            is_locked \(.integer) not null check (is_locked in (0, 1)), primary key (plan_id, ward_code)
        )\(.keyed)
        """,
        """
        create table area_setting (
            plan_id text not null references plan (id) on delete cascade, setting_id text not null references setting (id),
            area_id text not null references area (id) on delete cascade, primary key (plan_id, setting_id)
        )\(.keyed)
        """,
        """
        create table plan_step (
            plan_id text not null references plan (id) on delete cascade, number \(.integer) not null, what text not null,
            subject text not null, before text, after text, by_whom text not null, at text not null, undone_at text,
            primary key (plan_id, number)
        )\(.strict)
        """,
    ]
}
