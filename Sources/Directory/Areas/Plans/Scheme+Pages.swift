internal import Civil
internal import House
internal import Page
internal import Planning
internal import Store

extension Directory {
    /// A scheme: its plans, and the form that draws a new one.
    func schemePage(_ request: Request) async throws -> Answer {
        let read = try await readScheme(request)
        return .page(try schemeHTML(read, request, errors: FieldErrors(), typed: nil))
    }

    /// Draws a new draft and leads to it.
    func draw(_ request: Request) async throws -> Answer {
        let read = try await readScheme(request)
        guard read.scheme.divides == .wards else {
            throw Refusal.badRequest("This scheme divides settings, not wards.")
        }
        var reader = FormReader(request.form)
        guard let form = DrawForm.read(&reader, wards: read.territory.wards.count) else {
            return .page(try schemeHTML(read, request, errors: reader.errors, typed: request.form), status: 422)
        }
        let drawing = Drawing(
            read.territory, by: form.balance, tolerance: Double(form.tolerance) / 100, seed: form.seed)
        let tools = tools
        let word = read.scheme.word
        let drawn: (state: PlanState, notes: [String])
        do {
            drawn = try await offPool { try drawing.draw(count: form.count, word: word) { tools.ids.next() } }
        } catch let problem as AreaProblemError {
            reader.fail("count", problem.description)
            return .page(try schemeHTML(read, request, errors: reader.errors, typed: request.form), status: 422)
        }
        let scheme = read.scheme
        let plan = try await tools.database.write { session in
            let plan = Plan(
                id: tools.ids.next(), schemeID: scheme.id, name: try Publishing.freeName(of: scheme.id, session),
                balance: form.balance, tolerance: Double(form.tolerance) / 100, seed: form.seed, notes: drawn.notes)
            try Plans.insert(plan, drawn.state, session, tools)
            return plan
        }
        return .redirect(to: "\(plan.path(in: read.territory.hub))?done=drawn")
    }

    struct SchemeRead: Sendable {
        let scheme: Scheme
        let territory: Territory
        let plans: [Plan]
        let areas: [String: Int]
    }

    func readScheme(_ request: Request) async throws -> SchemeRead {
        let slug = request.parameter("hub")
        let id = request.parameter("scheme")
        return try await tools.database.read { session in
            let hub = try Hubs.named(slug, session)
            let scheme = try Schemes.with(id: id, session)
            guard scheme.hubID == hub.id else { throw Refusal.notFound("\(hub.name) is not divided that way.") }
            let counts = try session.all(
                """
                select a.plan_id, count(*) as areas from area a join plan p on p.id = a.plan_id
                where p.scheme_id = \(scheme.id) group by a.plan_id
                """)
            return SchemeRead(
                scheme: scheme, territory: try Territory.of(hub, session), plans: try Plans.of(scheme, session),
                areas: Dictionary(counts.map { ($0.text("plan_id"), $0.int("areas")) }, uniquingKeysWith: { $1 }))
        }
    }

    func schemeHTML(
        _ read: SchemeRead, _ request: Request, errors: FieldErrors, typed: FormData?
    ) throws -> HTML {
        let hub = read.territory.hub
        let scheme = read.scheme
        var frame = tools.frame(scheme.name, for: .staff, at: hub.staffPath)
        frame.title = "\(scheme.name) of \(hub.name)"
        frame.breadcrumbs = [Link("Hubs and areas", "/staff/hubs"), Link(hub.name, hub.staffPath)]
        frame.errors = errors
        frame.scripts = ["map.js"]
        frame.notices = schemeNotices(request.query["done"], scheme)
        if let line = LeftOut.sentence(read.territory) { frame.notices.append(.note(line)) }
        let drawing = tools.asker.may(.drawAreas, at: Whereabouts(hubs: [hub.id])) ? drawCard(read, errors, typed) : nil
        frame.content = "\(planTable(read, mayDraw: drawing != nil))\(compareForm(read))\(drawing)"
        return frame.html
    }

    private func schemeNotices(_ done: String?, _ scheme: Scheme) -> [Notice] {
        switch done {
        case "made":
            [
                .success(
                    "\(scheme.name) are set up.", "Now draw a first draft. Nobody outside sees it until you publish it."
                )
            ]
        case "deleted": [.success("The draft is deleted.")]
        default: []
        }
    }

    private func drawCard(_ read: SchemeRead, _ errors: FieldErrors, _ typed: FormData?) -> Card {
        let path = read.scheme.path(in: read.territory.hub)
        guard read.scheme.divides == .wards else {
            return Card("Draw new \(read.scheme.plural)", anchorForm(read, errors, typed))
        }
        // About six wards each makes an area one person can know.
        let suggested = max(1, min(8, (read.territory.wards.count + 3) / 6))
        return Card(
            "Draw new \(read.scheme.plural)",
            DrawForm.html(
                action: "\(path)/draw", word: read.scheme.word, plural: read.scheme.plural, values: typed,
                errors: errors,
                suggested: suggested))
    }

    private func planTable(_ read: SchemeRead, mayDraw: Bool) -> Table {
        let today = tools.clock.today
        var table = Table(
            "Plans",
            columns: [
                Table.Column("Plan"), Table.Column("State"), Table.Column("Areas", align: .number),
                Table.Column("Changed"),
            ],
            rows: read.plans.map { plan in
                Table.Row([
                    "<a href=\"\(link: plan.path(in: read.territory.hub))\">\(plan.name)</a>",
                    PlanWords.state(plan, on: today), "\(read.areas[plan.id] ?? 0)", "\(plan.updatedAt?.shown)",
                ])
            })
        table.empty =
            EmptyState(
                "No \(read.scheme.plural) drawn yet",
                mayDraw
                    ? "Draw a first draft below. You can draw as many as you like, compare them, and change them by hand."
                    : "The hub’s lead draws them; the drafts then stand here.",
                picture: .map
            ).html
        return table
    }

    private func compareForm(_ read: SchemeRead) -> HTML {
        guard read.plans.count > 1 else { return "" }
        let choices = read.plans.map { Choice($0.id, $0.name) }
        let form = FilterForm(
            action: "\(read.scheme.path(in: read.territory.hub))/compare",
            fields: [
                Field.select("first", "Compare", choices: choices).filled(read.plans[0].id),
                Field.select("second", "With", choices: choices).filled(read.plans[1].id),
            ], submit: "Show side by side")
        return Card("Compare two plans", form.html).html
    }
}

/// Words about plans that several pages use.
enum PlanWords {
    static func state(_ plan: Plan, on day: Day) -> HTML {
        guard plan.status != .draft, let from = plan.from else { return Tag("Draft").html }
        if from > day { return "\(Tag("Coming", .note)) from \(from.medium)" }
        if let last = plan.last {
            return last >= day
                ? "\(Tag("In force", .good)) \(from.medium) to \(last.medium)"
                : "\(Tag("Past")) \(from.medium) to \(last.medium)"
        }
        return "\(Tag("In force", .good)) since \(from.medium)"
    }
}
