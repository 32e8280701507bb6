internal import Civil
internal import Directory
internal import House
internal import Identity
internal import Store

extension PilotScope: Bindable {}
extension PilotDecision: Bindable {}

/// What a hub has answered so far.
struct Readiness: Sendable {
    struct Answer: Sendable {
        let text: String
        let version: Int
        let by: String
        let day: Day?
    }

    struct Pilot: Sendable {
        var scope: PilotScope
        var place: String?
        var until: Day?
        var decision: PilotDecision?
        var decisionDay: Day?
        var decisionNote: String?
        var version = 0
    }

    struct Tip: Sendable {
        var planned: Day?
        var done: Day?
        var owner: String?
        var note: String?
        var version = 0
    }

    let hub: (id: String, slug: String, name: String)
    let answers: [String: Answer]
    let pilot: Pilot?
    let tips: [String: Tip]
    let team: [PeopleBook.Entry]
    let names: [String: String]
    let today: Day

    static func of(_ slug: String, on today: Day, _ session: any Session) throws -> Readiness {
        let id = try Directory.hubID(slug, session)
        let name = try Directory.hubs(session).first { $0.id == id }?.name ?? ""
        var answers: [String: Answer] = [:]
        try session.each("select * from readiness_answer where hub_id = \(id)") { row in
            answers[row.text("question")] = Answer(
                text: row.text("answer"), version: row.int("version"), by: row.text("by_whom"),
                day: row.instant("changed_at")?.dayInLondon)
        }
        var tips: [String: Tip] = [:]
        try session.each("select * from readiness_tip where hub_id = \(id)") { row in
            tips[row.text("tip")] = Tip(
                planned: row.day("planned_day"), done: row.day("done_day"), owner: row.textOrNil("owner_person"),
                note: row.textOrNil("note"), version: row.int("version"))
        }
        let pilot = try session.first("select * from readiness_pilot where hub_id = \(id)").flatMap { row -> Pilot? in
            guard let scope: PilotScope = row.code("scope") else { return nil }
            return Pilot(
                scope: scope, place: row.textOrNil("place"), until: row.day("until_day"), decision: row.code("decision"),
                decisionDay: row.day("decision_day"), decisionNote: row.textOrNil("decision_note"), version: row.int("version"))
        }
        return Readiness(
            hub: (id, slug, name), answers: answers, pilot: pilot, tips: tips,
            team: try PeopleBook.of(hub: id, roles: Network.teamRoles, session),
            names: try PeopleBook.names(answers.values.map(\.by), session), today: today)
    }

    var progress: ReadinessProgress {
        ReadinessProgress(
            answered: ReadinessQuestion.all.count { answers[$0.code] != nil }, hasChosenScope: pilot != nil,
            tipsDone: ReadinessTip.all.count { tips[$0.code]?.done != nil })
    }

    func standing(of part: ReadinessPart) -> (done: Int, all: Int) {
        switch part {
        case .pilot: (pilot == nil ? 0 : 1, 1)
        case .tips: (ReadinessTip.all.count { tips[$0.code]?.done != nil }, ReadinessTip.all.count)
        case .vision, .roles, .capacity: (part.questions.count { answers[$0.code] != nil }, part.questions.count)
        }
    }

    var pilotStanding: PilotStanding {
        PilotStanding(scope: pilot?.scope, until: pilot?.until, isDecided: pilot?.decision != nil, today: today)
    }

    func standing(of tip: ReadinessTip) -> TipStanding {
        TipStanding(planned: tips[tip.code]?.planned, done: tips[tip.code]?.done, today: today)
    }

    var owners: [PeopleBook.Entry] {
        var seen: Set<String> = []
        return team.filter { seen.insert($0.id).inserted }
    }

    func name(of person: String?) -> String? { person.flatMap { id in team.first { $0.id == id }?.name } }
}

/// Writing it, a step at a time.
extension Readiness {
    /// False when somebody else wrote an answer since the form was drawn. An answer left empty is taken away.
    static func answer(
        _ question: String, _ text: String?, version: Int, hub: String, _ tools: Tools, _ session: any Session
    ) throws -> Bool {
        let now = try session.first("select answer, version from readiness_answer where hub_id = \(hub) and question = \(question)")
        guard now?.int("version") ?? 0 == version else { return now?.textOrNil("answer") == text }
        if now?.textOrNil("answer") == text { return true }
        try session.run("delete from readiness_answer where hub_id = \(hub) and question = \(question)")
        if let text {
            try session.run(
                """
                insert into readiness_answer (hub_id, question, answer, version, changed_at, by_whom)
                values (\(hub), \(question), \(text), \(version + 1), \(tools.clock.now), \(tools.asker.auditName))
                """)
        }
        try Audit.log(
            session, tools, action: "network.readiness.answered", subject: "readiness:\(question)", before: now?.textOrNil("answer"),
            after: text, hub: hub)
        return true
    }

    static func decide(_ pilot: Pilot, hub: String, _ tools: Tools, _ session: any Session) throws -> Bool {
        let now = try session.first("select version from readiness_pilot where hub_id = \(hub)")?.int("version") ?? 0
        guard now == pilot.version else { return false }
        try session.run("delete from readiness_pilot where hub_id = \(hub)")
        try session.run(
            """
            insert into readiness_pilot (hub_id, scope, place, until_day, decision, decision_day, decision_note, version, changed_at, by_whom)
            values (\(hub), \(pilot.scope), \(pilot.place), \(pilot.until), \(pilot.decision), \(pilot.decisionDay), \(pilot.decisionNote),
                \(pilot.version + 1), \(tools.clock.now), \(tools.asker.auditName))
            """)
        try Audit.log(
            session, tools, action: "network.readiness.pilot", subject: "readiness:pilot",
            after: "\(pilot.scope.rawValue)\(pilot.decision.map { " \($0.rawValue)" } ?? "")", hub: hub)
        return true
    }

    static func set(_ tip: String, _ new: Tip, hub: String, _ tools: Tools, _ session: any Session) throws -> Bool {
        let now = try session.first("select version from readiness_tip where hub_id = \(hub) and tip = \(tip)")?.int("version") ?? 0
        guard now == new.version else { return false }
        try session.run("delete from readiness_tip where hub_id = \(hub) and tip = \(tip)")
        try session.run(
            """
            insert into readiness_tip (hub_id, tip, planned_day, done_day, owner_person, note, version, changed_at, by_whom)
            values (\(hub), \(tip), \(new.planned), \(new.done), \(new.owner), \(new.note), \(new.version + 1), \(tools.clock.now),
                \(tools.asker.auditName))
            """)
        try Audit.log(
            session, tools, action: "network.readiness.tip", subject: "readiness:\(tip)",
            after: "\(new.planned?.iso ?? "") \(new.done?.iso ?? "")", hub: hub)
        return true
    }
}
