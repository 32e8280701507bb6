internal import Civil
internal import Directory
internal import House
internal import Identity
internal import Store

/// What a volunteer says of themselves.
struct ChampionWish: Sendable {
    var name: String
    var email: String?
    var telephone: String?
    var settingID: String?
    var settingSaid: String?
    var area: HubGround.Area?
    var shares: Bool
    var note: String?
}

/// Volunteers, and what becomes of them (`docs/rules/champions.md`).
enum Champions {
    /// Those a condition on `champion` fits, the first to volunteer first, under the names they have now.
    static func all(_ condition: SQL, _ session: any Session) throws -> [Champion] {
        let rows = try session.all("select * from champion where \(condition) order by stood_at, id")
        let names = try PeopleBook.names(rows.compactMap { row in row.textOrNil("person_id").map { "person:\($0)" } }, session)
        return rows.map { Champion($0, names: names) }
    }

    /// Keeps a volunteer. One who stands already, by account, by e-mail address, or by name and telephone, is kept as they are.
    /// Returns the new record's id, or nil.
    @discardableResult
    static func volunteer(
        _ wish: ChampionWish, hub: String, source: Champion.Source, event: String? = nil, person: String? = nil, _ tools: Tools,
        _ session: any Session
    ) throws -> String? {
        try session.lock("eyhub.champion.\(hub)")
        var same: [SQL] = []
        if let person { same.append("person_id = \(person)") }
        if let email = wish.email { same.append("lower(email) = \(email.lowercased())") }
        if let telephone = wish.telephone {
            same.append("(email is null and telephone = \(telephone) and lower(name) = \(wish.name.lowercased()))")
        }
        if !same.isEmpty,
            try session.count(
                """
                select count(*) from champion where hub_id = \(hub) and state <> 'declined' and left_day is null
                    and (\(SQL.join(same, separator: " or ")))
                """) > 0
        {
            return nil
        }
        let id = tools.ids.next()
        let now = tools.clock.now
        try session.run(
            """
            insert into champion (id, hub_id, person_id, name, email, telephone, setting_id, setting_said, wish_area_id, wish_area, shares,
                shares_at, source, event_id, stood_at, state, note, version, changed_at, by_whom)
            values (\(id), \(hub), \(person), \(wish.name), \(wish.email), \(wish.telephone), \(wish.settingID), \(wish.settingSaid),
                \(wish.area?.id), \(wish.area?.name), \(wish.shares), \(wish.shares ? now : nil), \(source), \(event), \(now), 'waiting',
                \(wish.note), 1, \(now), \(tools.asker.auditName))
            """)
        try Audit.log(session, tools, action: "network.champion.stood", subject: "champion:\(id)", after: source.rawValue, hub: hub)
        return id
    }

    /// Writes what is known of somebody anew; false when somebody else wrote meanwhile.
    static func change(
        _ id: String, _ wish: ChampionWish, person: String?, version: Int, _ tools: Tools, _ session: any Session
    ) throws -> Bool {
        let count = try session.run(
            """
            update champion set name = \(wish.name), email = \(wish.email), telephone = \(wish.telephone), setting_id = \(wish.settingID),
                setting_said = \(wish.settingSaid), wish_area_id = \(wish.area?.id), wish_area = \(wish.area?.name),
                shares_at = case when shares = \(wish.shares) then shares_at when \(wish.shares) = 1 then \(tools.clock.now) end,
                shares = \(wish.shares), person_id = \(person), note = \(wish.note), version = version + 1,
                changed_at = \(tools.clock.now), by_whom = \(tools.asker.auditName)
            where id = \(id) and version = \(version)
            """)
        if count == 1 { try Audit.log(session, tools, action: "network.champion.changed", subject: "champion:\(id)") }
        return count == 1
    }

    static func share(_ id: String, _ shares: Bool, _ tools: Tools, _ session: any Session) throws {
        let count = try session.run(
            """
            update champion set shares = \(shares), shares_at = \(shares ? tools.clock.now : nil), version = version + 1
            where id = \(id) and shares <> \(shares)
            """)
        guard count == 1 else { return }
        try Audit.log(
            session, tools, action: "network.champion.consent", subject: "champion:\(id)", after: shares ? "given" : "taken back")
    }

    /// An area for somebody, who is accepted by that. The same area twice at once is one.
    static func give(_ post: NewPost, to champion: Champion, hub: String, _ tools: Tools, _ session: any Session) throws {
        try session.lock("eyhub.champion.\(hub)")
        let there = try session.count(
            """
            select count(*) from area_post where champion_id = \(champion.id) and kind = \(post.kind) and area_id = \(post.area.id)
                and to_day is null
            """)
        if there > 0 { return }
        try accept(champion, hub: hub, tools, session)
        let id = tools.ids.next()
        try session.run(
            """
            insert into area_post (id, champion_id, hub_id, kind, area_id, area_name, base_id, link_person, from_day, to_day, by_whom)
            values (\(id), \(champion.id), \(hub), \(post.kind), \(post.area.id), \(post.area.name), \(post.baseID), \(post.linkPerson),
                \(post.from), \(post.to), \(tools.asker.auditName))
            """)
        try Audit.log(
            session, tools, action: "network.champion.area.given", subject: "champion:\(champion.id)",
            after: "\(post.kind.rawValue) area:\(post.area.id) from \(post.from.iso)")
        if let person = champion.personID {
            try tools.tell(
                person,
                News(
                    "You are \(post.kind.name.lowercased()) of \(post.area.name)",
                    ["From \(post.from.medium). Who stands beside you, and when the first meeting is due, stands on the page."],
                    path: champion.settingID.map { "/own/\($0)/champion" } ?? "/staff/champions"), session)
        }
    }

    private static func accept(_ champion: Champion, hub: String, _ tools: Tools, _ session: any Session) throws {
        if champion.isActive { return }
        try session.run(
            """
            update champion set state = 'accepted', decided_at = \(tools.clock.now), decided_by = \(tools.asker.auditName),
                declined_because = null, left_day = null, left_because = null, version = version + 1
            where id = \(champion.id)
            """)
        try Audit.log(session, tools, action: "network.champion.accepted", subject: "champion:\(champion.id)")
        if let person = champion.personID {
            _ = try RoleDesk.set(.champion, held: true, by: person, overHub: hub, tools, session)
        }
    }

    static func decline(_ champion: Champion, because: String?, _ tools: Tools, _ session: any Session) throws {
        guard champion.isWaiting else { throw Refusal.badRequest("Somebody answered this volunteer already.") }
        try session.run(
            """
            update champion set state = 'declined', decided_at = \(tools.clock.now), decided_by = \(tools.asker.auditName),
                declined_because = \(because), version = version + 1 where id = \(champion.id)
            """)
        try Audit.log(session, tools, action: "network.champion.declined", subject: "champion:\(champion.id)")
    }

    /// They stop, with a reason; what they held ends with it.
    static func leave(
        _ champion: Champion, on day: Day, because: String?, hub: String, _ tools: Tools, _ session: any Session
    ) throws {
        let left = try session.run(
            """
            update champion set left_day = \(day), left_because = \(because), shares = 0, shares_at = null, version = version + 1
            where id = \(champion.id) and left_day is null
            """)
        guard left == 1 else { return }
        try session.run(
            """
            update area_post set to_day = case when from_day > \(day) then from_day else \(day) end, ended_because = \(because),
                ended_by = \(tools.asker.auditName)
            where champion_id = \(champion.id) and (to_day is null or to_day > \(day))
            """)
        try Audit.log(session, tools, action: "network.champion.left", subject: "champion:\(champion.id)", after: day.iso)
        if let person = champion.personID {
            _ = try RoleDesk.set(.champion, held: false, by: person, overHub: hub, tools, session)
        }
    }

    /// Whoever was declined or left waits again; what they held before stays ended.
    static func reopen(_ champion: Champion, _ tools: Tools, _ session: any Session) throws {
        guard champion.state == .declined || champion.leftDay != nil else { return }
        try session.run(
            """
            update champion set state = 'waiting', decided_at = null, decided_by = null, declined_because = null, left_day = null,
                left_because = null, version = version + 1 where id = \(champion.id)
            """)
        try Audit.log(session, tools, action: "network.champion.reopened", subject: "champion:\(champion.id)")
    }

    /// Takes out who it was; that somebody held the area stays.
    static func forget(_ id: String, _ tools: Tools, _ session: any Session) throws {
        try blank("id = \(id)", session)
        try Audit.log(session, tools, action: "network.champion.forgotten", subject: "champion:\(id)")
    }

    static func blank(_ condition: SQL, _ session: any Session) throws {
        try session.run(
            "update area_post set ended_because = null where champion_id in (select id from champion where \(condition))")
        try session.run(
            """
            update champion set name = \(Champion.nameless), email = null, telephone = null, person_id = null, setting_said = null,
                note = null, declined_because = null, left_because = null, shares = 0, shares_at = null, version = version + 1
            where \(condition)
            """)
    }
}

/// An area to give.
struct NewPost: Sendable {
    var kind: AreaPost.Kind = .champion
    var area: HubGround.Area
    var from: Day
    var to: Day?
    var baseID: String?
    var linkPerson: String?
}
