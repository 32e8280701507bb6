import Civil
import Foundation
import Store
import StoreTestKit
import Testing

@Suite struct StoreTests {
    static let things = [
        Migration(
            room: "Test", number: 1, name: "things",
            [
                """
                create table thing (
                    id text primary key, name text not null, size \(.integer) check (size >= 0), weight \(.real), raw \(.bytes)
                )\(.strict)
                """
            ])
    ]

    @Test("A database that is closed already can be closed again", arguments: TestEngine.all)
    func closesTwice(engine: TestEngine) async throws {
        try await engine.withAddress { address in
            let database = try Databases.open(address)
            try await database.migrate(Self.things, clock: TestEngine.clock)
            await database.close()
            await database.close()
        }
    }

    @Test(arguments: TestEngine.all) func everyKindOfValueComesBackAsItWent(engine: TestEngine) async throws {
        let hostile: [String] = [
            "", "O'Brien", "\"; drop table thing; --", "a\u{301}'\u{301}", "emoji 👩🏽‍🍼", "tab\tline\nreturn\r back\\slash \\N \\.",
            "শিশু", "حضانة", "?1 $1 :a @b", String(repeating: "é'", count: 5_000_000),
        ]
        try await engine.withDatabase(Self.things) { database in
            try await database.write { session in
                for (index, text) in hostile.enumerated() {
                    try session.run(
                        """
                        insert into thing (id, name, size, weight, raw)
                        values (\("one\(index)"), \(text), \(index), \(0.1 * Double(index)), \(Value.bytes([0, 255, UInt8(index)])))
                        """)
                }
                try session.insert(into: "thing", ["id", "name", "size", "weight", "raw"]) { writer in
                    for (index, text) in hostile.enumerated() {
                        try writer.add([
                            .text("bulk\(index)"), .text(text), .int(index), .real(0.1 * Double(index)),
                            .bytes([0, 255, UInt8(index)]),
                        ])
                    }
                    try writer.add([.text("null"), .text(""), .null, .null, .null])
                }
            }
            let rows = try await database.read { try $0.all("select * from thing") }
            #expect(rows.count == hostile.count * 2 + 1)
            for row in rows where row.text("id") != "null" {
                let index = row.int("size")
                #expect(row.text("name") == hostile[index])
                #expect(row.realOrNil("weight") == 0.1 * Double(index))
                #expect(row.bytes("raw") == [0, 255, UInt8(index)])
            }
            let empty = try #require(rows.first { $0.text("id") == "null" })
            #expect(empty.intOrNil("size") == nil && empty.realOrNil("weight") == nil && empty["raw"] == .null)
            #expect(empty.textOrNil("name")?.isEmpty == true)
        }
    }

    @Test(arguments: TestEngine.all) func aNullByteInTextIsKeptAsTheReplacementCharacter(engine: TestEngine) async throws {
        try await engine.withDatabase { database in
            let rows = try await database.read { try $0.all("select \("a\0b") as value") }
            #expect(rows.first?.text("value") == "a\u{FFFD}b")
        }
    }

    @Test(arguments: TestEngine.all) func whatAFailedTransactionWroteIsGone(engine: TestEngine) async throws {
        struct Stop: Error {}
        try await engine.withDatabase(Self.things) { database in
            await #expect(throws: Stop.self) {
                try await database.write { session in
                    try session.run("insert into thing (id, name) values ('a', 'b')")
                    try session.insert(into: "thing", ["id", "name"]) { try $0.add([.text("c"), .text("d")]) }
                    throw Stop()
                }
            }
            await #expect(throws: Stop.self) {
                try await database.write { session in
                    try session.insert(into: "thing", ["id", "name"]) { writer in
                        try writer.add([.text("c"), .text("d")])
                        throw Stop()
                    }
                }
            }
            let left = try await database.read { try $0.count("select count(*) from thing") }
            #expect(left == 0)
        }
    }

    @Test(arguments: TestEngine.all) func theSchemaRefusesWhatBreaksItsRules(engine: TestEngine) async throws {
        try await engine.withDatabase(Self.things) { database in
            await #expect(throws: StoreError.self) {
                try await database.write { try $0.run("insert into thing (id, name, size) values ('a', 'b', \(-1))") }
            }
            do {
                try await database.write { session in
                    try session.run("insert into thing (id, name) values ('a', 'b')")
                    try session.run("insert into thing (id, name) values ('a', 'c')")
                }
                Issue.record("a second row with the same key was taken")
            } catch let StoreError.refused(detail) {
                #expect(!detail.isEmpty)
            }
        }
    }

    @Test(arguments: TestEngine.all) func manyRowsAreWalkedInOrderWithoutHoldingThem(engine: TestEngine) async throws {
        try await engine.withDatabase(Self.things) { database in
            let seen = try await database.write { session in
                try session.insert(into: "thing", ["id", "name", "size"]) { writer in
                    for number in 0..<9_001 { try writer.add([.text("n\(number)"), .text("x"), .int(number)]) }
                }
                var seen: [Int] = []
                try session.each("select size from thing where size >= \(1) order by size") { seen.append($0.int("size")) }
                return seen
            }
            #expect(seen == Array(1..<9_001))
        }
    }

    @Test(arguments: TestEngine.all) func twoHundredWritersAtOnceLoseNothing(engine: TestEngine) async throws {
        try await engine.withDatabase(Self.things) { database in
            try await database.write { _ = try $0.run("insert into thing (id, name, size) values ('n', 'n', 0)") }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<200 {
                    group.addTask {
                        var done = false
                        while !done {
                            do {
                                try await database.write { session in
                                    try session.lock("n")
                                    let size = try session.count("select size from thing where id = 'n'")
                                    try session.run("update thing set size = \(size + 1) where id = 'n'")
                                }
                                done = true
                            } catch StoreError.busy {
                                // Refused cleanly after five tries: the caller asks again.
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            let size = try await database.read { try $0.count("select size from thing where id = 'n'") }
            #expect(size == 200)
        }
    }

    @Test(arguments: TestEngine.all) func aMigrationIsAppliedOnceAndAnEditedOneIsRefused(engine: TestEngine) async throws {
        try await engine.withAddress { address in
            let database = try Databases.open(address)
            let first = try await database.migrate(Self.things, clock: TestEngine.clock)
            let second = try await database.migrate(Self.things, clock: TestEngine.clock)
            #expect(first == 1 && second == 0)
            let edited = [Migration(room: "Test", number: 1, name: "things", ["create table thing (id text)"])]
            await #expect(throws: StoreError.migrationChanged("Test 1")) {
                try await database.migrate(edited, clock: TestEngine.clock)
            }
            await database.close()
        }
    }

    @Test func aClosedDatabaseIsOneFileAgain() async throws {
        try await TestEngine.all[0].withAddress { address in
            let database = try Databases.open(address)
            try await database.migrate(Self.things, clock: TestEngine.clock)
            try await database.write { _ = try $0.run("insert into thing (id, name) values ('a', 'a')") }
            await database.close()
            // Twice does no harm.
            await database.close()
            let file = try #require(Databases.file(of: address))
            try FileManager.default.copyItem(atPath: file, toPath: file + ".copy")
            let copy = try Databases.open("sqlite:\(file).copy")
            let rows = try await copy.read { try $0.count("select count(*) from thing") }
            #expect(rows == 1)
            await copy.close()
        }
    }

    @Test(arguments: ["", "mysql://x", "sqlite:", "hub.sqlite", "http://a:b@c"])
    func anAddressThatIsNotOneIsRefusedByName(address: String) {
        #expect(throws: StoreError.self) { _ = try Databases.open(address) }
    }

    @Test func thePasswordNeverShows() {
        #expect(Databases.hidingPassword("postgres://hub:secret@db:5432/hub") == "postgres://hub:…@db:5432/hub")
        #expect(Databases.hidingPassword("sqlite:a.sqlite") == "sqlite:a.sqlite")
    }

    @Test func idsAreVersionSevenAndSortByTime() {
        let early = IDMaker.random(clock: .fixed(Instant(seconds: 1_000_000))).next()
        let late = IDMaker.random(clock: .fixed(Instant(seconds: 1_000_001))).next()
        #expect(early < late && early.count == 36)
        #expect(Array(early)[14] == "7" && "89ab".contains(Array(early)[19]))
        let seeded = IDMaker.seeded(7, at: Instant(seconds: 5)), again = IDMaker.seeded(7, at: Instant(seconds: 5))
        #expect((0..<100).map { _ in seeded.next() } == (0..<100).map { _ in again.next() })
    }
}
