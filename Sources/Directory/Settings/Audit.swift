internal import Civil
internal import House
internal import Store

/// What anybody wrote, kept in the same transaction as the change itself. Append only.
enum Audit {
    /// `action` is a code such as `directory.setting.corrected`; `subject` names the record, such as `setting:ID`.
    static func log(
        _ session: any Session, _ tools: Tools, action: String, subject: String, before: String? = nil, after: String? = nil
    ) throws {
        // Until sign-in exists the writer is whoever sits at the machine.
        try session.run(
            """
            insert into audit (id, at, who, action, subject, before, after)
            values (\(tools.ids.next()), \(tools.clock.now), 'staff', \(action), \(subject), \(before), \(after))
            """)
    }
}
