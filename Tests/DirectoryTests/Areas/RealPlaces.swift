import Files
import Foundation
import Planning
import Store

@testable import Directory

/// The bundled registers of the six areas, put straight into the tables that a test needs.
enum RealPlaces {
    static let data = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("data")

    static func source(_ path: String) -> ByteSource { .file(data.appendingPathComponent(path).path) }

    /// The real wards of one of the six areas: `newham`, `barnet`, `hull` ...
    static func wards(_ area: String, _ session: any Session) throws {
        var seen: Set<String> = []
        for feature in try GeoJSON.read(source("six-areas/wards-2024-05-\(area).geojson")) {
            let properties = feature.properties
            let authority = properties["LAD24CD"] ?? ""
            if seen.insert(authority).inserted {
                try session.run(
                    "insert into authority (code, name, edition) values (\(authority), \(properties["LAD24NM"]), '2024-12')"
                )
            }
            let rings = feature.polygons.joined().map { ring in
                ring.map { GeoPoint(latitude: $0.lat, longitude: $0.lon) }
            }
            let corners = rings.joined()
            let count = Double(max(1, corners.count))
            try session.run(
                """
                insert into ward (code, name, authority_code, edition, latitude, longitude, shape) values
                (\(properties["WD24CD"]), \(properties["WD24NM"]), \(authority), '2024-05',
                    \(corners.reduce(0) { $0 + $1.latitude } / count), \(corners.reduce(0) { $0 + $1.longitude } / count),
                    \(WardShape(rings: rings).text))
                """)
        }
    }

    /// Group settings and schools of one authority with the place of their postcode, as the importers would place them.
    static func settings(_ authority: String, _ name: String, _ fixture: AreaFixture, _ session: any Session) throws {
        struct Spot { let point: GeoPoint, ward: String }
        var spots: [String: Spot] = [:]
        let columns = HeaderSpec(
            ["postcode", "lat", "lon", "lad_code", "ward_code"].map { HeaderSpec.Column($0, required: true) })
        try Table.read(source("six-areas/postcodes-2025-10.csv.gz"), header: columns) { row, header in
            guard row.text(header["lad_code"]) == authority, let north = row.double(header["lat"]),
                let east = row.double(header["lon"])
            else { return }
            spots[row.text(header["postcode"])] = Spot(
                point: GeoPoint(latitude: north, longitude: east), ward: row.text(header["ward_code"]))
        }
        let ofsted = HeaderSpec(
            [
                "Provider name", "Provider type", "Provider subtype", "Postcode", "Local authority", "Places",
                "Provider Early Years Register Flag",
            ]
            .map { HeaderSpec.Column($0, required: true) })
        try Table.read(source("six-areas/ofsted-2021-08-31.csv.gz"), header: ofsted) { row, header in
            guard row.text(header["Local authority"]) == name,
                row.text(header["Provider Early Years Register Flag"]) == "Y",
                row.text(header["Provider type"]) == "Childcare on non-domestic premises",
                let spot = spots[row.text(header["Postcode"])]
            else { return }
            let type: SettingType =
                row.text(header["Provider subtype"]) == "Sessional day care" ? .preschool : .dayNursery
            try fixture.insert(
                type, name: row.text(header["Provider name"]), ward: spot.ward, at: spot.point,
                places: row.int(header["Places"]),
                session)
        }
        let schools = HeaderSpec(
            ["name", "phase_of_education", "lat", "lon", "lad_code", "ward_code"].map {
                HeaderSpec.Column($0, required: true)
            })
        try Table.read(source("six-areas/schools-2024-06.csv.gz"), header: schools) { row, header in
            guard row.text(header["lad_code"]) == authority, let north = row.double(header["lat"]),
                let east = row.double(header["lon"]),
                ["Nursery", "Primary"].contains(row.text(header["phase_of_education"]))
            else { return }
            try fixture.insert(
                row.text(header["phase_of_education"]) == "Nursery" ? .nurserySchool : .school,
                name: row.text(header["name"]), ward: row.text(header["ward_code"]),
                at: GeoPoint(latitude: north, longitude: east), session)
        }
    }
}
