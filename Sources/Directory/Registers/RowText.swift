internal import Civil
internal import Files

/// Reading the fields of registers: what they write for "nothing", their days, their damage.
enum RowText {
    /// The text tidied, or nil for an empty field, `REDACTED` (not a name) and a lone hyphen.
    static func known(_ row: borrowing Row, _ index: Int?) -> String? {
        guard index != nil else { return nil }
        let plain: Plain = row.withBytes(index) { bytes in
            if bytes.isEmpty || (bytes.count == 1 && bytes[0] == UInt8(ascii: "-")) || isRedacted(bytes) { return .nothing }
            var wasSpace = false
            for byte in bytes {
                // Two spaces in a row, other white space (NBSP is C2 A0) or nothing at all: to be tidied.
                if byte < 32 || byte == 0xC2 || (byte == 32 && wasSpace) { return .untidy }
                wasSpace = byte == 32
            }
            return .text(String(decoding: bytes, as: UTF8.self))
        }
        switch plain {
        case .nothing: return nil
        case .text(let text): return text
        case .untidy: return row.text(index, folding: true)
        }
    }

    private enum Plain { case nothing, untidy, text(String) }

    private static func isRedacted(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard bytes.count == 8, bytes[0] == UInt8(ascii: "R") else { return false }
        return bytes.elementsEqual("REDACTED".utf8)
    }

    /// A day as ISO text. `.none` for an empty field or `-`; `.wrong` for a day that does not exist.
    enum DayRead: Equatable { case none, day(String), wrong(String) }

    static func day(_ row: borrowing Row, _ index: Int?) -> DayRead {
        guard index != nil, !row.isEmpty(index), !row.equals(index, "-") else { return .none }
        let quick: Day? = row.withBytes(index) { bytes in
            guard bytes.count == 10, bytes[2] == bytes[5],
                bytes[2] == UInt8(ascii: "/") || bytes[2] == UInt8(ascii: "-"),
                let day = figures(bytes, 0, 2), let month = figures(bytes, 3, 5), let year = figures(bytes, 6, 10)
            else { return nil }
            return Day(year: year, month: month, day: day)
        }
        let text = quick == nil ? row.text(index) : ""
        guard let day = quick ?? Day(written: text) else { return .wrong(text) }
        // A register of people and places living today: anything older is a damaged figure.
        guard day.year >= 1850 else { return .wrong(row.text(index)) }
        return .day(iso(day))
    }

    /// `2026-03-03`, made in one step.
    static func iso(_ day: Day) -> String {
        String(unsafeUninitializedCapacity: 10) { target in
            let parts = (day.year / 1000, day.year / 100 % 10, day.year / 10 % 10, day.year % 10)
            for (index, digit) in [parts.0, parts.1, parts.2, parts.3].enumerated() {
                target[index] = UInt8(48 + digit)
            }
            target[4] = 45
            target[5] = UInt8(48 + day.month / 10)
            target[6] = UInt8(48 + day.month % 10)
            target[7] = 45
            target[8] = UInt8(48 + day.day / 10)
            target[9] = UInt8(48 + day.day % 10)
            return 10
        }
    }

    private static func figures(_ bytes: UnsafeBufferPointer<UInt8>, _ from: Int, _ to: Int) -> Int? {
        var value = 0
        for index in from..<to {
            let byte = bytes[index]
            guard byte >= 48, byte <= 57 else { return nil }
            value = value * 10 + Int(byte - 48)
        }
        return value
    }

    /// Whether a spreadsheet has made a date of a house number: `09-Oct`, `Oct-12`, also with more behind it.
    static func isDamagedHouseNumber(_ text: String) -> Bool {
        let first = text.prefix { $0 != " " && $0 != "," }
        guard first.utf8.count >= 5, first.utf8.count <= 6 else { return false }
        let parts = first.split(separator: "-")
        guard parts.count == 2 else { return false }
        let months: Set<String> = [
            "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
        ]
        func isFigure(_ part: Substring) -> Bool {
            part.utf8.count <= 2 && part.utf8.allSatisfy { $0 >= 48 && $0 <= 57 }
        }
        return (isFigure(parts[0]) && months.contains(parts[1].lowercased()))
            || (isFigure(parts[1]) && months.contains(parts[0].lowercased()))
    }

    /// "SOUTHEND-ON-SEA" becomes "Southend-on-Sea"; towns already in small letters are left as they are.
    static func town(_ text: String) -> String {
        guard !text.utf8.contains(where: { $0 >= 97 && $0 <= 122 }) else { return text }
        var words: [String] = []
        let small: Set<String> = ["on", "in", "upon", "under", "by", "the", "of", "le", "and", "cum", "next"]
        for (index, word) in text.split(separator: " ").enumerated() {
            let parts = word.split(separator: "-", omittingEmptySubsequences: false).enumerated().map { place, part in
                let lower = part.lowercased()
                return (index > 0 || place > 0) && small.contains(lower) ? lower : capital(lower)
            }
            words.append(parts.joined(separator: "-"))
        }
        return words.joined(separator: " ")
    }

    private static func capital(_ word: String) -> String { word.prefix(1).uppercased() + word.dropFirst() }

    /// A postcode as it should be written; what is no postcode stays as it stands, for the list of faults to show.
    static func postcode(_ row: borrowing Row, _ index: Int?) -> String? {
        guard let written = known(row, index) else { return nil }
        return isPlainPostcode(written) ? written : Postcode(written)?.text ?? written
    }

    /// Whether it is written just as it should be, as nearly all are: capitals, one space.
    private static func isPlainPostcode(_ text: String) -> Bool {
        let isPlain: Bool? = text.utf8.withContiguousStorageIfAvailable { bytes in
            let count = bytes.count
            func figure(_ place: Int) -> Bool { bytes[place] >= 48 && bytes[place] <= 57 }
            func letter(_ place: Int) -> Bool { bytes[place] >= 65 && bytes[place] <= 90 }
            guard count >= 6, count <= 8, bytes[count - 4] == 32, figure(count - 3), letter(count - 2),
                letter(count - 1),
                letter(0)
            else { return false }
            let start = letter(1) ? 2 : 1
            let rest = count - 4 - start
            guard rest == 1 || rest == 2, figure(start) else { return false }
            return rest == 1 || figure(start + 1) || letter(start + 1)
        }
        return isPlain ?? false
    }

    /// Address lines put together, those that say nothing left out.
    static func address(_ lines: [String?]) -> String? {
        let told = lines.compactMap(\.self).filter { !$0.isEmpty }
        return told.isEmpty ? nil : told.joined(separator: ", ")
    }
}

extension RowText {
    /// A day as people write it, as ISO text; nil when it does not exist.
    static func written(_ text: some StringProtocol) -> String? { Day(written: text).map(iso) }
}
