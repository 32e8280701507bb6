internal import Store

/// Where registers themselves say their settings are: a map reference, or the ward a list names.
///
/// Kept beside the facts of `registration` and not among them: a reference worked out anew is no change of the register.
enum RegisterPlace {
    private static let columns: [StaticString] = [
        "register", "urn", "latitude", "longitude", "ward_code", "lsoa_code", "basis",
    ]

    /// Keeps the places of these records, in the stead of what was kept of them before.
    static func keep(
        _ told: [(urn: String, place: Place)], _ register: Register, in session: any Session
    ) throws {
        if told.isEmpty { return }
        try forget(told.map(\.urn), register, in: session)
        let rows = BulkRows(for: session.engine, columns: columns.count)
        for (urn, place) in told {
            rows.startRow()
            rows.add(register.rawValue)
            rows.add(urn)
            rows.add(place.latitude)
            rows.add(place.longitude)
            rows.add(place.ward)
            rows.add(place.lsoa)
            rows.add(place.basis.rawValue)
        }
        try session.insert(into: "register_place", columns, rows)
    }

    static func forget(_ urns: [String], _ register: Register, in session: any Session) throws {
        try Batch.each(urns) { batch in
            try session.run("delete from register_place where register = \(register) and urn in \(keys: batch)")
        }
    }

    /// The numbers of a register whose places are kept.
    static func urns(_ register: Register, in session: any Session) throws -> Set<String> {
        var urns: Set<String> = []
        try session.each("select urn from register_place where register = \(register)") { urns.insert($0.text("urn")) }
        return urns
    }

    /// What the registers of these settings say: a map reference before a ward, then the register whose word counts first.
    static func of(settings ids: [String], in session: any Session) throws -> [String: Place] {
        var found: [String: (rank: Int, urn: String, place: Place)] = [:]
        try Batch.each(ids) { batch in
            let rows = try session.all(
                """
                select r.setting_id, p.* from registration r
                join register_place p on p.register = r.register and p.urn = r.urn where r.setting_id in \(keys: batch)
                """)
            for row in rows {
                let place = Place(
                    latitude: row.realOrNil("latitude"), longitude: row.realOrNil("longitude"),
                    ward: row.textOrNil("ward_code"), lsoa: row.textOrNil("lsoa_code"),
                    basis: row.code("basis") ?? .register)
                let register = row.code("register", as: Register.self)
                let rank = (register?.rank ?? 9) + (place.basis == .register ? 0 : 100)
                let (id, urn) = (row.text("setting_id"), row.text("urn"))
                if let held = found[id], (held.rank, held.urn) <= (rank, urn) { continue }
                found[id] = (rank, urn, place)
            }
        }
        return found.mapValues(\.place)
    }
}
