internal import Civil
internal import Directory
internal import House
internal import Identity
internal import Store

/// Groups as they stand in the database.
enum Groups {
    /// The groups of hubs with their seats, those at work first, the steering group on top. One group where it is named.
    static func books(_ hubs: [String], only group: String? = nil, _ session: any Session) throws -> [GroupBook] {
        var place: SQL = "hub_id in \(list: hubs)"
        if let group { place = "\(place) and id = \(group)" }
        let groups = try session.all("select * from network_group where \(place) order by lower(title), id").compactMap(NetworkGroup.init)
        let ids = groups.map(\.id)
        let rows = try session.all(
            """
            select s.*, t.id as sitting_id, t.person_id, t.name, t.organisation, t.setting_id, t.sector as of_sector, t.from_day as since_day,
                t.to_day
            from group_seat s left join group_sitting t on t.seat_id = s.id
            where s.group_id in \(list: ids) order by s.is_chair desc, s.from_day, s.id, t.from_day, t.id
            """)
        let names = try PeopleBook.names(rows.compactMap { row in row.textOrNil("person_id").map { "person:\($0)" } }, session)
        var seats: [String: [Seat]] = [:]
        for run in runs(rows) {
            guard let first = run.first, let seat = seat(first, run.compactMap { sitting($0, names) }) else { continue }
            seats[seat.groupID, default: []].append(seat)
        }
        return groups.map { GroupBook(group: $0, allSeats: sorted(seats[$0.id] ?? [])) }.enumerated().sorted { left, right in
            let (l, r) = (left.element.group, right.element.group)
            return (l.isAtWork ? 0 : 1, l.kind.place, left.offset) < (r.isAtWork ? 0 : 1, r.kind.place, right.offset)
        }.map(\.element)
    }

    /// Rows of one seat together; they come in the order of seats.
    private static func runs(_ rows: [Row]) -> [[Row]] {
        var runs: [[Row]] = []
        for row in rows {
            if runs.last?.first?.text("id") == row.text("id") { runs[runs.count - 1].append(row) } else { runs.append([row]) }
        }
        return runs
    }

    private static func seat(_ row: Row, _ sittings: [Seat.Sitting]) -> Seat? {
        guard let sector: Sector = row.code("sector"), let from = row.day("from_day") else { return nil }
        return Seat(
            id: row.text("id"), groupID: row.text("group_id"), sector: sector, title: row.textOrNil("title"), isChair: row.bool("is_chair"),
            fromDay: from, endedDay: row.day("ended_day"), sittings: sittings)
    }

    private static func sitting(_ row: Row, _ names: [String: String]) -> Seat.Sitting? {
        guard let id = row.textOrNil("sitting_id"), let sector: Sector = row.code("of_sector"), let from = row.day("since_day") else {
            return nil
        }
        let person = row.textOrNil("person_id")
        let name = person.map { names["person:\($0)"] ?? "Somebody who left" } ?? row.textOrNil("name") ?? "Somebody who left"
        return Seat.Sitting(
            id: id, personID: person, name: name, organisation: row.textOrNil("organisation"), settingID: row.textOrNil("setting_id"),
            sector: sector, fromDay: from, toDay: row.day("to_day"))
    }

    /// The chair first, then sector by sector.
    private static func sorted(_ seats: [Seat]) -> [Seat] {
        let order = Dictionary(uniqueKeysWithValues: Sector.allCases.enumerated().map { ($1, $0) })
        return seats.enumerated().sorted { left, right in
            let (l, r) = (left.element, right.element)
            return (l.isChair ? 0 : 1, order[l.sector] ?? 9, left.offset) < (r.isChair ? 0 : 1, order[r.sector] ?? 9, right.offset)
        }.map(\.element)
    }

    /// One group of a hub. Throws `Refusal.notFound`.
    static func book(_ group: String, hub: String, _ session: any Session) throws -> GroupBook {
        guard let book = try books([hub], only: group, session).first else {
            throw Refusal.notFound("There is no group at this address.")
        }
        return book
    }

    // MARK: Writing

    /// A group's facts as they were typed.
    struct Facts: Sendable, Equatable {
        var kind: NetworkGroup.Kind
        var title: String
        var purpose: String?
        var beginsDay: Day
        var endsDay: Day?
        var rhythm: Rhythm?
    }

    static func make(_ facts: Facts, hub: String, seats: [Sector: Int], _ tools: Tools, _ session: any Session) throws -> String {
        let id = tools.ids.next()
        try session.run(
            """
            insert into network_group (id, hub_id, kind, title, purpose, begins_day, ends_day, rhythm, version, created_at, by_whom)
            values (\(id), \(hub), \(facts.kind), \(facts.title), \(facts.purpose), \(facts.beginsDay), \(facts.endsDay), \(facts.rhythm), 1,
                \(tools.clock.now), \(tools.asker.auditName))
            """)
        try log("made", id, after: facts.kind.rawValue, tools, session)
        for sector in Sector.allCases {
            for _ in 0..<(seats[sector] ?? 0) { try addSeat(id, sector, title: nil, isChair: false, on: facts.beginsDay, tools, session) }
        }
        return id
    }

    /// Writes the facts over a version. False when somebody else changed them meanwhile.
    static func save(_ facts: Facts, _ id: String, over version: Int, _ tools: Tools, _ session: any Session) throws -> Bool {
        let written = try session.run(
            """
            update network_group set kind = \(facts.kind), title = \(facts.title), purpose = \(facts.purpose), begins_day = \(facts.beginsDay),
                ends_day = \(facts.endsDay), rhythm = \(facts.rhythm), version = version + 1
            where id = \(id) and version = \(version)
            """)
        if written == 1 { try log("changed", id, after: "version \(version + 1)", tools, session) }
        return written == 1
    }

    static func set(ended: Bool, _ id: String, _ tools: Tools, _ session: any Session) throws {
        let day = ended ? tools.clock.today : nil
        try session.run("update network_group set ended_day = \(day), version = version + 1 where id = \(id)")
        try log(ended ? "ended" : "reopened", id, tools, session)
    }

    static func addSeat(
        _ group: String, _ sector: Sector, title: String?, isChair: Bool, on day: Day, _ tools: Tools, _ session: any Session
    ) throws {
        try session.lock("eyhub.group.\(group)")
        if isChair,
            try session.count("select count(*) from group_seat where group_id = \(group) and is_chair = 1 and ended_day is null") > 0
        {
            throw Refusal.badRequest("This group has a chair’s seat already. Change who fills it.")
        }
        let id = tools.ids.next()
        try session.run(
            """
            insert into group_seat (id, group_id, sector, title, is_chair, from_day)
            values (\(id), \(group), \(sector.rawValue), \(title), \(isChair), \(day)) on conflict do nothing
            """)
        try log("seat.added", group, after: "\(isChair ? "chair" : sector.rawValue) \(id)", tools, session)
    }

    /// Takes a seat out or brings it back. Whoever sat there stays in the history.
    static func set(seatEnded: Bool, _ seat: Seat, _ tools: Tools, _ session: any Session) throws {
        try session.lock("eyhub.group.\(seat.groupID)")
        let today = tools.clock.today
        if seatEnded {
            try vacate(seat, on: today, tools, session)
            try session.run(
                "update group_seat set ended_day = case when from_day > \(today) then from_day else \(today) end where id = \(seat.id)")
        } else {
            let chairs = try session.count(
                "select count(*) from group_seat where group_id = \(seat.groupID) and is_chair = 1 and ended_day is null")
            if seat.isChair, chairs > 0 { throw Refusal.badRequest("This group has another chair’s seat now.") }
            try session.run("update group_seat set ended_day = null where id = \(seat.id)")
        }
        try log(seatEnded ? "seat.removed" : "seat.restored", seat.groupID, after: seat.id, tools, session)
    }

    /// Somebody who comes onto a seat, as they were chosen or written.
    struct NewSitting: Sendable {
        var personID: String?
        var name: String?
        var organisation: String?
        var settingID: String?
        var sector: Sector
        var fromDay: Day
    }

    /// Fills an empty seat. False when somebody sits there by now.
    static func fill(_ seat: Seat, _ new: NewSitting, _ tools: Tools, _ session: any Session) throws -> Bool {
        try session.lock("eyhub.group.\(seat.groupID)")
        guard try session.count("select count(*) from group_sitting where seat_id = \(seat.id) and to_day is null") == 0 else {
            return false
        }
        let id = tools.ids.next()
        let written = try session.run(
            """
            insert into group_sitting (id, seat_id, person_id, name, organisation, setting_id, sector, from_day, by_whom)
            values (\(id), \(seat.id), \(new.personID), \(new.personID == nil ? new.name : nil), \(new.organisation), \(new.settingID),
                \(new.sector.rawValue), \(new.fromDay), \(tools.asker.auditName))
            on conflict do nothing
            """)
        guard written == 1 else { return false }
        try log("seat.filled", seat.groupID, after: "\(seat.id) \(new.fromDay.iso)", tools, session)
        return true
    }

    /// Whoever sits there leaves.
    static func vacate(_ seat: Seat, on day: Day, _ tools: Tools, _ session: any Session) throws {
        let left = try session.run(
            """
            update group_sitting set to_day = case when from_day > \(day) then from_day else \(day) end
            where seat_id = \(seat.id) and to_day is null
            """)
        if left > 0 { try log("seat.left", seat.groupID, after: "\(seat.id) \(day.iso)", tools, session) }
    }

    /// Whoever left last sits there again, if nobody else does by now.
    static func restoreLast(_ seat: Seat, _ tools: Tools, _ session: any Session) throws {
        try session.lock("eyhub.group.\(seat.groupID)")
        guard try session.count("select count(*) from group_sitting where seat_id = \(seat.id) and to_day is null") == 0,
            let last = seat.sittings.max(by: { ($0.toDay?.iso ?? "", $0.id) < ($1.toDay?.iso ?? "", $1.id) })
        else { throw Refusal.badRequest("This seat is filled, or nobody sat there before.") }
        try session.run("update group_sitting set to_day = null where id = \(last.id)")
        try log("seat.left-undone", seat.groupID, after: seat.id, tools, session)
    }

    static func log(_ what: String, _ group: String, after: String? = nil, _ tools: Tools, _ session: any Session) throws {
        try Audit.log(session, tools, action: "network.group.\(what)", subject: "group:\(group)", after: after)
    }
}
