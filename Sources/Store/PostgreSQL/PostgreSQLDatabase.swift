internal import CPostgres
internal import Foundation

/// PostgreSQL through libpq: a bounded pool of connections, each with a thread of its own, since libpq blocks.
final class PostgreSQLDatabase: Database {
    let engine = Engine.postgresql
    private let pool: PostgreSQLPool
    private let written = Counter()

    var writes: UInt64 { written.count }

    init(address: String, connections: Int) { pool = PostgreSQLPool(address: address, size: connections) }

    func read<T: Sendable>(_ work: @escaping @Sendable (any Session) throws -> T) async throws -> T {
        try await run(.reading, work)
    }

    func write<T: Sendable>(_ work: @escaping @Sendable (any Session) throws -> T) async throws -> T {
        defer { written.next() }
        return try await run(.writing, work)
    }

    func close() async { await pool.close() }

    private func run<T: Sendable>(
        _ kind: TransactionKind, _ work: @escaping @Sendable (any Session) throws -> T
    ) async throws -> T {
        let connection = try await pool.take()
        do {
            let result = try await connection.perform { try $0.transaction(kind, work) }
            await pool.give(back: connection)
            return result
        } catch {
            await pool.give(back: connection)
            throw error
        }
    }
}

/// The connections. Who finds none free waits in line.
actor PostgreSQLPool {
    private let address: String
    private let size: Int
    private var free: [PostgreSQLWorker] = []
    private var made = 0
    private var waiting: [CheckedContinuation<PostgreSQLWorker, any Error>] = []
    private var closed = false

    init(address: String, size: Int) {
        self.address = address
        self.size = size
    }

    func take() async throws -> PostgreSQLWorker {
        if closed { throw StoreError.unavailable("the database is closed") }
        if let worker = free.popLast() { return worker }
        if made < size {
            made += 1
            return PostgreSQLWorker(address: address, number: made)
        }
        return try await withCheckedThrowingContinuation { waiting.append($0) }
    }

    func give(back worker: PostgreSQLWorker) {
        if !waiting.isEmpty {
            waiting.removeFirst().resume(returning: worker)
        } else if closed {
            worker.disconnect()
        } else {
            free.append(worker)
        }
    }

    func close() {
        closed = true
        for worker in free { worker.disconnect() }
        free = []
        for waiter in waiting { waiter.resume(throwing: StoreError.unavailable("the database is closed")) }
        waiting = []
    }
}

/// One connection and the queue all of its work runs on.
final class PostgreSQLWorker: Sendable {
    private let queue: DispatchQueue
    // Only ever touched on the queue above, which the compiler cannot see.
    private nonisolated(unsafe) var connection: PostgreSQLConnection?
    private let address: String

    init(address: String, number: Int) {
        self.address = address
        queue = DispatchQueue(label: "eyhub.postgresql.\(number)")
    }

    /// Runs work on the connection, opening it first if it is new or was lost.
    func perform<T: Sendable>(_ work: @escaping @Sendable (PostgreSQLConnection) throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { [self] in
                continuation.resume(
                    with: Result {
                        if connection?.isAlive != true { connection = try PostgreSQLConnection(address: address) }
                        guard let connection else { throw StoreError.unavailable("no connection") }
                        return try work(connection)
                    })
            }
        }
    }

    func disconnect() { queue.async { [self] in connection = nil } }
}
