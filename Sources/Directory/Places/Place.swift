internal import Store

/// Where something is, and how we know.
struct Place: Sendable, Equatable {
    var latitude: Double?
    var longitude: Double?
    var ward: String?
    var lsoa: String?
    var authority: String?
    var basis: PlaceBasis

    static let nowhere = Place(basis: .none)
}

/// Finds places by postcode, many at a time: live, then no longer in use, then the middle of the sector
/// (`docs/rules/postcodes.md`).
struct PlaceFinder {
    let session: any Session

    static func isAnythingKnown(_ session: any Session) throws -> Bool {
        try session.first("select 1 from postcode limit 1") != nil
            || session.first("select 1 from postcode_sector limit 1") != nil
    }

    /// The places of those postcodes (written `E15 4QZ`) that are known, exactly or by their sector.
    func find(_ postcodes: Set<String>) throws -> [String: Place] {
        var places: [String: Place] = [:]
        places.reserveCapacity(postcodes.count)
        // In their order, because neighbours lie on the same page of the table.
        try Batch.each(postcodes.sorted()) { batch in
            let rows = try session.all(
                """
                select postcode, latitude, longitude, authority_code, ward_code, lsoa_code, status from postcode
                where postcode in \(keys: batch)
                """)
            for row in rows {
                let values = row.values
                // Without coordinates (a PO box) a postcode may still say its ward; with neither it says nothing.
                if values[1] == .null && values[4] == .null { continue }
                places[values[0].text ?? ""] = Place(
                    latitude: values[1].real, longitude: values[2].real, ward: values[4].text, lsoa: values[5].text,
                    authority: values[3].text, basis: values[6] == .text("terminated") ? .terminated : .live)
            }
        }
        try findSectors(of: postcodes.filter { places[$0] == nil }, into: &places)
        return places
    }

    private func findSectors(of missing: Set<String>, into places: inout [String: Place]) throws {
        if missing.isEmpty { return }
        var bySector: [String: [String]] = [:]
        for postcode in missing { bySector[String(postcode.dropLast(2)), default: []].append(postcode) }
        try Batch.each(Array(bySector.keys)) { batch in
            let rows = try session.all(
                "select sector, latitude, longitude, authority_code from postcode_sector where sector in \(keys: batch)"
            )
            for row in rows {
                for postcode in bySector[row.text("sector")] ?? [] {
                    places[postcode] = Place(
                        latitude: row.realOrNil("latitude"), longitude: row.realOrNil("longitude"),
                        authority: row.textOrNil("authority_code"), basis: .sector)
                }
            }
        }
    }
}
