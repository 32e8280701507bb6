/// Writes tables that Excel, LibreOffice and programs open alike (RFC 4180, UTF-8).
///
/// A spreadsheet runs a cell that begins like a formula, whoever typed it. Text fields are therefore guarded
/// (``guarded(_:)``); numbers stay numbers. What reads our own exports back takes the guard off with ``unguarded(_:)``.
public struct CSVWriter: Sendable {
    /// One cell.
    public enum Field: Sendable, Equatable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
        ExpressibleByFloatLiteral
    {
        case text(String)
        case number(Int)
        /// Written with all digits that matter; nothing if it is not finite.
        case decimal(Double)
        case empty

        public init(stringLiteral value: String) { self = .text(value) }
        public init(integerLiteral value: Int) { self = .number(value) }
        public init(floatLiteral value: Double) { self = .decimal(value) }

        /// The text, or an empty field for nil.
        public static func optional(_ text: String?) -> Field { text.map { .text($0) } ?? .empty }
        /// The number, or an empty field for nil.
        public static func optional(_ number: Int?) -> Field { number.map { .number($0) } ?? .empty }
        /// The number, or an empty field for nil.
        public static func optional(_ number: Double?) -> Field { number.map { .decimal($0) } ?? .empty }
    }

    public enum LineEnd: Sendable {
        /// As RFC 4180 has it.
        case crlf
        case lf
    }

    /// What is written so far.
    public private(set) var bytes: [UInt8] = []
    private let lineEnd: LineEnd
    private let guardsFormulas: Bool

    /// - Parameters:
    ///   - byteOrderMark: begin with one, by which Excel knows UTF-8 when a file is opened with a double click.
    ///   - guardsFormulas: false only for files no spreadsheet will open.
    public init(byteOrderMark: Bool = false, lineEnd: LineEnd = .crlf, guardsFormulas: Bool = true) {
        self.lineEnd = lineEnd
        self.guardsFormulas = guardsFormulas
        if byteOrderMark { bytes = [0xEF, 0xBB, 0xBF] }
    }

    /// One record.
    public mutating func write(_ fields: [Field]) {
        let start = bytes.count
        for (index, field) in fields.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            switch field {
            case .text(let text): append(guardsFormulas ? CSVWriter.guarded(text) : text)
            case .number(let number): bytes.append(contentsOf: String(number).utf8)
            case .decimal(let number): if number.isFinite { bytes.append(contentsOf: Numbers.text(number).utf8) }
            case .empty: break
            }
        }
        // A record that is one empty field would be an empty line, which readers pass over.
        if bytes.count == start, !fields.isEmpty { bytes.append(contentsOf: [UInt8(ascii: "\""), UInt8(ascii: "\"")]) }
        if lineEnd == .crlf { bytes.append(13) }
        bytes.append(10)
    }

    /// One record of texts.
    public mutating func write(texts: [String]) {
        write(texts.map { .text($0) })
    }

    /// A text with an apostrophe before it if a spreadsheet might take it for a formula: if it begins with `=`, `+`,
    /// `-`, `@`, a tab
    /// or a line end. A lone `-`, by which official tables say "not applicable", is harmless and stays.
    ///
    /// A text that already begins with apostrophes and then one of these gets one more, so that ``unguarded(_:)``
    /// undoes exactly this.
    public static func guarded(_ text: String) -> String {
        needsGuard(text) ? "'\(text)" : text
    }

    /// A text from one of our own exports without its guard: `unguarded(guarded(x)) == x` for every x.
    public static func unguarded(_ text: String) -> String {
        guard text.utf8.first == UInt8(ascii: "'"), needsGuard(text) else { return text }
        return String(decoding: text.utf8.dropFirst(), as: UTF8.self)
    }

    private static let fullWidth: [[UInt8]] = ["＋", "－", "＝", "＠"].map { Array($0.utf8) }

    private static func needsGuard(_ text: String) -> Bool {
        let rest = text.utf8.drop { $0 == UInt8(ascii: "'") }
        switch rest.first {
        case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "@"), 9, 10, 13: return true
        // The full-width forms of + - = @, which East Asian editions take for the plain ones.
        case 0xEF: return fullWidth.contains { rest.starts(with: $0) }
        case UInt8(ascii: "-"): return rest.dropFirst().first != nil
        default: return false
        }
    }

    private mutating func append(_ text: String) {
        let quote = UInt8(ascii: "\"")
        let needsQuotes = text.utf8.contains { byte in
            byte == quote || byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";") || byte == 9 || byte == 10
                || byte == 13
        }
        guard needsQuotes || text.utf8.first == 0x20 || text.utf8.last == 0x20 else {
            bytes.append(contentsOf: text.utf8)
            return
        }
        bytes.append(quote)
        for byte in text.utf8 {
            if byte == quote { bytes.append(quote) }
            bytes.append(byte)
        }
        bytes.append(quote)
    }
}
