import Directory
import Store
import StoreTestKit
import Testing

@Suite struct PlacesTests {
    static let postcodes = "postcode,lat,lon,lad_code,ward_code,lsoa21_code\n"

    @Test(arguments: TestEngine.all)
    func `postcodes load, reload without a change, and are kept when they go out of use`(_ engine: TestEngine)
        async throws
    {
        try await engine.withDatabase(Directory.migrations) { database in
            let loading = Loading(database)
            let lines = [
                "E15 4QZ,51.5377,0.0023,E09000025,E05013926,E01003612\n",
                "E15 4RZ,51.5378,0.0024,E09000025,E05013926,E01003612\n",
                "SO14 0AA,50.9,-1.4,E06000045,E05015491,E01017139\n",
            ]
            let first = try await loading.load(.postcodes, text: PlacesTests.postcodes + lines.joined())
            #expect((first.read, first.new) == (3, 3))
            let again = try await loading.load(.postcodes, text: PlacesTests.postcodes + lines.joined())
            #expect((again.new, again.changed, again.unchanged, again.gone) == (0, 0, 3, 0))
            // Only Newham's E postcodes are in this file: Southampton's are not said to have gone.
            let later = try await loading.load(
                .postcodes, text: PlacesTests.postcodes + "E15 4QZ,51.5399,0.0023,E09000025,E05013926,E01003612\n")
            #expect((later.changed, later.unchanged, later.gone) == (1, 0, 1))
            #expect(later.changes.first?.field == "latitude")
            let old = try await loading.first("select * from postcode where postcode = 'E15 4RZ'")
            #expect(old?.text("status") == "terminated")
            #expect(old?.realOrNil("latitude") == 51.5378)
            #expect(try await loading.count("select count(*) from postcode where status = 'live'") == 2)
        }
    }

    @Test func `every row of a damaged file of postcodes is taken or rejected`() async throws {
        try await TestEngine.all[0].withDatabase(Directory.migrations) { database in
            let loading = Loading(database)
            let report = try await loading.load(.postcodes, "samples/damaged/postcodes.csv")
            #expect(report.isBalanced)
            #expect(report.problems.map(\.line) == [3, 4, 5], "\(report.problems)")
            // A PO box has no district and no ward; a postcode without a place is kept too.
            let box = try await loading.first("select * from postcode where postcode = 'E15 4XZ'")
            #expect(box?.textOrNil("ward_code") == nil)
            let typed = try await loading.first("select * from postcode where postcode = 'E15 4AA'")
            #expect(typed?.text("authority_code") == "E09000025")
        }
    }

    @Test(arguments: TestEngine.all)
    func `Code-Point Open is read in its own form, old and new`(_ engine: TestEngine) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let loading = Loading(database)
            let new = try await loading.load(.postcodes, "samples/codepoint-open/ig.csv")
            #expect(new.isBalanced)
            #expect((new.read, new.rejected) == (1_000, 0))
            let old = try await loading.load(.postcodes, "samples/codepoint-open/padded-as-before-2024.csv")
            #expect((old.read, old.rejected) == (6, 0))
            let padded = try await loading.first("select * from postcode where postcode = 'SO14 0AA'")
            let latitude = try #require(padded?.realOrNil("latitude"))
            #expect(abs(latitude - 50.9071) < 0.001)
            #expect(try await loading.count("select count(*) from postcode where postcode = 'E1 0AA'") == 1)
        }
    }

    @Test func `Barnsley and Sheffield keep the codes the boundaries have`() async throws {
        try await TestEngine.all[0].withDatabase(Directory.migrations) { database in
            let loading = Loading(database)
            try await loading.load(
                .postcodes, text: PlacesTests.postcodes + "S70 1AA,53.55,-1.48,E08000038,E05000996,\n")
            #expect(try await loading.first("select * from postcode")?.text("authority_code") == "E08000016")
        }
    }

    @Test(arguments: TestEngine.all)
    func `a setting is placed by live postcode, then one out of use, then the register's word, then the sector`(
        _ engine: TestEngine
    ) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let loading = Loading(database)
            try await loading.load(
                .postcodes,
                text: "postcode,lat,lon,lad_code,ward_code,lsoa21_code,doterm\n"
                    + "E15 4QZ,51.5377,0.0023,E09000025,E05013926,E01003612,\n"
                    + "E15 4RZ,51.5378,0.0024,E09000025,E05013926,E01003612,202401\n")
            try await loading.load(.postcodes, text: "sector,lat,lon,n,main_lad\nE15 9,51.54,0.01,10,E09000025\n")
            var file = OfstedFile()
            file.add("EY100001")
            file.add("EY100002", ["Postcode": "e154rz"])
            file.add("EY100003", ["Postcode": "E15 9ZZ"])
            file.add("EY100004", ["Postcode": "ZE1 0AA"])
            file.add("EY100005", ["Postcode": "REDACTED", "Provider type": "Childminder"])
            try await loading.load(.ofsted, text: file.text)
            let bases = try await loading.database.read { session in
                try session.all(
                    """
                    select s.place_basis, s.ward_code from setting s join registration r on r.setting_id = s.id order by r.urn
                    """)
            }
            #expect(bases.map { $0.text("place_basis") } == ["live", "terminated", "sector", "none", "none"])
            #expect(bases[0].text("ward_code") == "E05013926")
            // Postcodes that come later put the settings in their places.
            try await loading.load(
                .postcodes, text: PlacesTests.postcodes + "ZE1 0AA,60.15,-1.14,S12000027,S13000001,\n")
            let moved = try await loading.first(
                "select s.* from setting s join registration r on r.setting_id = s.id where r.urn = 'EY100004'")
            #expect(moved?.text("place_basis") == "live")
            #expect(moved?.text("ward_code") == "S13000001")
        }
    }

    @Test(arguments: TestEngine.all)
    func `wards of any vintage load with their neighbours and stay side by side`(_ engine: TestEngine) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let loading = Loading(database)
            let first = try await loading.load(.wards, "six-areas/wards-2024-05-newham.geojson")
            #expect((first.read, first.new) == (24, 24))
            let again = try await loading.load(.wards, "six-areas/wards-2024-05-newham.geojson")
            #expect((again.unchanged, again.changed) == (24, 0))
            let old = try await loading.load(.wards, "samples/wards-2013-newham.geojson")
            #expect(old.isBalanced)
            #expect(try await loading.count("select count(*) from ward where edition = '2024'") == 24)
            #expect(try await loading.count("select count(*) from ward where edition = '2013'") == old.new)
            #expect(
                try await loading.first("select name from authority where code = 'E09000025'")?.text("name") == "Newham"
            )
            // Touching goes both ways, and no ward of Newham is an island.
            let oneWay = try await loading.count(
                """
                select count(*) from ward_neighbour n where not exists (
                    select 1 from ward_neighbour m where m.ward_code = n.neighbour_code and m.neighbour_code = n.ward_code)
                """)
            #expect(oneWay == 0)
            let islands = try await loading.count(
                "select count(*) from ward w where not exists (select 1 from ward_neighbour n where n.ward_code = w.code)"
            )
            #expect(islands == 0)
        }
    }

    @Test func `a damaged map of wards gives what is whole, and another map is refused`() async throws {
        try await TestEngine.all[0].withDatabase(Directory.migrations) { database in
            let loading = Loading(database)
            func feature(_ properties: String, _ ring: String) -> String {
                """
                {"type":"Feature","properties":{\(properties)},"geometry":{"type":"Polygon","coordinates":[\(ring)]}}
                """
            }
            let square = "[[0,51],[0,52],[1,52],[1,51],[0,51]]"
            let features = [
                feature("\"WD24CD\":\"E05000001\",\"WD24NM\":\"Sound\"", square),
                feature("\"WD24NM\":\"No code\"", square),
                feature("\"WD24CD\":\"E05000004\"", "[[0,51],[0,52],[1,52]]"),
                feature("\"WD24CD\":\"E05000001\"", square),
            ]
            let report = try await loading.load(
                .wards, text: "{\"type\":\"FeatureCollection\",\"features\":[\(features.joined(separator: ","))]}")
            #expect(report.isBalanced)
            #expect((report.new, report.rejected) == (1, 3), "\(report.problems)")
            // A map in metres is no map of degrees, whichever ward is asked.
            await #expect(throws: LoadRefusal.self) { try await loading.load(.wards, "samples/damaged/wards.geojson") }
            await #expect(throws: LoadRefusal.self) {
                try await loading.load(
                    .wards,
                    text: """
                        {"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"Park"},"geometry":null}]}
                        """)
            }
        }
    }

    @Test(arguments: TestEngine.all)
    func `deprivation finds its wards, by its own word or by most of the postcodes`(_ engine: TestEngine) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let loading = Loading(database)
            let first = try await loading.load(.deprivation, "six-areas/deprivation-2025.csv.gz")
            #expect((first.read, first.new, first.rejected) == (966, 966, 0))
            let again = try await loading.load(.deprivation, "six-areas/deprivation-2025.csv.gz")
            #expect(again.unchanged == 966)
            let people = try await loading.first("select * from deprivation where lsoa_code = 'E01012759'")
            #expect(people?.realOrNil("population") == 1_660)
            let bare = "lsoa21_code,IMD_decile,IMD_rank,IMD_score\nE01999999,3,9000,30.5\n"
            try await loading.load(.deprivation, text: bare)
            try await loading.load(
                .postcodes,
                text: PlacesTests.postcodes + "E15 4QA,51.5,0.0,E09000025,E05000001,E01999999\n"
                    + "E15 4QB,51.5,0.0,E09000025,E05000002,E01999999\nE15 4QD,51.5,0.0,E09000025,E05000002,E01999999\n"
            )
            let filled = try await loading.first("select * from deprivation where lsoa_code = 'E01999999'")
            #expect(filled?.text("ward_code") == "E05000002")
            #expect(try await loading.load(.deprivation, text: bare).unchanged == 1)
        }
    }
}
