internal import Civil
internal import House
internal import Store

/// What a setting may agree to have shown to everybody.
enum AgreedField: String, CaseIterable, Bindable, Sendable {
    case name, telephone, email, website

    /// As a tick box says it.
    var words: String {
        switch self {
        case .name: "Its name"
        case .telephone: "Its telephone number"
        case .email: "Its email address"
        case .website: "Its website"
        }
    }
}

/// What settings have agreed to show. Agreements are periods: taking one back ends it and keeps that it was given.
enum AgreedFields {
    /// The fields that hold now for each of these settings; settings that agreed to nothing are left out.
    static func of(_ condition: SQL, _ session: any Session) throws -> [String: Set<AgreedField>] {
        var agreed: [String: Set<AgreedField>] = [:]
        try session.each(
            """
            select f.setting_id, f.field from agreed_field f join setting s on s.id = f.setting_id
            where f.to_at is null and \(condition)
            """
        ) { row in
            if let field: AgreedField = row.code("field") { agreed[row.text("setting_id"), default: []].insert(field) }
        }
        return agreed
    }

    static func of(setting id: String, _ session: any Session) throws -> Set<AgreedField> {
        try of("s.id = \(id)", session)[id] ?? []
    }

    /// Records what a setting agrees to from now on. Returns whether that differs from before.
    @discardableResult
    static func record(
        _ wanted: Set<AgreedField>, for id: String, _ session: any Session, _ tools: Tools
    ) throws -> Bool {
        try session.lock("eyhub.agreed.\(id)")
        let before = try of(setting: id, session)
        guard before != wanted else { return false }
        let now = tools.clock.now
        for field in before.subtracting(wanted) {
            try session.run(
                """
                update agreed_field set to_at = \(now) where setting_id = \(id) and field = \(field) and to_at is null
                """)
        }
        for field in wanted.subtracting(before) {
            // Given, taken back and given again within one second: the first period goes on.
            let resumed = try session.run(
                """
                update agreed_field set to_at = null where setting_id = \(id) and field = \(field) and from_at = \(now)
                """)
            guard resumed == 0 else { continue }
            try session.run(
                "insert into agreed_field (setting_id, field, from_at) values (\(id), \(field), \(now))")
        }
        func text(_ fields: Set<AgreedField>) -> String {
            fields.isEmpty
                ? "nothing" : AgreedField.allCases.filter(fields.contains).map(\.rawValue).joined(separator: ", ")
        }
        try Audit.log(
            session, tools, action: "directory.setting.agreed", subject: "setting:\(id)", before: text(before),
            after: text(wanted))
        try Directory.touch(session)
        return true
    }
}
