internal import Civil
internal import House
internal import Store

/// Two records that are one setting become one; the other is kept aside, so that it can be undone.
enum Merging {
    /// Moves everything that hangs on `gone` to `kept`. Returns the merge's id.
    static func merge(_ gone: Setting, into kept: Setting, tools: Tools, in session: any Session) throws -> String {
        let id = tools.ids.next()
        let moved = try session.all("select register, urn from registration where setting_id = \(gone.id)")
            .map { "\($0.text("register")):\($0.text("urn"))" }.joined(separator: "\n")
        try session.run(
            """
            insert into merge (id, kept_id, gone_id, by_whom, at, registrations)
            values (\(id), \(kept.id), \(gone.id), \(tools.asker.auditName), \(tools.clock.now), \(moved))
            """)
        try session.run("update registration set setting_id = \(kept.id) where setting_id = \(gone.id)")
        try mark(gone.id, mergedInto: kept.id, tools, session)
        try Audit.log(
            session, tools, action: "directory.setting.merged", subject: "setting:\(kept.id)", before: gone.title, after: kept.title)
        return id
    }

    /// Puts both records back as they were. Nil when there is no such merge or it is undone already.
    static func undo(_ id: String, tools: Tools, in session: any Session) throws -> String? {
        guard let merge = try session.first("select * from merge where id = \(id) and undone_at is null") else { return nil }
        for line in merge.text("registrations").split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { continue }
            try session.run(
                """
                update registration set setting_id = \(merge.text("gone_id"))
                where register = \(parts[0]) and urn = \(parts[1]) and setting_id = \(merge.text("kept_id"))
                """)
        }
        try session.run("update merge set undone_at = \(tools.clock.now) where id = \(id)")
        try mark(merge.text("gone_id"), mergedInto: nil, tools, session)
        try Audit.log(
            session, tools, action: "directory.setting.merge-undone", subject: "setting:\(merge.text("kept_id"))")
        return merge.text("gone_id")
    }

    private static func mark(_ id: String, mergedInto kept: String?, _ tools: Tools, _ session: any Session) throws {
        let version = try Directory.touch(session)
        try session.run(
            "update setting set merged_into = \(kept), version = \(version), updated_at = \(tools.clock.now) where id = \(id)")
    }
}
