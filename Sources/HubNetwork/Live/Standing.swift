internal import Civil
internal import House
internal import Store

/// How a hub stands with one setting: the sums of its contacts.
struct Standing: Sendable {
    let firstDay: Day?
    let lastDay: Day?
    /// When somebody of the setting was last reached.
    let spokenDay: Day?
    /// When it last came to a meeting.
    let metDay: Day?
    /// Tries since somebody was reached.
    let tries: Int
    let contacts: Int

    init(firstDay: Day?, lastDay: Day?, spokenDay: Day?, metDay: Day?, tries: Int, contacts: Int) {
        self.firstDay = firstDay
        self.lastDay = lastDay
        self.spokenDay = spokenDay
        self.metDay = metDay
        self.tries = tries
        self.contacts = contacts
    }

    init(_ row: Row) {
        firstDay = row.day("first_day")
        lastDay = row.day("last_day")
        spokenDay = row.day("spoken_day")
        metDay = row.day("met_day")
        tries = row.int("tries")
        contacts = row.int("contacts")
    }

    static func all(_ hub: String, _ session: any Session) throws -> [String: Standing] {
        var all: [String: Standing] = [:]
        try session.each("select * from standing where hub_id = \(hub)") { all[$0.text("setting_id")] = Standing($0) }
        return all
    }

    /// The same with the settings that are members now, in one statement.
    static func withMembers(_ hub: String, _ session: any Session) throws -> (standing: [String: Standing], members: Set<String>) {
        var all: [String: Standing] = [:]
        var members: Set<String> = []
        try session.each(
            """
            select setting_id, first_day, last_day, spoken_day, met_day, tries, contacts, 0 as is_member from standing where hub_id = \(hub)
            union all
            select setting_id, null, null, null, null, 0, 0, 1 from membership where hub_id = \(hub) and left_day is null
            """
        ) { row in
            if row.bool("is_member") { members.insert(row.text("setting_id")) } else { all[row.text("setting_id")] = Standing(row) }
        }
        return (all, members)
    }
}

extension Signal {
    static let neverContacted = Signal("never-contacted", "Never contacted", doing: "Log a contact")
    static let notSince = Signal("not-since", "Not contacted since the day chosen", doing: "Log a contact")
    static let tried = Signal("tried", "Tried, not reached", doing: "Try again")
    static let absent = Signal("absent", "At no meeting for two terms", doing: "Invite them")
    static let notMember = Signal("not-member", "Not a member", doing: "Ask them to join")
}

extension Network {
    static let ownSignals: [Signal] = [.neverContacted, .notSince, .tried, .absent, .notMember]

    /// What this room watches for (`docs/rules/live-picture.md`).
    static let watches: [Watch] = ownWatches + folderWatches
    /// What its other folders watch for, each in one statement.
    static let folderWatches: [Watch] = [pledgeWatch]

    private static let ownWatches: [Watch] = [
        Watch(ownSignals) { hub, session in
            sightings(hub, try Standing.all(hub.id, session), members: Set(try Memberships.now(hub.id, session).keys))
        }
    ]

    /// The rule, pure.
    static func sightings(_ hub: WatchedHub, _ standing: [String: Standing], members: Set<String>) -> [Sighting] {
        let twoTerms = Term(of: hub.today).previous.first
        let log = "/staff/network/{hub}/log?setting={setting}"
        return hub.settingIDs.flatMap { id -> [Sighting] in
            var seen: [Sighting] = []
            if let known = standing[id], let last = known.lastDay {
                if last < hub.since { seen.append(Sighting(id, .notSince, "last on \(last.medium)", path: log)) }
                if known.tries > 0 {
                    seen.append(Sighting(id, .tried, known.tries == 1 ? "once" : "\(known.tries) times", path: log))
                }
                if known.metDay.map({ $0 < twoTerms }) ?? true {
                    seen.append(Sighting(id, .absent, known.metDay.map { "last on \($0.medium)" } ?? "never", path: log))
                }
            } else {
                seen.append(Sighting(id, .neverContacted, path: log))
            }
            if !members.contains(id) { seen.append(Sighting(id, .notMember, path: "/staff/network/{hub}/settings/{setting}")) }
            return seen
        }
    }
}
