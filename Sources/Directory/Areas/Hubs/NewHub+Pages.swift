internal import House
internal import Page
internal import Store

extension Directory {
    /// The first step: which authorities the hub works in.
    func newHub(_ request: Request) async throws -> Answer {
        .page(try await authorityPage(request, error: nil))
    }

    private func authorityPage(_ request: Request, error: String?) async throws -> HTML {
        let words = request.query["q"] ?? ""
        let chosen = Set(request.query.all("authority"))
        let (found, kept, any) = try await tools.database.read { session in
            let all = try HubForm.authorities(named: "", limit: .max, session)
            return (
                try HubForm.authorities(named: words, limit: 40, session), all.filter { chosen.contains($0.code) },
                !all.isEmpty
            )
        }
        var frame = tools.frame("Make a hub", for: .staff, at: request.path)
        frame.breadcrumbs = [Link("Hubs and areas", "/staff/hubs")]
        frame.lead = "First, the authorities it works in. Most hubs work in one; some reach over a border."
        guard any else {
            frame.content =
                EmptyState(
                    "No ward boundaries yet",
                    "A hub is made of wards. Load the ward boundaries of your area first; they are public and free.",
                    action: Action("Load a register", "/staff/registers"), picture: .map
                ).html
            return frame.html
        }
        var search = Field.search("q", "Find an authority", hint: "Part of its name will do, such as “newh”.").filled(
            words)
        search.isSpellchecked = false
        let finder = FilterForm(
            action: "/staff/hubs/new", fields: [search], keep: kept.map { ("authority", $0.code) }, submit: "Find",
            clear: words.isEmpty ? nil : PageAddress("/staff/hubs/new", kept.map { ("authority", $0.code) }).href)
        let offered = kept + found.filter { !chosen.contains($0.code) }
        var field = Field.checkboxes(
            "authority", "Authorities",
            choices: offered.map { Choice($0.code, "\($0.name) (\($0.wards) \($0.wards == 1 ? "ward" : "wards"))") }
        ).filled(all: Array(chosen))
        field.isInColumns = offered.count > 8
        field.error = error
        if let error { frame.errors.add("authority", error) }
        var form = Form.get("/staff/hubs/new/wards", "Go on to the wards", fields: [field])
        // Tells an answer with nothing ticked from the bare address.
        form.hidden = [("step", "wards")]
        form.cancel = Link("Cancel", "/staff/hubs")
        let none: HTML =
            found.isEmpty
            ? "<p>No authority with wards here has a name like “\(words)”. Check the spelling, or load its ward boundaries first.</p>"
            : ""
        frame.content = "\(finder)\(Card(nil, "\(none)\(offered.isEmpty ? HTML() : form.html)"))"
        return frame.html
    }

    /// The second step: its name and its wards, all ticked to begin with.
    func newHubWards(_ request: Request) async throws -> Answer {
        if request.query.pairs.isEmpty { return .redirect(to: "/staff/hubs/new") }
        let form = try await newHubForm(request.query)
        guard !form.wards.isEmpty else {
            return .page(
                try await authorityPage(request, error: "Tick at least one authority for the hub to work in."),
                status: 422)
        }
        return .page(newHubPage(form, request))
    }

    func createHub(_ request: Request) async throws -> Answer {
        var form = try await newHubForm(request.form)
        guard !form.wards.isEmpty else {
            return .page(
                try await authorityPage(request, error: "Tick at least one authority for the hub to work in."),
                status: 422)
        }
        guard let (name, wards) = form.read(request.form) else { return .page(newHubPage(form, request), status: 422) }
        let tools = tools
        let hub = try await tools.database.write { session in
            let hub = try Hubs.create(name: name, wards: wards, session, tools)
            try Directory.touch(session)
            return hub
        }
        return .redirect(to: "\(hub.staffPath)?done=made")
    }

    private func newHubForm(_ sent: FormData) async throws -> HubForm {
        let authorities = sent.all("authority")
        return try await tools.database.read { session in
            let wards = try HubForm.wards(of: authorities, session)
            let names = Set(wards.map(\.authority)).sorted()
            return HubForm(
                authorities: authorities, wards: wards,
                name: names.isEmpty ? nil : "\(Measure.list(names)) Early Years Hub", ticked: Set(wards.map(\.code)))
        }
    }

    private func newHubPage(_ form: HubForm, _ request: Request) -> HTML {
        var frame = tools.frame("Make a hub", for: .staff, at: "/staff/hubs")
        frame.breadcrumbs = [Link("Hubs and areas", "/staff/hubs"), Link("Authorities", "/staff/hubs/new")]
        frame.lead = "Now its name and its wards. All are ticked: take out those the hub does not look after."
        frame.errors = form.errors
        frame.scripts = ["map.js"]
        frame.content = form.html(action: "/staff/hubs", submit: "Make the hub", cancel: Link("Cancel", "/staff/hubs"))
        return frame.html
    }
}
