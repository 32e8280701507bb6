import Directory
import Store
import StoreTestKit
import Testing

@Suite struct ListTests {
    private func places(_ loading: Loading) async throws {
        try await loading.load(.wards, "six-areas/wards-2024-05-merton.geojson")
        try await loading.load(.postcodes, "six-areas/postcodes-2025-10.csv.gz")
    }

    @Test(arguments: TestEngine.all)
    func `a council's list is matched by URN, whatever its columns are called, and loads again without a change`(
        _ engine: TestEngine
    ) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let loading = Loading(database)
            try await places(loading)
            try await loading.load(.ofsted, "six-areas/ofsted-2021-08-31.csv.gz")
            let before = try await loading.count("select count(*) from setting")
            let report = try await loading.load(.list, "samples/council-list.csv")
            #expect(report.isBalanced)
            #expect((report.read, report.new, report.rejected) == (61, 61, 0))
            let matched = try await loading.count(
                """
                select count(*) from registration l join registration o on o.setting_id = l.setting_id and o.register = 'ofsted'
                where l.register = 'list'
                """)
            #expect(matched >= 12)
            #expect(try await loading.count("select count(*) from setting") == before + 61 - matched)
            // The same list as a workbook is the same list.
            let again = try await loading.load(.list, "samples/council-list.xlsx")
            #expect((again.new, again.changed, again.unchanged) == (0, 0, 61))
        }
    }

    @Test(arguments: TestEngine.all)
    func `childminders are placed by the ward the list names, and by nothing closer`(_ engine: TestEngine) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let loading = Loading(database)
            try await places(loading)
            try await loading.load(.list, "samples/council-list.csv")
            let minders = try await loading.database.read { session in
                try session.all(
                    "select s.*, w.name as ward from setting s left join ward w on w.code = s.ward_code where type = 'childminder'"
                )
            }
            #expect(minders.count == 17)
            #expect(minders.allSatisfy { $0.text("place_basis") == "ward" && $0.realOrNil("latitude") == nil })
            #expect(minders.contains { $0.text("name") == "Brennan Aoife" && $0.text("ward") == "Abbey" })
            let dropIn = try await loading.count("select count(*) from setting where type = 'childminder-group'")
            #expect(dropIn == 2)
        }
    }

    @Test(arguments: TestEngine.all)
    func `what looks like a setting we have is offered for a decision, not merged`(_ engine: TestEngine) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let loading = Loading(database)
            try await places(loading)
            try await loading.load(.ofsted, "six-areas/ofsted-2021-08-31.csv.gz")
            try await loading.load(.list, "samples/council-list.csv")
            let offers = try await loading.database.read { session in
                try session.all("select line, why from possible_duplicate order by number")
            }
            // Lines 2, 8, 14 and 20 name nurseries on the register without their numbers; 22 is 21 with its words turned round.
            for line in [2, 8, 14, 20, 22] { #expect(offers.contains { $0.int("line") == line }, "line \(line)") }
            #expect(!offers.contains { $0.int("line") == 40 })
        }
    }

    @Test func `columns are mapped by hand where their names say nothing`() async throws {
        try await TestEngine.all[0].withDatabase(Directory.migrations) { database in
            let loading = Loading(database)
            let text = "A,B,C,D\nTiny Tots,toddler group,E15 4QZ,Tuesdays\nBig Tots,after school,E15 4QZ,\n"
            await #expect(throws: LoadRefusal.self) { try await loading.load(.list, text: text) }
            let mapping = try ListMapping(text: "A=name, B=type, C=postcode, D=note")
            let report = try await loading.load(.list, text: text, mapping: mapping)
            #expect(report.new == 2)
            let tots = try await loading.first("select * from setting where name = 'Tiny Tots'")
            #expect(tots?.text("type") == "stay-and-play")
            #expect(tots?.text("postcode") == "E15 4QZ")
            #expect(try ListMapping(text: mapping.text) == mapping)
            #expect(throws: LoadRefusal.self) { try ListMapping(text: "A=nonsense") }
            #expect(throws: LoadRefusal.self) { try ListMapping(text: "A") }
        }
    }

    @Test(arguments: TestEngine.all)
    func `a hub's own list makes settings of that hub, and fills contacts without touching what the register says`(
        _ engine: TestEngine
    ) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let loading = Loading(database)
            try await loading.write(
                """
                insert into hub (id, name, slug, is_sample, created_at) values ('h1', 'Hub', 'hub', 0, '2026-01-01T00:00:00Z')
                """)
            var file = OfstedFile()
            file.add("EY100001", ["Telephone Number": "020 7946 0000"])
            try await loading.load(.ofsted, text: file.text)
            let text = """
                Name,Ofsted,Telephone,E-mail,Places
                Other Name,ey100001,020 7946 0999,desk@example.org,99
                Sing and Sign,,020 7946 0111,sing@example.org,

                """
            let report = try await loading.load(.list, text: text, hub: "h1")
            #expect(report.new == 2)
            let nursery = try await loading.first("select * from setting where hub_id is null")
            #expect(nursery?.text("name") == "Example EY100001")
            #expect(nursery?.text("telephone") == "020 7946 0000")
            #expect(nursery?.text("email") == "desk@example.org")
            #expect(nursery?.int("places") == 40)
            #expect(
                try await loading.first("select name from setting where hub_id = 'h1'")?.text("name") == "Sing and Sign"
            )
        }
    }
}
