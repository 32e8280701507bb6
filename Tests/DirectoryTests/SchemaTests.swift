import Directory
import Store
import StoreTestKit
import Testing

@Suite struct SchemaTests {
    @Test("The directory's tables can be made, and making them again changes nothing", arguments: TestEngine.all)
    func migratesOnce(engine: TestEngine) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let again = try await database.migrate(Directory.migrations, clock: TestEngine.clock)
            #expect(again == 0)
        }
    }
}
