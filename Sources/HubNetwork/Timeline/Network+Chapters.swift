internal import Civil
internal import House
internal import Identity
internal import Page
internal import Store

extension Network {
    /// This room's part of a setting's timeline.
    static let chapters: [Chapter] =
        contactChapters
        + [signatureChapter]
        + [championChapter]
        + gatheringChapters
        + groupChapters + requestChapters

    private static let contactChapters: [Chapter] = [
        Chapter { setting, reader, before, limit, session in
            var condition: SQL = "cs.setting_id = \(setting) and c.undone_at is null"
            switch reader {
            case .team(let hub): condition = "\(condition) and cs.hub_id = \(hub)"
            case .own: condition = "\(condition) and c.is_shared = 1"
            }
            if let before {
                condition = "\(condition) and (cs.day < \(before.day) or (cs.day = \(before.day) and cs.contact_id < \(before.key)))"
            }
            let rows = try session.all(
                """
                select c.*, (select count(*) from contact_setting o where o.contact_id = c.id) as settings
                from contact_setting cs join contact c on c.id = cs.contact_id
                where \(condition) order by cs.day desc, cs.contact_id desc limit \(limit)
                """)
            let names = try PeopleBook.names(rows.map { $0.text("by_whom") }, session)
            return rows.compactMap { row in
                guard let contact = Contact(row) else { return nil }
                return entry(contact, by: names[contact.by] ?? "", settings: row.int("settings"), for: reader)
            }
        },
        Chapter { setting, reader, before, limit, session in
            var condition: SQL = "setting_id = \(setting)"
            var isForTeam = false
            if case .team(let hub) = reader {
                condition = "\(condition) and hub_id = \(hub)"
                isForTeam = true
            }
            let rows = try session.all(
                "select id, joined_day, left_day, left_because from membership where \(condition) order by joined_day desc")
            let all = rows.flatMap { row -> [TimelineEntry] in
                let joined = row.day("joined_day").map { TimelineEntry(day: $0, key: row.text("id"), title: "Joined the hub") }
                let left = row.day("left_day").map {
                    // Why it left is the team's note of it.
                    TimelineEntry(
                        day: $0, key: row.text("id"), title: "Left the hub", detail: isForTeam ? "\(row.textOrNil("left_because"))" : "")
                }
                return [left, joined].compactMap { $0 }
            }
            let earlier = all.filter { entry in before.map { (entry.day, entry.key) < ($0.day, $0.key) } ?? true }
            return Array(earlier.sorted { ($0.day, $0.key) > ($1.day, $1.key) }.prefix(limit))
        },
        // Letters of campaigns: they are no contact of the team's, and the setting had them.
        Chapter { setting, reader, before, limit, session in
            var condition: SQL = "t.setting_id = \(setting)"
            var isForTeam = false
            if case .team(let hub) = reader {
                condition = "\(condition) and t.hub_id = \(hub)"
                isForTeam = true
            }
            if let before { condition = "\(condition) and (p.day < \(before.day) or (p.day = \(before.day) and p.id < \(before.key)))" }
            return try session.all(
                """
                select p.id, p.day, p.way, k.id as campaign_id, k.title from campaign_target t
                join campaign_post p on p.target_id = t.id join campaign k on k.id = p.campaign_id
                where \(condition) order by p.day desc, p.id desc limit \(limit)
                """
            ).compactMap { row in
                row.day("day").map { day in
                    TimelineEntry(
                        day: day, key: row.text("id"),
                        title: "Invited \(row.text("way") == "email" ? "by e-mail" : "on paper"): \(row.text("title"))",
                        href: isForTeam ? "/staff/network/{hub}/campaigns/\(row.text("campaign_id"))" : nil)
                }
            }
        },
    ]

    private static func entry(_ contact: Contact, by name: String, settings: Int, for reader: TimelineReader) -> TimelineEntry {
        let note: HTML? = contact.note.map { "<p>\($0)</p>" }
        var detail: HTML = "\(contact.purpose.map { "<p>\($0)</p>" as HTML })\(note)"
        var undo: String?
        if case .team = reader {
            undo = "/staff/network/{hub}/contacts/\(contact.id)/undo"
            let next = contact.next.map { step in
                "<p>\(Tag(step.isDone ? "Done" : "Next", step.isDone ? .good : .note)) \(step.words), by \(step.day.medium)</p>" as HTML
            }
            let shared: HTML? = contact.isShared ? "<p class=\"quiet\">The setting’s own people may read this.</p>" : nil
            detail = "\(detail)\(next)\(shared)"
        }
        if case .team = reader, contact.wasCorrected { detail = "\(detail)<p class=\"quiet\">Corrected since.</p>" }
        var href: String?
        if case .team = reader { href = "/staff/network/{hub}/contacts/\(contact.id)" }
        let others = settings > 1 ? ", together with \(settings - 1) others" : ""
        return TimelineEntry(
            day: contact.day, key: contact.id, title: "\(contact.how.name): \(contact.outcome.name.lowercasedFirst), \(name)\(others)",
            detail: detail, href: href, undo: undo)
    }
}
