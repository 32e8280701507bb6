public import Civil
internal import Foundation
public import Store

/// A database of its own for one test, on one engine.
///
/// SQLite always; PostgreSQL when `EYHUB_TEST_POSTGRES` names a server, as `make test` does. On PostgreSQL each test gets a
/// schema of its own, dropped afterwards.
public struct TestEngine: Sendable, CustomStringConvertible {
    public let engine: Engine
    public var description: String { engine.rawValue }

    public static let all: [TestEngine] =
        [TestEngine(engine: .sqlite)] + (server == nil ? [] : [TestEngine(engine: .postgresql)])

    static let server = ProcessInfo.processInfo.environment["EYHUB_TEST_POSTGRES"]

    /// Opens a fresh database, runs the body, and leaves nothing behind.
    public func withDatabase<T: Sendable>(
        _ migrations: [Migration] = [], _ body: @Sendable (any Database) async throws -> T
    ) async throws -> T {
        try await withAddress { address in
            let database = try Databases.open(address)
            do {
                try await database.migrate(migrations, clock: TestEngine.clock)
                let result = try await body(database)
                await database.close()
                return result
            } catch {
                await database.close()
                throw error
            }
        }
    }

    /// Gives the address of a fresh, empty database to the body, for tests that open it more than once.
    public func withAddress<T: Sendable>(_ body: @Sendable (String) async throws -> T) async throws -> T {
        try await TestEngine.inTurn { try await withOwnAddress(body) }
    }

    /// Lets few in at a time: for whatever takes connections, files or processes, while all tests of a bundle begin at once.
    public static func inTurn<T: Sendable>(_ body: () async throws -> T) async throws -> T {
        // A database within a database goes in with the place of the outer one: waiting for a second could wait for ever.
        if isInside { return try await body() }
        await gate.enter()
        let result: Result<T, any Error>
        do {
            result = .success(try await $isInside.withValue(true) { try await body() })
        } catch {
            result = .failure(error)
        }
        await gate.leave()
        return try result.get()
    }

    /// Waits until nobody is at work at this address any more. A program that was killed is gone at once, but PostgreSQL works on for it
    /// until it notices: the end of what it had asked for may still come.
    public func untilNobodyIs(at address: String) async throws {
        guard engine == .postgresql else { return }
        let database = try Databases.open(address)
        while try await database.read({ try $0.count(TestEngine.others) }) > 0 { await Task.yield() }
        await database.close()
    }

    private static let others: SQL = """
        select count(*) from pg_stat_activity where application_name = current_setting('application_name') and pid <> pg_backend_pid()
        """

    private func withOwnAddress<T: Sendable>(_ body: @Sendable (String) async throws -> T) async throws -> T {
        switch engine {
        case .sqlite:
            let folder = FileManager.default.temporaryDirectory.appendingPathComponent("eyhub-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            return try await body("sqlite:\(folder.path)/hub.sqlite")
        case .postgresql:
            guard let server = TestEngine.server else { throw StoreError.unavailable("EYHUB_TEST_POSTGRES is not set") }
            let schema = "t\(UUID().uuidString.lowercased().filter { $0 != "-" })"
            let result: Result<T, any Error>
            do {
                try await TestEngine.administer("create schema", schema, server: server)
                let mark = server.contains("?") ? "&" : "?"
                result = .success(try await body("\(server)\(mark)options=-csearch_path%3D\(schema)&application_name=\(schema)"))
            } catch {
                result = .failure(error)
            }
            try? await TestEngine.administer("drop schema", schema, server: server)
            return try result.get()
        }
    }

    /// A clock that stands at half past nine on 22 November 2026.
    public static let clock = Clock.fixed(Instant(seconds: 1_795_339_800))

    /// The schema's name is ours and random; it travels as a value and is quoted by the server.
    private static func administer(_ verb: String, _ schema: String, server: String) async throws {
        let database = try Databases.open(server)
        try await database.write { session in
            try session.run(
                """
                create or replace function pg_temp.eyhub_admin(verb text, name text) returns void language plpgsql as
                $$ begin execute verb || ' ' || quote_ident(name) || case when verb like 'drop%' then ' cascade' else '' end; end $$
                """)
            _ = try session.all("select pg_temp.eyhub_admin(\(verb), \(schema))")
        }
        await database.close()
    }

    /// Each test opens a handful of connections: a server takes a hundred, and a process on many systems 1,024 files, while all tests of
    /// a bundle begin at once.
    private static let gate = Gate(places: 8)
    @TaskLocal private static var isInside = false
}

/// Lets a few in at a time.
actor Gate {
    private var places: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(places: Int) { self.places = places }

    func enter() async {
        if places > 0 {
            places -= 1
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }

    func leave() {
        if waiting.isEmpty { places += 1 } else { waiting.removeFirst().resume() }
    }
}
