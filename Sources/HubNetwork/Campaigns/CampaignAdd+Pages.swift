internal import Civil
internal import Directory
internal import House
internal import Page
internal import Store

/// Putting settings and partners on a campaign's list.
extension Network {
    /// At most so many stand on the page to be ticked; all that fit can be added at once whatever their number.
    private static let most = 60

    func addPage(_ request: Request, errors: FieldErrors) async throws -> Answer {
        let view = try await campaignView(request)
        let slug = view.hub.slug
        let hub = view.hub.id
        let (picture, wrong) = try await livePicture(slug, request.query)
        let known = try await tools.database.read { session in
            try session.all(
                """
                select p.id as partner_id, p.name as partner_name, p.organisation, p.email as partner_email,
                    p.telephone as partner_telephone, p.sector
                from campaign_partner p where p.hub_id = \(hub) and p.name <> '' and not exists (
                    select 1 from campaign_target t
                    where t.partner_id = p.id and t.campaign_id = \(view.campaign.id) and t.removed_at is null)
                order by p.organisation, p.name, p.id limit 200
                """
            ).map(CampaignPartner.init)
        }
        let listed = Set(view.targets.compactMap(\.settingID))
        let fitting = picture.shown.map(\.place).filter { !listed.contains($0.id) }
        var frame = campaignFrame("Put more on the list", view)
        frame.errors = errors.isEmpty ? wrong : errors
        frame.lead =
            "Narrow the hub’s settings as on the live picture, then add all that fit, or those you tick. Somebody who is no setting? <a href=\"#partners\">Put a partner on the list</a>"
        let filter = LiveFilter(picture: picture, errors: wrong, action: "\(view.path)/add").html
        frame.content = Columns("\(filter)\(settings(fitting, picture, view))", partners(known, view, request, errors)).html
        return .page(frame.html, status: frame.errors.isEmpty ? 200 : 422)
    }

    private func settings(_ fitting: [HubGround.Place], _ picture: LivePicture, _ view: CampaignView) -> HTML {
        let already = picture.shown.count - fitting.count
        let there: HTML? = already > 0 ? "<p class=\"quiet-line\">\(settingsInWords(already)) that fit are on the list already.</p>" : nil
        if fitting.isEmpty { return Card("Settings", "<p>No other setting fits this.</p>\(there)").html }
        let items = fitting.prefix(Self.most).html { place in
            """
            <li><label class="tick"><input type="checkbox" name="setting" value="\(place.id)">\(unseen("Choose \(place.title)"))</label>\
            <div>\(place.type.mark.icon(label: place.type.mark.words)) <bdi>\(place.title)</bdi><p>\(place.wardName)</p></div><span></span></li>
            """
        }
        let more: HTML? = fitting.count > Self.most ? "<p class=\"quiet-line\">and \(grouped(fitting.count - Self.most)) more</p>" : nil
        let hidden = picture.address.query.html { "<input type=\"hidden\" name=\"\($0.name)\" value=\"\($0.value)\">" }
        return """
            <form method="post" action="\(link: "\(view.path)/add")">\(hidden)<h2>\(settingsInWords(fitting.count)) that could be added</h2>\
            <div class="buttons"><button class="button" name="which" value="all">Add all \(grouped(fitting.count))</button>\
            <button class="button quiet" name="which" value="ticked">Add those ticked</button></div>\(there)\
            <ul class="todo">\(items)</ul>\(more)</form>
            """
    }

    private func partners(_ known: [CampaignPartner], _ view: CampaignView, _ request: Request, _ errors: FieldErrors) -> HTML {
        var form = Form.post(
            "\(view.path)/partners", "Put them on the list",
            fields: [
                .text("name", "Name", hint: "Who it is, as they call themselves."),
                .text("organisation", "Organisation or team", hint: "For example: Family support, health visiting, brokerage."),
                Field.select(
                    "sector", "They speak for", choices: Sector.allCases.map { Choice($0.rawValue, $0.name) }, prompt: "Choose"),
                Field.email("email", "E-mail").optional(), Field.telephone("telephone", "Telephone").optional(),
            ])
        form.values = request.method == .post ? request.form : nil
        form.errors = errors
        var again: HTML?
        if !known.isEmpty {
            let choose = Form.post(
                "\(view.path)/partners", "Put this one on the list",
                fields: [
                    .select("partner", "Known from another campaign", choices: known.map { Choice($0.id, $0.title) }, prompt: "Choose")
                ])
            again = choose.html
        }
        let about: HTML = "<p>Health visitors, family support, brokerage officers and others who are no setting.</p>"
        return Card("Partners", id: "partners", "\(about)\(again)\(form)").html
    }

    func addSettings(_ request: Request) async throws -> Answer {
        let slug = request.parameter("hub")
        let picks = request.form.pairs.filter { $0.name != "setting" && $0.name != "which" }.map { ($0.name, $0.value) }
        let picture = try await livePicture(slug, FormData(picks)).picture
        let ticked = Set(request.form.all("setting"))
        let places = request.form["which"] == "all" ? picture.shown.map(\.place) : picture.hub.settings.filter { ticked.contains($0.id) }
        let path = "/staff/network/\(slug)/campaigns/\(request.parameter("campaign"))"
        if places.isEmpty { throw Refusal.badRequest("Tick at least one setting, or add all that fit.") }
        let tools = tools
        let added = try await tools.database.write { session in
            try Campaigns.add(
                settings: places.map(\.id), to: request.parameter("campaign"), hub: picture.hub.id, tools, session)
        }
        return .redirect(to: "\(path)?done=added&count=\(added)")
    }

    func addPartner(_ request: Request) async throws -> Answer {
        let campaign = request.parameter("campaign")
        let path = "/staff/network/\(request.parameter("hub"))/campaigns/\(campaign)"
        let tools = tools
        if let known = request.form["partner"], !known.isEmpty {
            try await tools.database.write { session in
                let hub = try Network.hubID(request, session)
                guard try session.count("select count(*) from campaign_partner where id = \(known) and hub_id = \(hub)") == 1 else {
                    throw Refusal.badRequest("This hub knows no such partner.")
                }
                try Campaigns.add(knownPartner: known, to: campaign, hub: hub, tools, session)
            }
            return .redirect(to: "\(path)?done=partner")
        }
        var reader = FormReader(request.form)
        let name = reader.text("name", missing: "Write who it is.", max: 120)
        let organisation = reader.text("organisation", missing: "Write which organisation or team they are of.", max: 200)
        let sector = reader.choice("sector", of: Sector.self, missing: "Choose whom they speak for.")
        let email = reader.optionalText("email", max: 254)
        if let email, !MailAddress.isGood(email) { reader.fail("email", LetterProblem.badAddress.publicMessage) }
        let telephone = reader.optionalText("telephone", max: 40)
        guard let name, let organisation, let sector, reader.errors.isEmpty else {
            return try await addPage(request, errors: reader.errors)
        }
        try await tools.database.write { session in
            let hub = try Network.hubID(request, session)
            try Campaigns.add(partner: (name, organisation, email, telephone, sector), to: campaign, hub: hub, tools, session)
        }
        return .redirect(to: "\(path)?done=partner")
    }
}
