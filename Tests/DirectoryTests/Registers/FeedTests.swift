import Directory
import Store
import StoreTestKit
import Testing

@Suite struct FeedTests {
    @Test(arguments: TestEngine.all)
    func `one registration, many or none: each state of the feed gives its difference`(_ engine: TestEngine)
        async throws
    {
        try await engine.withDatabase(Directory.migrations) { database in
            let loading = Loading(database)
            let start = try await loading.load(.feed, "samples/feed/start.json")
            #expect((start.read, start.new) == (1, 1))
            let added = try await loading.load(.feed, "samples/feed/added.json")
            #expect((added.read, added.new, added.unchanged) == (2, 1, 1))
            let changed = try await loading.load(.feed, "samples/feed/changed.json")
            #expect((changed.read, changed.changed, changed.gone) == (1, 1, 1))
            #expect(changed.changes.first?.before == "Dummy Provider Name")
            #expect(changed.changes.first?.after == "Changed name")
            let deleted = try await loading.load(.feed, "samples/feed/deleted.json")
            #expect((deleted.read, deleted.gone) == (0, 1))
            #expect(try await loading.count("select count(*) from setting where status = 'gone'") == 2)
        }
    }

    @Test(arguments: TestEngine.all)
    func `XML is read like JSON, and a number that stands twice counts once`(_ engine: TestEngine) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let loading = Loading(database)
            let report = try await loading.load(.feed, "samples/feed/dummy.xml")
            #expect((report.read, report.new, report.rejected) == (2, 1, 1))
            let setting = try await loading.first("select * from setting")
            #expect(setting?.text("type") == "childminder")
            #expect(setting?.text("registers") == "EYR,CCR,VCR")
            #expect(setting?.text("outcome_day") == "2022-05-12")
            #expect(setting?.text("email") == "someone@example.org")
        }
    }

    @Test(arguments: TestEngine.all, ["xml", "json"])
    func `settings marked ANON, WREF or MOD are secret and have no place, whatever is loaded later`(
        _ engine: TestEngine, _ form: String
    ) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let loading = Loading(database)
            try await loading.load(.postcodes, "six-areas/postcodes-2025-10.csv.gz")
            let report = try await loading.load(.feed, "samples/feed/special-considerations.\(form)")
            #expect(report.isBalanced)
            let hidden = "select count(*) from setting where name like 'Hidden%'" as SQL
            let secret = "select count(*) from setting where name like 'Hidden%' and is_secret = 1" as SQL
            let placed: SQL = """
                select count(*) from setting where is_secret = 1 and (latitude is not null or longitude is not null
                    or ward_code is not null or lsoa_code is not null or place_basis <> 'none')
                """
            let count = try await loading.count(hidden)
            #expect(count >= 4)
            #expect(try await loading.count(secret) == count)
            #expect(try await loading.count(placed) == 0)
            #expect(
                try await loading.count("select count(*) from setting where name like 'Open%' and is_secret = 1") == 0)
            // The published register names the same provider with a postcode: still no place, still secret.
            var file = OfstedFile()
            file.add("EY993003", ["Postcode": "E15 4QZ", "Provider name": "Hidden Refuge Published"])
            let published = try await loading.load(.ofsted, text: file.text)
            #expect(published.new == 1)
            file.rows[0]["Places"] = "12"
            try await loading.load(.ofsted, text: file.text)
            try await loading.load(.postcodes, "six-areas/postcodes-2025-10.csv.gz")
            #expect(try await loading.count(hidden) == count)
            #expect(try await loading.count(secret) == count)
            #expect(try await loading.count(placed) == 0)
        }
    }

    @Test(arguments: TestEngine.all)
    func `the feed fills what the published register leaves out, and keeps it when that is loaded again`(
        _ engine: TestEngine
    ) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let loading = Loading(database)
            var file = OfstedFile()
            file.add(
                "2711813",
                [
                    "Provider type": "Childminder", "Provider subtype": "", "Provider name": "REDACTED",
                    "Provider address line 1": "REDACTED", "Provider town": "REDACTED", "Postcode": "REDACTED",
                    "Places": "6",
                ])
            try await loading.load(.ofsted, text: file.text)
            let feed = """
                {"OfstedChildcareRegisterLocalAuthorityExtract": {"Extract": {"LocalAuthority": {"LocalAuthorityName": "Newham"}},
                "Registration": {"ReferenceNumber": "EY2711813", "ProvisionType": "CMR", "RegistrationStatus": "ACTV",
                "Setting": {"SettingName": "Minnie Childs", "SettingAddress": {"AddressLine1": "2 Example Road",
                "Postcode": "E15 4QZ"}}}}}
                """
            let report = try await loading.load(.feed, text: feed)
            #expect(report.new == 1)
            #expect(try await loading.count("select count(*) from setting") == 1)
            #expect(try await loading.first("select name from setting")?.text("name") == "Minnie Childs")
            file.rows[0]["Places"] = "5"
            try await loading.load(.ofsted, text: file.text, asOf: "2021-12-31")
            let setting = try await loading.first("select * from setting")
            #expect(setting?.text("name") == "Minnie Childs")
            #expect(setting?.int("places") == 5)
            #expect(setting?.text("postcode") == "E15 4QZ")
        }
    }

    @Test(arguments: ["feed-cut-short.xml", "feed-expanding-entities.xml", "wrong-file.csv"])
    func `what is not a whole feed is refused`(_ name: String) async throws {
        try await TestEngine.all[0].withDatabase(Directory.migrations) { database in
            let loading = Loading(database)
            await #expect(throws: LoadRefusal.self) { try await loading.load(.feed, "samples/damaged/\(name)") }
        }
    }
}
