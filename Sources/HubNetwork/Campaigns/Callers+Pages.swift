internal import Civil
internal import Directory
internal import House
internal import Identity
internal import Page
internal import Store

/// Who rings whom: each area to its coordinator, evenly among some, or one by one on the line's own page.
extension Network {
    func callersPage(_ request: Request, errors: FieldErrors = FieldErrors()) async throws -> Answer {
        let view = try await campaignView(request)
        var frame = campaignFrame("Who rings whom", view)
        frame.errors = errors
        let open = view.targets.filter { !$0.progress.stage.isSettled }
        let without = open.count { $0.callerID == nil }
        frame.lead =
            without == 0
            ? "Everybody on the list has somebody who rings." : "\(grouped(without)) of \(grouped(open.count)) have nobody who rings yet."
        var share = Form.post(
            "\(view.path)/callers", "Share them",
            fields: [
                Field.checkboxes(
                    "caller", "Among whom?", choices: view.team.map { Choice($0.id, "\($0.name), \($0.role.name.lowercased())") }),
                scope("scope"),
            ])
        share.hidden = [("how", "share")]
        share.values = request.method == .post && request.form["how"] == "share" ? request.form : nil
        share.errors = errors
        var byArea = Form.post("\(view.path)/callers", "Give each area to its coordinator", fields: [scope("scope-of-areas")])
        byArea.hidden = [("how", "area")]
        let coordinators = Self.coordinators(view)
        let names = Self.areas(of: view).map { area in
            (area.name, "\(coordinators[area.id].flatMap { view.name(of: $0) } ?? "no coordinator yet")" as HTML)
        }
        let areaCard: Card? =
            names.isEmpty ? nil : Card("Each area to its coordinator", "\(Details(names))\(byArea)")
        frame.content =
            Columns(
                "\(table(view))",
                "\(areaCard)\(Card("Evenly", "<p>What somebody has already counts; neighbours stay together.</p>\(share)"))"
            ).html
        return .page(frame.html, status: errors.isEmpty ? 200 : 422)
    }

    /// Two forms of the page ask it, so each has an id of its own.
    private func scope(_ id: String) -> Field {
        var field = Field.radios(
            "scope", "Which of them?",
            choices: [Choice("nobody", "Those with nobody yet"), Choice("all", "All that are not settled, anew")]
        ).filled("nobody")
        field.id = id
        return field
    }

    private func table(_ view: CampaignView) -> HTML {
        let groups = Dictionary(grouping: view.targets) { $0.callerID }
        let people = groups.keys.map { id -> (name: String, id: String?, targets: [CampaignTarget]) in
            (id.map { view.name(of: $0) ?? "Somebody who left" } ?? "Nobody yet", id, groups[id] ?? [])
        }.sorted { ($0.id == nil ? 1 : 0, $0.name, $0.id ?? "") < ($1.id == nil ? 1 : 0, $1.name, $1.id ?? "") }
        var table = Table(
            "Calls by caller",
            columns: [Table.Column("Who rings"), Table.Column("On the list", align: .number)]
                + [Table.Column("To ring now", align: .number), Table.Column("Settled", align: .number)],
            rows: people.map { person in
                let href = PageAddress(view.path, [("caller", person.id ?? "nobody")]).href
                return Table.Row([
                    "<a href=\"\(link: href)\">\(person.name)</a>", "\(grouped(person.targets.count))",
                    "\(grouped(person.targets.count { $0.isDue(on: view.today) }))",
                    "\(grouped(person.targets.count { $0.progress.stage.isSettled }))",
                ])
            })
        table.isCaptionHidden = true
        table.isCompact = true
        return Card("Calls by caller", table.html).html
    }

    private static func areas(of view: CampaignView) -> [HubGround.Area] {
        view.hub.areas.filter { $0.scheme == view.hub.areas.first?.scheme }
    }

    /// Who coordinates each area; the first by name where there are several.
    private static func coordinators(_ view: CampaignView) -> [String: String] {
        var found: [String: String] = [:]
        for person in view.coordinators { if let area = person.areaID, found[area] == nil { found[area] = person.id } }
        return found
    }

    func setCallers(_ request: Request) async throws -> Answer {
        let view = try await campaignView(request)
        let isAnew = request.form["scope"] == "all"
        let open = view.targets.filter { !$0.progress.stage.isSettled && (isAnew || $0.callerID == nil) }
        var callers: [String: String?] = [:]
        if request.form["how"] == "area" {
            let coordinators = Self.coordinators(view)
            let byName = Dictionary(Self.areas(of: view).map { ($0.name, $0.id) }, uniquingKeysWith: { first, _ in first })
            for target in open { if let caller = byName[target.area].flatMap({ coordinators[$0] }) { callers[target.id] = caller } }
        } else {
            let asked = Set(request.form.all("caller"))
            let chosen = view.team.map(\.id).filter(asked.contains)
            if chosen.isEmpty {
                var reader = FormReader(request.form)
                reader.fail("caller", "Choose at least one who rings.")
                return try await callersPage(request, errors: reader.errors)
            }
            // What is settled is no work any more, and what is shared anew is not had.
            let kept = view.targets.filter { target in !target.progress.stage.isSettled && !open.contains { $0.id == target.id } }
            let having = Dictionary(grouping: kept.compactMap(\.callerID), by: { $0 }).mapValues(\.count)
            callers = CallSharing.share(open.map { .init(id: $0.id, area: $0.area) }, among: chosen, having: having).mapValues { $0 }
        }
        let tools = tools
        let given = callers
        try await tools.database.write { try Campaigns.assign(given, in: view.campaign.id, tools, $0) }
        return .redirect(to: "\(view.path)?done=callers&count=\(callers.count)")
    }
}
