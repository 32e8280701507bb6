internal import Civil
public import Page
public import Store

/// What anybody wrote, kept in the same transaction as the change itself. Append only.
public enum Audit {
    /// The trail's own steps. Its table is older: the first room that wrote made it. Every room that writes stands on these.
    public static let migrations: [Migration] = [
        Migration(
            room: "House", number: 1, name: "the trail by hub",
            [
                // Where the deed was done; null where it is of no one hub, and for what was written before this step.
                "alter table audit add column hub_id text",
                "create index audit_hub on audit (hub_id, at) where hub_id is not null",
            ])
    ]

    /// `action` is a code such as `directory.setting.corrected`; `subject` names the record, such as `setting:ID`. Neither may hold
    /// anybody's name; `before` and `after` may, and are blanked when the person is forgotten.
    ///
    /// - Parameters:
    ///   - who: given only where the asker becomes somebody by what they do: signing in.
    ///   - hub: given where the deed is of a hub that its address does not name; else it is found from the place of the deed.
    public static func log(
        _ session: any Session, _ tools: Tools, action: String, subject: String, before: String? = nil, after: String? = nil,
        who: String? = nil, hub: String? = nil
    ) throws {
        let ownHub = subject.hasPrefix("hub:") ? String(subject.dropFirst(4)) : nil
        let hub = try hub ?? ownHub ?? tools.permit?.hub(in: session)
        try session.run(
            """
            insert into audit (id, at, who, action, subject, before, after, hub_id)
            values (\(tools.ids.next()), \(tools.clock.now), \(who ?? tools.asker.auditName), \(action), \(subject), \(before), \(after),
                \(hub))
            """)
    }
}

extension Tools {
    /// The way to all that was written about a record, for its page; nil for whoever may not see the trail.
    public func trail(of subject: String) -> Link? {
        guard let door = site.doors.first(where: { $0.path == "/staff/audit" }), door.opens(for: asker) else { return nil }
        return Link("Everything written about this", PageAddress(door.path, [("subject", subject)]).href)
    }
}
