/// The bank holidays of England and Wales, for the years they are known.
///
/// Source: GOV.UK, "UK bank holidays", England and Wales (https://www.gov.uk/bank-holidays), Open Government Licence v3.0. The government
/// publishes them some two years ahead and may add one (a coronation, a funeral), so they are a list with an end and not a rule.
public struct BankHolidays: Sendable {
    /// The first and the last day the list speaks for.
    public let first: Day
    public let last: Day
    private let days: Set<Day>

    public init(first: Day, last: Day, days: Set<Day>) {
        self.first = first
        self.last = last
        self.days = days
    }

    /// Nil for a day the list does not speak for.
    public func contains(_ day: Day) -> Bool? { (first...last).contains(day) ? days.contains(day) : nil }

    /// As far as we know them.
    public static let england: BankHolidays = {
        let known = published.flatMap { year in year.days.compactMap { Day(year: year.year, month: $0.0, day: $0.1) } }
        let years = published.map(\.year)
        let first = Day(year: years.min() ?? 1, month: 1, day: 1)
        let last = Day(year: years.max() ?? 1, month: 12, day: 31)
        // Both are days of the calendar, whatever the years.
        return BankHolidays(first: first ?? Day(daysSince1970: 0), last: last ?? Day(daysSince1970: 0), days: Set(known))
    }()

    private struct Year: Sendable {
        let year: Int
        let days: [(Int, Int)]
    }

    /// Month and day. Whole years only: what is missing in a year counts as a working day.
    private static let published: [Year] = [
        Year(year: 2025, days: [(1, 1), (4, 18), (4, 21), (5, 5), (5, 26), (8, 25), (12, 25), (12, 26)]),
        // Boxing Day is a Saturday: Monday 28 December instead.
        Year(year: 2026, days: [(1, 1), (4, 3), (4, 6), (5, 4), (5, 25), (8, 31), (12, 25), (12, 28)]),
        // Christmas Day is a Saturday and Boxing Day a Sunday: Monday 27 and Tuesday 28 December instead.
        Year(year: 2027, days: [(1, 1), (3, 26), (3, 29), (5, 3), (5, 31), (8, 30), (12, 27), (12, 28)]),
    ]
}
