/// How a file's text turned out to be written.
public enum Encoding: String, Sendable {
    case ascii
    case utf8
    case utf16
    case windows1252
    /// Some fields in UTF-8, others in Windows-1252: files pasted together from several.
    case mixed
}

/// Whether the bytes are UTF-8 to the letter: no overlong forms, no surrogates, nothing past U+10FFFF (RFC 3629 §4).
func isUTF8(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var index = 0
    let count = bytes.count
    func follows(_ offset: Int, _ low: UInt8 = 0x80, _ high: UInt8 = 0xBF) -> Bool {
        index + offset < count && bytes[index + offset] >= low && bytes[index + offset] <= high
    }
    while index < count {
        switch bytes[index] {
        case 0x00...0x7F:
            index += 1
        case 0xC2...0xDF:
            guard follows(1) else { return false }
            index += 2
        case 0xE0...0xEF:
            let low: UInt8 = bytes[index] == 0xE0 ? 0xA0 : 0x80
            let high: UInt8 = bytes[index] == 0xED ? 0x9F : 0xBF
            guard follows(1, low, high), follows(2) else { return false }
            index += 3
        case 0xF0...0xF4:
            let low: UInt8 = bytes[index] == 0xF0 ? 0x90 : 0x80
            let high: UInt8 = bytes[index] == 0xF4 ? 0x8F : 0xBF
            guard follows(1, low, high), follows(2), follows(3) else { return false }
            index += 4
        default:
            return false
        }
    }
    return true
}

/// Windows-1252, the encoding of older Excel exports. Its five unassigned bytes stand for the control characters they
/// are in
/// ISO 8859-1, as browsers read them, so that every file can be read.
enum Windows1252 {
    /// The characters of 0x80 to 0x9F; all others are their own number.
    private static let upper: [UInt16] = [
        0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,
        0x017D, 0x8F,
        0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,
        0x017E, 0x0178,
    ]

    static func scalar(_ byte: UInt8) -> UInt32 {
        (0x80...0x9F).contains(byte) ? UInt32(upper[Int(byte) - 0x80]) : UInt32(byte)
    }

    /// Appends the bytes as UTF-8.
    static func decode(_ bytes: UnsafeBufferPointer<UInt8>, into target: inout [UInt8]) {
        for byte in bytes { appendUTF8(scalar(byte), to: &target) }
    }
}

/// Appends one character as UTF-8. What is no character (a surrogate, or past U+10FFFF) becomes U+FFFD.
func appendUTF8(_ scalar: UInt32, to target: inout [UInt8]) {
    switch scalar {
    case 0..<0x80:
        target.append(UInt8(scalar))
    case 0x80..<0x800:
        target.append(0xC0 | UInt8(scalar >> 6))
        target.append(0x80 | UInt8(scalar & 0x3F))
    case 0xD800...0xDFFF, 0x110000...:
        appendUTF8(0xFFFD, to: &target)
    case 0x800..<0x10000:
        target.append(0xE0 | UInt8(scalar >> 12))
        target.append(0x80 | UInt8(scalar >> 6 & 0x3F))
        target.append(0x80 | UInt8(scalar & 0x3F))
    default:
        target.append(0xF0 | UInt8(scalar >> 18))
        target.append(0x80 | UInt8(scalar >> 12 & 0x3F))
        target.append(0x80 | UInt8(scalar >> 6 & 0x3F))
        target.append(0x80 | UInt8(scalar & 0x3F))
    }
}
