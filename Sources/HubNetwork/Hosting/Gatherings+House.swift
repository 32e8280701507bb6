internal import Civil
internal import Directory
internal import House
internal import Page
internal import Store

/// Gatherings as the rest of the house sees them.
extension Network {
    /// Those of which it was noted who was there.
    static let gatheringBook = EncounterBook { hub, days, session in
        let rows = try session.all(
            """
            select g.id, g.day, g.title, p.setting_id, p.spoke, p.hosted, p.chaired from gathering g
            join gathering_part p on p.gathering_id = g.id
            where g.hub_id = \(hub) and g.cancelled_at is null and g.day >= \(days.lowerBound) and g.day <= \(days.upperBound)
            """)
        return Dictionary(grouping: rows, by: { $0.text("id") }).compactMap { id, rows in
            guard let first = rows.first, let day = first.day("day") else { return nil }
            return Encounter(
                id: gatheringKey(id), day: day, title: first.text("title"),
                parts: Dictionary(
                    rows.map { ($0.text("setting_id"), GatheringPart($0).parts) }, uniquingKeysWith: { first, _ in first }))
        }
    }

    /// What an encounter is called that is a gathering.
    static func gatheringKey(_ id: String) -> String { "gathering:\(id)" }

    /// This room's part of a setting's timeline: where it was and what it did there.
    static let gatheringChapters: [Chapter] = [
        Chapter { setting, reader, before, limit, session in
            var condition: SQL = "p.setting_id = \(setting) and g.cancelled_at is null"
            var hub: String?
            if case .team(let id) = reader {
                condition = "\(condition) and p.hub_id = \(id)"
                hub = id
            }
            if let before {
                condition = "\(condition) and (p.day < \(before.day) or (p.day = \(before.day) and p.gathering_id < \(before.key)))"
            }
            let rows = try session.all(
                """
                select g.id, g.day, g.title, p.setting_id, p.spoke, p.hosted, p.chaired
                from gathering_part p join gathering g on g.id = p.gathering_id
                where \(condition) order by p.day desc, p.gathering_id desc limit \(limit)
                """)
            let slug = rows.isEmpty ? nil : try hub.map { try Directory.hubSlug($0, session) }
            return rows.compactMap { row in
                guard let day = row.day("day") else { return nil }
                let part = GatheringPart(row)
                let did = [(part.hosted, "hosted"), (part.chaired, "chaired"), (part.spoke, "spoke")].filter(\.0).map(\.1)
                return TimelineEntry(
                    day: day, key: row.text("id"),
                    title: "\(did.isEmpty ? "Was there" : did.joined(separator: ", ").uppercasedFirst): \(row.text("title"))",
                    href: slug.map { "/staff/network/\($0)/hosting/meetings/\(row.text("id"))" })
            }
        }
    ]
}

extension String {
    /// For the beginning of a sentence.
    var uppercasedFirst: String { prefix(1).uppercased() + dropFirst() }
}
