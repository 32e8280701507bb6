internal import Civil
internal import Directory
internal import House
internal import Identity
internal import Page
internal import Store

extension Deed {
    static let seeReadiness = Deed(
        "network.readiness.see", "See how a hub prepares itself",
        [.administrator: .anywhere, .hubLead: .ownHub, .coordinator: .ownHub, .adviser: .ownHub, .steering: .ownHub])
    static let keepReadiness = Deed(
        "network.readiness.keep", "Answer a hub’s questions before it begins",
        [.administrator: .anywhere, .hubLead: .ownHub, .adviser: .ownHub])
}

extension Network {
    static let readinessDeeds: [Deed] = [.seeReadiness, .keepReadiness]

    /// Thinking a hub through before it begins (`docs/rules/readiness.md`).
    var readinessRoutes: [Route] {
        let base = "/staff/network/{hub}/readiness"
        return [
            route(.get, base, .seeReadiness, "How far a hub’s preparation is", at: Self.atHub) { try await $0.readinessPage($1) },
            route(.get, "\(base)/print", .seeReadiness, "A hub’s preparation, to print", at: Self.atHub) {
                try await $0.printReadiness($1)
            },
            route(.get, "\(base)/{part}", .keepReadiness, "One part of a hub’s preparation", at: Self.atHub) {
                try await $0.readinessPart($1, errors: FieldErrors())
            },
            route(.post, "\(base)/{part}", .keepReadiness, "Save one part of a hub’s preparation", at: Self.atHub) {
                try await $0.saveReadiness($1)
            },
            route(.post, "\(base)/tip/{tip}", .keepReadiness, "Give a practice tip a day, or tick it", at: Self.atHub) {
                try await $0.saveTip($1)
            },
        ]
    }

    static let readinessHoldings: [Holding] = [
        byNumber("readiness_answer", "Answers you wrote about your hub", "question, answer, changed_at"),
        byNumber("readiness_pilot", "Decisions about a pilot you wrote down", "scope, place, until_day, decision, decision_day"),
        Holding(
            "readiness_tip", ["owner_person", "by_whom"], "Practice tips that are yours to see to",
            fate: "The tip stays and is nobody’s; what was written stays by number.",
            rows: { id, session in
                try session.all(
                    """
                    select tip, planned_day, done_day, case when owner_person = \(id) then note end as note from readiness_tip
                    where owner_person = \(id) or by_whom = \("person:\(id)") order by tip
                    """)
            },
            forget: { id, _, session in
                try session.run("update readiness_tip set owner_person = null where owner_person = \(id)")
            }),
    ]

    func readiness(_ request: Request) async throws -> Readiness {
        let (slug, today) = (request.parameter("hub"), tools.clock.today)
        return try await tools.database.read { try Readiness.of(slug, on: today, $0) }
    }

    private func part(_ request: Request) throws -> ReadinessPart {
        guard let part = ReadinessPart(rawValue: request.parameter("part")) else { throw Refusal.notFound("There is no such part.") }
        return part
    }

    private func base(_ request: Request) -> String { HubSection.readiness.path(request.parameter("hub")) }

    // MARK: The whole

    func readinessPage(_ request: Request) async throws -> Answer {
        let ready = try await readiness(request)
        let base = base(request)
        let mayKeep = Permission.answer(tools.asker.hats, .keepReadiness, Whereabouts(hubs: [ready.hub.id])) == .yes
        let progress = ready.progress
        let items = ReadinessPart.allCases.map { part in
            let (done, all) = ready.standing(of: part)
            let words =
                part == .tips ? "\(done) of \(all) done" : done == all ? "Answered" : done == 0 ? "Not begun" : "\(done) of \(all) answered"
            return TodoItem(
                part.name, href: mayKeep ? "\(base)/\(part.rawValue)" : "\(base)/print",
                tag: done == all ? Tag("Done", .good) : nil, detail: "\(part.lead) \(words)\(part == .pilot ? pilotWords(ready) : "").")
        }
        let first = ReadinessPart.allCases.first { part in
            let (done, all) = ready.standing(of: part)
            return done < all
        }
        var frame = frame("Is \(ready.hub.name) ready?", hub: ready.hub.slug, section: .readiness)
        frame.lead = "What a hub thinks through before it begins. Leave it at any time: each step is kept."
        if mayKeep, let first {
            frame.action = Action(progress.done == 0 ? "Begin" : "Go on: \(first.name.lowercased())", "\(base)/\(first.rawValue)")
        }
        if request.query["done"] == "saved" { frame.notices = [.success("Saved. You can go on at any time.")] }
        frame.content = """
            \(ProgressLine("Prepared", done: progress.done, total: progress.all))\(Todo(items))\
            <p><a href="\(link: "\(base)/print")">All answers on one sheet, to print</a></p>
            """
        return .page(frame.html)
    }

    func pilotWords(_ ready: Readiness) -> String {
        switch ready.pilotStanding {
        case .notChosen: ""
        case .whole: ": the whole area"
        case .running(let until): ": a pilot\(until.map { " until \($0.medium)" } ?? "")"
        case .toDecide(let day): ": the pilot ended on \(day.medium); decide what comes next"
        case .decided: ": \(ready.pilot?.decision?.words.lowercased() ?? "decided")"
        }
    }

    // MARK: One part

    private func answerFields(_ ready: Readiness, _ part: ReadinessPart) -> [Field] {
        part.questions.map { question in
            Field.textArea(question.code, question.words, hint: "\(question.hint)", rows: 5).optional().filled(
                ready.answers[question.code]?.text)
        }
    }

    private func pilotFields(_ pilot: Readiness.Pilot?) -> [Field] {
        [
            Field.radios(
                "scope", "Where do you begin?",
                choices: [
                    Choice(
                        PilotScope.pilot.rawValue, PilotScope.pilot.words, hint: "One or two areas first, to learn what works."),
                    Choice(PilotScope.whole.rawValue, PilotScope.whole.words),
                ]
            ).filled(pilot?.scope.rawValue),
            Field.text("place", "Where is the pilot?", hint: "Which areas, which settings.").optional().filled(pilot?.place),
            Field.date("until", "Its last day", hint: "The day after, it asks for a decision.").optional().filled(pilot?.until?.medium),
            Field.group(
                "Afterwards",
                [
                    Field.select(
                        "decision", "What was decided?", choices: PilotDecision.allCases.map { Choice($0.rawValue, $0.words) },
                        prompt: "Nothing yet"
                    ).filled(pilot?.decision?.rawValue),
                    Field.date("decision_day", "Decided on").optional().filled(pilot?.decisionDay?.medium),
                    Field.textArea("decision_note", "Why", hint: "What the pilot showed, and what it costs.", rows: 3).optional()
                        .filled(pilot?.decisionNote),
                ]),
        ]
    }

    func readinessPart(_ request: Request, errors: FieldErrors) async throws -> Answer {
        let part = try part(request)
        let ready = try await readiness(request)
        let base = base(request)
        let steps = partsLine(ready, at: part, base)
        var frame = frame(part.name, hub: ready.hub.slug, section: .readiness)
        frame.lead = "\(part.lead)"
        frame.breadcrumbs = [Link("Readiness", base)]
        frame.errors = errors
        if request.query["done"] == "saved" { frame.notices = [.success("Saved.")] }
        if part == .tips {
            frame.content = "\(steps)\(TipList(ready: ready, base: base, typed: nil, errors: errors).content)"
            return .page(frame.html, status: errors.isEmpty ? 200 : 422)
        }
        var form = Form.post(
            "\(base)/\(part.rawValue)", "Save and go on", fields: part == .pilot ? pilotFields(ready.pilot) : answerFields(ready, part))
        form.others = [("Save and leave", "then", "leave")]
        form.hidden = versions(ready, part).map { name, version in
            (name, request.method == .post ? request.form[name] ?? "" : "\(version)")
        }
        form.values = request.method == .post ? request.form : nil
        form.errors = errors
        form.cancel = Link("Back without saving", base)
        frame.content = "\(steps)\(form)"
        return .page(frame.html, status: errors.isEmpty ? 200 : 422)
    }

    /// The parts side by side, with how far each is.
    private func partsLine(_ ready: Readiness, at now: ReadinessPart, _ base: String) -> Filters {
        Filters(
            "Parts",
            ReadinessPart.allCases.map { part in
                let (done, all) = ready.standing(of: part)
                return Link("\(part.name), \(done) of \(all)", "\(base)/\(part.rawValue)", current: part == now)
            })
    }

    /// What the form knows of each question, by the name of its hidden field.
    private func versions(_ ready: Readiness, _ part: ReadinessPart) -> [(String, Int)] {
        part == .pilot
            ? [("version", ready.pilot?.version ?? 0)] : part.questions.map { ("version-\($0.code)", ready.answers[$0.code]?.version ?? 0) }
    }

    func saveReadiness(_ request: Request) async throws -> Answer {
        let part = try part(request)
        if part == .tips { throw Refusal.notFound("Each tip is saved by itself.") }
        if part == .pilot { return try await savePilot(request) }
        var reader = FormReader(request.form)
        let typed = part.questions.map { (question: $0, text: reader.optionalText($0.code, max: 20_000)) }
        guard reader.errors.isEmpty else { return try await readinessPart(request, errors: reader.errors) }
        let tools = tools
        let form = request.form
        // What nobody else touched is kept at once; what somebody did is asked about.
        let clashes = try await tools.database.write { session -> [String] in
            let hub = try Network.hubID(request, session)
            return try typed.filter { one in
                let version = Int(form["version-\(one.question.code)"] ?? "") ?? 0
                return try !Readiness.answer(one.question.code, one.text, version: version, hub: hub, tools, session)
            }.map(\.question.code)
        }
        if clashes.isEmpty { return goOn(request, from: part) }
        let now = try await readiness(request)
        let versions = TwoVersions(
            rows: typed.filter { clashes.contains($0.question.code) }.map { one in
                (one.question.words, now.answers[one.question.code]?.text, one.text)
            }, action: "\(base(request))/\(part.rawValue)", fields: answerFields(now, part), typed: form,
            known: versions(now, part).map { ($0, "\($1)") }, back: Link("Readiness", base(request)))
        return versions.answer(in: frame(TwoVersions.heading, hub: now.hub.slug, section: .readiness))
    }

    private func goOn(_ request: Request, from part: ReadinessPart) -> Answer {
        guard request.form["then"] != "leave", let next = part.next else { return .redirect(to: "\(base(request))?done=saved") }
        return .redirect(to: "\(base(request))/\(next.rawValue)?done=saved")
    }

    private func savePilot(_ request: Request) async throws -> Answer {
        var reader = FormReader(request.form)
        let scope = reader.choice("scope", of: PilotScope.self, missing: "Say whether you begin with a pilot or everywhere.")
        let place = reader.optionalText("place", max: 300)
        let until = reader.day("until")
        let chosen = reader.optionalChoice("decision", from: PilotDecision.allCases.map(\.rawValue))
        let decision = PilotDecision.allCases.first { $0.rawValue == chosen }
        let decided = reader.day("decision_day")
        let note = reader.optionalText("decision_note", max: 20_000)
        if decision == nil && (decided != nil || note != nil) {
            reader.fail("decision", "Say what was decided, or take the day and the reason away.")
        }
        guard let scope, reader.errors.isEmpty else { return try await readinessPart(request, errors: reader.errors) }
        let tools = tools
        let isPilot = scope == .pilot
        let day = decision == nil ? nil : decided ?? tools.clock.today
        let pilot = Readiness.Pilot(
            scope: scope, place: isPilot ? place : nil, until: isPilot ? until : nil, decision: decision, decisionDay: day,
            decisionNote: note, version: Int(request.form["version"] ?? "") ?? 0)
        let saved = try await tools.database.write { session -> Bool in
            let hub = try Network.hubID(request, session)
            return try Readiness.decide(pilot, hub: hub, tools, session)
        }
        if saved { return goOn(request, from: .pilot) }
        let now = try await readiness(request)
        let versions = TwoVersions(
            rows: [
                ("Where do you begin?", now.pilot?.scope.words, scope.words), ("Where is the pilot?", now.pilot?.place, pilot.place),
                ("Its last day", now.pilot?.until?.medium, pilot.until?.medium),
                ("What was decided?", now.pilot?.decision?.words, decision?.words), ("Why", now.pilot?.decisionNote, note),
            ], action: "\(base(request))/pilot", fields: pilotFields(now.pilot), typed: request.form, version: now.pilot?.version ?? 0,
            back: Link("Readiness", base(request)))
        return versions.answer(in: frame(TwoVersions.heading, hub: now.hub.slug, section: .readiness))
    }

    // MARK: Tips

    func saveTip(_ request: Request) async throws -> Answer {
        guard let tip = ReadinessTip.all.first(where: { $0.code == request.parameter("tip") }) else {
            throw Refusal.notFound("There is no such tip.")
        }
        let ready = try await readiness(request)
        var reader = FormReader(request.form)
        var new = Readiness.Tip(version: Int(request.form["version"] ?? "") ?? 0)
        new.planned = reader.day("planned")
        new.done = reader.day("done")
        if let done = new.done, done > ready.today { reader.fail("done", "This day is still to come.") }
        new.owner = ready.owners.first { $0.id == request.form["owner"] }?.id
        new.note = reader.optionalText("note", max: 20_000)
        let list = TipList(ready: ready, base: base(request), typed: (tip.code, request.form), errors: reader.errors)
        guard reader.errors.isEmpty else {
            var frame = frame(
                ReadinessPart.tips.name, hub: ready.hub.slug, section: .readiness,
                content: "\(partsLine(ready, at: .tips, base(request)))\(list.content)")
            frame.breadcrumbs = [Link("Readiness", base(request))]
            frame.errors = reader.errors
            return .page(frame.html, status: 422)
        }
        let (tools, typed) = (tools, new)
        let saved = try await tools.database.write { session in
            try Readiness.set(tip.code, typed, hub: ready.hub.id, tools, session)
        }
        if saved { return .redirect(to: "\(base(request))/tips?done=saved") }
        let now = try await readiness(request)
        let standing = now.tips[tip.code]
        let versions = TwoVersions(
            rows: [
                ("By when", standing?.planned?.medium, typed.planned?.medium), ("Done on", standing?.done?.medium, typed.done?.medium),
                ("Who sees to it", now.name(of: standing?.owner), now.name(of: typed.owner)), ("Note", standing?.note, typed.note),
            ], action: "\(base(request))/tip/\(tip.code)", fields: TipList.fields(tip, now), typed: request.form,
            version: standing?.version ?? 0, back: Link(ReadinessPart.tips.name, "\(base(request))/tips"))
        return versions.answer(in: frame(TwoVersions.heading, hub: now.hub.slug, section: .readiness))
    }
}
