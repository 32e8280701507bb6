internal import Civil
internal import House
internal import Page
internal import Store

extension Identity {
    /// Signing in: by a link sent by mail, or by a passphrase.
    var signInRoutes: [Route] {
        [
            route(.get, "/sign-in", .arrive, "Sign in") { try await $0.signInPage($1, errors: FieldErrors()) },
            route(.post, "/sign-in/link", .arrive, "Send a link to sign in with") { try await $0.sendLink($1) },
            route(.get, "/sign-in/sent", .arrive, "A link is on its way") { room, _ in room.linkSent() },
            route(.get, "/sign-in/open/{token}", .arrive, "Open a link: asks before it signs in") { try await $0.openLink($1) },
            route(.post, "/sign-in/open/{token}", .arrive, "Sign in with a link") { try await $0.useLink($1) },
            route(.post, "/sign-in", .arrive, "Sign in with a passphrase") { try await $0.usePassphrase($1) },
            route(.get, "/start", .mindOwnAccount, "Where one's work begins") { room, _ in room.start() },
            route(.post, "/sign-out", .mindOwnAccount, "Sign out") { try await $0.signOut($1) },
        ]
    }

    static let linkMinutes = 15

    private func signInPage(_ request: Request, errors: FieldErrors, typed: FormData? = nil) async throws -> Answer {
        let next = typed?["next"] ?? request.query["next"] ?? ""
        var link = Form.post(
            "/sign-in/link", "Send me a link",
            fields: [
                .email(
                    "email", "Your e-mail address",
                    hint: "We send a link that signs you in. It works once, for \(Self.linkMinutes) minutes.")
            ])
        link.hidden = [("next", next)]
        var email = Field.email("account", "Your e-mail address")
        email.autocomplete = "username"
        var secret = Field.passphrase("passphrase", "Your passphrase")
        secret.autocomplete = "current-password"
        var own = Form.post(
            "/sign-in", "Sign in",
            fields: [
                email, secret,
                .checkbox("shared", "Other people use this device", hint: "We sign you out after half an hour without use."),
            ])
        own.hidden = [("next", next)]
        link.values = typed
        link.errors = errors
        own.values = typed
        own.errors = errors
        let demo: HTML? = isDemo ? demoCard : nil
        var frame = tools.frame(
            "Sign in", for: .stranger, at: "/sign-in",
            content: "\(demo)\(Columns("\(Card("With a link by e-mail", "\(link)"))", "\(Card("With a passphrase", "\(own)"))"))")
        frame.lead = "For people who work with the hub. To find a nursery or childminder you need no account."
        frame.errors = errors
        frame.isListed = false
        return .page(frame.html, status: errors.isEmpty ? 200 : 422)
    }

    /// Answers the same whether the address is known or not.
    private func sendLink(_ request: Request) async throws -> Answer {
        var reader = FormReader(request.form)
        let email = reader.text("email", missing: "Write your e-mail address.", max: 254)
        guard let email, reader.errors.isEmpty else {
            return try await signInPage(request, errors: reader.errors, typed: request.form)
        }
        guard MailAddress.isGood(email) else {
            reader.fail("email", LetterProblem.badAddress.publicMessage)
            return try await signInPage(request, errors: reader.errors, typed: request.form)
        }
        try await sendLink(to: email, next: Identity.safePath(request.form["next"]), request)
        return .redirect(to: "/sign-in/sent")
    }

    /// A link to the person of this address, if there is one.
    func sendLink(to email: String, next: String, _ request: Request) async throws {
        try await tools.count([(.linkByAccount, People.key(email)), (.linkByAddress, request.origin.address)])
        let tools = tools
        try await tools.database.write { session in
            let token = Secrets.token()
            guard let person = try People.with(email: email, session) else {
                // Without the address. Written because everything refused is, and so that the answer takes as long as for a known one.
                return try Refused.write(.unknownAddress, who: "stranger", subject: "nobody", at: tools.clock.now, session)
            }
            let expires = tools.clock.now.adding(seconds: Identity.linkMinutes * 60)
            try session.run(
                """
                insert into sign_in_link (token_hash, person_id, next, created_at, expires_at)
                values (\(Secrets.hash(token)), \(person.id), \(next), \(tools.clock.now), \(expires))
                """)
            try Outbox.post(
                IdentityLetters.of(person, tools, session).signIn(
                    person, token: token, until: expires), in: session, ids: tools.ids,
                clock: tools.clock)
            try Audit.log(session, tools, action: "identity.link.sent", subject: "person:\(person.id)")
        }
    }

    private func linkSent() -> Answer {
        var frame = tools.frame(
            "Look in your e-mail", for: .stranger, at: "/sign-in",
            content: """
                <p>If the address you wrote is known to us, a link is on its way. It works once, for \(Self.linkMinutes) minutes.</p>\
                <p>Nothing there after a few minutes? Look among unwanted mail, check the address for a slip, or ask your hub lead \
                whether you were invited under another one.</p><p><a href="/sign-in">Try again</a></p>
                """)
        frame.isListed = false
        return .page(frame.html)
    }

    /// Mail programs and scanners open links before people do; so opening one only asks.
    private func openLink(_ request: Request) async throws -> Answer {
        let token = request.parameter("token")
        let now = tools.clock.now
        let isGood = try await tools.database.read { session in
            try session.count(
                "select count(*) from sign_in_link where token_hash = \(Secrets.hash(token)) and used_at is null and expires_at > \(now)")
                > 0
        }
        guard isGood else { return spentLink() }
        let form = Form.post(
            request.path, "Sign me in",
            fields: [.checkbox("shared", "Other people use this device", hint: "We sign you out after half an hour without use.")])
        var frame = tools.frame("Sign in", for: .stranger, at: "/sign-in", content: "\(form)")
        frame.lead = "One press and you are in."
        frame.isListed = false
        return .page(frame.html)
    }

    private func spentLink() -> Answer {
        var frame = tools.frame(
            "This link no longer works", for: .stranger, at: "/sign-in",
            content: """
                <p>A link works once, for \(Self.linkMinutes) minutes. Ask for a new one; it takes a moment.</p>
                """)
        frame.action = Action("Send me a new link", "/sign-in")
        frame.isListed = false
        return .page(frame.html, status: 410)
    }

    private func useLink(_ request: Request) async throws -> Answer {
        try await tools.count([(.openByAddress, request.origin.address)])
        let token = request.parameter("token")
        let isShared = request.form["shared"] == "yes"
        let tools = tools
        let entered = try await tools.database.write { session -> (cookie: String, next: String)? in
            let now = tools.clock.now
            // Two presses at once: one of them finds the link used.
            guard
                try session.run(
                    """
                    update sign_in_link set used_at = \(now)
                    where token_hash = \(Secrets.hash(token)) and used_at is null and expires_at > \(now)
                    """) == 1,
                let link = try session.first("select person_id, next from sign_in_link where token_hash = \(Secrets.hash(token))"),
                let person = try People.with(id: link.text("person_id"), session)
            else { return nil }
            try Audit.log(session, tools, action: "identity.signed-in.link", subject: "person:\(person.id)", who: "person:\(person.id)")
            let cookie = try Sessions.begin(
                for: person.id, device: request.origin.device, isShared: isShared, byLink: true, tools, session)
            try Sessions.replace(request.asker, with: cookie, of: person.id, tools, session)
            return (cookie, link.text("next"))
        }
        guard let entered else {
            try await note(.link)
            return spentLink()
        }
        return enter(entered.cookie, next: entered.next)
    }

    private func usePassphrase(_ request: Request) async throws -> Answer {
        var reader = FormReader(request.form)
        let email = reader.text("account", missing: "Write your e-mail address.", max: 254)
        let passphrase = request.form["passphrase"] ?? ""
        if passphrase.isEmpty { reader.fail("passphrase", "Write your passphrase.") }
        guard let email, reader.errors.isEmpty else {
            return try await signInPage(request, errors: reader.errors, typed: request.form)
        }
        try await tools.count([(.passphraseByAccount, People.key(email)), (.passphraseByAddress, request.origin.address)])
        let kept = try await tools.database.read { session in
            try session.first("select id, passphrase from person where email_key = \(People.key(email)) and forgotten_at is null")
        }
        let isRight = try await doorkeeper.hasher.matches(String(passphrase.prefix(1_000)), kept?.textOrNil("passphrase"))
        let tools = tools
        guard isRight, let id = kept?.text("id") else {
            try await note(.passphrase, subject: kept.map { "person:\($0.text("id"))" } ?? "nobody")
            // One sentence for both: nobody learns which addresses are known.
            reader.fail("passphrase", "The address and the passphrase do not belong together. Try again, or ask for a link.")
            return try await signInPage(request, errors: reader.errors, typed: request.form.without("passphrase"))
        }
        let isShared = request.form["shared"] == "yes"
        let cookie = try await tools.database.write { session in
            try Audit.log(session, tools, action: "identity.signed-in.passphrase", subject: "person:\(id)", who: "person:\(id)")
            let cookie = try Sessions.begin(for: id, device: request.origin.device, isShared: isShared, tools, session)
            try Sessions.replace(request.asker, with: cookie, of: id, tools, session)
            return cookie
        }
        return enter(cookie, next: Identity.safePath(request.form["next"]))
    }

    /// On to where they wanted to go, with the session's cookie.
    func enter(_ cookie: String, next: String) -> Answer {
        var answer = Answer.redirect(to: next.isEmpty ? "/start" : next)
        answer.headers.append(doorkeeper.setCookie(doorkeeper.cookieName, cookie))
        return answer
    }

    /// The first room that opens for somebody: the hub's team begins with what is due, a manager with their setting.
    private func start() -> Answer {
        let opening = tools.site.doors.filter { $0.audience == .staff && $0.opens(for: tools.asker) }
        let own = tools.asker.worn?.settingID == nil ? nil : opening.first { $0.path == "/own" }
        let first = own ?? opening.first
        return .redirect(to: first?.path ?? "/account")
    }

    private func signOut(_ request: Request) async throws -> Answer {
        guard case .session(let id) = request.asker.means, let person = request.asker.personID else { return .redirect(to: "/") }
        let tools = tools
        try await tools.database.write { try Sessions.end(id, of: person, tools, $0) }
        var answer = Answer.redirect(to: "/sign-in")
        answer.headers.append(doorkeeper.clearCookie(doorkeeper.cookieName))
        return answer
    }

    /// A path on this site and nothing else: no form or link can send a person who just signed in to another place.
    static func safePath(_ text: String?) -> String {
        guard let text, text.utf8.first == UInt8(ascii: "/"), text.utf8.count < 500,
            text.utf8.dropFirst().first.map({ !"/\\".utf8.contains($0) }) ?? true, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { return "" }
        return text
    }
}
