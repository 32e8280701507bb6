import Directory
import Store
import StoreTestKit
import Testing

/// A list that came before its register: what its numbers mean is found when the register is loaded.
@Suite struct ListLaterTests {
    private func register(_ urns: [String], _ facts: [String: String] = [:]) -> String {
        var file = OfstedFile()
        for urn in urns { file.add(urn, facts) }
        return file.text
    }

    @Test(arguments: TestEngine.all)
    func `a list's row joins its setting when the register that knows its number comes later`(
        _ engine: TestEngine
    ) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let loading = Loading(database)
            let list = "Name,Ofsted,E-mail,Places\nList Name,ey100001,desk@example.org,99\nOther,,,\n"
            try await loading.load(.list, text: list)
            let preview = try await loading.load(.ofsted, text: register(["EY100001", "EY100002"]), preview: true)
            #expect(preview.notes.contains { $0.reason.contains("List Name") })
            let report = try await loading.load(.ofsted, text: register(["EY100001", "EY100002"]))
            #expect(report.isBalanced && report.new == 2)
            let settings = try await loading.count("select count(*) from setting")
            #expect(settings == 3)
            let joined = try #require(
                try await loading.first(
                    """
                    select s.* from setting s join registration o on o.setting_id = s.id and o.register = 'ofsted'
                    join registration l on l.setting_id = s.id and l.register = 'list' where o.urn = 'EY100001'
                    """))
            // The register decides, the list fills what the register leaves out: as when the register came first.
            #expect(joined.text("name") == "Example EY100001" && joined.int("places") == 40)
            #expect(joined.text("email") == "desk@example.org" && joined.text("outcome") == "oeif-2")
            let again = try await loading.load(.ofsted, text: register(["EY100001", "EY100002"]))
            #expect((again.new, again.changed, again.unchanged) == (0, 0, 2))
            #expect(try await loading.load(.list, text: list).unchanged == 2)
            let offers = try await loading.count("select count(*) from possible_duplicate")
            #expect(offers == 0)
        }
    }

    @Test(arguments: TestEngine.all)
    func `the end is the same whichever of list and register comes first`(_ engine: TestEngine) async throws {
        let list = "Name,Ofsted,Telephone,E-mail\nList Name,EY100001,020 7946 0999,desk@example.org\n"
        var ends: [[String?]] = []
        for isListFirst in [true, false] {
            let end = try await engine.withDatabase(Directory.migrations) { database in
                let loading = Loading(database)
                try await loading.write(
                    "insert into hub (id, name, slug, is_sample, created_at) values ('h1', 'Hub', 'hub', 0, '2026-01-01T00:00:00Z')")
                if isListFirst { try await loading.load(.list, text: list, hub: "h1") }
                try await loading.load(
                    .ofsted,
                    text: register(
                        ["EY100001"],
                        [
                            "Telephone Number": "020 7946 0000", "Provider Early Years Register Flag": "N",
                            "Individual Register combinations": "",
                        ]))
                if !isListFirst { try await loading.load(.list, text: list, hub: "h1") }
                let row = try await loading.first("select * from setting")
                return [
                    "hub_id", "name", "telephone", "email", "postcode", "places", "status", "outcome", "registers", "is_early_years",
                ].map { row?.textOrNil($0) }
            }
            ends.append(end)
        }
        #expect(ends[0] == ends[1])
    }

    @Test(arguments: TestEngine.all)
    func `what staff corrected in the list's setting stays when its register comes`(_ engine: TestEngine) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let loading = Loading(database)
            try await loading.load(.list, text: "Name,Ofsted\nList Name,EY100001\n")
            try await loading.write(
                """
                insert into correction (id, setting_id, field, value, before, by_whom, at, register_value, is_disputed)
                select 'c1', id, 'name', 'The Right Name', name, 'staff', '2021-10-01T00:00:00Z', name, 0 from setting
                """)
            try await loading.write("update setting set name = 'The Right Name'")
            try await loading.load(.ofsted, text: register(["EY100001"]))
            let row = try await loading.first("select * from setting")
            #expect(row?.text("name") == "The Right Name" && row?.int("places") == 40)
            let correction = try await loading.first("select * from correction")
            #expect(correction?.text("register_value") == "Example EY100001" && correction?.bool("is_disputed") == true)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a number that is likelier another register's is offered for a decision, not joined`(
        _ engine: TestEngine
    ) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let loading = Loading(database)
            // Six figures: an Ofsted number of a nursery, or a school's. The list says nursery.
            try await loading.load(.list, text: "Name,Kind of setting,Ofsted\nTiny Tots,nursery,100123\n")
            let schools =
                "URN,EstablishmentName,LA (name),EstablishmentStatus (name),PhaseOfEducation (name)\n"
                + "100123,Larkspur School,Newham,Open,Primary\n"
            try await loading.load(.schools, text: schools)
            #expect(try await loading.count("select count(*) from setting") == 2)
            let offer = try #require(
                try await loading.first(
                    """
                    select d.*, one.name as brought, other.name as known from possible_duplicate d
                    join setting one on one.id = d.setting_id join setting other on other.id = d.other_id
                    """))
            #expect(offer.text("brought") == "Tiny Tots" && offer.text("known") == "Larkspur School")
            // It is offered once, and a decision stands.
            try await loading.load(.schools, text: schools)
            #expect(try await loading.count("select count(*) from possible_duplicate") == 1)
            // The register it is likelier to be of still finds it.
            try await loading.load(.ofsted, text: register(["100123"]))
            #expect(try await loading.count("select count(*) from setting") == 2)
            let joined = try await loading.first(
                "select s.name from setting s join registration r on r.setting_id = s.id where r.register = 'list'")
            #expect(joined?.text("name") == "Example 100123")
        }
    }

    @Test(arguments: TestEngine.all)
    func `a like name at the same postcode is offered, whichever of list and register comes first`(
        _ engine: TestEngine
    ) async throws {
        for isListFirst in [true, false] {
            try await engine.withDatabase(Directory.migrations) { database in
                let loading = Loading(database)
                let list = "Name,Postcode\nLarkspur Day Nursery,E15 4QZ\nSing and Sign,E15 4QZ\n"
                let file = register(["EY100001"], ["Provider name": "Larkspur Nursery"])
                if isListFirst { try await loading.load(.list, text: list) }
                let preview = try await loading.load(.ofsted, text: file, preview: true)
                #expect(preview.notes.contains { $0.reason.contains("Larkspur Day Nursery") } == isListFirst)
                try await loading.load(.ofsted, text: file)
                if !isListFirst { try await loading.load(.list, text: list) }
                let offers = try await loading.database.read { session in
                    try session.all(
                        """
                        select one.name as brought, other.name as known from possible_duplicate d
                        join setting one on one.id = d.setting_id join setting other on other.id = d.other_id
                        """)
                }
                #expect(offers.map { $0.text("brought") } == ["Larkspur Day Nursery"])
                #expect(offers.map { $0.text("known") } == ["Larkspur Nursery"])
                try await loading.load(.ofsted, text: file)
                let again = try await loading.count("select count(*) from possible_duplicate")
                #expect(again == 1)
            }
        }
    }

    @Test(arguments: TestEngine.all)
    func `two rows with one number: the first joins, the second is offered`(_ engine: TestEngine) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let loading = Loading(database)
            try await loading.load(.list, text: "Name,Ofsted\nUpstairs,EY100001\nDownstairs,EY100001\n")
            try await loading.load(.ofsted, text: register(["EY100001"]))
            #expect(try await loading.count("select count(*) from setting") == 2)
            #expect(try await loading.count("select count(*) from possible_duplicate where setting_id <> other_id") == 1)
            let house = TestHouse(database)
            let page = try await house.page("/staff/registers/duplicates")
            #expect(page.contains("stairs") && page.contains("EY100001"))
        }
    }

    @Test(arguments: TestEngine.all)
    func `doubles of the time before this was looked for are offered when the register is loaded again`(
        _ engine: TestEngine
    ) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let loading = Loading(database)
            try await loading.load(.ofsted, text: register(["EY100001"]))
            try await loading.load(.list, text: "Name,Ofsted\nList Name,EY999999\n")
            try await loading.write("update registration set subtype = 'EY100001' where register = 'list'")
            let report = try await loading.load(.ofsted, text: register(["EY100001"]))
            #expect(report.unchanged == 1)
            #expect(try await loading.count("select count(*) from possible_duplicate") == 1)
        }
    }
}
