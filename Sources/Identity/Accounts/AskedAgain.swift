internal import Civil
internal import House
internal import Page
internal import Store

/// What somebody who finds a signed-in browser could take an account over with, or put its owner out with. It is done only for a person
/// who showed within the last ten minutes that it is they.
enum Guarded: Equatable, Sendable {
    case recoveryCodes
    case secondStep
    /// Setting the first passphrase of an account; whoever has one is asked for it anyway.
    case passphrase
    case endSession(String)
    case endOthers
    /// Asking for another e-mail address, where from then on everything would go.
    case address

    /// Read from the address or the form; nil for anything we do not know, so that nothing typed there leads anywhere else.
    init?(_ form: FormData) {
        switch form["do"] {
        case "recovery-codes": self = .recoveryCodes
        case "second-step": self = .secondStep
        case "passphrase": self = .passphrase
        case "end-session":
            guard let id = form["session"], !id.isEmpty, id.utf8.count < 100,
                id.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x2D })
            else { return nil }
            self = .endSession(id)
        case "end-others": self = .endOthers
        case "address": self = .address
        default: return nil
        }
    }

    var hidden: [(String, String)] {
        switch self {
        case .recoveryCodes: [("do", "recovery-codes")]
        case .secondStep: [("do", "second-step")]
        case .passphrase: [("do", "passphrase")]
        case .endSession(let id): [("do", "end-session"), ("session", id)]
        case .endOthers: [("do", "end-others")]
        case .address: [("do", "address")]
        }
    }

    /// The page that asks, and comes back to this.
    var path: String { "/account/again?" + hidden.map { "\($0.0)=\($0.1)" }.joined(separator: "&") }

    /// What the button says that does it.
    var words: String {
        switch self {
        case .recoveryCodes: "Make new recovery codes"
        case .secondStep: "Set up the second step"
        case .passphrase: "Set a passphrase"
        case .endSession: "Sign out on that device"
        case .endOthers: "Sign out everywhere else"
        case .address: "Change your e-mail address"
        }
    }

    /// The page it is done on, when it is more than one press.
    var page: String? {
        switch self {
        case .secondStep: "/second-step/set-up"
        case .passphrase: "/account#passphrase"
        case .address: "/account/address"
        case .recoveryCodes, .endSession, .endOthers: nil
        }
    }
}

extension Identity {
    var askedAgainRoutes: [Route] {
        [
            route(.get, "/account/again", .mindOwnAccount, "Say again that it is you") {
                try await $0.askAgain($1, errors: FieldErrors())
            },
            route(.post, "/account/again", .mindOwnAccount, "Say again that it is you") { try await $0.hearAgain($1) },
            route(.post, "/account/again/link", .mindOwnAccount, "Send a link to say again that it is you") {
                try await $0.sendLinkAgain($1)
            },
        ]
    }

    /// Whether the person behind this browser showed lately that it is they.
    func isFresh(_ request: Request, within seconds: Int = Sessions.freshSeconds) async throws -> Bool {
        guard case .session(let id) = request.asker.means else { return false }
        let now = tools.clock.now
        return try await tools.database.read { try Sessions.isFresh(id, within: seconds, at: now, $0) }
    }

    /// Recovery codes stand in for the second step, so nothing but the second step opens the way to new ones.
    private func codeFirst(_ wish: Guarded, _ request: Request) -> Answer? {
        wish == .recoveryCodes && !request.asker.isSecondStepDone ? .redirect(to: "/second-step?next=\(wish.path)") : nil
    }

    private func askAgain(_ request: Request, errors: FieldErrors) async throws -> Answer {
        guard let wish = Guarded(errors.isEmpty ? request.query : request.form) else { return .redirect(to: "/account") }
        if let first = codeFirst(wish, request) { return first }
        let isFresh = try await isFresh(request)
        if isFresh, let page = wish.page { return .redirect(to: page) }
        let person = try await ownPerson(request)
        let content: HTML
        if isFresh {
            var form = Form.post("/account/again", wish.words, fields: [])
            form.hidden = wish.hidden
            form.cancel = Link("Leave it", "/account")
            content = "\(form)"
        } else {
            content = ways(person, wish, errors)
        }
        var frame = tools.frame(
            isFresh ? wish.words : "Say again that it is you", for: .staff, at: "/account", content: content)
        frame.breadcrumbs = [Link("Your account", "/account")]
        frame.lead =
            isFresh
            ? "You said it is you. One press, and it is done."
            : """
            You want to: <b>\(wish.words)</b>. You signed in more than ten minutes ago, so we make sure first that nobody else is sitting \
            at your device.
            """
        frame.errors = errors
        if request.query["sent"] == "yes", !isFresh {
            frame.notices = [
                .success("A link is on its way to \(person.text("email")).", "Open it here, in this browser, and go on from there.")
            ]
        }
        frame.isListed = false
        return .page(frame.html, status: errors.isEmpty ? 200 : 422)
    }

    /// The ways this person has of showing it: the authenticator, the passphrase, and their mail box when there is no authenticator.
    private func ways(_ person: Row, _ wish: Guarded, _ errors: FieldErrors) -> HTML {
        var cards: [HTML] = []
        let hasSecondStep = person.textOrNil("second_step_at") != nil
        func form(_ action: String, _ submit: String, _ fields: [Field]) -> Form {
            var form = Form.post(action, submit, fields: fields)
            form.hidden = wish.hidden
            form.errors = errors
            return form
        }
        if hasSecondStep {
            var code = Field.text("code", "Code", hint: "Six digits from your authenticator, or one of your recovery codes.", width: .short)
            code.autocomplete = "one-time-code"
            cards.append("\(Card("With a code", "\(form("/account/again", "Go on with the code", [code]))"))")
        }
        if person.textOrNil("passphrase") != nil {
            var secret = Field.passphrase("passphrase", "Your passphrase")
            secret.autocomplete = "current-password"
            cards.append("\(Card("With your passphrase", "\(form("/account/again", "Go on with the passphrase", [secret]))"))")
        }
        if !hasSecondStep {
            let link: HTML = "<p>To \(person.text("email")). It works once, for \(Self.linkMinutes) minutes.</p>"
            cards.append("\(Card("With a link by e-mail", "\(link)\(form("/account/again/link", "Send me a link", []))"))")
        }
        return cards.count == 2 ? "\(Columns(cards[0], cards[1]))" : cards.html { $0 }
    }

    private func hearAgain(_ request: Request) async throws -> Answer {
        guard case .session(let sessionID) = request.asker.means else { throw Refusal.signIn }
        guard let wish = Guarded(request.form) else { return .redirect(to: "/account") }
        if let first = codeFirst(wish, request) { return first }
        if try await isFresh(request) { return try await fulfil(wish, request) }
        var errors = FieldErrors()
        guard let way = try await shown(request, &errors) else {
            return errors.isEmpty ? .redirect(to: wish.path) : try await askAgain(request, errors: errors)
        }
        let tools = tools
        let cookie = try await tools.database.write { session in
            try Audit.log(session, tools, action: "identity.asked-again.\(way)", subject: tools.asker.auditName)
            return try Sessions.confirm(sessionID, at: tools.clock.now, session)
        }
        var answer = try await fulfil(wish, request)
        answer.headers.append(doorkeeper.setCookie(doorkeeper.cookieName, cookie))
        return answer
    }

    /// By what the form shows who they are; nil, with a reason, when by nothing. Tries count as those of signing in do.
    private func shown(_ request: Request, _ errors: inout FieldErrors) async throws -> String? {
        let person = try await ownPerson(request)
        let id = person.text("id")
        let tools = tools
        if let code = request.form["code"], person.textOrNil("second_step_at") != nil {
            try await tools.count([(.codeByAccount, id)])
            let typed = RecoveryCodes.bare(code)
            let recovery = try await RecoveryCodes.kept(typed, of: id, doorkeeper.hasher, tools)
            let box = doorkeeper.box
            let isRight = try await tools.database.write { session in
                if try Identity.accepts(typed, recovery: recovery, of: id, box, tools, session) { return true }
                try Refused.write(.code, who: "person:\(id)", subject: "person:\(id)", at: tools.clock.now, session)
                return false
            }
            if isRight { return "code" }
            errors.add("code", "This code is not right, or was used already. Wait for the next one and try again.")
            return nil
        }
        guard let kept = person.textOrNil("passphrase") else { return nil }
        try await tools.count([
            (.passphraseByAccount, People.key(person.text("email"))), (.passphraseByAddress, request.origin.address),
        ])
        let typed = String((request.form["passphrase"] ?? "").prefix(1_000))
        if try await doorkeeper.hasher.matches(typed, kept) { return "passphrase" }
        try await tools.database.write {
            try Refused.write(.passphrase, who: "person:\(id)", subject: "person:\(id)", at: tools.clock.now, $0)
        }
        errors.add("passphrase", "This is not your passphrase.")
        return nil
    }

    private func fulfil(_ wish: Guarded, _ request: Request) async throws -> Answer {
        switch wish {
        case .secondStep, .passphrase, .address: return .redirect(to: wish.page ?? "/account")
        case .recoveryCodes: return try await makeRecoveryCodes(request)
        case .endSession(let id): return try await end(id, request)
        case .endOthers: return try await endOthers(request)
        }
    }

    /// For those who have neither authenticator nor passphrase. The link begins a session anew, which is fresh, and leads back here.
    private func sendLinkAgain(_ request: Request) async throws -> Answer {
        guard let wish = Guarded(request.form) else { return .redirect(to: "/account") }
        let person = try await ownPerson(request)
        try await sendLink(to: person.text("email"), next: wish.path, request)
        return .redirect(to: wish.path + "&sent=yes")
    }
}
