internal import Files
internal import Planning

/// Reads the settings of `plan areas` from CSV (or XLSX). A row that cannot be used is refused with its line: a plan that
/// silently left somebody out would be worse than none.
enum SettingFile {
    static let header = HeaderSpec([
        .init("id", required: true), .init("lat", aliases: ["latitude"], required: true),
        .init("lon", aliases: ["longitude", "lng"], required: true),
        .init("ward", aliases: ["ward_code"], required: true),
        .init("weight"), .init("can_be_base"),
    ])

    static func read(_ path: String) throws -> [AreaSetting] {
        var settings: [AreaSetting] = []
        try Table.read(.file(path), header: header) { row, match in
            settings.append(try setting(row, match, path))
        }
        return settings
    }

    private static func setting(_ row: borrowing Row, _ match: HeaderMatch, _ path: String) throws -> AreaSetting {
        let id = row.text(match["id"])
        guard !id.isEmpty else { throw Refused("\(path), line \(row.line): the setting has no id.") }
        guard let latitude = row.double(match["lat"]), let longitude = row.double(match["lon"]) else {
            throw Refused("\(path), line \(row.line): lat and lon must be degrees, such as 51.53 and 0.04.")
        }
        let weight = row.isEmpty(match["weight"]) ? 1 : row.double(match["weight"])
        guard let weight else { throw Refused("\(path), line \(row.line): weight must be a number.") }
        guard let canBeBase = truth(row.text(match["can_be_base"])) else {
            throw Refused("\(path), line \(row.line): can_be_base must be 1 or 0, true or false, yes or no.")
        }
        return AreaSetting(
            id: id, point: GeoPoint(latitude: latitude, longitude: longitude), ward: row.text(match["ward"]),
            weight: weight,
            canBeBase: canBeBase)
    }

    private static func truth(_ text: String) -> Bool? {
        switch text.lowercased() {
        case "1", "true", "yes", "y", "t": true
        case "0", "false", "no", "n", "f", "": false
        default: nil
        }
    }
}

/// Reads what is settled already: which ward belongs to which area, and which setting is an area's base.
enum LockFile {
    static let header = HeaderSpec([
        .init("ward", required: true), .init("area", required: true), .init("base"),
    ])

    static func read(_ path: String) throws -> AreaLocks {
        var locks = AreaLocks()
        try Table.read(.file(path), header: header) { row, match in
            let ward = row.text(match["ward"])
            let area = row.text(match["area"])
            let base = row.text(match["base"])
            if !ward.isEmpty {
                guard !area.isEmpty || !base.isEmpty else {
                    throw Refused(
                        "\(path), line \(row.line): say which area or which base the ward \(ward) belongs to.")
                }
                if area.isEmpty { locks.baseOfWard[ward] = base } else { locks.areaOfWard[ward] = area }
            }
            if !area.isEmpty, !base.isEmpty {
                if let other = locks.baseOfArea[area], other != base {
                    throw Refused("\(path), line \(row.line): the area \(area) has two bases, \(other) and \(base).")
                }
                locks.baseOfArea[area] = base
            }
        }
        return locks
    }
}
