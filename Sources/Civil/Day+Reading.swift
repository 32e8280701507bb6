extension Day {
    /// Reads ISO text, `2026-03-03`, and nothing else.
    public init?(iso text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            let year = number(bytes[0..<4]), let month = number(bytes[5..<7]), let day = number(bytes[8..<10])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// Reads a day as people and registers write it: `3/3/2026`, `03-03-2026`, `3 March 2026`, `2026-03-03`,
    /// with or without a time behind it (`03/09/2015 00:00`, `2022-05-12T10:00:00`). Day before month, as in England.
    ///
    /// Two-figure years are refused: a register that writes them cannot be told from one with a damaged date.
    public init?(written text: some StringProtocol) {
        let parts = text.lowercased().split { " /-.".contains($0) }
        if let first = parts.first, first.utf8.count >= 4 {
            // ISO, perhaps with a time: the date is its first ten characters.
            self.init(iso: text.drop { $0 == " " }.prefix(10))
            return
        }
        guard parts.count >= 3, parts[2].utf8.count == 4, let day = number(Array(parts[0].utf8)[...]),
            let month = Day.month(String(parts[1])), let year = number(Array(parts[2].utf8)[...])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    private static func month(_ text: String) -> Int? {
        if let value = number(Array(text.utf8)[...]) { return value }
        guard text.utf8.count >= 3 else { return nil }
        return Day.monthNames.firstIndex { $0.lowercased().hasPrefix(text) }.map { $0 + 1 }
    }
}

/// A run of ASCII digits as a number, at most nine of them; anything else is nil.
func number(_ bytes: ArraySlice<UInt8>) -> Int? {
    guard !bytes.isEmpty, bytes.count <= 9 else { return nil }
    var value = 0
    for byte in bytes {
        guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
        value = value * 10 + Int(byte - UInt8(ascii: "0"))
    }
    return value
}
