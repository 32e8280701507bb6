internal import Civil
internal import Directory
internal import House
internal import Store

/// The calls of one person, over every open campaign they ring for.
struct CallList: Sendable {
    struct Call: Sendable {
        let view: CampaignView
        let target: CampaignTarget
    }

    /// Those to make now, the longest due first.
    let now: [Call]
    /// Those whose day is still to come.
    let later: [Call]
    /// How many of theirs are settled, of how many.
    let settled: Int
    let all: Int

    /// Everything of a page of calls. The number of statements depends on how many campaigns somebody rings for, never on how long their
    /// lists are.
    static func of(_ person: String, on today: Day, _ session: any Session) throws -> CallList {
        let rows = try session.all(
            """
            select distinct k.id, k.hub_id, k.from_day from campaign_target t join campaign k on k.id = t.campaign_id
            where t.caller_id = \(person) and t.removed_at is null and k.closed_at is null order by k.from_day, k.id limit 20
            """)
        let slugs = Dictionary(try Directory.hubs(session).map { ($0.id, $0.slug) }, uniquingKeysWith: { first, _ in first })
        let calls = try rows.flatMap { row -> [Call] in
            guard let slug = slugs[row.text("hub_id")] else { return [] }
            let view = try CampaignView.of(slug, row.text("id"), on: today, session)
            return view.targets.filter { $0.callerID == person }.map { Call(view: view, target: $0) }
        }
        // Who was never tried comes before who was tried often; the order of the list decides between equals.
        let open = calls.filter { $0.target.progress.due != nil }.enumerated().sorted { left, right in
            let (l, r) = (left.element.target.progress, right.element.target.progress)
            return (l.due ?? today, l.tries, left.offset) < (r.due ?? today, r.tries, right.offset)
        }.map(\.element)
        return CallList(
            now: open.filter { $0.target.isDue(on: today) }, later: open.filter { !$0.target.isDue(on: today) },
            settled: calls.count - open.count, all: calls.count)
    }

    /// How many calls are to be made now: what the Today page says. One statement for whoever rings for no campaign, else four.
    static func due(for person: String, inHubs hubs: [String]? = nil, on today: Day, _ session: any Session) throws -> Int {
        let place: SQL = hubs.map { "k.hub_id in \(list: $0)" } ?? "1 = 1"
        let rows = try session.all(
            """
            select t.id, t.setting_id, t.campaign_id, k.hub_id, k.from_day from campaign_target t join campaign k on k.id = t.campaign_id
            where t.caller_id = \(person) and t.removed_at is null and k.closed_at is null and \(place)
            """)
        if rows.isEmpty { return 0 }
        let campaigns = Set(rows.map { $0.text("campaign_id") }).sorted()
        let events = try CampaignReading.events(campaigns, session)
        let posts = try session.all(
            "select target_id, max(day) as day from campaign_post where campaign_id in \(list: campaigns) group by target_id")
        let invited = Dictionary(posts.map { ($0.text("target_id"), $0.day("day")) }, uniquingKeysWith: { first, _ in first })
        let joined = try session.all(
            """
            select hub_id, setting_id, joined_day from membership
            where left_day is null and hub_id in \(list: Set(rows.map { $0.text("hub_id") }).sorted())
            """)
        let members = Dictionary(
            joined.map { ("\($0.text("hub_id")) \($0.text("setting_id"))", $0.day("joined_day")) }, uniquingKeysWith: { first, _ in first })
        return rows.count { row in
            guard let begins = row.day("from_day") else { return false }
            let member = row.textOrNil("setting_id").flatMap { members["\(row.text("hub_id")) \($0)"] ?? nil }
            let progress = CampaignProgress(
                events: events[row.text("id")] ?? [], invited: invited[row.text("id")] ?? nil, begins: begins,
                isMember: member.map { $0 >= begins } ?? false)
            return progress.due.map { $0 <= today } ?? false
        }
    }
}
