import Directory
import Store
import StoreTestKit
import Testing

/// Files as they come: every row is taken or rejected with its line and a reason, and what cannot be understood is refused whole.
@Suite struct OfstedDamageTests {
    @Test(arguments: [
        ("ragged-rows", 2, [3, 4]), ("excel-house-number", 1, [2, 3]), ("impossible-dates", 2, [2, 3, 4, 5, 6]),
        ("duplicate-urns", 3, [4]), ("wrong-values", 5, [2, 3, 4, 5, 6, 7, 9, 10]), ("bom", 3, []), ("cp1252", 2, []),
        ("utf-16", 3, []), ("semicolons", 3, []), ("null-bytes", 2, []),
    ])
    func `a damaged file gives what is whole and names the lines that are not`(
        _ name: String, _ taken: Int, _ rejected: [Int]
    ) async throws {
        try await TestEngine.all[0].withDatabase(Directory.migrations) { database in
            let loading = Loading(database)
            let report = try await loading.load(.ofsted, "samples/damaged/\(name).csv")
            #expect(report.isBalanced)
            #expect(report.problems.map(\.line) == rejected, "\(report.problems)")
            #expect(report.new + report.rejected == report.read)
            if name != "wrong-values" { #expect(report.new == taken) }
        }
    }

    @Test(arguments: ["wrong-file", "column-missing", "header-missing", "empty", "unclosed-quote"])
    func `a file that cannot be understood is refused whole`(_ name: String) async throws {
        try await TestEngine.all[0].withDatabase(Directory.migrations) { database in
            let loading = Loading(database)
            await #expect(throws: LoadRefusal.self) { try await loading.load(.ofsted, "samples/damaged/\(name).csv") }
            let settings = try await loading.count("select count(*) from setting")
            #expect(settings == 0)
            let refused = try await loading.count(
                "select count(*) from load where status = 'refused' and message is not null")
            #expect(refused == 1)
        }
    }

    @Test func `a refusal names the columns it missed and those it did not know`() async throws {
        try await TestEngine.all[0].withDatabase(Directory.migrations) { database in
            let error = await #expect(throws: LoadRefusal.self) {
                try await Loading(database).load(.ofsted, "samples/damaged/column-missing.csv")
            }
            #expect(error?.message.contains("Provider URN") == true)
            #expect(error?.message.contains("Reference") == true)
        }
    }

    @Test func `the file of rejected rows has them as they stood, with line and reason`() async throws {
        try await TestEngine.all[0].withDatabase(Directory.migrations) { database in
            let loading = Loading(database)
            let report = try await loading.load(.ofsted, "samples/damaged/excel-house-number.csv")
            let bytes = try #require(try await loading.loader.rejectsCSV(report.id))
            let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\r\n")
            #expect(lines.count == 3)
            #expect(lines[0].hasPrefix("line,reason,Web link,Provider URN,"))
            #expect(lines[1].hasPrefix("2,"))
            #expect(lines[1].contains("09-Oct"))
            #expect(lines[1].contains(",EY991001,01/09/2015,"))
            #expect(try await loading.loader.rejectsCSV("no such load") == nil)
        }
    }

    @Test(arguments: TestEngine.all)
    func `whatever stands in the rows, none is lost`(_ engine: TestEngine) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let loading = Loading(database)
            var generator = Seeded(state: 42)
            let scraps = [
                "", "-", "REDACTED", "Y", "2", "\u{0}x", "‘’é\u{301}", "'; drop table setting; --", "31/02/2020",
                "09-Oct",
                "<script>", "\u{FEFF}", "999999999999999999999", "E15 4QZ", "\t", "\\N", "\\.",
            ]
            for round in 0..<6 {
                var file = OfstedFile()
                for number in 0..<40 {
                    var facts: [String: String] = [:]
                    for column in OfstedFile.columns where generator.next(below: 12) == 0 {
                        facts[column] = scraps[generator.next(below: scraps.count)]
                    }
                    file.add("EY\(500_000 + number + round * 20)", facts)
                }
                let report = try await loading.load(.ofsted, text: file.text)
                #expect(report.read == 40)
                #expect(report.isBalanced)
            }
            #expect(try await loading.count("select count(*) from setting") > 60)
        }
    }
}

/// Numbers that are the same in every run.
struct Seeded {
    var state: UInt64

    mutating func next(below limit: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % limit
    }
}
