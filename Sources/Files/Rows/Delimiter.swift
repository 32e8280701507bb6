/// Tells what stands between the fields of a text from its first records.
enum Delimiter {
    private static let candidates: [UInt8] = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]

    /// `sep=;` on the first line, as Excel writes and obeys it: the byte, and how long the line is with its end.
    static func declared(_ text: UnsafeBufferPointer<UInt8>) -> (delimiter: UInt8, length: Int)? {
        let mark: [UInt8] = Array("sep=".utf8)
        guard text.count > 5, zip(text, mark).allSatisfy({ $0 | 0x20 == $1 | 0x20 }) else { return nil }
        let byte = text[4]
        guard byte < 0x80, byte != UInt8(ascii: "\""), byte != 10, byte != 13 else { return nil }
        if text[5] == 10 { return (byte, 6) }
        guard text[5] == 13 else { return nil }
        return (byte, text.count > 6 && text[6] == 10 ? 7 : 6)
    }

    /// The candidate by which most of the first records fall into the same number of fields, more fields counting for
    /// more.
    /// A title and notes above the table are outvoted by the table.
    static func sniffed(_ text: UnsafeBufferPointer<UInt8>) -> UInt8 {
        var best = candidates[0]
        var bestScore = 0
        for candidate in candidates {
            var tally: [Int: Int] = [:]
            for count in fieldCounts(text, candidate) where count > 1 { tally[count, default: 0] += 1 }
            let score = tally.map { ($0.key - 1) * $0.value }.max() ?? 0
            if score > bestScore {
                best = candidate
                bestScore = score
            }
        }
        return best
    }

    /// How many fields each of the first 60 records has.
    private static func fieldCounts(_ text: UnsafeBufferPointer<UInt8>, _ delimiter: UInt8) -> [Int] {
        var counts: [Int] = []
        var fields = 1
        var isQuoted = false
        var atFieldStart = true
        for byte in text {
            if byte == UInt8(ascii: "\""), isQuoted || atFieldStart {
                isQuoted.toggle()
                atFieldStart = false
            } else if isQuoted {
                continue
            } else if byte == delimiter {
                fields += 1
                atFieldStart = true
            } else if byte == 10 || byte == 13 {
                counts.append(fields)
                if counts.count == 60 { return counts }
                fields = 1
                atFieldStart = true
            } else {
                atFieldStart = false
            }
        }
        counts.append(fields)
        return counts
    }
}
