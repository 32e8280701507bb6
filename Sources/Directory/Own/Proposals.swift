internal import Civil
internal import House
internal import Store

/// Changes that somebody of a setting asked for and the hub's team has yet to decide about.
struct Proposal: Sendable {
    let id: String
    let settingID: String
    let reason: String?
    /// Who asked, as the audit trail calls them.
    let by: String
    let at: Instant?
    let decision: Decision?
    let decidedAt: Instant?
    let answer: String?
    let changes: [(field: CorrectableField, value: String?, before: String?)]

    enum Decision: String, Sendable, Bindable {
        case accepted, declined, withdrawn

        var words: String {
            switch self {
            case .accepted: "Accepted"
            case .declined: "Declined"
            case .withdrawn: "Taken back"
            }
        }
    }

    init(_ row: Row, _ session: any Session) throws {
        id = row.text("id")
        settingID = row.text("setting_id")
        reason = row.textOrNil("reason")
        by = row.text("by_whom")
        at = row.instant("at")
        decision = row.code("decision")
        decidedAt = row.instant("decided_at")
        answer = row.textOrNil("answer")
        let rows = try session.all("select field, value, before from proposal_field where proposal_id = \(row.text("id"))")
        changes = CorrectableField.allCases.compactMap { field in
            rows.first { $0.text("field") == field.rawValue }.map { (field, $0.textOrNil("value"), $0.textOrNil("before")) }
        }
    }
}

enum Proposals {
    static func waiting(for settingID: String, _ session: any Session) throws -> Proposal? {
        try session.first("select * from proposal where setting_id = \(settingID) and decided_at is null order by at desc, id desc limit 1")
            .map { try Proposal($0, session) }
    }

    /// The last decided ones, newest first.
    static func decided(for settingID: String, _ session: any Session) throws -> [Proposal] {
        try session.all(
            "select * from proposal where setting_id = \(settingID) and decided_at is not null order by decided_at desc, id desc limit 5"
        ).map { try Proposal($0, session) }
    }

    /// All that wait for somebody's decision, oldest first. At most 200: whoever has more decides about these first.
    static func waiting(for asker: Asker, _ session: any Session) throws -> [(proposal: Proposal, setting: Setting)] {
        try session.all("select * from proposal where decided_at is null order by at, id limit 200").compactMap { row in
            let place = try Directory.whereabouts(ofSetting: row.text("setting_id"), session)
            guard Permission.answer(asker.hats, .decideChanges, place) == .yes,
                let setting = try Setting.find(row.text("setting_id"), for: .staff, in: session)
            else { return nil }
            return (try Proposal(row, session), setting)
        }
    }

    static func with(id: String, of settingID: String, _ session: any Session) throws -> Proposal {
        guard let row = try session.first("select * from proposal where id = \(id) and setting_id = \(settingID)") else {
            throw Refusal.notFound("Nobody asked for a change at this address.")
        }
        return try Proposal(row, session)
    }

    /// Asks for changes. They take the place of what was asked before and not yet decided.
    static func ask(
        _ changes: [(field: CorrectableField, value: String?)], for setting: Setting, reason: String?, _ tools: Tools,
        _ session: any Session
    ) throws {
        try session.lock("eyhub.proposal.\(setting.id)")
        if let earlier = try waiting(for: setting.id, session) { try decide(earlier, .withdrawn, nil, tools, session) }
        let changed = changes.filter { $0.field.value(in: setting) != $0.value }
        if changed.isEmpty { return }
        let id = tools.ids.next()
        try session.run(
            """
            insert into proposal (id, setting_id, reason, by_whom, at)
            values (\(id), \(setting.id), \(reason), \(tools.asker.auditName), \(tools.clock.now))
            """)
        for (field, value) in changed {
            let before = field.value(in: setting)
            try session.run(
                "insert into proposal_field (proposal_id, field, value, before) values (\(id), \(field), \(value), \(before))")
            try Audit.log(
                session, tools, action: "directory.setting.change-asked.\(field.rawValue)", subject: "setting:\(setting.id)",
                before: before, after: value)
        }
        try tools.tell(
            whoMay: .decideChanges, at: try Directory.whereabouts(ofSetting: setting.id, session),
            News(
                "A setting asks for a change of its entry", ["Look at it, and say yes or no."],
                path: "/staff/settings/\(setting.id)/changes/\(id)"), session)
    }

    /// Carries the changes out as corrections of the hub's team.
    static func accept(_ proposal: Proposal, _ setting: Setting, _ answer: String?, _ tools: Tools, _ session: any Session) throws {
        try decide(proposal, .accepted, answer, tools, session)
        let why = proposal.reason.map { "The setting asked for it: \($0)" } ?? "The setting asked for it."
        try Corrections.make(proposal.changes.map { ($0.field, $0.value) }, for: setting, reason: why, tools: tools, in: session)
    }

    /// Throws when somebody else decided first.
    static func decide(
        _ proposal: Proposal, _ decision: Proposal.Decision, _ answer: String?, _ tools: Tools, _ session: any Session
    ) throws {
        let done = try session.run(
            """
            update proposal set decision = \(decision), decided_at = \(tools.clock.now), decided_by = \(tools.asker.auditName),
                answer = \(answer)
            where id = \(proposal.id) and decided_at is null
            """)
        guard done == 1 else {
            throw Refusal.badRequest("Somebody decided about this already. Look at the setting’s page for what they said.")
        }
        try Audit.log(
            session, tools, action: "directory.setting.change-\(decision.rawValue)", subject: "setting:\(proposal.settingID)",
            after: answer)
    }
}

/// How a hub wants changes by settings to be treated.
enum HubWishes {
    static func waits(_ hubID: String, _ session: any Session) throws -> Bool {
        try session.count("select count(*) from hub_wish where hub_id = \(hubID) and changes = 'wait'") > 0
    }

    /// Whether any hub of the setting wants to look first.
    static func waits(forSetting id: String, _ session: any Session) throws -> Bool {
        try Directory.whereabouts(ofSetting: id, session).hubs.contains { try waits($0, session) }
    }

    static func set(waits: Bool, _ hub: Hub, _ tools: Tools, _ session: any Session) throws {
        let before = try Self.waits(hub.id, session)
        if before == waits { return }
        try session.run(
            """
            insert into hub_wish (hub_id, changes) values (\(hub.id), \(waits ? "wait" : "at-once"))
            on conflict (hub_id) do update set changes = excluded.changes
            """)
        try Audit.log(
            session, tools, action: "directory.hub.wish", subject: "hub:\(hub.id)", before: before ? "wait" : "at-once",
            after: waits ? "wait" : "at-once")
    }
}
