internal import House
internal import Page
internal import Store

extension Directory {
    private static let divisions: [Choice] = [
        Choice(
            "wards", "Whole wards",
            hint:
                "Areas that hang together, alike in size, each with a base near its settings. For mini-hubs and quadrants."
        ),
        Choice(
            "settings", "Settings, each with its nearest anchor school",
            hint: "For networks around nursery schools. Wards may be split."),
    ]

    func newScheme(_ request: Request) async throws -> Answer {
        let slug = request.parameter("hub")
        let hub = try await tools.database.read { try Hubs.named(slug, $0) }
        return .page(schemeForm(hub, FieldErrors(), typed: nil))
    }

    func createScheme(_ request: Request) async throws -> Answer {
        let slug = request.parameter("hub")
        let hub = try await tools.database.read { try Hubs.named(slug, $0) }
        var reader = FormReader(request.form)
        let name = reader.text(
            "name", missing: "Give this way of dividing the hub a name, such as “Mini-hubs”.", max: 80)
        let word = reader.text("word", missing: "Say what one of its areas is called, such as “mini-hub”.", max: 40)
        let divides = reader.choice(
            "divides", of: Scheme.Divides.self, missing: "Choose what the areas are made of.")
        guard let name, let word, let divides, reader.errors.isEmpty else {
            return .page(schemeForm(hub, reader.errors, typed: request.form), status: 422)
        }
        let tools = tools
        let scheme = try await tools.database.write { session in
            try Schemes.create(
                name: PlanState.tidy(name), word: PlanState.tidy(word), divides: divides, for: hub, session, tools)
        }
        return .redirect(to: "\(scheme.path(in: hub))?done=made")
    }

    private func schemeForm(_ hub: Hub, _ errors: FieldErrors, typed: FormData?) -> HTML {
        var frame = tools.frame("Divide \(hub.name)", for: .staff, at: hub.staffPath)
        frame.breadcrumbs = [Link("Hubs and areas", "/staff/hubs"), Link(hub.name, hub.staffPath)]
        frame.lead =
            "A hub can be divided in several ways at once: mini-hubs for visits, quadrants for meetings, networks around schools."
        frame.errors = errors
        var form = Form.post(
            "\(hub.staffPath)/schemes", "Go on to the drawing",
            fields: [
                Field.text(
                    "name", "What to call this way of dividing", hint: "Such as “Mini-hubs” or “Quadrant networks”.",
                    width: .half
                )
                .filled("Mini-hubs"),
                Field.text(
                    "word", "What one area is called", hint: "Such as mini-hub, quadrant, network or cluster.",
                    width: .half
                )
                .filled("mini-hub"),
                Field.radios("divides", "What the areas are made of", choices: Directory.divisions).filled("wards"),
            ])
        form.values = typed
        form.errors = errors
        form.cancel = Link("Cancel", hub.staffPath)
        frame.content = Card(nil, form.html).html
        return frame.html
    }
}
