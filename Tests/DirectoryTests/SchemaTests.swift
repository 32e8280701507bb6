import Store
import StoreTestKit
import Testing

@testable import Directory

@Suite struct SchemaTests {
    @Test("The directory's tables can be made, and making them again changes nothing", arguments: TestEngine.all)
    func migratesOnce(engine: TestEngine) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let again = try await database.migrate(Directory.migrations, clock: TestEngine.clock)
            #expect(again == 0)
        }
    }

    @Test(arguments: TestEngine.all)
    func `the step that keeps registers' places takes over what the settings of an older database were placed by`(
        _ engine: TestEngine
    ) async throws {
        try await engine.withDatabase(Migration1.all) { database in
            try await database.write { session in
                for (id, basis, register) in [("a", "register", "gias"), ("b", "ward", "list"), ("c", "live", "ofsted")] {
                    try SampleRows.add(.init(id: id, ward: "W1", latitude: basis == "ward" ? nil : 51.5), session)
                    try session.run("update setting set place_basis = \(basis) where id = \(id)")
                    try session.run(
                        """
                        insert into registration (register, urn, setting_id, first_load, last_load, seen_day, fingerprint)
                        values (\(register), \(id), \(id), 'l', 'l', '2021-08-31', 'f')
                        """)
                }
            }
            try await database.migrate(Directory.migrations, clock: TestEngine.clock)
            let kept = try await database.read { try RegisterPlace.of(settings: ["a", "b", "c"], in: $0) }
            #expect(kept.mapValues(\.basis) == ["a": .register, "b": .ward])
            #expect(kept["a"]?.latitude == 51.5 && kept["b"]?.ward == "W1")
        }
    }
}
