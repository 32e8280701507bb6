internal import Civil
internal import Directory
internal import House
internal import Store

/// A step as it was typed.
struct TypedStep: Sendable {
    var title: String
    var area: HubGround.Area?
    var owner: String?
    var offset: Int?
    var due: Day?
    var done: Day?
    var note: String?
}

/// Writing roll-outs (`docs/rules/roll-out.md`).
enum RollOuts {
    static func make(_ title: String, start: Day, hub: String, _ tools: Tools, _ session: any Session) throws -> String {
        let id = tools.ids.next()
        try session.run(
            """
            insert into rollout (id, hub_id, title, start_day, version, made_at, by_whom)
            values (\(id), \(hub), \(title), \(start), 1, \(tools.clock.now), \(tools.asker.auditName))
            """)
        try Audit.log(session, tools, action: "network.rollout.made", subject: "rollout:\(id)", after: title)
        return id
    }

    /// The steps of a sample at the end of a plan: one of each for the hub, and for every area those that are its own.
    static func add(
        _ sample: RollOutSample, to plan: String, start: Day, areas: [HubGround.Area], hub: String, _ tools: Tools, _ session: any Session
    ) throws {
        for step in sample.steps {
            let places: [HubGround.Area?] = step.isPerArea && !areas.isEmpty ? areas : [nil]
            for area in places {
                let typed = TypedStep(
                    title: step.title, area: area, offset: step.offset, due: RollOutRule.due(start: start, offset: step.offset))
                try add(typed, to: plan, hub: hub, tools, session)
            }
        }
    }

    @discardableResult
    static func add(_ step: TypedStep, to plan: String, hub: String, _ tools: Tools, _ session: any Session) throws -> String {
        try session.lock("eyhub.rollout.\(plan)")
        let id = tools.ids.next()
        let position = try session.count("select coalesce(max(position), 0) from rollout_step where rollout_id = \(plan)") + 1
        try session.run(
            """
            insert into rollout_step (id, rollout_id, hub_id, position, title, area_id, area_name, owner_person, offset_days, due_day,
                done_day, done_by, note, version, changed_at, by_whom)
            values (\(id), \(plan), \(hub), \(position), \(step.title), \(step.area?.id), \(step.area?.name), \(step.owner), \(step.offset),
                \(step.due), \(step.done), \(step.done == nil ? nil : tools.asker.auditName), \(step.note), 1, \(tools.clock.now),
                \(tools.asker.auditName))
            """)
        try Audit.log(session, tools, action: "network.rollout.step.added", subject: "step:\(id)", after: step.title)
        return id
    }

    /// Writes a step anew; false when somebody else did meanwhile.
    static func change(
        _ before: RollOutStep, _ step: TypedStep, version: Int, _ tools: Tools, _ session: any Session
    ) throws -> Bool {
        let doneBy = step.done == nil ? nil : tools.asker.auditName
        let count = try session.run(
            """
            update rollout_step set title = \(step.title), area_id = \(step.area?.id), area_name = \(step.area?.name),
                owner_person = \(step.owner), offset_days = \(step.offset), due_day = \(step.due),
                done_by = case when done_day = \(step.done) then done_by else \(doneBy) end, done_day = \(step.done),
                note = \(step.note), version = version + 1, changed_at = \(tools.clock.now), by_whom = \(tools.asker.auditName)
            where id = \(before.id) and version = \(version)
            """)
        guard count == 1 else { return false }
        // What stood before is kept, so that nothing anybody wrote is lost.
        try Audit.log(
            session, tools, action: "network.rollout.step.changed", subject: "step:\(before.id)", before: words(before.title, before.note),
            after: words(step.title, step.note))
        return true
    }

    private static func words(_ title: String, _ note: String?) -> String { note.map { "\(title)\n\($0)" } ?? title }

    static func tick(_ step: String, on day: Day?, _ tools: Tools, _ session: any Session) throws {
        try session.run(
            """
            update rollout_step set done_day = \(day), done_by = \(day == nil ? nil : tools.asker.auditName), version = version + 1,
                changed_at = \(tools.clock.now) where id = \(step)
            """)
        try Audit.log(
            session, tools, action: day == nil ? "network.rollout.step.reopened" : "network.rollout.step.done", subject: "step:\(step)",
            after: day?.iso)
    }

    static func remove(_ step: String, _ isRemoved: Bool, _ tools: Tools, _ session: any Session) throws {
        try session.run("update rollout_step set removed_at = \(isRemoved ? tools.clock.now : nil) where id = \(step)")
        try Audit.log(
            session, tools, action: isRemoved ? "network.rollout.step.removed" : "network.rollout.step.restored", subject: "step:\(step)")
    }

    static func removePlan(_ plan: String, _ isRemoved: Bool, _ tools: Tools, _ session: any Session) throws {
        try session.run("update rollout set removed_at = \(isRemoved ? tools.clock.now : nil) where id = \(plan)")
        try Audit.log(
            session, tools, action: isRemoved ? "network.rollout.removed" : "network.rollout.restored", subject: "rollout:\(plan)")
    }

    /// Moves a step by one place among those of its own part of the plan.
    static func move(_ step: RollOutStep, up: Bool, of plan: String, _ tools: Tools, _ session: any Session) throws {
        try session.lock("eyhub.rollout.\(plan)")
        let all = try session.all(
            "select id, position, area_name from rollout_step where rollout_id = \(plan) and removed_at is null order by position, id")
        let part = all.filter { $0.textOrNil("area_name") == step.areaName }
        let positions = part.map { $0.int("position") }
        let moved = RollOutRule.moved(step.id, up: up, in: part.map { $0.text("id") })
        for (id, position) in zip(moved, positions) {
            try session.run("update rollout_step set position = \(position) where id = \(id) and position <> \(position)")
        }
        try Audit.log(session, tools, action: "network.rollout.step.moved", subject: "step:\(step.id)", after: up ? "up" : "down")
    }

    /// Another start: the days that are counted move with it; days that were written stay, and so does what is done.
    static func change(
        _ plan: RollOut, title: String, start: Day, version: Int, _ tools: Tools, _ session: any Session
    ) throws -> Bool {
        let count = try session.run(
            """
            update rollout set title = \(title), start_day = \(start), version = version + 1
            where id = \(plan.id) and version = \(version)
            """)
        guard count == 1 else { return false }
        if start != plan.start {
            for step in try RollOutPicture.steps(of: plan.id, session) where step.offset != nil && step.done == nil {
                try session.run(
                    """
                    update rollout_step set due_day = \(RollOutRule.due(start: start, offset: step.offset)), version = version + 1
                    where id = \(step.id)
                    """)
            }
        }
        try Audit.log(
            session, tools, action: "network.rollout.changed", subject: "rollout:\(plan.id)", before: "\(plan.start.iso) \(plan.title)",
            after: "\(start.iso) \(title)")
        return true
    }
}
