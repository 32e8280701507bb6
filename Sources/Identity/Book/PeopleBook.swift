internal import Civil
public import House
internal import Page
public import Store

/// People as the other rooms speak of them.
public enum PeopleBook {
    /// Somebody with what they are.
    public struct Entry: Sendable, Equatable {
        public let id: String
        public let name: String
        /// "Mini-hub coordinator".
        public let role: Role
        public let areaID: String?
        public let settingID: String?
    }

    /// The names of people, by what the audit trail calls them ("person:…"). Who was forgotten is "Somebody who left".
    public static func names(_ auditNames: some Sequence<String>, _ session: any Session) throws -> [String: String] {
        let ids = Set(auditNames.compactMap { $0.hasPrefix("person:") ? String($0.dropFirst(7)) : nil })
        var names = ["command-line": "The command line", "stranger": "A stranger"]
        if ids.isEmpty { return names }
        try session.each("select id, name from person where id in \(list: ids.sorted())") {
            names["person:\($0.text("id"))"] = $0.text("name")
        }
        return names
    }

    /// What somebody is called and was called before, and the settings they hold or held a role in: what was written under a name alone
    /// is found by it.
    public static func namesAndSettings(of personID: String, _ session: any Session) throws -> (names: [String], settings: [String]) {
        let names = try session.all(
            """
            select name from person where id = \(personID)
            union select before from person_change where person_id = \(personID) and what = 'name' order by 1
            """
        ).map { $0.text("name") }
        let rows = try session.all("select distinct setting_id from role where person_id = \(personID) and setting_id is not null")
        return (names, rows.map { $0.text("setting_id") })
    }

    /// Who holds a role in a hub now, by name: the hub's team, or only the people of one of its settings.
    public static func of(hub: String, setting: String? = nil, roles: Set<Role> = Set(Role.allCases), _ session: any Session) throws
        -> [Entry]
    {
        let place: SQL = setting.map { "r.setting_id = \($0)" } ?? "r.hub_id = \(hub)"
        return try session.all(
            """
            select p.id, p.name, r.role, r.area_id, r.setting_id from role r join person p on p.id = r.person_id
            where \(place) and r.to_at is null and p.forgotten_at is null order by lower(p.name), p.id, r.from_at
            """
        ).compactMap { row in
            guard let role: Role = row.code("role"), roles.contains(role) else { return nil }
            return Entry(
                id: row.text("id"), name: row.text("name"), role: role, areaID: row.textOrNil("area_id"),
                settingID: row.textOrNil("setting_id"))
        }
    }
}

extension PeopleBook {
    /// Where letters reach people, by number: of those who have an address and did not ask for no letters at all.
    public static func addresses(of ids: some Sequence<String>, _ session: any Session) throws -> [String: String] {
        let rows = try session.all(
            """
            select id, email from person where id in \(list: Array(Set(ids)).sorted()) and email is not null and mail_wish <> 'none'
                and forgotten_at is null
            """)
        return Dictionary(rows.map { ($0.text("id"), $0.text("email")) }, uniquingKeysWith: { first, _ in first })
    }
}

/// A key nobody can guess, for a link in a letter: its value goes out, its hash is kept.
public struct PersonalKey: Sendable {
    public let value: String
    public var hash: String { PersonalKey.hash(of: value) }

    /// 256 bits from the machine's source of randomness.
    public static func new() -> PersonalKey { PersonalKey(value: Secrets.token()) }

    /// What is kept of a key that came back.
    public static func hash(of value: String) -> String { Secrets.hash(value) }
}

extension Signal {
    static let noManager = Signal("no-manager", "No manager signed in", doing: "Invite the manager")
    static let bounced = Signal("invitation-bounced", "Invitation came back", doing: "Find another address")
}

extension Identity {
    public var watches: [Watch] { Identity.watches }
    public var chapters: [Chapter] { Identity.chapters }

    /// This room's part of a setting's timeline: who came and who left.
    public static let chapters: [Chapter] = [
        Chapter { setting, _, before, limit, session in
            let rows = try session.all(
                """
                select r.id, r.role, r.from_at, r.to_at, p.name from role r join person p on p.id = r.person_id
                where r.setting_id = \(setting) order by r.from_at desc, r.id desc limit \(limit)
                """)
            return rows.flatMap { row -> [TimelineEntry] in
                let role = (row.code("role", as: Role.self) ?? .practitioner).name.lowercased()
                let name = row.text("name")
                let came = row.instant("from_at").map {
                    TimelineEntry(day: $0.dayInLondon, key: row.text("id"), title: "\(name) is here as \(role)")
                }
                let left = row.instant("to_at").map {
                    TimelineEntry(day: $0.dayInLondon, key: row.text("id"), title: "\(name) is no longer \(role)")
                }
                return [left, came].compactMap { $0 }
            }.filter { entry in before.map { (entry.day, entry.key) < ($0.day, $0.key) } ?? true }
        }
    ]

    /// What this room watches for in every hub (`docs/rules/live-picture.md`).
    public static let watches: [Watch] = [
        // Both in one statement: the live picture has few to spare.
        Watch([.noManager, .bounced]) { hub, session in
            let rows = try session.all(
                """
                select distinct r.setting_id, 'managed' as what from role r join session s on s.person_id = r.person_id
                where r.role = 'manager' and r.to_at is null and r.setting_id in \(list: hub.settingIDs)
                union all
                select distinct i.setting_id, 'bounced' from invitation i join outbox o on lower(o.to_address) = lower(i.email)
                where i.setting_id in \(list: hub.settingIDs) and i.accepted_at is null and i.withdrawn_at is null
                    and o.kind = 'invitation' and (o.state = 'failed' or o.bounced_at is not null) and o.created_at >= i.created_at
                """)
            let managed = Set(rows.filter { $0.text("what") == "managed" }.map { $0.text("setting_id") })
            let bounced = rows.filter { $0.text("what") == "bounced" }.map { $0.text("setting_id") }
            let invite = "/staff/people/invite?role=\(Role.manager.rawValue)&over=setting:{setting}:\(hub.id)"
            return hub.settingIDs.filter { !managed.contains($0) }.map { Sighting($0, .noManager, path: invite) }
                + bounced.map { Sighting($0, .bounced, path: invite) }
        }
    ]
}
