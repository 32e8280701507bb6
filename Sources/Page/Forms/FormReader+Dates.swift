extension FormReader {
    /// A day of the calendar as it was typed.
    public typealias Day = (year: Int, month: Int, day: Int)

    /// A date that must be there: `2026-03-03`, `3/3/2026`, `3 March 2026`, or three fields `name-day`, `name-month`
    /// and `name-year`. Day before month, as people in England write it. Two-figure years are refused, not guessed.
    public mutating func date(_ name: String, missing: String) -> Day? {
        guard written(name) != nil else {
            fail(name, missing)
            return nil
        }
        return optionalDate(name)
    }

    /// A date that may be left out.
    public mutating func optionalDate(_ name: String) -> Day? {
        guard let text = written(name) else { return nil }
        guard let day = Self.day(from: text) else {
            fail(name, "Enter a real date with the year in full, like 3 March 2026 or 3/3/2026.")
            return nil
        }
        return day
    }

    private func written(_ name: String) -> String? {
        if let whole = given(name) { return whole }
        let parts = ["day", "month", "year"].map { given("\(name)-\($0)") }
        guard parts.contains(where: { $0 != nil }) else { return nil }
        return parts.map { $0 ?? "?" }.joined(separator: "/")
    }

    /// The day a text names, if it is one of the calendar.
    static func day(from text: String) -> Day? {
        let parts = text.lowercased().split { !($0.isLetter || $0.isNumber) }.map(String.init)
            .filter { !weekdays.contains(String($0.prefix(3))) || Int($0) != nil }
        guard parts.count == 3 else { return nil }
        let isYearFirst = parts[0].utf8.count == 4 && parts[0].utf8.allSatisfy { (0x30...0x39).contains($0) }
        let ordered = isYearFirst ? [parts[2], parts[1], parts[0]] : parts
        guard ordered[2].utf8.count == 4, let year = Int(ordered[2]), (1900...2200).contains(year),
            let month = month(from: ordered[1]), let day = number(ordered[0]),
            day >= 1, day <= length(of: month, in: year)
        else { return nil }
        return (year, month, day)
    }

    private static let weekdays: [String] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    private static let months: [String] = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ]

    private static func month(from text: String) -> Int? {
        if let number = Int(text) { return (1...12).contains(number) ? number : nil }
        guard text.count >= 3 else { return nil }
        let match = months.firstIndex { $0.hasPrefix(text) || (text == "sept" && $0 == "september") }
        return match.map { $0 + 1 }
    }

    /// `3`, `03` or `3rd`.
    private static func number(_ text: String) -> Int? {
        let ending = ["st", "nd", "rd", "th"].first { text.hasSuffix($0) }
        return Int(ending == nil ? text : String(text.dropLast(2)))
    }

    private static func length(of month: Int, in year: Int) -> Int {
        switch month {
        case 2: (year.isMultiple(of: 4) && !year.isMultiple(of: 100)) || year.isMultiple(of: 400) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
