public import Civil
public import House
internal import Store

/// Roles by the command line: the same rules and the same trail as on the pages.
public enum RoleDesk {
    /// A role somebody holds, as a list shows it.
    public struct Line: Sendable {
        public let id: String
        public let email: String
        public let name: String
        public let role: Role
        /// What it is held over: "Riverside mini-hub".
        public let over: String
        /// ISO day in England.
        public let since: String
        /// ISO day of the last day it is held; empty where it has no end.
        public let until: String
    }

    /// What a role is to be held over, as it is typed: ids, or the names people know.
    public struct Place: Sendable {
        public var hubID: String?
        public var area: String?
        public var setting: String?
        public var sector: String?

        public init(hubID: String?, area: String?, setting: String?, sector: String?) {
            self.hubID = hubID
            self.area = area
            self.setting = setting
            self.sector = sector
        }
    }

    /// The roles in force, of one person if an address is given. Throws `Refusal.notFound` for an address nobody has.
    public static func all(of email: String?, _ tools: Tools, _ book: PlaceBook) async throws -> [Line] {
        try await tools.database.read { session in
            let owner = try email.map { try RoleDesk.person($0, session).id }
            let condition: SQL = owner.map { "r.person_id = \($0)" } ?? "1 = 1"
            return try session.all(
                """
                select r.*, p.name, p.email from role r join person p on p.id = r.person_id
                where r.to_at is null and p.forgotten_at is null and \(condition) order by p.email_key, r.from_at, r.id
                """
            ).map { row in
                Line(
                    id: row.text("id"), email: row.text("email"), name: row.text("name"), role: row.code("role") ?? .practitioner,
                    over: try Identity.over(RoleGrant(row), book, session), since: row.instant("from_at")?.dayInLondon.iso ?? "",
                    until: row.day("last_day")?.iso ?? "")
            }
        }
    }

    /// Gives a role. Returns what was given, in words. Throws `Refusal` when the person or the place is not there, the role is not held
    /// over such a place, or the days cannot be.
    public static func give(
        _ role: Role, to email: String, over place: Place, time: RoleTime = RoleTime(), _ tools: Tools, _ book: PlaceBook
    ) async throws -> String {
        if let fault = time.fault(on: tools.clock.today) {
            throw Refusal.badRequest("\(fault.isOfFirst ? "--from" : "--until"): \(fault.words)")
        }
        return try await tools.database.write { session in
            let person = try person(email, session)
            let grant = RoleGrant(
                role, hub: place.hubID, area: try area(place, book, session), setting: try setting(place, book, session),
                sector: place.sector)
            try check(grant, book, session)
            try Roles.give(grant, time: time, to: person.id, tools, session)
            return "\(role.name), \(try Identity.over(grant, book, session))\(time.words(on: tools.clock.today))"
        }
    }

    /// Ends a role now. Returns whose it was. Throws `Refusal` when it has ended already or is the last administrator's.
    public static func end(_ id: String, _ tools: Tools) async throws -> String {
        try await tools.database.write { session in
            let row = try session.first("select p.email from role r join person p on p.id = r.person_id where r.id = \(id)")
            guard let row else { throw Refusal.notFound("There is no role “\(id)”. “eyhub role list” shows the roles with their ids.") }
            try Roles.end(id, tools, session)
            return row.text("email")
        }
    }

    /// Sets the last day of a role, or takes it away. Returns whose it is. Throws `Refusal` like `end`, and for a day that is over.
    public static func setLastDay(_ day: Day?, of id: String, _ tools: Tools) async throws -> String {
        if let fault = RoleTime(last: day).fault(on: tools.clock.today) { throw Refusal.badRequest(fault.words) }
        return try await tools.database.write { session in
            let row = try session.first("select p.email from role r join person p on p.id = r.person_id where r.id = \(id)")
            guard let row else { throw Refusal.notFound("There is no role “\(id)”. “eyhub role list” shows the roles with their ids.") }
            try Roles.setLastDay(day, of: id, tools, session)
            return row.text("email")
        }
    }

    static func person(_ email: String, _ session: any Session) throws -> Person {
        guard let person = try People.with(email: email, session) else {
            throw Refusal.notFound("There is nobody with the address \(email). Add them first with “eyhub user add”.")
        }
        return person
    }

    private static func check(_ grant: RoleGrant, _ book: PlaceBook, _ session: any Session) throws {
        let scope = InviteScope(hubID: grant.hubID, areaID: grant.areaID, settingID: grant.settingID)
        guard scope.fits(grant.role.level) else {
            let options =
                switch grant.role.level {
                case .installation: "Leave out --hub, --area and --setting."
                case .hub: "Say which with --hub, and no more."
                case .area: "Say which with --hub and --area."
                case .setting: "Say which with --hub and --setting."
                }
            throw Refusal.badRequest("\(scope.complaint(grant.role).prefix { $0 != "." }). \(options)")
        }
        try InviteScope.check(scope, book, session)
    }

    private static func area(_ place: Place, _ book: PlaceBook, _ session: any Session) throws -> String? {
        guard let asked = place.area else { return nil }
        guard let hub = place.hubID else { throw Refusal.badRequest("A mini-hub is one of a hub: give --hub too.") }
        let all = try book.areas(hub, session)
        if let found = all.first(where: { $0.id == asked }) { return found.id }
        return try only(all.filter { $0.name.lowercased() == asked.lowercased() }, asked, "mini-hub in force today", among: all)
    }

    private static func setting(_ place: Place, _ book: PlaceBook, _ session: any Session) throws -> String? {
        guard let asked = place.setting else { return nil }
        guard let hub = place.hubID else { throw Refusal.badRequest("A role in a setting is held in a hub: give --hub too.") }
        if let found = try book.setting(asked, session) { return found.id }
        let near = try book.settings(hub, asked, session)
        let exact = near.filter { $0.name.lowercased() == asked.lowercased() }
        return try only(exact.isEmpty ? near : exact, asked, "setting of the hub", among: near)
    }

    private static func only(
        _ found: [PlaceBook.Entry], _ asked: String, _ what: String, among all: [PlaceBook.Entry]
    ) throws -> String {
        if found.count == 1, let one = found.first { return one.id }
        let list = (found.isEmpty ? all : found).prefix(10).map { "\($0.name) (\($0.id))" }.joined(separator: "; ")
        let some = list.isEmpty ? "" : " There are: \(list)."
        throw Refusal.notFound(
            found.isEmpty ? "There is no \(what) “\(asked)”.\(some)" : "“\(asked)” may be more than one \(what). Give its id.\(some)")
    }
}
