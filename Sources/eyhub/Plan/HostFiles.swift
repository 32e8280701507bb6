internal import Civil
internal import Files
internal import Planning

/// Reads the files of `plan hosts` from CSV (or XLSX). A row that cannot be used is refused with its line.
enum HostFiles {
    private static let placeHeader = HeaderSpec([
        .init("id", required: true), .init("kind", required: true), .init("holds", required: true), .init("step_free"), .init("lat"),
        .init("lon"), .init("turns_before"), .init("last_turn"), .init("away"),
    ])
    private static let meetingHeader = HeaderSpec([
        .init("id", required: true), .init("day", required: true), .init("people", required: true), .init("series"), .init("step_free"),
        .init("host"),
    ])
    private static let comerHeader = HeaderSpec([
        .init("lat", required: true), .init("lon", required: true), .init("series"),
    ])

    static func places(_ path: String) throws -> [HostPlace] {
        var places: [HostPlace] = []
        try Table.read(.file(path), header: placeHeader) { row, match in
            // The compiler crashes on a function that takes hold of the row.
            let line = row.line
            func refused(_ words: String) -> Refused { Refused("\(path), line \(line): \(words)") }
            guard let holds = row.int(match["holds"]) else { throw refused("holds must be a whole number.") }
            let away = try row.text(match["away"]).split(separator: " ").map { part -> ClosedRange<Int> in
                let ends = part.split(separator: "/").map { Day(iso: $0) }
                guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count < 3, first <= last else {
                    throw refused("away must be days or stretches such as 2027-02-01/2027-02-19, with spaces between.")
                }
                return first.daysSince1970...last.daysSince1970
            }
            let last = row.text(match["last_turn"])
            if !last.isEmpty && Day(iso: last) == nil { throw refused("last_turn must be a day such as 2026-03-03.") }
            places.append(
                HostPlace(
                    id: row.text(match["id"]), kind: row.text(match["kind"]), holds: holds, isStepFree: row.text(match["step_free"]) == "1",
                    point: point(row, match), turnsBefore: row.int(match["turns_before"]) ?? 0,
                    lastTurn: Day(iso: last)?.daysSince1970, away: away))
        }
        return places
    }

    /// The meetings, with whoever comes to those of their series.
    static func meetings(_ path: String, comers: String?) throws -> [HostedMeeting] {
        var points: [String: [GeoPoint]] = [:]
        if let comers {
            try Table.read(.file(comers), header: comerHeader) { row, match in
                guard let point = point(row, match) else {
                    throw Refused("\(comers), line \(row.line): lat and lon must be degrees, such as 51.53 and 0.04.")
                }
                points[row.text(match["series"]), default: []].append(point)
            }
        }
        var meetings: [HostedMeeting] = []
        try Table.read(.file(path), header: meetingHeader) { row, match in
            guard let day = Day(iso: row.text(match["day"])), let people = row.int(match["people"]) else {
                throw Refused("\(path), line \(row.line): day must be a day such as 2027-03-03 and people a whole number.")
            }
            let series = row.text(match["series"])
            let host = row.text(match["host"])
            meetings.append(
                HostedMeeting(
                    id: row.text(match["id"]), day: day.daysSince1970, series: series, people: people,
                    needsStepFree: row.text(match["step_free"]) == "1", comers: points[series] ?? [], locked: host.isEmpty ? nil : host))
        }
        return meetings
    }

    private static func point(_ row: borrowing Row, _ match: HeaderMatch) -> GeoPoint? {
        guard let latitude = row.double(match["lat"]), let longitude = row.double(match["lon"]) else { return nil }
        return GeoPoint(latitude: latitude, longitude: longitude)
    }
}
