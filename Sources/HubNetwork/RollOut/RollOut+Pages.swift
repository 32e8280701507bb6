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
            fields: planFields(now), typed: request.form, version: now.version, cancel: Link("Keep it as it stands", base))
        return versions.answer(in: frame("Two people changed this", hub: picture.hub.slug, section: .rollout))
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

/// The page of one plan.
struct RollOutPage {
    let picture: RollOutPicture
    let base: String
    let mayKeep: Bool
    /// Every step with its buttons to move it, done or not.
    let isOrdering: Bool

    var content: HTML {
        if picture.steps.isEmpty {
            return EmptyState(
                "No steps yet", "Write what has to happen, who does it and by when.",
                action: mayKeep ? Action("Add a step", "\(base)/add") : nil
            ).html
        }
        return "\(facts)\(Columns("\(picture.parts.html(part))", "\(chart)\(links)"))"
    }

    /// What is open, and under it what is done.
    private func part(_ part: (name: String, steps: [RollOutStep])) -> HTML {
        let items = part.steps.enumerated().map { (isDone: $1.done != nil, html: item($1, at: $0, of: part.steps.count)) }
        if isOrdering { return Card(part.name, "<ol class=\"todo\">\(items.map(\.html))</ol>").html }
        let open = items.filter { !$0.isDone }.map(\.html)
        let done = items.filter(\.isDone).map(\.html)
        let first: HTML = open.isEmpty ? "<p>Everything is done.</p>" : "<ol class=\"todo\">\(open)</ol>"
        let rest: HTML? = done.isEmpty ? nil : Disclosure("\(done.count) done", "<ol class=\"todo\">\(done)</ol>").html
        return Card(part.name, "\(first)\(rest)").html
    }

    private var facts: HTML {
        var facts = [Fact("\(picture.count(.done))", "done")]
        let overdue = picture.count(.overdue)
        if overdue > 0 { facts.append(Fact("\(overdue)", "overdue", isDue: true)) }
        facts.append(Fact("\(picture.count(.toCome))", "to come"))
        let bare = picture.steps.count { $0.owner == nil && $0.done == nil }
        if bare > 0 { facts.append(Fact("\(bare)", bare == 1 ? "open step without an owner" : "open steps without an owner", isDue: true)) }
        return Facts(facts).html
    }

    private func item(_ step: RollOutStep, at index: Int, of count: Int) -> HTML {
        let standing = step.standing(on: picture.today)
        let path = "\(base)/steps/\(step.id)"
        let tag: Tag? =
            switch standing {
            case .done: Tag("Done", .good)
            case .overdue: Tag("Overdue", .bad)
            case .toCome, .undated: nil
            }
        let title: HTML =
            mayKeep
            ? "<a class=\"thing\" href=\"\(link: path)\"><bdi>\(step.title)</bdi></a>"
            : "<span class=\"thing\"><bdi>\(step.title)</bdi></span>"
        let when = step.done.map { "Done on \($0.medium)" } ?? step.due.map { "By \($0.medium)" } ?? "No day yet"
        let who = picture.name(of: step.owner) ?? "nobody’s yet"
        let note: HTML? = step.note.map { "<p class=\"quiet\">\(String($0.prefix(200)))</p>" }
        var tick = Button(
            standing == .done ? "Not done" : "Done", action: "\(path)/done", hidden: [("do", standing == .done ? "undo" : "do")],
            style: .small)
        tick.about = ": \(step.title)"
        let moves: HTML? =
            isOrdering && count > 1 ? "<p>\(move("Up", "up", step, index > 0)) \(move("Down", "down", step, index < count - 1))</p>" : nil
        return "<li><span>\(index + 1)</span><div>\(title) \(tag)<p>\(when), \(who)</p>\(note)\(moves)</div>\(tick)</li>"
    }

    private func move(_ label: String, _ change: String, _ step: RollOutStep, _ isPossible: Bool) -> HTML? {
        guard isPossible else { return nil }
        var button = Button(label, action: "\(base)/steps/\(step.id)/\(change)", style: .small)
        button.about = ": \(step.title)"
        return button.html
    }

    private var chart: HTML {
        let parts = picture.parts
        let kinds: [StepStanding] = [.done, .toCome, .undated, .overdue]
        let tints = [1, 3, 7, 2]
        var chart = StackedBarChart(
            finding, parts: zip(kinds, tints).map { ChartPart($0.words, .tint($1)) },
            rows: parts.map { part in
                StackedRow(part.name, kinds.map { kind in Double(part.steps.count { $0.standing(on: picture.today) == kind }) })
            })
        chart.labelTitle = "Where"
        return Card(nil, chart.html).html
    }

    private var finding: String {
        let (done, all) = (picture.count(.done), picture.steps.count)
        let overdue = picture.count(.overdue)
        return "\(done) of \(all) steps done\(overdue > 0 ? ", \(overdue) overdue" : "")"
    }

    private var links: HTML {
        let order: HTML =
            isOrdering
            ? "<li><a href=\"\(link: base)\">The order is right</a></li>"
            : "<li><a href=\"\(link: "\(base)?order=yes")\">Change the order</a></li>"
        let change: HTML? = mayKeep ? "\(order)<li><a href=\"\(link: "\(base)/edit")\">Change its name or first day</a></li>" : nil
        let all = base.split(separator: "/").dropLast().joined(separator: "/")
        return Card(
            "This plan",
            """
            <ul class="listing"><li><a href="\(link: "\(base)/print")">Print it</a></li>\(change)\
            <li><a href="\(link: "/\(all)?all=yes")">All plans</a></li></ul>
            """
        ).html
    }
}
