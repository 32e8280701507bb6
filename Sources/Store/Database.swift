/// One store of data with two engines behind it: SQLite for a hub on one machine, PostgreSQL for a city or a country.
///
/// Each closure is one transaction. It is synchronous, runs off the cooperative pool, and may be run again from the start
/// when another transaction was in its way: it must change nothing outside the database.
public protocol Database: Sendable {
    var engine: Engine { get }

    /// Runs a closure that only reads, over one consistent picture of the data.
    func read<T: Sendable>(_ work: @escaping @Sendable (any Session) throws -> T) async throws -> T

    /// Runs a closure that may write. What it wrote is kept when it returns, and gone when it throws.
    func write<T: Sendable>(_ work: @escaping @Sendable (any Session) throws -> T) async throws -> T

    /// Which database it is within this process, whoever asks it and through whatever stands before it.
    var identity: ObjectIdentifier { get }

    /// How many writing transactions have ended in this process: whoever keeps a copy of what it read sees from this that it
    /// may be out of date.
    var writes: UInt64 { get }

    /// Lets go of files and connections. The database cannot be used after.
    func close() async
}

extension Database where Self: AnyObject {
    public var identity: ObjectIdentifier { ObjectIdentifier(self) }
}

/// What can be done inside one transaction.
public protocol Session: AnyObject {
    var engine: Engine { get }

    /// All rows of the answer.
    func all(_ sql: SQL) throws -> [Row]

    /// Each row in turn, without holding them all.
    func each(_ sql: SQL, _ body: (Row) throws -> Void) throws

    /// Runs a statement and says how many rows it changed.
    @discardableResult func run(_ sql: SQL) throws -> Int

    /// Adds many rows fast: a kept statement on SQLite, `COPY` on PostgreSQL. The closure adds row after row to the writer.
    func insert(into table: StaticString, _ columns: [StaticString], _ fill: (any BulkWriter) throws -> Void) throws

    /// Adds many rows made ready before: the fastest way, where a load writes rows by the hundred thousand.
    func insert(into table: StaticString, _ columns: [StaticString], _ rows: BulkRows) throws

    /// Each row of a table found in the database, its values in the order of the table's columns; in no particular order.
    /// Holds one row at a time, however long its values. The closure must not use the session.
    func each(rowOf table: TableShape, _ body: ([Value]) throws -> Void) throws

    /// Adds many rows to a table found in the database (``tables()``), into all of its columns in their order.
    func insert(into table: TableShape, _ fill: (any BulkWriter) throws -> Void) throws

    /// Waits until nobody else holds the lock of this name; held until the transaction ends.
    /// On SQLite a writing transaction is alone already.
    func lock(_ name: String) throws
}

/// Takes the rows of a bulk insert.
public protocol BulkWriter: AnyObject {
    /// Adds one row, its values in the order of the columns.
    func add(_ values: [Value]) throws
}

extension Session {
    /// The first row, if there is one.
    public func first(_ sql: SQL) throws -> Row? { try all(sql).first }

    /// The first value of the first row as a number; 0 when there is none.
    public func count(_ sql: SQL) throws -> Int { try all(sql).first?.values.first?.int ?? 0 }
}

/// Which engine keeps the data.
public enum Engine: String, Sendable, CaseIterable {
    case sqlite, postgresql

    var placeholderSign: String { self == .sqlite ? "?" : "$" }

    func spelling(of dialect: Dialect) -> String {
        switch (dialect, self) {
        case (.integer, .sqlite): "integer"
        case (.integer, .postgresql): "bigint"
        case (.real, .sqlite): "real"
        case (.real, .postgresql): "double precision"
        case (.bytes, .sqlite): "blob"
        case (.bytes, .postgresql): "bytea"
        case (.strict, .sqlite): " strict"
        case (.keyed, .sqlite): " strict, without rowid"
        case (.strict, .postgresql), (.keyed, .postgresql): ""
        case (.bytewise, .sqlite): ""
        case (.bytewise, .postgresql): " collate \"C\""
        case (.skippingLocked, .sqlite): ""
        case (.skippingLocked, .postgresql): " for update skip locked"
        }
    }
}
