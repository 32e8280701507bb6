import Foundation
import Store
import StoreTestKit
import Testing

/// What a reading transaction is, and who gets one when many ask.
@Suite struct ReadingTests {
    @Test("All that one reading sees is of one moment, whatever is written meanwhile", arguments: TestEngine.all)
    func isOfOneMoment(engine: TestEngine) async throws {
        try await engine.withAddress { address in
            let (database, other) = (try Databases.open(address), try Databases.open(address))
            try await database.migrate(StoreTests.things, clock: TestEngine.clock)
            try await database.write { _ = try $0.run("insert into thing (id, name) values ('a', 'a')") }
            let counts = try await database.read { session in
                let before = try session.count("select count(*) from thing")
                // A reading waits for nothing that is outside the database, in earnest; here it must.
                let written = Written()
                Task.detached {
                    try? await other.write { _ = try $0.run("insert into thing (id, name) values ('b', 'b')") }
                    written.done()
                }
                written.wait()
                return [before, try session.count("select count(*) from thing")]
            }
            let after = try await database.read { try $0.count("select count(*) from thing") }
            #expect(counts == [1, 1] && after == 2)
            await database.close()
            await other.close()
        }
    }

    @Test("A reading cannot write, not even as the first thing it does", arguments: TestEngine.all)
    func cannotWrite(engine: TestEngine) async throws {
        try await engine.withDatabase(StoreTests.things) { database in
            await #expect(throws: StoreError.self) {
                try await database.read { _ = try $0.run("insert into thing (id, name) values ('a', 'a')") }
            }
            let left = try await database.read { try $0.count("select count(*) from thing") }
            #expect(left == 0)
        }
    }

    @Test("A reading cannot write many rows at once either", arguments: TestEngine.all)
    func cannotWriteInBulk(engine: TestEngine) async throws {
        try await engine.withDatabase(StoreTests.things) { database in
            await #expect(throws: StoreError.self) {
                try await database.read { session in
                    try session.insert(into: "thing", ["id", "name"]) { try $0.add([.text("a"), .text("a")]) }
                }
            }
            let left = try await database.read { try $0.count("select count(*) from thing") }
            #expect(left == 0)
        }
    }

    @Test("A first question that cannot be understood opens no way to write", arguments: TestEngine.all)
    func cannotWriteAfterAFault(engine: TestEngine) async throws {
        try await engine.withDatabase(StoreTests.things) { database in
            await #expect(throws: StoreError.self) {
                try await database.read { session in
                    _ = try? session.all("select no_such_column from thing")
                    _ = try session.run("insert into thing (id, name) values ('a', 'a')")
                }
            }
            let left = try await database.read { try $0.count("select count(*) from thing") }
            #expect(left == 0)
        }
    }

    @Test("A reading that asks nothing, one that fails and one that stops leave the next as it was", arguments: TestEngine.all)
    func leavesNoTrace(engine: TestEngine) async throws {
        struct Stop: Error {}
        try await engine.withDatabase(StoreTests.things) { database in
            // More often than there are connections, so that each is used again.
            for number in 0..<40 {
                try await database.read { _ in }
                await #expect(throws: Stop.self) { try await database.read { _ in throw Stop() } }
                await #expect(throws: StoreError.self) { try await database.read { _ = try $0.all("select no_such_column from thing") } }
                await #expect(throws: Stop.self) {
                    try await database.read { session in
                        _ = try session.count("select count(*) from thing")
                        throw Stop()
                    }
                }
                try await database.write { _ = try $0.run("insert into thing (id, name, size) values (\("\(number)"), 'a', \(number))") }
                let count = try await database.read { try $0.count("select count(*) from thing") }
                #expect(count == number + 1)
            }
        }
    }

    @Test("However many ask at once, all are answered", arguments: TestEngine.all)
    func answersAll(engine: TestEngine) async throws {
        try await engine.withDatabase(StoreTests.things) { database in
            try await database.write { _ = try $0.run("insert into thing (id, name, size) values ('a', 'a', 7)") }
            let sum = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<500 { group.addTask { try await database.read { try $0.count("select size from thing") } } }
                return try await group.reduce(0, +)
            }
            #expect(sum == 3_500)
        }
    }

    @Test("Who asks a database that was closed is told so", arguments: TestEngine.all)
    func tellsOfTheEnd(engine: TestEngine) async throws {
        try await engine.withAddress { address in
            let database = try Databases.open(address)
            try await database.migrate(StoreTests.things, clock: TestEngine.clock)
            await database.close()
            await #expect(throws: (any Error).self) { try await database.read { try $0.count("select count(*) from thing") } }
        }
    }
}

/// Lets a thread wait for a task.
private final class Written: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)
    func done() { semaphore.signal() }
    func wait() { semaphore.wait() }
}
