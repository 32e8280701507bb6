internal import Civil
public import Store

/// What anybody wrote, kept in the same transaction as the change itself. Append only.
public enum Audit {
    /// `action` is a code such as `directory.setting.corrected`; `subject` names the record, such as `setting:ID`. Neither may
    /// hold anybody's name; `before` and `after` may, and are blanked when the person is forgotten.
    public static func log(
        _ session: any Session, _ tools: Tools, action: String, subject: String, before: String? = nil, after: String? = nil
    ) throws {
        try session.run(
            """
            insert into audit (id, at, who, action, subject, before, after)
            values (\(tools.ids.next()), \(tools.clock.now), \(tools.asker.auditName), \(action), \(subject), \(before), \(after))
            """)
    }
}
