internal import Civil
internal import Directory
internal import House
internal import Identity
internal import Store

/// What the hub's team does with a request. Each is told to whoever asked and joined.
extension Requests {
    /// Somebody else did something to it while this was written.
    struct Changed: Error {}

    /// One change of a request that shows this version. Throws `Changed` when it has another by now.
    private static func change(_ request: NeedRequest, over version: Int, _ set: SQL, _ session: any Session) throws {
        try session.lock("eyhub.requests.\(request.hubID)")
        let changed = try session.run(
            """
            update need_request set \(set), version = version + 1
            where id = \(request.id) and version = \(version) and merged_into is null
            """)
        if changed != 1 { throw Changed() }
    }

    static func answer(_ request: NeedRequest, _ words: String, over version: Int, _ tools: Tools, _ session: any Session) throws {
        try change(request, over: version, "state = 'answered', answered_at = coalesce(answered_at, \(tools.clock.now))", session)
        try note("answered", request.id, words: words, tools, session)
        try tell("Answered: \(request.topic)", ["\(tools.asker.name) answered request \(request.number):", words], request, tools, session)
    }

    struct Passing: Sendable {
        var to: String
        /// The people of the hub with this role are told.
        var role: Role?
        var byDay: Day
        var words: String?
    }

    static func pass(_ request: NeedRequest, _ passing: Passing, over version: Int, _ tools: Tools, _ session: any Session) throws {
        try change(
            request, over: version,
            "state = 'passed', passed_to = \(passing.to), passed_role = \(passing.role?.rawValue), passed_by_day = \(passing.byDay)",
            session)
        let words = "To \(passing.to), by \(passing.byDay.medium).\(passing.words.map { " \($0)" } ?? "")"
        try note("passed", request.id, words: words, tools, session)
        try tell("Passed on: \(request.topic)", ["Request \(request.number) was passed on.", words], request, tools, session)
        guard let role = passing.role else { return }
        let path = "/staff/network/\(try Directory.hubSlug(request.hubID, session))/requests/\(request.number)"
        for person in Set(try PeopleBook.of(hub: request.hubID, roles: [role], session).map(\.id)).sorted() {
            let news = News(
                "A request is passed to you: \(request.topic)",
                ["\(tools.asker.name) asks for an answer by \(passing.byDay.medium).", request.words],
                path: path)
            try tools.tell(person, news, session)
        }
    }

    static func close(_ request: NeedRequest, _ words: String?, over version: Int, _ tools: Tools, _ session: any Session) throws {
        try change(request, over: version, "state = 'closed'", session)
        try note("closed", request.id, words: words, tools, session)
        try tell("Closed: \(request.topic)", ["Request \(request.number) is closed."] + (words.map { [$0] } ?? []), request, tools, session)
    }

    /// It waits for an answer again.
    static func reopen(_ request: NeedRequest, over version: Int, _ tools: Tools, _ session: any Session) throws {
        try change(request, over: version, "state = 'open'", session)
        try note("reopened", request.id, words: nil, tools, session)
        try tell("Open again: \(request.topic)", ["Request \(request.number) waits for an answer again."], request, tools, session)
    }

    /// Puts one request into another. Both must still stand by themselves: of two who merge at once the second is told.
    static func merge(_ request: NeedRequest, into other: NeedRequest, _ tools: Tools, _ session: any Session) throws {
        try session.lock("eyhub.requests.\(request.hubID)")
        let standing = try session.count(
            "select count(*) from need_request where id in \(list: [request.id, other.id]) and merged_into is null and hub_id = \(request.hubID)"
        )
        guard request.id != other.id, standing == 2 else { throw Changed() }
        try session.run("update need_request set merged_into = \(other.id), version = version + 1 where id = \(request.id)")
        try session.run("update need_request set version = version + 1 where id = \(other.id)")
        try note("merged", request.id, words: "Into request \(other.number), “\(other.topic)”.", after: other.id, tools, session)
        try note("took-in", other.id, words: "Request \(request.number), “\(request.topic)”.", after: request.id, tools, session)
        try tell(
            "Joined with another: \(request.topic)",
            ["Request \(request.number) is answered together with request \(other.number), “\(other.topic)”."], request, tools, session)
    }

    /// Takes it out again, as if it had never been merged.
    static func unmerge(_ request: NeedRequest, _ tools: Tools, _ session: any Session) throws {
        try session.lock("eyhub.requests.\(request.hubID)")
        guard let into = request.mergedInto,
            try session.run(
                "update need_request set merged_into = null, version = version + 1 where id = \(request.id) and merged_into = \(into)") == 1
        else { throw Changed() }
        try session.run("update need_request set version = version + 1 where id = \(into)")
        try note("unmerged", request.id, words: nil, after: into, tools, session)
        try note("gave-back", into, words: "Request \(request.number), “\(request.topic)”.", after: request.id, tools, session)
    }

    static func set(promise days: Int, _ hub: String, _ tools: Tools, _ session: any Session) throws {
        try session.run("delete from request_promise where hub_id = \(hub)")
        try session.run("insert into request_promise (hub_id, days) values (\(hub), \(days))")
        try Audit.log(session, tools, action: "network.request.promise", subject: "hub:\(hub)", after: "\(days) working days")
    }

    /// Tells whoever asked and joined, here and in what was merged into it, once each.
    private static func tell(
        _ subject: String, _ lines: [String], _ request: NeedRequest, _ tools: Tools, _ session: any Session
    ) throws {
        guard let book = try books([request.hubID], session).first(where: { $0.request.id == request.id }) else { return }
        let hub = try Directory.hubSlug(request.hubID, session)
        let joiners = try session.all(
            """
            select request_id, setting_id, by_whom from request_joiner
            where request_id in \(list: book.all.map(\.id)) and left_at is null order by joined_at, setting_id
            """)
        let asked = book.all.map { (by: $0.by, setting: $0.settingID) }
        let joined = joiners.map { (by: $0.text("by_whom"), setting: $0.textOrNil("setting_id")) }
        var seen: Set<String> = []
        for one in asked + joined where one.by.hasPrefix("person:") && seen.insert(one.by).inserted {
            let path = one.setting.map { "/own/\($0)/requests/\(request.number)" } ?? "/staff/network/\(hub)/requests/\(request.number)"
            try tools.tell(String(one.by.dropFirst(7)), News(subject, lines, path: path), session)
        }
    }
}
