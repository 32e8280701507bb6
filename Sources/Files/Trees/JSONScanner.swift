/// Reads JSON (RFC 8259) value by value from bytes in memory. Depth is bounded; what is not JSON is refused with its
/// line.
struct JSONScanner {
    enum Kind { case object, array, string, number, bool, null }

    private let bytes: UnsafeBufferPointer<UInt8>
    private let file: String
    private let maximumDepth: Int
    private(set) var position = 0
    private var depth = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>, file: String, depth: Int) {
        self.bytes = bytes
        self.file = file
        self.maximumDepth = depth
    }

    /// What comes next.
    mutating func peek() throws -> Kind {
        skipSpace()
        switch current {
        case UInt8(ascii: "{"): return .object
        case UInt8(ascii: "["): return .array
        case UInt8(ascii: "\""): return .string
        case UInt8(ascii: "-"), 48...57: return .number
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return .bool
        case UInt8(ascii: "n"): return .null
        default:
            throw malformed(
                position >= bytes.count
                    ? "The file ends too soon. It may be cut short: get it again." : "This is not JSON.")
        }
    }

    /// Goes through an object; `body` gets each key and must take its value.
    mutating func object(_ body: (inout JSONScanner, String) throws -> Void) throws {
        try open(UInt8(ascii: "{"))
        if take(UInt8(ascii: "}")) { return close() }
        while true {
            skipSpace()
            guard current == UInt8(ascii: "\"") else { throw malformed("A name in quotation marks was expected.") }
            let key = try string()
            guard take(UInt8(ascii: ":")) else { throw malformed("A colon was expected after “\(key.prefix(80))”.") }
            try body(&self, key)
            if take(UInt8(ascii: "}")) { return close() }
            guard take(UInt8(ascii: ",")) else { throw malformed("A comma or a closing brace was expected.") }
        }
    }

    /// Goes through an array; `body` must take each value.
    mutating func array(_ body: (inout JSONScanner) throws -> Void) throws {
        try open(UInt8(ascii: "["))
        if take(UInt8(ascii: "]")) { return close() }
        while true {
            try body(&self)
            if take(UInt8(ascii: "]")) { return close() }
            guard take(UInt8(ascii: ",")) else { throw malformed("A comma or a closing bracket was expected.") }
        }
    }

    /// Passes over a value, holding it to the rules all the same.
    mutating func skip() throws {
        switch try peek() {
        case .object: try object { scanner, _ in try scanner.skip() }
        case .array: try array { try $0.skip() }
        case .string: try skipString()
        case .number: _ = try numberBytes()
        case .bool, .null: _ = try word()
        }
    }

    /// A number, string, `true` or `false` as text; nil for null.
    mutating func scalar() throws -> String? {
        switch try peek() {
        case .string: return try string()
        case .number: return String(decoding: try numberBytes(), as: UTF8.self)
        case .bool: return try word()
        case .null:
            _ = try word()
            return nil
        case .object, .array: throw malformed("A plain value was expected.")
        }
    }

    mutating func number() throws -> Double {
        let text = try numberBytes()
        guard let value = Numbers.double(text) else { throw malformed("A number is too large.") }
        return value
    }

    /// Nothing but white space may follow.
    mutating func finish() throws {
        skipSpace()
        guard position == bytes.count else { throw malformed("There is something after the end of the JSON.") }
    }

    /// The same scanner from another place of the same text (a value noted earlier).
    func moved(to position: Int) -> JSONScanner {
        var scanner = self
        scanner.position = position
        return scanner
    }

    func malformed(_ message: String) -> FileProblem {
        let line = bytes.prefix(position).reduce(1) { $1 == 10 ? $0 + 1 : $0 }
        return FileProblem(.malformed, file: file, line: line, message)
    }

    // MARK: Pieces

    private var current: UInt8 { position < bytes.count ? bytes[position] : 0 }

    private mutating func skipSpace() {
        while position < bytes.count,
            bytes[position] == 32 || (bytes[position] <= 13 && Trimming.isBlank(bytes[position]))
        {
            position += 1
        }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        skipSpace()
        guard current == byte else { return false }
        position += 1
        return true
    }

    private mutating func open(_ byte: UInt8) throws {
        guard take(byte) else { throw malformed("\(byte == UInt8(ascii: "{") ? "An object" : "A list") was expected.") }
        depth += 1
        guard depth <= maximumDepth else {
            throw FileProblem(
                .tooLarge, file: file, "Values are nested more than \(maximumDepth) deep, which no real file needs.")
        }
    }

    private mutating func close() { depth -= 1 }

    private mutating func word() throws -> String {
        for word in ["true", "false", "null"] where bytes[position...].starts(with: word.utf8) {
            position += word.utf8.count
            return word
        }
        throw malformed("This is not JSON.")
    }

    /// RFC 8259 §6: no leading zeros or plus, digits on both sides of the point.
    private mutating func numberBytes() throws -> UnsafeBufferPointer<UInt8> {
        skipSpace()
        let start = position
        if current == UInt8(ascii: "-") { position += 1 }
        let whole = digits()
        guard whole == 1 || (whole > 1 && bytes[position - whole] != 48) else {
            throw malformed("A number is not written as JSON has it.")
        }
        if current == UInt8(ascii: ".") {
            position += 1
            guard digits() > 0 else { throw malformed("A number is not written as JSON has it.") }
        }
        if current | 0x20 == UInt8(ascii: "e") {
            position += 1
            if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { position += 1 }
            guard digits() > 0 else { throw malformed("A number is not written as JSON has it.") }
        }
        return UnsafeBufferPointer(rebasing: bytes[start..<position])
    }

    private mutating func digits() -> Int {
        let start = position
        while position < bytes.count, bytes[position] >= 48, bytes[position] <= 57 { position += 1 }
        return position - start
    }

    private mutating func skipString() throws {
        _ = try quoted()
    }

    /// The inside of a string and whether it has escapes.
    private mutating func quoted() throws -> (range: Range<Int>, hasEscapes: Bool) {
        position += 1
        let start = position
        var hasEscapes = false
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") {
                position += 1
                return (start..<(position - 1), hasEscapes)
            }
            if byte == UInt8(ascii: "\\") {
                hasEscapes = true
                position += 1
            } else if byte < 0x20 {
                throw malformed("There is a line end or control character inside a text.")
            }
            position += 1
        }
        position = bytes.count
        throw malformed("A text is not closed. The file may be cut short: get it again.")
    }

    mutating func string() throws -> String {
        let (range, hasEscapes) = try quoted()
        let inside = UnsafeBufferPointer(rebasing: bytes[range])
        guard hasEscapes else { return String(decoding: inside, as: UTF8.self) }
        var target: [UInt8] = []
        target.reserveCapacity(inside.count)
        var index = 0
        while index < inside.count {
            if inside[index] != UInt8(ascii: "\\") {
                target.append(inside[index])
                index += 1
                continue
            }
            index = try appendEscape(inside, index + 1, to: &target)
        }
        return String(decoding: target, as: UTF8.self)
    }

    private func appendEscape(_ text: UnsafeBufferPointer<UInt8>, _ index: Int, to target: inout [UInt8]) throws -> Int {
        switch index < text.count ? text[index] : 0 {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): target.append(text[index])
        case UInt8(ascii: "b"): target.append(8)
        case UInt8(ascii: "f"): target.append(12)
        case UInt8(ascii: "n"): target.append(10)
        case UInt8(ascii: "r"): target.append(13)
        case UInt8(ascii: "t"): target.append(9)
        case UInt8(ascii: "u"):
            guard let unit = JSONScanner.hex(text, index + 1) else {
                throw malformed("A “\\u” in a text is not followed by four digits.")
            }
            if (0xD800...0xDBFF).contains(unit), index + 6 < text.count, text[index + 5] == UInt8(ascii: "\\"),
                text[index + 6] == UInt8(ascii: "u"), let low = JSONScanner.hex(text, index + 7),
                (0xDC00...0xDFFF).contains(low)
            {
                appendUTF8(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00), to: &target)
                return index + 11
            }
            // NUL, which no database takes in text, and half a pair become U+FFFD.
            appendUTF8(unit == 0 ? 0xFFFD : unit, to: &target)
            return index + 5
        default: throw malformed("There is a “\\” in a text that stands for nothing.")
        }
        return index + 1
    }

    private static func hex(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> UInt32? {
        guard start + 4 <= text.count else { return nil }
        var value: UInt32 = 0
        for byte in text[start..<start + 4] {
            switch byte {
            case 48...57: value = value << 4 | UInt32(byte - 48)
            case 65...70: value = value << 4 | UInt32(byte - 55)
            case 97...102: value = value << 4 | UInt32(byte - 87)
            default: return nil
            }
        }
        return value
    }
}
