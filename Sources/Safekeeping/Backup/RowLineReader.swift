internal import Foundation
internal import Store

/// Reads the lines ``RowLine`` writes, and nothing more of JSON than they use.
struct RowLineReader {
    /// What is wrong with a line, for the end of a sentence.
    struct Fault: Error { let what: String }

    private let bytes: UnsafeBufferPointer<UInt8>
    private var at = 0

    private init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    /// The values of a line without its line end, each of the kind its column has.
    static func values(_ line: UnsafeBufferPointer<UInt8>, kinds: [ColumnKind]) throws(Fault) -> [Value] {
        var reader = RowLineReader(line)
        var values: [Value] = []
        values.reserveCapacity(kinds.count)
        try reader.expect(UInt8(ascii: "["))
        for (index, kind) in kinds.enumerated() {
            if index > 0 { try reader.expect(UInt8(ascii: ",")) }
            values.append(try reader.value(of: kind))
        }
        try reader.expect(UInt8(ascii: "]"))
        guard reader.at == line.count else { throw Fault(what: "a row has more values than its table has columns") }
        return values
    }

    private mutating func expect(_ byte: UInt8) throws(Fault) {
        guard at < bytes.count, bytes[at] == byte else { throw Fault(what: "a row is not as it was written") }
        at += 1
    }

    private mutating func value(of kind: ColumnKind) throws(Fault) -> Value {
        guard at < bytes.count else { throw Fault(what: "a row ends too early") }
        if bytes[at] == UInt8(ascii: "n") {
            for byte in "null".utf8 { try expect(byte) }
            return .null
        }
        switch kind {
        case .integer:
            guard let number = Int(token()) else { throw Fault(what: "a row has something else where a whole number belongs") }
            return .int(number)
        case .real: return .real(try real())
        case .text: return .text(try text())
        case .bytes:
            guard let data = Data(base64Encoded: try text()) else { throw Fault(what: "a row has bytes that are not base64") }
            return .bytes([UInt8](data))
        }
    }

    private mutating func real() throws(Fault) -> Double {
        let token = bytes[at] == UInt8(ascii: "\"") ? try text() : token()
        switch token {
        case "NaN": return .nan
        case "Infinity": return .infinity
        case "-Infinity": return -.infinity
        default:
            guard let number = Double(token), number.isFinite else {
                throw Fault(what: "a row has something else where a number belongs")
            }
            return number
        }
    }

    /// Up to the next comma or the end.
    private mutating func token() -> String {
        let start = at
        while at < bytes.count, bytes[at] != UInt8(ascii: ","), bytes[at] != UInt8(ascii: "]") { at += 1 }
        return String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<at]), as: UTF8.self)
    }

    private mutating func text() throws(Fault) -> String {
        try expect(UInt8(ascii: "\""))
        let start = at
        while at < bytes.count, bytes[at] != UInt8(ascii: "\""), bytes[at] != UInt8(ascii: "\\") { at += 1 }
        guard at < bytes.count else { throw Fault(what: "a text does not end") }
        let plain = UnsafeBufferPointer(rebasing: bytes[start..<at])
        if bytes[at] == UInt8(ascii: "\"") {
            at += 1
            return try checked(plain)
        }
        return try escapedText(after: Array(plain))
    }

    private mutating func escapedText(after plain: [UInt8]) throws(Fault) -> String {
        var text = plain
        while at < bytes.count {
            let byte = bytes[at]
            at += 1
            switch byte {
            case UInt8(ascii: "\""): return try text.withUnsafeBufferPointer { bytes throws(Fault) in try checked(bytes) }
            case UInt8(ascii: "\\"): text.append(contentsOf: try escaped())
            default: text.append(byte)
            }
        }
        throw Fault(what: "a text does not end")
    }

    private mutating func escaped() throws(Fault) -> [UInt8] {
        guard at < bytes.count else { throw Fault(what: "a text does not end") }
        let byte = bytes[at]
        at += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): return [byte]
        case UInt8(ascii: "n"): return [10]
        case UInt8(ascii: "r"): return [13]
        case UInt8(ascii: "t"): return [9]
        case UInt8(ascii: "u"): return try control()
        default: throw Fault(what: "a text has a mark that is not ours")
        }
    }

    /// `\u00` and two digits: a control character. Text holds no U+0000 on PostgreSQL and so on neither engine (see `Bindable`).
    private mutating func control() throws(Fault) -> [UInt8] {
        guard at + 4 <= bytes.count,
            let code = UInt8(String(decoding: bytes[(at + 2)..<(at + 4)], as: UTF8.self), radix: 16), code < 32,
            bytes[at] == 48, bytes[at + 1] == 48
        else { throw Fault(what: "a text has a mark that is not ours") }
        at += 4
        return code == 0 ? Array("\u{FFFD}".utf8) : [code]
    }

    private func checked(_ bytes: UnsafeBufferPointer<UInt8>) throws(Fault) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw Fault(what: "a text is not UTF-8") }
        return text
    }
}
