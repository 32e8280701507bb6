internal import Civil
internal import House
internal import Page
internal import Store

extension Identity {
    /// The second step of signing in: a code from an authenticator, or one of the recovery codes.
    var secondStepRoutes: [Route] {
        [
            route(.get, "/second-step", .mindOwnAccount, "Enter the code of the second step") {
                try await $0.secondStepPage($1, errors: FieldErrors())
            },
            route(.post, "/second-step", .mindOwnAccount, "Enter the code of the second step") { try await $0.enterCode($1) },
            route(.get, "/second-step/set-up", .mindOwnAccount, "Set up the second step") {
                try await $0.setUpPage($1, errors: FieldErrors())
            },
            route(.post, "/second-step/set-up", .mindOwnAccount, "Set up the second step") { try await $0.setUp($1) },
        ]
    }

    func ownPerson(_ request: Request) async throws -> Row {
        let id = request.asker.personID ?? ""
        guard let row = try await tools.database.read({ try $0.first("select * from person where id = \(id)") }) else {
            throw Refusal.signIn
        }
        return row
    }

    private func secondStepPage(_ request: Request, errors: FieldErrors) async throws -> Answer {
        let person = try await ownPerson(request)
        guard person.textOrNil("second_step_at") != nil else { return .redirect(to: "/second-step/set-up") }
        let next = Identity.safePath(request.form["next"] ?? request.query["next"])
        func form(_ submit: String, _ field: Field) -> Form {
            var form = Form.post("/second-step", submit, fields: [field])
            form.errors = errors
            form.hidden = [("next", next)]
            return form
        }
        var code = Field.text("code", "Code", hint: "Six digits from your authenticator.", width: .short)
        code.autocomplete = "one-time-code"
        code.inputMode = "numeric"
        // A field of its own, because a telephone that offers digits offers no letters.
        var recovery = Field.text("recovery", "Recovery code", hint: "One of the ten you wrote down. Each works once.", width: .short)
        recovery.autocomplete = "off"
        let other = Disclosure(
            "My authenticator is not at hand", "\(form("Use this code", recovery))", isOpen: request.form["recovery"] != nil)
        var frame = tools.frame("One more step", for: .stranger, at: "/second-step", content: "\(form("Go on", code))\(other)")
        if let look = request.look { frame.wear(look) }
        frame.lead = "Your role sees other people’s data, so we ask for a code besides."
        frame.errors = errors
        return .page(frame.html, status: errors.isEmpty ? 200 : 422)
    }

    private func enterCode(_ request: Request) async throws -> Answer {
        guard case .session(let sessionID) = request.asker.means, let id = request.asker.personID else { throw Refusal.signIn }
        try await tools.count([(.codeByAccount, id)])
        let field = request.form["recovery"] == nil ? "code" : "recovery"
        let typed = RecoveryCodes.bare(request.form[field] ?? "")
        let tools = tools
        let recovery = try await RecoveryCodes.kept(typed, of: id, doorkeeper.hasher, tools)
        let box = doorkeeper.box
        let cookie = try await tools.database.write { session -> String? in
            guard try Identity.accepts(typed, recovery: recovery, of: id, box, tools, session) else {
                try Refused.write(.code, who: "person:\(id)", subject: "person:\(id)", at: tools.clock.now, session)
                return nil
            }
            try Audit.log(session, tools, action: "identity.second-step", subject: "person:\(id)")
            return try Sessions.rotate(sessionID, secondStepAt: tools.clock.now, session)
        }
        guard let cookie else {
            var errors = FieldErrors()
            errors.add(
                field,
                field == "code"
                    ? "This code is not right, or was used already. Wait for the next one and try again."
                    : "This is none of your recovery codes, or it was used already.")
            return try await secondStepPage(request, errors: errors)
        }
        return enter(cookie, next: Identity.safePath(request.form["next"]))
    }

    /// Whether a code is right now; it is used up by the asking. `recovery` is what is kept of the recovery code it is, if it is one.
    static func accepts(
        _ code: String, recovery: String?, of id: String, _ box: SecretBox, _ tools: Tools, _ session: any Session
    ) throws -> Bool {
        try session.lock("eyhub.second-step.\(id)")
        guard let person = try session.first("select * from person where id = \(id)") else { return false }
        let now = tools.clock.now
        if code.count == 6, code.allSatisfy(\.isNumber) {
            guard let sealed = person.textOrNil("second_step_secret"), person.textOrNil("second_step_at") != nil else { return false }
            guard let secret = try? box.open(sealed) else {
                throw Refusal.unavailable(
                    """
                    No code can be checked here just now: this installation’s key is not the one your second step was set up with. \
                    Go back and use one of your recovery codes, and tell whoever runs the installation.
                    """)
            }
            guard let step = TimeCode.step(of: code, secret: secret, at: now.seconds, after: person.int("second_step_used"))
            else { return false }
            try session.run("update person set second_step_used = \(step) where id = \(id)")
            return true
        }
        guard let recovery else { return false }
        return try session.run(
            "update recovery_code set used_at = \(now) where code_hash = \(recovery) and person_id = \(id) and used_at is null") == 1
    }

    private func setUpPage(_ request: Request, errors: FieldErrors) async throws -> Answer {
        let person = try await ownPerson(request)
        // Who has one already and did not give its code may not put another in its place.
        let isChange = person.textOrNil("second_step_at") != nil
        if isChange, !request.asker.isSecondStepDone { return .redirect(to: "/second-step?next=/second-step/set-up") }
        let isFresh = try await isFresh(request, within: errors.isEmpty ? Sessions.freshSeconds : Sessions.setUpSeconds)
        guard isFresh else { return .redirect(to: Guarded.secondStep.path) }
        let id = person.text("id")
        let box = doorkeeper.box
        // It waits beside the one in use, which goes on until the new one has shown its first code.
        let secret: [UInt8]
        if let waiting = person.textOrNil("second_step_waiting"), let known = try? box.open(waiting) {
            secret = known
        } else {
            var generator = SystemRandomNumberGenerator()
            secret = (0..<20).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
            let sealed = try box.seal(secret)
            _ = try await tools.database.write { session in
                try session.run("update person set second_step_waiting = \(sealed) where id = \(id)")
            }
        }
        let address = TimeCode.address(secret: secret, account: person.text("email"), issuer: tools.site.name)
        var code = Field.text("code", "The six digits it shows", width: .short)
        code.autocomplete = "one-time-code"
        code.inputMode = "numeric"
        var form = Form.post("/second-step/set-up", "Turn the second step on", fields: [code])
        form.errors = errors
        let picture = try? QRCode(address).picture(label: "Picture with the key for an authenticator")
        var frame = tools.frame(
            "Set up the second step", for: .stranger, at: "/second-step",
            content: """
                <ol><li><p>Open an authenticator on your phone. Any will do; your phone’s password manager has one too.</p></li>\
                <li><p>Let it read this picture, or type the key.</p>\(picture)<p>Key: <code>\(Base32.text(secret))</code></p>\
                <p>On this very phone? <a href="\(link: address)">Put the key into its authenticator</a></p></li>\
                <li><p>Write the code it shows.</p></li></ol>\(form)
                """)
        if let look = request.look { frame.wear(look) }
        frame.lead =
            isChange
            ? "The codes of your phone now work until the new one has shown its first. Then you are signed out everywhere else."
            : "Your role sees other people’s data. A code from your phone keeps it safe even when somebody learns your passphrase."
        frame.errors = errors
        return .page(frame.html, status: errors.isEmpty ? 200 : 422)
    }

    private func setUp(_ request: Request) async throws -> Answer {
        guard case .session(let sessionID) = request.asker.means else { throw Refusal.signIn }
        let person = try await ownPerson(request)
        let id = person.text("id")
        let isChange = person.textOrNil("second_step_at") != nil
        if isChange, !request.asker.isSecondStepDone { throw Refusal.secondStep }
        // Finding an authenticator in a shop of programs takes a while.
        let isFresh = try await isFresh(request, within: Sessions.setUpSeconds)
        guard isFresh else { return .redirect(to: Guarded.secondStep.path) }
        try await tools.count([(.codeByAccount, id)])
        let typed = (request.form["code"] ?? "").filter { !$0.isWhitespace }
        let tools = tools
        guard let sealed = person.textOrNil("second_step_waiting"),
            let step = TimeCode.step(of: typed, secret: try doorkeeper.box.open(sealed), at: tools.clock.now.seconds, after: 0)
        else {
            var errors = FieldErrors()
            errors.add(
                "code", "This is not the code of this key. Wait for the next one and try again; check that your phone’s clock is right.")
            return try await setUpPage(request, errors: errors)
        }
        let codes = RecoveryCodes.make()
        let hashes = try await RecoveryCodes.hashes(of: codes, doorkeeper.hasher)
        let cookie = try await tools.database.write { session -> String? in
            let now = tools.clock.now
            // Two forms at once, or another key meanwhile: one of them finds nothing waiting.
            let isTaken = try session.run(
                """
                update person set second_step_secret = second_step_waiting, second_step_waiting = null, second_step_at = \(now),
                    second_step_used = \(step)
                where id = \(id) and second_step_waiting = \(sealed)
                """)
            guard isTaken == 1 else { return nil }
            try RecoveryCodes.keep(hashes, for: id, at: now, session)
            try Audit.log(
                session, tools, action: isChange ? "identity.second-step.changed" : "identity.second-step.set-up", subject: "person:\(id)")
            // Whoever sits at another device with the old telephone is put out.
            if isChange { try Sessions.endAll(of: id, except: sessionID, tools, session) }
            return try Sessions.rotate(sessionID, secondStepAt: now, session)
        }
        guard let cookie else { return .redirect(to: "/account") }
        var answer = recoveryPage(codes, request.look)
        answer.headers.append(doorkeeper.setCookie(doorkeeper.cookieName, cookie))
        return answer
    }

    /// Shown once; only hashes are kept.
    func recoveryPage(_ codes: [String], _ look: HubLook?) -> Answer {
        var frame = tools.frame(
            "Keep these recovery codes", for: .stranger, at: "/second-step",
            content: """
                <ul class="codes">\(codes.html { "<li><code>\($0)</code></li>" })</ul>\
                <p>Print this page or write them down, and keep them where you keep your keys. Each works once in place of the code from \
                your phone.</p><p><a class="button" href="/start">I have kept them</a></p>
                """)
        if let look { frame.wear(look) }
        frame.lead = "They are shown only now."
        return .page(frame.html)
    }
}
