internal import Civil
internal import House
internal import Store

/// The plans as they stand in the database.
enum Plans {
    /// Throws `Refusal.notFound`.
    static func with(id: String, _ session: any Session) throws -> Plan {
        guard let row = try session.first("select \(Plan.columns) from plan p where p.id = \(id)") else {
            throw Refusal.notFound("There is no such plan. It may have been deleted.")
        }
        return Plan(row)
    }

    /// All plans of a scheme: what is or was in force first, newest first; then the drafts, newest first.
    static func of(_ scheme: Scheme, _ session: any Session) throws -> [Plan] {
        try session.all(
            """
            select \(Plan.columns) from plan p where p.scheme_id = \(scheme.id)
            order by case when p.status = 'draft' then 1 else 0 end, p.from_day desc, p.created_at desc, p.id desc
            """
        ).map(Plan.init)
    }

    /// The plan of a scheme that holds on a day.
    static func inForce(_ scheme: Scheme, on day: Day, _ session: any Session) throws -> Plan? {
        try session.first(
            """
            select \(Plan.columns) from plan p where p.scheme_id = \(scheme.id) and p.status <> 'draft'
            and p.from_day <= \(day) and (p.to_day is null or p.to_day > \(day)) order by p.from_day desc
            """
        ).map(Plan.init)
    }

    static func state(of plan: String, _ session: any Session) throws -> PlanState {
        var state = PlanState(areas: [])
        try session.each(
            """
            select id, name, base_id, is_base_locked, capacity from area where plan_id = \(plan) order by position, id
            """
        ) { row in
            state.areas.append(
                PlanState.Area(
                    id: row.text("id"), name: row.text("name"), baseID: row.textOrNil("base_id"),
                    isBaseLocked: row.bool("is_base_locked"), capacity: row.intOrNil("capacity")))
        }
        try session.each("select ward_code, area_id, is_locked from area_ward where plan_id = \(plan)") { row in
            state.areaOfWard[row.text("ward_code")] = row.text("area_id")
            if row.bool("is_locked") { state.lockedWards.insert(row.text("ward_code")) }
        }
        try session.each("select setting_id, area_id from area_setting where plan_id = \(plan)") { row in
            state.areaOfSetting[row.text("setting_id")] = row.text("area_id")
        }
        return state
    }

    /// Keeps a new draft.
    static func insert(_ plan: Plan, _ state: PlanState, _ session: any Session, _ tools: Tools) throws {
        let now = tools.clock.now
        try session.run(
            """
            insert into plan (id, scheme_id, name, status, balanced_by, tolerance, seed, notes, edition, created_at, updated_at)
            values (\(plan.id), \(plan.schemeID), \(plan.name), 'draft', \(plan.balance), \(plan.tolerance), \(plan.seed),
                \(plan.notes.joined(separator: "\n")), \(plan.edition), \(now), \(now))
            """)
        try write(state, of: plan.id, session)
        try Audit.log(
            session, tools, action: "directory.plan.drawn", subject: "plan:\(plan.id)",
            after: "\(plan.name): \(state.areas.map(\.name).joined(separator: ", "))")
    }

    /// Puts the decisions in the place of those that were there.
    static func replace(_ state: PlanState, of plan: String, _ session: any Session) throws {
        try session.run("delete from area_ward where plan_id = \(plan)")
        try session.run("delete from area_setting where plan_id = \(plan)")
        try session.run("delete from area where plan_id = \(plan)")
        try write(state, of: plan, session)
    }

    private static func write(_ state: PlanState, of plan: String, _ session: any Session) throws {
        try session.insert(
            into: "area", ["id", "plan_id", "name", "position", "base_id", "is_base_locked", "capacity"]
        ) { writer in
            for (position, area) in state.areas.enumerated() {
                try writer.add([
                    .text(area.id), .text(plan), .text(area.name), .int(position), area.baseID.bound,
                    area.isBaseLocked.bound, area.capacity.bound,
                ])
            }
        }
        try session.insert(into: "area_ward", ["plan_id", "ward_code", "area_id", "is_locked"]) { writer in
            for (ward, area) in state.areaOfWard.sorted(by: { $0.key < $1.key }) {
                try writer.add([.text(plan), .text(ward), .text(area), state.lockedWards.contains(ward).bound])
            }
        }
        try session.insert(into: "area_setting", ["plan_id", "setting_id", "area_id"]) { writer in
            for (setting, area) in state.areaOfSetting.sorted(by: { $0.key < $1.key }) {
                try writer.add([.text(plan), .text(setting), .text(area)])
            }
        }
    }
}
