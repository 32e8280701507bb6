internal import Store

extension NetworkMigrations {
    /// Groups with their seats, what members need, and the request board.
    static let groups = Migration(
        room: "Network", number: 4, name: "groups, needs, requests", groupTables + needTables + requestTables)

    private static let groupTables: [SQL] = [
        """
        create table network_group (
            id text primary key, hub_id text not null, kind text not null check (kind in ('steering', 'strategic', 'task', 'mentors')),
            title text not null, purpose text, begins_day text not null, ends_day text, ended_day text,
            rhythm text check (rhythm in ('month', 'two-months', 'term', 'year')), version \(.integer) not null,
            created_at text not null, by_whom text not null,
            check (kind <> 'task' or ends_day is not null), check (ends_day is null or ends_day >= begins_day)
        )\(.strict)
        """,
        "create index network_group_hub on network_group (hub_id)",
        """
        create table group_seat (
            id text primary key, group_id text not null references network_group (id), sector text not null, title text,
            is_chair \(.integer) not null check (is_chair in (0, 1)), from_day text not null, ended_day text,
            check (ended_day is null or ended_day >= from_day)
        )\(.strict)
        """,
        "create index group_seat_group on group_seat (group_id)",
        "create unique index group_seat_chair on group_seat (group_id) where is_chair = 1 and ended_day is null",
        // Who fills a seat, from when and until when: one after the other.
        """
        create table group_sitting (
            id text primary key, seat_id text not null references group_seat (id), person_id text, name text, organisation text,
            setting_id text, sector text not null, from_day text not null, to_day text, by_whom text not null,
            check (to_day is null or to_day >= from_day), check (person_id is null or name is null)
        )\(.strict)
        """,
        "create index group_sitting_seat on group_sitting (seat_id)",
        "create unique index group_sitting_now on group_sitting (seat_id) where to_day is null",
        "create index group_sitting_setting on group_sitting (setting_id) where setting_id is not null",
        "create index group_sitting_person on group_sitting (person_id) where person_id is not null",
        // Every version of a group's terms of reference; set aside is what was written over a version that had changed meanwhile.
        """
        create table terms_of_reference (
            id text primary key, group_id text not null references network_group (id), version \(.integer) not null, body text not null,
            is_aside \(.integer) not null check (is_aside in (0, 1)), written_at text not null, by_whom text not null
        )\(.strict)
        """,
        "create unique index terms_of_reference_version on terms_of_reference (group_id, version) where is_aside = 0",
        """
        create table group_deliverable (
            id text primary key, group_id text not null references network_group (id), words text not null, due_day text not null,
            done_day text, removed_at text, by_whom text not null
        )\(.strict)
        """,
        "create index group_deliverable_group on group_deliverable (group_id)",
        """
        create table group_meeting (
            id text primary key, group_id text not null references network_group (id), day text not null, undone_at text,
            by_whom text not null
        )\(.strict)
        """,
        "create index group_meeting_group on group_meeting (group_id)",
        // What a representative brings from their sector before a meeting, and tells it after.
        """
        create table sector_note (
            id text primary key, group_id text not null references network_group (id), seat_id text not null references group_seat (id),
            sector text not null, timing text not null check (timing in ('before', 'after')), meeting_day text not null,
            body text not null, undone_at text, written_at text not null, by_whom text not null
        )\(.strict)
        """,
        "create index sector_note_group on sector_note (group_id)",
    ]

    private static let needTables: [SQL] = [
        // A question once asked never changes: other words are its next version.
        """
        create table need_question (
            id text primary key, hub_id text not null, code text not null, version \(.integer) not null,
            kind text not null check (kind in ('choices', 'scale', 'words')), words text not null, choices text,
            position \(.integer) not null, retired_at text, by_whom text not null, written_at text not null,
            unique (hub_id, code, version)
        )\(.strict)
        """,
        "create unique index need_question_now on need_question (hub_id, code) where retired_at is null",
        """
        create table need_survey (
            id text primary key, hub_id text not null, term_year \(.integer) not null, term_season \(.integer) not null,
            from_day text not null, closes_day text not null, closed_at text, sums_day text not null, summed_at text,
            reminded_at text, opened_at text not null, by_whom text not null, unique (hub_id, term_year, term_season),
            check (closes_day >= from_day)
        )\(.strict)
        """,
        """
        create table survey_question (
            survey_id text not null references need_survey (id), question_id text not null references need_question (id),
            position \(.integer) not null, primary key (survey_id, question_id)
        )\(.keyed)
        """,
        // How many settings of each sector were asked and, once only sums are left, how many answered.
        """
        create table survey_sector (
            survey_id text not null references need_survey (id), sector text not null, asked \(.integer) not null,
            answered \(.integer) not null, primary key (survey_id, sector)
        )\(.keyed)
        """,
        // Who has answered. The sheet is named here only while the answer can still be changed.
        """
        create table survey_reply (
            survey_id text not null references need_survey (id), person_id text not null, setting_id text not null, sector text not null,
            sheet_id text, primary key (survey_id, person_id, setting_id)
        )\(.keyed)
        """,
        // What was answered: by chance-made ids, with no time and nobody's name.
        """
        create table survey_sheet (
            id text primary key, survey_id text not null references need_survey (id), sector text not null
        )\(.keyed)
        """,
        "create index survey_sheet_survey on survey_sheet (survey_id)",
        """
        create table survey_mark (
            sheet_id text not null references survey_sheet (id), question_id text not null, value text not null, body text not null,
            primary key (sheet_id, question_id, value)
        )\(.keyed)
        """,
        // What is left when the sheets are gone.
        """
        create table survey_sum (
            survey_id text not null references need_survey (id), question_id text not null, sector text not null, value text not null,
            sheets \(.integer) not null, primary key (survey_id, question_id, sector, value)
        )\(.keyed)
        """,
        """
        create table survey_link (
            token_hash text primary key, survey_id text not null references need_survey (id), person_id text not null,
            setting_id text not null
        )\(.keyed)
        """,
        "create index survey_link_survey on survey_link (survey_id)",
    ]

    private static let requestTables: [SQL] = [
        """
        create table need_request (
            id text primary key, hub_id text not null, number \(.integer) not null, topic text not null, words text not null,
            setting_id text, is_open_about_asker \(.integer) not null check (is_open_about_asker in (0, 1)), asked_at text not null,
            by_whom text not null, state text not null check (state in ('open', 'passed', 'answered', 'closed')),
            answer_by text not null, answered_at text, passed_to text, passed_role text, passed_by_day text, merged_into text,
            version \(.integer) not null, unique (hub_id, number)
        )\(.strict)
        """,
        "create index need_request_setting on need_request (setting_id) where setting_id is not null",
        "create index need_request_merged on need_request (merged_into) where merged_into is not null",
        """
        create table request_joiner (
            request_id text not null references need_request (id), setting_id text not null, by_whom text not null, joined_at text not null,
            left_at text, primary key (request_id, setting_id)
        )\(.keyed)
        """,
        """
        create table request_event (
            id text primary key, request_id text not null references need_request (id), at text not null, what text not null, words text,
            setting_id text, by_whom text not null
        )\(.strict)
        """,
        "create index request_event_request on request_event (request_id)",
        "create table request_promise (hub_id text primary key, days \(.integer) not null)\(.keyed)",
    ]
}
