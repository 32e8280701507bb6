internal import Civil
internal import House
internal import Page
internal import Store

extension Directory {
    /// Changes that settings ask for, as the hub's team decides about them.
    var proposalRoutes: [Route] {
        let one = "/staff/settings/{id}/changes/{change}"
        return [
            route(.get, "/staff/changes", .decideChanges, "Changes that settings ask for") { try await $0.proposalList($1) },
            route(.get, one, .decideChanges, "A change a setting asks for", at: Self.atSetting) { try await $0.proposalPage($1) },
            route(.post, "\(one)/accept", .decideChanges, "Accept a change", at: Self.atSetting) { try await $0.decide($1, .accepted) },
            route(.post, "\(one)/decline", .decideChanges, "Decline a change", at: Self.atSetting) { try await $0.decide($1, .declined) },
            route(.get, "/staff/hubs/{hub}/changes", .changeTerritory, "Who decides about a setting’s changes", at: Self.atHub) {
                try await $0.wishPage($1)
            },
            route(.post, "/staff/hubs/{hub}/changes", .changeTerritory, "Who decides about a setting’s changes", at: Self.atHub) {
                try await $0.saveWish($1)
            },
        ]
    }

    private func proposalList(_ request: Request) async throws -> Answer {
        let waiting = try await tools.database.read { try Proposals.waiting(for: request.asker, $0) }
        let items = waiting.map { proposal, setting in
            TodoItem(
                setting.title, href: "/staff/settings/\(setting.id)/changes/\(proposal.id)", mark: setting.type.mark,
                detail:
                    "\(Measure.list(proposal.changes.map { $0.field.label.lowercased() })), asked for on \(proposal.at?.dayInLondon.medium ?? "")"
            )
        }
        var frame = tools.frame("Changes that settings ask for", for: .staff, at: "/staff")
        frame.content =
            items.isEmpty
            ? EmptyState(
                "Nothing waits",
                "When a hub wants to look first, what a manager changes in their setting’s entry waits here for a yes or a no.",
                picture: .list
            ).html : Todo(items).html
        return .page(frame.html)
    }

    private func proposalPage(_ request: Request) async throws -> Answer {
        try await proposalPage(request, errors: FieldErrors())
    }

    private func proposalPage(_ request: Request, errors: FieldErrors) async throws -> Answer {
        let id = request.parameter("id")
        let (proposal, setting) = try await tools.database.read { session in
            guard let setting = try Setting.find(id, for: .staff, in: session) else { throw Directory.noSuchSetting }
            return (try Proposals.with(id: request.parameter("change"), of: id, session), setting)
        }
        let path = "/staff/settings/\(id)"
        let table = Table(
            "What it asks for", columns: [Table.Column("Fact"), Table.Column("Now"), Table.Column("Asked for")],
            rows: proposal.changes.map { field, value, _ in
                Table.Row([
                    "\(field.label)", "\(field.words(field.value(in: setting)) ?? "Not known")", "\(field.words(value) ?? "Nothing")",
                ])
            })
        var frame = tools.frame("A change \(setting.title) asks for", for: .staff, at: "/staff/settings")
        frame.breadcrumbs = [Link("Changes that settings ask for", "/staff/changes"), Link(setting.title, path)]
        frame.lead = "Asked for on \(proposal.at?.shown ?? "").\(proposal.reason.map { " They wrote: “\($0)”" } ?? "")"
        if let decision = proposal.decision {
            frame.notices = [.note("\(decision.words) on \(proposal.decidedAt?.dayInLondon.medium ?? "").")]
            frame.content = table.html
            return .page(frame.html)
        }
        var decline = Form.post(
            "\(path)/changes/\(proposal.id)/decline", "Decline",
            fields: [.text("answer", "Why not?", hint: "The setting reads this.")])
        decline.values = request.method == .post ? request.form : nil
        decline.errors = errors
        let accept = Button("Accept: it stands at once", action: "\(path)/changes/\(proposal.id)/accept", style: .main)
        frame.content = "\(table)<p>\(accept)</p>\(Card("Or not", decline.html))"
        frame.errors = errors
        return .page(frame.html, status: errors.isEmpty ? 200 : 422)
    }

    private func decide(_ request: Request, _ decision: Proposal.Decision) async throws -> Answer {
        let id = request.parameter("id")
        var reader = FormReader(request.form)
        let answer =
            decision == .declined
            ? reader.text("answer", missing: "Write one sentence: the setting should know why.", max: 500)
            : reader.optionalText("answer", max: 500)
        guard reader.errors.isEmpty else { return try await proposalPage(request, errors: reader.errors) }
        let tools = tools
        try await tools.database.write { session in
            guard let setting = try Setting.find(id, for: .staff, in: session) else { throw Directory.noSuchSetting }
            let proposal = try Proposals.with(id: request.parameter("change"), of: id, session)
            if decision == .accepted {
                try Proposals.accept(proposal, setting, answer, tools, session)
            } else {
                try Proposals.decide(proposal, decision, answer, tools, session)
            }
        }
        return .redirect(to: "/staff/settings/\(id)?done=change-\(decision.rawValue)")
    }

    private func wishPage(_ request: Request) async throws -> Answer {
        let (hub, waits) = try await tools.database.read { session in
            let hub = try Hubs.named(request.parameter("hub"), session)
            return (hub, try HubWishes.waits(hub.id, session))
        }
        var form = Form.post(
            "\(hub.staffPath)/changes", "Save",
            fields: [
                Field.radios(
                    "changes", "When a manager changes the name, address or places of their setting",
                    choices: [
                        Choice("at-once", "It stands at once", hint: "You see it in the setting’s history and can undo it."),
                        Choice("wait", "The coordinator looks first", hint: "Telephone, e-mail and website stand at once even then."),
                    ]
                ).filled(waits ? "wait" : "at-once")
            ])
        form.cancel = Link("Leave it as it is", hub.staffPath)
        var frame = tools.frame("Who decides about changes", for: .staff, at: "/staff/hubs", content: form.html)
        frame.breadcrumbs = [Link("Hubs and areas", "/staff/hubs"), Link(hub.name, hub.staffPath)]
        return .page(frame.html)
    }

    private func saveWish(_ request: Request) async throws -> Answer {
        let tools = tools
        let slug = request.parameter("hub")
        var reader = FormReader(request.form)
        guard let wish = reader.choice("changes", from: ["at-once", "wait"], missing: "Choose one.") else {
            return try await wishPage(request)
        }
        try await tools.database.write { session in
            try HubWishes.set(waits: wish == "wait", try Hubs.named(slug, session), tools, session)
        }
        return .redirect(to: "/staff/hubs/\(slug)?done=wish")
    }
}
