internal import House
internal import Page
internal import Store

extension Directory {
    /// Changing a hub's name and wards; another authority can be brought in.
    func territoryPage(_ request: Request) async throws -> Answer {
        let (hub, form) = try await territoryForm(request, request.query)
        return .page(territoryHTML(hub, form, request))
    }

    func saveTerritory(_ request: Request) async throws -> Answer {
        let (hub, blank) = try await territoryForm(request, request.form)
        var form = blank
        guard let (name, wards) = form.read(request.form) else {
            return .page(territoryHTML(hub, form, request), status: 422)
        }
        let tools = tools
        try await tools.database.write { session in
            try Hubs.change(Hubs.named(hub.slug, session), name: name, wards: wards, session, tools)
        }
        return .redirect(to: "\(hub.staffPath)?done=changed")
    }

    private func territoryForm(_ request: Request, _ sent: FormData) async throws -> (Hub, HubForm) {
        let slug = request.parameter("hub")
        let asked = sent.all("authority")
        return try await tools.database.read { session in
            let hub = try Hubs.named(slug, session)
            let ours = try Hubs.wards(of: hub, session)
            let own = try session.all(
                """
                select distinct w.authority_code from ward w join hub_ward h on h.ward_code = w.code where h.hub_id = \(hub.id)
                """
            ).map { $0.text("authority_code") }
            let authorities = Set(own + asked).sorted()
            let form = HubForm(
                authorities: authorities, wards: try HubForm.wards(of: authorities, session), name: hub.name,
                ticked: Set(ours))
            return (hub, form)
        }
    }

    private func territoryHTML(_ hub: Hub, _ form: HubForm, _ request: Request) -> HTML {
        var frame = tools.frame("Name and wards of \(hub.name)", for: .staff, at: hub.staffPath)
        frame.breadcrumbs = [Link("Hubs and areas", "/staff/hubs"), Link(hub.name, hub.staffPath)]
        frame.lead =
            "A ward taken out leaves the hub’s areas too. Plans already drawn keep what they have and say what no longer fits."
        frame.errors = form.errors
        frame.scripts = ["map.js"]
        let another: HTML = """
            <p><a href="\(link: "\(hub.staffPath)/authorities")">Bring in wards of another authority</a></p>
            """
        frame.content =
            form.html(
                action: "\(hub.staffPath)/territory", submit: "Save the hub", cancel: Link("Cancel", hub.staffPath))
            + another
        return frame.html
    }

    /// Looking for another authority to bring in.
    func moreAuthorities(_ request: Request) async throws -> Answer {
        let words = request.query["q"] ?? ""
        let slug = request.parameter("hub")
        let (hub, found) = try await tools.database.read { session in
            (try Hubs.named(slug, session), try HubForm.authorities(named: words, limit: 40, session))
        }
        var frame = tools.frame("Another authority for \(hub.name)", for: .staff, at: hub.staffPath)
        frame.breadcrumbs = [Link("Hubs and areas", "/staff/hubs"), Link(hub.name, hub.staffPath)]
        let finder = FilterForm(
            action: "\(hub.staffPath)/authorities", fields: [Field.search("q", "Find an authority").filled(words)],
            submit: "Find", clear: words.isEmpty ? nil : "\(hub.staffPath)/authorities")
        let field = Field.checkboxes(
            "authority", "Authorities", choices: found.map { Choice($0.code, "\($0.name) (\($0.wards) wards)") })
        var form = Form.get("\(hub.staffPath)/territory", "Show their wards too", fields: [field])
        form.cancel = Link("Cancel", "\(hub.staffPath)/territory")
        frame.content =
            "\(finder)\(Card(nil, found.isEmpty ? "<p>No authority with wards here has a name like that.</p>" : form.html))"
        return .page(frame.html)
    }
}
