internal import Civil
internal import Directory
internal import House
internal import Store

extension Signal {
    static let noChampion = Signal("no-champion", "No champion in its area", doing: "Find one")
}

extension ChampionPicture {
    /// The settings in whose area nobody looks after them, once the hub has champions at all: one statement.
    static func sightings(in hub: HubGround, on today: Day, _ session: any Session) throws -> [Sighting] {
        let rows = try session.all(
            """
            select area_id, area_name from area_post where hub_id = \(hub.id) and kind = 'champion' and from_day <= \(today)
                and (to_day is null or to_day >= \(today))
            union all
            select '', scheme from champion_deadline where hub_id = \(hub.id)
            """)
        let held = rows.filter { !$0.text("area_id").isEmpty }
        if held.isEmpty { return [] }
        let chosen = rows.first { $0.text("area_id").isEmpty }?.textOrNil("area_name")
        let scheme = hub.areas.contains { $0.scheme == chosen } ? chosen : hub.areas.first?.scheme
        let inForce = Set(hub.areas.map(\.id))
        let ids = Set(held.map { $0.text("area_id") })
        // Of areas that were drawn again, the name goes on.
        let names = Set(held.filter { !inForce.contains($0.text("area_id")) }.map { $0.text("area_name") })
        let bare = hub.areas.filter { $0.scheme == scheme && !ids.contains($0.id) && !names.contains($0.name) }
        return bare.flatMap { area in
            hub.settings.filter { $0.areas.contains(area.id) }.map {
                Sighting($0.id, .noChampion, area.name, path: "/staff/network/{hub}/champions/areas/\(area.id)")
            }
        }
    }
}
