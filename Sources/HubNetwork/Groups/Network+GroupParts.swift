internal import Civil
internal import Directory
internal import House
internal import Identity
internal import Page
internal import Store

extension Network {
    /// Seats that wait to be filled, and what groups promised and did not deliver.
    static func groupDues(clock: Clock) -> [Due] {
        @Sendable func hubs(_ asker: Asker, _ session: any Session) throws -> [String] {
            asker.isAdministrator
                ? try Directory.hubs(session).map(\.id)
                : asker.hats.filter { Deed.keepGroups.reaches[$0.role] != nil }.compactMap(\.hubID)
        }
        return [
            Due(
                .keepGroups, "/staff/groups", one: "seat in a group is empty", several: "seats in groups are empty",
                count: { asker, session in
                    // A seat that must be there and is not counts as empty.
                    try Groups.books(try hubs(asker, session), session).reduce(0) { $0 + $1.vacant.count + $1.missing.count }
                }),
            Due(
                .keepGroups, "/staff/groups", one: "promise of a group is overdue", several: "promises of groups are overdue",
                count: { asker, session in
                    try session.count(
                        """
                        select count(*) from group_deliverable d join network_group g on g.id = d.group_id
                        where g.hub_id in \(list: try hubs(asker, session)) and g.ended_day is null and d.removed_at is null
                            and d.done_day is null and d.due_day < \(clock.today)
                        """)
                }),
        ]
    }

    /// Seats filled by somebody of a setting, on its timeline.
    static let groupChapters: [Chapter] = [
        Chapter { setting, reader, before, limit, session in
            var condition: SQL = "t.setting_id = \(setting)"
            if case .team(let hub) = reader { condition = "\(condition) and g.hub_id = \(hub)" }
            let rows = try session.all(
                """
                select t.id, t.person_id, t.name, t.from_day, t.to_day, s.title as seat, s.is_chair, s.sector, g.title
                from group_sitting t join group_seat s on s.id = t.seat_id join network_group g on g.id = s.group_id
                where \(condition) order by t.from_day desc, t.id desc limit 200
                """)
            let names = try PeopleBook.names(rows.compactMap { row in row.textOrNil("person_id").map { "person:\($0)" } }, session)
            let all = rows.flatMap { row -> [TimelineEntry] in
                let who = row.textOrNil("person_id").map { names["person:\($0)"] ?? "Somebody who left" } ?? row.text("name")
                let seat = row.textOrNil("seat") ?? (row.bool("is_chair") ? "Chair" : (row.code("sector") ?? Sector.others).name)
                let detail: HTML = "<p><bdi>\(who)</bdi>, \(seat)</p>"
                let came = row.day("from_day").map {
                    TimelineEntry(day: $0, key: row.text("id"), title: "A seat in the group “\(row.text("title"))”", detail: detail)
                }
                let left = row.day("to_day").map {
                    TimelineEntry(day: $0, key: row.text("id"), title: "Left the seat in the group “\(row.text("title"))”", detail: detail)
                }
                return [left, came].compactMap { $0 }
            }
            let earlier = all.filter { entry in before.map { (entry.day, entry.key) < ($0.day, $0.key) } ?? true }
            return Array(earlier.sorted { ($0.day, $0.key) > ($1.day, $1.key) }.prefix(limit))
        }
    ]

    static let groupHoldings: [Holding] = [
        Holding(
            "group_sitting", ["person_id", "name", "by_whom"], "Seats you filled in the hub’s groups, and those you wrote down",
            fate: "That a seat was filled stays, by number, without your name.",
            rows: { id, session in
                try session.all(
                    """
                    select g.title, s.sector, t.organisation, t.from_day, t.to_day from group_sitting t join group_seat s on s.id = t.seat_id
                    join network_group g on g.id = s.group_id where t.person_id = \(id) or t.by_whom = \("person:\(id)") order by t.from_day, t.id
                    """)
            },
            forget: { id, _, session in try session.run("update group_sitting set organisation = null where person_id = \(id)") }),
        written("network_group", "Groups you set up", "select title, begins_day, ended_day from network_group where by_whom ="),
        written(
            "terms_of_reference", "Terms of reference you wrote", "select version, body, written_at from terms_of_reference where by_whom ="
        ),
        written(
            "group_deliverable", "Promises of groups you wrote down",
            "select words, due_day, done_day from group_deliverable where by_whom ="),
        written("group_meeting", "Meetings of groups you wrote down", "select day from group_meeting where by_whom ="),
        Holding(
            "sector_note", ["by_whom"], "Notes you wrote to or from your sector", fate: "Go.",
            rows: {
                try $1.all(
                    "select sector, timing, meeting_day, body, written_at from sector_note where by_whom = \("person:\($0)") order by written_at"
                )
            },
            forget: { id, tools, session in
                try session.run(
                    """
                    update sector_note set body = '', undone_at = coalesce(undone_at, \(tools.clock.now)) where by_whom = \("person:\(id)")
                    """)
            }),
    ]

    /// A table of this room that says by number who wrote something.
    static func written(_ table: String, _ words: String, _ select: SQL) -> Holding {
        Holding(
            table, ["by_whom"], words, fate: "Stays by number, without the name: the hub’s work rests on it.",
            rows: { try $1.all("\(select) \("person:\($0)") order by 1") })
    }

    /// How long this room keeps what names people.
    static let groupRetention: [Retention] = [
        Retention(
            "group-names", "Names of people in groups, written by hand", .years(6),
            .between(1, 7, "Minutes and votes are read again while the group’s funding is accounted for, up to seven years."),
            then: "after they left the seat; blanked",
            in: "group_sitting", .blanked("name = null, organisation = null")
        ) { "(name is not null or organisation is not null) and to_day < \($0.dayInLondon)" }
    ]
}
