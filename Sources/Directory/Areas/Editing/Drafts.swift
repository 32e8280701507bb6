internal import Civil
internal import House
internal import Store

/// The draft is not the one that was looked at: somebody else changed it meanwhile. Nothing was changed.
struct DraftClash: Error {
    /// What the other person did last.
    let lastStep: String?
}

/// Writing to drafts: one change at a time, each one a step that can be undone.
enum Drafts {
    /// Keeps a changed draft. Throws `DraftClash` when the draft is no longer at the edition that was looked at.
    static func keep(
        _ changed: ChangedDraft, code: String, over picture: PlanPicture, _ session: any Session, _ tools: Tools
    ) throws {
        let plan = picture.plan
        try take(plan, edition: plan.edition, session, tools)
        if let notes = changed.notes {
            try session.run("update plan set notes = \(notes.joined(separator: "\n")) where id = \(plan.id)")
        }
        try Plans.replace(changed.state, of: plan.id, session)
        let number = try session.count("select coalesce(max(number), 0) from plan_step where plan_id = \(plan.id)") + 1
        let before = picture.state.text + (changed.notes == nil ? "" : "\n\n\(plan.notes.joined(separator: "\n"))")
        try session.run(
            """
            insert into plan_step (plan_id, number, what, subject, before, after, by_whom, at)
            values (\(plan.id), \(number), \(code), \(changed.sentence), \(before), \(changed.state.text), \(tools.asker.auditName),
                \(tools.clock.now))
            """)
        try Audit.log(
            session, tools, action: "directory.plan.\(code)", subject: "plan:\(plan.id)", after: changed.sentence)
    }

    /// Takes back the last step that still stands, and says what it was. Throws `DraftClash`; `ChangeRefused` when there is none.
    static func undo(_ plan: Plan, edition: Int, _ session: any Session, _ tools: Tools) throws -> String {
        try take(plan, edition: edition, session, tools)
        let row = try session.first(
            """
            select number, subject, before from plan_step where plan_id = \(plan.id) and undone_at is null
            order by number desc limit 1
            """)
        guard let row else { throw ChangeRefused(message: "There is nothing to undo in this draft.") }
        let parts = row.text("before").split(separator: "\n\n", maxSplits: 1, omittingEmptySubsequences: false)
        guard let state = PlanState(text: String(parts.first ?? "")) else {
            throw ChangeRefused(message: "That step was kept in a form this version cannot read, so it stays as it is.")
        }
        try Plans.replace(state, of: plan.id, session)
        if parts.count == 2 {
            try session.run("update plan set notes = \(String(parts[1])) where id = \(plan.id)")
        }
        try session.run(
            """
            update plan_step set undone_at = \(tools.clock.now) where plan_id = \(plan.id) and number = \(row.int("number"))
            """)
        try Audit.log(
            session, tools, action: "directory.plan.undone", subject: "plan:\(plan.id)", before: row.text("subject"))
        return row.text("subject")
    }

    static func delete(_ plan: Plan, edition: Int, _ session: any Session, _ tools: Tools) throws {
        try take(plan, edition: edition, session, tools)
        try Audit.log(session, tools, action: "directory.plan.deleted", subject: "plan:\(plan.id)", before: plan.name)
        try session.run("delete from plan where id = \(plan.id)")
    }

    static func rename(_ plan: Plan, to name: String, edition: Int, _ session: any Session, _ tools: Tools) throws {
        try take(plan, edition: edition, session, tools)
        try session.run("update plan set name = \(name) where id = \(plan.id)")
        try Audit.log(
            session, tools, action: "directory.plan.renamed", subject: "plan:\(plan.id)", before: plan.name, after: name
        )
    }

    /// Moves the draft on to its next edition, or throws when it is not at the edition that was looked at. The row stays
    /// ours until the transaction ends, so of two people who press at once the second finds the new edition.
    private static func take(_ plan: Plan, edition: Int, _ session: any Session, _ tools: Tools) throws {
        let taken = try session.run(
            """
            update plan set edition = edition + 1, updated_at = \(tools.clock.now)
            where id = \(plan.id) and edition = \(edition) and status = 'draft'
            """)
        guard taken == 0 else { return }
        let now = try Plans.with(id: plan.id, session)
        if now.status != .draft {
            throw ChangeRefused(
                message: "This plan has been published, so it cannot be changed any more. Copy it to go on.")
        }
        let last = try session.first(
            "select subject, undone_at from plan_step where plan_id = \(plan.id) order by number desc limit 1")
        throw DraftClash(lastStep: last.map { $0.textOrNil("undone_at") == nil ? $0.text("subject") : "Undid a step" })
    }
}
