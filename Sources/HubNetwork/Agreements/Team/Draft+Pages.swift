internal import Civil
internal import House
internal import Identity
internal import Page
internal import Store

extension Network {
    /// Writing a draft and publishing it.
    var draftRoutes: [Route] {
        let one = "/staff/network/{hub}/pledges/{agreement}"
        return [
            route(.get, "\(one)/draft", .writePledges, "The draft of a pledge", at: Self.atAgreement) { try await $0.draftPage($1) },
            route(.post, "\(one)/draft", .writePledges, "Begin the next version of a pledge", at: Self.atAgreement) {
                try await $0.beginDraft($1)
            },
            route(.post, "\(one)/draft/save", .writePledges, "Save the draft of a pledge", at: Self.atAgreement) {
                try await $0.saveDraft($1)
            },
            route(.get, "\(one)/draft/publish", .writePledges, "Ask before publishing a pledge", at: Self.atAgreement) {
                try await $0.publishPage($1)
            },
            route(.post, "\(one)/draft/publish", .writePledges, "Publish a pledge", at: Self.atAgreement) { try await $0.publish($1) },
            route(.get, "\(one)/draft/discard", .writePledges, "Ask before throwing a draft away", at: Self.atAgreement) {
                try await $0.discardPage($1)
            },
            route(.post, "\(one)/draft/discard", .writePledges, "Throw a draft away", at: Self.atAgreement) { try await $0.discard($1) },
            route(.get, "\(one)/saves/{save}", .writePledges, "An earlier save of a draft", at: Self.atAgreement) {
                try await $0.savePage($1)
            },
        ] + versionRoutes
    }

    /// A save as the list beside the draft names it.
    private struct Save: Sendable {
        let id: String
        let at: String
        let by: String
        let isTaken: Bool
    }

    private func readDraft(_ request: Request) async throws -> (Agreement, Agreement.Version, [Save]) {
        let id = request.parameter("agreement")
        return try await tools.database.read { session in
            let agreement = try Agreements.with(id: id, session)
            guard let draft = agreement.draft else { throw Refusal.notFound("There is no draft here. It may have been published.") }
            let rows = try session.all(
                "select id, at, by_whom, is_taken from agreement_save where version_id = \(draft.id) order by at desc, id desc limit 20")
            let names = try PeopleBook.names(rows.map { $0.text("by_whom") }, session)
            let saves = rows.map {
                Save(
                    id: $0.text("id"), at: $0.instant("at")?.shown ?? "", by: names[$0.text("by_whom")] ?? "", isTaken: $0.bool("is_taken"))
            }
            return (agreement, draft, saves)
        }
    }

    private func draftPage(_ request: Request) async throws -> Answer {
        let (agreement, draft, saves) = try await readDraft(request)
        let form = DraftForm(agreement: agreement, draft: draft, path: agreement.path(request.parameter("hub")), edition: draft.edition)
        let notices: [Notice] = request.query["done"] == "saved" ? [.success("Saved.")] : []
        return draftAnswer(request, form, saves, notices: notices, typed: nil, errors: FieldErrors())
    }

    private func draftAnswer(
        _ request: Request, _ form: DraftForm, _ saves: [Save], notices: [Notice], beside: HTML = "", typed: FormData?, errors: FieldErrors,
        status: Int = 200
    ) -> Answer {
        let slug = request.parameter("hub")
        let agreement = form.agreement
        var frame = frame(
            form.isSecond
                ? TwoVersions.heading
                : agreement.current == nil ? "Draft of a \(agreement.kind.word)" : "Draft of version \(form.draft.number)", hub: slug,
            section: .pledges)
        frame.breadcrumbs = [Link("Pledges and agreements", "/staff/network/\(slug)/pledges")]
        if agreement.current != nil { frame.breadcrumbs.append(Link(agreement.title, form.path)) }
        frame.lead = "Nobody but your team sees it before it is published. Signatures under older versions are not touched by it."
        frame.notices = notices
        frame.errors = errors
        frame.scripts = ["keep.js"]
        let items = saves.html { save in
            "<li><a href=\"\(link: "\(form.path)/saves/\(save.id)")\">\(save.at)</a>, <bdi>\(save.by)</bdi>\(save.isTaken ? nil : " \(Tag("came second, kept beside", .warning))" as HTML?)</li>"
        }
        let history: HTML? = saves.isEmpty ? nil : Card("Every save of it", "<ul class=\"listing\">\(items)</ul>").html
        let ends = Card(
            "When it is ready",
            """
            <ul class="listing"><li><a href="\(link: "\(form.path)/draft/publish")">See it as people will sign it, and publish it</a></li>\
            <li><a href="\(link: "\(form.path)/draft/discard")">Throw the draft away</a></li></ul>
            """)
        frame.content =
            "\(beside)\(Columns(Card(form.isSecond ? "What you wrote" : nil, form.drawn(typed: typed, errors: errors)).html, "\(ends)\(history)"))"
        return .page(frame.html, status: errors.isEmpty ? status : 422)
    }

    private func beginDraft(_ request: Request) async throws -> Answer {
        let tools = tools
        let id = request.parameter("agreement")
        try await tools.database.write { try Agreements.beginDraft(of: Agreements.with(id: id, $0), tools, $0) }
        return .redirect(to: "/staff/network/\(request.parameter("hub"))/pledges/\(id)/draft")
    }

    private func saveDraft(_ request: Request) async throws -> Answer {
        let id = request.parameter("agreement")
        let there = try await tools.database.read { try Agreements.with(id: id, $0) }
        guard there.draft != nil else { return published(meanwhile: there, request) }
        let (agreement, draft, saves) = try await readDraft(request)
        let path = agreement.path(request.parameter("hub"))
        let edition = request.form["edition"].flatMap { Int($0) } ?? 0
        var reader = FormReader(request.form)
        guard let read = DraftForm.read(&reader) else {
            let form = DraftForm(agreement: agreement, draft: draft, path: path, edition: edition)
            return draftAnswer(request, form, saves, notices: [], typed: request.form, errors: reader.errors)
        }
        let tools = tools
        let (clash, by) = try await tools.database.write { session -> (DraftClash?, String) in
            let clash = try Agreements.save(read.text, noticeDays: read.noticeDays, over: edition, draftOf: agreement.id, tools, session)
            let names = try PeopleBook.names(clash.map { [$0.by] } ?? [], session)
            return (clash, clash.flatMap { names[$0.by] } ?? "Somebody")
        }
        guard let clash else {
            return .redirect(to: request.form["go"] == "publish" ? "\(path)/draft/publish" : "\(path)/draft?done=saved")
        }
        let changes = TextChanges(from: clash.now.text, to: read.text).html
        let beside = Card("What differs, from how it stands now to what you wrote", changes.isEmpty ? "<p>Both say the same.</p>" : changes)
        // Saving again goes over the other's text knowingly.
        let form = DraftForm(agreement: agreement, draft: clash.now, path: path, edition: clash.now.edition, isSecond: true)
        let (_, _, now) = try await readDraft(request)
        return draftAnswer(
            request, form, now, notices: [TwoVersions.notice(by: by)], beside: beside.html, typed: request.form, errors: FieldErrors(),
            status: 409)
    }

    /// The draft was published while somebody wrote on it: what they wrote is shown to be taken along.
    private func published(meanwhile agreement: Agreement, _ request: Request) -> Answer {
        let slug = request.parameter("hub")
        let path = agreement.path(slug)
        var frame = frame("It was published while you were writing", hub: slug, section: .pledges)
        frame.breadcrumbs = [Link("Pledges and agreements", "/staff/network/\(slug)/pledges"), Link(agreement.title, path)]
        var reader = FormReader(request.form)
        let typed = DraftForm.read(&reader)?.text.sealed ?? request.form.pairs.map { "\($0.name): \($0.value)" }.joined(separator: "\n")
        frame.content = """
            <p>A published text never changes. What you wrote is below: copy it into the next version.</p>\
            <pre class="letter">\(typed)</pre>\(Button("Write the next version", action: "\(path)/draft"))
            """
        return .page(frame.html, status: 409)
    }

    private func savePage(_ request: Request) async throws -> Answer {
        let id = request.parameter("save")
        let (agreement, row) = try await tools.database.read { session in
            (
                try Agreements.with(id: request.parameter("agreement"), session),
                try session.first("select * from agreement_save where id = \(id)")
            )
        }
        let slug = request.parameter("hub")
        guard let row, let draft = agreement.draft else { throw Agreements.none }
        let text = AgreementText(row)
        var frame = frame("As it was saved on \(row.instant("at")?.shown ?? "")", hub: slug, section: .pledges)
        frame.breadcrumbs = [
            Link("Pledges and agreements", "/staff/network/\(slug)/pledges"), Link("The draft", "\(agreement.path(slug))/draft"),
        ]
        let changes = TextChanges(from: draft.text, to: text).html
        let compared = Card("From the draft of now to this", changes.isEmpty ? "<p>It is the same.</p>" : changes)
        let plain = Card("To copy from", "<pre class=\"letter\">\(text.sealed)</pre>")
        frame.content = Columns(Card(nil, AgreementPiece(text, titled: true).html).html, "\(compared)\(plain)").html
        return .page(frame.html)
    }

    // MARK: Publishing

    private func publishPage(_ request: Request) async throws -> Answer {
        let (agreement, draft, _) = try await readDraft(request)
        let slug = request.parameter("hub")
        let path = agreement.path(slug)
        var frame = frame("Publish “\(draft.text.title)”?", hub: slug, section: .pledges)
        frame.breadcrumbs = [Link("Pledges and agreements", "/staff/network/\(slug)/pledges"), Link("The draft", "\(path)/draft")]
        var fields: [Field] = []
        if let current = agreement.current {
            fields.append(
                Field.radios(
                    "again", "Those who signed version \(current.number)",
                    choices: [
                        Choice("yes", "are asked to sign anew", hint: "Choose this when the promise itself changed."),
                        Choice("no", "need not: their signatures go on counting", hint: "Choose this for a slip of the pen."),
                    ]
                ).filled("yes"))
        }
        var form = Form.post("\(path)/draft/publish", "Publish version \(draft.number)", fields: fields)
        form.hidden = [("edition", String(draft.edition))]
        form.cancel = Link("Go on writing", "\(path)/draft")
        let follows: HTML = """
            <ul><li>From then on the text never changes: a change is a new version.</li>\
            <li>Settings can sign it at once, on their own page, at an event, and on paper.</li></ul>
            """
        let changes = agreement.current.map { TextChanges(from: $0.text, to: draft.text).html }
        let compared: HTML? = changes.map {
            Card("What changes from version \(agreement.current?.number ?? 0)", $0.isEmpty ? "<p>Nothing.</p>" : $0).html
        }
        frame.content =
            Columns(
                Card(nil, AgreementPiece(draft.text, titled: true).html).html, "\(Card("What follows", "\(follows)\(form)"))\(compared)"
            ).html
        return .page(frame.html)
    }

    private func publish(_ request: Request) async throws -> Answer {
        let tools = tools
        let id = request.parameter("agreement")
        let edition = request.form["edition"].flatMap { Int($0) } ?? 0
        let again = request.form["again"] != "no"
        try await tools.database.write {
            try Agreements.publish(draftOf: id, edition: edition, asksAgain: again, tools, $0)
        }
        return .redirect(to: "/staff/network/\(request.parameter("hub"))/pledges/\(id)?done=published")
    }

    private func discardPage(_ request: Request) async throws -> Answer {
        let (agreement, draft, _) = try await readDraft(request)
        let slug = request.parameter("hub")
        let path = agreement.path(slug)
        let confirm = Confirm(
            "Throw the draft of “\(draft.text.title)” away?", action: "\(path)/draft/discard", confirm: "Throw it away",
            cancel: Link("Keep it", "\(path)/draft"),
            consequences: ["It cannot be brought back.", "What was published and signed before stays as it is."])
        var frame = frame("Throw the draft away?", hub: slug, section: .pledges, content: confirm.html)
        frame.breadcrumbs = [Link("Pledges and agreements", "/staff/network/\(slug)/pledges")]
        return .page(frame.html)
    }

    private func discard(_ request: Request) async throws -> Answer {
        let tools = tools
        let id = request.parameter("agreement")
        try await tools.database.write { try Agreements.discard(draftOf: Agreements.with(id: id, $0), tools, $0) }
        return .redirect(to: "/staff/network/\(request.parameter("hub"))/pledges?done=discarded")
    }
}
