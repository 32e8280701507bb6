internal import Civil
internal import Directory
internal import House
internal import Identity
internal import Page
internal import Store

extension Network {
    private func plan(_ request: Request) async throws -> (picture: RollOutPicture, path: String) {
        let (slug, id, today) = (request.parameter("hub"), request.parameter("rollout"), tools.clock.today)
        let picture = try await tools.database.read { try RollOutPicture.of(slug, id, on: today, $0) }
        return (picture, "\(HubSection.rollout.path(slug))/\(id)")
    }

    private func step(_ request: Request, _ picture: RollOutPicture) throws -> RollOutStep {
        guard let step = picture.steps.first(where: { $0.id == request.parameter("step") }) else {
            throw Refusal.notFound("This step was taken away.")
        }
        return step
    }

    private func fields(_ picture: RollOutPicture, _ step: RollOutStep?) -> [Field] {
        let isSeveral = Set(picture.hub.areas.map(\.scheme)).count > 1
        let areas = picture.hub.areas.map { Choice($0.id, isSeveral ? "\($0.name) (\($0.scheme))" : $0.name) }
        let area = step.flatMap { step in picture.hub.areas.first { $0.id == step.areaID || $0.name == step.areaName }?.id }
        return [
            Field.text("title", "What has to happen").filled(step?.title),
            Field.select("area", "Where", choices: areas, prompt: "The whole hub").filled(area),
            Field.select(
                "owner", "Who sees to it", choices: picture.owners.map { Choice($0.id, "\($0.name), \($0.role.name.lowercased())") },
                prompt: "Nobody yet"
            ).filled(step?.owner),
            Field.date("due", "By when").optional().filled(step?.offset == nil ? step?.due?.medium : nil),
            Field.number(
                "offset", "Or so long after the first day", hint: "It then moves when the first day moves. A day above goes before it.",
                unit: "days"
            ).optional().filled(step?.offset.map { "\($0)" }),
            Field.date("done", "Done on").optional().filled(step?.done?.medium),
            Field.textArea("note", "Note", rows: 4).optional().filled(step?.note),
        ]
    }

    private func read(_ request: Request, _ picture: RollOutPicture) -> (step: TypedStep?, errors: FieldErrors) {
        var reader = FormReader(request.form)
        let title = reader.text("title", missing: "Write what has to happen.", max: 300)
        let day = reader.day("due")
        let offset = reader.optionalInt("offset", in: 0...1_500)
        let done = reader.day("done")
        if let done, done > picture.today { reader.fail("done", "This day is still to come.") }
        let note = reader.optionalText("note", max: 20_000)
        guard let title, reader.errors.isEmpty else { return (nil, reader.errors) }
        // A day somebody wrote is not counted from the start.
        let counted = day == nil ? offset : nil
        let typed = TypedStep(
            title: title, area: picture.hub.areas.first { $0.id == request.form["area"] },
            owner: picture.owners.first { $0.id == request.form["owner"] }?.id, offset: counted,
            due: day ?? RollOutRule.due(start: picture.plan.start, offset: counted), done: done, note: note)
        return (typed, reader.errors)
    }

    func addStepPage(_ request: Request, errors: FieldErrors) async throws -> Answer {
        let (picture, path) = try await plan(request)
        var form = Form.post("\(path)/add", "Add it", fields: fields(picture, nil))
        form.values = request.method == .post ? request.form : nil
        form.errors = errors
        form.cancel = Link("Add nothing", path)
        var frame = frame("Add a step", hub: picture.hub.slug, section: .rollout, content: form.html)
        frame.breadcrumbs = [Link(picture.plan.title, path)]
        frame.errors = errors
        return .page(frame.html, status: errors.isEmpty ? 200 : 422)
    }

    func addStep(_ request: Request) async throws -> Answer {
        let (picture, path) = try await plan(request)
        let (typed, errors) = read(request, picture)
        guard let typed else { return try await addStepPage(request, errors: errors) }
        let tools = tools
        _ = try await tools.database.write { try RollOuts.add(typed, to: picture.plan.id, hub: picture.hub.id, tools, $0) }
        return .redirect(to: "\(path)?done=added")
    }

    func stepPage(_ request: Request, errors: FieldErrors) async throws -> Answer {
        let (picture, path) = try await plan(request)
        let step = try step(request, picture)
        var form = Form.post("\(path)/steps/\(step.id)", "Save", fields: fields(picture, step))
        form.values = request.method == .post ? request.form : nil
        form.hidden = [("version", request.method == .post ? request.form["version"] ?? "" : "\(step.version)")]
        form.errors = errors
        form.cancel = Link("Leave it", path)
        var frame = frame(step.title, hub: picture.hub.slug, section: .rollout)
        frame.breadcrumbs = [Link(picture.plan.title, path)]
        frame.errors = errors
        frame.trail = tools.trail(of: "step:\(step.id)")
        frame.content = "\(form)<p>\(Button("Take the step away", action: "\(path)/steps/\(step.id)/remove", style: .quiet))</p>"
        return .page(frame.html, status: errors.isEmpty ? 200 : 422)
    }

    func saveStep(_ request: Request) async throws -> Answer {
        let (picture, path) = try await plan(request)
        let before = try step(request, picture)
        let (typed, errors) = read(request, picture)
        guard let typed else { return try await stepPage(request, errors: errors) }
        let (tools, version) = (tools, Int(request.form["version"] ?? "") ?? 0)
        let saved = try await tools.database.write { try RollOuts.change(before, typed, version: version, tools, $0) }
        if saved { return .redirect(to: "\(path)?done=saved") }
        let (now, _) = try await plan(request)
        let standing = try step(request, now)
        let versions = TwoVersions(
            rows: [
                ("What has to happen", standing.title, typed.title), ("Where", standing.areaName, typed.area?.name),
                ("Who sees to it", now.name(of: standing.owner), now.name(of: typed.owner)),
                ("By when", standing.due?.medium, typed.due?.medium), ("Done on", standing.done?.medium, typed.done?.medium),
                ("Note", standing.note, typed.note),
            ], action: "\(path)/steps/\(standing.id)", fields: fields(now, standing), typed: request.form, version: standing.version,
            back: Link(now.plan.title, path))
        return versions.answer(in: frame(TwoVersions.heading, hub: picture.hub.slug, section: .rollout))
    }

    func tickStep(_ request: Request) async throws -> Answer {
        let (picture, path) = try await plan(request)
        let step = try step(request, picture)
        let isDone = request.form["do"] != "undo"
        let (tools, day) = (tools, tools.clock.today)
        if isDone != (step.done != nil) {
            try await tools.database.write { try RollOuts.tick(step.id, on: isDone ? day : nil, tools, $0) }
        }
        return .redirect(to: PageAddress(path, [("done", isDone ? "ticked" : "reopened"), ("step", step.id)]).href)
    }

    func changeStep(_ request: Request) async throws -> Answer {
        let (picture, path) = try await plan(request)
        let (id, change, tools) = (request.parameter("step"), request.parameter("change"), tools)
        switch change {
        case "up", "down":
            let step = try step(request, picture)
            try await tools.database.write { try RollOuts.move(step, up: change == "up", of: picture.plan.id, tools, $0) }
            return .redirect(to: "\(path)?order=yes")
        case "remove", "restore":
            try await tools.database.write { try RollOuts.remove(id, change == "remove", tools, $0) }
            return .redirect(to: PageAddress(path, [("done", "\(change)d"), ("step", id)]).href)
        default: throw Refusal.notFound("There is nothing at this address.")
        }
    }
}
