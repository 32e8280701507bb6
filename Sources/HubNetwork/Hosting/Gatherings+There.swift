internal import Civil
internal import House
internal import Identity
internal import Store

/// Who was there, as it is noted after a gathering.
struct GatheringRoll: Sendable, Equatable {
    /// By setting.
    var parts: [String: GatheringPart] = [:]
    /// Somebody of these sectors was there without a setting, with what they did.
    var guests: [Sector: GuestPart] = [:]
    var came: Int?

    struct GuestPart: Sendable, Equatable {
        var spoke = false
        var chaired = false
    }
}

extension Gatherings {
    static func roll(of gathering: Gathering, _ session: any Session) throws -> GatheringRoll {
        var roll = GatheringRoll(came: gathering.came)
        try session.each("select * from gathering_part where gathering_id = \(gathering.id)") {
            roll.parts[$0.text("setting_id")] = GatheringPart($0)
        }
        try session.each("select * from gathering_guest where gathering_id = \(gathering.id)") { row in
            guard let sector = Sector(rawValue: row.text("sector")) else { return }
            roll.guests[sector] = GatheringRoll.GuestPart(spoke: row.bool("spoke"), chaired: row.bool("chaired"))
        }
        return roll
    }

    /// Writes who was there in place of what was noted before.
    static func note(_ roll: GatheringRoll, of gathering: Gathering, version: Int, _ tools: Tools, _ session: any Session) throws {
        let before = try self.roll(of: gathering, session)
        try touch(gathering, version: version, "came = \(roll.came), noted_at = \(tools.clock.now)", session)
        try session.run("delete from gathering_part where gathering_id = \(gathering.id)")
        try session.run("delete from gathering_guest where gathering_id = \(gathering.id)")
        for (setting, part) in roll.parts.sorted(by: { $0.key < $1.key }) {
            try session.run(
                """
                insert into gathering_part (gathering_id, setting_id, hub_id, day, spoke, hosted, chaired)
                values (\(gathering.id), \(setting), \(gathering.hubID), \(gathering.day), \(part.spoke), \(part.hosted), \(part.chaired))
                """)
        }
        for (sector, part) in roll.guests.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            try session.run(
                """
                insert into gathering_guest (gathering_id, sector, spoke, chaired)
                values (\(gathering.id), \(sector.rawValue), \(part.spoke), \(part.chaired))
                """)
        }
        for setting in Set(before.parts.keys).union(roll.parts.keys).sorted() {
            try Contacts.stand(gathering.hubID, setting, session)
        }
        try Audit.log(
            session, tools, action: "network.gathering.noted", subject: "gathering:\(gathering.id)",
            before: "\(before.parts.count) settings", after: "\(roll.parts.count) settings")
    }

    /// Managers of a setting who have an account.
    static func managers(of setting: String, _ hub: String, _ session: any Session) throws -> [String] {
        try PeopleBook.of(hub: hub, setting: setting, roles: [.manager], session).map(\.id)
    }

    /// How many meetings of the hubs are past and nobody has noted who was there.
    static func unnoted(for asker: Asker, on today: Day, _ session: any Session) throws -> Int {
        let hubs = asker.hats.filter { Deed.noteAttendance.reaches[$0.role] != nil }.compactMap(\.hubID)
        let place: SQL = asker.isAdministrator ? "1 = 1" : "hub_id in \(list: hubs)"
        return try session.count(
            """
            select count(*) from gathering where day <= \(today) and day >= \(today.adding(days: -60)) and noted_at is null
                and cancelled_at is null and \(place)
            """)
    }
}
