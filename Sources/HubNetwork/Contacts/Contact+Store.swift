internal import Civil
internal import House
internal import Store

enum Contacts {
    /// Writes a contact. The same form sent twice, as after a lost connection, is written once. Returns whether it was new.
    @discardableResult
    static func log(_ new: NewContact, _ tools: Tools, _ session: any Session) throws -> Bool {
        let words = new.words
        let written = try session.run(
            """
            insert into contact (id, hub_id, how, day, logged_at, by_whom, purpose, with_person, outcome, note, is_shared, next_step, next_day,
                next_person)
            values (\(new.id), \(new.hubID), \(words.how), \(words.day), \(tools.clock.now), \(tools.asker.auditName), \(words.purpose),
                \(words.withPerson), \(words.outcome), \(words.note), \(words.isShared), \(words.nextStep), \(words.nextDay), \(words.nextPerson))
            on conflict (id) do nothing
            """)
        guard written == 1 else { return false }
        for setting in Set(words.settings).sorted() {
            try session.run(
                """
                insert into contact_setting (contact_id, setting_id, hub_id, day)
                values (\(new.id), \(setting), \(new.hubID), \(words.day))
                """)
            try stand(new.hubID, setting, session)
            try Audit.log(
                session, tools, action: "network.contact.logged", subject: "setting:\(setting)",
                after: "\(words.how.rawValue) \(words.day.iso) \(words.outcome.rawValue)")
        }
        return true
    }

    /// Takes a contact back, or brings it back: it leaves the timeline and the counts, and stays known.
    static func set(undone: Bool, _ id: String, _ tools: Tools, _ session: any Session) throws {
        let value = undone ? tools.clock.now : nil
        try session.run("update contact set undone_at = \(value) where id = \(id)")
        for row in try session.all("select setting_id, hub_id from contact_setting where contact_id = \(id) order by setting_id") {
            try stand(row.text("hub_id"), row.text("setting_id"), session)
            try Audit.log(
                session, tools, action: undone ? "network.contact.undone" : "network.contact.restored",
                subject: "setting:\(row.text("setting_id"))")
        }
    }

    /// Ticks the next step off.
    static func done(_ id: String, _ tools: Tools, _ session: any Session) throws {
        let count = try session.run(
            """
            update contact set next_done_at = \(tools.clock.now), next_done_by = \(tools.asker.auditName)
            where id = \(id) and next_day is not null and next_done_at is null
            """)
        if count == 1 { try Audit.log(session, tools, action: "network.next.done", subject: "contact:\(id)") }
    }

    /// Counts the setting's line of `standing` anew from its contacts and the gatherings it was at: whoever was in the room was reached.
    static func stand(_ hub: String, _ setting: String, _ session: any Session) throws {
        try session.run("delete from standing where hub_id = \(hub) and setting_id = \(setting)")
        let reached = Contact.Outcome.allCases.filter(\.isReached).map(\.rawValue)
        let of: SQL = """
            from (
                select c.day, case when c.outcome in \(list: reached) then 1 else 0 end as is_reached,
                    case when c.how = 'meeting' and c.outcome in \(list: reached) then 1 else 0 end as is_met
                from contact_setting cs join contact c on c.id = cs.contact_id
                where cs.setting_id = \(setting) and cs.hub_id = \(hub) and c.undone_at is null
                union all
                select p.day, 1 as is_reached, 1 as is_met from gathering_part p join gathering g on g.id = p.gathering_id
                where p.setting_id = \(setting) and p.hub_id = \(hub) and g.cancelled_at is null
            ) x
            """
        guard
            let sums = try session.first(
                """
                select min(day) as first_day, max(day) as last_day, max(case when is_reached = 1 then day end) as spoken,
                    max(case when is_met = 1 then day end) as met, count(*) as contacts \(of)
                """), sums.int("contacts") > 0
        else { return }
        // Tries are those since somebody was reached.
        let tries = try session.count("select count(*) \(of) where is_reached = 0 and day > \(sums.textOrNil("spoken") ?? "")")
        try session.run(
            """
            insert into standing (hub_id, setting_id, first_day, last_day, spoken_day, met_day, tries, contacts)
            values (\(hub), \(setting), \(sums.text("first_day")), \(sums.text("last_day")), \(sums.textOrNil("spoken")),
                \(sums.textOrNil("met")), \(tries), \(sums.int("contacts")))
            """)
    }
}
