import Civil
import Store
import StoreTestKit
import Testing

@Suite struct BulkRowsTests {
    private static let columns: [StaticString] = ["id", "name", "size", "weight"]

    @Test(arguments: TestEngine.all) func everyKindOfValueComesBackAsItWent(engine: TestEngine) async throws {
        let hostile: [String] = [
            "", "O'Brien", "\"; drop table thing; --", "a\u{301}'", "emoji 👩🏽‍🍼", "tab\tline\nreturn\r back\\slash \\N \\.",
            "শিশু", String(repeating: "é'", count: 500_000),
        ]
        try await engine.withDatabase(StoreTests.things) { database in
            try await database.write { session in
                let rows = BulkRows(for: session.engine, columns: Self.columns.count)
                for (index, text) in hostile.enumerated() {
                    rows.startRow()
                    rows.add("id\(index)")
                    rows.add(text)
                    rows.add(index == 0 ? Int.max : index)
                    rows.add(-0.1 * Double(index))
                }
                rows.startRow()
                rows.add("none")
                rows.add("a\0b")
                rows.addNull()
                rows.add(nil as Double?)
                try session.insert(into: "thing", Self.columns, rows)
            }
            let rows = try await database.read { try $0.all("select * from thing") }
            #expect(rows.count == hostile.count + 1)
            for (index, text) in hostile.enumerated() {
                let row = try #require(rows.first { $0.text("id") == "id\(index)" })
                #expect(row.text("name") == text)
                #expect(row.int("size") == (index == 0 ? Int.max : index))
                #expect(row.realOrNil("weight") == -0.1 * Double(index))
            }
            let none = try #require(rows.first { $0.text("id") == "none" })
            #expect(none.text("name") == "a\u{FFFD}b")
            #expect(none["size"] == .null && none["weight"] == .null)
        }
    }

    @Test(arguments: TestEngine.all) func anyNumberOfRowsArrives(engine: TestEngine) async throws {
        try await engine.withDatabase(StoreTests.things) { database in
            for count in [0, 1, 31, 32, 33, 5_000] {
                let found = try await database.write { session in
                    try session.run("delete from thing")
                    let rows = BulkRows(for: session.engine, columns: 3)
                    for number in 0..<count {
                        rows.startRow()
                        rows.add("n\(number)")
                        rows.add(String(repeating: "x", count: number % 100))
                        rows.add(number)
                    }
                    try session.insert(into: "thing", ["id", "name", "size"], rows)
                    rows.removeAll()
                    try session.insert(into: "thing", ["id", "name", "size"], rows)
                    return try session.count("select count(*) from thing where size = length(name) or size >= 100")
                }
                #expect(found == count)
            }
        }
    }

    @Test(arguments: TestEngine.all) func rowsThatDoNotFitAreRefusedWhole(engine: TestEngine) async throws {
        try await engine.withDatabase(StoreTests.things) { database in
            await #expect(throws: StoreError.self) {
                try await database.write { session in
                    let rows = BulkRows(for: session.engine, columns: 2)
                    rows.startRow()
                    rows.add("a")
                    try session.insert(into: "thing", ["id", "name"], rows)
                }
            }
            await #expect(throws: StoreError.self) {
                try await database.write { session in
                    let rows = BulkRows(for: session.engine, columns: 3)
                    for size in [1, -1] {
                        rows.startRow()
                        rows.add("id\(size)")
                        rows.add("name")
                        rows.add(size)
                    }
                    try session.insert(into: "thing", ["id", "name", "size"], rows)
                }
            }
            let left = try await database.read { try $0.count("select count(*) from thing") }
            #expect(left == 0)
        }
    }
}
