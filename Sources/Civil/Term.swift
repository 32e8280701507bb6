/// A school term as early years reports count it: autumn 1 September to 31 December, spring 1 January to 31 March, summer 1 April to
/// 31 August (the funding terms of the Early Years entitlements).
public struct Term: Sendable, Hashable, Comparable {
    public enum Season: Int, Sendable, CaseIterable {
        case spring, summer, autumn

        /// The month it begins in.
        var firstMonth: Int { [1, 4, 9][rawValue] }
        public var name: String { ["Spring", "Summer", "Autumn"][rawValue] }
    }

    public let year: Int
    public let season: Season

    public init(year: Int, season: Season) {
        self.year = year
        self.season = season
    }

    /// The term a day lies in.
    public init(of day: Day) {
        self.init(year: day.year, season: day.month >= 9 ? .autumn : day.month >= 4 ? .summer : .spring)
    }

    public var first: Day { Day(year: year, month: season.firstMonth, day: 1) ?? Day(daysSince1970: 0) }
    public var last: Day { next.first.adding(days: -1) }

    public var next: Term {
        Season(rawValue: season.rawValue + 1).map { Term(year: year, season: $0) } ?? Term(year: year + 1, season: .spring)
    }

    public var previous: Term {
        Season(rawValue: season.rawValue - 1).map { Term(year: year, season: $0) } ?? Term(year: year - 1, season: .autumn)
    }

    /// "Autumn 2026".
    public var name: String { "\(season.name) \(year)" }

    public static func < (left: Term, right: Term) -> Bool {
        (left.year, left.season.rawValue) < (right.year, right.season.rawValue)
    }
}
