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

    private func claimed(_ request: Request) async throws -> (PlaceBook.Entry, HubLook?) {
        let id = request.parameter("setting")
        let (book, tools) = (book, tools)
        let found = try await tools.database.read { session in
            try book.setting(id, session).map { ($0, try Claims.look(for: id, book, tools, session)) }
        }
        // Whoever may not know of a setting does not learn of it here.
        guard let found, found.0.publicName != nil else {
            throw Refusal.notFound("There is no setting at this address. It may have closed or been merged.")
        }
        return found
    }

    /// A page of a claim, which wears its hub's look.
    private func claimFrame(_ heading: String, _ look: HubLook?, _ content: HTML) -> PageFrame {
        var frame = tools.frame(heading, for: .stranger, at: "/settings", content: content)
        frame.wearForStrangers(look)
        frame.isListed = false
        return frame
    }

    private func claimPage(_ request: Request, errors: FieldErrors) async throws -> Answer {
        let (place, look) = try await claimed(request)
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
        var frame = claimFrame(
            "Look after this entry", look,
            """
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
        return .page(frame.html, status: errors.isEmpty ? 200 : 422)
    }

    private func makeClaim(_ request: Request) async throws -> Answer {
        let (place, look) = try await claimed(request)
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
        return sent(known == nil, look)
    }

    /// The same words whatever is on record: nobody learns here which address that is, or whether there is one.
    private func sent(_ isStranger: Bool, _ look: HubLook?) -> Answer {
        let first: HTML? =
            isStranger ? "<li>Open the letter we just sent you, and say that it was you.</li>" : nil
        var frame = claimFrame(
            "Thank you", look,
            """
            <ol>\(first)<li>If the hub holds an address of the setting, somebody there can say yes to you: we wrote to it.</li>\
            <li>If not, your hub’s coordinator looks at it, usually within a few days, and you get a letter.</li></ol>\
            <p>Nothing has come? Look among the unwanted mail.</p>
            """)
        frame.lead = "This is what happens next."
        return .page(frame.html)
    }

    private struct Standing: Sendable {
        let claim: Claim
        let place: PlaceBook.Entry
        let look: HubLook?
    }

    private func standing(_ column: SQL, _ token: String, _ session: any Session) throws -> Standing? {
        let row = try session.first(
            "select * from claim where \(column) = \(Secrets.hash(token)) and decided_at is null and expires_at > \(tools.clock.now)")
        guard let claim = row.map(Claim.init), let place = try book.setting(claim.settingID, session) else { return nil }
        return Standing(claim: claim, place: place, look: try Claims.look(for: claim.settingID, book, tools, session))
    }

    /// Whoever has the link to a claim that was answered is still shown whose page it is.
    private func noClaim(_ column: SQL, _ request: Request) async throws -> Answer {
        let (book, tools) = (book, tools)
        let look = try await tools.database.read { session in
            try session.first("select setting_id from claim where \(column) = \(Secrets.hash(request.parameter("token")))").flatMap {
                try Claims.look(for: $0.text("setting_id"), book, tools, session)
            }
        }
        var frame = claimFrame(
            "This link no longer works", look,
            """
            <p>It was answered already, or is more than \(Claims.days) days old.</p>\
            <p>Were you told that you look after the setting? Then <a href="/sign-in">sign in</a> with the address the letter came to. If \
            not, ask again from the setting’s page.</p>
            """)
        frame.action = Action("Find the setting", "/settings")
        return .page(frame.html, status: 410)
    }

    private func confirmClaimPage(_ request: Request) async throws -> Answer {
        let found = try await tools.database.read { [self] in try standing("confirm_hash", request.parameter("token"), $0) }
        guard let found else { return try await noClaim("confirm_hash", request) }
        let form = Form.post(
            request.path, "Yes, that was me",
            fields: [.checkbox("shared", "Other people use this device", hint: "We sign you out after half an hour without use.")])
        var frame = claimFrame("Is this you?", found.look, form.html)
        frame.lead = "You asked to look after the entry of \(found.place.publicName ?? "a setting")."
        return .page(frame.html)
    }

    private func confirmClaim(_ request: Request) async throws -> Answer {
        try await tools.count([(.openByAddress, request.origin.address)])
        let tools = tools
        let book = book
        let token = request.parameter("token")
        let isShared = request.form["shared"] == "yes"
        let done = try await tools.database.write { [self] session -> (standing: Standing, cookie: String?)? in
            guard let standing = try standing("confirm_hash", token, session) else { return nil }
            let (claim, place) = (standing.claim, standing.place)
            try session.run("update claim set confirmed_at = coalesce(confirmed_at, \(tools.clock.now)) where id = \(claim.id)")
            try Audit.log(session, tools, action: "identity.claim.confirmed", subject: "setting:\(claim.settingID)")
            guard let person = try Claims.settle(claim.id, book, tools, session) else {
                try tools.tellOfClaim(claim.id, try book.place(place.id, session), session)
                return (standing, nil)
            }
            return (
                standing, try Sessions.begin(for: person.id, device: request.origin.device, isShared: isShared, tools, session)
            )
        }
        guard let done else { return try await noClaim("confirm_hash", request) }
        if let cookie = done.cookie { return enter(cookie, next: "/own/\(done.standing.place.id)?done=claimed") }
        return sent(false, done.standing.look)
    }

    private func proofPage(_ request: Request) async throws -> Answer {
        let found = try await tools.database.read { [self] in try standing("proof_hash", request.parameter("token"), $0) }
        guard let found else { return try await noClaim("proof_hash", request) }
        let claim = found.claim
        var no = Button("No, this is not right", action: request.path, hidden: [("answer", "no")], style: .quiet)
        no.about = nil
        let yes = Button("Yes, they run it", action: request.path, hidden: [("answer", "yes")], style: .main)
        let frame = claimFrame(
            "Does \(claim.name) run \(found.place.name)?", found.look,
            """
            <p><bdi>\(claim.name)</bdi> (\(claim.email)) asks to look after the setting’s entry: to keep its facts right, to say what \
            may be shown, and to invite colleagues.</p><div class="buttons">\(yes)\(no)</div>
            """)
        return .page(frame.html)
    }

    private func answerProof(_ request: Request) async throws -> Answer {
        try await tools.count([(.openByAddress, request.origin.address)])
        guard let answer = request.form["answer"], ["yes", "no"].contains(answer) else { return try await proofPage(request) }
        let tools = tools
        let book = book
        let token = request.parameter("token")
        let done = try await tools.database.write { [self] session -> (look: HubLook?, isIn: Bool)? in
            guard let standing = try standing("proof_hash", token, session) else { return nil }
            let claim = standing.claim
            if answer == "no" {
                try Claims.refuse(claim, answer: nil, tools, session)
                // Who has shown that the address is theirs waits for an answer; to any other address nothing more is written.
                if claim.isConfirmed {
                    try Claims.post(
                        IdentityLetters(site: tools.site, look: standing.look).claimDenied(claim, setting: standing.place.publicName),
                        tools, session)
                }
                return (standing.look, false)
            }
            try session.run("update claim set proven_at = coalesce(proven_at, \(tools.clock.now)) where id = \(claim.id)")
            try Audit.log(session, tools, action: "identity.claim.proven", subject: "setting:\(claim.settingID)")
            return (standing.look, try Claims.settle(claim.id, book, tools, session) != nil)
        }
        guard let done else { return try await noClaim("proof_hash", request) }
        let words: HTML =
            answer == "no"
            ? "<p>Nobody was let in. If you want to look after the entry yourself, ask from the setting’s page.</p>"
            : done.isIn
                ? "<p>They look after the entry from now on.</p>"
                : "<p>They can look after the entry as soon as they have confirmed their own address.</p>"
        return .page(claimFrame("Thank you", done.look, words).html)
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
