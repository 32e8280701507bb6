internal import GRDB
internal import GRDBSQLite

/// Adds rows through kept insert statements, many rows to a statement.
///
/// A statement of its own for each row opens and closes its cursors each time. Values wait in one
/// buffer and are bound from there without another copy. What a row breaks may be told only when its block is written.
final class SQLiteBulkWriter: BulkWriter {
    /// Rows in one statement. On the England register 8, 32 and 128 took the same time.
    private static let block = 32

    private enum Cell {
        case null
        case int(Int64)
        case real(Double)
        case text(Int, Int)
        case bytes(Int, Int)
    }

    private let connection: GRDB.Database
    private let head: String
    private let columns: Int
    private var cells: ContiguousArray<Cell> = []
    private var rows = 0
    /// The text and bytes of the rows that wait, end to end.
    private var buffer: [UInt8] = []
    private var wholeBlock: OpaquePointer?

    init(_ connection: GRDB.Database, table: String, columns: [String]) {
        self.connection = connection
        self.columns = columns.count
        // A row that fails ends the transaction anyway: `or fail` spares SQLite a journal for each statement.
        head = "insert or fail into \(table) (\(columns.joined(separator: ", "))) values "
        cells.reserveCapacity(columns.count * SQLiteBulkWriter.block)
        buffer.reserveCapacity(1 << 16)
    }

    func add(_ values: [Value]) throws {
        guard values.count == columns else {
            throw StoreError.faulty("a bulk row has \(values.count) values for \(columns) columns")
        }
        SQLiteBulkWriter.take(values, &cells, &buffer)
        rows += 1
        if rows == SQLiteBulkWriter.block { try writeBlock() }
    }

    private static func take(_ values: [Value], _ cells: inout ContiguousArray<Cell>, _ buffer: inout [UInt8]) {
        for value in values {
            switch value {
            case .null: cells.append(.null)
            case .int(let number): cells.append(.int(Int64(number)))
            case .real(let number): cells.append(.real(number))
            case .text(let text):
                let start = buffer.count
                let isWhole: Void? = text.utf8.withContiguousStorageIfAvailable { buffer.append(contentsOf: $0) }
                if isWhole == nil { buffer.append(contentsOf: text.utf8) }
                cells.append(.text(start, buffer.count - start))
            case .bytes(let bytes):
                cells.append(.bytes(buffer.count, bytes.count))
                buffer.append(contentsOf: bytes)
            }
        }
    }

    private func writeBlock() throws {
        let statement = try wholeBlock ?? prepare(rows: SQLiteBulkWriter.block)
        wholeBlock = statement
        try run(statement, cells[...])
        clear()
    }

    /// Writes the rows that are left, one to a statement.
    func finish() throws {
        if rows == 0 { return }
        let single = try prepare(rows: 1)
        for row in 0..<rows { try run(single, cells[(row * columns)..<((row + 1) * columns)]) }
        clear()
    }

    private func clear() {
        cells.removeAll(keepingCapacity: true)
        buffer.removeAll(keepingCapacity: true)
        rows = 0
    }

    private func prepare(rows: Int) throws -> OpaquePointer {
        let row = "(" + Array(repeating: "?", count: columns).joined(separator: ",") + ")"
        let sql = head + Array(repeating: row, count: rows).joined(separator: ",")
        return try connection.cachedStatement(sql: sql).sqliteStatement
    }

    private func run(_ statement: OpaquePointer, _ cells: ArraySlice<Cell>) throws {
        let code = buffer.withUnsafeBufferPointer { bytes -> Int32 in
            var index: Int32 = 0
            for cell in cells {
                index += 1
                bind(cell, to: statement, at: index, bytes)
            }
            defer { sqlite3_reset(statement) }
            return sqlite3_step(statement)
        }
        // The bound texts lie in the buffer, which the next rows will overwrite.
        sqlite3_clear_bindings(statement)
        guard code == SQLITE_DONE else {
            throw StoreError(
                DatabaseError(resultCode: ResultCode(rawValue: code), message: connection.lastErrorMessage))
        }
    }

    private func bind(
        _ cell: Cell, to statement: OpaquePointer, at index: Int32, _ bytes: UnsafeBufferPointer<UInt8>
    ) {
        switch cell {
        case .null: sqlite3_bind_null(statement, index)
        case .int(let number): sqlite3_bind_int64(statement, index, number)
        case .real(let number): sqlite3_bind_double(statement, index, number)
        case .text(let start, let count):
            // A null pointer would bind null, so empty text needs a place to point at.
            guard let base = bytes.baseAddress else { return }
            UnsafeRawPointer(base + start).withMemoryRebound(to: CChar.self, capacity: count) {
                _ = sqlite3_bind_text(statement, index, $0, Int32(count), nil)
            }
        case .bytes(let start, let count):
            guard let base = bytes.baseAddress else { return }
            sqlite3_bind_blob64(statement, index, base + start, UInt64(count), nil)
        }
    }
}
