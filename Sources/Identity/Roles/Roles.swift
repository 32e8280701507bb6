internal import Civil
internal import House
internal import Store

/// Roles as they stand in the database. A role is given and ended, never changed: what somebody was stays known.
enum Roles {
    /// The hats a person has now, the widest first.
    static func hats(of personID: String, at now: Instant, _ book: PlaceBook, _ session: any Session) throws -> [Hat] {
        let rows = try session.all(
            """
            select r.id, r.role, r.hub_id, r.area_id, r.setting_id from role r
            where r.person_id = \(personID) and r.from_at <= \(now) and (r.to_at is null or r.to_at > \(now))
                and \(RoleTime.isNotOver(on: now.dayInLondon)) order by r.from_at, r.id
            """)
        return try hats(rows, id: "id", book, session)
    }

    /// Rows of `role` as hats, the widest first; the column `id` holds the role's own id.
    static func hats(_ rows: [Row], id: String, _ book: PlaceBook, _ session: any Session) throws -> [Hat] {
        if rows.isEmpty { return [] }
        let names = try ScopeNames(rows.map(RoleGrant.init), book, session)
        return rows.compactMap { row -> Hat? in
            guard let role = row.code("role", as: Role.self) else { return nil }
            let grant = RoleGrant(row)
            let isOverNothing = grant.hubID == nil && grant.settingID == nil
            return Hat(
                id: row.text(id), role: role, hubID: grant.hubID, areaID: grant.areaID, settingID: grant.settingID,
                over: isOverNothing ? "" : names.name(of: grant))
        }.sorted { Role.allCases.firstIndex(of: $0.role) ?? 0 < Role.allCases.firstIndex(of: $1.role) ?? 0 }
    }

    /// The last days of somebody's roles in force, by the role's number; none for those without an end.
    static func lastDays(of personID: String, _ session: any Session) throws -> [String: Day] {
        let rows = try session.all(
            "select id, last_day from role where person_id = \(personID) and to_at is null and last_day is not null")
        return Dictionary(uniqueKeysWithValues: rows.compactMap { row in row.day("last_day").map { (row.text("id"), $0) } })
    }

    /// Who may do a deed at a place by a role there, by number; where nobody has one, the administrators who may do it everywhere.
    static func whoMay(_ deed: Deed, at place: Whereabouts, _ tools: Tools, _ session: any Session) throws -> [String] {
        let rows = try session.all(
            """
            select r.id, r.person_id, r.role, r.hub_id, r.area_id, r.setting_id from role r join person p on p.id = r.person_id
            where r.to_at is null and \(RoleTime.isNotOver(on: tools.clock.today)) and p.forgotten_at is null and (r.role = 'administrator' or r.hub_id in \(list: place.hubs.sorted()))
            order by r.person_id, r.id
            """)
        let able = rows.filter { row in
            guard let role: Role = row.code("role") else { return false }
            let hat = Hat(
                id: row.text("id"), role: role, hubID: row.textOrNil("hub_id"), areaID: row.textOrNil("area_id"),
                settingID: row.textOrNil("setting_id"))
            return Permission.answer([hat], deed, place) == .yes
        }
        let own = able.filter { $0.text("role") != Role.administrator.rawValue }
        var seen: Set<String> = []
        return (own.isEmpty ? able : own).map { $0.text("person_id") }.filter { seen.insert($0).inserted }
    }

    /// Gives a role, from now on or from a day to come. One that is held already is left as it is, but for its last day.
    @discardableResult
    static func give(
        _ grant: RoleGrant, time: RoleTime = RoleTime(), to personID: String, _ tools: Tools, _ session: any Session
    ) throws -> String {
        if let first = time.firstToCome(after: tools.clock.today) {
            return try RolesToCome.note(grant, from: first, until: time.last, for: personID, tools, session)
        }
        let held = try session.all(
            "select id, role, hub_id, area_id, setting_id, last_day from role where person_id = \(personID) and to_at is null")
        if let same = held.first(where: { grant.matches($0) }) {
            if same.day("last_day") != time.last { try setLastDay(time.last, of: same.text("id"), tools, session) }
            return same.text("id")
        }
        let id = tools.ids.next()
        try session.run(
            """
            insert into role (id, person_id, role, hub_id, area_id, setting_id, sector, from_at, last_day, given_by)
            values (\(id), \(personID), \(grant.role), \(grant.hubID), \(grant.areaID), \(grant.settingID), \(grant.sector),
                \(tools.clock.now), \(time.last), \(tools.asker.auditName))
            """)
        try Audit.log(session, tools, action: "identity.role.given", subject: "person:\(personID)", after: grant.code, hub: grant.hubID)
        try Sessions.takeOffEndedHats(of: personID, tools, session)
        return id
    }

    /// Ends a role now. The last administrator's cannot be ended.
    static func end(_ id: String, _ tools: Tools, _ session: any Session) throws {
        try session.lock("eyhub.roles")
        guard let row = try session.first("select * from role where id = \(id) and to_at is null") else {
            throw Refusal.notFound("This role has ended already.")
        }
        try leaveAnAdministrator(without: row, session)
        try close(row, at: tools.clock.now, tools, session)
    }

    /// Sets the day with whose end a role ends by itself, or takes it away. Not for the last administrator without one.
    static func setLastDay(_ day: Day?, of id: String, _ tools: Tools, _ session: any Session) throws {
        try session.lock("eyhub.roles")
        guard let row = try session.first("select * from role where id = \(id) and to_at is null") else {
            throw Refusal.notFound("This role has ended already.")
        }
        if day != nil { try leaveAnAdministrator(without: row, session) }
        try session.run("update role set last_day = \(day) where id = \(id)")
        try Audit.log(
            session, tools, action: "identity.role.last-day", subject: "person:\(row.text("person_id"))",
            before: row.day("last_day")?.iso, after: day?.iso, hub: RoleGrant(row).hubID)
    }

    /// Throws when nobody else is administrator for good: nobody could give that role again.
    private static func leaveAnAdministrator(without row: Row, _ session: any Session) throws {
        guard row.text("role") == Role.administrator.rawValue else { return }
        if try !hasAdministrator(besides: row.text("person_id"), session) {
            throw Refusal.badRequest("This is the last administrator. Make somebody else administrator first.")
        }
    }

    /// Whether anybody else is administrator without an end in sight.
    static func hasAdministrator(besides personID: String, _ session: any Session) throws -> Bool {
        try session.count(
            "select count(*) from role where role = 'administrator' and to_at is null and last_day is null and person_id <> \(personID)")
            > 0
    }

    /// Writes down that a role is over, from a moment on.
    static func close(_ row: Row, at moment: Instant, _ tools: Tools, _ session: any Session) throws {
        try session.run("update role set to_at = \(moment), ended_by = \(tools.asker.auditName) where id = \(row.text("id"))")
        try Audit.log(
            session, tools, action: "identity.role.ended", subject: "person:\(row.text("person_id"))", before: RoleGrant(row).code,
            hub: RoleGrant(row).hubID)
        try Sessions.takeOffEndedHats(of: row.text("person_id"), tools, session)
    }
}

/// A role to give: what, and over what.
struct RoleGrant: Sendable, Equatable {
    var role: Role
    var hubID: String?
    var areaID: String?
    var settingID: String?
    /// The sector a steering member speaks for.
    var sector: String?

    init(_ role: Role, hub: String? = nil, area: String? = nil, setting: String? = nil, sector: String? = nil) {
        self.role = role
        hubID = hub
        areaID = area
        settingID = setting
        self.sector = sector
    }

    init(_ row: Row) {
        self.init(
            row.code("role") ?? .practitioner, hub: row.textOrNil("hub_id"), area: row.textOrNil("area_id"),
            setting: row.textOrNil("setting_id"), sector: row.textOrNil("sector"))
    }

    func matches(_ row: Row) -> Bool {
        row.text("role") == role.rawValue && row.textOrNil("hub_id") == hubID && row.textOrNil("area_id") == areaID
            && row.textOrNil("setting_id") == settingID
    }

    /// For the audit trail: ids, no names.
    var code: String {
        [role.rawValue, hubID.map { "hub:\($0)" }, areaID.map { "area:\($0)" }, settingID.map { "setting:\($0)" }]
            .compactMap { $0 }.joined(separator: " ")
    }
}
