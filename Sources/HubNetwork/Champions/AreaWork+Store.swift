internal import Civil
internal import Directory
internal import House
internal import Store

/// What is done in an area: its meetings and its hand-over.
enum AreaWork {
    static func endPost(_ id: String, on day: Day, because: String?, _ tools: Tools, _ session: any Session) throws {
        let ended = try session.run(
            """
            update area_post set to_day = case when from_day > \(day) then from_day else \(day) end, ended_because = \(because),
                ended_by = \(tools.asker.auditName) where id = \(id)
            """)
        if ended == 1 { try Audit.log(session, tools, action: "network.champion.area.ended", subject: "post:\(id)", after: day.iso) }
    }

    static func resumePost(_ id: String, _ tools: Tools, _ session: any Session) throws {
        try session.run("update area_post set to_day = null, ended_because = null, ended_by = null where id = \(id)")
        try Audit.log(session, tools, action: "network.champion.area.resumed", subject: "post:\(id)")
    }

    static func setLink(_ person: String?, base: String?, of post: String, _ tools: Tools, _ session: any Session) throws {
        try session.run("update area_post set link_person = \(person), base_id = \(base) where id = \(post)")
        try Audit.log(
            session, tools, action: "network.champion.link.set", subject: "post:\(post)", after: person.map { "person:\($0)" })
    }

    @discardableResult
    static func met(
        _ area: HubGround.Area, hub: String, on day: Day, people: Int?, _ tools: Tools, _ session: any Session
    ) throws -> String {
        try session.lock("eyhub.area-meeting.\(hub)")
        if let there = try session.first(
            "select id from area_meeting where hub_id = \(hub) and area_id = \(area.id) and day = \(day) and undone_at is null")
        {
            // The same day again is the same meeting; a count of heads is added.
            try session.run("update area_meeting set people = coalesce(\(people), people) where id = \(there.text("id"))")
            return there.text("id")
        }
        let id = tools.ids.next()
        try session.run(
            """
            insert into area_meeting (id, hub_id, area_id, area_name, day, people, by_whom)
            values (\(id), \(hub), \(area.id), \(area.name), \(day), \(people), \(tools.asker.auditName))
            """)
        try Audit.log(session, tools, action: "network.area.met", subject: "area:\(area.id)", after: day.iso)
        return id
    }

    static func setMeeting(undone: Bool, _ id: String, _ tools: Tools, _ session: any Session) throws {
        try session.run("update area_meeting set undone_at = \(undone ? tools.clock.now : nil) where id = \(id)")
        try Audit.log(
            session, tools, action: undone ? "network.area.meeting.undone" : "network.area.meeting.restored", subject: "meeting:\(id)")
    }

    /// Ticks a criterion of an area, or takes the tick back when there is no day.
    static func tick(
        _ criterion: String, _ area: HubGround.Area, hub: HubGround, on day: Day?, _ tools: Tools, _ session: any Session
    ) throws {
        // A tick of an area of the same name that is in force no more is this area's.
        try session.run(
            """
            delete from handover_tick where hub_id = \(hub.id) and criterion_id = \(criterion)
                and (area_id = \(area.id) or (area_name = \(area.name) and area_id not in \(list: hub.areas.map(\.id))))
            """)
        if let day {
            try session.run(
                """
                insert into handover_tick (criterion_id, area_id, hub_id, area_name, met_day, by_whom)
                values (\(criterion), \(area.id), \(hub.id), \(area.name), \(day), \(tools.asker.auditName))
                """)
        }
        try Audit.log(
            session, tools, action: day == nil ? "network.handover.unticked" : "network.handover.ticked", subject: "area:\(area.id)",
            after: "criterion:\(criterion)\(day.map { " \($0.iso)" } ?? "")")
    }

    /// Records the hand-over, only where every criterion is met.
    static func handOver(
        _ area: AreaStanding, hub: String, on day: Day, note: String?, _ tools: Tools, _ session: any Session
    ) throws {
        guard area.standing == .ready else {
            throw Refusal.badRequest("The hand-over can be recorded once every criterion is met, and once only.")
        }
        try session.run(
            """
            insert into handover (id, hub_id, area_id, area_name, day, note, by_whom, made_at)
            values (\(tools.ids.next()), \(hub), \(area.area.id), \(area.area.name), \(day), \(note), \(tools.asker.auditName),
                \(tools.clock.now))
            """)
        try Audit.log(session, tools, action: "network.handover.recorded", subject: "area:\(area.area.id)", after: day.iso)
    }

    static func undoHandover(_ id: String, _ tools: Tools, _ session: any Session) throws {
        try session.run("update handover set undone_at = \(tools.clock.now) where id = \(id)")
        try Audit.log(session, tools, action: "network.handover.undone", subject: "handover:\(id)")
    }
}
