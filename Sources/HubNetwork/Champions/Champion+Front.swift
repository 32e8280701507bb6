internal import Civil
internal import Directory
internal import House
internal import Identity
internal import Page
internal import Store

/// What champions, roll-out and readiness offer to the rest of the house.
extension Network {
    /// A person of the setting became champion or coordinator, or stopped.
    static let championChapter = Chapter { setting, reader, before, limit, session in
        var condition: SQL = "c.setting_id = \(setting)"
        var people: String?
        if case .team(let hub) = reader {
            condition = "\(condition) and c.hub_id = \(hub)"
            people = "\(HubSection.champions.path(try Directory.hubSlug(hub, session)))/people/"
        }
        let rows = try session.all(
            """
            select p.id, p.kind, p.area_name, p.from_day, p.to_day, c.id as champion, c.name
            from area_post p join champion c on c.id = p.champion_id
            where \(condition) order by p.from_day desc, p.id desc
            """)
        let base = people
        let all = rows.flatMap { row -> [TimelineEntry] in
            let kind: AreaPost.Kind = row.code("kind") ?? .champion
            let words = "\(kind.name.lowercased()) of \(row.text("area_name"))"
            let href = base.map { $0 + row.text("champion") }
            let began = row.day("from_day").map {
                TimelineEntry(day: $0, key: row.text("id"), title: "\(row.text("name")) became \(words)", href: href)
            }
            let ended = row.day("to_day").map {
                TimelineEntry(day: $0, key: "\(row.text("id"))-end", title: "\(row.text("name")) stopped as \(words)", href: href)
            }
            return [ended, began].compactMap { $0 }
        }
        let earlier = all.filter { entry in before.map { (entry.day, entry.key) < ($0.day, $0.key) } ?? true }
        return Array(earlier.sorted { ($0.day, $0.key) > ($1.day, $1.key) }.prefix(limit))
    }

    static func championDues(clock: Clock) -> [Due] {
        [
            Due(
                .keepChampions, "/staff/champions", one: "volunteer waits for an area", several: "volunteers wait for an area",
                count: { asker, session in
                    try session.count(
                        "select count(*) from champion where state = 'waiting' and left_day is null and \(keeping(asker, "hub_id"))")
                }),
            Due(
                .keepChampions, "/staff/champions", one: "first meeting of an area is overdue",
                several: "first meetings of areas are overdue",
                count: { asker, session in
                    try Directory.hubs(session).filter { asker.isAdministrator || keptHubs(asker).contains($0.id) }.reduce(0) { sum, hub in
                        // Only hubs with champions have anything due.
                        let posts = try session.count("select count(*) from area_post where hub_id = \(hub.id) and to_day is null")
                        return posts == 0 ? sum : sum + (try ChampionPicture.of(hub.slug, on: clock.today, session).overdue.count)
                    }
                }),
        ]
    }

    private static func keptHubs(_ asker: Asker) -> [String] {
        asker.hats.filter { Deed.keepChampions.reaches[$0.role] != nil }.compactMap(\.hubID)
    }

    /// In a hub the asker keeps champions of.
    private static func keeping(_ asker: Asker, _ column: SQL) -> SQL {
        asker.isAdministrator ? "1 = 1" : "\(column) in \(list: keptHubs(asker))"
    }

    /// Who was not accepted, or left, is not kept for ever.
    static let championRetention: [Retention] = [
        Retention(
            "volunteers", "Volunteers who were not accepted as champions: name, address, telephone", .days(180),
            then: "after that was decided; blanked", in: "champion",
            .each { id, _, session in try Champions.blank("id = \(id)", session) }
        ) { "state = 'declined' and name <> 'Somebody who left' and decided_at < \($0)" },
        Retention(
            "left-champions", "Champions who stopped: address, telephone and notes", .years(1), then: "after they stopped; blanked",
            in: "champion", .blanked("email = null, telephone = null, note = null, left_because = null")
        ) { limit in
            """
            left_day < \(limit.dayInLondon)
            and (email is not null or telephone is not null or note is not null or left_because is not null)
            """
        },
    ]
}
