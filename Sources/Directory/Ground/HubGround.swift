public import Civil
public import House
public import Page
public import Store

/// A hub's settings, wards and areas, as the other rooms work with them: read in four statements.
public struct HubGround: Sendable {
    /// A setting of the hub for under-fives that is open.
    public struct Place: Sendable {
        public let id: String
        public let type: SettingType
        /// What the team calls it.
        public let title: String
        public let wardCode: String?
        public let wardName: String?
        /// Where it is exactly; nil for homes, for what is secret and for what is not known.
        public let point: LonLat?
        public let places: Int?
        public let telephone: String?
        public let email: String?
        /// The areas in force it lies in, one for each way the hub is divided.
        public let areas: Set<String>
        public let isSecret: Bool
    }

    /// A mini-hub, quadrant or network in force.
    public struct Area: Sendable {
        public let id: String
        public let name: String
        /// The way of dividing it belongs to: "Mini-hubs".
        public let scheme: String
        /// The setting its coordinator works from.
        public let baseID: String?
    }

    public let id: String
    public let name: String
    /// Its name in addresses.
    public let slug: String
    public let settings: [Place]
    public let areas: [Area]
    let wards: [DrawnWard]
    let areasOfWard: [String: Set<String>]

    /// The hub of this name in addresses. Throws `Refusal.notFound`.
    public static func of(_ slug: String, on today: Day, _ session: any Session) throws -> HubGround {
        let hub = try Hubs.named(slug, session)
        let wards = try session.all(
            "select w.* from ward w join hub_ward h on h.ward_code = w.code where h.hub_id = \(hub.id) order by w.name, w.code"
        ).map(DrawnWard.init)
        let (areas, byWard, bySetting) = try areas(of: hub, on: today, session)
        let names = Dictionary(wards.map { ($0.code, $0.name) }, uniquingKeysWith: { first, _ in first })
        var settings: [Place] = []
        try session.each(
            """
            select s.id, s.type, s.name, s.ward_code, s.authority_name, s.latitude, s.longitude, s.places, s.telephone, s.email, s.is_secret
            from setting s where s.status = 'open' and s.is_early_years = 1 and \(hub.settings) order by s.sort_key, s.id
            """
        ) { row in
            let type: SettingType = row.code("type") ?? .other
            let ward = row.textOrNil("ward_code")
            let isSecret = row.bool("is_secret")
            var point: LonLat?
            if !type.isHome, !isSecret, let latitude = row.realOrNil("latitude"), let longitude = row.realOrNil("longitude") {
                point = LonLat(longitude, latitude)
            }
            settings.append(
                Place(
                    id: row.text("id"), type: type,
                    title: SettingTitle.shown(
                        name: row.textOrNil("name"), type: type, ward: ward.flatMap { names[$0] },
                        authority: row.textOrNil("authority_name")),
                    wardCode: ward, wardName: ward.flatMap { names[$0] }, point: point, places: row.intOrNil("places"),
                    telephone: row.textOrNil("telephone"), email: row.textOrNil("email"),
                    areas: (ward.flatMap { byWard[$0] } ?? []).union(bySetting[row.text("id")] ?? []), isSecret: isSecret))
        }
        return HubGround(id: hub.id, name: hub.name, slug: hub.slug, settings: settings, areas: areas, wards: wards, areasOfWard: byWard)
    }

    private static func areas(
        of hub: Hub, on today: Day, _ session: any Session
    ) throws -> ([Area], [String: Set<String>], [String: Set<String>]) {
        let rows = try session.all(
            """
            select a.id, a.name, a.base_id, a.position, c.name as scheme, c.created_at, aw.ward_code, ast.setting_id
            from area a join plan p on p.id = a.plan_id join scheme c on c.id = p.scheme_id
            left join area_ward aw on aw.area_id = a.id left join area_setting ast on ast.area_id = a.id
            where c.hub_id = \(hub.id) and p.status = 'published' and p.from_day <= \(today) and (p.to_day is null or p.to_day > \(today))
            order by c.created_at, c.name, a.position, a.id
            """)
        var areas: [Area] = []
        var wards: [String: Set<String>] = [:]
        var settings: [String: Set<String>] = [:]
        for row in rows {
            let id = row.text("id")
            if areas.last?.id != id {
                areas.append(Area(id: id, name: row.text("name"), scheme: row.text("scheme"), baseID: row.textOrNil("base_id")))
            }
            if let ward = row.textOrNil("ward_code") { wards[ward, default: []].insert(id) }
            if let setting = row.textOrNil("setting_id") { settings[setting, default: []].insert(id) }
        }
        return (areas, wards, settings)
    }

    /// Where people travel to when they go to a setting, near enough: its place, or the middle of its ward for homes and for what is secret.
    public func whereabouts(of place: Place) -> LonLat? {
        place.point ?? place.wardCode.flatMap { code in wards.first { $0.code == code }?.middle }
    }

    /// The map of some of its settings: points for settings, a number in each ward for homes; its wards tinted by the first way it is
    /// divided.
    public func map(_ title: String, of shown: [Place], href: (Place) -> String?) -> MapPicture {
        let first = areas.filter { $0.scheme == areas.first?.scheme }
        let shapes = wards.map { ward in
            let tint = first.firstIndex { areasOfWard[ward.code]?.contains($0.id) ?? false }
            return MapShape(id: ward.code, title: ward.name, rings: ward.rings, tint: tint)
        }
        let points = shown.compactMap { place in
            place.point.map { MapPoint($0, mark: place.type.mark, title: place.title, href: href(place)) }
        }
        let homes = Dictionary(grouping: shown.filter(\.type.isHome), by: { $0.wardCode ?? "" })
        let counts = wards.compactMap { ward in
            homes[ward.code].map { group in
                MapCount(ward.middle, count: group.count, mark: .childminder, title: "\(AreaMap.homes(group.map(\.type))) in \(ward.name)")
            }
        }
        var picture = MapPicture(title, shapes: shapes, points: points, counts: counts)
        picture.legend =
            first.enumerated().map { .tint($0, $1.name) } + (counts.isEmpty ? [] : [.count(.childminder, "childminders in the ward")])
            + Mark.allCases.filter { mark in shown.contains { $0.point != nil && $0.type.mark == mark } }.map { .mark($0, $0.words) }
        return picture
    }
}

extension SettingType {
    /// The sector a setting of this kind belongs to.
    public var sector: Sector {
        switch self {
        case .childminder, .homeChildcarer, .domestic, .agency, .childminderGroup: .childminders
        case .dayNursery, .preschool, .outOfSchool, .groupProvider: .pvi
        case .nurserySchool, .school, .specialSchool: .schools
        case .healthCentre: .health
        case .childrensCentre, .stayAndPlay: .council
        case .other: .others
        }
    }
}
