internal import Civil
internal import Directory
public import House
internal import Identity
internal import Store

/// Two invented campaigns for the demonstration's invented hub, the same each time: one at work and one closed.
public enum SampleCampaigns {
    private static let partners: [(name: String, organisation: String, email: String?, telephone: String?, sector: Sector)] = [
        ("Rukhsana Malik", "Health visiting, west team", "rukhsana.malik@example.org", "020 7946 0401", .health),
        ("Tom Ferris", "Family support", "tom.ferris@example.org", "020 7946 0402", .council),
        ("Grace Adeyemi", "Childcare brokerage", nil, "020 7946 0403", .council),
    ]

    /// Makes them unless the hub has campaigns already. Returns how many there are.
    public static func make(hub: String, _ tools: Tools) async throws -> Int {
        try await tools.database.write { session in
            let there = try session.count("select count(*) from campaign where hub_id = \(hub)")
            if there > 0 { return there }
            let today = tools.clock.today
            let slug = try Directory.hubSlug(hub, session)
            let ground = try HubGround.of(slug, on: today, session)
            let homes = ground.settings.filter { $0.type.isHome && !$0.isSecret }.map(\.id)
            let groups = ground.settings.filter { !$0.type.isHome && !$0.isSecret }.map(\.id)
            let old = try Campaigns.make(
                CampaignWords(
                    title: "Nurseries and schools, summer \(today.year)", purpose: "Begin with those who can host.",
                    asks: "to join the hub and host one meeting", from: today.adding(days: -200), to: today.adding(days: -120)),
                hub: hub, tools, session)
            try Campaigns.add(settings: groups, to: old, hub: hub, tools, session)
            try Campaigns.close(old, result: "Most joined. Schools asked for dates a term ahead.", tools, session)
            let id = try Campaigns.make(
                CampaignWords(
                    title: "Every childminder invited by name",
                    purpose: "Childminders are a third of our settings and a tenth of those who come.",
                    asks: "to join the hub and come to the spring meeting", from: today.adding(days: -21), to: today.adding(days: 40)),
                hub: hub, tools, session)
            try Campaigns.add(settings: homes + groups.prefix(6), to: id, hub: hub, tools, session)
            for partner in partners { try Campaigns.add(partner: partner, to: id, hub: hub, tools, session) }
            try ring(id, slug, tools, session)
            return 2
        }
    }

    /// Callers, letters on paper, and what came of the first calls.
    private static func ring(_ id: String, _ slug: String, _ tools: Tools, _ session: any Session) throws {
        let today = tools.clock.today
        let view = try CampaignView.of(slug, id, on: today, session)
        let callers = view.team.filter { [.hubLead, .coordinator, .champion].contains($0.role) }.map(\.id)
        let shared = CallSharing.share(view.targets.dropLast(4).map { .init(id: $0.id, area: $0.area) }, among: callers)
        try Campaigns.assign(shared.mapValues { $0 }, in: id, tools, session)
        let outcomes: [Contact.Outcome] = [.noAnswer, .spoke, .left, .joined, .noAnswer, .declined, .spoke, .noAnswer]
        for (index, target) in view.targets.enumerated() {
            if index % 5 != 4 {
                try session.run(
                    """
                    insert into campaign_post (id, campaign_id, target_id, edition, way, stop_key, day, at, by_whom)
                    values (\(tools.ids.next()), \(id), \(target.id), 1, 'paper', \(tools.ids.next()), \(today.adding(days: -18)),
                        \(tools.clock.now), \(tools.asker.auditName))
                    """)
            }
            guard index % 3 != 2 else { continue }
            let outcome = outcomes[index % outcomes.count]
            let words = ContactWords(
                settings: target.settingID.map { [$0] } ?? [], how: .call, day: today.adding(days: -(1 + index % 9)),
                purpose: view.campaign.title, outcome: outcome,
                note: outcome == .spoke ? "Likes the idea; wants to know when the meetings are." : nil, isShared: false)
            try Campaigns.log(
                NewContact(id: tools.ids.next(), hubID: view.hub.id, words: words),
                reason: outcome == .declined ? CallForm.reasons[index % CallForm.reasons.count] : nil, target: target.id, of: id, tools,
                session)
        }
    }
}
