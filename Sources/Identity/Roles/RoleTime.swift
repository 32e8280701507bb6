public import Civil
internal import House
internal import Page
internal import Store

/// From when to when a role is held: days in England, the last one with the whole of it. Without a first day it begins at once, without a
/// last it goes on until somebody ends it.
public struct RoleTime: Sendable, Equatable {
    public var first: Day?
    public var last: Day?

    public init(first: Day? = nil, last: Day? = nil) {
        self.first = first
        self.last = last
    }

    init(_ row: Row) { self.init(first: row.day("from_day"), last: row.day("last_day")) }

    /// A year ahead is a plan; more is a slip of the pen.
    private static let farthestFirst = 366
    private static let farthestLast = 3_660

    /// Why these days cannot be, and which of the two it is; nil when they can.
    func fault(on today: Day) -> (isOfFirst: Bool, words: String)? {
        if let first, first > today.adding(days: Self.farthestFirst) { return (true, "Write a day within a year.") }
        guard let last else { return nil }
        if last < today { return (false, "This day is over. Write a day to come, or leave it empty.") }
        if let first, last < first { return (false, "The last day comes before the first.") }
        return last > today.adding(days: Self.farthestLast) ? (false, "Write a day within ten years, or leave it empty.") : nil
    }

    /// Read from the fields `from` and `until` of a form.
    static func read(_ reader: inout FormReader, today: Day) -> RoleTime {
        let time = RoleTime(first: reader.day("from"), last: reader.day("until"))
        if let fault = time.fault(on: today) { reader.fail(fault.isOfFirst ? "from" : "until", fault.words) }
        return time
    }

    /// The first day, if that is still to come.
    func firstToCome(after today: Day) -> Day? { first.flatMap { $0 > today ? $0 : nil } }

    /// ", from 1 January 2027, until 31 July 2027"; nothing for a role without an end that begins at once.
    func words(on today: Day) -> String {
        [firstToCome(after: today).map { ", from \($0.medium)" }, last.map { ", until \($0.medium)" }].compactMap { $0 }.joined()
    }

    /// The rows of `role r` whose last day is not over.
    static func isNotOver(on today: Day) -> SQL { "(r.last_day is null or r.last_day >= \(today))" }
}
