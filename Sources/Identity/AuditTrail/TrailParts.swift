internal import House
internal import Store

/// Entries of the trail in parts, each of which an index gives in the order of time. The newest of many hubs are then found in the newest
/// of each; asked for all hubs at once, an engine reads all they ever wrote and sorts it.
struct TrailParts: Sendable {
    private let conditions: [SQL]

    init(_ conditions: [SQL]) { self.conditions = conditions }

    /// Newest first.
    func newest(_ count: Int, after offset: Int, _ session: any Session) throws -> [TrailEntry] {
        try entries("order by at desc, id desc", count, after: offset, session)
    }

    /// Oldest first, from the entry given on.
    func oldest(_ count: Int, from last: TrailEntry?, _ session: any Session) throws -> [TrailEntry] {
        // The first half is what an index is entered by.
        let further: SQL = last.map { "and at >= \($0.moment) and (at > \($0.moment) or id > \($0.id))" } ?? ""
        return try entries("order by at, id", count, and: further, session)
    }

    /// How many there are, counted no further than `most`.
    func count(upTo most: Int, _ session: any Session) throws -> Int {
        let each = conditions.map { "select * from (select 1 as one from audit where \($0) limit \(most)) as part" as SQL }
        return min(most, try session.count("select count(*) from (\(.join(each, separator: " union all "))) as newest"))
    }

    private func entries(_ order: SQL, _ count: Int, after offset: Int = 0, and further: SQL = "", _ session: any Session) throws
        -> [TrailEntry]
    {
        guard conditions.count > 1 else {
            let condition = conditions.first ?? "1 = 0"
            return try session.all("select * from audit where \(condition) \(further) \(order) limit \(count) offset \(offset)")
                .map(TrailEntry.init)
        }
        let each = conditions.map { condition -> SQL in
            "select * from (select * from audit where \(condition) \(further) \(order) limit \(offset + count)) as part"
        }
        return try session.all("\(.join(each, separator: " union all ")) \(order) limit \(count) offset \(offset)").map(TrailEntry.init)
    }
}
