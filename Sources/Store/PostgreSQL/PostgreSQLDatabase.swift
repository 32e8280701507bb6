/// PostgreSQL through libpq, which waits for its answers: a bounded number of connections, used on threads that may wait.
final class PostgreSQLDatabase: Database {
    let engine = Engine.postgresql
    private let lines: Turns<PostgreSQLSlot>
    private let written = Counter()

    var writes: UInt64 { written.count }

    init(address: String, connections: Int) {
        lines = Turns((0..<connections).map { _ in PostgreSQLSlot(address: address) })
    }

    func read<T: Sendable>(_ work: @escaping @Sendable (any Session) throws -> T) async throws -> T {
        try await run(.reading, work)
    }

    func write<T: Sendable>(_ work: @escaping @Sendable (any Session) throws -> T) async throws -> T {
        defer { written.next() }
        return try await run(.writing, work)
    }

    func close() async { for line in lines.close() { line.disconnect() } }

    private func run<T: Sendable>(
        _ kind: TransactionKind, _ work: @escaping @Sendable (any Session) throws -> T
    ) async throws -> T {
        try await withTaskExecutorPreference(WaitingThreads.shared) {
            try await lines.with { try $0.perform { try $0.transaction(kind, work) } }
        }
    }
}

/// One connection, opened when it is first needed and again when it was lost. Whoever has it from ``Turns`` has it alone.
final class PostgreSQLSlot: @unchecked Sendable {
    private var connection: PostgreSQLConnection?
    private let address: String

    init(address: String) { self.address = address }

    /// Runs work on the connection, opening it first if it is new or was lost.
    func perform<T>(_ work: (PostgreSQLConnection) throws -> T) throws -> T {
        if connection?.isAlive != true { connection = try PostgreSQLConnection(address: address) }
        guard let connection else { throw StoreError.unavailable("no connection") }
        return try work(connection)
    }

    func disconnect() { connection = nil }
}
