internal import Civil
internal import House
internal import Page
internal import Store

extension Identity {
    /// Saying that a setting is one's own, and proving it.
    var claimRoutes: [Route] {
        [
            route(.get, "/claim/{setting}", .arrive, "Say that one runs a setting") { try await $0.claimPage($1, errors: FieldErrors()) },
            route(.post, "/claim/{setting}", .arrive, "Say that one runs a setting") { try await $0.makeClaim($1) },
            route(.get, "/claim/confirm/{token}", .arrive, "Confirm the address of a claim") { try await $0.confirmClaimPage($1) },
            route(.post, "/claim/confirm/{token}", .arrive, "Confirm the address of a claim") { try await $0.confirmClaim($1) },
            route(.get, "/claim/proof/{token}", .arrive, "Answer for the address on record") { try await $0.proofPage($1) },
            route(.post, "/claim/proof/{token}", .arrive, "Answer for the address on record") { try await $0.answerProof($1) },
        ] + claimDeskRoutes
    }

    private func claimed(_ request: Request) async throws -> PlaceBook.Entry {
        let id = request.parameter("setting")
        let book = book
        // Whoever may not know of a setting does not learn of it here.
        guard let place = try await tools.database.read({ try book.setting(id, $0) }), place.publicName != nil else {
            throw Refusal.notFound("There is no setting at this address. It may have closed or been merged.")
        }
        return place
    }

    private func claimPage(_ request: Request, errors: FieldErrors) async throws -> Answer {
        let place = try await claimed(request)
        let isKnown = request.asker.personID != nil
        var form = Form.post(
            "/claim/\(place.id)", "Ask to look after it",
            fields: (isKnown
                ? []
                : [
                    .text("name", "Your name"),
                    .email(
                        "email", "Your e-mail address",
                        hint: "If it is the one Ofsted or the council holds for the setting, you can begin at once."),
                ]) + [
                    Field.text("said", "What should your hub know?", hint: "For example: I took over as manager in September.").optional()
                ])
        form.values = request.method == .post ? request.form : nil
        form.errors = errors
        form.cancel = Link("Back to the setting", "/settings/\(place.id)")
        var frame = tools.frame(
            "Look after this entry", for: .stranger, at: "/settings",
            content: """
                <p>You run <strong><bdi>\(place.publicName)</bdi></strong>? Then you can keep its entry right, say what may be shown, and \
                invite your colleagues.</p>\(form)\(Disclosure(
                    "How we make sure",
                    """
                    <p>We write to your address, to know that it is yours. If the register or the council’s list holds an address of the \
                    setting, we write there too: a yes from there is enough. If not, the hub’s coordinator asks, and answers you.</p>
                    """))
                """)
        frame.breadcrumbs = [Link(place.publicName ?? "", "/settings/\(place.id)")]
        frame.errors = errors
        frame.isListed = false
        return .page(frame.html, status: errors.isEmpty ? 200 : 422)
    }

    private func makeClaim(_ request: Request) async throws -> Answer {
        let place = try await claimed(request)
        let asker = request.asker
        let tools = tools
        let book = book
        var reader = FormReader(request.form)
        let said = reader.optionalText("said", max: 1_000)
        let known = try await tools.database.read { session in try asker.personID.flatMap { try People.with(id: $0, session) } }
        let name = known?.name ?? reader.text("name", missing: "Write your name.", max: 200)
        let email = known?.email ?? reader.text("email", missing: "Write your e-mail address.", max: 200)
        if let email, !MailAddress.isGood(email), reader.errors.isEmpty { reader.fail("email", LetterProblem.badAddress.publicMessage) }
        guard let name, let email, reader.errors.isEmpty else { return try await claimPage(request, errors: reader.errors) }
        try await tools.count([
            (.claimByAddress, request.origin.address), (.claimByAccount, People.key(email)), (.claimBySetting, place.id),
        ])
        let isSettled = try await tools.database.write { session -> Bool in
            let wish = Claims.Wish(settingID: place.id, name: name, email: email, said: said)
            let claim = try Claims.make(wish, place, by: known, book, tools, session)
            if try Claims.settle(claim.id, book, tools, session) != nil { return true }
            if known != nil { try tools.tellOfClaim(claim.id, try book.place(place.id, session), session) }
            return false
        }
        if isSettled { return .redirect(to: "/own/\(place.id)?done=claimed") }
        return sent(known == nil)
    }

    /// The same words whatever is on record: nobody learns here which address that is, or whether there is one.
    private func sent(_ isStranger: Bool) -> Answer {
        let first: HTML? =
            isStranger ? "<li>Open the letter we just sent you, and say that it was you.</li>" : nil
        var frame = tools.frame(
            "Thank you", for: .stranger, at: "/settings",
            content: """
                <ol>\(first)<li>If the hub holds an address of the setting, somebody there can say yes to you: we wrote to it.</li>\
                <li>If not, your hub’s coordinator looks at it, usually within a few days, and you get a letter.</li></ol>\
                <p>Nothing has come? Look among the unwanted mail.</p>
                """)
        frame.lead = "This is what happens next."
        frame.isListed = false
        return .page(frame.html)
    }

    private func standing(_ column: SQL, _ token: String, _ session: any Session) throws -> (Claim, PlaceBook.Entry)? {
        let row = try session.first(
            "select * from claim where \(column) = \(Secrets.hash(token)) and decided_at is null and expires_at > \(tools.clock.now)")
        guard let claim = row.map(Claim.init), let place = try book.setting(claim.settingID, session) else { return nil }
        return (claim, place)
    }

    private func noClaim() -> Answer {
        var frame = tools.frame(
            "This link no longer works", for: .stranger, at: "/settings",
            content: "<p>It was answered already, or is more than \(Claims.days) days old. Ask again from the setting’s page.</p>")
        frame.action = Action("Find the setting", "/settings")
        return .page(frame.html, status: 410)
    }

    private func confirmClaimPage(_ request: Request) async throws -> Answer {
        let found = try await tools.database.read { [self] in try standing("confirm_hash", request.parameter("token"), $0) }
        guard let (_, place) = found else { return noClaim() }
        let form = Form.post(
            request.path, "Yes, that was me",
            fields: [.checkbox("shared", "Other people use this device", hint: "We sign you out after half an hour without use.")])
        var frame = tools.frame("Is this you?", for: .stranger, at: "/settings", content: form.html)
        frame.lead = "You asked to look after the entry of \(place.publicName ?? "a setting")."
        frame.isListed = false
        return .page(frame.html)
    }

    private func confirmClaim(_ request: Request) async throws -> Answer {
        try await tools.count([(.openByAddress, request.origin.address)])
        let tools = tools
        let book = book
        let token = request.parameter("token")
        let isShared = request.form["shared"] == "yes"
        let done = try await tools.database.write { [self] session -> (place: String, cookie: String?)? in
            guard let (claim, place) = try standing("confirm_hash", token, session) else { return nil }
            try session.run("update claim set confirmed_at = coalesce(confirmed_at, \(tools.clock.now)) where id = \(claim.id)")
            try Audit.log(session, tools, action: "identity.claim.confirmed", subject: "setting:\(claim.settingID)")
            guard let person = try Claims.settle(claim.id, book, tools, session) else {
                try tools.tellOfClaim(claim.id, try book.place(place.id, session), session)
                return (place.id, nil)
            }
            return (
                place.id, try Sessions.begin(for: person.id, device: request.origin.device, isShared: isShared, tools, session)
            )
        }
        guard let done else { return noClaim() }
        if let cookie = done.cookie { return enter(cookie, next: "/own/\(done.place)?done=claimed") }
        return sent(false)
    }

    private func proofPage(_ request: Request) async throws -> Answer {
        let found = try await tools.database.read { [self] in try standing("proof_hash", request.parameter("token"), $0) }
        guard let (claim, place) = found else { return noClaim() }
        var no = Button("No, this is not right", action: request.path, hidden: [("answer", "no")], style: .quiet)
        no.about = nil
        let yes = Button("Yes, they run it", action: request.path, hidden: [("answer", "yes")], style: .main)
        var frame = tools.frame(
            "Does \(claim.name) run \(place.name)?", for: .stranger, at: "/settings",
            content: """
                <p><bdi>\(claim.name)</bdi> (\(claim.email)) asks to look after the setting’s entry: to keep its facts right, to say what \
                may be shown, and to invite colleagues.</p><p>\(yes) \(no)</p>
                """)
        frame.isListed = false
        return .page(frame.html)
    }

    private func answerProof(_ request: Request) async throws -> Answer {
        try await tools.count([(.openByAddress, request.origin.address)])
        guard let answer = request.form["answer"], ["yes", "no"].contains(answer) else { return try await proofPage(request) }
        let tools = tools
        let book = book
        let token = request.parameter("token")
        let isThere = try await tools.database.write { [self] session -> Bool in
            guard let (claim, _) = try standing("proof_hash", token, session) else { return false }
            if answer == "no" {
                try Claims.refuse(claim, answer: nil, tools, session)
            } else {
                try session.run("update claim set proven_at = coalesce(proven_at, \(tools.clock.now)) where id = \(claim.id)")
                try Audit.log(session, tools, action: "identity.claim.proven", subject: "setting:\(claim.settingID)")
                _ = try Claims.settle(claim.id, book, tools, session)
            }
            return true
        }
        guard isThere else { return noClaim() }
        var frame = tools.frame(
            "Thank you", for: .stranger, at: "/settings",
            content: answer == "yes"
                ? "<p>They can look after the entry as soon as they have confirmed their own address.</p>"
                : "<p>Nobody was let in. If you want to look after the entry yourself, ask from the setting’s page.</p>")
        frame.isListed = false
        return .page(frame.html)
    }
}

extension Tools {
    /// The hub's team hears that somebody waits; who it is stands on the page.
    fileprivate func tellOfClaim(_ id: String, _ place: Whereabouts, _ session: any Session) throws {
        try tell(
            whoMay: .decideClaims, at: place,
            News(
                "Somebody asks to look after a setting", ["They confirmed their address. Say yes or no."], path: "/staff/claims/\(id)"),
            session)
    }
}
