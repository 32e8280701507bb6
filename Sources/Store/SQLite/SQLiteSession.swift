internal import Foundation
internal import GRDB
internal import GRDBSQLite

/// One SQLite transaction. Values are read from SQLite's own columns, without GRDB's row layer: three times as fast.
final class SQLiteSession: Session {
    let engine = Engine.sqlite
    private let connection: GRDB.Database

    init(_ connection: GRDB.Database) { self.connection = connection }

    func all(_ sql: SQL) throws -> [Row] {
        var rows: [Row] = []
        try each(sql) { rows.append($0) }
        return rows
    }

    func each(_ sql: SQL, _ body: (Row) throws -> Void) throws {
        let statement = try prepared(sql)
        let columns = Row.Columns(statement.columnNames)
        let count = Int32(statement.columnCount)
        let cursor = try GRDB.Row.fetchCursor(statement)
        while try cursor.next() != nil {
            try body(Row(columns: columns, values: (0..<count).map { value(of: statement.sqliteStatement, at: $0) }))
        }
    }

    func each(rowOf table: TableShape, _ body: ([Value]) throws -> Void) throws {
        try each(table.everything) { try body($0.values) }
    }

    func run(_ sql: SQL) throws -> Int {
        try prepared(sql).execute()
        return connection.changesCount
    }

    func insert(into table: StaticString, _ columns: [StaticString], _ fill: (any BulkWriter) throws -> Void) throws {
        try insert(into: table.description, columns.map(\.description), fill)
    }

    func insert(into table: TableShape, _ fill: (any BulkWriter) throws -> Void) throws {
        try insert(into: table.identifier.quoted, table.columns.map(\.identifier.quoted), fill)
    }

    private func insert(into table: String, _ columns: [String], _ fill: (any BulkWriter) throws -> Void) throws {
        let writer = SQLiteBulkWriter(connection, table: table, columns: columns)
        try fill(writer)
        try writer.finish()
    }

    func insert(into table: StaticString, _ columns: [StaticString], _ rows: BulkRows) throws {
        let names = columns.map(\.description)
        try SQLiteBulkWriter(connection, table: table.description, columns: names).write(rows)
    }

    /// A writing transaction is the only one on SQLite, so there is nobody to wait for.
    func lock(_ name: String) throws {}

    private func prepared(_ sql: SQL) throws -> Statement {
        let (text, values) = sql.rendered(for: .sqlite)
        let statement = try connection.cachedStatement(sql: text)
        try statement.setArguments(StatementArguments(values.map(databaseValue)))
        return statement
    }

    private func databaseValue(_ value: Value) -> DatabaseValue {
        switch value {
        case .null: .null
        case .int(let number): number.databaseValue
        case .real(let number): number.databaseValue
        case .text(let text): text.databaseValue
        case .bytes(let bytes): Data(bytes).databaseValue
        }
    }

    private func value(of statement: OpaquePointer?, at column: Int32) -> Value {
        switch sqlite3_column_type(statement, column) {
        case SQLITE_INTEGER: return .int(Int(sqlite3_column_int64(statement, column)))
        case SQLITE_FLOAT: return .real(sqlite3_column_double(statement, column))
        case SQLITE_TEXT:
            let length = Int(sqlite3_column_bytes(statement, column))
            guard let start = sqlite3_column_text(statement, column) else { return .text("") }
            return .text(String(decoding: UnsafeBufferPointer(start: start, count: length), as: UTF8.self))
        case SQLITE_BLOB:
            let length = Int(sqlite3_column_bytes(statement, column))
            guard let start = sqlite3_column_blob(statement, column) else { return .bytes([]) }
            return .bytes(Array(UnsafeRawBufferPointer(start: start, count: length)))
        default: return .null
        }
    }
}
