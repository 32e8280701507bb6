public import Civil
public import Store

/// How long one kind of thing is kept, and what becomes of it then (`docs/rules/retention.md`).
///
/// Each room declares its own beside its tables. What is counted beforehand and what is cleared is found by one condition.
public struct Retention: Sendable {
    /// How long.
    public enum Period: Sendable, Equatable {
        case days(Int), years(Int)
        /// It goes with the next clearing.
        case none

        /// What is older than this has been kept its time.
        public func start(before now: Instant) -> Instant {
            switch self {
            case .none: return now
            case .days(let count): return now.adding(seconds: -count * 86_400)
            case .years(let count):
                let today = now.dayInLondon
                // 29 February, a number of years ago, may be no day at all.
                let then =
                    Day(year: today.year - count, month: today.month, day: today.day)
                    ?? Day(year: today.year - count, month: today.month, day: 28)
                return now.adding(seconds: ((then?.daysSince1970 ?? today.daysSince1970) - today.daysSince1970) * 86_400)
            }
        }

        /// In its own unit; nil for what goes with the next clearing.
        public var amount: Int? {
            switch self {
            case .none: nil
            case .days(let count), .years(let count): count
            }
        }

        /// What is counted: "days" or "years"; empty for what goes with the next clearing.
        public var unit: String {
            switch self {
            case .none: ""
            case .days: "days"
            case .years: "years"
            }
        }

        /// So many of the same unit.
        public func with(amount: Int) -> Period {
            switch self {
            case .none: .none
            case .days: .days(amount)
            case .years: .years(amount)
            }
        }

        public var words: String {
            switch self {
            case .none: "no longer"
            case .days(let count): count == 1 ? "1 day" : "\(count) days"
            case .years(let count): count == 1 ? "1 year" : "\(count) years"
            }
        }
    }

    /// How far the controller may move a period, in its own unit, and why no further.
    public struct Bounds: Sendable, Equatable {
        public let least: Int
        public let most: Int
        /// One or two sentences: what the law, the field or the program itself asks.
        public let why: String

        /// From `least` to `most`, both allowed.
        public static func between(_ least: Int, _ most: Int, _ why: String) -> Bounds { Bounds(least: least, most: most, why: why) }

        /// A period nobody changes.
        public static func fixed(_ why: String) -> Bounds { Bounds(least: 0, most: 0, why: why) }

        public var isFixed: Bool { least == most }
    }

    /// What becomes of what has been kept its time.
    public enum Fate: Sendable {
        case deleted
        /// These columns are set, so that the condition no longer finds it: `name = ''`.
        case blanked(SQL)
        /// Something of the room's own is done with each, by its key.
        case each(@Sendable (_ key: String, Tools, any Session) throws -> Void)
    }

    /// A short name that never changes, for the trail: `sessions`.
    public let code: String
    /// What it is, as people say it: "Ended sign-ins".
    public let words: String
    /// How long it is kept unless somebody chose otherwise: the standard of the field.
    public let standard: Period
    /// How long it is kept now.
    public private(set) var period: Period
    public let bounds: Bounds
    /// From when the time counts, and what happens then: "after they ended; deleted".
    public let then: String
    private let table: SQL
    private let key: SQL
    private let fate: Fate
    private let condition: @Sendable (_ limit: Instant) -> SQL

    public init(
        _ code: String, _ words: String, _ period: Period, _ bounds: Bounds, then: String, in table: SQL, key: SQL = "id",
        _ fate: Fate = .deleted,
        where condition: @escaping @Sendable (_ limit: Instant) -> SQL
    ) {
        self.code = code
        self.words = words
        standard = period
        self.period = period
        self.bounds = bounds
        self.then = then
        self.table = table
        self.key = key
        self.fate = fate
        self.condition = condition
    }

    /// Whether somebody chose another period than the standard one.
    public var isChanged: Bool { period != standard }

    /// How far it may be moved, in words: "1 to 7 years".
    public var range: String { bounds.isFixed ? "not changed" : "\(bounds.least) to \(bounds.most) \(standard.unit)" }

    /// The same rule with so much of its own unit. What lies outside the bounds comes to the nearest of them.
    public func kept(_ amount: Int) -> Retention {
        var rule = self
        if !bounds.isFixed { rule.period = standard.with(amount: min(max(amount, bounds.least), bounds.most)) }
        return rule
    }

    /// How many things have been kept their time at this moment.
    public func due(at now: Instant, in session: any Session) throws -> Int {
        try session.count("select count(*) from \(table) where \(condition(period.start(before: now)))")
    }

    /// Clears at most so many of them. Returns how many; fewer than asked for means that none is left.
    public func clear(atMost most: Int, _ tools: Tools, in session: any Session) throws -> Int {
        let limit = period.start(before: tools.clock.now)
        let keys = try session.all("select \(key) as due_key from \(table) where \(condition(limit)) order by 1 limit \(most)")
            .map { $0.text("due_key") }
        if keys.isEmpty { return 0 }
        switch fate {
        case .deleted: try session.run("delete from \(table) where \(key) in \(list: keys)")
        case .blanked(let columns): try session.run("update \(table) set \(columns) where \(key) in \(list: keys)")
        case .each(let act): for key in keys { try act(key, tools, session) }
        }
        return keys.count
    }
}
