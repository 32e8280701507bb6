internal import Civil
internal import House
internal import Planning
internal import Store

/// What everybody may know of one setting in a directory.
struct PublicSetting: Sendable, Equatable {
    let id: String
    let type: SettingType
    /// Nil for a home that has not agreed to its name being shown, and where the register gives none.
    let name: String?
    let ward: String
    let wardName: String
    /// Never of a home.
    let address: String?
    let telephone: String?
    let email: String?
    let website: String?
    /// Never of a home.
    let point: GeoPoint?

    /// A home that shows nothing but its ward: it is counted, not listed.
    var isOnlyCounted: Bool { type.isHome && name == nil && telephone == nil && email == nil && website == nil }
}

/// An area in force as everybody may see it.
struct PublicArea: Sendable {
    let hub: Hub
    let scheme: Scheme
    let plan: Plan
    let id: String
    let name: String
    /// Its place among the areas of its plan, which gives its colour.
    let position: Int
    /// Wards of the area, or the wards its settings lie in where it is a network.
    let wards: [TerritoryWard]
    let base: PublicSetting?
    /// In the order of their names. Never a secret one.
    let settings: [PublicSetting]

    var path: String { "\(hub.publicPath)/areas/\(id)" }

    /// How many there are of each type, commonest first.
    var types: [(type: SettingType, count: Int)] {
        Dictionary(grouping: settings, by: \.type).map { (type: $0.key, count: $0.value.count) }
            .sorted { ($1.count, $0.type.rawValue) < ($0.count, $1.type.rawValue) }
    }
}

/// Reads what everybody may see of a hub. All pages, files and API answers for strangers come from here.
enum PublicHub {
    /// The settings of a hub as everybody may see them: secret ones are left out, homes are told by their ward.
    static func settings(_ territory: Territory, _ session: any Session) throws -> [PublicSetting] {
        let hub = territory.hub
        let agreed = try AgreedFields.of(hub.settings, session)
        var names: [String: String] = [:]
        for ward in territory.wards { names[ward.code] = territory.name(ofWard: ward.code) }
        let rows = try session.all(
            """
            select s.id, s.type, s.name, s.address, s.town, s.postcode, s.ward_code, s.latitude, s.longitude, s.telephone,
                s.email, s.website
            from setting s where s.status = 'open' and s.is_early_years = 1 and s.is_secret = 0
            and s.type <> 'childminder-agency' and \(hub.settings)
            order by s.sort_key, s.id
            """)
        let shown = rows.compactMap { row -> PublicSetting? in
            guard let ward = row.textOrNil("ward_code"), let wardName = names[ward] else { return nil }
            return PublicSetting(row, ward: ward, wardName: wardName, agreed: agreed[row.text("id")] ?? [])
        }
        // Those that are not named come last, by ward: their place in the list must not tell where their name would stand.
        return shown.filter { $0.name != nil }
            + shown.filter { $0.name == nil }.sorted { ($0.wardName, $0.id) < ($1.wardName, $1.id) }
    }

    /// The areas in force on a day, scheme by scheme.
    static func areas(_ hub: Hub, on day: Day, _ session: any Session) throws -> [PublicArea] {
        let territory = try Territory.of(hub, session)
        let settings = try settings(territory, session)
        var areas: [PublicArea] = []
        for scheme in try Schemes.of(hub, session) {
            guard let plan = try Plans.inForce(scheme, on: day, session) else { continue }
            areas += try self.areas(plan, scheme, territory, settings, session)
        }
        return areas
    }

    /// One area by its id, whether its plan is in force or was. Throws `Refusal.notFound`; drafts are nobody's business.
    static func area(_ id: String, of hub: Hub, _ session: any Session) throws -> PublicArea {
        let row = try session.first(
            """
            select p.id, p.scheme_id from area a join plan p on p.id = a.plan_id join scheme c on c.id = p.scheme_id
            where a.id = \(id) and c.hub_id = \(hub.id) and p.status <> 'draft'
            """)
        guard let row else { throw Refusal.notFound("\(hub.name) has no area at this address.") }
        let plan = try Plans.with(id: row.text("id"), session)
        let scheme = try Schemes.with(id: row.text("scheme_id"), session)
        let territory = try Territory.of(hub, session)
        let all = try areas(plan, scheme, territory, settings(territory, session), session)
        guard let area = all.first(where: { $0.id == id }) else {
            throw Refusal.notFound("\(hub.name) has no area at this address.")
        }
        return area
    }

    static func areas(
        _ plan: Plan, _ scheme: Scheme, _ territory: Territory, _ settings: [PublicSetting], _ session: any Session
    ) throws -> [PublicArea] {
        let state = try Plans.state(of: plan.id, session)
        let areaOf: (PublicSetting) -> String? = { setting in
            scheme.divides == .settings ? state.areaOfSetting[setting.id] : state.areaOfWard[setting.ward]
        }
        let groups = Dictionary(grouping: settings) { areaOf($0) ?? "" }
        return state.areas.enumerated().map { position, area in
            let members = groups[area.id] ?? []
            let codes = Set(scheme.divides == .settings ? members.map(\.ward) : state.wards(of: area.id))
            return PublicArea(
                hub: territory.hub, scheme: scheme, plan: plan, id: area.id, name: area.name, position: position,
                wards: territory.wards.filter { codes.contains($0.code) },
                base: settings.first { $0.id == area.baseID }, settings: members)
        }
    }
}

extension PublicSetting {
    init(_ row: Row, ward: String, wardName: String, agreed: Set<AgreedField>) {
        let type: SettingType = row.code("type") ?? .other
        func shown(_ field: AgreedField, _ column: String) -> String? {
            agreed.contains(field) ? row.textOrNil(column) : nil
        }
        id = row.text("id")
        self.type = type
        name = type.isHome ? shown(.name, "name") : row.textOrNil("name")
        self.ward = ward
        self.wardName = wardName
        let lines = ["address", "town", "postcode"].compactMap { row.textOrNil($0) }.filter { !$0.isEmpty }
        address = type.isHome || lines.isEmpty ? nil : lines.joined(separator: ", ")
        telephone = shown(.telephone, "telephone")
        email = shown(.email, "email")
        website = shown(.website, "website")
        if !type.isHome, let latitude = row.realOrNil("latitude"), let longitude = row.realOrNil("longitude") {
            let point = GeoPoint(latitude: latitude, longitude: longitude)
            self.point = point.isOnEarth ? point : nil
        } else {
            point = nil
        }
    }
}
