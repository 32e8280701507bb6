/// The headers of one part of an upload.
struct MultipartPart: Sendable {
    /// Far more than any browser sends for one part, in bytes.
    static let longestHeaders = 8_192

    var name = ""
    /// `nil` for a plain field.
    var filename: String?
    var contentType = "application/octet-stream"

    init() {}

    /// Reads header lines; `nil` when they are not what a browser would send.
    init?(headers: ArraySlice<UInt8>) {
        guard let lines = Self.lines(headers) else { return nil }
        var hasDisposition = false
        for line in lines {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex else { return nil }
            let key = String(decoding: line[..<colon], as: UTF8.self).lowercased()
            let value = line[(colon + 1)...]
            switch key {
            case "content-disposition":
                guard !hasDisposition, read(disposition: value) else { return nil }
                hasDisposition = true
            case "content-type":
                contentType = trimmed(String(decoding: value, as: UTF8.self))
            default:
                break
            }
        }
        guard hasDisposition else { return nil }
    }

    /// Splits at CR LF. A bare CR or LF, a null byte or a folded line is refused.
    private static func lines(_ bytes: ArraySlice<UInt8>) -> [ArraySlice<UInt8>]? {
        var lines: [ArraySlice<UInt8>] = []
        var start = bytes.startIndex
        var at = start
        while at < bytes.endIndex {
            switch bytes[at] {
            case 13:
                guard at + 1 < bytes.endIndex, bytes[at + 1] == 10 else { return nil }
                lines.append(bytes[start..<at])
                at += 2
                start = at
                if at < bytes.endIndex, bytes[at] == 32 || bytes[at] == 9 { return nil }
            case 10, 0: return nil
            default: at += 1
            }
        }
        lines.append(bytes[start...])
        return lines
    }

    /// `form-data; name="…"; filename="…"`.
    private mutating func read(disposition: ArraySlice<UInt8>) -> Bool {
        guard let (kind, parameters) = Self.parameters(of: disposition), kind == "form-data",
            let name = parameters["name"]
        else { return false }
        self.name = name
        filename = parameters["filename"].map { Self.lastComponent($0) }
        return true
    }

    /// What the person's machine called the file, without the folders some browsers send along.
    private static func lastComponent(_ name: String) -> String {
        let last = name.split(omittingEmptySubsequences: false) { $0 == "/" || $0 == "\\" }.last ?? ""
        let clean = last.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }
        return String(String.UnicodeScalarView(clean).prefix(255))
    }

    /// The boundary of a `multipart/form-data` header: 1 to 70 of the characters RFC 2046 5.1.1 allows.
    static func boundary(in contentType: String) -> [UInt8]? {
        guard let (kind, parameters) = parameters(of: Array(contentType.utf8)[...]), kind == "multipart/form-data",
            let boundary = parameters["boundary"].map({ Array($0.utf8) }), (1...70).contains(boundary.count)
        else { return nil }
        let others = Array("'()+_,-./:=? ".utf8)
        let isAllowed = boundary.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || others.contains(byte)
        }
        return isAllowed && boundary.last != 32 ? boundary : nil
    }

    /// A header value and its `; key=value` parameters. A key given twice is refused.
    private static func parameters(of bytes: ArraySlice<UInt8>) -> (kind: String, parameters: [String: String])? {
        var reader = ParameterReader(bytes)
        let kind = reader.token().lowercased()
        var found: [String: String] = [:]
        while reader.skip(UInt8(ascii: ";")) {
            let key = reader.token().lowercased()
            guard !key.isEmpty else { continue }
            guard reader.skip(UInt8(ascii: "=")), let value = reader.value(), found[key] == nil else { return nil }
            found[key] = value
        }
        return reader.isAtEnd ? (kind, found) : nil
    }
}

/// Reads the small grammar of header parameters.
private struct ParameterReader {
    private let bytes: ArraySlice<UInt8>
    private var at: Int

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        at = bytes.startIndex
    }

    var isAtEnd: Bool {
        mutating get {
            skipSpace()
            return at == bytes.endIndex
        }
    }

    private mutating func skipSpace() {
        while at < bytes.endIndex, bytes[at] == 32 || bytes[at] == 9 { at += 1 }
    }

    mutating func skip(_ byte: UInt8) -> Bool {
        skipSpace()
        guard at < bytes.endIndex, bytes[at] == byte else { return false }
        at += 1
        return true
    }

    mutating func token() -> String {
        skipSpace()
        let start = at
        let ends: [UInt8] = [UInt8(ascii: ";"), UInt8(ascii: "="), 32, 9, UInt8(ascii: "\"")]
        while at < bytes.endIndex, !ends.contains(bytes[at]) { at += 1 }
        return String(decoding: bytes[start..<at], as: UTF8.self)
    }

    /// A token or a quoted text. In a quoted text `\"` is a quote (curl), and browsers write `%22`, `%0D` and `%0A`.
    mutating func value() -> String? {
        guard skip(UInt8(ascii: "\"")) else { return token() }
        var out: [UInt8] = []
        while at < bytes.endIndex {
            let byte = bytes[at]
            if byte == UInt8(ascii: "\"") {
                at += 1
                return String(decoding: out, as: UTF8.self)
            }
            if byte == UInt8(ascii: "\\"), at + 1 < bytes.endIndex, bytes[at + 1] == UInt8(ascii: "\"") {
                out.append(UInt8(ascii: "\""))
                at += 2
                continue
            }
            let next = bytes[at...].prefix(3)
            if next.elementsEqual("%22".utf8) {
                out.append(UInt8(ascii: "\""))
                at += 3
            } else if next.elementsEqual("%0D".utf8) || next.elementsEqual("%0A".utf8) {
                out.append(32)
                at += 3
            } else {
                out.append(byte)
                at += 1
            }
        }
        return nil
    }
}
