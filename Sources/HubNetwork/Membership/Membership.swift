internal import Civil
internal import House
internal import Page
internal import Store

/// Joining and leaving a hub (`docs/rules/membership.md`).
enum Memberships {
    /// The setting joins. One that is a member already stays as it is.
    static func join(_ setting: String, _ hub: String, on day: Day, _ tools: Tools, _ session: any Session) throws {
        try session.lock("eyhub.membership.\(setting)")
        guard
            try session.count("select count(*) from membership where hub_id = \(hub) and setting_id = \(setting) and left_day is null") == 0
        else { return }
        try session.run(
            """
            insert into membership (id, hub_id, setting_id, joined_day, by_whom)
            values (\(tools.ids.next()), \(hub), \(setting), \(day), \(tools.asker.auditName))
            """)
        try Audit.log(session, tools, action: "network.membership.joined", subject: "setting:\(setting)", after: day.iso)
    }

    /// The setting leaves, and may say why.
    static func leave(_ setting: String, _ hub: String, on day: Day, because: String?, _ tools: Tools, _ session: any Session) throws {
        let left = try session.run(
            """
            update membership set left_day = case when joined_day > \(day) then joined_day else \(day) end, left_because = \(because)
            where hub_id = \(hub) and setting_id = \(setting) and left_day is null
            """)
        guard left == 1 else { throw Refusal.badRequest("This setting is not a member, so it cannot leave.") }
        try Audit.log(session, tools, action: "network.membership.left", subject: "setting:\(setting)", after: day.iso)
    }

    /// The settings that are members now, with the day they joined.
    static func now(_ hub: String, _ session: any Session) throws -> [String: Day] {
        let rows = try session.all("select setting_id, joined_day from membership where hub_id = \(hub) and left_day is null")
        return Dictionary(rows.compactMap { row in row.day("joined_day").map { (row.text("setting_id"), $0) } }, uniquingKeysWith: { $1 })
    }
}

extension Network {
    var membershipRoutes: [Route] {
        let one = "/staff/network/{hub}/settings/{id}"
        return [
            route(.post, "\(one)/join", .keepMembers, "Say that a setting joined", at: Self.atHub) { try await $0.join($1) },
            route(.post, "\(one)/leave", .keepMembers, "Say that a setting left", at: Self.atHub) { try await $0.leave($1) },
        ]
    }

    private func join(_ request: Request) async throws -> Answer {
        let tools = tools
        try await tools.database.write { session in
            let hub = try Network.hubID(request, session)
            try Memberships.join(request.parameter("id"), hub, on: tools.clock.today, tools, session)
        }
        return .redirect(to: "/staff/network/\(request.parameter("hub"))/settings/\(request.parameter("id"))?done=joined")
    }

    private func leave(_ request: Request) async throws -> Answer {
        let tools = tools
        var reader = FormReader(request.form)
        let because = reader.optionalText("because", max: 500)
        try await tools.database.write { session in
            let hub = try Network.hubID(request, session)
            try Memberships.leave(request.parameter("id"), hub, on: tools.clock.today, because: because, tools, session)
        }
        return .redirect(to: "/staff/network/\(request.parameter("hub"))/settings/\(request.parameter("id"))?done=left")
    }
}
