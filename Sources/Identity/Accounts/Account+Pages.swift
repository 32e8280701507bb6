internal import Civil
internal import House
internal import Page
internal import Store

extension Identity {
    /// One's own account: hats, devices, passphrase, second step.
    var accountRoutes: [Route] {
        [
            route(.get, "/account", .mindOwnAccount, "Your account") { try await $0.accountPage($1, errors: FieldErrors()) },
            route(.post, "/account/hat", .mindOwnAccount, "Wear another of your hats") { try await $0.changeHat($1) },
            route(.post, "/account/passphrase", .mindOwnAccount, "Choose a passphrase") { try await $0.changePassphrase($1) },
            route(.post, "/account/mail", .mindOwnAccount, "Choose how often mail comes") { try await $0.changeMail($1) },
            route(.post, "/account/sessions/{session}/end", .mindOwnAccount, "Sign out on one device") { try await $0.endSession($1) },
            route(.post, "/account/sessions/end-others", .mindOwnAccount, "Sign out everywhere else") { try await $0.askThenEndOthers($1) },
            route(.post, "/account/recovery-codes", .mindOwnAccount, "Make new recovery codes") { try await $0.newRecoveryCodes($1) },
        ]
    }

    private func own(_ request: Request, _ session: any Session) throws -> Person {
        guard let id = request.asker.personID, let person = try People.with(id: id, session) else { throw Refusal.signIn }
        return person
    }

    private func accountPage(_ request: Request, errors: FieldErrors) async throws -> Answer {
        let here: String? = if case .session(let id) = request.asker.means { id } else { nil }
        let book = book
        let (person, sessions, held, cameByLink, isFresh, codesLeft, times) = try await tools.database.read { [self] session in
            let person = try own(request, session)
            let now = tools.clock.now
            let idle = Instant(seconds: now.seconds - Sessions.idleSeconds)
            return (
                person,
                try session.all(
                    "select * from session where person_id = \(person.id) and ended_at is null and seen_at > \(idle) order by seen_at desc"
                ).filter { Sessions.live($0, at: now) != nil },
                try Notices.held(for: person.id, session), try justCameByLink(request, session),
                try here.map { try Sessions.isFresh($0, at: now, session) } ?? false,
                try session.count("select count(*) from recovery_code where person_id = \(person.id) and used_at is null"),
                OwnTimes(
                    lastDays: try Roles.lastDays(of: person.id, session), coming: try RolesToCome.of(request.asker, book, session))
            )
        }
        var frame = tools.frame(
            "Your account", for: .staff, at: "/account",
            content:
                "\(hatsCard(request, times))\(nameAndAddressCard)\(devicesCard(sessions, request))\(passphraseCard(person, cameByLink, isFresh, errors))\(secondStepCard(person, codesLeft))\(contactCardLink)\(tokenCard)\(dataCard)\(mailCard(person, held))"
        )
        // A name may run from right to left; the address after it does not.
        frame.lead = "\u{2068}\(person.name)\u{2069}, \(person.email)"
        frame.errors = errors
        frame.notices = AccountNotices.done(request.query)
        if request.asker.owesSecondStep {
            // Nothing else of theirs opens before: it is the next thing to do, wherever they came from.
            frame.notices.append(
                .note(
                    "One thing is left.", "<p>Your role sees other people’s data, so a code from your phone goes with your signing in.</p>")
            )
            frame.action =
                person.hasSecondStep ? Action("Enter the code", "/second-step") : Action("Set up the second step", "/second-step/set-up")
        } else if request.query["done"] == "joined" {
            frame.action = Action("Go to where your work begins", "/start")
        }
        return .page(frame.html, status: errors.isEmpty ? 200 : 422)
    }

    /// When the reader's own roles end and begin.
    private struct OwnTimes: Sendable {
        let lastDays: [String: Day]
        let coming: [RolesToCome.Line]
    }

    private func hatsCard(_ request: Request, _ times: OwnTimes) -> Card {
        let asker = request.asker
        let coming = times.coming.html { line in
            "<li>\(line.grant.role.name), <bdi>\(line.over)</bdi>\(line.time.words(on: tools.clock.today))</li>"
        }
        let later: HTML? = times.coming.isEmpty ? nil : "<p>Later:</p><ul class=\"listing\">\(coming)</ul>"
        if asker.hats.isEmpty {
            let none: HTML = "You have no role at the moment.\(times.coming.isEmpty ? " Ask your hub lead for one." : "")"
            return Card("What you are here", "<p>\(none)</p>\(later)")
        }
        let items = asker.hats.html { hat in
            let isWorn = hat.id == asker.worn?.id
            let doing: HTML =
                isWorn
                ? "\(Tag("Worn now", .good))"
                : Button("Wear this hat", action: "/account/hat", hidden: [("role", hat.id)], style: .small).html
            let own: HTML? =
                hat.role.level == .setting ? hat.settingID.map { " <a href=\"/own/\(segment: $0)\">See your setting’s entry</a>" } : nil
            let end: HTML? = times.lastDays[hat.id].map { ", until \($0.medium)" }
            return "<li>\(hat.words)\(end) \(doing)\(own)</li>"
        }
        return Card("What you are here", "<ul class=\"listing\">\(items)</ul>\(later)")
    }

    private func devicesCard(_ sessions: [Row], _ request: Request) -> Card {
        let here = if case .session(let id) = request.asker.means { id } else { "" }
        let items = sessions.html { row in
            let id = row.text("id")
            let seen = row.instant("seen_at")?.shown ?? ""
            var end = Button("Sign out", action: "/account/sessions/\(id)/end", style: .small)
            end.about = "on \(row.text("device"))"
            let doing: HTML = id == here ? "\(Tag("This device", .note))" : end.html
            return "<li>\(row.text("device")), last used \(seen) \(doing)</li>"
        }
        let others: HTML? =
            sessions.count > 1 ? Button("Sign out everywhere else", action: "/account/sessions/end-others", style: .quiet).html : nil
        return Card("Where you are signed in", "<ul class=\"listing\">\(items)</ul>\(others)")
    }

    private func passphraseCard(_ person: Person, _ cameByLink: Bool, _ isFresh: Bool, _ errors: FieldErrors) -> Card {
        if !person.hasPassphrase && !isFresh {
            return Card(
                "Passphrase", id: "passphrase",
                """
                <p>You sign in with links by e-mail. With a passphrase you can do without.</p>\
                <p><a class="button quiet" href="\(link: Guarded.passphrase.path)">Set a passphrase</a></p>
                """)
        }
        var fields: [Field] = []
        if person.hasPassphrase && !cameByLink {
            var old = Field.passphrase("old", "Your passphrase now")
            old.autocomplete = "current-password"
            fields.append(old)
        }
        var new = Field.passphrase(
            "new", "A new passphrase", hint: "At least \(PassphraseRule.shortest) characters. Three or four words are good.")
        new.autocomplete = "new-password"
        fields.append(new)
        var form = Form.post("/account/passphrase", person.hasPassphrase ? "Change the passphrase" : "Set a passphrase", fields: fields)
        form.errors = errors
        let about: HTML =
            !person.hasPassphrase
            ? "<p>You sign in with links by e-mail. With a passphrase you can do without.</p>"
            : cameByLink
                ? "<p>You just came by a link we sent you, so you need not know the old one.</p>"
                : "<p>Forgotten? Sign in with a link by e-mail, and choose a new one within a quarter of an hour.</p>"
        return Card("Passphrase", id: "passphrase", "\(about)\(form)")
    }

    private func secondStepCard(_ person: Person, _ codesLeft: Int) -> Card {
        guard person.hasSecondStep else {
            return Card(
                "Second step",
                "<p>A code from your phone besides the link or passphrase.</p><p><a class=\"button quiet\" href=\"/second-step/set-up\">Set it up</a></p>"
            )
        }
        return Card(
            "Second step",
            """
            <p>It is on: we ask for a code from your authenticator. You have \(codesLeft == 1 ? "one recovery code" : "\(codesLeft) recovery codes") \
            left for the day it is not at hand.\(codesLeft < 3 ? " Make new ones soon." : "")</p>\
            <div class="buttons">\(Button("Make new recovery codes", action: "/account/recovery-codes", style: .quiet))\
            <a class="button quiet" href="/second-step/set-up">Change to another phone</a></div>
            """
        )
    }

    private var contactCardLink: Card {
        Card(
            "What colleagues see of you",
            "<p>Nothing, until you say so: your telephone, your e-mail, what you can help with.</p><p><a class=\"button quiet\" href=\"/account/card\">Choose</a></p>"
        )
    }

    private var dataCard: Card {
        Card(
            "What is known about you",
            "<p>Everything, to read or to take with you.</p><p><a class=\"button quiet\" href=\"/account/data\">See your data</a></p>")
    }

    private var tokenCard: Card {
        Card(
            "Programs",
            "<p>Let a program ask the API in your name.</p><p><a class=\"button quiet\" href=\"/account/tokens\">Tokens for programs</a></p>"
        )
    }

    private func mailCard(_ person: Person, _ held: [HeldNotice]) -> Card {
        let choices = MailChoice.allCases.map { Choice($0.rawValue, $0.words) }
        let waiting: HTML =
            held.isEmpty
            ? ""
            : """
            <h3>Waiting for your next letter</h3><ul class="listing">\(held.html { each in
                """
                <li>\(heldLink(each.news)) <span class="quiet">\(each.createdAt?.shown ?? ""), \
                \(each.dueAt.map { "comes on \($0.shown)" } ?? "not sent: a backup was restored since")</span></li>
                """
            })</ul>
            """
        return Card(
            "Notices by e-mail", id: "notices",
            """
            \(waiting)<p>Links to sign in always come at once.</p>\
            \(Form.post(
                "/account/mail", "Save",
                fields: [Field.radios("wish", "How often", choices: choices).filled(person.mailChoice.rawValue)]))
            """)
    }

    private func heldLink(_ news: News) -> HTML {
        guard let path = news.path else { return "<bdi>\(news.subject)</bdi>" }
        return "<a href=\"\(link: path)\"><bdi>\(news.subject)</bdi></a>"
    }

    private func changeHat(_ request: Request) async throws -> Answer {
        guard case .session(let id) = request.asker.means, let hat = request.asker.hats.first(where: { $0.id == request.form["role"] })
        else { throw Refusal.notFound("You do not have this role any more.") }
        // The session's value changes with what its bearer is.
        let cookie = try await tools.database.write { session in
            try session.run("update session set role_id = \(hat.id) where id = \(id)")
            return try Sessions.rotate(id, secondStepAt: nil, session)
        }
        // Back to the page they were on: what one may see does not depend on the hat worn.
        return enter(cookie, next: Identity.safePath(request.form["next"]))
    }

    private func justCameByLink(_ request: Request, _ session: any Session) throws -> Bool {
        guard case .session(let id) = request.asker.means else { return false }
        return try Sessions.justCameByLink(id, at: tools.clock.now, session)
    }

    private func changePassphrase(_ request: Request) async throws -> Answer {
        let (person, kept, cameByLink) = try await tools.database.read { [self] session in
            let person = try own(request, session)
            return (
                person, try session.first("select passphrase from person where id = \(person.id)")?.textOrNil("passphrase"),
                try justCameByLink(request, session)
            )
        }
        let isFresh = try await isFresh(request)
        if kept == nil && !isFresh { return .redirect(to: Guarded.passphrase.path) }
        var errors = FieldErrors()
        if kept != nil && !cameByLink {
            try await tools.count([(.passphraseByAccount, People.key(person.email))])
            let isRight = try await doorkeeper.hasher.matches(String((request.form["old"] ?? "").prefix(1_000)), kept)
            if !isRight { errors.add("old", "This is not your passphrase.") }
        }
        let new = request.form["new"] ?? ""
        if let fault = PassphraseRule.fault(new, name: person.name, email: person.email, places: places(request)) {
            errors.add("new", fault)
        }
        guard errors.isEmpty else { return try await accountPage(request, errors: errors) }
        let hash = try await doorkeeper.hasher.hash(new)
        let here: String? = if case .session(let id) = request.asker.means { id } else { nil }
        let tools = tools
        try await tools.database.write { session in
            try session.run("update person set passphrase = \(hash) where id = \(person.id)")
            try Audit.log(session, tools, action: "identity.passphrase.changed", subject: "person:\(person.id)")
            // Whoever else is signed in as this person is put out.
            try Sessions.endAll(of: person.id, except: here, tools, session)
        }
        return .redirect(to: "/account?done=passphrase")
    }

    private func changeMail(_ request: Request) async throws -> Answer {
        guard let choice = request.form["wish"].flatMap({ MailChoice(rawValue: $0) }) else {
            throw Refusal.badRequest("Choose how often mail comes, and try again.")
        }
        let tools = tools
        try await tools.database.write { [self] session in
            let person = try own(request, session)
            try Notices.choose(choice, for: person.id, at: tools.clock.now, session)
            try Audit.log(
                session, tools, action: "identity.mail-wish.changed", subject: "person:\(person.id)", before: person.mailChoice.rawValue,
                after: choice.rawValue)
        }
        return .redirect(to: "/account?done=mail")
    }

    /// The names of what they work for: the site, and what their roles are over.
    private func places(_ request: Request) -> [String] { [tools.site.name] + request.asker.hats.map(\.over) }

    private func endSession(_ request: Request) async throws -> Answer {
        let id = request.parameter("session")
        let isFresh = try await isFresh(request)
        if request.asker.means != .session(id), !isFresh {
            guard let wish = Guarded(FormData([("do", "end-session"), ("session", id)])) else {
                throw Refusal.notFound("You are not signed in on such a device.")
            }
            return .redirect(to: wish.path)
        }
        return try await end(id, request)
    }

    func end(_ id: String, _ request: Request) async throws -> Answer {
        let tools = tools
        try await tools.database.write { [self] in try Sessions.end(id, of: own(request, $0).id, tools, $0) }
        return .redirect(to: "/account?done=ended")
    }

    private func askThenEndOthers(_ request: Request) async throws -> Answer {
        let isFresh = try await isFresh(request)
        return isFresh ? try await endOthers(request) : .redirect(to: Guarded.endOthers.path)
    }

    func endOthers(_ request: Request) async throws -> Answer {
        let here: String? = if case .session(let id) = request.asker.means { id } else { nil }
        let tools = tools
        try await tools.database.write { [self] in try Sessions.endAll(of: own(request, $0).id, except: here, tools, $0) }
        return .redirect(to: "/account?done=ended-all")
    }

    private func newRecoveryCodes(_ request: Request) async throws -> Answer {
        let isFresh = try await isFresh(request)
        return isFresh ? try await makeRecoveryCodes(request) : .redirect(to: Guarded.recoveryCodes.path)
    }

    func makeRecoveryCodes(_ request: Request) async throws -> Answer {
        guard request.asker.isSecondStepDone else { throw Refusal.secondStep }
        let codes = RecoveryCodes.make()
        let hashes = try await RecoveryCodes.hashes(of: codes, doorkeeper.hasher)
        let tools = tools
        try await tools.database.write { [self] session in
            let person = try own(request, session)
            try RecoveryCodes.keep(hashes, for: person.id, at: tools.clock.now, session)
            try Audit.log(session, tools, action: "identity.recovery-codes.made", subject: "person:\(person.id)")
        }
        return recoveryPage(codes, request.look)
    }
}

/// Words shown once after something was done, told by the address.
enum AccountNotices {
    static func done(_ query: FormData) -> [Notice] {
        let words: String? =
            switch query["done"] {
            case "passphrase": "Your passphrase is changed. You are signed out everywhere else."
            case "mail": "Saved how often mail comes."
            case "ended": "That device is signed out."
            case "ended-all": "You are signed out everywhere else."
            case "name": "Your name is changed. Others see the new one from now on."
            case "address": "Your address is changed. You are signed out everywhere else."
            case "joined": "Welcome. This is your account."
            default: nil
            }
        return words.map { [.success($0)] } ?? []
    }
}
