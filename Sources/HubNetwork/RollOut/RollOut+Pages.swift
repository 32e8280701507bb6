internal import Civil
internal import Directory
internal import House
internal import Identity
internal import Page
internal import Store

extension Network {
    private func rollOutBase(_ request: Request) -> String { HubSection.rollout.path(request.parameter("hub")) }

    private func rollOut(_ request: Request) async throws -> RollOutPicture {
        let (slug, id, today) = (request.parameter("hub"), request.parameter("rollout"), tools.clock.today)
        return try await tools.database.read { try RollOutPicture.of(slug, id, on: today, $0) }
    }

    /// A hub's plans; the only one at once.
    func rollOutsPage(_ request: Request) async throws -> Answer {
        let (slug, today) = (request.parameter("hub"), tools.clock.today)
        let base = rollOutBase(request)
        let (hub, pictures) = try await tools.database.read { session in
            let hub = try HubGround.of(slug, on: today, session)
            let ids = try session.all("select id from rollout where hub_id = \(hub.id) and removed_at is null order by start_day desc, id")
            return (hub, try ids.map { try RollOutPicture.of(slug, $0.text("id"), on: today, session) })
        }
        if pictures.count == 1, request.query.pairs.isEmpty, let only = pictures.first {
            return .redirect(to: "\(base)/\(only.plan.id)")
        }
        let mayKeep = mayKeepRollOut(hub.id)
        var frame = frame("Roll-out of \(hub.name)", hub: slug, section: .rollout)
        frame.lead = "How the hub begins, step by step: who does what by when."
        if mayKeep && !pictures.isEmpty { frame.action = Action("Begin another plan", "\(base)/new") }
        if request.query["done"] == "removed", let id = request.query["plan"]?.filter({ $0.isLetter || $0.isNumber || $0 == "-" }) {
            frame.notices = [.success("Taken away.", Button("Bring it back", action: "\(base)/\(id)/restore", style: .small).html)]
        }
        frame.content =
            pictures.isEmpty
            ? EmptyState(
                "No plan yet",
                """
                Begin with what others did: thirteen steps from a launch event to champions, or the same stages in every area over a year. \
                Or write your own from nothing.
                """, action: mayKeep ? Action("Begin a plan", "\(base)/new") : nil
            ).html
            : Todo(
                pictures.map { picture in
                    let overdue = picture.count(.overdue)
                    return TodoItem(
                        picture.plan.title, href: "\(base)/\(picture.plan.id)", tag: overdue > 0 ? Tag("\(overdue) overdue", .bad) : nil,
                        detail: "\(picture.count(.done)) of \(picture.steps.count) steps done. Began on \(picture.plan.start.medium).")
                }
            ).html
        return .page(frame.html)
    }

    func newRollOutPage(_ request: Request, errors: FieldErrors) async throws -> Answer {
        let base = rollOutBase(request)
        let samples = RollOutSample.all.map { Choice($0.code, $0.name, hint: $0.about) }
        var form = Form.post(
            "\(base)/new", "Begin",
            fields: [
                Field.text("title", "What is the plan called?").filled("How our hub begins"),
                Field.date("start", "First day", hint: "The days of the steps are counted from it. You can move it later.")
                    .filled(tools.clock.today.medium),
                Field.radios("sample", "Begin with", choices: samples + [Choice("", "Nothing: we write our own steps")])
                    .filled(RollOutSample.thirteen.code),
            ])
        form.values = request.method == .post ? request.form : nil
        form.errors = errors
        form.cancel = Link("Not now", "\(base)?all=yes")
        var frame = frame("Begin a roll-out", hub: request.parameter("hub"), section: .rollout, content: form.html)
        frame.lead = "Every step can be changed, moved and taken away."
        frame.errors = errors
        return .page(frame.html, status: errors.isEmpty ? 200 : 422)
    }

    func makeRollOut(_ request: Request) async throws -> Answer {
        var reader = FormReader(request.form)
        let title = reader.text("title", missing: "Give the plan a name.", max: 120)
        let start = reader.day("start") ?? tools.clock.today
        guard let title, reader.errors.isEmpty else { return try await newRollOutPage(request, errors: reader.errors) }
        let sample = RollOutSample.all.first { $0.code == request.form["sample"] }
        let (tools, slug, today) = (tools, request.parameter("hub"), tools.clock.today)
        let id = try await tools.database.write { session in
            let hub = try HubGround.of(slug, on: today, session)
            let id = try RollOuts.make(title, start: start, hub: hub.id, tools, session)
            // Of several ways to divide the hub, the first.
            let areas = hub.areas.filter { $0.scheme == hub.areas.first?.scheme }
            if let sample { try RollOuts.add(sample, to: id, start: start, areas: areas, hub: hub.id, tools, session) }
            return id
        }
        return .redirect(to: "\(rollOutBase(request))/\(id)?done=made")
    }

    func rollOutPage(_ request: Request) async throws -> Answer {
        let picture = try await rollOut(request)
        let base = "\(rollOutBase(request))/\(picture.plan.id)"
        let mayKeep = mayKeepRollOut(picture.hub.id)
        let page = RollOutPage(picture: picture, base: base, mayKeep: mayKeep, isOrdering: mayKeep && request.query["order"] == "yes")
        var frame = frame(picture.plan.title, hub: picture.hub.slug, section: .rollout, content: page.content)
        frame.lead = "From \(picture.plan.start.long). \(picture.count(.done)) of \(picture.steps.count) steps are done."
        frame.action = mayKeep ? Action("Add a step", "\(base)/add") : Action("Print it", "\(base)/print")
        frame.trail = tools.trail(of: "rollout:\(picture.plan.id)")
        frame.notices = notices(request.query, base)
        return .page(frame.html)
    }

    private func notices(_ query: FormData, _ base: String) -> [Notice] {
        let step = (query["step"] ?? "").filter { $0.isLetter || $0.isNumber || $0 == "-" }
        switch query["done"] {
        case "made": return [.success("The plan is there. Give its steps owners.")]
        case "added": return [.success("Added.")]
        case "saved": return [.success("Saved.")]
        case "ticked":
            let back = Button("Take that back", action: "\(base)/steps/\(step)/done", hidden: [("do", "undo")], style: .small)
            return [.success("Done.", back.html)]
        case "reopened": return [.success("It is open again.")]
        case "removed":
            return [
                .success("The step is taken away.", Button("Bring it back", action: "\(base)/steps/\(step)/restore", style: .small).html)
            ]
        case "restored": return [.success("It is back.")]
        default: return []
        }
    }

    // MARK: The plan's own name and start

    private func planFields(_ plan: RollOut) -> [Field] {
        [
            Field.text("title", "Name").filled(plan.title),
            Field.date("start", "First day", hint: "Steps whose day is counted and that are not done move with it.").filled(
                plan.start.medium),
        ]
    }

    func editRollOutPage(_ request: Request, errors: FieldErrors) async throws -> Answer {
        let picture = try await rollOut(request)
        let base = "\(rollOutBase(request))/\(picture.plan.id)"
        var form = Form.post("\(base)/edit", "Save", fields: planFields(picture.plan))
        form.values = request.method == .post ? request.form : nil
        form.hidden = [("version", request.method == .post ? request.form["version"] ?? "" : "\(picture.plan.version)")]
        form.errors = errors
        form.cancel = Link("Leave it", base)
        var frame = frame("Change the plan", hub: picture.hub.slug, section: .rollout)
        frame.breadcrumbs = [Link(picture.plan.title, base)]
        frame.errors = errors
        let remove = Button("Take the whole plan away", action: "\(base)/remove", style: .quiet)
        frame.content = "\(form)<p>\(remove)</p>"
        return .page(frame.html, status: errors.isEmpty ? 200 : 422)
    }

    func saveRollOut(_ request: Request) async throws -> Answer {
        let picture = try await rollOut(request)
        let base = "\(rollOutBase(request))/\(picture.plan.id)"
        var reader = FormReader(request.form)
        let title = reader.text("title", missing: "Give the plan a name.", max: 120)
        let start = reader.day("start") ?? picture.plan.start
        guard let title, reader.errors.isEmpty else { return try await editRollOutPage(request, errors: reader.errors) }
        let (tools, version) = (tools, Int(request.form["version"] ?? "") ?? 0)
        let saved = try await tools.database.write { session in
            try RollOuts.change(picture.plan, title: title, start: start, version: version, tools, session)
        }
        if saved { return .redirect(to: "\(base)?done=saved") }
        let now = try await rollOut(request).plan
        let versions = TwoVersions(
            rows: [("Name", now.title, title), ("First day", now.start.medium, start.medium)], action: "\(base)/edit",
            fields: planFields(now), typed: request.form, version: now.version, back: Link(now.title, base))
        return versions.answer(in: frame(TwoVersions.heading, hub: picture.hub.slug, section: .rollout))
    }

    func removeRollOut(_ request: Request, isRemoved: Bool) async throws -> Answer {
        let (tools, id) = (tools, request.parameter("rollout"))
        try await tools.database.write { try RollOuts.removePlan(id, isRemoved, tools, $0) }
        if !isRemoved { return .redirect(to: "\(rollOutBase(request))/\(id)?done=restored") }
        return .redirect(to: PageAddress(rollOutBase(request), [("done", "removed"), ("plan", id)]).href)
    }

    /// The plan as a sheet of paper.
    func printRollOut(_ request: Request) async throws -> Answer {
        let picture = try await rollOut(request)
        let tables = picture.parts.html { part in
            var table = Table(
                part.name,
                columns: [Table.Column("Step"), Table.Column("Who"), Table.Column("By"), Table.Column("Done"), Table.Column("Note")],
                rows: part.steps.map { step in
                    Table.Row([
                        "\(step.title)", "\(picture.name(of: step.owner))", "\(step.due?.short)", "\(step.done?.short)",
                        "\(step.note.map { String($0.prefix(400)) })",
                    ])
                })
            table.isCompact = true
            table.isCaptionHidden = true
            return "<h2>\(part.name)</h2>\(table)"
        }
        var frame = PrintFrame(site: picture.hub.name, heading: picture.plan.title, content: "\(tables)")
        try await dress(&frame, hub: picture.hub.id)
        frame.dateLine = "As on \(tools.clock.today.long)"
        frame.lead = "From \(picture.plan.start.long). \(picture.count(.done)) of \(picture.steps.count) steps are done."
        frame.isLandscape = true
        return .page(frame.html)
    }
}
