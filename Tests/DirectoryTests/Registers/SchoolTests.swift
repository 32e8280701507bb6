import Directory
import Store
import StoreTestKit
import Testing

@Suite struct SchoolTests {
    @Test(arguments: TestEngine.all)
    func `schools load from the native extract and from the geocoded one`(_ engine: TestEngine) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let loading = Loading(database)
            let native = try await loading.load(.schools, "samples/gias-139-columns.csv", asOf: "2021-09-01")
            #expect((native.read, native.new, native.rejected) == (99, 99, 0))
            let school = try await loading.first(
                "select s.* from setting s join registration r on r.setting_id = s.id where r.urn = '100000'")
            #expect(school?.text("name") == "The Aldgate School")
            #expect(school?.text("type") == "school")
            #expect(school?.bool("is_early_years") == true)
            #expect(school?.text("authority_code") == "E09000001")
            #expect(school?.text("telephone") == "02072831147")
            // No postcodes are loaded: the register's own map reference places it.
            #expect(school?.text("place_basis") == "register")
            let latitude = try #require(school?.realOrNil("latitude"))
            #expect(abs(latitude - 51.5137) < 0.001)
            #expect(try await loading.count("select count(*) from setting where type = 'nursery-school'") == 2)
            #expect(try await loading.count("select count(*) from setting where status = 'closed'") == 10)
            let girls = try await loading.first(
                "select s.* from setting s join registration r on r.setting_id = s.id where r.urn = '100001'")
            #expect(girls?.bool("is_early_years") == false)
            let open = try await loading.load(.schools, "six-areas/schools-2024-06.csv.gz", asOf: "2024-06-01")
            #expect((open.read, open.new, open.rejected, open.gone) == (644, 644, 0, 0))
            let again = try await loading.load(.schools, "six-areas/schools-2024-06.csv.gz", asOf: "2024-06-01")
            #expect((again.unchanged, again.changed) == (644, 0))
        }
    }

    @Test func `a school's number is not an Ofsted number, though both have six figures`() async throws {
        try await TestEngine.all[0].withDatabase(Directory.migrations) { database in
            let loading = Loading(database)
            var file = OfstedFile()
            file.add("100000")
            try await loading.load(.ofsted, text: file.text)
            try await loading.load(.schools, "samples/gias-139-columns.csv")
            #expect(
                try await loading.count("select count(distinct setting_id) from registration where urn = '100000'") == 2
            )
        }
    }
}
