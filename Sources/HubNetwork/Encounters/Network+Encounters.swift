internal import Civil
public import House
internal import Store

extension Network {
    /// Where settings were together, as this room knows it: the meetings and visits the team logged at which they were reached.
    public static let encounters: [EncounterBook] = [
        EncounterBook { hub, days, session in
            let reached = Contact.Outcome.allCases.filter(\.isReached).map(\.rawValue)
            let rows = try session.all(
                """
                select c.id, c.day, c.how, s.setting_id from contact c join contact_setting s on s.contact_id = c.id
                where c.hub_id = \(hub) and c.how in ('meeting', 'visit') and c.outcome in \(list: reached) and c.undone_at is null
                    and c.day >= \(days.lowerBound) and c.day <= \(days.upperBound)
                """)
            return Dictionary(grouping: rows, by: { $0.text("id") }).compactMap { id, rows in
                guard let first = rows.first, let day = first.day("day"), let how: Contact.How = first.code("how") else { return nil }
                return Encounter(
                    id: id, day: day, title: how.name,
                    parts: Dictionary(rows.map { ($0.text("setting_id"), [.present]) }, uniquingKeysWith: { first, _ in first }))
            }
        },
        gatheringBook,
    ]
}
