/// Sends the data of a `COPY` a block at a time.
final class PostgreSQLBlocks {
    /// What the binary form begins with: its name, no flags, no extension (PostgreSQL manual, COPY).
    static let binaryStart: [UInt8] = Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0] + Array(repeating: 0, count: 8)
    static let binaryEnd: [UInt8] = [0xFF, 0xFF]

    private static let size = 1 << 16

    private let connection: PostgreSQLConnection
    private var block: [UInt8] = []

    init(_ connection: PostgreSQLConnection) {
        self.connection = connection
        block.reserveCapacity(PostgreSQLBlocks.size * 2)
    }

    func add(_ bytes: [UInt8]) throws { try bytes.withUnsafeBytes { try add($0) } }

    func add(_ bytes: UnsafeRawBufferPointer) throws {
        block.append(contentsOf: bytes)
        if block.count > PostgreSQLBlocks.size { try flush() }
    }

    func flush() throws {
        if block.isEmpty { return }
        try connection.copy(block)
        block.removeAll(keepingCapacity: true)
    }
}

/// Writes rows in the text form of `COPY`, which takes any value that reads as its column's type.
final class PostgreSQLBulkWriter: BulkWriter {
    private let blocks: PostgreSQLBlocks
    private let columns: Int
    private var row: [UInt8] = []

    init(_ connection: PostgreSQLConnection, columns: Int) {
        blocks = PostgreSQLBlocks(connection)
        self.columns = columns
    }

    func add(_ values: [Value]) throws {
        guard values.count == columns else {
            throw StoreError.faulty("a bulk row has \(values.count) values for \(columns) columns")
        }
        row.removeAll(keepingCapacity: true)
        for (index, value) in values.enumerated() {
            if index > 0 { row.append(UInt8(ascii: "\t")) }
            append(value)
        }
        row.append(UInt8(ascii: "\n"))
        try blocks.add(row)
    }

    func flush() throws { try blocks.flush() }

    private func append(_ value: Value) {
        switch value {
        case .null: row.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "N")])
        case .int(let number): row.append(contentsOf: String(number).utf8)
        case .real(let number): row.append(contentsOf: String(number).utf8)
        case .bytes(let bytes): row.append(contentsOf: "\\\\x\(hexadecimal(bytes))".utf8)
        case .text(let text): appendEscaped(text)
        }
    }

    /// Tab, line ends and the backslash mean something in `COPY` and are written behind a backslash.
    private func appendEscaped(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            if !bytes.contains(where: { $0 == 92 || ($0 >= 9 && $0 <= 13) }) { return row.append(contentsOf: bytes) }
            for byte in bytes {
                switch byte {
                case UInt8(ascii: "\\"): row.append(contentsOf: [92, 92])
                case UInt8(ascii: "\t"): row.append(contentsOf: [92, UInt8(ascii: "t")])
                case UInt8(ascii: "\n"): row.append(contentsOf: [92, UInt8(ascii: "n")])
                case UInt8(ascii: "\r"): row.append(contentsOf: [92, UInt8(ascii: "r")])
                default: row.append(byte)
                }
            }
        }
    }
}
