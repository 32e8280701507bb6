internal import Civil

/// The day a file speaks for, as publishers put it into its name: `…-2021-08-31…`, `edubasealldata20240601`,
/// `…_as_at_31_August_2021`, `postcodes-2025-10`. A month alone means its first day: the least that can be said.
enum EditionGuess {
    static func day(inName name: String) -> Day? {
        let parts = parts(of: name)
        for start in parts.indices {
            if let day = whole(parts[start...]) { return day }
        }
        for start in parts.indices {
            if let day = month(parts[start...]) { return day }
        }
        return nil
    }

    /// Runs of figures and runs of letters; what stands between them parts them.
    private static func parts(of name: String) -> [String] {
        var parts: [String] = []
        var current = ""
        var wasFigure = false
        for character in name.lowercased() {
            let isFigure = character >= "0" && character <= "9"
            if !isFigure && !(character >= "a" && character <= "z") {
                if !current.isEmpty { parts.append(current) }
                current = ""
                continue
            }
            if !current.isEmpty, isFigure != wasFigure {
                parts.append(current)
                current = ""
            }
            current.append(character)
            wasFigure = isFigure
        }
        if !current.isEmpty { parts.append(current) }
        return parts.filter { !["st", "nd", "rd", "th", "of"].contains($0) }
    }

    private static func whole(_ parts: ArraySlice<String>) -> Day? {
        let words = Array(parts.prefix(3))
        if let first = words.first, first.count == 8, let number = Int(first) {
            return plausible(number / 10_000, number / 100 % 100, number % 100)
                ?? plausible(number % 10_000, number / 10_000 % 100, number / 1_000_000)
        }
        guard words.count == 3 else { return nil }
        if words[0].count == 4, words[1].count == 2, words[2].count == 2 {
            return plausible(Int(words[0]), Int(words[1]), Int(words[2]))
        }
        guard words[0].count <= 2, words[2].count == 4 else { return nil }
        return plausible(Int(words[2]), number(ofMonth: words[1]) ?? Int(words[1]), Int(words[0]))
    }

    private static func month(_ parts: ArraySlice<String>) -> Day? {
        let words = Array(parts.prefix(2))
        guard words.count == 2 else { return nil }
        if words[0].count == 4, words[1].count == 2 { return plausible(Int(words[0]), Int(words[1]), 1) }
        guard words[1].count == 4 else { return nil }
        return plausible(Int(words[1]), number(ofMonth: words[0]), 1)
    }

    private static let months: [String] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

    private static func number(ofMonth word: String) -> Int? {
        let isLetters = word.first?.isLetter ?? false
        return isLetters && word.count >= 3 ? months.firstIndex { word.hasPrefix($0) }.map { $0 + 1 } : nil
    }

    private static func plausible(_ year: Int?, _ month: Int?, _ day: Int?) -> Day? {
        guard let year, let month, let day, (1990...2100).contains(year) else { return nil }
        return Day(year: year, month: month, day: day)
    }
}
