/// A moment in UTC, to the second, stored as ISO text (`2026-03-03T18:30:00Z`).
public struct Instant: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Seconds since 1 January 1970 UTC, without leap seconds.
    public let seconds: Int

    public init(seconds: Int) { self.seconds = seconds }

    /// Reads ISO text ending in `Z`.
    public init?(iso text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count == 20, bytes[10] == UInt8(ascii: "T"), bytes[19] == UInt8(ascii: "Z"),
            bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
            let day = Day(iso: String(decoding: bytes[0..<10], as: UTF8.self)), let hour = number(bytes[11..<13]),
            let minute = number(bytes[14..<16]), let second = number(bytes[17..<19]), hour < 24, minute < 60, second < 60
        else { return nil }
        seconds = day.daysSince1970 * 86_400 + hour * 3_600 + minute * 60 + second
    }

    /// A whole hour in England, from 3am on: the clocks change before that.
    public static func inLondon(_ day: Day, hour: Int) -> Instant {
        let summer = Instant(seconds: day.daysSince1970 * 86_400 + (hour - 1) * 3_600)
        return summer.londonOffset > 0 ? summer : summer.adding(seconds: 3_600)
    }

    public func adding(seconds more: Int) -> Instant { Instant(seconds: seconds + more) }

    public static func < (left: Instant, right: Instant) -> Bool { left.seconds < right.seconds }

    public var description: String { iso }

    /// ISO text, `2026-03-03T18:30:00Z`, as the database keeps it.
    public var iso: String {
        let (day, rest) = Instant.split(seconds)
        return "\(day.iso)T\(padded(rest / 3_600, 2)):\(padded(rest / 60 % 60, 2)):\(padded(rest % 60, 2))Z"
    }

    /// The day it is in England at this moment.
    public var dayInLondon: Day { Instant.split(seconds + londonOffset).0 }

    /// "3 March 2026, 6:30pm", as people in England see it.
    public var shown: String {
        let (day, rest) = Instant.split(seconds + londonOffset)
        let hour = rest / 3_600
        let minute = rest / 60 % 60
        let clock = "\((hour + 11) % 12 + 1)\(minute == 0 ? "" : ":\(padded(minute, 2))")\(hour < 12 ? "am" : "pm")"
        return "\(day.medium), \(clock)"
    }

    /// Seconds London is ahead of UTC: an hour from 1am UTC on the last Sunday of March to 1am UTC on the last of October
    /// (the rule in force since 1996; The Summer Time Order 2002).
    var londonOffset: Int {
        let year = Instant.split(seconds).0.year
        let starts = Instant.lastSunday(month: 3, year: year) * 86_400 + 3_600
        let ends = Instant.lastSunday(month: 10, year: year) * 86_400 + 3_600
        return seconds >= starts && seconds < ends ? 3_600 : 0
    }

    private static func lastSunday(month: Int, year: Int) -> Int {
        // March and October both have 31 days.
        guard let last = Day(year: year, month: month, day: 31) else { return 0 }
        return last.daysSince1970 - last.weekday % 7
    }

    private static func split(_ seconds: Int) -> (Day, Int) {
        let days = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
        return (Day(daysSince1970: days), seconds - days * 86_400)
    }
}
