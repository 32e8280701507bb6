internal import Civil
internal import Directory
internal import House
internal import Page
internal import Store

extension Network {
    /// The hub's own deadlines, and what it wants to see before an area is handed over.
    func championRulePage(_ request: Request, errors: FieldErrors) async throws -> Answer {
        let picture = try await champions(request)
        let base = championBase(request)
        let schemes = picture.schemes.map { Choice($0, $0) }
        let scheme = Field.select(
            "scheme", "Champions look after", choices: schemes, hint: "The hub is divided in several ways. Which of them has champions?"
        ).filled(picture.scheme)
        var deadlines = Form.post(
            "\(base)/rule", "Save it",
            fields: (schemes.count > 1 ? [scheme] : []) + [
                Field.number("first", "A first meeting is due after", unit: "days").filled("\(picture.deadlines.firstMeeting)"),
                Field.number("quiet", "An area has gone quiet when it has not met for more than", unit: "days")
                    .filled("\(picture.deadlines.quiet)"),
            ])
        deadlines.values = request.method == .post && request.path.hasSuffix("/rule") ? request.form : nil
        deadlines.errors = errors
        deadlines.before = "<p>Counted from the day an area’s first champion began. A short time keeps up what an event began.</p>"
        var adding = Form.post(
            "\(base)/criteria", "Add it",
            fields: [Field.text("words", "What must be met", hint: "Say it so that two people would agree whether it is.")])
        adding.values = request.method == .post && request.path.hasSuffix("/criteria") ? request.form : nil
        adding.errors = errors
        let items = picture.criteria.html { criterion in
            var button = Button("Take away", action: "\(base)/criteria/\(criterion.id)/remove", style: .small)
            button.about = ": \(criterion.words)"
            return "<li><span></span><div><span class=\"thing\">\(criterion.words)</span></div>\(button)</li>"
        }
        let list: HTML =
            picture.criteria.isEmpty
            ? """
            <p>Nothing yet. Begin with our six and change them, or write your own.</p>\
            \(Button("Begin with these six", action: "\(base)/criteria", hidden: [("sample", "yes")], style: .quiet))\
            <ul>\(HandoverCriterion.samples.html { "<li>\($0)</li>" })</ul>
            """
            : "<ul class=\"todo\">\(items)</ul>"
        var frame = frame("Deadlines and hand-over", hub: picture.hub.slug, section: .champions)
        frame.lead = "The hub’s own rule. It counts for every area at once."
        frame.breadcrumbs = [Link("Champions", base)]
        frame.errors = errors
        frame.content =
            "\(Card("Deadlines", deadlines.html))\(Card("Before the council lets go of an area", id: "criteria", list))\(Card("Add one", adding.html))"
        switch request.query["done"] {
        case "saved": frame.notices = [.success("Saved. Every area is counted by it from now on.")]
        case "added": frame.notices = [.success("Added.")]
        case "removed":
            let back = (request.query["criterion"] ?? "").filter { $0.isLetter || $0.isNumber || $0 == "-" }
            frame.notices = [
                .success("Taken away.", Button("Bring it back", action: "\(base)/criteria/\(back)/restore", style: .small).html)
            ]
        default: break
        }
        return .page(frame.html, status: errors.isEmpty ? 200 : 422)
    }

    func saveDeadlines(_ request: Request) async throws -> Answer {
        var reader = FormReader(request.form)
        let first = reader.int("first", in: ChampionDeadlines.firstMeetingRange, missing: "Write how many days.")
        let quiet = reader.int("quiet", in: ChampionDeadlines.quietRange, missing: "Write how many days.")
        let scheme = reader.optionalText("scheme", max: 200)
        guard let first, let quiet, reader.errors.isEmpty else { return try await championRulePage(request, errors: reader.errors) }
        let tools = tools
        try await tools.database.write { session in
            let hub = try Network.hubID(request, session)
            let before = try ChampionPicture.deadlines(hub, session)
            try session.run(
                """
                insert into champion_deadline (hub_id, first_meeting_days, quiet_days, scheme, changed_at, by_whom)
                values (\(hub), \(first), \(quiet), \(scheme ?? before.scheme), \(tools.clock.now), \(tools.asker.auditName))
                on conflict (hub_id) do update set first_meeting_days = excluded.first_meeting_days, quiet_days = excluded.quiet_days,
                    scheme = excluded.scheme, changed_at = excluded.changed_at, by_whom = excluded.by_whom
                """)
            try Audit.log(
                session, tools, action: "network.champion.deadlines", subject: "hub:\(hub)",
                before: "\(before.firstMeeting) \(before.quiet)", after: "\(first) \(quiet)")
        }
        return .redirect(to: "\(championBase(request))/rule?done=saved")
    }

    func addCriterion(_ request: Request) async throws -> Answer {
        var reader = FormReader(request.form)
        var words: [String] = []
        if request.form["sample"] == "yes" {
            words = HandoverCriterion.samples
        } else if let typed = reader.text("words", missing: "Write what must be met.", max: 300) {
            words = [typed]
        }
        guard reader.errors.isEmpty else { return try await championRulePage(request, errors: reader.errors) }
        let (tools, added) = (tools, words)
        try await tools.database.write { session in
            let hub = try Network.hubID(request, session)
            try session.lock("eyhub.criteria.\(hub)")
            var position = try session.count("select coalesce(max(position), 0) from handover_criterion where hub_id = \(hub)")
            let there = Set(
                try session.all("select words from handover_criterion where hub_id = \(hub) and removed_at is null").map {
                    $0.text("words")
                })
            for words in added where !there.contains(words) {
                position += 1
                let id = tools.ids.next()
                try session.run(
                    """
                    insert into handover_criterion (id, hub_id, position, words, by_whom)
                    values (\(id), \(hub), \(position), \(words), \(tools.asker.auditName))
                    """)
                try Audit.log(session, tools, action: "network.handover.criterion.added", subject: "criterion:\(id)", after: words)
            }
        }
        return .redirect(to: "\(championBase(request))/rule?done=added")
    }

    func changeCriterion(_ request: Request) async throws -> Answer {
        let (id, change) = (request.parameter("criterion"), request.parameter("change"))
        guard ["remove", "restore"].contains(change) else { throw Refusal.notFound("There is nothing at this address.") }
        let tools = tools
        try await tools.database.write { session in
            try session.run("update handover_criterion set removed_at = \(change == "remove" ? tools.clock.now : nil) where id = \(id)")
            try Audit.log(session, tools, action: "network.handover.criterion.\(change)d", subject: "criterion:\(id)")
        }
        let query = change == "remove" ? [("done", "removed"), ("criterion", id)] : [("done", "added")]
        return .redirect(to: PageAddress("\(championBase(request))/rule", query).href)
    }
}
