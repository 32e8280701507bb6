internal import Civil
internal import Files
internal import Planning
internal import Store

internal import struct Store.Row

/// Loads ward boundaries of any vintage. The year stands in the property names (`WD24CD`), and is kept with each ward: codes
/// change whenever boundaries do, so wards of an earlier vintage stay beside the later ones.
final class WardLoad {
    private let run: LoadRun
    private var wards: [WardRecord] = []
    private var authorities: [String: (name: String, edition: String)] = [:]

    init(_ run: LoadRun) { self.run = run }

    func read() throws {
        var seen: Set<String> = []
        var keys: WardKeys?
        var number = 0
        try GeoJSON.each(run.source) { feature in
            number += 1
            if number % 500 == 0 { try run.say("Reading the map", 0.4) }
            run.journal.countRead()
            if keys == nil { keys = WardKeys(feature.properties) }
            do {
                let record = try WardRecord(feature, keys)
                guard seen.insert(record.code).inserted else {
                    throw RowProblem("The ward \(record.code) stands here twice.")
                }
                wards.append(record)
                if let name = record.authorityName, !record.authority.isEmpty {
                    authorities[record.authority] = (name, record.edition)
                }
            } catch let problem as RowProblem {
                let fields = feature.properties.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
                run.journal.reject(line: number, problem.reason, fields)
            }
        }
        if keys == nil {
            throw LoadRefusal(
                """
                \(run.source.name): none of its shapes has a ward code (a property such as WD24CD). Check that this is a file of \
                ward boundaries as GeoJSON.
                """)
        }
        try compare()
    }

    private func compare() throws {
        var known: [String: Row] = [:]
        try run.session.each("select code, name, authority_code, edition, shape from ward") {
            known[$0.text("code")] = $0
        }
        var write: [WardRecord] = []
        var replaced: [WardRecord] = []
        for ward in wards {
            guard let before = known[ward.code] else {
                run.journal.countNew()
                write.append(ward)
                continue
            }
            // An earlier vintage does not take the place of a later one.
            let isSame =
                before.text("name") == ward.name && before.text("authority_code") == ward.authority
                && before.text("edition") == ward.edition && before.text("shape") == ward.shape
            if isSame || before.text("edition") > ward.edition {
                run.journal.countUnchanged()
                continue
            }
            run.journal.countChanged()
            replaced.append(ward)
            say(ward, before)
        }
        guard run.keeps, !(write.isEmpty && replaced.isEmpty) else { return }
        try save(write, replaced)
    }

    private func say(_ ward: WardRecord, _ before: Row) {
        for (field, old, new) in [
            ("name", before.text("name"), ward.name), ("authority", before.text("authority_code"), ward.authority),
            ("edition", before.text("edition"), ward.edition),
            ("boundary", "", before.text("shape") == ward.shape ? "" : "drawn anew"),
        ] where old != new {
            run.journal.add(
                LoadChange(
                    what: .changed, register: "wards", urn: ward.code, settingID: nil, name: ward.name, field: field,
                    before: old, after: new))
        }
    }

    private func save(_ new: [WardRecord], _ replaced: [WardRecord]) throws {
        for (code, authority) in authorities {
            try run.session.run(
                """
                insert into authority (code, name, edition) values (\(code), \(authority.name), \(authority.edition))
                on conflict (code) do update set name = excluded.name, edition = excluded.edition
                """)
        }
        let columns: [StaticString] = ["code", "name", "authority_code", "edition", "latitude", "longitude", "shape"]
        try run.session.insert(into: "ward", columns) { writer in
            for ward in new {
                try writer.add([
                    ward.code.bound, ward.name.bound, ward.authority.bound, ward.edition.bound,
                    .real(ward.centre.latitude), .real(ward.centre.longitude), ward.shape.bound,
                ])
            }
        }
        for ward in replaced {
            try run.session.run(
                """
                update ward set name = \(ward.name), authority_code = \(ward.authority), edition = \(ward.edition),
                    latitude = \(ward.centre.latitude), longitude = \(ward.centre.longitude), shape = \(ward.shape)
                where code = \(ward.code)
                """)
        }
        try run.say("Finding which wards touch", 0.8)
        for edition in Set((new + replaced).map(\.edition)) { try findNeighbours(edition) }
        _ = try run.version()
    }

    /// Wards are neighbours within one vintage: lines of different vintages do not meet.
    private func findNeighbours(_ edition: String) throws {
        var outlines: [WardOutline] = []
        try run.session.each("select code, name, shape from ward where edition = \(edition) order by code") { row in
            outlines.append(
                WardOutline(
                    code: row.text("code"), name: row.text("name"), rings: WardShape(text: row.text("shape")).rings))
        }
        let found = try WardNeighbours.find(among: outlines)
        try run.session.run(
            "delete from ward_neighbour where ward_code in (select code from ward where edition = \(edition))")
        try run.session.insert(into: "ward_neighbour", ["ward_code", "neighbour_code"]) { writer in
            for code in found.neighbours.keys.sorted() {
                for other in found.neighbours[code] ?? [] { try writer.add([code.bound, other.bound]) }
            }
        }
    }
}
