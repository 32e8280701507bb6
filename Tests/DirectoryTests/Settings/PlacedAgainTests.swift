import Directory
import House
import Store
import StoreTestKit
import TestKit
import Testing

/// What staff wrote of a setting's place can be taken back, and the setting is then where it was before.
@Suite struct PlacedAgainTests {
    private static let school = """
        URN,EstablishmentName,LA (name),EstablishmentStatus (name),PhaseOfEducation (name),Postcode,lat,lon,ward_code,lsoa21_code
        100123,Larkspur School,Newham,Open,Primary,E99 9ZZ,51.52,0.03,E05000001,E01000001

        """

    /// A house with one postcode (E15 4QZ), one sector (E99 9) and one school whose postcode is not known.
    private func withSchool(
        _ engine: TestEngine, _ body: @Sendable (TestHouse, Loading, _ id: String) async throws -> Void
    ) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let (house, loading) = (TestHouse(database), Loading(database))
            try await loading.load(
                .postcodes, text: PlacesTests.postcodes + "E15 4QZ,51.5377,0.0023,E09000025,E05013926,E01003612\n")
            try await loading.load(.postcodes, text: "sector,lat,lon,n,main_lad\nE99 9,51.9,0.9,10,E09000025\n")
            try await loading.load(.schools, text: PlacedAgainTests.school, asOf: "2024-06-30")
            try await body(house, loading, try #require(try await loading.first("select id from setting")).text("id"))
        }
    }

    /// The place of a setting, in a line.
    private func place(_ id: String, _ loading: Loading) async throws -> String {
        let row = try #require(try await loading.first("select * from setting where id = \(id)"))
        let values = ["place_basis", "latitude", "longitude", "ward_code", "lsoa_code"].map { row.textOrNil($0) ?? "-" }
        return values.joined(separator: " ")
    }

    private func correct(_ id: String, _ changes: [String: String], _ house: TestHouse) async throws {
        let row = try #require(try await house.database.read { try $0.first("select * from setting where id = \(id)") })
        let names = [
            "type", "name", "address", "town", "postcode", "ward_code", "places", "telephone", "email", "website", "status",
            "note",
        ]
        let saved = try await house.post(
            "/staff/settings/\(id)/correct", names.map { ($0, changes[$0] ?? row.textOrNil($0) ?? "") })
        #expect(saved.status == 303, "\(saved.text.prefix(500))")
    }

    private func undo(_ field: String, of id: String, _ house: TestHouse) async throws {
        let correction = try #require(
            try await house.database.read {
                try $0.first("select id from correction where field = \(field) and undone_at is null")
            })
        let undone = try await house.post("/staff/settings/\(id)/corrections/\(correction.text("id"))/undo")
        #expect(undone.status == 303)
    }

    @Test(arguments: TestEngine.all)
    func `a corrected postcode that is undone leaves the setting at the register's own map reference again`(
        _ engine: TestEngine
    ) async throws {
        try await withSchool(engine) { house, loading, id in
            let before = try await place(id, loading)
            #expect(before == "register 51.52 0.03 E05000001 E01000001")
            try await correct(id, ["postcode": "E15 4QZ"], house)
            let corrected = try await place(id, loading)
            #expect(corrected == "live 51.5377 0.0023 E05013926 E01003612")
            try await undo("postcode", of: id, house)
            let undone = try await place(id, loading)
            #expect(undone == before)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a postcode corrected to one nobody knows counts for more than the map reference of the old one`(
        _ engine: TestEngine
    ) async throws {
        try await withSchool(engine) { house, loading, id in
            try await correct(id, ["postcode": "E99 9AA"], house)
            let inSector = try await place(id, loading)
            #expect(inSector == "sector 51.9 0.9 - -")
            // Of this one not even the sector is known: the register's word is better than none.
            try await correct(id, ["postcode": "E77 7AA"], house)
            let unknown = try await place(id, loading)
            #expect(unknown == "register 51.52 0.03 E05000001 E01000001")
        }
    }

    @Test(arguments: TestEngine.all)
    func `keeping the register's map reference makes no row of the next load look changed`(_ engine: TestEngine) async throws {
        try await withSchool(engine) { _, loading, id in
            // As a database that was loaded before map references were kept.
            try await loading.write("delete from register_place")
            try await loading.write("update setting set place_basis = 'none', latitude = null, longitude = null, ward_code = null")
            let again = try await loading.load(.schools, text: PlacedAgainTests.school, asOf: "2024-07-31")
            #expect((again.new, again.changed, again.unchanged, again.gone) == (0, 0, 1, 0))
            #expect(again.changes.isEmpty)
            let kept = try await loading.count("select count(*) from register_place where urn = '100123'")
            #expect(kept == 1)
            // A setting that had been left without a place gets it back.
            let placed = try await place(id, loading)
            #expect(placed.hasPrefix("register 51.52 0.03 E05000001"))
        }
    }

    @Test(arguments: TestEngine.all)
    func `a register's map reference is not used for a setting that moved since`(_ engine: TestEngine) async throws {
        try await withSchool(engine) { house, loading, id in
            try await correct(id, ["postcode": "E15 4QZ"], house)
            // The school moved: a later edition has another postcode and no map reference for it.
            let moved = PlacedAgainTests.school.replacing("E99 9ZZ,51.52,0.03,E05000001,E01000001", with: "E99 9ZY,,,,")
            try await loading.load(.schools, text: moved, asOf: "2024-07-31")
            try await undo("postcode", of: id, house)
            let undone = try await place(id, loading)
            #expect(undone == "sector 51.9 0.9 - -")
        }
    }

    @Test(arguments: TestEngine.all)
    func `a childminder known by ward is known by that ward again when a postcode is taken back`(
        _ engine: TestEngine
    ) async throws {
        try await withSchool(engine) { house, loading, _ in
            try await loading.write(
                """
                insert into ward (code, name, authority_code, edition, latitude, longitude, shape)
                values ('E05000002', 'Abbey', 'E09000025', '2024', 51.5, 0.0, '')
                """)
            try await loading.load(.list, text: "Name,Kind of setting,Ward\nA Minder,childminder,Abbey\n")
            let minder = try #require(try await loading.first("select id from setting where name = 'A Minder'")).text("id")
            try await correct(minder, ["postcode": "E15 4QZ"], house)
            try await undo("postcode", of: minder, house)
            let undone = try await place(minder, loading)
            #expect(undone == "ward - - E05000002 -")
        }
    }

    @Test(arguments: TestEngine.all)
    func `a ward set by hand stands over the register's and is undone alone`(_ engine: TestEngine) async throws {
        try await withSchool(engine) { house, loading, id in
            try await loading.write(
                """
                insert into ward (code, name, authority_code, edition, latitude, longitude, shape)
                values ('E05000002', 'Abbey', 'E09000025', '2024', 51.5, 0.0, '')
                """)
            try await correct(id, ["ward_code": "E05000002"], house)
            let corrected = try await place(id, loading)
            #expect(corrected == "hand 51.52 0.03 E05000002 E01000001")
            try await loading.load(.postcodes, text: PlacesTests.postcodes + "E99 9ZZ,51.6,0.1,E09000025,E05000003,E01000003\n")
            let later = try await place(id, loading)
            #expect(later.contains("E05000002"))
            try await undo("ward_code", of: id, house)
            let undone = try await place(id, loading)
            #expect(undone == "live 51.6 0.1 E05000003 E01000003")
        }
    }
}
