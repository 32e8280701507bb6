import StoreTestKit
import Testing

@testable import Store

@Suite struct SchemaReadingTests {
    static let steps = [
        Migration(
            room: "Test", number: 1, name: "tables",
            [
                "create table owner (id text primary key, name text not null)\(.strict)",
                """
                create table cat (
                    owner_id text not null references owner (id), number \(.integer) not null, weight \(.real), picture \(.bytes),
                    friend_number \(.integer), primary key (owner_id, number),
                    foreign key (owner_id, friend_number) references cat (owner_id, number)
                )\(.keyed)
                """,
                "create view everybody as select * from owner",
            ])
    ]

    @Test("Tables are found with their columns, keys and references, parents first, the same on both engines", arguments: TestEngine.all)
    func findsTables(engine: TestEngine) async throws {
        try await engine.withDatabase(Self.steps) { database in
            let tables = try await database.read { try $0.tables() }
            #expect(tables.map(\.name).filter { $0 != "migration" } == ["owner", "cat"])
            let cat = try #require(tables.first { $0.name == "cat" })
            #expect(cat.columns.map(\.name) == ["owner_id", "number", "weight", "picture", "friend_number"])
            #expect(cat.columns.map(\.kind) == [.text, .integer, .real, .bytes, .integer])
            #expect(cat.columns.map(\.isNullable) == [false, false, true, true, true])
            #expect(cat.primaryKey == ["owner_id", "number"])
            #expect(cat.references.count == 2)
            #expect(cat.references.contains(Reference(columns: ["owner_id"], table: "owner", targets: ["id"])))
            #expect(
                cat.references.contains(
                    Reference(columns: ["owner_id", "friend_number"], table: "cat", targets: ["owner_id", "number"])))
        }
    }

    @Test(
        "A name that is more than a name is refused",
        arguments: [
            "", "Name", "1st", "_x", "a b", "a-b", "a.b", "a\"b", "\"", "a;drop table x", "a'--", "a\0b", "a\nb", "café", "ａ", "a\u{301}",
            "$1", "?1",
            String(repeating: "a", count: 64), "a\\", "a`", "a]", "sqlité",
        ])
    func refusesNames(name: String) {
        #expect(throws: StoreError.self) { _ = try Identifier(checking: name) }
    }

    @Test("A name in a statement is quoted, and so a keyword is a name")
    func quotesNames() throws {
        let name = try Identifier(checking: "order")
        let sql: SQL = "select \([name, name]) from \(name) where x = \("order")"
        #expect(sql.rendered(for: .sqlite).text == "select \"order\", \"order\" from \"order\" where x = ?1")
    }

    @Test("Tables of a kind this house does not make are named, not passed over", arguments: TestEngine.all)
    func refusesOddTables(engine: TestEngine) async throws {
        let odd: [SQL] = [
            "create table \"x; drop table migration\" (id text)", "create table x (\"a\"\"b\" text)", "create table x (day date)",
        ]
        for statement in odd {
            try await engine.withDatabase(Self.steps) { database in
                try await database.write { _ = try $0.run(statement) }
                await #expect(throws: StoreError.self) { _ = try await database.read { try $0.tables() } }
                let names = try await database.read { try $0.tableNames() }
                #expect(names.count == 4)
            }
        }
    }

    @Test("A row at a time is walked, and a closure that stops leaves the connection usable", arguments: TestEngine.all)
    func stopsInTheMiddle(engine: TestEngine) async throws {
        struct Stop: Error {}
        try await engine.withDatabase(Self.steps) { database in
            try await database.write { session in
                try session.insert(into: "owner", ["id", "name"]) { writer in
                    for number in 0..<20_000 { try writer.add([.text("o\(number)"), .text("x")]) }
                }
            }
            await #expect(throws: Stop.self) {
                try await database.read { session in
                    let owner = try session.tables().first { $0.name == "owner" }
                    guard let owner else { return }
                    var seen = 0
                    try session.each(rowOf: owner) { _ in
                        seen += 1
                        if seen == 5 { throw Stop() }
                    }
                }
            }
            let count = try await database.read { try $0.count("select count(*) from owner") }
            #expect(count == 20_000)
        }
    }

    @Test("The engine says its version, and a file without damage is found so", arguments: TestEngine.all)
    func health(engine: TestEngine) async throws {
        try await engine.withDatabase(Self.steps) { database in
            let health = try await database.read { try $0.health() }
            #expect(health.isAtLeast(engine.engine == .sqlite ? [3, 38] : [13]))
            #expect(!health.isAtLeast([1_000]))
            #expect(health.damage.isEmpty)
            #expect((health.journal == "wal") == (engine.engine == .sqlite))
            #expect((health.serverTime == nil) == (engine.engine == .sqlite))
            try await database.tryWriting()
            let names = try await database.read { try $0.tableNames() }
            #expect(!names.contains("eyhub_doctor"))
        }
    }
}
