internal import Planning
internal import Store

extension Territory {
    /// Reads a hub's territory.
    static func of(_ hub: Hub, _ session: any Session) throws -> Territory {
        let wards = try wards(where: "w.code in (select ward_code from hub_ward where hub_id = \(hub.id))", session)
        let ours = Set(wards.map(\.code))
        var settings: [TerritorySetting] = []
        var outside = 0
        try session.each(
            """
            select s.id, s.type, s.name, s.ward_code, s.latitude, s.longitude, s.places, s.is_secret
            from setting s where s.status = 'open' and s.is_early_years = 1 and \(hub.settings) order by s.sort_key, s.id
            """
        ) { row in
            guard let setting = TerritorySetting(row), ours.contains(setting.ward) else { return outside += 1 }
            settings.append(setting)
        }
        return Territory(
            hub: hub, wards: wards, settings: settings, outside: outside, unplaced: try unplaced(hub, session),
            older: try session.count(
                "select count(*) from setting s where s.status = 'open' and s.is_early_years = 0 and \(hub.settings)"))
    }

    /// Wards that meet a condition on `ward w`, with their neighbours and deprivation, in the order of their names.
    static func wards(where condition: SQL, _ session: any Session) throws -> [TerritoryWard] {
        var neighbours: [String: [String]] = [:]
        try session.each(
            """
            select n.ward_code, n.neighbour_code from ward_neighbour n join ward w on w.code = n.ward_code
            where \(condition) order by n.ward_code, n.neighbour_code
            """
        ) { neighbours[$0.text("ward_code"), default: []].append($0.text("neighbour_code")) }
        var sums: [String: (decile: Double, people: Double)] = [:]
        try session.each(
            """
            select d.ward_code, d.decile, d.population from deprivation d join ward w on w.code = d.ward_code
            where d.edition = (select max(edition) from deprivation) and \(condition)
            """
        ) { row in
            // An LSOA without a count of people weighs as much as an average one: they are made to hold about 1,700.
            let people = row.realOrNil("population") ?? 1_700
            let before = sums[row.text("ward_code")] ?? (0, 0)
            sums[row.text("ward_code")] = (before.decile + Double(row.int("decile")) * people, before.people + people)
        }
        let rows = try session.all(
            """
            select w.code, w.name, w.latitude, w.longitude, w.shape, a.name as authority
            from ward w left join authority a on a.code = w.authority_code where \(condition) order by w.name, w.code
            """)
        return rows.map { row in
            let code = row.text("code")
            let sum = sums[code]
            return TerritoryWard(
                code: code, name: row.text("name"), authority: row.text("authority"),
                centre: GeoPoint(latitude: row.realOrNil("latitude") ?? 0, longitude: row.realOrNil("longitude") ?? 0),
                shape: WardShape(text: row.text("shape")), neighbours: neighbours[code] ?? [],
                decile: sum.flatMap { $0.people > 0 ? $0.decile / $0.people : nil }, people: sum?.people ?? 0)
        }
    }

    private static func unplaced(_ hub: Hub, _ session: any Session) throws -> Int {
        guard !hub.isSample else { return 0 }
        return try session.count(
            """
            select count(*) from setting where status = 'open' and is_early_years = 1 and merged_into is null and hub_id is null
            and ward_code is null and is_secret = 0
            and authority_code in (select w.authority_code from ward w join hub_ward h on h.ward_code = w.code
                where h.hub_id = \(hub.id))
            """)
    }
}

extension TerritorySetting {
    /// Nil when the setting has no ward.
    init?(_ row: Row) {
        guard let ward = row.textOrNil("ward_code") else { return nil }
        let type: SettingType = row.code("type") ?? .other
        let isSecret = row.bool("is_secret")
        var point: GeoPoint?
        if let latitude = row.realOrNil("latitude"), let longitude = row.realOrNil("longitude"), !isSecret {
            point = GeoPoint(latitude: latitude, longitude: longitude)
        }
        self.init(
            id: row.text("id"), type: type, name: row.textOrNil("name"), ward: ward,
            point: point.flatMap { $0.isOnEarth ? $0 : nil }, places: row.intOrNil("places"), isSecret: isSecret)
    }
}
