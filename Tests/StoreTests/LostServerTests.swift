import Store
import StoreTestKit
import Testing

/// What is said and done when PostgreSQL goes away and comes back. (With a server that really dies: `make prove`.)
@Suite struct LostServerTests {
    private static let server = TestEngine.all.filter { $0.engine == .postgresql }

    @Test("A connection that was closed while nobody used it is replaced, and whoever asks next notices nothing", arguments: server)
    func replacesTheLost(engine: TestEngine) async throws {
        try await engine.withAddress { address in
            let database = try Databases.open(address)
            let other = try Databases.open(address)
            let before = try await database.read { try $0.count("select pg_backend_pid()") }
            let ended = try await other.write { try $0.count("select count(*) where pg_terminate_backend(\(before)::int, 5000)") }
            #expect(ended == 1)
            let after = try await database.write { try $0.count("select pg_backend_pid()") }
            #expect(after != before && after > 0)
            await database.close()
            await other.close()
        }
    }

    @Test("A line that breaks before the end of a change tells that nothing was changed, and so it is", arguments: server)
    func losesBeforeTheEnd(engine: TestEngine) async throws {
        try await engine.withDatabase(StoreTests.things) { database in
            let failure = await #expect(throws: StoreError.self) {
                try await database.write { session in
                    try session.run("insert into thing (id, name) values ('a', 'a')")
                    _ = try session.all("select pg_terminate_backend(pg_backend_pid())")
                }
            }
            guard case .unavailable = failure else { return #expect(Bool(false), "\(String(describing: failure))") }
            let left = try await database.read { try $0.count("select count(*) from thing") }
            #expect(left == 0)
        }
    }

    @Test("A line that breaks while a change is confirmed leaves it in doubt, and that is what is said", arguments: server)
    func losesInTheEnd(engine: TestEngine) async throws {
        try await engine.withDatabase(StoreTests.things) { database in
            try await database.write { session in
                try session.run(
                    """
                    create function die() returns trigger language plpgsql as
                    $$ begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$
                    """)
                try session.run(
                    """
                    create constraint trigger dies after insert on thing deferrable initially deferred
                    for each row execute function die()
                    """)
            }
            let failure = await #expect(throws: StoreError.self) {
                try await database.write { _ = try $0.run("insert into thing (id, name) values ('a', 'a')") }
            }
            guard case .inDoubt = failure else { return #expect(Bool(false), "\(String(describing: failure))") }
            #expect(failure?.publicMessage.contains("we do not know whether it was") == true)
            #expect(failure?.publicMessage.contains("Nothing was changed") == false)
        }
    }
}
