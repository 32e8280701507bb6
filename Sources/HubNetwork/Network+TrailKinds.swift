internal import Civil
internal import House
internal import Store

extension Network {
    /// The records this room's part of the trail is about, by their names.
    static let trailKinds: [TrailKind] = [
        kind("campaign", "Campaign", .seeNetwork, "campaigns/") {
            "select id, title as name, hub_id from campaign where id in \(list: $0)"
        },
        kind("partner", "Partner of a campaign") {
            "select id, organisation as name, hub_id from campaign_partner where id in \(list: $0)"
        },
        kind("agreement", "Pledge or agreement", .seePledges, "pledges/") {
            """
            select a.id, a.hub_id, v.title as name from agreement a join agreement_version v on v.agreement_id = a.id
            where a.id in \(list: $0) and v.number = (select max(n.number) from agreement_version n where n.agreement_id = a.id)
            """
        },
        kind("signature", "Signature") { "select id, hub_id, coalesce(name, '') as name from signature where id in \(list: $0)" },
        TrailKind("champion", "Champion", opens: .seeChampions) { ids, session in
            let hubs = try session.all("select id, hub_id from champion where id in \(list: ids)").map {
                ($0.text("id"), $0.text("hub_id"))
            }
            let hub = Dictionary(hubs, uniquingKeysWith: { first, _ in first })
            return try Champions.all("id in \(list: ids)", session).map {
                .init($0.id, $0.name, page: "/staff/network/{hub}/champions/people/\($0.id)", hubID: hub[$0.id])
            }
        },
        TrailKind("post", "Champion’s post") { ids, session in
            let posts = try session.all("select id, hub_id, champion_id, area_name from area_post where id in \(list: ids)")
            let names = try Champions.all("id in \(list: posts.map { $0.text("champion_id") })", session).map { ($0.id, $0.name) }
            let name = Dictionary(names, uniquingKeysWith: { first, _ in first })
            return posts.map { post in
                .init(
                    post.text("id"), "\(name[post.text("champion_id")] ?? Champion.nameless), \(post.text("area_name"))",
                    hubID: post.text("hub_id"))
            }
        },
        dated("meeting", "Meeting of a mini-hub") { "select id, hub_id, area_name as name, day from area_meeting where id in \(list: $0)" },
        dated("handover", "Hand-over") { "select id, hub_id, area_name as name, day from handover where id in \(list: $0)" },
        kind("event", "Sign-up of champions") { "select id, hub_id, title as name from champion_event where id in \(list: $0)" },
        kind("criterion", "Step of a hand-over") { "select id, hub_id, words as name from handover_criterion where id in \(list: $0)" },
        dated("contact", "Contact") { "select id, hub_id, how as name, day from contact where id in \(list: $0)" },
        dated("gathering", "Meeting", .seeNetwork, "hosting/meetings/") {
            "select id, hub_id, title as name, day from gathering where id in \(list: $0)"
        },
        kind("group", "Group", .seeGroups, "groups/") { "select id, hub_id, title as name from network_group where id in \(list: $0)" },
        dated("survey", "Needs survey", .seeNetwork, "needs/") {
            "select id, hub_id, 'From' as name, from_day as day from need_survey where id in \(list: $0)"
        },
        TrailKind("request", "Request", opens: .seeNetwork) { ids, session in
            try session.all("select id, hub_id, number, topic from need_request where id in \(list: ids)").map {
                .init(
                    $0.text("id"), "Number \($0.int("number"))", page: "/staff/network/{hub}/requests/\($0.int("number"))",
                    hubID: $0.text("hub_id"))
            }
        },
        kind("rollout", "Roll-out plan", .seeRollOut, "rollout/") {
            "select id, hub_id, title as name from rollout where id in \(list: $0)"
        },
        TrailKind("step", "Step of a roll-out plan", opens: .seeRollOut) { ids, session in
            try session.all("select id, hub_id, title, rollout_id from rollout_step where id in \(list: ids)").map {
                .init(
                    $0.text("id"), $0.text("title"), page: "/staff/network/{hub}/rollout/\($0.text("rollout_id"))",
                    hubID: $0.text("hub_id"))
            }
        },
        .fixed("readiness", "Readiness", readinessNames),
    ]

    private static let readinessNames: [String: String] = Dictionary(
        ReadinessQuestion.all.map { ($0.code, $0.words) } + ReadinessTip.all.map { ($0.code, $0.words) } + [("pilot", "The pilot")],
        uniquingKeysWith: { first, _ in first })

    /// A kind whose records are rows with a name and a hub. `page` is where under the hub's network they have theirs. A name that is gone is
    /// somebody's who was forgotten.
    private static func kind(
        _ code: String, _ words: String, _ deed: Deed? = nil, _ page: String? = nil,
        _ select: @escaping @Sendable (_ ids: [String]) -> SQL
    ) -> TrailKind {
        TrailKind(code, words, opens: deed) { ids, session in
            try session.all(select(ids)).map { row in
                let id = row.text("id")
                return .init(
                    id, row.text("name").isEmpty ? "Somebody forgotten" : row.text("name"),
                    page: page.map { "/staff/network/{hub}/\($0)\(id)" }, hubID: row.text("hub_id"))
            }
        }
    }

    /// The same with a day.
    private static func dated(
        _ code: String, _ words: String, _ deed: Deed? = nil, _ page: String? = nil,
        _ select: @escaping @Sendable (_ ids: [String]) -> SQL
    ) -> TrailKind {
        TrailKind(code, words, opens: deed) { ids, session in
            try session.all(select(ids)).map { row in
                let id = row.text("id")
                let name = Contact.How(rawValue: row.text("name"))?.name ?? row.text("name")
                return .init(
                    id, "\(name) \(row.day("day")?.medium ?? "")", page: page.map { "/staff/network/{hub}/\($0)\(id)" },
                    hubID: row.text("hub_id"))
            }
        }
    }
}
