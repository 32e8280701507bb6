internal import Civil
internal import House
internal import Store

/// What is typed of a gathering.
struct GatheringFacts: Sendable, Equatable {
    var areaID: String?
    var areaName: String?
    var day: Day
    var title: String
    var expected: Int
    var needsStepFree: Bool
}

/// Somebody changed a record between its being shown and its being saved.
struct ChangedMeanwhile: Error {}

enum Gatherings {
    static func find(_ id: String, _ session: any Session) throws -> Gathering {
        guard let found = try session.first("select * from gathering where id = \(id)").flatMap(Gathering.init) else {
            throw Refusal.notFound("There is no meeting at this address.")
        }
        return found
    }

    /// Those of a hub from a day through another, oldest first.
    static func of(_ hub: String, _ days: ClosedRange<Day>, _ session: any Session) throws -> [Gathering] {
        try session.all(
            """
            select * from gathering where hub_id = \(hub) and day >= \(days.lowerBound) and day <= \(days.upperBound)
            order by day, coalesce(area_name, ''), id
            """
        ).compactMap(Gathering.init)
    }

    /// Writes a gathering; the same form sent twice is written once.
    static func make(_ id: String, _ hub: String, _ facts: GatheringFacts, _ tools: Tools, _ session: any Session) throws {
        let written = try session.run(
            """
            insert into gathering (id, hub_id, area_id, area_name, day, title, expected, needs_step_free, host_state, is_locked, is_told, version)
            values (\(id), \(hub), \(facts.areaID), \(facts.areaName), \(facts.day), \(facts.title), \(facts.expected),
                \(facts.needsStepFree), 'none', 0, 0, 1)
            on conflict (id) do nothing
            """)
        guard written == 1 else { return }
        try Audit.log(
            session, tools, action: "network.gathering.planned", subject: "gathering:\(id)", after: "\(facts.day.iso) \(facts.title)")
    }

    /// Changes what was typed of it. A drafted host goes, for it was chosen for another day or another number; one that was agreed or
    /// chosen by hand stays, and the page says what stands against it now.
    static func change(_ gathering: Gathering, to facts: GatheringFacts, version: Int, _ tools: Tools, _ session: any Session) throws {
        try touch(
            gathering, version: version,
            """
            area_id = \(facts.areaID), area_name = \(facts.areaName), day = \(facts.day), title = \(facts.title),
            expected = \(facts.expected), needs_step_free = \(facts.needsStepFree)
            """, session)
        let isOther =
            facts.day != gathering.day || facts.areaID != gathering.areaID || facts.expected != gathering.expected
            || facts.needsStepFree != gathering.needsStepFree
        if gathering.hostState == .draft && !gathering.isLocked && isOther {
            try session.run(
                """
                update gathering set host_id = null, host_state = 'none', because = 'It was changed: let the rotation choose again.'
                where id = \(gathering.id)
                """)
        }
        // The day stands beside each setting's part too.
        try session.run("update gathering_part set day = \(facts.day) where gathering_id = \(gathering.id)")
        for row in try session.all("select setting_id from gathering_part where gathering_id = \(gathering.id) order by setting_id") {
            try Contacts.stand(gathering.hubID, row.text("setting_id"), session)
        }
        try Audit.log(
            session, tools, action: "network.gathering.changed", subject: "gathering:\(gathering.id)",
            before: "\(gathering.day.iso) \(gathering.title), \(gathering.expected)",
            after: "\(facts.day.iso) \(facts.title), \(facts.expected)")
        if gathering.hostState == .agreed, facts.day != gathering.day, let host = gathering.hostID {
            try tell(
                host, gathering.hubID, "The day of the meeting you host has changed",
                ["\(facts.title) is now on \(facts.day.long), not on \(gathering.day.long)."], tools, session)
        }
    }

    static func set(cancelled: Bool, _ gathering: Gathering, _ tools: Tools, _ session: any Session) throws {
        let at = cancelled ? tools.clock.now : nil
        try session.run("update gathering set cancelled_at = \(at), version = version + 1 where id = \(gathering.id)")
        for row in try session.all("select setting_id from gathering_part where gathering_id = \(gathering.id) order by setting_id") {
            try Contacts.stand(gathering.hubID, row.text("setting_id"), session)
        }
        try Audit.log(
            session, tools, action: cancelled ? "network.gathering.cancelled" : "network.gathering.restored",
            subject: "gathering:\(gathering.id)")
        if gathering.hostState == .agreed, let host = gathering.hostID, gathering.day >= tools.clock.today {
            try tell(
                host, gathering.hubID,
                cancelled ? "The meeting you were to host is called off" : "The meeting you host takes place after all",
                ["\(gathering.title) on \(gathering.day.long)."], tools, session)
        }
    }

    /// Changes columns of a gathering that is still as it was shown.
    static func touch(_ gathering: Gathering, version: Int, _ columns: SQL, _ session: any Session) throws {
        let changed = try session.run(
            "update gathering set \(columns), version = version + 1 where id = \(gathering.id) and version = \(version)")
        if changed != 1 { throw ChangedMeanwhile() }
    }

    /// Brings news to a setting's managers. Returns how many there are.
    @discardableResult
    static func tell(
        _ setting: String, _ hub: String, _ subject: String, _ lines: [String], _ tools: Tools, _ session: any Session
    ) throws -> Int {
        let managers = Set(try managers(of: setting, hub, session))
        for person in managers.sorted() { try tools.tell(person, News(subject, lines, path: "/own/\(setting)/hosting"), session) }
        return managers.count
    }
}
