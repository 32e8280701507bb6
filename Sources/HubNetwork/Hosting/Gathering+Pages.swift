internal import Civil
internal import Directory
internal import House
internal import Page
internal import Planning
internal import Store

extension Network {
    func newGathering(_ request: Request) async throws -> Answer { try await newGatheringPage(request, errors: FieldErrors()) }

    private func newGatheringPage(_ request: Request, errors: FieldErrors) async throws -> Answer {
        let today = tools.clock.today
        let slug = request.parameter("hub")
        let ground = try await tools.database.read { try HubGround.of(slug, on: today, $0) }
        var form = GatheringForm(ground: ground, today: today)
        form.key = request.form["key"] ?? tools.ids.next()
        var frame = frame("Plan meetings", hub: slug, section: .hosting)
        frame.breadcrumbs = [Link("Hosting", "/staff/network/\(slug)/hosting")]
        frame.lead = "A whole year at once, if you like. Who hosts is chosen afterwards."
        frame.errors = errors
        frame.content = form.drawn(values: request.method == .post ? request.form : nil, errors: errors)
        return .page(frame.html, status: errors.isEmpty ? 200 : 422)
    }

    func makeGatherings(_ request: Request) async throws -> Answer {
        let tools = tools
        let slug = request.parameter("hub")
        let ground = try await tools.database.read { try HubGround.of(slug, on: tools.clock.today, $0) }
        var reader = FormReader(request.form)
        guard let facts = GatheringForm(ground: ground, today: tools.clock.today).read(&reader) else {
            return try await newGatheringPage(request, errors: reader.errors)
        }
        let key = request.form["key"].flatMap { $0.utf8.count == 36 ? $0 : nil } ?? tools.ids.next()
        try await tools.database.write { session in
            // The same form sent twice, as after a lost connection, plans once.
            if try session.count("select count(*) from gathering where id = \(key)") > 0 { return }
            for (number, one) in facts.enumerated() {
                try Gatherings.make(number == 0 ? key : tools.ids.next(), ground.id, one, tools, session)
            }
        }
        let year = facts.first.map { GatheringYear(of: $0.day).start } ?? GatheringYear(of: tools.clock.today).start
        return .redirect(to: "/staff/network/\(slug)/hosting?year=\(year)&done=planned&count=\(facts.count)")
    }

    // MARK: Changing one

    func changeGathering(_ request: Request) async throws -> Answer { try await changePage(request, errors: FieldErrors()) }

    private func changePage(_ request: Request, errors: FieldErrors) async throws -> Answer {
        let today = tools.clock.today
        let slug = request.parameter("hub")
        let id = request.parameter("gathering")
        let (ground, gathering) = try await tools.database.read { session in
            (try HubGround.of(slug, on: today, session), try Gatherings.find(id, session))
        }
        var frame = frame("Change \(gathering.title)", hub: slug, section: .hosting)
        frame.breadcrumbs = [Link("Hosting", "/staff/network/\(slug)/hosting")]
        frame.errors = errors
        frame.content = GatheringForm(ground: ground, today: today, gathering: gathering).drawn(
            values: request.method == .post ? request.form : nil, errors: errors)
        return .page(frame.html, status: errors.isEmpty ? 200 : 422)
    }

    func saveGathering(_ request: Request) async throws -> Answer {
        let tools = tools
        let slug = request.parameter("hub")
        let id = request.parameter("gathering")
        let (ground, gathering) = try await tools.database.read { session in
            (try HubGround.of(slug, on: tools.clock.today, session), try Gatherings.find(id, session))
        }
        var reader = FormReader(request.form)
        guard let facts = GatheringForm(ground: ground, today: tools.clock.today, gathering: gathering).read(&reader)?.first else {
            return try await changePage(request, errors: reader.errors)
        }
        let version = Int(request.form["version"] ?? "") ?? 0
        do {
            try await tools.database.write { session in
                try Gatherings.change(try Gatherings.find(id, session), to: facts, version: version, tools, session)
            }
        } catch is ChangedMeanwhile {
            // Somebody may have saved since it was read above.
            let now = try await tools.database.read { try Gatherings.find(id, $0) }
            let whole = "The whole hub’s"
            let versions = TwoVersions(
                rows: [
                    ("What is it?", now.title, facts.title), ("Whose meeting is it?", now.areaName ?? whole, facts.areaName ?? whole),
                    ("Day", now.day.medium, facts.day.medium), ("How many people are expected?", "\(now.expected)", "\(facts.expected)"),
                    ("Without steps", now.needsStepFree ? "yes" : "no", facts.needsStepFree ? "yes" : "no"),
                ], action: request.path, fields: GatheringForm(ground: ground, today: tools.clock.today, gathering: now).fields,
                typed: request.form, version: now.version, back: Link(now.title, "/staff/network/\(slug)/hosting/meetings/\(id)"))
            return versions.answer(in: frame(TwoVersions.heading, hub: slug, section: .hosting))
        }
        return .redirect(to: "/staff/network/\(slug)/hosting/meetings/\(id)?done=changed")
    }

    func callOff(_ request: Request, _ isOff: Bool) async throws -> Answer {
        let tools = tools
        let id = request.parameter("gathering")
        try await tools.database.write { try Gatherings.set(cancelled: isOff, try Gatherings.find(id, $0), tools, $0) }
        let base = "/staff/network/\(request.parameter("hub"))/hosting"
        return .redirect(to: isOff ? "\(base)?done=off" : "\(base)/meetings/\(id)?done=restored")
    }
}
