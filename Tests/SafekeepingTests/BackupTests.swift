import Foundation
import Safekeeping
import Store
import StoreTestKit
import Testing

@Suite struct BackupTests {
    @Test("What was backed up comes back row by row, on the same engine and on the other", arguments: Things.pairs)
    func comesBack(from: TestEngine, to: TestEngine) async throws {
        try await Things.inFolder { folder in
            let file = "\(folder)/a.backup"
            let before = try await from.withDatabase(Things.first) { database in
                try await Things.fill(database)
                let outcome = try await Things.keeping().backup(database, to: file, replacing: false)
                #expect(outcome.rows == Things.hostile.count * 3 + 2)
                return try await Things.rows(database)
            }
            let after = try await to.withAddress { address in
                let outcome = try await Things.keeping().restore(file) { try Databases.open(address) }
                #expect(outcome.rows == Things.hostile.count * 3 + 2)
                return try await Things.rows(at: address)
            }
            #expect(after.keys.sorted() == ["a_child", "migration", "order", "parent", "version"])
            for (table, rows) in before { #expect(after[table] == rows, "\(table)") }
        }
    }

    @Test("SQLite to PostgreSQL to SQLite: the last backup holds what the first held")
    func roundTrip() async throws {
        try await Things.inFolder { folder in
            var engines = [TestEngine.all[0], TestEngine.all[0]]
            if TestEngine.all.count > 1 { engines.insert(TestEngine.all[1], at: 1) }
            var seen: [[String: [[Value]]]] = []
            for (index, engine) in engines.enumerated() {
                let rows = try await engine.withAddress { address in
                    if index == 0 {
                        let database = try Databases.open(address)
                        try await database.migrate(Things.first, clock: TestEngine.clock)
                        try await Things.fill(database)
                        await database.close()
                    } else {
                        _ = try await Things.keeping().restore("\(folder)/\(index - 1)") { try Databases.open(address) }
                    }
                    let database = try Databases.open(address)
                    _ = try await Things.keeping().backup(database, to: "\(folder)/\(index)", replacing: false)
                    await database.close()
                    return try await Things.rows(at: address)
                }
                seen.append(rows)
            }
            for rows in seen.dropFirst() { #expect(rows == seen[0]) }
        }
    }

    @Test("A backup is for its owner only, and replaces another only when told to", arguments: TestEngine.all)
    func isPrivate(engine: TestEngine) async throws {
        try await Things.inFolder { folder in
            let file = "\(folder)/a.backup"
            try await engine.withDatabase(Things.first) { database in
                _ = try await Things.keeping().backup(database, to: file, replacing: false)
                let first = FileManager.default.contents(atPath: file)
                await #expect(throws: KeepingRefusal.self) {
                    _ = try await Things.keeping().backup(database, to: file, replacing: false)
                }
                #expect(FileManager.default.contents(atPath: file) == first)
                try await Things.fill(database)
                _ = try await Things.keeping().backup(database, to: file, replacing: true)
            }
            let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? NSNumber
            #expect(mode?.intValue == 0o600)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a.backup"])
        }
    }

    @Test("Taken while others write, it is one moment: no transaction is half in it", arguments: TestEngine.all)
    func isOneMoment(engine: TestEngine) async throws {
        try await Things.inFolder { folder in
            try await engine.withDatabase(Things.first) { database in
                try await Things.fill(database)
                let pictures = try await withThrowingTaskGroup(of: Void.self) { group in
                    for writer in 0..<4 {
                        group.addTask {
                            for number in 0..<40 {
                                let id = "w\(writer)-\(number)"
                                // Parent and child in one transaction, in the order in which a careless copy would split them.
                                try await BackupTests.persist {
                                    try await database.write { session in
                                        try session.run("insert into parent (id, name, size) values (\(id), \(id), \(number))")
                                        try session.run("insert into a_child (id, parent_id) values (\(id), \(id))")
                                        try session.run("update parent set name = \(id) where id = 'none'")
                                    }
                                }
                            }
                        }
                    }
                    for number in 0..<5 {
                        _ = try await Things.keeping().backup(database, to: "\(folder)/\(number)", replacing: false)
                    }
                    try await group.waitForAll()
                    return 5
                }
                for number in 0..<pictures {
                    try await TestEngine.all[0].withAddress { address in
                        _ = try await Things.keeping().restore("\(folder)/\(number)") { try Databases.open(address) }
                        let rows = try await Things.rows(at: address)
                        let parents = Set((rows["parent"] ?? []).compactMap { $0[0].text }.filter { $0.hasPrefix("w") })
                        let children = Set((rows["a_child"] ?? []).compactMap { $0[0].text }.filter { $0.hasPrefix("w") })
                        #expect(parents == children)
                    }
                }
                let last = "\(folder)/last"
                _ = try await Things.keeping().backup(database, to: last, replacing: false)
                let whole = try await Things.rows(database)
                try await engine.withAddress { address in
                    _ = try await Things.keeping().restore(last) { try Databases.open(address) }
                    let rows = try await Things.rows(at: address)
                    #expect(rows == whole)
                }
            }
        }
    }

    /// Asks again when another writer was in the way, as a person would.
    static func persist(_ work: () async throws -> Void) async throws {
        while true {
            do { return try await work() } catch StoreError.busy {}
        }
    }

    @Test("What is not a database of this program is not backed up as if it were", arguments: TestEngine.all)
    func refusesOthers(engine: TestEngine) async throws {
        try await Things.inFolder { folder in
            try await engine.withAddress { address in
                let database = try Databases.open(address)
                await #expect(throws: KeepingRefusal.self) {
                    _ = try await Things.keeping().backup(database, to: "\(folder)/a", replacing: false)
                }
                try await database.migrate(Things.first, clock: TestEngine.clock)
                // Tables a backup could not keep whole are told, never passed over.
                try await database.write { _ = try $0.run("create table \"Odd name\" (id text)") }
                await #expect(throws: StoreError.self) {
                    _ = try await Things.keeping().backup(database, to: "\(folder)/a", replacing: false)
                }
                await database.close()
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
        }
    }

    @Test("A value its column does not announce stops the backup: it could not be brought back")
    func refusesWrongTypes() async throws {
        try await Things.inFolder { folder in
            try await TestEngine.all[0].withDatabase(Things.first) { database in
                try await database.write { session in
                    try session.run("create table loose (number integer)")
                    try session.run("insert into loose (number) values ('many')")
                }
                let refusal = await #expect(throws: KeepingRefusal.self) {
                    _ = try await Things.keeping().backup(database, to: "\(folder)/a", replacing: false)
                }
                #expect(refusal?.description.contains("loose") == true)
                await #expect(throws: KeepingRefusal.self) { _ = try await Things.keeping().export(database, to: "\(folder)/b/") }
                try await database.write { _ = try $0.run("delete from loose") }
                _ = try await Things.keeping().export(database, to: "\(folder)/b/")
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["b"])
        }
    }
}
