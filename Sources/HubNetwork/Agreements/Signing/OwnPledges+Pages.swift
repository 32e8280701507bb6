internal import Civil
internal import Directory
internal import House
internal import Page
internal import Store

extension Network {
    /// Pledges and agreements for a setting's own people: to read, to sign, to take along.
    var ownPledgeRoutes: [Route] {
        let one = "/own/{id}/pledges/{agreement}"
        return [
            route(.get, "/own/pledges", .signPledges, "Pledges and agreements of one’s own settings") { try await $0.allOwnPledges($1) },
            route(.get, "/own/{id}/pledges", .signPledges, "Pledges and agreements of one’s own setting", at: Self.atOwnSetting) {
                try await $0.ownPledges($1)
            },
            route(.get, one, .signPledges, "Read a pledge and sign it for one’s own setting", at: Self.atOwnAgreement) {
                try await $0.ownPledgePage($1, errors: FieldErrors())
            },
            route(.post, one, .signPledges, "Sign a pledge for one’s own setting", at: Self.atOwnAgreement) { try await $0.signOwn($1) },
            route(
                .post, "\(one)/signatures/{signature}/withdraw", .signPledges, "Take one’s own signature back", at: Self.atOwnAgreement
            ) { try await $0.withdrawOwn($1) },
        ]
    }

    /// A line of the list: an agreement with where the setting stands.
    private struct OwnLine: Sendable {
        let settingID: String
        let agreement: Agreement
        let hub: String
        let state: SigningRule.State?

        func item(of setting: String?) -> TodoItem {
            let done = state?.counts == true
            let detail: HTML = "\(setting.map { "<bdi>\($0)</bdi>. " as HTML })\(hub)\(state.map { ". \($0.words)" })"
            return TodoItem(
                agreement.title, href: "/own/\(settingID)/pledges/\(agreement.id)", tag: state?.tag ?? Tag("Not signed yet", .warning),
                detail: detail,
                action: done || state == .waiting ? nil : Action("Read and sign", "/own/\(settingID)/pledges/\(agreement.id)"))
        }
    }

    private static func ownLines(_ setting: String, on today: Day, _ session: any Session) throws -> [OwnLine] {
        let names = Dictionary(try Directory.hubs(session).map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
        return try Directory.whereabouts(ofSetting: setting, session).hubs.sorted().flatMap { hub in
            try Agreements.of(hub: hub, session).filter { $0.current != nil }.compactMap { agreement -> OwnLine? in
                let states = try Signatures.of(agreement, setting: setting, session).compactMap { $0.state(agreement, on: today) }
                if !agreement.isOpen && states.isEmpty { return nil }
                return OwnLine(settingID: setting, agreement: agreement, hub: names[hub] ?? "", state: SigningRule.best(states))
            }
        }
    }

    private func allOwnPledges(_ request: Request) async throws -> Answer {
        let today = tools.clock.today
        let ids = Set(request.asker.hats.filter { Deed.signPledges.reaches[$0.role] != nil }.compactMap(\.settingID)).sorted()
        let (lines, titles) = try await tools.database.read { session in
            (try ids.flatMap { try Self.ownLines($0, on: today, session) }, try Directory.titles(of: ids, session))
        }
        return ownList(lines, titles: ids.count > 1 ? titles : [:], back: [])
    }

    private func ownPledges(_ request: Request) async throws -> Answer {
        let today = tools.clock.today
        let id = request.parameter("id")
        let (lines, titles) = try await tools.database.read { session in
            (try Self.ownLines(id, on: today, session), try Directory.titles(of: [id], session))
        }
        return ownList(lines, titles: [:], back: [Link(titles[id] ?? "Your setting", "/own/\(id)")])
    }

    private func ownList(_ lines: [OwnLine], titles: [String: String], back: [Link]) -> Answer {
        var frame = tools.frame("Pledges and agreements", for: .staff, at: "/own/pledges")
        frame.breadcrumbs = back
        frame.lead = "What your hub asks settings to promise, and where yours stands."
        frame.content =
            lines.isEmpty
            ? EmptyState(
                "Nothing to sign", "When your hub writes a pledge or an agreement, it stands here for you to read and sign.",
                picture: .letter
            )
            .html
            : Card(nil, Todo(lines.map { $0.item(of: titles[$0.settingID]) }).html).html
        return .page(frame.html)
    }

    private struct OwnReading: Sendable {
        let agreement: Agreement
        let current: Agreement.Version
        let title: String
        let hub: String
        let signatures: [Signature]
    }

    private func readOwn(_ request: Request) async throws -> OwnReading {
        let id = request.parameter("id")
        return try await tools.database.read { session in
            let agreement = try Agreements.with(id: request.parameter("agreement"), session)
            // A draft is the team's.
            guard let current = agreement.current else { throw Agreements.none }
            return OwnReading(
                agreement: agreement, current: current, title: try Directory.titles(of: [id], session)[id] ?? "Your setting",
                hub: try Directory.hubs(session).first { $0.id == agreement.hubID }?.name ?? "",
                signatures: try Signatures.of(agreement, setting: id, session))
        }
    }

    private func ownPledgePage(_ request: Request, errors: FieldErrors) async throws -> Answer {
        let reading = try await readOwn(request)
        let today = tools.clock.today
        let id = request.parameter("id")
        let path = "/own/\(id)/pledges/\(reading.agreement.id)"
        let standing = reading.signatures.filter(\.isStanding)
        let state = SigningRule.best(standing.compactMap { $0.state(reading.agreement, on: today) })
        let mine = standing.first { $0.personID != nil && $0.personID == tools.asker.personID }
        let mineState = mine?.state(reading.agreement, on: today)
        var frame = tools.frame(reading.agreement.title, for: .staff, at: "/own/pledges")
        frame.breadcrumbs = [Link(reading.title, "/own/\(id)"), Link("Pledges and agreements", "/own/\(id)/pledges")]
        frame.lead = "\(reading.hub), for \(reading.title). \(state?.tag ?? Tag("Not signed yet", .warning))"
        frame.errors = errors
        frame.notices = ownNotices(request, reading, mine)
        if state?.counts == true { frame.action = Action("Get the certificate", "\(path)/certificate") }
        var cards: [HTML] = []
        let holds: Bool =
            switch mineState {
            case .holds, .waiting: true
            default: false
            }
        if !holds, reading.agreement.isOpen {
            var form = Form.post(
                path, mine == nil ? "Sign it for \(reading.title)" : "Sign it again",
                fields: [
                    Field.text("role", "What you are there", width: .half).filled(ownRole(at: id)),
                    .checkbox("agree", "I have read it, and sign it for my setting"),
                ])
            form.hidden = [("key", request.form["key"] ?? tools.ids.next()), ("version", reading.current.id)]
            form.values = request.method == .post ? request.form : nil
            form.errors = errors
            let words = mineState.map { "<p>\($0.words).</p>" as HTML }
            cards.append(Card("Sign it", "\(words)<p>You sign as <bdi>\(tools.asker.name)</bdi>.</p>\(form)").html)
        }
        if !standing.isEmpty { cards.append(Card("Who signed here", signers(standing, reading, path)).html) }
        frame.content = Columns(Card(nil, AgreementPiece(reading.current.text).html).html, cards.joined).html
        return .page(frame.html, status: errors.isEmpty ? 200 : 422)
    }

    private func ownRole(at setting: String) -> String {
        tools.asker.hats.first { $0.settingID == setting }.map { $0.role == .manager ? "Manager" : "Practitioner" } ?? ""
    }

    private func ownNotices(_ request: Request, _ reading: OwnReading, _ mine: Signature?) -> [Notice] {
        switch request.query["done"] {
        case "signed":
            [.success("Thank you. You have signed.", reading.current.text.needsBoth ? "The hub signs it next; you hear from us then." : "")]
        case "already":
            [.note("You have signed already\(mine.map { ", on \($0.day.medium)" } ?? "").", "It holds: nothing more is to be done.")]
        case "withdrawn": [.success("Taken back. It counts no longer.")]
        default: []
        }
    }

    private func signers(_ signatures: [Signature], _ reading: OwnReading, _ path: String) -> HTML {
        let items = signatures.html { signature -> HTML in
            let state = signature.state(reading.agreement, on: tools.clock.today)
            let number = reading.agreement.version(signature.versionID)?.number ?? 0
            var own: HTML?
            if signature.personID != nil, signature.personID == tools.asker.personID {
                let form = Form.post(
                    "\(path)/signatures/\(signature.id)/withdraw", "Take it back", fields: [.text("because", "Why?").optional()])
                own = Disclosure("Take your signature back", form.html).html
            }
            return
                "<li><strong><bdi>\(signature.signer)</bdi></strong>, on \(signature.day.medium), version \(number), \(signature.how.words) \(state?.tag)\(own)</li>"
        }
        return "<ul class=\"listing\">\(items)</ul>"
    }

    private func signOwn(_ request: Request) async throws -> Answer {
        let reading = try await readOwn(request)
        var reader = FormReader(request.form)
        let role = reader.text("role", missing: "Write what you are there, such as manager.", max: 200)
        if !reader.flag("agree") { reader.fail("agree", "Tick the box: without it nothing is signed.") }
        if let shown = request.form["version"], shown != reading.current.id {
            reader.fail("agree", "The hub published a new text since you opened this page. Read it, then sign.")
        }
        guard let role, reader.errors.isEmpty, let person = tools.asker.personID else {
            return try await ownPledgePage(request, errors: reader.errors)
        }
        let tools = tools
        let id = request.parameter("id")
        let key = request.form["key"] ?? ""
        let signed = try await tools.database.write { session -> Signed in
            let agreement = try Agreements.with(id: reading.agreement.id, session)
            let signed = try Signatures.sign(
                NewSignature(
                    id: key.utf8.count == 36 ? key : tools.ids.next(), settingID: id, personID: person, name: tools.asker.name, role: role,
                    how: .page, day: tools.clock.today), agreement, tools, session)
            if case .new = signed, agreement.current?.text.needsBoth == true {
                try tools.tell(
                    whoMay: .writePledges, at: Whereabouts(hubs: [agreement.hubID]),
                    News(
                        "\(reading.title) signed “\(agreement.title)”", ["It waits for the hub’s own signature."], path: "/staff/pledges"),
                    session)
            }
            return signed
        }
        let path = "/own/\(id)/pledges/\(reading.agreement.id)"
        if case .already = signed { return .redirect(to: "\(path)?done=already") }
        return .redirect(to: "\(path)?done=signed")
    }

    private func withdrawOwn(_ request: Request) async throws -> Answer {
        var reader = FormReader(request.form)
        let because = reader.optionalText("because", max: 500) ?? "Taken back by whoever signed."
        let tools = tools
        let (id, agreementID) = (request.parameter("id"), request.parameter("agreement"))
        try await tools.database.write { session in
            guard let signature = try Signatures.with(id: request.parameter("signature"), session), signature.settingID == id else {
                throw Agreements.none
            }
            guard signature.personID != nil, signature.personID == tools.asker.personID else {
                throw Refusal.forbidden("Take back a signature of somebody else. Ask your hub’s coordinator")
            }
            try Signatures.withdraw(signature.id, because: because, Agreements.with(id: agreementID, session), tools, session)
        }
        return .redirect(to: "/own/\(id)/pledges/\(agreementID)?done=withdrawn")
    }
}
