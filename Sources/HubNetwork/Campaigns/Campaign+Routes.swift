internal import Civil
internal import Directory
internal import House
internal import Page
internal import Store

extension Deed {
    static let keepCampaigns = Deed(
        "network.campaign.keep", "Make a campaign, say who is on its list and who rings, and send its letters",
        [.administrator: .anywhere, .hubLead: .ownHub, .coordinator: .ownHub])
}

extension Network {
    /// Campaigns: a list, letters, calls and what came of them.
    var campaignRoutes: [Route] {
        let all = "/staff/network/{hub}/campaigns"
        let one = "\(all)/{campaign}"
        return [
            route(.get, all, .seeNetwork, "The campaigns of a hub", at: Self.atHub) { try await $0.campaignsPage($1) },
            route(.get, "\(all)/new", .keepCampaigns, "A new campaign", at: Self.atHub) {
                try await $0.newCampaignPage($1, errors: FieldErrors())
            },
            route(.post, "\(all)/new", .keepCampaigns, "Make a campaign", at: Self.atHub) { try await $0.makeCampaign($1) },
            route(.get, one, .seeNetwork, "A campaign", at: Self.atCampaign) { try await $0.campaignPage($1) },
            route(.get, "\(one)/edit", .keepCampaigns, "Change a campaign", at: Self.atCampaign) {
                try await $0.editCampaignPage($1, errors: FieldErrors())
            },
            route(.post, "\(one)/edit", .keepCampaigns, "Change a campaign", at: Self.atCampaign) { try await $0.changeCampaign($1) },
            route(.post, "\(one)/close", .keepCampaigns, "Close a campaign", at: Self.atCampaign) { try await $0.closeCampaign($1) },
            route(.post, "\(one)/reopen", .keepCampaigns, "Open a campaign again", at: Self.atCampaign) { try await $0.reopenCampaign($1) },
            route(.get, "\(one)/list.csv", .seeNetwork, "A campaign’s list as a spreadsheet", at: Self.atCampaign) {
                try await $0.campaignCSV($1)
            },
            route(.get, "\(one)/add", .keepCampaigns, "Put settings on a campaign’s list", at: Self.atCampaign) {
                try await $0.addPage($1, errors: FieldErrors())
            },
            route(.post, "\(one)/add", .keepCampaigns, "Put settings on a campaign’s list", at: Self.atCampaign) {
                try await $0.addSettings($1)
            },
            route(.post, "\(one)/partners", .keepCampaigns, "Put a partner on a campaign’s list", at: Self.atCampaign) {
                try await $0.addPartner($1)
            },
            route(.post, "\(one)/targets/{target}/remove", .keepCampaigns, "Take somebody off a campaign’s list", at: Self.atCampaign) {
                try await $0.setTarget($1, removed: true)
            },
            route(.post, "\(one)/targets/{target}/restore", .keepCampaigns, "Put somebody back on a campaign’s list", at: Self.atCampaign) {
                try await $0.setTarget($1, removed: false)
            },
            route(.get, "\(one)/callers", .keepCampaigns, "Who rings whom", at: Self.atCampaign) { try await $0.callersPage($1) },
            route(.post, "\(one)/callers", .keepCampaigns, "Say who rings whom", at: Self.atCampaign) { try await $0.setCallers($1) },
            route(.get, "\(one)/targets/{target}", .seeNetwork, "One line of a campaign’s list", at: Self.atCampaign) {
                try await $0.targetPage($1, errors: FieldErrors())
            },
            route(.post, "\(one)/targets/{target}/call", .logContact, "Log what came of a call", at: Self.atCampaign) {
                try await $0.logCall($1)
            },
            route(.post, "\(one)/targets/{target}/caller", .keepCampaigns, "Say who rings this one", at: Self.atCampaign) {
                try await $0.setCaller($1)
            },
            route(.get, "/staff/calls", .logContact, "My calls") { try await $0.callsPage($1) },
        ] + campaignLetterRoutes
    }

    /// The hub named in the address, of which the campaign, and the line of its list, must be.
    static func atCampaign(_ request: Request, _ session: any Session) throws -> Whereabouts {
        let place = try atHub(request, session)
        let campaign = request.parameter("campaign")
        let hub = place.hubs.first ?? ""
        if try session.count("select count(*) from campaign where id = \(campaign) and hub_id = \(hub)") == 0 {
            throw Refusal.notFound("There is no campaign at this address.")
        }
        if let target = request.parameters["target"],
            try session.count("select count(*) from campaign_target where id = \(target) and campaign_id = \(campaign)") == 0
        {
            throw Refusal.notFound("There is nobody of this campaign at this address.")
        }
        return place
    }

    func mayKeepCampaigns(_ hub: String) -> Bool {
        Permission.answer(tools.asker.hats, .keepCampaigns, Whereabouts(hubs: [hub])) == .yes
    }

    func campaignView(_ request: Request) async throws -> CampaignView {
        let today = tools.clock.today
        let (hub, campaign) = (request.parameter("hub"), request.parameter("campaign"))
        return try await tools.database.read { try CampaignView.of(hub, campaign, on: today, $0) }
    }

    /// The frame of a page of one campaign.
    func campaignFrame(_ heading: String, _ view: CampaignView, isMain: Bool = false) -> PageFrame {
        var frame = frame(heading, hub: view.hub.slug, section: .campaigns)
        frame.breadcrumbs = [Link("Campaigns", "/staff/network/\(view.hub.slug)/campaigns")]
        if !isMain { frame.breadcrumbs.append(Link(view.campaign.title, view.path)) }
        return frame
    }
}
