public import Civil

/// One row of an answer, read by column name.
public struct Row: Sendable {
    let columns: Columns
    /// The values in the order of the statement's columns.
    public let values: [Value]

    /// The names of a statement's columns, shared by all of its rows.
    final class Columns: Sendable {
        let index: [String: Int]
        init(_ names: [String]) { index = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first }) }
    }

    /// The names of the columns, in their order.
    public var names: [String] { columns.index.sorted { $0.value < $1.value }.map(\.key) }

    /// The value of a column; null when the statement has no such column.
    public subscript(_ column: String) -> Value {
        guard let index = columns.index[column] else { return .null }
        return values[index]
    }

    /// Text, or the empty text where there is none. Numbers come as their digits.
    public func text(_ column: String) -> String { self[column].text ?? "" }
    public func textOrNil(_ column: String) -> String? { self[column].text }
    /// A whole number, or 0 where there is none.
    public func int(_ column: String) -> Int { self[column].int ?? 0 }
    public func intOrNil(_ column: String) -> Int? { self[column].int }
    public func realOrNil(_ column: String) -> Double? { self[column].real }
    public func bool(_ column: String) -> Bool { self[column].int == 1 }
    public func day(_ column: String) -> Day? { self[column].text.flatMap { Day(iso: $0) } }
    public func instant(_ column: String) -> Instant? { self[column].text.flatMap { Instant(iso: $0) } }
    public func bytes(_ column: String) -> [UInt8] {
        if case .bytes(let bytes) = self[column] { return bytes }
        return []
    }
    /// A code of a closed list; nil when the column is null or holds a code this version does not know.
    public func code<Code: RawRepresentable<String>>(_ column: String, as type: Code.Type = Code.self) -> Code? {
        self[column].text.flatMap { Code(rawValue: $0) }
    }
}

extension Value {
    public var text: String? {
        switch self {
        case .text(let text): text
        case .int(let number): String(number)
        case .real(let number): String(number)
        case .null, .bytes: nil
        }
    }

    public var int: Int? {
        switch self {
        case .int(let number): number
        case .real(let number): Int(exactly: number)
        case .text(let text): Int(text)
        case .null, .bytes: nil
        }
    }

    public var real: Double? {
        switch self {
        case .int(let number): Double(number)
        case .real(let number): number
        case .text(let text): Double(text)
        case .null, .bytes: nil
        }
    }
}
