internal import Civil
internal import House
internal import Store

extension FormatRequest {
    private static let columns: SQL = """
        select f.*, h.slug, h.name as hub_name, h.is_sample, h.opened_at from format_request f join hub h on h.id = f.hub_id
        """

    init(_ row: Row) {
        id = row.text("id")
        hub = Hub(
            id: row.text("hub_id"), name: row.text("hub_name"), slug: row.text("slug"), isSample: row.bool("is_sample"),
            isOpen: row.textOrNil("opened_at") != nil)
        what = row.text("what")
        format = row.code("format") ?? .other
        detail = row.textOrNil("detail")
        name = row.text("name")
        email = row.textOrNil("email")
        telephone = row.textOrNil("telephone")
        address = row.textOrNil("address")
        askedAt = row.instant("asked_at") ?? Instant(seconds: 0)
        due = WorkingDays.Reckoned(day: row.day("due_day") ?? askedAt.dayInLondon, isCertain: row.bool("is_due_certain"))
        answeredAt = row.instant("answered_at")
        answer = row.textOrNil("answer")
        clearedAt = row.instant("cleared_at")
    }

    /// Those of these hubs, the first due first; or those answered, the last answered first, at most two hundred.
    static func all(of hubs: [Hub], isAnswered: Bool, _ session: any Session) throws -> [FormatRequest] {
        let order: SQL =
            isAnswered
            ? "f.answered_at is not null order by f.answered_at desc, f.id desc limit 200"
            : "f.answered_at is null order by f.due_day, f.asked_at, f.id"
        return try session.all("\(columns) where f.hub_id in \(list: hubs.map(\.id)) and \(order)").map { FormatRequest($0) }
    }

    /// The request of this id; nil where the hub has none.
    static func find(_ id: String, of slug: String, _ session: any Session) throws -> FormatRequest? {
        try session.first("\(columns) where f.id = \(id) and h.slug = \(slug)").map { FormatRequest($0) }
    }

    /// What somebody asks for, before it is a request.
    struct Wish: Sendable {
        let hub: Hub
        let what: String
        let format: Format
        let detail: String?
        let name: String
        let email: String?
        let telephone: String?
        let address: String?
    }

    /// More than this in an hour is no longer people who ask.
    static let mostInAnHour = 60

    /// Keeps a wish, due five working days from today. Returns its id. Throws `Refusal.tooMany` when a hub is flooded.
    static func ask(_ wish: Wish, _ session: any Session, _ tools: Tools) throws -> String {
        try session.lock("eyhub.format.\(wish.hub.id)")
        let now = tools.clock.now
        let lately = try session.count(
            "select count(*) from format_request where hub_id = \(wish.hub.id) and asked_at > \(now.adding(seconds: -3_600))")
        guard lately < mostInAnHour else { throw Refusal.tooMany(seconds: 3_600) }
        try clearOld(tools, session)
        let today = tools.clock.today
        let due = WorkingDays.reckon(workingDays, after: today)
        let id = tools.ids.next()
        let asker = tools.asker.personID.map { "person:\($0)" }
        try session.run(
            """
            insert into format_request (id, hub_id, what, format, detail, name, email, telephone, address, asked_at, asked_day, by_whom,
                due_day, is_due_certain)
            values (\(id), \(wish.hub.id), \(wish.what), \(wish.format), \(wish.detail), \(wish.name), \(wish.email), \(wish.telephone),
                \(wish.address), \(now), \(today), \(asker), \(due.day), \(due.isCertain))
            """)
        // What they want and who they are is in the request itself, which can be cleared; the trail cannot.
        try Audit.log(
            session, tools, action: "directory.format.asked", subject: "format:\(id)", after: "\(wish.format.rawValue), due \(due.day.iso)")
        try tools.tell(
            whoMay: .answerFormats, at: Whereabouts(hubs: [wish.hub.id]),
            News("Somebody asks for another format", ["It is due on \(due.day.medium)."], path: "/staff/formats"), session)
        return id
    }

    /// Writes down how it was answered; `nil` takes that back. Returns whether it was as expected.
    func decide(_ answer: String?, _ session: any Session, _ tools: Tools) throws -> Bool {
        let isOpen: SQL = answer == nil ? "answered_at is not null" : "answered_at is null"
        let changed = try session.run(
            """
            update format_request set answer = \(answer), answered_at = \(answer == nil ? nil : tools.clock.now),
                decided_by = \(tools.asker.auditName) where id = \(id) and \(isOpen)
            """)
        guard changed == 1 else { return false }
        let before = answeredAt.map { "answered \($0.dayInLondon.iso)" } ?? "waiting, due \(due.day.iso)"
        try Audit.log(
            session, tools, action: answer == nil ? "directory.format.reopened" : "directory.format.answered", subject: "format:\(id)",
            before: before, after: answer == nil ? "waiting, due \(due.day.iso)" : "answered \(tools.clock.today.iso)")
        try FormatRequest.clearOld(tools, session)
        return true
    }
}
