import Civil
import House
import Store
import StoreTestKit
import Testing

@testable import Identity
@testable import Server

@Suite struct KeyChangeTests {
    private let old = SecretBox(secret: "the old key of the tests, long enough")
    private let new = SecretBox(secret: "the new key of the tests, long enough")
    private let secret = Array("a secret of an authenticator".utf8)

    /// Three people: one with an authenticator and another one being set up, one whose secret no key of ours opens, one without.
    private func withPeople(_ engine: TestEngine, _ body: @Sendable (Tools, [String]) async throws -> Void) async throws {
        try await engine.withDatabase(Rooms.migrations) { database in
            let tools = try TestHouse(database: database, rooms: LoadedHouse.rooms).tools
            for email in ["a@example.org", "b@example.org", "c@example.org"] {
                try await PeopleDesk.add(name: "Somebody", email: email, isAdministrator: false, tools)
            }
            let ids = try await database.read { try $0.all("select id from person order by email").map { $0.text("id") } }
            let (first, second, strange) = (
                try old.seal(secret), try old.seal([1, 2, 3]), try SecretBox(secret: "a key nobody knows any more, long enough").seal([4])
            )
            try await database.write { session in
                try session.run(
                    "update person set second_step_secret = \(first), second_step_waiting = \(second), second_step_at = \(tools.clock.now) where id = \(ids[0])"
                )
                try session.run("update person set second_step_secret = \(strange) where id = \(ids[1])")
            }
            try await body(tools, ids)
        }
    }

    private func kept(_ id: String, _ tools: Tools) async throws -> (secret: String, waiting: String) {
        let row = try await tools.database.read {
            try $0.first("select second_step_secret, second_step_waiting from person where id = \(id)")
        }
        return (row?.textOrNil("second_step_secret") ?? "", row?.textOrNil("second_step_waiting") ?? "")
    }

    @Test(
        "All that is sealed opens with the new key and no more with the old; done again it changes nothing; what no key opens is left and told",
        arguments: TestEngine.all)
    func changes(engine: TestEngine) async throws {
        try await withPeople(engine) { tools, ids in
            let strange = try await kept(ids[1], tools)
            let outcome = try await KeyChange.run(from: old, to: new, Rooms.sealed, tools)
            #expect(outcome == KeyChange.Outcome(changed: 2, already: 0, lost: 1))
            let now = try await kept(ids[0], tools)
            #expect(try new.open(now.secret) == secret && new.open(now.waiting) == [1, 2, 3])
            #expect(throws: (any Error).self) { try old.open(now.secret) }
            let again = try await KeyChange.run(from: old, to: new, Rooms.sealed, tools)
            #expect(again == KeyChange.Outcome(changed: 0, already: 2, lost: 1))
            let (same, left) = (try await kept(ids[0], tools), try await kept(ids[1], tools))
            #expect(same == now && left == strange)
            let trail = try await tools.database.read {
                try $0.all("select after from audit where action = 'identity.key.changed' order by id").map { $0.text("after") }
            }
            #expect(trail.count == 2 && trail.first?.hasPrefix("2 sealed anew") == true)
        }
    }

    @Test("Stopped before it is kept, all is under the old key", arguments: TestEngine.all)
    func allOrNothing(engine: TestEngine) async throws {
        try await withPeople(engine) { tools, ids in
            let before = try await kept(ids[0], tools)
            let dying = try TestHouse(database: DyingDatabase(tools.database, after: 0), rooms: LoadedHouse.rooms).tools
            await #expect(throws: (any Error).self) { try await KeyChange.run(from: old, to: new, Rooms.sealed, dying) }
            let after = try await kept(ids[0], tools)
            #expect(after == before)
        }
    }

    @Test("No other column of the schema holds something sealed")
    func everySealedColumn() async throws {
        try await TestEngine.all[0].withDatabase(Rooms.migrations) { database in
            let sql = try await database.read { try $0.all("select name, sql from sqlite_master where type = 'table'") }
            var found: Set<String> = []
            for row in sql {
                let words = row.text("sql").split { !$0.isLetter && $0 != "_" }.map(String.init)
                for word in words
                where word.hasSuffix("_sealed") || word.hasPrefix("second_step_secret") || word.hasPrefix("second_step_waiting") {
                    found.insert("\(row.text("name")).\(word)")
                }
            }
            #expect(found == Set(Rooms.sealed.map(\.name)))
        }
    }
}
