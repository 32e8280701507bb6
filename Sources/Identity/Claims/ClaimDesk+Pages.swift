internal import Civil
internal import House
internal import Page
internal import Store

extension Identity {
    /// Claims that only the hub's team can answer.
    var claimDeskRoutes: [Route] {
        let one = "/staff/claims/{claim}"
        return [
            route(.get, "/staff/claims", .decideClaims, "Who asks to look after a setting") { try await $0.claimList($1) },
            route(.get, one, .decideClaims, "Somebody who asks to look after a setting", at: claimPlace) {
                try await $0.claimDeskPage($1, errors: FieldErrors())
            },
            route(.post, "\(one)/accept", .decideClaims, "Let somebody look after a setting", at: claimPlace) {
                try await $0.answerClaim($1, isYes: true)
            },
            route(.post, "\(one)/refuse", .decideClaims, "Say no to somebody who asks to look after a setting", at: claimPlace) {
                try await $0.answerClaim($1, isYes: false)
            },
        ]
    }

    private var claimPlace: @Sendable (Request, any Session) throws -> Whereabouts {
        { [book] request, session in
            guard let row = try session.first("select setting_id from claim where id = \(request.parameter("claim"))") else {
                throw Refusal.notFound("Nobody asked at this address.")
            }
            return try book.place(row.text("setting_id"), session)
        }
    }

    private func claimList(_ request: Request) async throws -> Answer {
        let book = book
        let claims = try await tools.database.read { session in
            try Claims.waiting(for: request.asker, book, session).map { ($0, try book.setting($0.settingID, session)?.name ?? "") }
        }
        var frame = tools.frame("Who asks to look after a setting", for: .staff, at: "/staff/people")
        frame.breadcrumbs = [Link("People", "/staff/people")]
        frame.content =
            claims.isEmpty
            ? EmptyState(
                "Nobody waits",
                "When somebody says on a setting’s page that they run it, and the register holds no address to ask, you decide here.",
                picture: .people
            ).html
            : Todo(
                claims.map { claim, setting in
                    TodoItem(
                        "\(claim.name): \(setting)", href: "/staff/claims/\(claim.id)",
                        detail: "Asked on \(claim.createdAt?.dayInLondon.medium ?? "")\(claim.said.map { ". <q>\($0)</q>" as HTML })")
                }
            ).html
        frame.notices = request.query["done"] == nil ? [] : [.success("Answered. They get a letter.")]
        return .page(frame.html)
    }

    private func claimDeskPage(_ request: Request, errors: FieldErrors) async throws -> Answer {
        let book = book
        let id = request.parameter("claim")
        let tools = tools
        if let told = try await answeredBefore(request) { return told }
        let (claim, setting, managers) = try await tools.database.read { session in
            let claim = try Claims.waiting(id: id, tools, session)
            return (
                claim, try book.setting(claim.settingID, session),
                try session.all(
                    """
                    select p.name from role r join person p on p.id = r.person_id
                    where r.setting_id = \(claim.settingID) and r.role = 'manager' and r.to_at is null order by p.name
                    """
                ).map { $0.text("name") }
            )
        }
        let rows: [(String, HTML)] = [
            ("Setting", "<a href=\"/staff/settings/\(segment: claim.settingID)\">\(setting?.name)</a>"),
            ("Who", "<bdi>\(claim.name)</bdi>, \(claim.email) (the address is theirs)"), ("They wrote", "\(claim.said ?? "Nothing")"),
            ("Managers now", managers.isEmpty ? "Nobody yet" : "\(managers.joined(separator: ", "))"),
            ("Address on record", "\(setting?.email ?? "None: ask the setting by telephone")"),
        ]
        var no = Form.post(
            "/staff/claims/\(id)/refuse", "Say no", fields: [.text("answer", "Why not?", hint: "They read this in a letter.")])
        no.values = request.method == .post ? request.form : nil
        no.errors = errors
        var frame = tools.frame("Does \(claim.name) run \(setting?.name ?? "it")?", for: .staff, at: "/staff/people")
        frame.breadcrumbs = [Link("People", "/staff/people"), Link("Who asks to look after a setting", "/staff/claims")]
        frame.lead = "Ask the setting on a number you know to be its own, then say yes or no."
        frame.content = """
            \(Card("Who asks", Details(rows).html))\
            <p>\(Button("Yes: let them look after it", action: "/staff/claims/\(id)/accept", style: .main))</p>\(Card("Or not", no.html))
            """
        frame.errors = errors
        return .page(frame.html, status: errors.isEmpty ? 200 : 422)
    }

    /// Two of the team looked at it at once, or somebody opens an old letter: they are told who answered, and what. Nil while it waits.
    private func answeredBefore(_ request: Request) async throws -> Answer? {
        let id = request.parameter("claim")
        let book = book
        let found = try await tools.database.read { session -> (row: Row, setting: String, by: String)? in
            guard let row = try session.first("select * from claim where id = \(id) and decided_at is not null") else { return nil }
            let who = row.textOrNil("decided_by") ?? ""
            let person = try who.hasPrefix("person:") ? People.with(id: String(who.dropFirst(7)), session)?.name : nil
            let by = person ?? (who.isEmpty ? "a newer request of theirs took its place" : "from the address on record")
            return (row, try book.setting(row.text("setting_id"), session)?.name ?? "a setting", by)
        }
        guard let found else { return nil }
        let claim = Claim(found.row)
        let isSent = request.method == .post
        let typed = request.form["answer"].map { "<p>You wrote: <q><bdi>\($0)</bdi></q></p>" as HTML }
        var rows: [(String, HTML)] = [
            ("Setting", "<a href=\"/staff/settings/\(segment: claim.settingID)\"><bdi>\(found.setting)</bdi></a>"),
            ("Who", "<bdi>\(claim.name)</bdi>, \(claim.email)"),
            ("Answer", found.row.text("decision") == "yes" ? "Yes" : "No"), ("By", "<bdi>\(found.by)</bdi>"),
            ("On", "\(found.row.instant("decided_at")?.shown ?? "")"),
        ]
        if let answer = found.row.textOrNil("answer") { rows.append(("They were told", "<bdi>\(answer)</bdi>")) }
        var frame = tools.frame(
            "This was answered already", for: .staff, at: "/staff/people", content: "\(Card("The answer", Details(rows).html))")
        frame.breadcrumbs = [Link("People", "/staff/people"), Link("Who asks to look after a setting", "/staff/claims")]
        frame.action = Action("See who else waits", "/staff/claims")
        if isSent { frame.notices = [.warning("Somebody answered before you. What you sent changed nothing.", "\(typed)")] }
        return .page(frame.html, status: isSent ? 409 : 200)
    }

    private func answerClaim(_ request: Request, isYes: Bool) async throws -> Answer {
        let id = request.parameter("claim")
        let tools = tools
        let book = book
        var reader = FormReader(request.form)
        let answer =
            isYes
            ? nil : reader.text("answer", missing: "Write one sentence: they should know why.", max: 500)
        guard reader.errors.isEmpty else { return try await claimDeskPage(request, errors: reader.errors) }
        do {
            try await tools.database.write { session in
                let claim = try Claims.waiting(id: id, tools, session)
                guard claim.isConfirmed else { throw Refusal.badRequest("They have not confirmed their address yet.") }
                if isYes {
                    try Claims.accept(claim, answer: nil, book, tools, session)
                } else {
                    try Claims.refuse(claim, answer: answer, tools, session)
                    let name = try book.setting(claim.settingID, session)?.publicName ?? "the setting"
                    let letters = IdentityLetters(site: tools.site, look: try Claims.look(for: claim.settingID, book, tools, session))
                    try Claims.post(letters.claimAnswered(claim, setting: name, isYes: false, answer: answer), tools, session)
                }
            }
        } catch let refusal as Refusal {
            if let told = try await answeredBefore(request) { return told }
            throw refusal
        }
        return .redirect(to: "/staff/claims?done=answered")
    }
}
