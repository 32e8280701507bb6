internal import Foundation

/// Rows made ready for a bulk insert, value after value, in the form their engine takes: nothing is allocated for a row, and
/// a million values wait in little more memory than their text needs.
///
/// The type of each value is the type of its column: unlike the values of `BulkWriter`, a whole number is not taken for a real one.
/// Not for use from two threads at once.
public final class BulkRows {
    let engine: Engine
    let columns: Int
    /// How many bytes the rows hold.
    private var size = 0
    private var memory: UnsafeMutableRawPointer?
    private var capacity = 0
    private var valuesWaiting = 0
    private var starts: ContiguousArray<Int> = []

    /// `columns`: how many values each row has.
    public init(for engine: Engine, columns: Int) {
        self.engine = engine
        self.columns = columns
    }

    deinit { free(memory) }

    public var count: Int { starts.count }
    public var isEmpty: Bool { starts.isEmpty }

    /// Begins a row: its values follow, in the order of the columns.
    public func startRow() {
        starts.append(size)
        if engine == .postgresql {
            reserve(2)
            put(UInt16(truncatingIfNeeded: columns).bigEndian)
        }
    }

    // MARK: Values

    public func addNull() {
        valuesWaiting += 1
        reserve(5)
        switch engine {
        case .sqlite: put(Tag.null)
        case .postgresql: put(UInt32.max)
        }
    }

    /// Text; U+0000 is shown as the replacement character, as everywhere in the store.
    public func add(_ text: String?) {
        guard var text else { return addNull() }
        let isWhole = text.withUTF8 { bytes in
            if let start = bytes.baseAddress, memchr(start, 0, bytes.count) != nil { return false }
            add(UnsafeRawBufferPointer(bytes), Tag.text)
            return true
        }
        if !isWhole { add(text.bound) }
    }

    public func add(_ number: Int?) {
        guard let number else { return addNull() }
        put(eightBytes: UInt64(bitPattern: Int64(number)), Tag.int)
    }

    public func add(_ number: Double?) {
        guard let number else { return addNull() }
        put(eightBytes: number.bitPattern, Tag.real)
    }

    /// 1 for yes and 0 for no.
    public func add(_ isSo: Bool) { add(isSo ? 1 : 0) }

    private func add(_ bytes: UnsafeRawBufferPointer, _ tag: UInt8) {
        valuesWaiting += 1
        let length = UInt32(truncatingIfNeeded: bytes.count)
        reserve(5 + bytes.count)
        switch engine {
        case .sqlite:
            put(tag)
            put(length)
        case .postgresql: put(length.bigEndian)
        }
        guard let memory, let start = bytes.baseAddress else { return }
        memcpy(memory + size, start, bytes.count)
        size += bytes.count
    }

    private func put(eightBytes word: UInt64, _ tag: UInt8) {
        valuesWaiting += 1
        reserve(12)
        switch engine {
        case .sqlite:
            put(tag)
            put(word)
        case .postgresql:
            put(UInt32(8).bigEndian)
            put(word.bigEndian)
        }
    }

    private func put(_ number: some FixedWidthInteger & BitwiseCopyable) {
        memory?.storeBytes(of: number, toByteOffset: size, as: type(of: number))
        size += MemoryLayout.size(ofValue: number)
    }

    private func reserve(_ bytes: Int) {
        if size + bytes <= capacity { return }
        capacity = max(1 << 16, capacity * 2, size + bytes)
        memory = realloc(memory, capacity)
    }

    // MARK: Taking them out

    /// The bytes of each row in turn. They must not outlive the closure.
    func each(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        guard valuesWaiting == count * columns else {
            throw StoreError.faulty("\(count) bulk rows of \(columns) columns have \(valuesWaiting) values")
        }
        guard let memory else { return }
        for (place, start) in starts.enumerated() {
            let end = place + 1 < count ? starts[place + 1] : size
            try body(UnsafeRawBufferPointer(start: memory + start, count: end - start))
        }
    }

    /// Forgets the rows; the memory stays for the next.
    public func removeAll() {
        starts.removeAll(keepingCapacity: true)
        size = 0
        valuesWaiting = 0
    }

    /// What stands before each value of a row for SQLite.
    enum Tag {
        static let null: UInt8 = 0
        static let int: UInt8 = 1
        static let real: UInt8 = 2
        /// Its length follows in four bytes.
        static let text: UInt8 = 3
        /// As `text`.
        static let bytes: UInt8 = 4
    }
}

extension BulkRows {
    /// A value of any kind; its kind must be the column's.
    func add(_ value: Value) {
        switch value {
        case .null: addNull()
        case .int(let number): add(number)
        case .real(let number): add(number)
        case .text(let text): add(text)
        case .bytes(let bytes): bytes.withUnsafeBytes { add($0, Tag.bytes) }
        }
    }
}
