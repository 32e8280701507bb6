internal import Civil
internal import House
internal import Store

/// Corrections by hand: kept apart from the register's facts, shown with their history, undone at will.
struct Correction: Sendable {
    let id: String
    let field: CorrectableField
    let value: String?
    let before: String?
    let reason: String?
    let by: String
    let at: Instant?
    let registerValue: String?
    /// The register has since said something else again: a person decides.
    let isDisputed: Bool

    init?(_ row: Row) {
        guard let field: CorrectableField = row.code("field") else { return nil }
        id = row.text("id")
        self.field = field
        value = row.textOrNil("value")
        before = row.textOrNil("before")
        reason = row.textOrNil("reason")
        by = row.text("by_whom")
        at = row.instant("at")
        registerValue = row.textOrNil("register_value")
        isDisputed = row.bool("is_disputed")
    }

    /// The corrections that stand, newest first.
    static func standing(for settingID: String, in session: any Session) throws -> [Correction] {
        try session.all(
            "select * from correction where setting_id = \(settingID) and undone_at is null order by at desc, id desc"
        ).compactMap(Correction.init)
    }
}

enum Corrections {
    /// Puts values over the register's. Fields that already hold the value are left alone. Returns how many were changed.
    @discardableResult
    static func make(
        _ changes: [(field: CorrectableField, value: String?)], for setting: Setting, reason: String?, tools: Tools,
        in session: any Session
    ) throws -> Int {
        let changed = changes.filter { $0.field.value(in: setting) != $0.value }
        if changed.isEmpty { return 0 }
        let now = tools.clock.now
        for (field, value) in changed {
            let before = field.value(in: setting)
            // A second correction of a field takes the place of the first, but remembers what the register said.
            let earlier = try session.first(
                """
                select id, register_value from correction
                where setting_id = \(setting.id) and field = \(field) and undone_at is null
                """)
            if let earlier {
                try session.run("update correction set undone_at = \(now) where id = \(earlier.text("id"))")
            }
            let registerValue = earlier == nil ? before : earlier?.textOrNil("register_value")
            try session.run(
                """
                insert into correction (id, setting_id, field, value, before, reason, by_whom, at, register_value, is_disputed)
                values (\(tools.ids.next()), \(setting.id), \(field), \(value), \(before), \(reason), \(tools.asker.auditName), \(now),
                    \(registerValue), 0)
                """)
            try session.run("update setting set \(field.assignment(value)) where id = \(setting.id)")
            try Audit.log(
                session, tools, action: "directory.setting.corrected.\(field.rawValue)", subject: "setting:\(setting.id)",
                before: before, after: value)
        }
        try settle(setting.id, movedPlace: changed.contains { $0.field == .postcode || $0.field == .ward }, tools, session)
        return changed.count
    }

    /// Takes a correction back: the register's fact stands again.
    static func undo(_ correction: Correction, of settingID: String, tools: Tools, in session: any Session) throws {
        try session.run("update correction set undone_at = \(tools.clock.now) where id = \(correction.id)")
        try session.run("update setting set \(correction.field.assignment(correction.registerValue)) where id = \(settingID)")
        try Audit.log(
            session, tools, action: "directory.setting.correction-undone.\(correction.field.rawValue)",
            subject: "setting:\(settingID)", before: correction.value, after: correction.registerValue)
        try settle(
            settingID, movedPlace: correction.field == .postcode || correction.field == .ward, tools, session)
    }

    /// Keeps the hand's value although the register now says something else.
    static func keep(_ correction: Correction, of settingID: String, tools: Tools, in session: any Session) throws {
        try session.run("update correction set is_disputed = 0 where id = \(correction.id)")
        try Audit.log(
            session, tools, action: "directory.setting.correction-kept.\(correction.field.rawValue)",
            subject: "setting:\(settingID)", before: correction.registerValue, after: correction.value)
    }

    private static func settle(_ id: String, movedPlace: Bool, _ tools: Tools, _ session: any Session) throws {
        if movedPlace { try Placing.refresh(id, in: session) }
        let version = try Directory.touch(session)
        try session.run("update setting set version = \(version), updated_at = \(tools.clock.now) where id = \(id)")
    }
}
