import Directory
import Store
import StoreTestKit
import Testing

@Suite struct OfstedEditionTests {
    @Test(arguments: TestEngine.all)
    func `the six areas load whole, and again without a change, in either shape`(_ engine: TestEngine) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let loading = Loading(database)
            let first = try await loading.load(.ofsted, "six-areas/ofsted-2021-08-31.csv.gz")
            #expect((first.read, first.new, first.rejected) == (2_234, 2_234, 0))
            let again = try await loading.load(.ofsted, "six-areas/ofsted-2021-08-31.csv.gz")
            #expect((again.new, again.changed, again.unchanged, again.gone) == (0, 0, 2_234, 0))
            let placed = try await loading.load(.ofsted, "six-areas/ofsted-2021-08-31-placed.csv.gz")
            #expect((placed.new, placed.changed, placed.unchanged, placed.gone) == (0, 0, 2_234, 0))
            for (name, count) in [("Newham", 452), ("Barnet", 653), ("Merton", 522), ("Southampton", 288)] {
                #expect(try await loading.count("select count(*) from setting where authority_name = \(name)") == count)
            }
            #expect(try await loading.count("select count(*) from setting where authority_code = 'E06000010'") == 145)
            let types: [(SettingType, Int)] = [(.childminder, 173), (.homeChildcarer, 111), (.domestic, 2)]
            for (type, count) in types {
                #expect(
                    try await loading.count(
                        "select count(*) from setting where authority_code = 'E09000025' and type = \(type)") == count)
            }
        }
    }

    @Test(arguments: TestEngine.all)
    func `an edition older than the one loaded is told before it is applied`(_ engine: TestEngine) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let loading = Loading(database)
            let file = "samples/ofsted-2021-08-31-before-report-cards.csv"
            let first = try await loading.load(.ofsted, file, asOf: "2025-12-31")
            #expect(!first.notes.contains { $0.reason.contains("is loaded already") })
            let same = try await loading.load(.ofsted, file, asOf: "2025-12-31", preview: true)
            #expect(!same.notes.contains { $0.reason.contains("is loaded already") })
            let older = try await loading.load(.ofsted, file, asOf: "2021-08-31", preview: true)
            #expect(older.notes.contains { $0.reason.contains("An edition of 31 December 2025 is loaded already") })
        }
    }

    @Test(arguments: TestEngine.all)
    func `REDACTED is never a name, an address or a postcode`(_ engine: TestEngine) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let loading = Loading(database)
            try await loading.load(.ofsted, "six-areas/ofsted-2021-08-31.csv.gz")
            let hidden = try await loading.count(
                """
                select count(*) from setting where 'REDACTED' in (coalesce(name, ''), coalesce(address, ''), coalesce(town, ''),
                    coalesce(postcode, ''), coalesce(telephone, ''))
                """)
            #expect(hidden == 0)
            #expect(
                try await loading.count("select count(*) from setting where type = 'childminder' and name is not null")
                    == 0)
            let nursery = try await loading.first("select * from setting where name = 'Little Rainbow Nursery Ltd'")
            #expect(nursery?.text("address") == "379-381 High Street")
            #expect(nursery?.text("registers") == "EYR,CCR,VCR")
            #expect(nursery?.int("places") == 70)
            #expect(nursery?.text("outcome") == "oeif-2")
            #expect(nursery?.text("outcome_day") == "2021-07-06")
        }
    }

    @Test(arguments: TestEngine.all)
    func `report cards stand beside old grades and never turn into one`(_ engine: TestEngine) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let loading = Loading(database)
            try await loading.load(.ofsted, "samples/ofsted-2021-08-31-before-report-cards.csv")
            let graded = try await loading.count("select count(*) from inspection where framework = 'oeif'")
            let later = try await loading.load(
                .ofsted, "samples/ofsted-2025-12-31-report-cards.csv", asOf: "2025-12-31")
            #expect(later.isBalanced)
            #expect((later.read, later.rejected, later.gone) == (299, 0, 1))
            #expect(later.changed > 100)
            #expect(try await loading.count("select count(*) from inspection where framework = 'reif'") > 30)
            #expect(
                try await loading.count(
                    "select count(*) from inspection where framework = 'reif' and overall is not null") == 0)
            // What was published in 2021 is still there, and is not the headline of a setting with a report card.
            #expect(try await loading.count("select count(*) from inspection where framework = 'oeif'") >= graded)
            let newest = try await loading.count(
                """
                select count(*) from setting s join registration r on r.setting_id = s.id
                join inspection i on i.register = r.register and i.urn = r.urn and i.framework = 'reif'
                where s.outcome = 'report-card' and s.outcome_day = i.on_day
                """)
            #expect(newest > 30)
            let again = try await loading.load(
                .ofsted, "samples/ofsted-2025-12-31-report-cards.csv", asOf: "2025-12-31")
            #expect((again.changed, again.unchanged, again.gone) == (0, 299, 0))
        }
    }

    @Test(arguments: TestEngine.all)
    func `childminder agencies are a register of their own, and a visit of days counts on its last`(
        _ engine: TestEngine
    ) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let loading = Loading(database)
            let first = try await loading.load(.ofsted, "samples/agencies-2021-08-31.csv")
            #expect((first.read, first.new) == (9, 9))
            let visit = try await loading.first("select * from inspection where urn = 'CA000015'")
            #expect(visit?.text("on_day") == "2019-12-05")
            #expect(visit?.text("overall") == "effective")
            let later = try await loading.load(.ofsted, "samples/agencies-2023-11-21.csv", asOf: "2023-11-21")
            #expect(later.isBalanced)
            let setting = try await loading.first(
                "select s.* from setting s join registration r on r.setting_id = s.id where r.urn = 'CA000015'")
            #expect(setting?.text("outcome") == "ineffective")
            #expect(setting?.text("type") == "childminder-agency")
        }
    }

    @Test func `a preview writes nothing but its own record, and says what applying then does`() async throws {
        try await TestEngine.all[0].withDatabase(Directory.migrations) { database in
            let loading = Loading(database)
            let preview = try await loading.load(
                .ofsted, "samples/ofsted-2021-08-31-before-report-cards.csv", preview: true)
            #expect(try await loading.count("select count(*) from setting") == 0)
            #expect(try await loading.count("select count(*) from load where status = 'previewed'") == 1)
            let applied = try await loading.load(.ofsted, "samples/ofsted-2021-08-31-before-report-cards.csv")
            #expect((preview.read, preview.new, preview.rejected) == (applied.read, applied.new, applied.rejected))
            let next = try await loading.load(
                .ofsted, "samples/ofsted-2025-12-31-report-cards.csv", asOf: "2025-12-31", preview: true)
            let done = try await loading.load(.ofsted, "samples/ofsted-2025-12-31-report-cards.csv", asOf: "2025-12-31")
            #expect((next.new, next.changed, next.gone) == (done.new, done.changed, done.gone))
            #expect(next.changes.map(\.field) == done.changes.map(\.field))
        }
    }
}
