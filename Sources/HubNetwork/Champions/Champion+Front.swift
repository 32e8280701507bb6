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
            select p.id, p.kind, p.area_name, p.from_day, p.to_day, c.id as champion
            from area_post p join champion c on c.id = p.champion_id
            where \(condition) order by p.from_day desc, p.id desc
            """)
        let champions = try Champions.all("id in \(list: rows.map { $0.text("champion") })", session)
        let names = Dictionary(champions.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
        let base = people
        let all = rows.flatMap { row -> [TimelineEntry] in
            let kind: AreaPost.Kind = row.code("kind") ?? .champion
            let words = "\(kind.name.lowercased()) of \(row.text("area_name"))"
            let href = base.map { $0 + row.text("champion") }
            let name = names[row.text("champion")] ?? Champion.nameless
            let began = row.day("from_day").map {
                TimelineEntry(day: $0, key: row.text("id"), title: "\(name) became \(words)", href: href)
            }
            let ended = row.day("to_day").map {
                TimelineEntry(day: $0, key: "\(row.text("id"))-end", title: "\(name) stopped as \(words)", href: href)
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
                    // Read whole only where a champion began and the area has no meeting since.
                    let hubs = try session.all(
                        """
                        select distinct p.hub_id from area_post p
                        where p.kind = 'champion' and p.from_day < \(clock.today) and \(keeping(asker, "p.hub_id"))
                            and (p.to_day is null or p.to_day >= \(clock.today)) and not exists (
                            select 1 from area_meeting m where m.hub_id = p.hub_id and m.area_id = p.area_id and m.day >= p.from_day
                                and m.undone_at is null)
                        """)
                    return try hubs.reduce(0) { sum, row in
                        let slug = try Directory.hubSlug(row.text("hub_id"), session)
                        return sum + (try ChampionPicture.of(slug, on: clock.today, session).overdue.count)
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
            .between(30, 180, "Volunteers are told that what they wrote is taken out half a year later at the latest."),
            then: "after that was decided; blanked", in: "champion",
            .each { id, _, session in try Champions.blank("id = \(id)", session) }
        ) { "state = 'declined' and name <> 'Somebody who left' and decided_at < \($0)" },
        Retention(
            "left-champions", "Champions who stopped: address, telephone and notes", .years(1),
            .between(1, 6, "Who follows them may have to ask; six years is the time for claims."), then: "after they stopped; blanked",
            in: "champion", .blanked("email = null, telephone = null, note = null, left_because = null")
        ) { limit in
            """
            left_day < \(limit.dayInLondon)
            and (email is not null or telephone is not null or note is not null or left_because is not null)
            """
        },
    ]
}
