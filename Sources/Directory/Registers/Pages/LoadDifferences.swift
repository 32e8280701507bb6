internal import Civil
internal import House
internal import Page
internal import Store

/// What a load changes, list by list, one page of the list that is shown.
struct LoadDifferences: Sendable {
    /// The lists, in the order they are offered.
    enum List: String, Sendable, CaseIterable {
        case changed, new, gone, back, disputed, rejected, remarks

        /// Which is shown when nobody asked for one: what needs a look first.
        static let pressing: [List] = [.disputed, .changed, .gone, .back, .rejected, .new, .remarks]

        var words: String {
            switch self {
            case .changed: "Changed"
            case .new: "New"
            case .gone: "Gone"
            case .back: "Back again"
            case .disputed: "Differs from a correction"
            case .rejected: "Rejected"
            case .remarks: "Remarks"
            }
        }
    }

    /// A record with what differs in it.
    struct Item: Sendable {
        let register: String
        let urn: String
        let name: String?
        /// Its setting, when there is one already.
        let settingID: String?
        let lines: [(field: String?, before: String?, after: String?)]
    }

    struct Problem: Sendable {
        let line: Int
        let reason: String
        let row: String
    }

    let counts: [List: Int]
    let shown: List?
    let items: [Item]
    let problems: [Problem]
    let page: Int
    /// What is said of the file as a whole: columns not known, records missing.
    let ofTheFile: [String]

    static let size = 25

    static func load(_ load: StoredLoad, asked query: FormData, in session: any Session) throws -> LoadDifferences {
        let counts = try counts(of: load, in: session)
        let asked = query["show"].flatMap(List.init).flatMap { counts[$0] == nil ? nil : $0 }
        let shown = asked ?? List.pressing.first { counts[$0] != nil }
        let paging = Paging(
            page: max(1, query["page"].flatMap { Int($0) } ?? 1), size: size, total: shown.flatMap { counts[$0] } ?? 0,
            address: PageAddress(load.path))
        let whole = try session.all(
            """
            select reason from load_problem where load_id = \(load.id) and is_rejected = 0 and number > 0
                and (line = 0 or reason like 'Columns %') order by number limit 10
            """
        ).map { $0.text("reason") }
        return LoadDifferences(
            counts: counts, shown: shown, items: try items(of: load, shown, paging, in: session),
            problems: try problems(of: load, shown, paging, in: session), page: paging.page, ofTheFile: whole)
    }

    private static func counts(of load: StoredLoad, in session: any Session) throws -> [List: Int] {
        var counts: [List: Int] = [:]
        for row in try session.all(
            """
            select d.what, count(*) as n from (
                select distinct what, register, urn from load_change where load_id = \(load.id)) d group by d.what
            """)
        {
            if let list = List(rawValue: row.text("what")) { counts[list] = row.int("n") }
        }
        for row in try session.all(
            """
            select is_rejected, count(*) as n from load_problem where load_id = \(load.id) and number > 0 group by is_rejected
            """)
        {
            counts[row.bool("is_rejected") ? .rejected : .remarks] = row.int("n")
        }
        return counts
    }

    private static func items(
        of load: StoredLoad, _ list: List?, _ paging: Paging, in session: any Session
    ) throws -> [Item] {
        guard let list, list != .rejected, list != .remarks else { return [] }
        let records = try session.all(
            """
            select c.register, c.urn, max(c.name) as name, max(s.id) as setting_id from load_change c
            left join setting s on s.id = c.setting_id
            where c.load_id = \(load.id) and c.what = \(list.rawValue)
            group by c.register, c.urn order by min(c.number) limit \(size) offset \(paging.offset)
            """)
        var lines: [String: [(field: String?, before: String?, after: String?)]] = [:]
        for row in try session.all(
            """
            select register, urn, field, before, after from load_change
            where load_id = \(load.id) and what = \(list.rawValue) and urn in \(list: records.map { $0.text("urn") })
            order by number
            """)
        {
            lines["\(row.text("register")) \(row.text("urn"))", default: []].append(
                (row.textOrNil("field"), row.textOrNil("before"), row.textOrNil("after")))
        }
        return records.map { row in
            Item(
                register: row.text("register"), urn: row.text("urn"), name: row.textOrNil("name"),
                settingID: row.textOrNil("setting_id"), lines: lines["\(row.text("register")) \(row.text("urn"))"] ?? [])
        }
    }

    private static func problems(
        of load: StoredLoad, _ list: List?, _ paging: Paging, in session: any Session
    ) throws -> [Problem] {
        guard let list, list == .rejected || list == .remarks else { return [] }
        return try session.all(
            """
            select line, reason, fields from load_problem
            where load_id = \(load.id) and number > 0 and is_rejected = \(list == .rejected)
            order by line, number limit \(size) offset \(paging.offset)
            """
        ).map { Problem(line: $0.int("line"), reason: $0.text("reason"), row: $0.text("fields")) }
    }
}
