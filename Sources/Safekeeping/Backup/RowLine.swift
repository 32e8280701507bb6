internal import Foundation
internal import Store

/// Rows as lines of JSON arrays: whoever has the file and no program can still read it.
enum RowLine {
    private static let quote = UInt8(ascii: "\"")
    private static let backslash = UInt8(ascii: "\\")
    private static let digits = Array("0123456789abcdef".utf8)

    static func append(_ values: [Value], to line: inout [UInt8]) {
        line.append(UInt8(ascii: "["))
        for (index, value) in values.enumerated() {
            if index > 0 { line.append(UInt8(ascii: ",")) }
            append(value, to: &line)
        }
        line.append(UInt8(ascii: "]"))
        line.append(10)
    }

    private static func append(_ value: Value, to line: inout [UInt8]) {
        switch value {
        case .null: line.append(contentsOf: "null".utf8)
        case .int(let number): line.append(contentsOf: String(number).utf8)
        case .real(let number): append(number, to: &line)
        case .text(let text): append(text, to: &line)
        case .bytes(let bytes):
            line.append(quote)
            line.append(contentsOf: Data(bytes).base64EncodedData())
            line.append(quote)
        }
    }

    /// JSON has no infinity: it is written as text, which a column of numbers holds for nothing else.
    private static func append(_ number: Double, to line: inout [UInt8]) {
        if number.isFinite {
            line.append(contentsOf: String(number).utf8)
        } else {
            append(number.isNaN ? "NaN" : number < 0 ? "-Infinity" : "Infinity", to: &line)
        }
    }

    private static func append(_ text: String, to line: inout [UInt8]) {
        line.append(quote)
        var text = text
        text.withUTF8 { bytes in
            var start = 0
            for (index, byte) in bytes.enumerated() where byte < 32 || byte == quote || byte == backslash {
                line.append(contentsOf: bytes[start..<index])
                start = index + 1
                switch byte {
                case quote, backslash: line.append(contentsOf: [backslash, byte])
                case 10: line.append(contentsOf: [backslash, UInt8(ascii: "n")])
                case 13: line.append(contentsOf: [backslash, UInt8(ascii: "r")])
                case 9: line.append(contentsOf: [backslash, UInt8(ascii: "t")])
                default:
                    line.append(contentsOf: [backslash, UInt8(ascii: "u"), 48, 48, digits[Int(byte >> 4)], digits[Int(byte & 15)]])
                }
            }
            line.append(contentsOf: bytes[start...])
        }
        line.append(quote)
    }
}
