/// Writes JSON straight into bytes: no dates, no keys sorted, no surprises.
public struct JSON: Sendable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
    /// The JSON text.
    public private(set) var bytes: [UInt8]

    private init(bytes: [UInt8]) { self.bytes = bytes }

    public init(stringLiteral value: String) { self = .string(value) }
    public init(integerLiteral value: Int) { self = .int(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }

    public static let null = JSON(bytes: Array("null".utf8))

    /// Text, escaped; `null` for none.
    public static func string(_ text: String?) -> JSON {
        guard let text else { return null }
        var bytes: [UInt8] = [UInt8(ascii: "\"")]
        bytes.reserveCapacity(text.utf8.count + 2)
        for byte in text.utf8 { append(byte, to: &bytes) }
        bytes.append(UInt8(ascii: "\""))
        return JSON(bytes: bytes)
    }

    /// A whole number; `null` for none.
    public static func int(_ number: Int?) -> JSON { number.map { JSON(bytes: Array(String($0).utf8)) } ?? null }

    /// JSON has no way to write infinity or "not a number": they become null.
    public static func number(_ number: Double?) -> JSON {
        guard let number, number.isFinite else { return null }
        return JSON(bytes: Array(String(number).utf8))
    }

    /// `true` or `false`.
    public static func bool(_ value: Bool) -> JSON { JSON(bytes: Array((value ? "true" : "false").utf8)) }

    /// Items in the order given.
    public static func array(_ items: [JSON]) -> JSON {
        var bytes: [UInt8] = [UInt8(ascii: "[")]
        for (index, item) in items.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes += item.bytes
        }
        bytes.append(UInt8(ascii: "]"))
        return JSON(bytes: bytes)
    }

    /// An object with its members in the order given.
    public static func object(_ members: [(String, JSON)]) -> JSON {
        var bytes: [UInt8] = [UInt8(ascii: "{")]
        for (index, member) in members.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes += JSON.string(member.0).bytes
            bytes.append(UInt8(ascii: ":"))
            bytes += member.1.bytes
        }
        bytes.append(UInt8(ascii: "}"))
        return JSON(bytes: bytes)
    }

    public var text: String { String(decoding: bytes, as: UTF8.self) }

    private static func append(_ byte: UInt8, to bytes: inout [UInt8]) {
        switch byte {
        case UInt8(ascii: "\""): bytes += [92, 34]
        case UInt8(ascii: "\\"): bytes += [92, 92]
        case UInt8(ascii: "\n"): bytes += [92, 110]
        case UInt8(ascii: "\r"): bytes += [92, 114]
        case UInt8(ascii: "\t"): bytes += [92, 116]
        // `<` is escaped too, so that an answer opened as a page cannot become markup.
        case UInt8(ascii: "<"): bytes += Array("\\u003c".utf8)
        case 0..<32:
            let digits = Array("0123456789abcdef".utf8)
            bytes += [92, 117, 48, 48, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        default: bytes.append(byte)
        }
    }
}
