internal import Civil
internal import House
internal import Store

/// Two records that may be one setting, as a load offered them.
struct DuplicatePair: Sendable {
    enum Decision: String, Sendable, Bindable { case same, different }

    let loadID: String
    let number: Int
    let fileName: String
    /// What kind of file offered them: a list, or a register that knows a number of a list's.
    let kind: LoadKind
    /// Where in the file; 0 when that is not known.
    let line: Int
    let why: String
    let decision: Decision?
    let decidedAt: Instant?
    /// What the list brought.
    let brought: Setting
    /// What was known before.
    let known: Setting

    var path: String { "/staff/registers/duplicates/\(loadID)/\(number)" }
    /// One of the two has gone into another record since.
    var isMoot: Bool { brought.mergedInto != nil || known.mergedInto != nil }

    static func undecided(limit: Int, offset: Int, in session: any Session) throws -> [DuplicatePair] {
        try load(
            "where d.decision is null order by l.created_at desc, d.load_id, d.number limit \(limit) offset \(offset)", session)
    }

    static func decided(limit: Int, in session: any Session) throws -> [DuplicatePair] {
        try load("where d.decision is not null order by d.decided_at desc, d.load_id, d.number limit \(limit)", session)
    }

    static func find(_ loadID: String, _ number: Int, in session: any Session) throws -> DuplicatePair? {
        try load("where d.load_id = \(loadID) and d.number = \(number)", session).first
    }

    private static func load(_ which: SQL, _ session: any Session) throws -> [DuplicatePair] {
        try session.all("select d.*, l.file_name, l.kind from possible_duplicate d join load l on l.id = d.load_id \(which)").compactMap {
            row in
            guard let brought = try Setting.find(row.text("setting_id"), for: .staff, in: session),
                let known = try Setting.find(row.text("other_id"), for: .staff, in: session)
            else { return nil }
            return DuplicatePair(
                loadID: row.text("load_id"), number: row.int("number"), fileName: row.text("file_name"), kind: row.code("kind") ?? .list,
                line: row.int("line"),
                why: row.text("why"), decision: row.code("decision"), decidedAt: row.instant("decided_at"), brought: brought,
                known: known)
        }
    }

    /// Writes the decision down; merges the two when they are one. Throws when somebody has decided in the meantime.
    func decide(_ decision: Decision, _ tools: Tools, in session: any Session) throws {
        let count = try session.run(
            """
            update possible_duplicate set decision = \(decision), decided_by = \(tools.asker.auditName), decided_at = \(tools.clock.now)
            where load_id = \(loadID) and number = \(number) and decision is null
            """)
        guard count == 1 else {
            throw Refusal.badRequest("Somebody has decided on these two already. Go back to the list and look again.")
        }
        if decision == .same, !isMoot { _ = try Merging.merge(brought, into: known, tools: tools, in: session) }
        if decision == .different {
            try Audit.log(
                session, tools, action: "directory.duplicate.different", subject: "setting:\(brought.id)", after: known.title)
        }
    }

    /// Takes the decision back, and the merge with it.
    func undo(_ tools: Tools, in session: any Session) throws {
        try session.run(
            """
            update possible_duplicate set decision = null, decided_by = null, decided_at = null
            where load_id = \(loadID) and number = \(number)
            """)
        let merge = try session.first(
            "select id from merge where gone_id = \(brought.id) and kept_id = \(known.id) and undone_at is null")
        if decision == .same, let merge { _ = try Merging.undo(merge.text("id"), tools: tools, in: session) }
        try Audit.log(
            session, tools, action: "directory.duplicate.reopened", subject: "setting:\(brought.id)", before: known.title)
    }
}
