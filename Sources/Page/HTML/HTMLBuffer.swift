/// The growing bytes of a piece of page, with the one escaping routine everything goes through.
struct HTMLBuffer: Sendable {
    var bytes: [UInt8]

    init(capacity: Int) {
        bytes = []
        bytes.reserveCapacity(capacity)
    }

    /// Code from the program's own source, as it is.
    mutating func code(_ literal: StaticString) {
        if literal.hasPointerRepresentation {
            bytes.append(contentsOf: UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
        } else {
            literal.withUTF8Buffer { bytes.append(contentsOf: $0) }
        }
    }

    /// Data, escaped.
    mutating func escape(_ text: String) {
        if text.utf8.withContiguousStorageIfAvailable({ escape($0) }) == nil {
            escape(slowly: text.utf8)
        }
    }

    mutating func escape(_ text: Substring) {
        if text.utf8.withContiguousStorageIfAvailable({ escape($0) }) == nil {
            escape(slowly: text.utf8)
        }
    }

    private mutating func escape(slowly text: some Sequence<UInt8>) {
        Array(text).withUnsafeBufferPointer { escape($0) }
    }

    /// Copies runs of plain bytes and writes an entity for each byte that would mean something to a browser.
    mutating func escape(_ source: UnsafeBufferPointer<UInt8>) {
        var start = 0
        var at = 0
        while at < source.count {
            let byte = source[at]
            if HTMLBuffer.isPlain(byte) {
                at += 1
                continue
            }
            if start < at { bytes.append(contentsOf: source[start..<at]) }
            append(entityFor: byte)
            at += 1
            start = at
        }
        if start < source.count { bytes.append(contentsOf: source[start...]) }
    }

    /// Controls other than tab, line feed, form feed and carriage return are parse errors in HTML, so they become
    /// U+FFFD (HTML Living Standard 13.2.3.5, "control-character-in-input-stream", and the null character rule).
    @inline(__always)
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"): false
        case 0x00...0x08, 0x0B, 0x0E...0x1F, 0x7F: false
        default: true
        }
    }

    private mutating func append(entityFor byte: UInt8) {
        switch byte {
        case UInt8(ascii: "&"): code("&amp;")
        case UInt8(ascii: "<"): code("&lt;")
        case UInt8(ascii: ">"): code("&gt;")
        case UInt8(ascii: "\""): code("&quot;")
        case UInt8(ascii: "'"): code("&#39;")
        default: code("\u{FFFD}")
        }
    }

    /// A whole number; digits and a minus sign need no escaping.
    mutating func number(_ value: Int) {
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        var rest = value.magnitude
        if rest == 0 {
            bytes.append(UInt8(ascii: "0"))
            return
        }
        let start = bytes.count
        while rest > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        }
        bytes[start...].reverse()
    }
}
