/// Counting working days as offices in England do (`docs/rules/working-days.md`).
public enum WorkingDays {
    /// A day reckoned in working days.
    public struct Reckoned: Sendable, Equatable {
        public let day: Day
        /// False where some day on the way is past the end of the bank holidays we know: then it may be later than this.
        public let isCertain: Bool

        public init(day: Day, isCertain: Bool) {
            self.day = day
            self.isCertain = isCertain
        }
    }

    /// The day by which so many working days have gone after a day. The day itself does not count, whether it is a working day or not.
    public static func reckon(_ count: Int, after day: Day, _ holidays: BankHolidays = .england) -> Reckoned {
        var (at, left, isCertain) = (day, count, true)
        while left > 0 {
            at = at.adding(days: 1)
            if at.weekday > 5 { continue }
            switch holidays.contains(at) {
            case true: continue
            case false: break
            case nil: isCertain = false
            }
            left -= 1
        }
        return Reckoned(day: at, isCertain: isCertain)
    }

    /// How many working days lie after one day and up to another; negative when the other is earlier.
    public static func count(from day: Day, to other: Day, _ holidays: BankHolidays = .england) -> Int {
        guard day <= other else { return -count(from: other, to: day, holidays) }
        var (at, sum) = (day, 0)
        while at < other {
            at = at.adding(days: 1)
            if at.weekday <= 5, holidays.contains(at) != true { sum += 1 }
        }
        return sum
    }
}
