public import Civil
public import House
internal import Store

extension Directory {
    /// Hubs, areas and settings as other rooms speak of them.
    public static func placeBook(clock: Clock) -> PlaceBook {
        PlaceBook(
            hubs: { session in try Hubs.all(session).map { .init(id: $0.id, name: $0.name, hubID: $0.id, slug: $0.slug) } },
            areas: { hub, session in
                let today = clock.today
                return try session.all(
                    """
                    select a.id, a.name from area a join plan p on p.id = a.plan_id join scheme s on s.id = p.scheme_id
                    where s.hub_id = \(hub) and p.status = 'published' and p.from_day <= \(today)
                        and (p.to_day is null or p.to_day > \(today)) order by s.name, a.position
                    """
                ).map { .init(id: $0.text("id"), name: $0.text("name"), hubID: hub) }
            },
            setting: { id, session in
                guard let setting = try Setting.find(id, for: .staff, in: session), setting.mergedInto == nil else { return nil }
                let seen = setting.forStrangers(agreed: try Setting.agreedFields(id, in: session))
                return .init(
                    id: id, name: setting.title, hubID: setting.hubID, email: setting.email, publicName: seen?.title)
            },
            settingsWithIDs: { ids, session in
                if ids.isEmpty { return [] }
                return try session.all(
                    "select id, hub_id, name, type, email from setting where id in \(list: ids) and merged_into is null"
                ).map(entry)
            },
            settings: { hub, words, session in
                let found = try Hubs.with(id: hub, session).settings
                let key = "%\(SortKey.of(words))%"
                return try session.all(
                    """
                    select s.id, s.hub_id, s.name, s.type, s.email from setting s
                    where \(found) and s.sort_key like \(key) order by s.sort_key, s.id limit 2000
                    """
                ).map(entry)
            },
            place: { id, session in try whereabouts(ofSetting: id, session) })
    }

    private static func entry(_ row: Row) -> PlaceBook.Entry {
        let type: SettingType = row.code("type") ?? .other
        return .init(
            id: row.text("id"), name: row.textOrNil("name") ?? type.name, hubID: row.textOrNil("hub_id"), email: row.textOrNil("email"))
    }
}
