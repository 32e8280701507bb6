internal import GRDB
internal import GRDBSQLite

/// Adds rows through kept insert statements, many rows to a statement.
///
/// A statement of its own for each row opens and closes its cursors each time. Values are bound where they wait, without
/// another copy. What a row breaks may be told only when its block is written.
final class SQLiteBulkWriter: BulkWriter {
    /// Rows in one statement. On the England register 8, 32 and 128 took the same time.
    private static let block = 32

    private let connection: GRDB.Database
    private let head: String
    private let columns: Int
    private let waiting: BulkRows
    private var wholeBlock: OpaquePointer?

    init(_ connection: GRDB.Database, table: String, columns: [String]) {
        self.connection = connection
        self.columns = columns.count
        // A row that fails ends the transaction anyway: `or fail` spares SQLite a journal for each statement.
        head = "insert or fail into \(table) (\(columns.joined(separator: ", "))) values "
        waiting = BulkRows(for: .sqlite, columns: columns.count)
    }

    func add(_ values: [Value]) throws {
        guard values.count == columns else {
            throw StoreError.faulty("a bulk row has \(values.count) values for \(columns) columns")
        }
        waiting.startRow()
        for value in values { waiting.add(value) }
        if waiting.count == SQLiteBulkWriter.block { try finish() }
    }

    /// Writes the rows that wait.
    func finish() throws {
        if waiting.isEmpty { return }
        try write(waiting)
        waiting.removeAll()
    }

    /// Writes rows made ready before: whole blocks, and those that are left one to a statement.
    func write(_ rows: BulkRows) throws {
        guard rows.columns == columns, rows.engine == .sqlite else {
            throw StoreError.faulty("bulk rows of \(rows.columns) columns for \(columns) columns")
        }
        var left = rows.count
        var taken = 0
        var statement: OpaquePointer?
        var size = 0
        try rows.each { bytes in
            if taken == 0 {
                size = left >= SQLiteBulkWriter.block ? SQLiteBulkWriter.block : 1
                statement = try prepare(rows: size)
            }
            guard let statement else { return }
            SQLiteBulkWriter.bind(bytes, to: statement, after: Int32(taken * columns))
            taken += 1
            left -= 1
            if taken == size {
                try run(statement)
                taken = 0
            }
        }
    }

    private func prepare(rows: Int) throws -> OpaquePointer {
        if rows == SQLiteBulkWriter.block, let wholeBlock { return wholeBlock }
        let row = "(" + Array(repeating: "?", count: columns).joined(separator: ",") + ")"
        let sql = head + Array(repeating: row, count: rows).joined(separator: ",")
        let statement = try connection.cachedStatement(sql: sql).sqliteStatement
        if rows == SQLiteBulkWriter.block { wholeBlock = statement }
        return statement
    }

    private func run(_ statement: OpaquePointer) throws {
        let code = sqlite3_step(statement)
        sqlite3_reset(statement)
        // The bound texts lie in the rows' memory, which the next rows will overwrite.
        sqlite3_clear_bindings(statement)
        guard code == SQLITE_DONE else {
            throw StoreError(
                DatabaseError(resultCode: ResultCode(rawValue: code), message: connection.lastErrorMessage))
        }
    }

    private static func bind(_ row: UnsafeRawBufferPointer, to statement: OpaquePointer, after column: Int32) {
        guard let base = row.baseAddress else { return }
        var index = column
        var at = 0
        while at < row.count {
            let tag = row[at]
            at += 1
            index += 1
            switch tag {
            case BulkRows.Tag.null: sqlite3_bind_null(statement, index)
            case BulkRows.Tag.int:
                sqlite3_bind_int64(statement, index, row.loadUnaligned(fromByteOffset: at, as: Int64.self))
                at += 8
            case BulkRows.Tag.real:
                sqlite3_bind_double(statement, index, row.loadUnaligned(fromByteOffset: at, as: Double.self))
                at += 8
            default:
                let length = Int(row.loadUnaligned(fromByteOffset: at, as: UInt32.self))
                at += 4
                if tag == BulkRows.Tag.text {
                    // Without a destructor SQLite reads it where it lies.
                    _ = sqlite3_bind_text(
                        statement, index, (base + at).assumingMemoryBound(to: CChar.self), Int32(length), nil)
                } else {
                    sqlite3_bind_blob64(statement, index, base + at, UInt64(length), nil)
                }
                at += length
            }
        }
    }
}
