internal import Civil
internal import Directory
internal import House
internal import Page
internal import Store

/// The page of one campaign.
extension Network {
    func campaignPage(_ request: Request, errors: FieldErrors = FieldErrors()) async throws -> Answer {
        let view = try await campaignView(request)
        let mayKeep = mayKeepCampaigns(view.hub.id)
        let page = CampaignPage(
            view: view, stage: request.query["stage"].flatMap(CampaignStage.init(rawValue:)), onlyDue: request.query["due"] == "yes",
            caller: request.query["caller"].flatMap { $0.isEmpty ? nil : $0 },
            area: request.query["area"].flatMap { $0.isEmpty ? nil : $0 },
            pageNumber: request.query["page"].flatMap { Int($0) } ?? 1, mayKeep: mayKeep, errors: errors,
            typed: request.method == .post ? request.form : nil)
        var frame = campaignFrame(view.campaign.title, view, isMain: true)
        frame.lead = "\(view.campaign.days). We ask them \(view.campaign.asks)"
        frame.errors = errors
        frame.notices = campaignNotices(request.query, view)
        if mayKeep && view.campaign.isOpen { frame.action = Action("Write the letter", "\(view.path)/letter") }
        frame.trail = tools.trail(of: "campaign:\(view.campaign.id)")
        frame.content = page.content
        return .page(frame.html, status: errors.isEmpty ? 200 : 422)
    }

    private func campaignNotices(_ query: FormData, _ view: CampaignView) -> [Notice] {
        let count = query["count"].flatMap { Int($0) } ?? 0
        switch query["done"] {
        case "made": return [.success("The campaign is made, with its list.", "Next: write the letter, and say who rings whom.")]
        case "changed": return [.success("Saved.")]
        case "added": return [.success(count == 0 ? "All of them were on the list already." : "\(grouped(count)) put on the list.")]
        case "partner": return [.success("The partner is on the list.")]
        case "removed":
            guard let target = view.removed.first(where: { $0.id == query["target"] }) else { return [] }
            let back = Button("Put it back", action: "\(view.path)/targets/\(target.id)/restore", style: .small)
            return [.success("\(target.title) is off the list. What was logged stays.", back.html)]
        case "restored": return [.success("Back on the list.")]
        case "callers": return [.success("\(grouped(count)) \(count == 1 ? "has" : "have") somebody who rings now.")]
        case "closed": return [.success("The campaign is closed. Nobody’s list of calls shows it any more.")]
        case "reopened": return [.success("The campaign is open again.")]
        case "sent": return [.success("\(count == 1 ? "1 letter is" : "\(grouped(count)) letters are") on the way.")]
        default: return []
        }
    }

    func setTarget(_ request: Request, removed: Bool) async throws -> Answer {
        let tools = tools
        let (campaign, target) = (request.parameter("campaign"), request.parameter("target"))
        try await tools.database.write { try Campaigns.set(removed: removed, target, of: campaign, tools, $0) }
        let path = "/staff/network/\(request.parameter("hub"))/campaigns/\(campaign)"
        return .redirect(to: removed ? "\(path)?done=removed&target=\(target)" : "\(path)?done=restored")
    }
}
