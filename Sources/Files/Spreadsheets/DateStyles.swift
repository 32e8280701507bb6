/// Which cell styles show a number as a date (ECMA-376 Part 1, §18.8.30): built-in formats by number, others by their
/// letters.
struct DateStyles {
    /// What a style shows of a day number.
    enum Kind: UInt8 { case number, date }

    private var kinds: [Kind] = []

    init() {}

    init(_ stream: ZipEntryStream) throws {
        let scanner = try XMLScanner(stream)
        var customDates: Set<Int> = []
        var isInCellFormats = false
        while true {
            switch try scanner.next() {
            case .finish: return
            case .start:
                if scanner.isNamed("numFmt") {
                    guard let id = try scanner.attribute("numFmtId").flatMap({ Int($0) }) else { continue }
                    if DateStyles.showsDate(try scanner.attribute("formatCode") ?? "") { customDates.insert(id) }
                } else if scanner.isNamed("cellXfs") {
                    isInCellFormats = true
                } else if scanner.isNamed("xf"), isInCellFormats, kinds.count < 100_000 {
                    let id = try scanner.attribute("numFmtId").flatMap { Int($0) } ?? 0
                    kinds.append(customDates.contains(id) || DateStyles.isBuiltInDate(id) ? .date : .number)
                }
            case .end: if scanner.isNamed("cellXfs") { isInCellFormats = false }
            case .text: break
            }
        }
    }

    func isDate(_ style: Int) -> Bool {
        kinds.indices.contains(style) && kinds[style] == .date
    }

    /// §18.8.30: 14 to 22 and 45 to 47 everywhere; 27 to 36 and 50 to 58 in East Asian editions.
    private static func isBuiltInDate(_ id: Int) -> Bool {
        (14...22).contains(id) || (27...36).contains(id) || (45...47).contains(id) || (50...58).contains(id)
    }

    /// Whether a format code has a day, month, year, hour or second outside quotes, escapes and brackets. `[Red]0.00`
    /// and
    /// `"days" 0` are numbers; `[h]:mm` is a length of time. Only the first section (before `;`) counts.
    static func showsDate(_ code: String) -> Bool {
        var isQuoted = false
        var isEscaped = false
        var bracket: String?
        for byte in code.utf8 {
            if isEscaped {
                isEscaped = false
            } else if isQuoted {
                isQuoted = byte != UInt8(ascii: "\"")
            } else if let inside = bracket {
                if byte != UInt8(ascii: "]") {
                    bracket = inside + String(UnicodeScalar(byte)).lowercased()
                } else if inside == "h" || inside == "hh" || inside == "m" || inside == "mm" || inside == "s"
                    || inside == "ss"
                {
                    return true
                } else {
                    bracket = nil
                }
            } else {
                switch byte | 0x20 {
                case UInt8(ascii: "d"), UInt8(ascii: "m"), UInt8(ascii: "y"), UInt8(ascii: "h"), UInt8(ascii: "s"):
                    return true
                default: break
                }
                switch byte {
                case UInt8(ascii: "\""): isQuoted = true
                case UInt8(ascii: "\\"), UInt8(ascii: "_"), UInt8(ascii: "*"): isEscaped = true
                case UInt8(ascii: "["): bracket = ""
                case UInt8(ascii: ";"): return false
                default: break
                }
            }
        }
        return false
    }
}

/// Excel's day numbers as ISO text.
enum SerialDate {
    /// `yyyy-mm-dd`, with `Thh:mm:ss` if there is a time of day, or `hh:mm:ss` for a time alone (a number below 1).
    /// Nil outside the years 1900 to 9999.
    ///
    /// Excel counts 1 January 1900 as day 1 and has a 29 February 1900 (day 60), which never was: it is refused.
    static func text(_ serial: Double, countsFrom1904: Bool) -> String? {
        guard serial >= 0, serial < 2_958_466 else { return nil }
        let seconds = Int((serial * 86_400).rounded())
        let day = seconds / 86_400
        let time = seconds % 86_400
        let clock = "\(two(time / 3600)):\(two(time / 60 % 60)):\(two(time % 60))"
        if day == 0, !countsFrom1904 { return clock }
        let sinceEpoch: Int
        if countsFrom1904 {
            sinceEpoch = day - 24_107
        } else {
            guard day != 60 else { return nil }
            sinceEpoch = day - (day < 60 ? 25_568 : 25_569)
        }
        let date = civil(sinceEpoch)
        return time == 0 ? date : "\(date)T\(clock)"
    }

    /// A day counted from 1 January 1970 as `yyyy-mm-dd` (Howard Hinnant's civil-from-days).
    private static func civil(_ days: Int) -> String {
        let shifted = days + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return "\(year)-\(two(month))-\(two(day))"
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
