/// Lets through an address that can only lead somewhere: http, https, mailto, tel, the key of an authenticator, or a path on this site.
///
/// Anything else is `#`: `javascript:` in any spelling, `data:`, `//elsewhere`, `/\elsewhere`, and anything holding a
/// control character or white space, because browsers drop tabs and line ends *before* they read the scheme.
func checkedLink(_ text: String) -> String {
    // Nearly every address is a path of ours, plain and with nothing to trim.
    var plain = text
    if plain.withUTF8(isPlainPath) { return text }
    let bytes = Array(trimmed(text).utf8)
    guard !bytes.isEmpty, !bytes.contains(where: { $0 <= 0x20 || $0 == 0x7F }) else { return "#" }
    let written = String(decoding: bytes, as: UTF8.self)
    if bytes[0] == UInt8(ascii: "/") {
        let second = bytes.count > 1 ? bytes[1] : 0
        return second == UInt8(ascii: "/") || second == UInt8(ascii: "\\") ? "#" : written
    }
    let head = bytes.prefix(8).map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    let allowed: [StaticString] = ["http://", "https://", "mailto:", "tel:", "otpauth:"]
    let isAllowed = allowed.contains { scheme in
        scheme.withUTF8Buffer { head.starts(with: $0) && bytes.count > $0.count }
    }
    return isAllowed ? written : "#"
}

/// A path on this site in visible ASCII.
private func isPlainPath(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard bytes.first == UInt8(ascii: "/") else { return false }
    if bytes.count > 1, bytes[1] == UInt8(ascii: "/") || bytes[1] == UInt8(ascii: "\\") { return false }
    return bytes.allSatisfy { (0x21...0x7E).contains($0) }
}

/// Percent-encodes names and values and joins them as a browser's form would, a space as `+`.
func encodedQuery(_ pairs: [(String, String)]) -> String {
    var out: [UInt8] = []
    for (name, value) in pairs {
        if !out.isEmpty { out.append(UInt8(ascii: "&")) }
        percentEncode(name, spaceAsPlus: true, into: &out)
        out.append(UInt8(ascii: "="))
        percentEncode(value, spaceAsPlus: true, into: &out)
    }
    return String(decoding: out, as: UTF8.self)
}

/// One part of a path. `.` and `..` are encoded too, since a browser would walk up with them.
func encodedSegment(_ text: String) -> String {
    if text == "." { return "%2E" }
    if text == ".." { return "%2E%2E" }
    if text.utf8.allSatisfy(isUnreserved) { return text }
    var out: [UInt8] = []
    percentEncode(text, spaceAsPlus: false, into: &out)
    return String(decoding: out, as: UTF8.self)
}

/// RFC 3986, section 2.3.
private func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: true
    default: false
    }
}

/// Keeps only unreserved bytes as they are.
private func percentEncode(_ text: String, spaceAsPlus: Bool, into out: inout [UInt8]) {
    let hex: StaticString = "0123456789ABCDEF"
    hex.withUTF8Buffer { digits in
        for byte in text.utf8 {
            if isUnreserved(byte) {
                out.append(byte)
            } else if spaceAsPlus && byte == 0x20 {
                out.append(UInt8(ascii: "+"))
            } else {
                out.append(UInt8(ascii: "%"))
                out.append(digits[Int(byte >> 4)])
                out.append(digits[Int(byte & 15)])
            }
        }
    }
}
