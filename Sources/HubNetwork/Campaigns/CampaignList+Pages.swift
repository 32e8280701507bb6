internal import Civil
internal import Directory
internal import House
internal import Page
internal import Store

/// All campaigns of a hub, those at work first.
extension Network {
    private struct Line: Sendable {
        let campaign: Campaign
        let listed: Int
        let invited: Int
        let joined: Int
    }

    func campaignsPage(_ request: Request) async throws -> Answer {
        let slug = request.parameter("hub")
        let me = tools.asker.personID
        let today = tools.clock.today
        let (hubID, lines, calls) = try await tools.database.read { session in
            let hub = try Directory.hubID(slug, session)
            let campaigns = try session.all(
                "select * from campaign where hub_id = \(hub) order by case when closed_at is null then 0 else 1 end, from_day desc, id desc"
            ).compactMap(Campaign.init)
            let sums = try session.all(
                """
                select t.campaign_id, count(*) as listed,
                    sum(case when exists (select 1 from campaign_post p where p.target_id = t.id) then 1 else 0 end) as invited,
                    sum(case when exists (
                        select 1 from campaign_call cc join contact c on c.id = cc.contact_id
                        where cc.target_id = t.id and c.outcome = 'joined' and c.undone_at is null) then 1
                    when exists (
                        select 1 from membership m join campaign k on k.id = t.campaign_id
                        where m.setting_id = t.setting_id and m.hub_id = t.hub_id and m.left_day is null and m.joined_day >= k.from_day
                            and m.joined_day <= coalesce(substr(k.closed_at, 1, 10), '9999-12-31'))
                    then 1 else 0 end) as joined
                from campaign_target t where t.hub_id = \(hub) and t.removed_at is null group by t.campaign_id
                """)
            let byCampaign = Dictionary(sums.map { ($0.text("campaign_id"), $0) }, uniquingKeysWith: { first, _ in first })
            let lines = campaigns.map { campaign in
                let row = byCampaign[campaign.id]
                return Line(
                    campaign: campaign, listed: row?.int("listed") ?? 0, invited: row?.int("invited") ?? 0,
                    joined: row?.int("joined") ?? 0)
            }
            let mine = try me.map { try CallList.due(for: $0, inHubs: [hub], on: today, session) } ?? 0
            return (hub, lines, mine)
        }
        let mayKeep = mayKeepCampaigns(hubID)
        var frame = frame("Campaigns", hub: slug, section: .campaigns)
        frame.lead = "A list of settings and partners, a letter, somebody who rings each, and what came of it."
        if mayKeep { frame.action = Action("Start a campaign", "/staff/network/\(slug)/campaigns/new") }
        if lines.isEmpty {
            frame.content =
                EmptyState(
                    "No campaign yet",
                    "Choose settings on the live picture, such as every childminder you never spoke to, and start a campaign with them. Or begin with a name and choose then.",
                    action: mayKeep ? Action("Start a campaign", "/staff/network/\(slug)/campaigns/new") : nil, picture: .letter
                ).html
            return .page(frame.html)
        }
        let callLine: HTML? =
            calls == 0
            ? nil
            : "<p class=\"notice note\"><a href=\"/staff/calls\">You have \(calls == 1 ? "1 call" : "\(grouped(calls)) calls") to make</a></p>"
        let open = lines.filter(\.campaign.isOpen)
        let closed = lines.filter { !$0.campaign.isOpen }
        let closedPart: HTML? = closed.isEmpty ? nil : Card("Closed", table(closed, slug, "Closed campaigns")).html
        frame.content = """
            \(callLine)\(open.isEmpty ? Card("At work", "<p>None is at work.</p>") : Card("At work", table(open, slug, "Campaigns at work")))\
            \(closedPart)
            """
        return .page(frame.html)
    }

    private func table(_ lines: [Line], _ slug: String, _ caption: String) -> HTML {
        var table = Table(
            caption,
            columns: [
                Table.Column("Campaign"), Table.Column("Days"), Table.Column("On the list", align: .number),
                Table.Column("Invited", align: .number), Table.Column("Joined", align: .number),
            ],
            rows: lines.map { line in
                let path = "/staff/network/\(slug)/campaigns/\(line.campaign.id)"
                return Table.Row([
                    "<a href=\"\(link: path)\"><bdi>\(line.campaign.title)</bdi></a>", "\(line.campaign.days)", "\(grouped(line.listed))",
                    "\(grouped(line.invited))", "\(grouped(line.joined))",
                ])
            })
        table.isCaptionHidden = true
        return table.html
    }
}
