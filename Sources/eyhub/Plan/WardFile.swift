internal import Files
internal import Planning

/// Reads the wards of `plan areas` from GeoJSON.
enum WardFile {
    static func read(_ path: String) throws -> [WardOutline] {
        let wards = try GeoJSON.read(.file(path)).map { feature in
            guard let code = value(ending: "CD", in: feature.properties) else {
                throw Refused(
                    "\(path) has a ward without a code. Each feature needs a property such as WD24CD, ward_code or code."
                )
            }
            let name = value(ending: "NM", in: feature.properties) ?? code
            let rings = feature.polygons.flatMap { $0 }.map { ring in
                ring.map { GeoPoint(latitude: $0.lat, longitude: $0.lon) }
            }
            guard !rings.isEmpty else { throw Refused("\(path): the ward \(code) has no boundary.") }
            return WardOutline(code: code, name: name, rings: rings)
        }
        guard !wards.isEmpty else { throw Refused("\(path) holds no wards.") }
        return wards
    }

    /// The ONS names its columns by year: WD24CD, WD24NM, WD13CD ...
    private static func value(ending: String, in properties: [String: String]) -> String? {
        let plain = ending == "CD" ? ["ward_code", "code"] : ["ward_name", "name"]
        let official = properties.keys.filter { name in
            let name = name.uppercased()
            return name.hasPrefix("WD") && name.hasSuffix(ending) && name.utf8.count == 6
        }
        return (official.sorted() + plain).lazy.compactMap { properties[$0] }.first { !$0.isEmpty }
    }
}
