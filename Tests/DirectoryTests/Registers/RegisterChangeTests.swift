import Civil
import Directory
import Files
import House
import Store
import StoreTestKit
import Testing

@Suite struct RegisterChangeTests {
    @Test(arguments: TestEngine.all)
    func `a later edition shows each fact that changed, what from and what to`(_ engine: TestEngine) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let loading = Loading(database)
            var file = OfstedFile()
            file.add("EY100001")
            file.add("EY100002")
            try await loading.load(.ofsted, text: file.text)
            file.rows[0]["Places"] = "55"
            file.rows[0]["Provider name"] = "New Name"
            file.rows[0]["Most recent full: Inspection date"] = "01/02/2022"
            file.rows[0]["Most recent full: Inspection number"] = "10000009"
            file.rows[0]["Most recent full: Overall effectiveness"] = "3"
            let report = try await loading.load(.ofsted, text: file.text, asOf: "2022-03-31")
            #expect((report.changed, report.unchanged) == (1, 1))
            #expect(report.changes.map(\.field) == ["name", "places", "inspection"])
            #expect(report.changes[1].before == "40")
            #expect(report.changes[1].after == "55")
            let setting = try await loading.first(
                "select s.* from setting s join registration r on r.setting_id = s.id where urn = 'EY100001'")
            #expect(setting?.text("name") == "New Name")
            #expect(setting?.text("outcome") == "oeif-3")
            // The earlier inspection is history now, not gone.
            #expect(try await loading.count("select count(*) from inspection where urn = 'EY100001'") == 2)
            #expect(try await loading.count("select count(*) from load_change where what = 'changed'") == 3)
        }
    }

    @Test(arguments: TestEngine.all)
    func `what staff corrected stays, and a new word of the register is put up for a decision`(
        _ engine: TestEngine
    ) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let loading = Loading(database)
            var file = OfstedFile()
            file.add("EY100001")
            try await loading.load(.ofsted, text: file.text)
            try await loading.write(
                """
                insert into correction (id, setting_id, field, value, before, by_whom, at, register_value, is_disputed)
                select 'c1', id, 'name', 'The Right Name', name, 'staff', '2021-10-01T00:00:00Z', name, 0 from setting
                """)
            try await loading.write("update setting set name = 'The Right Name'")
            file.rows[0]["Places"] = "41"
            try await loading.load(.ofsted, text: file.text, asOf: "2021-12-31")
            #expect(try await loading.first("select name from setting")?.text("name") == "The Right Name")
            #expect(try await loading.count("select count(*) from correction where is_disputed = 1") == 0)
            file.rows[0]["Provider name"] = "Another Name"
            let report = try await loading.load(.ofsted, text: file.text, asOf: "2022-03-31")
            #expect(report.changes.map(\.what).contains(.disputed))
            let correction = try await loading.first("select * from correction")
            #expect(correction?.bool("is_disputed") == true)
            #expect(correction?.text("register_value") == "Another Name")
            #expect(try await loading.first("select name from setting")?.text("name") == "The Right Name")
        }
    }

    @Test(arguments: TestEngine.all)
    func `a setting that vanished is a candidate for closure, never deleted, and may come back`(
        _ engine: TestEngine
    ) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let loading = Loading(database)
            var file = OfstedFile()
            file.add("EY100001")
            file.add("EY100002")
            file.add("EY100003", ["Local authority": "Barnet"])
            try await loading.load(.ofsted, text: file.text)
            var shorter = OfstedFile()
            shorter.add("EY100001")
            let report = try await loading.load(.ofsted, text: shorter.text, asOf: "2021-12-31")
            // Barnet is not in the second file, so nothing is said of it.
            #expect((report.unchanged, report.gone) == (1, 1))
            #expect(report.changes.map(\.what) == [.gone])
            let gone = try await loading.first(
                "select s.status, r.gone_day from setting s join registration r on r.setting_id = s.id where urn = 'EY100002'"
            )
            #expect(gone?.text("status") == "gone")
            #expect(gone?.text("gone_day") == "2021-12-31")
            let again = try await loading.load(.ofsted, text: shorter.text, asOf: "2022-03-31")
            #expect(again.gone == 0)
            let back = try await loading.load(.ofsted, text: file.text, asOf: "2022-06-30")
            #expect((back.changed, back.unchanged, back.gone) == (1, 2, 0))
            #expect(back.changes.map(\.what) == [.back])
            #expect(try await loading.count("select count(*) from setting where status = 'open'") == 3)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a file with fewer columns or a part of the register takes nothing away`(_ engine: TestEngine) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let loading = Loading(database)
            var file = OfstedFile()
            for number in 0..<30 { file.add("EY\(100_000 + number)") }
            try await loading.load(.ofsted, text: file.text)
            let part = """
                Provider URN,Provider type,Provider subtype,Provider name,Local authority
                EY100000,Childcare on non-domestic premises,Full day care,Example EY100000,Newham
                EY100001,Childcare on non-domestic premises,Full day care,New Name,Newham

                """
            let report = try await loading.load(.ofsted, text: part, asOf: "2021-12-31")
            #expect((report.read, report.changed, report.unchanged, report.gone) == (2, 1, 1, 0))
            #expect(report.changes.map(\.field) == ["name"])
            #expect(report.notes.count == 1)
            #expect(
                try await loading.count("select count(*) from setting where places = 40 and registers = 'EYR,CCR,VCR'")
                    == 30)
            #expect(try await loading.load(.ofsted, text: part, asOf: "2021-12-31").unchanged == 2)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a load that is stopped on the way changes nothing`(_ engine: TestEngine) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let loading = Loading(database)
            let request = LoadRequest(
                .ofsted, source: .file(Loading.data("six-areas/ofsted-2021-08-31.csv.gz")), fileName: "six.csv",
                editionDay: loading.tools.clock.today)
            await #expect(throws: LoadStopped.self) {
                try await loading.loader.apply(
                    request,
                    progress: LoadProgress { stage, _ in
                        if stage == "Saving" || stage == "Comparing" { throw LoadStopped() }
                    })
            }
            #expect(try await loading.count("select count(*) from setting") == 0)
            #expect(try await loading.count("select count(*) from registration") == 0)
            #expect(try await loading.count("select count(*) from load where status = 'stopped'") == 1)
            // And nothing is in the way of doing it after all.
            let report = try await loading.loader.apply(request)
            #expect(report.new == 2_234)
        }
    }
}
