internal import Civil
internal import House
internal import Store

/// Putting a plan in force from a day, and taking that back. What was in force before is kept and can still be read.
enum Publishing {
    /// Publishes a draft. The plan that was in force ends when it begins. Returns that plan's name, if there was one.
    ///
    /// Throws `ChangeRefused` when another plan of the scheme begins on that day or later: days in force never overlap.
    @discardableResult
    static func publish(
        _ plan: Plan, from day: Day, edition: Int, _ session: any Session, _ tools: Tools
    ) throws -> String? {
        try session.lock("eyhub.scheme.\(plan.schemeID)")
        let later = try session.first(
            """
            select name, from_day from plan where scheme_id = \(plan.schemeID) and status <> 'draft' and from_day >= \(day)
            order by from_day
            """)
        if let later {
            let start = later.day("from_day")?.medium ?? ""
            throw ChangeRefused(
                message: """
                    “\(later.text("name"))” is in force from \(start). Choose a later day, or take that plan back to a draft first.
                    """)
        }
        let taken = try session.run(
            """
            update plan set status = 'published', from_day = \(day), to_day = null, edition = edition + 1,
                updated_at = \(tools.clock.now)
            where id = \(plan.id) and edition = \(edition) and status = 'draft'
            """)
        guard taken == 1 else { throw DraftClash(lastStep: nil) }
        // "Draft 3" is no name for what is in force; a name somebody gave stays.
        if plan.name.hasPrefix("Draft ") {
            try session.run("update plan set name = \("Plan from \(day.medium)") where id = \(plan.id)")
        }
        let before = try session.first(
            """
            select id, name from plan where scheme_id = \(plan.schemeID) and id <> \(plan.id) and status <> 'draft'
            and to_day is null
            """)
        if let before {
            // Until the new one begins the old one still holds; `retired` is said of a plan whose days are over.
            let status: Plan.Status = day <= tools.clock.today ? .retired : .published
            try session.run(
                """
                update plan set status = \(status), to_day = \(day), updated_at = \(tools.clock.now)
                where id = \(before.text("id"))
                """)
        }
        try Audit.log(
            session, tools, action: "directory.plan.published", subject: "plan:\(plan.id)",
            before: before?.text("name"),
            after: "\(plan.name) from \(day.iso)")
        try Directory.touch(session)
        return before?.text("name")
    }

    /// Makes the newest plan of a scheme a draft again; the one before it is in force as if nothing had been published.
    static func unpublish(_ plan: Plan, _ session: any Session, _ tools: Tools) throws {
        try session.lock("eyhub.scheme.\(plan.schemeID)")
        let now = try Plans.with(id: plan.id, session)
        guard now.status == .published, now.to == nil, let from = now.from else {
            throw ChangeRefused(message: "Only the newest published plan can be taken back.")
        }
        try session.run(
            """
            update plan set status = 'draft', from_day = null, to_day = null, edition = edition + 1,
                updated_at = \(tools.clock.now) where id = \(plan.id)
            """)
        try session.run(
            """
            update plan set status = 'published', to_day = null, updated_at = \(tools.clock.now)
            where scheme_id = \(plan.schemeID) and status <> 'draft' and to_day = \(from)
            """)
        try Audit.log(
            session, tools, action: "directory.plan.unpublished", subject: "plan:\(plan.id)", before: "from \(from.iso)"
        )
        try Directory.touch(session)
    }

    /// A draft with the same areas as any plan, to go on from. The areas are new ones: the old plan keeps its own.
    static func copy(_ picture: PlanPicture, _ session: any Session, _ tools: Tools) throws -> Plan {
        let old = picture.plan
        let plan = Plan(
            id: tools.ids.next(), schemeID: old.schemeID, name: try freeName(of: old.schemeID, session),
            balance: old.balance, tolerance: old.tolerance, seed: old.seed, notes: old.notes)
        try Plans.insert(plan, picture.state.withNewIDs { tools.ids.next() }, session, tools)
        return plan
    }

    /// "Draft 3": the first number no plan of the scheme has.
    static func freeName(of scheme: String, _ session: any Session) throws -> String {
        let taken = Set(try session.all("select name from plan where scheme_id = \(scheme)").map { $0.text("name") })
        var number = taken.count + 1
        while taken.contains("Draft \(number)") { number += 1 }
        return "Draft \(number)"
    }
}

extension PlanState {
    /// The same decisions over areas with ids of their own.
    func withNewIDs(_ next: () -> String) -> PlanState {
        var ids: [String: String] = [:]
        var copy = self
        copy.areas = areas.map { old in
            let id = next()
            ids[old.id] = id
            return Area(
                id: id, name: old.name, baseID: old.baseID, isBaseLocked: old.isBaseLocked, capacity: old.capacity)
        }
        copy.areaOfWard = areaOfWard.compactMapValues { ids[$0] }
        copy.areaOfSetting = areaOfSetting.compactMapValues { ids[$0] }
        return copy
    }
}
