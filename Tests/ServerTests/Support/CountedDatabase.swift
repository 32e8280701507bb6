import Civil
import Store
import Synchronization

/// A database that counts what it is asked: a page must not ask once for every line it shows.
final class CountedDatabase: Database {
    private let whole: any Database
    private let counted = Mutex(0)

    init(_ whole: any Database) { self.whole = whole }

    var statements: Int { counted.withLock { $0 } }

    /// How many statements the work took.
    func counting<T>(_ work: () async throws -> T) async rethrows -> Int {
        let before = statements
        _ = try await work()
        return statements - before
    }

    var engine: Engine { whole.engine }
    var identity: ObjectIdentifier { whole.identity }
    var writes: UInt64 { whole.writes }
    func close() async { await whole.close() }

    func read<T: Sendable>(_ work: @escaping @Sendable (any Session) throws -> T) async throws -> T {
        try await whole.read { [self] session in try work(CountedSession(session) { self.counted.withLock { $0 += 1 } }) }
    }

    func write<T: Sendable>(_ work: @escaping @Sendable (any Session) throws -> T) async throws -> T {
        try await whole.write { [self] session in try work(CountedSession(session) { self.counted.withLock { $0 += 1 } }) }
    }
}

private final class CountedSession: Session {
    private let whole: any Session
    private let count: () -> Void

    init(_ whole: any Session, _ count: @escaping () -> Void) {
        self.whole = whole
        self.count = count
    }

    var engine: Engine { whole.engine }

    func all(_ sql: SQL) throws -> [Row] {
        count()
        return try whole.all(sql)
    }

    func each(_ sql: SQL, _ body: (Row) throws -> Void) throws {
        count()
        try whole.each(sql, body)
    }

    func run(_ sql: SQL) throws -> Int {
        count()
        return try whole.run(sql)
    }

    func insert(into table: StaticString, _ columns: [StaticString], _ fill: (any BulkWriter) throws -> Void) throws {
        try whole.insert(into: table, columns, fill)
    }

    func insert(into table: StaticString, _ columns: [StaticString], _ rows: BulkRows) throws {
        try whole.insert(into: table, columns, rows)
    }

    func each(rowOf table: TableShape, _ body: ([Value]) throws -> Void) throws { try whole.each(rowOf: table, body) }

    func insert(into table: TableShape, _ fill: (any BulkWriter) throws -> Void) throws { try whole.insert(into: table, fill) }

    func lock(_ name: String) throws { try whole.lock(name) }
}
