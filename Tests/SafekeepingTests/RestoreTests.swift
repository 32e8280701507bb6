import Foundation
import Safekeeping
import Store
import StoreTestKit
import Testing

@Suite struct RestoreTests {
    /// A backup of the things, made on SQLite.
    private static func backup(in folder: String, _ migrations: [Migration] = Things.first) async throws -> String {
        let file = "\(folder)/a.backup"
        try await TestEngine.all[0].withDatabase(migrations) { database in
            try await Things.fill(database)
            _ = try await Things.keeping(migrations).backup(database, to: file, replacing: false)
        }
        return file
    }

    @Test("Only an empty place is filled, and what is there stays", arguments: TestEngine.all)
    func refusesFull(engine: TestEngine) async throws {
        try await Things.inFolder { folder in
            let file = try await Self.backup(in: folder)
            try await engine.withAddress { address in
                let database = try Databases.open(address)
                try await database.write { session in
                    try session.run("create table mine (id text)")
                    try session.run("insert into mine (id) values ('kept')")
                }
                await database.close()
                let refusal = await #expect(throws: KeepingRefusal.self) {
                    _ = try await Things.keeping().restore(file) { try Databases.open(address) }
                }
                #expect(refusal?.description.contains("mine") == true)
                let rows = try await Things.rows(at: address)
                #expect(rows == ["mine": [[.text("kept")]]])
            }
        }
    }

    @Test("A backup of an older version is brought up to date with its rows in place", arguments: TestEngine.all)
    func bringsUpToDate(engine: TestEngine) async throws {
        try await Things.inFolder { folder in
            let file = try await Self.backup(in: folder)
            let found = try await Things.keeping(Things.second).inspect(backup: file)
            #expect(found.stepsToAdd == 1)
            try await engine.withAddress { address in
                _ = try await Things.keeping(Things.second).restore(file) { try Databases.open(address) }
                let database = try Databases.open(address)
                let doubled = try await database.read { try $0.count("select doubled from parent where id = 'p1'") }
                #expect(doubled == 2)
                let more = try await database.migrate(Things.second, clock: TestEngine.clock)
                #expect(more == 0)
                await database.close()
            }
        }
    }

    @Test("A backup of a newer version, or of another edition, is refused with the step’s name", arguments: TestEngine.all)
    func refusesUnknownSteps(engine: TestEngine) async throws {
        try await Things.inFolder { folder in
            let file = try await Self.backup(in: folder, Things.second)
            let other = [Migration(room: "Test", number: 1, name: "things", ["create table thing (id text)"])]
            for (migrations, words) in [(Things.first, "Test 2"), (other, "Test 1")] {
                try await engine.withAddress { address in
                    let refusal = await #expect(throws: KeepingRefusal.self) {
                        _ = try await Things.keeping(migrations).restore(file) { try Databases.open(address) }
                    }
                    #expect(refusal?.description.contains(words) == true)
                    let names = try await Things.rows(at: address)
                    #expect(names.isEmpty)
                }
            }
        }
    }

    @Test("Rows that point to nothing, or break a rule, are refused whole", arguments: TestEngine.all)
    func refusesBrokenRows(engine: TestEngine) async throws {
        try await Things.inFolder { folder in
            let file = try await Self.backup(in: folder)
            let text = try Gzip.unpacked(file)
            let broken = [
                text.replacing("[\"c4\",\"p4\"", with: "[\"c4\",\"nobody\""),
                text.replacing("[\"p1\",\"", with: "[\"p2\",\""), text.replacing(",9007199254740993,", with: ",-1,"),
            ]
            for (index, lines) in broken.enumerated() {
                #expect(lines != text)
                let altered = "\(folder)/\(index)"
                try Gzip.pack(Gzip.withChecksumMended(lines), to: altered)
                _ = try await Things.keeping().inspect(backup: altered)
                try await engine.withAddress { address in
                    await #expect(throws: StoreError.self) {
                        _ = try await Things.keeping().restore(altered) { try Databases.open(address) }
                    }
                    let rows = try await Things.rows(at: address)
                    #expect(rows.isEmpty)
                }
            }
        }
    }

    @Test("After a restore the schema’s own rules hold as before", arguments: TestEngine.all)
    func keepsRules(engine: TestEngine) async throws {
        try await Things.inFolder { folder in
            let file = try await Self.backup(in: folder)
            try await engine.withAddress { address in
                _ = try await Things.keeping().restore(file) { try Databases.open(address) }
                let database = try Databases.open(address)
                await #expect(throws: StoreError.self) {
                    try await database.write { session in
                        try session.run("insert into a_child (id, parent_id) values ('x', 'nobody')")
                        // Told at the row, not when the transaction ends: the key waits no longer than it did.
                        Issue.record("a row that points to nothing was taken")
                    }
                }
                let waits = try await database.write { session in
                    try session.run("insert into \"order\" (parent_id, number) values ('late', 1)")
                    try session.run("insert into parent (id, name) values ('late', 'late')")
                    return true
                }
                #expect(waits)
                await database.close()
            }
        }
    }
}
