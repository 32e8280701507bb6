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

/// Writes rows in the text form of `COPY`, a block at a time.
final class PostgreSQLBulkWriter: BulkWriter {
    private let connection: PostgreSQLConnection
    private let columns: Int
    private var block: [UInt8] = []

    init(_ connection: PostgreSQLConnection, columns: Int) {
        self.connection = connection
        self.columns = columns
        block.reserveCapacity(1 << 17)
    }

    func add(_ values: [Value]) throws {
        guard values.count == columns else {
            throw StoreError.faulty("a bulk row has \(values.count) values for \(columns) columns")
        }
        for (index, value) in values.enumerated() {
            if index > 0 { block.append(UInt8(ascii: "\t")) }
            append(value)
        }
        block.append(UInt8(ascii: "\n"))
        if block.count > 1 << 16 { try flush() }
    }

    func flush() throws {
        if block.isEmpty { return }
        try connection.copy(block)
        block.removeAll(keepingCapacity: true)
    }

    private func append(_ value: Value) {
        switch value {
        case .null: block.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "N")])
        case .int(let number): block.append(contentsOf: String(number).utf8)
        case .real(let number): block.append(contentsOf: String(number).utf8)
        case .bytes(let bytes): block.append(contentsOf: "\\\\x\(hexadecimal(bytes))".utf8)
        case .text(let text): appendEscaped(text)
        }
    }

    /// Tab, line ends and the backslash mean something in `COPY` and are written behind a backslash.
    private func appendEscaped(_ text: String) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\\"): block.append(contentsOf: [92, 92])
            case UInt8(ascii: "\t"): block.append(contentsOf: [92, UInt8(ascii: "t")])
            case UInt8(ascii: "\n"): block.append(contentsOf: [92, UInt8(ascii: "n")])
            case UInt8(ascii: "\r"): block.append(contentsOf: [92, UInt8(ascii: "r")])
            default: block.append(byte)
            }
        }
    }
}
