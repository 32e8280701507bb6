internal import CPostgres

/// One PostgreSQL transaction.
final class PostgreSQLSession: Session {
    let engine = Engine.postgresql
    private let connection: PostgreSQLConnection
    private var cursors = 0

    init(_ connection: PostgreSQLConnection) { self.connection = connection }

    func all(_ sql: SQL) throws -> [Row] {
        let (text, values) = sql.rendered(for: .postgresql)
        return try rows(of: try connection.execute(text, values))
    }

    /// Fetched through a cursor, a few thousand rows at a time, so that memory stays level.
    func each(_ sql: SQL, _ body: (Row) throws -> Void) throws {
        let (text, values) = sql.rendered(for: .postgresql)
        cursors += 1
        let name = "c\(cursors)"
        PQclear(try connection.execute("declare \(name) no scroll cursor for \(text)", values))
        while true {
            let page = try rows(of: try connection.execute("fetch 4000 from \(name)", []))
            for row in page { try body(row) }
            if page.count < 4_000 { break }
        }
        try connection.command("close \(name)")
    }

    /// Row by row as the server sends them: a page of a cursor would hold thousands of rows, each perhaps a megabyte long.
    func each(rowOf table: TableShape, _ body: ([Value]) throws -> Void) throws {
        var types: [Oid] = []
        try connection.stream(table.everything.rendered(for: .postgresql).text) { result in
            defer { PQclear(result) }
            if types.isEmpty { types = (0..<PQnfields(result)).map { PQftype(result, $0) } }
            let values = types.indices.map { value(result, 0, Int32($0), type: types[$0]) }
            try body(values)
        }
    }

    func run(_ sql: SQL) throws -> Int {
        let (text, values) = sql.rendered(for: .postgresql)
        let result = try connection.execute(text, values)
        defer { PQclear(result) }
        return Int(String(cString: PQcmdTuples(result))) ?? 0
    }

    func insert(into table: StaticString, _ columns: [StaticString], _ fill: (any BulkWriter) throws -> Void) throws {
        try copy(into: table.description, columns.map(\.description), fill)
    }

    func insert(into table: TableShape, _ fill: (any BulkWriter) throws -> Void) throws {
        try copy(into: table.identifier.quoted, table.columns.map(\.identifier.quoted), fill)
    }

    private func copy(into table: String, _ columns: [String], _ fill: (any BulkWriter) throws -> Void) throws {
        try connection.startCopy("copy \(table) (\(columns.joined(separator: ", "))) from stdin")
        let writer = PostgreSQLBulkWriter(connection, columns: columns.count)
        do {
            try fill(writer)
            try writer.flush()
        } catch {
            try? connection.endCopy(failure: "stopped")
            throw error
        }
        try connection.endCopy()
    }

    /// In the binary form of `COPY`, which the server takes in a third less time than text.
    func insert(into table: StaticString, _ columns: [StaticString], _ rows: BulkRows) throws {
        guard rows.columns == columns.count, rows.engine == .postgresql else {
            throw StoreError.faulty("bulk rows of \(rows.columns) columns for \(columns.count) columns")
        }
        let names = columns.map(\.description).joined(separator: ", ")
        try connection.startCopy("copy \(table) (\(names)) from stdin (format binary)")
        let sender = PostgreSQLBlocks(connection)
        do {
            try sender.add(PostgreSQLBlocks.binaryStart)
            try rows.each { try sender.add($0) }
            try sender.add(PostgreSQLBlocks.binaryEnd)
            try sender.flush()
        } catch {
            try? connection.endCopy(failure: "stopped")
            throw error
        }
        try connection.endCopy()
    }

    func lock(_ name: String) throws {
        // Advisory locks hold for the whole database; ours are for the tables of one schema.
        _ = try all("select pg_advisory_xact_lock(hashtext(coalesce(current_schema(), '') || '.' || \(name)))")
    }

    private func rows(of result: OpaquePointer) throws -> [Row] {
        defer { PQclear(result) }
        let width = PQnfields(result)
        let columns = Row.Columns((0..<width).map { String(cString: PQfname(result, $0)) })
        let types = (0..<width).map { PQftype(result, $0) }
        return (0..<PQntuples(result)).map { line in
            Row(columns: columns, values: (0..<width).map { value(result, line, $0, type: types[Int($0)]) })
        }
    }

    /// The types this house's tables and counts use, by their fixed numbers in `pg_type`.
    private func value(_ result: OpaquePointer, _ line: Int32, _ column: Int32, type: Oid) -> Value {
        if PQgetisnull(result, line, column) == 1 { return .null }
        let length = Int(PQgetlength(result, line, column))
        guard let start = PQgetvalue(result, line, column) else { return .null }
        let text = String(
            decoding: UnsafeRawBufferPointer(start: UnsafeRawPointer(start), count: length), as: UTF8.self)
        switch type {
        case 16: return .int(text == "t" ? 1 : 0)
        case 20, 21, 23: return Int(text).map(Value.int) ?? .text(text)
        case 700, 701: return Double(text).map(Value.real) ?? .text(text)
        case 1700: return Int(text).map(Value.int) ?? Double(text).map(Value.real) ?? .text(text)
        case 17: return .bytes(bytes(hexadecimal: text))
        default: return .text(text)
        }
    }

    /// `bytea` in its hexadecimal form, `\x0aff`.
    private func bytes(hexadecimal text: String) -> [UInt8] {
        let digits = Array(text.utf8.dropFirst(2))
        return stride(from: 0, to: digits.count - 1, by: 2).map { nibble(digits[$0]) << 4 | nibble(digits[$0 + 1]) }
    }

    private func nibble(_ digit: UInt8) -> UInt8 { digit <= UInt8(ascii: "9") ? digit - 48 : digit - 87 }
}
