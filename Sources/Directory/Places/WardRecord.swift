internal import Files
internal import Planning

/// The property names of a map of wards, with the year that stands in them.
struct WardKeys {
    let code: String
    let name: String
    let authority: String?
    let authorityName: String?
    /// `2024`.
    let edition: String

    /// Finds `WDyyCD` and its companions; nil when there is none.
    init?(_ properties: [String: String]) {
        func key(_ start: String, _ end: String) -> String? {
            properties.keys.sorted().first { key in
                let upper = key.uppercased()
                return upper.hasPrefix(start) && upper.hasSuffix(end)
                    && upper.utf8.count == start.utf8.count + 2 + end.utf8.count
                    && upper.dropFirst(start.count).prefix(2).utf8.allSatisfy { $0 >= 48 && $0 <= 57 }
            }
        }
        guard let code = key("WD", "CD") else { return nil }
        self.code = code
        let year = code.dropFirst(2).prefix(2)
        edition = "20\(year)"
        name = key("WD", "NM") ?? "WD\(year)NM"
        authority = key("LAD", "CD")
        authorityName = key("LAD", "NM")
    }
}

/// One ward as its map gives it.
struct WardRecord {
    let code: String
    let name: String
    /// Empty where the map does not say.
    let authority: String
    let authorityName: String?
    let edition: String
    let centre: GeoPoint
    /// As `WardShape` writes it.
    let shape: String

    init(_ feature: GeoJSON.Feature, _ keys: WardKeys?) throws(RowProblem) {
        guard let keys, let code = feature.properties[keys.code], !code.isEmpty else {
            throw RowProblem("It has no ward code.")
        }
        self.code = code
        let written = feature.properties[keys.name] ?? ""
        name = written.allSatisfy(\.isWhitespace) ? code : written
        authority = CodeChange.kept(keys.authority.flatMap { feature.properties[$0] } ?? "")
        authorityName = keys.authorityName.flatMap { feature.properties[$0] }
        edition = keys.edition
        let rings = feature.polygons.flatMap { $0 }.map { ring in
            ring.map { GeoPoint(latitude: $0.lat, longitude: $0.lon) }
        }
        guard let first = rings.first, !first.isEmpty else { throw RowProblem("The ward \(code) has no boundary.") }
        for ring in rings {
            guard ring.count >= 4 else {
                throw RowProblem("A boundary of the ward \(code) has fewer than four corners.")
            }
            guard ring.first == ring.last else { throw RowProblem("A boundary of the ward \(code) does not close.") }
            guard ring.allSatisfy(\.isOnEarth) else {
                throw RowProblem(
                    "The boundary of the ward \(code) is not in degrees: ask for WGS84 (longitude and latitude).")
            }
        }
        shape = WardShape(rings: rings).text
        centre = WardRecord.middle(of: rings)
    }

    /// The middle of the largest ring, by the areas of its triangles; good enough for a label and for counting homes by ward.
    private static func middle(of rings: [[GeoPoint]]) -> GeoPoint {
        var best = (area: -1.0, point: rings.first?.first ?? GeoPoint(latitude: 0, longitude: 0))
        for ring in rings {
            guard let origin = ring.first else { continue }
            var area = 0.0
            var east = 0.0
            var north = 0.0
            for (one, other) in zip(ring, ring.dropFirst()) {
                let (x1, y1) = (one.longitude - origin.longitude, one.latitude - origin.latitude)
                let (x2, y2) = (other.longitude - origin.longitude, other.latitude - origin.latitude)
                let cross = x1 * y2 - x2 * y1
                area += cross
                east += (x1 + x2) * cross
                north += (y1 + y2) * cross
            }
            guard abs(area) > best.area, area != 0 else { continue }
            best = (
                abs(area),
                GeoPoint(
                    latitude: origin.latitude + north / (3 * area), longitude: origin.longitude + east / (3 * area))
            )
        }
        return best.point
    }
}
