internal import Civil
internal import Directory
internal import House
internal import Page
internal import Store

/// Making a campaign, from nothing or with the settings the live picture shows.
extension Network {
    /// Parts of the address that pick settings.
    private static let pickers = ["area", "type", "show", "since", "setting", "pick"]

    func newCampaignPage(_ request: Request, errors: FieldErrors) async throws -> Answer {
        let asked = request.method == .post ? request.form : request.query
        let picks = asked.pairs.filter { Self.pickers.contains($0.name) }
        let slug = request.parameter("hub")
        let chosen = try await picked(slug, FormData(picks.map { ($0.name, $0.value) }))
        var frame = frame("A new campaign", hub: slug, section: .campaigns)
        frame.breadcrumbs = [Link("Campaigns", "/staff/network/\(slug)/campaigns")]
        frame.errors = errors
        var form = Form.post(
            "/staff/network/\(slug)/campaigns/new", chosen.isEmpty ? "Make it" : "Make it with \(settingsInWords(chosen.count))",
            fields: CampaignForm.fields(nil, today: tools.clock.today))
        form.values = request.method == .post ? request.form : nil
        form.errors = errors
        form.hidden = picks.map { ($0.name, $0.value) }
        form.cancel = Link("Leave it", "/staff/network/\(slug)/campaigns")
        let names = chosen.prefix(12).html { "<li>\($0.type.mark.icon()) <bdi>\($0.title)</bdi></li>" }
        let more: HTML? = chosen.count > 12 ? "<p class=\"quiet-line\">and \(chosen.count - 12) more</p>" : nil
        let list: HTML =
            chosen.isEmpty
            ? "<p>You choose whom to invite on the next page, by any filter of the live picture or one by one.</p>"
            : "<ul class=\"listing\">\(names)</ul>\(more)"
        frame.content =
            Columns(
                Card("The campaign", form.html).html,
                Card(chosen.isEmpty ? "Its list" : "On its list: \(settingsInWords(chosen.count))", list).html
            ).html
        return .page(frame.html, status: errors.isEmpty ? 200 : 422)
    }

    func settingsInWords(_ count: Int) -> String { count == 1 ? "1 setting" : "\(grouped(count)) settings" }

    /// The settings a filter of the live picture, or a list of ids, picks; none where nothing was asked for.
    func picked(_ slug: String, _ query: FormData) async throws -> [HubGround.Place] {
        if query.pairs.isEmpty { return [] }
        let ids = Set(query.all("setting"))
        let picture = try await livePicture(slug, query).picture
        return ids.isEmpty ? picture.shown.map(\.place) : picture.hub.settings.filter { ids.contains($0.id) }
    }

    func makeCampaign(_ request: Request) async throws -> Answer {
        var reader = FormReader(request.form)
        guard let words = CampaignForm.read(&reader, today: tools.clock.today) else {
            return try await newCampaignPage(request, errors: reader.errors)
        }
        let slug = request.parameter("hub")
        let picks = request.form.pairs.filter { Self.pickers.contains($0.name) }
        let chosen = try await picked(slug, FormData(picks.map { ($0.name, $0.value) })).map(\.id)
        let tools = tools
        let id = try await tools.database.write { session in
            let hub = try Network.hubID(request, session)
            let id = try Campaigns.make(words, hub: hub, tools, session)
            try Campaigns.add(settings: chosen, to: id, hub: hub, tools, session)
            return id
        }
        return .redirect(to: "/staff/network/\(slug)/campaigns/\(id)\(chosen.isEmpty ? "/add" : "?done=made")")
    }

    // MARK: Changing

    func editCampaignPage(_ request: Request, errors: FieldErrors) async throws -> Answer {
        let view = try await campaignView(request)
        var frame = campaignFrame("Change “\(view.campaign.title)”", view)
        frame.errors = errors
        var form = Form.post(
            "\(view.path)/edit", "Save", fields: CampaignForm.fields(view.campaign.words, today: tools.clock.today))
        form.values = request.method == .post ? request.form : nil
        form.errors = errors
        form.hidden = [("version", "\(view.campaign.version)")]
        form.cancel = Link("Leave it", view.path)
        frame.content = form.html
        return .page(frame.html, status: errors.isEmpty ? 200 : 422)
    }

    func changeCampaign(_ request: Request) async throws -> Answer {
        var reader = FormReader(request.form)
        guard let words = CampaignForm.read(&reader, today: tools.clock.today) else {
            return try await editCampaignPage(request, errors: reader.errors)
        }
        let tools = tools
        let id = request.parameter("campaign")
        let version = request.form["version"].flatMap { Int($0) } ?? 0
        let saved = try await tools.database.write { try Campaigns.change(id, to: words, version: version, tools, $0) }
        if saved { return .redirect(to: "/staff/network/\(request.parameter("hub"))/campaigns/\(id)?done=changed") }
        let view = try await campaignView(request)
        let now = view.campaign
        let versions = TwoVersions(
            rows: [
                ("What is it called?", now.title, words.title), ("What do you ask them for?", now.asks, words.asks),
                ("Why?", now.purpose, words.purpose), ("From", now.from.medium, words.from.medium),
                ("Until", now.to?.medium, words.to?.medium),
            ], action: "\(view.path)/edit", fields: CampaignForm.fields(now.words, today: tools.clock.today), typed: request.form,
            version: now.version, back: Link(now.title, view.path))
        return versions.answer(in: campaignFrame(TwoVersions.heading, view))
    }

    // MARK: Closing

    func closeCampaign(_ request: Request) async throws -> Answer {
        let tools = tools
        let id = request.parameter("campaign")
        var reader = FormReader(request.form)
        let result = reader.optionalText("result", max: 5_000)
        if !reader.errors.isEmpty { return try await campaignPage(request, errors: reader.errors) }
        try await tools.database.write { try Campaigns.close(id, result: result, tools, $0) }
        return .redirect(to: "/staff/network/\(request.parameter("hub"))/campaigns/\(id)?done=closed")
    }

    func reopenCampaign(_ request: Request) async throws -> Answer {
        let tools = tools
        let id = request.parameter("campaign")
        try await tools.database.write { try Campaigns.reopen(id, tools, $0) }
        return .redirect(to: "/staff/network/\(request.parameter("hub"))/campaigns/\(id)?done=reopened")
    }
}
