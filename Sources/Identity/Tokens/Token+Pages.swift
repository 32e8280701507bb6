internal import Civil
internal import House
internal import Page
internal import Store

extension Identity {
    /// Tokens for programs: named, limited to some deeds, for a time, taken back at any moment.
    var tokenRoutes: [Route] {
        [
            route(.get, "/account/tokens", .mindOwnAccount, "Your tokens for programs") {
                try await $0.tokensPage($1, errors: FieldErrors())
            },
            route(.post, "/account/tokens", .mindOwnAccount, "Make a token for a program") { try await $0.makeToken($1) },
            route(.post, "/account/tokens/{id}/revoke", .mindOwnAccount, "Take a token back") { try await $0.revokeToken($1) },
        ]
    }

    private static let days = Tokens.days.map(String.init)

    private func grantable(to asker: Asker) -> [Deed] { Tokens.grantable(to: asker.hats, of: allDeeds) }

    private func tokensPage(_ request: Request, errors: FieldErrors) async throws -> Answer {
        // A program signs in with no second step, so it is made by somebody who has taken theirs.
        if request.asker.owesSecondStep { throw Refusal.secondStep }
        let id = request.asker.personID ?? ""
        let now = tools.clock.now
        let rows = try await tools.database.read { session in
            try session.all(
                "select * from api_token where person_id = \(id) and revoked_at is null and expires_at > \(now) order by created_at desc")
        }
        var table = Table(
            "Your tokens",
            columns: [
                Table.Column("Name"), Table.Column("May"), Table.Column("Until"), Table.Column("Last used"),
                Table.Column("Take back", titleHidden: true),
            ],
            rows: rows.map { row in
                let codes = row.text("deeds").split(separator: " ").map(String.init)
                let words = allDeeds.filter { codes.contains($0.code) }.map(\.words)
                var button = Button("Take back", action: "/account/tokens/\(row.text("id"))/revoke", style: .small)
                button.about = row.text("name")
                return Table.Row([
                    "<bdi>\(row.text("name"))</bdi>", "\(words.joined(separator: "; "))",
                    "\(row.instant("expires_at")?.dayInLondon.medium ?? "")", "\(row.day("used_on")?.medium ?? "Never")", "\(button)",
                ])
            })
        table.isCaptionHidden = true
        table.empty = "<p>None yet. A token lets a program ask the API in your name, for what you allow and as long as you allow.</p>"
        let deeds = grantable(to: request.asker)
        var form = Form.post(
            "/account/tokens", "Make a token",
            fields: [
                .text("name", "What is it for?", hint: "Such as “Monitoring” or “Nightly list for the council”.", width: .half),
                .group("What may it do?", DeedGroup.fields(deeds, typed: request.form.all("deed"), error: errors["deed"])),
                Field.select("days", "For how long?", choices: Self.days.map { Choice($0, "\($0) days") }).filled("90"),
            ])
        form.values = request.method == .post ? request.form : nil
        form.errors = errors
        let making: HTML = deeds.isEmpty ? "<p>You have no role whose deeds a program could do.</p>" : "\(Card("A new token", "\(form)"))"
        var frame = tools.frame("Tokens for programs", for: .staff, at: "/account", content: "\(table)\(making)")
        frame.lead = "A program sends it with each request: Authorization: Bearer …"
        frame.breadcrumbs = [Link("Your account", "/account")]
        frame.errors = errors
        if request.query["done"] == "revoked" { frame.notices = [.success("The token is taken back. It opens nothing any more.")] }
        return .page(frame.html, status: errors.isEmpty ? 200 : 422)
    }

    private func makeToken(_ request: Request) async throws -> Answer {
        if request.asker.owesSecondStep { throw Refusal.secondStep }
        // A token makes no tokens: who takes one back wants its doings to end.
        guard case .session = request.asker.means, let person = request.asker.personID else { throw Refusal.signIn }
        var reader = FormReader(request.form)
        let name = reader.text("name", missing: "Say what it is for, so that you know it again.", max: 100)
        let allowed = Set(grantable(to: request.asker).map(\.code))
        let deeds = Set(request.form.all("deed"))
        if deeds.isEmpty || !deeds.isSubset(of: allowed) { reader.fail("deed", "Choose what the program may do.") }
        let days = reader.choice("days", from: Self.days, missing: "Choose for how long.").flatMap { Int($0) }
        guard let name, let days, reader.errors.isEmpty else { return try await tokensPage(request, errors: reader.errors) }
        let tools = tools
        let token = try await tools.database.write { session in
            try Tokens.make(for: person, name: name, deeds: deeds, days: days, tools, session)
        }
        var frame = tools.frame(
            "Copy the token now", for: .staff, at: "/account",
            content: "<p><code>\(token)</code></p><p><a class=\"button\" href=\"/account/tokens\">I have it</a></p>")
        frame.lead = "It is shown only this once. Keep it as you would a key."
        return .page(frame.html)
    }

    private func revokeToken(_ request: Request) async throws -> Answer {
        let id = request.parameter("id")
        let person = request.asker.personID ?? ""
        let tools = tools
        try await tools.database.write { session in
            let isTheirs = try session.first("select id from api_token where id = \(id) and person_id = \(person)") != nil
            guard isTheirs, try Tokens.revoke(id, tools, session) else { throw Refusal.notFound("There is no such token of yours.") }
        }
        return .redirect(to: "/account/tokens?done=revoked")
    }
}
