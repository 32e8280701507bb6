internal import Civil
internal import House
internal import Store

/// Roles that begin on a day to come, and the last days of those in force (`docs/rules/permissions.md`).
///
/// Nobody can do more than their roles allow at this moment, whether this has looked yet or not: a role whose last day is over is no
/// hat any more. What is done here closes the record and tells the person.
struct RolesToCome: Sendable {
    let tools: Tools
    let book: PlaceBook

    /// A look every ten minutes; nearly always it finds nothing.
    var job: Job { Job("roles that begin and end", every: 600) { try await run() } }

    /// Ends what is over, begins what has come.
    func run() async throws {
        let today = tools.clock.today
        let isDue = try await tools.database.read { session in
            try session.count(
                """
                select (select count(*) from role where last_day < \(today) and to_at is null)
                    + (select count(*) from role_to_come where from_day <= \(today))
                """) > 0
        }
        guard isDue else { return }
        let (tools, book) = (tools, book)
        try await tools.database.write { session in
            // One copy of the program at a time.
            try session.lock("eyhub.roles")
            for row in try session.all("select * from role where last_day < \(today) and to_at is null order by id") {
                // It was over with the day, not with this look.
                let end = row.day("last_day").map { Instant.inLondon($0.adding(days: 1), hour: 0) }
                try Roles.close(row, at: end ?? tools.clock.now, tools, session)
                try RolesToCome.tellOfEnd(row, book, tools, session)
            }
            for row in try session.all("select * from role_to_come where from_day <= \(today) order by id") {
                try session.run("delete from role_to_come where id = \(row.text("id"))")
                let (grant, person) = (RoleGrant(row), row.text("person_id"))
                try Roles.give(grant, time: RoleTime(last: row.day("last_day")), to: person, tools, session)
                let over = try Identity.over(grant, book, session)
                try tools.tell(
                    person, News("A role of yours begins", ["You are now: \(grant.role.name), \(over)."], path: "/account"), session)
            }
        }
    }

    /// One that begins later, as a list shows it.
    struct Line: Sendable {
        let id: String
        let name: String
        let grant: RoleGrant
        let over: String
        let time: RoleTime
        let mayTakeBack: Bool
    }

    /// Those somebody may see, the next first; at most a hundred.
    static func seen(by asker: Asker, _ book: PlaceBook, _ session: any Session) throws -> [Line] {
        try lines("\(Identity.visibleRoles(to: asker))", asker, book, session)
    }

    /// A person's own.
    static func of(_ asker: Asker, _ book: PlaceBook, _ session: any Session) throws -> [Line] {
        try lines("r.person_id = \(asker.personID)", asker, book, session)
    }

    private static func lines(_ condition: SQL, _ asker: Asker, _ book: PlaceBook, _ session: any Session) throws -> [Line] {
        let rows = try session.all(
            """
            select r.*, p.name from role_to_come r join person p on p.id = r.person_id
            where \(condition) order by r.from_day, lower(p.name), r.id limit 100
            """)
        let names = try ScopeNames(rows.map(RoleGrant.init), book, session)
        return rows.map { row in
            let grant = RoleGrant(row)
            return Line(
                id: row.text("id"), name: row.text("name"), grant: grant, over: names.name(of: grant), time: RoleTime(row),
                mayTakeBack: asker.may(.invitePeople, at: Identity.whereabouts(of: grant)))
        }
    }

    static func tellOfEnd(_ row: Row, _ book: PlaceBook, _ tools: Tools, _ session: any Session) throws {
        let grant = RoleGrant(row)
        try tools.tell(
            row.text("person_id"),
            News(
                "A role of yours has ended",
                ["You are no longer \(grant.role.name.lowercased()), \(try Identity.over(grant, book, session))."], path: "/account"),
            session)
    }

    /// Notes a role that begins on a day to come. The same noted already gets the new days.
    static func note(
        _ grant: RoleGrant, from first: Day, until last: Day?, for personID: String, _ tools: Tools, _ session: any Session
    ) throws -> String {
        for row in try session.all("select * from role_to_come where person_id = \(personID)") where grant.matches(row) {
            try session.run("delete from role_to_come where id = \(row.text("id"))")
        }
        let id = tools.ids.next()
        try session.run(
            """
            insert into role_to_come (id, person_id, role, hub_id, area_id, setting_id, sector, from_day, last_day, given_by, made_at)
            values (\(id), \(personID), \(grant.role), \(grant.hubID), \(grant.areaID), \(grant.settingID), \(grant.sector), \(first),
                \(last), \(tools.asker.auditName), \(tools.clock.now))
            """)
        try Audit.log(
            session, tools, action: "identity.role.to-come", subject: "person:\(personID)", after: "\(grant.code) \(first.iso)",
            hub: grant.hubID)
        return id
    }

    /// Takes back a role that has not begun. False when it has, or was taken back before.
    static func takeBack(_ id: String, _ tools: Tools, _ session: any Session) throws -> Bool {
        guard let row = try session.first("select * from role_to_come where id = \(id)") else { return false }
        try session.run("delete from role_to_come where id = \(id)")
        try Audit.log(
            session, tools, action: "identity.role.to-come.taken-back", subject: "person:\(row.text("person_id"))",
            before: RoleGrant(row).code, hub: RoleGrant(row).hubID)
        return true
    }
}
