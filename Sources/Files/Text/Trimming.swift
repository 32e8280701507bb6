/// White space as files bring it: the ASCII kinds and NUL padding, the no-break space (U+00A0, U+202F), the zero-width
/// space
/// (U+200B) and a stray byte order mark (U+FEFF). Only whole UTF-8 sequences are taken off.
enum Trimming {
    @inline(__always)
    static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || (byte <= 0x0D && (byte >= 0x09 || byte == 0))
    }

    /// The range without white space at either edge; empty if there is nothing else.
    @inline(__always)
    static func trimmed(_ bytes: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> (start: Int, end: Int) {
        var start = start
        var end = end
        while start < end {
            if isBlank(bytes[start]) {
                start += 1
            } else if bytes[start] >= 0xC2, let length = wideBlank(bytes, start, end) {
                start += length
            } else {
                break
            }
        }
        while end > start {
            let last = bytes[end - 1]
            if isBlank(last) {
                end -= 1
            } else if last >= 0x80, last <= 0xBF {
                if end - start >= 2, wideBlank(bytes, end - 2, end) == 2 {
                    end -= 2
                } else if end - start >= 3, wideBlank(bytes, end - 3, end) == 3 {
                    end -= 3
                } else {
                    break
                }
            } else {
                break
            }
        }
        return (start, end)
    }

    /// The length of the non-ASCII white space that begins here, if one does.
    static func wideBlank(_ bytes: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Int? {
        let left = end - start
        if left >= 2, bytes[start] == 0xC2, bytes[start + 1] == 0xA0 { return 2 }
        guard left >= 3 else { return nil }
        switch (bytes[start], bytes[start + 1], bytes[start + 2]) {
        case (0xE2, 0x80, 0x8B), (0xE2, 0x80, 0xAF), (0xEF, 0xBB, 0xBF): return 3
        default: return nil
        }
    }

    /// Appends the range with each inner run of white space as one space.
    static func fold(_ bytes: UnsafePointer<UInt8>, _ start: Int, _ end: Int, into target: inout [UInt8]) {
        var index = start
        var owesSpace = false
        while index < end {
            let length = isBlank(bytes[index]) ? 1 : bytes[index] >= 0xC2 ? wideBlank(bytes, index, end) ?? 0 : 0
            if length > 0 {
                owesSpace = true
                index += length
                continue
            }
            if owesSpace, !target.isEmpty { target.append(0x20) }
            owesSpace = false
            target.append(bytes[index])
            index += 1
        }
    }

    /// A text with its edges trimmed.
    static func edgesTrimmed(_ text: String) -> String {
        var text = text
        return text.withUTF8 { bytes in
            guard let base = bytes.baseAddress else { return "" }
            let range = trimmed(base, 0, bytes.count)
            return String(decoding: UnsafeBufferPointer(rebasing: bytes[range.start..<range.end]), as: UTF8.self)
        }
    }

    /// A text with its edges trimmed and inner runs folded.
    static func folded(_ text: String) -> String {
        var text = text
        var target: [UInt8] = []
        text.withUTF8 { bytes in
            guard let base = bytes.baseAddress else { return }
            let range = trimmed(base, 0, bytes.count)
            fold(base, range.start, range.end, into: &target)
        }
        return String(decoding: target, as: UTF8.self)
    }
}
