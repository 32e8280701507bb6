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
            func words(_ areaName: String?, _ title: String, _ day: Day, _ people: Int, _ stepFree: Bool) -> [String] {
                [title, areaName ?? "The whole hub", day.medium, "\(people)", stepFree ? "yes" : "no"]
            }
            let theirs = words(
                gathering.areaName, gathering.title, gathering.day, gathering.expected, gathering.needsStepFree)
            let mine = words(facts.areaName, facts.title, facts.day, facts.expected, facts.needsStepFree)
            let labels = ["What it is", "Whose", "Day", "People", "Step-free"]
            return changedMeanwhile(
                request, slug, version: gathering.version, back: "/staff/network/\(slug)/hosting/meetings/\(id)",
                rows: zip(labels, zip(theirs, mine)).map { ($0, $1.0, $1.1) })
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

    /// Somebody saved while this person was typing: both are shown, nothing is lost, and one press saves what was typed after all.
    func changedMeanwhile(
        _ request: Request, _ slug: String?, version: Int, back: String, rows: [(label: String, theirs: String, mine: String)]
    ) -> Answer {
        let heading = "Somebody changed this while you were writing"
        var frame = slug.map { self.frame(heading, hub: $0, section: .hosting) } ?? tools.frame(heading, for: .staff, at: "/own")
        frame.lead = "Nothing of yours is lost, and nothing was overwritten."
        let differing = rows.filter { $0.theirs != $0.mine }
        let table: HTML =
            differing.isEmpty
            ? "<p>What is saved is the same as what you typed.</p>"
            : "<p>From what is saved now, to what you typed:</p>\(Difference(differing.map { .init($0.label, before: $0.theirs, after: $0.mine) }))"
        var form = Form.post(request.path, "Save what I typed all the same", fields: [])
        form.hidden =
            request.form.pairs.filter { $0.name != "version" && $0.name != "token" }.map { ($0.name, $0.value) }
            + [("version", "\(version)")]
        form.cancel = Link("Leave what is saved", back)
        frame.content = Card("Both versions", "\(table)\(form)").html
        return .page(frame.html, status: 409)
    }
}
