internal import Civil
internal import Directory
internal import House
internal import Identity
internal import Store

/// Something somebody asked the hub for (`docs/rules/request-board.md`).
struct NeedRequest: Sendable {
    enum State: String, Sendable, CaseIterable, Bindable {
        case open, passed, answered, closed

        var name: String {
            switch self {
            case .open: "Waiting"
            case .passed: "Passed on"
            case .answered: "Answered"
            case .closed: "Closed"
            }
        }
    }

    /// One thing that happened to it.
    struct Event: Sendable {
        let id: String
        let requestID: String
        let at: Instant
        let what: String
        let words: String?
        let settingID: String?
        let by: String
    }

    let id: String
    let hubID: String
    /// In this hub, counting from 1.
    let number: Int
    let topic: String
    let words: String
    let settingID: String?
    /// Whether other settings see who asks.
    let isOpenAboutAsker: Bool
    let askedAt: Instant
    let by: String
    let state: State
    /// The hub's own deadline for an answer.
    let answerBy: Day
    /// When it was first answered.
    let answeredAt: Instant?
    let passedTo: String?
    let passedByDay: Day?
    let mergedInto: String?
    let version: Int

    /// Neither answered nor closed.
    var isWaiting: Bool { state == .open || state == .passed }
    /// Past its answer day. One that was merged is not: the one it went into waits in its place.
    func isOverdue(on today: Day) -> Bool {
        guard isWaiting, mergedInto == nil else { return false }
        if state == .passed, let by = passedByDay { return by < today }
        return answerBy < today
    }
}

extension NeedRequest {
    init?(_ row: Row) {
        guard let state: State = row.code("state"), let asked = row.instant("asked_at"), let by = row.day("answer_by") else { return nil }
        id = row.text("id")
        hubID = row.text("hub_id")
        number = row.int("number")
        topic = row.text("topic")
        words = row.text("words")
        settingID = row.textOrNil("setting_id")
        isOpenAboutAsker = row.bool("is_open_about_asker")
        askedAt = asked
        self.by = row.text("by_whom")
        self.state = state
        answerBy = by
        answeredAt = row.instant("answered_at")
        passedTo = row.textOrNil("passed_to")
        passedByDay = row.day("passed_by_day")
        mergedInto = row.textOrNil("merged_into")
        version = row.int("version")
    }
}

/// A request with those that were merged into it, and who joined.
struct RequestBook: Sendable {
    let request: NeedRequest
    /// Those merged into it, and into them.
    let parts: [NeedRequest]
    /// Every setting that asked or joined, once; who asked first.
    let settings: [String]
    /// Of those, the ones that let others see it or joined of their own.
    let joined: Set<String>

    /// Asker and joiners, once each; somebody of the team who asks for no setting counts as one.
    var asking: Int { max(1, settings.count) }
    var all: [NeedRequest] { [request] + parts }
}

/// Requests as they stand in the database.
enum Requests {
    static let usualDays = 10

    /// Working days within which a hub answers.
    static func promise(_ hub: String, _ session: any Session) throws -> Int {
        try session.first("select days from request_promise where hub_id = \(hub)")?.intOrNil("days") ?? usualDays
    }

    /// All of a hub, the newest first, each with what was merged into it: three statements however many there are.
    static func books(_ hubs: [String], _ session: any Session) throws -> [RequestBook] {
        let all = try session.all("select * from need_request where hub_id in \(list: hubs) order by asked_at desc, number desc").compactMap
        {
            NeedRequest($0)
        }
        let joiners = try session.all(
            """
            select j.request_id, j.setting_id from request_joiner j join need_request r on r.id = j.request_id
            where r.hub_id in \(list: hubs) and j.left_at is null order by j.joined_at, j.setting_id
            """)
        let joined = Dictionary(grouping: joiners, by: { $0.text("request_id") }).mapValues { $0.map { $0.text("setting_id") } }
        let children = Dictionary(grouping: all.filter { $0.mergedInto != nil }, by: { $0.mergedInto ?? "" })
        return all.map { request in
            var parts: [NeedRequest] = []
            var next = children[request.id] ?? []
            while let part = next.popLast() {
                parts.append(part)
                next += children[part.id] ?? []
            }
            parts.sort { $0.number < $1.number }
            var settings: [String] = []
            var seen: Set<String> = []
            let own = [request] + parts
            for one in own { if let id = one.settingID, seen.insert(id).inserted { settings.append(id) } }
            let joinedHere = own.flatMap { joined[$0.id] ?? [] }
            for id in joinedHere where seen.insert(id).inserted { settings.append(id) }
            return RequestBook(request: request, parts: parts, settings: settings, joined: Set(joinedHere))
        }
    }

    /// A hub's request of this number. Throws `Refusal.notFound`.
    static func find(_ number: String, hub: String, _ session: any Session) throws -> NeedRequest {
        guard let number = Int(number), number > 0,
            let request = try session.first("select * from need_request where hub_id = \(hub) and number = \(number)").flatMap({
                NeedRequest($0)
            })
        else { throw Refusal.notFound("There is no request of this number.") }
        return request
    }

    /// What happened to a request and to those merged into it, the oldest first.
    static func events(_ ids: [String], _ session: any Session) throws -> [NeedRequest.Event] {
        try session.all("select * from request_event where request_id in \(list: ids) order by at, id").compactMap { row in
            row.instant("at").map {
                NeedRequest.Event(
                    id: row.text("id"), requestID: row.text("request_id"), at: $0, what: row.text("what"), words: row.textOrNil("words"),
                    settingID: row.textOrNil("setting_id"), by: row.text("by_whom"))
            }
        }
    }

    // MARK: Asking and joining

    struct New: Sendable {
        /// Made with the form, so that the same form sent twice asks once.
        var id: String
        var hubID: String
        var topic: String
        var words: String
        var settingID: String?
        var isOpenAboutAsker: Bool
    }

    /// Asks, under the hub's next number. Returns the number. On PostgreSQL `on conflict do nothing` makes of two who take one number at
    /// once a conflict that the store tries again, here and in the other writes of this room.
    static func ask(_ new: New, _ tools: Tools, _ session: any Session) throws -> Int {
        try session.lock("eyhub.requests.\(new.hubID)")
        let known = try session.first("select number, hub_id from need_request where id = \(new.id)")
        if let known, known.text("hub_id") == new.hubID { return known.int("number") }
        let id = known == nil ? new.id : tools.ids.next()
        let number = try session.count("select coalesce(max(number), 0) + 1 from need_request where hub_id = \(new.hubID)")
        let by = WorkingDays.reckon(try promise(new.hubID, session), after: tools.clock.today).day
        try session.run(
            """
            insert into need_request (id, hub_id, number, topic, words, setting_id, is_open_about_asker, asked_at, by_whom, state, answer_by,
                version)
            values (\(id), \(new.hubID), \(number), \(new.topic), \(new.words), \(new.settingID), \(new.isOpenAboutAsker),
                \(tools.clock.now), \(tools.asker.auditName), 'open', \(by), 1)
            on conflict (hub_id, number) do nothing
            """)
        try note("asked", id, words: nil, setting: new.settingID, tools, session)
        return number
    }

    /// "We too", once for a setting. Joining again after leaving is joining.
    static func join(_ request: NeedRequest, setting: String, _ tools: Tools, _ session: any Session) throws {
        try session.lock("eyhub.requests.\(request.hubID)")
        if request.settingID == setting { return }
        let row = try session.first(
            "select left_at from request_joiner where request_id = \(request.id) and setting_id = \(setting)")
        if let row, row.textOrNil("left_at") == nil { return }
        if row != nil {
            try session.run(
                """
                update request_joiner set left_at = null, joined_at = \(tools.clock.now), by_whom = \(tools.asker.auditName)
                where request_id = \(request.id) and setting_id = \(setting)
                """)
        } else {
            try session.run(
                """
                insert into request_joiner (request_id, setting_id, by_whom, joined_at)
                values (\(request.id), \(setting), \(tools.asker.auditName), \(tools.clock.now))
                on conflict (request_id, setting_id) do nothing
                """)
        }
        try note("joined", request.id, words: nil, setting: setting, tools, session)
    }

    /// Takes "we too" back, wherever in a merged request it was said.
    static func leave(_ book: RequestBook, setting: String, _ tools: Tools, _ session: any Session) throws {
        try session.lock("eyhub.requests.\(book.request.hubID)")
        for request in book.all {
            let left = try session.run(
                """
                update request_joiner set left_at = \(tools.clock.now)
                where request_id = \(request.id) and setting_id = \(setting) and left_at is null
                """)
            if left == 1 { try note("left", request.id, words: nil, setting: setting, tools, session) }
        }
    }

    /// A line of the story, with its line of the trail.
    static func note(
        _ what: String, _ id: String, words: String?, setting: String? = nil, after: String? = nil, _ tools: Tools, _ session: any Session
    ) throws {
        try session.run(
            """
            insert into request_event (id, request_id, at, what, words, setting_id, by_whom)
            values (\(tools.ids.next()), \(id), \(tools.clock.now), \(what), \(words), \(setting), \(tools.asker.auditName))
            """)
        try Audit.log(session, tools, action: "network.request.\(what)", subject: "request:\(id)", after: after)
    }
}
