import Directory
import Store
import StoreTestKit
import Testing

/// Files of more records than a load writes at once, in an order of their own.
@Suite struct ManyRecordsTests {
    private static let count = 17_000

    /// Numbers that jump up and down; every third record has two inspections.
    private static func file(_ count: Int) -> String {
        var text = """
            Provider URN,Provider type,Provider name,Local authority,Most recent full: Inspection date,\
            Most recent full: Inspection number,Most recent full: Overall effectiveness,\
            Second most recent full: Inspection date,Second most recent full: Inspection number,\
            Second most recent full: Overall effectiveness

            """
        for number in 0..<count {
            let urn = 100_000 + (number * 7_919) % 800_011
            let visits = number % 3 == 0 ? "01/02/2020,A\(number),2,03/04/2016,B\(number),1" : ",,,,,"
            text += "\(number % 2 == 0 ? "EY" : "")\(urn),Childcare on non-domestic premises,Nursery \(number),Newham,\(visits)\n"
        }
        return text
    }

    @Test(arguments: TestEngine.all) func everyRecordHasItsOwnSettingAndInspections(engine: TestEngine) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let loading = Loading(database)
            let report = try await loading.load(.ofsted, text: Self.file(Self.count))
            #expect(report.read == Self.count && report.new == Self.count && report.rejected == 0)
            let settings = try await loading.count("select count(*) from setting")
            let pairs = try await loading.count(
                """
                select count(distinct s.id) from setting s join registration r on r.setting_id = s.id and r.name = s.name
                """)
            let inspections = try await loading.count(
                """
                select count(*) from inspection i join registration r on r.register = i.register and r.urn = i.urn
                where substr(i.number, 2) = substr(r.name, 9)
                """)
            #expect(settings == Self.count && pairs == Self.count)
            #expect(inspections == (Self.count + 2) / 3 * 2)
            // The history names them in the order of the file.
            let first = try await loading.first("select name from load_change where number = 2")
            #expect(first?.text("name") == "Nursery 1")
            let again = try await loading.load(.ofsted, text: Self.file(Self.count))
            #expect(again.unchanged == Self.count && again.new == 0 && again.changed == 0)
        }
    }

    @Test(arguments: TestEngine.all) func aFileThatBreaksOffLeavesNothing(engine: TestEngine) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let loading = Loading(database)
            await #expect(throws: (any Error).self) {
                try await loading.load(.ofsted, text: Self.file(Self.count) + "\"EY1,Childcare")
            }
            let kept = try await loading.count(
                "select (select count(*) from setting) + (select count(*) from registration)")
            let refused = try await loading.count("select count(*) from load where status = 'refused'")
            #expect(kept == 0 && refused == 1)
        }
    }
}
