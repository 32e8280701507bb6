internal import Civil
internal import Directory
internal import House
internal import Identity
internal import Page
internal import Store

extension AttemptLimit {
    /// Codes that are not ours; a whole hall at an event comes from one address, so signing itself is counted apart and generously.
    static let wrongEventCode = AttemptLimit(what: "event-code-wrong", most: 30, seconds: 900)
    static let signingByAddress = AttemptLimit(what: "event-sign-address", most: 600, seconds: 3_600)
    static let signingByEvent = AttemptLimit(what: "event-sign-event", most: 3_000, seconds: 86_400)
}

extension Network {
    /// Signing from a phone at an event: for everybody who has the code.
    var eventSigningRoutes: [Route] {
        [
            route(.get, "/pledge/{code}", .arrive, "Sign a pledge at an event") { try await $0.signingPage($1) },
            route(.post, "/pledge/{code}", .arrive, "Sign a pledge at an event") { try await $0.signAtEvent($1) },
        ]
    }

    private struct Door: Sendable {
        let code: String
        let event: SigningEvent
        let agreement: Agreement
        let paper: HubPaper
        let version: Agreement.Version
    }

    /// The event behind the code, or the page that says why nobody can sign.
    private func door(_ request: Request) async throws -> (Door?, Answer?) {
        let address = request.origin.address
        guard let code = EventCode.read(request.parameter("code")) else {
            try await tools.count([(.wrongEventCode, address)])
            return (nil, shut("This code is not known", "Check it against the poster, or open the square on it with your camera.", 404))
        }
        let found = try await tools.database.read { session -> (SigningEvent, Agreement, HubPaper)? in
            guard let event = try SigningEvents.with(code: code, session) else { return nil }
            let agreement = try Agreements.with(id: event.agreementID, session)
            return (event, agreement, try HubPaper.of(hub: agreement.hubID, session))
        }
        guard let (event, agreement, paper) = found else {
            try await tools.count([(.wrongEventCode, address)])
            return (nil, shut("This code is not known", "Check it against the poster, or open the square on it with your camera.", 404))
        }
        switch event.state(on: tools.clock.today) {
        case .notYet: return (nil, shut("Signing has not begun", "It is open from \(event.first.long).", 410, paper))
        case .over:
            return (nil, shut("Signing is over", "It was open until \(event.last.long). Ask the hub how you can still sign.", 410, paper))
        case .closed: return (nil, shut("Signing is closed", "Ask the hub how you can still sign.", 410, paper))
        case .open: break
        }
        guard agreement.isOpen, let version = agreement.current else {
            return (nil, shut("Signing is closed", "Ask the hub how you can still sign.", 410, paper))
        }
        return (Door(code: code, event: event, agreement: agreement, paper: paper, version: version), nil)
    }

    private func shut(_ heading: String, _ words: String, _ status: Int, _ paper: HubPaper? = nil) -> Answer {
        var frame = tools.frame(heading, for: .stranger, at: "/", content: "<p>\(words)</p>")
        paper?.dress(&frame)
        frame.isListed = false
        return .page(frame.html, status: status)
    }

    private func signingPage(_ request: Request) async throws -> Answer {
        let (door, shut) = try await door(request)
        if let shut { return shut }
        guard let door else { throw Agreements.none }
        return ask(door, typed: nil, errors: FieldErrors(), guesses: [])
    }

    /// The page itself: the text, then three questions. `guesses` are the settings that may be meant, once something was typed.
    private func ask(_ door: Door, typed: FormData?, errors: FieldErrors, guesses: [SettingGuess.Shown]) -> Answer {
        let words = typed?["setting"] ?? ""
        var fields: [Field] = []
        if guesses.isEmpty {
            var setting = Field.text(
                "setting", "Your setting", hint: "Its name or its postcode. Childminders: your own name or business name.")
            setting.autocomplete = "organization"
            fields.append(setting)
        } else {
            let choices =
                guesses.map { Choice($0.id, $0.title, hint: $0.place) }
                + [Choice("none", "None of these", hint: "I sign for “\(words)”")]
            fields.append(.radios("choice", "Which one is yours?", choices: choices))
        }
        var name = Field.text("name", "Your name")
        name.autocomplete = "name"
        var role = Field.text("role", "What you are there", hint: "For example: manager, childminder, teacher.")
        role.autocomplete = "organization-title"
        fields += [name, role, .checkbox("agree", "I sign it for my setting")]
        var form = Form.post("/pledge/\(door.code)", "Sign", fields: fields)
        form.hidden = [("key", typed?["key"] ?? tools.ids.next())] + (guesses.isEmpty ? [] : [("setting", words)])
        form.values = typed
        form.errors = errors
        var frame = tools.frame(door.version.text.title, for: .stranger, at: "/")
        door.paper.dress(&frame)
        frame.isListed = false
        frame.search = nil
        frame.errors = errors
        frame.scripts = ["keep.js"]
        frame.lead = "\(door.paper.name), \(door.event.title)"
        let notice = Disclosure(
            "What becomes of your name",
            """
            <p>The hub keeps your name, what you are there and the day with the signature, shows them to its team and to your setting, and to \
            nobody else. It can strike the signature out, and forgets your name when you ask.</p>
            """)
        frame.content =
            Columns(
                Card(nil, AgreementPiece(door.version.text).html).html,
                Card(guesses.isEmpty ? "Sign here" : "Nearly done", "\(form)\(notice)").html
            ).html
        if !guesses.isEmpty { frame.content = Card("Nearly done", "\(form)\(notice)").html }
        return .page(frame.html, status: errors.isEmpty ? 200 : 422)
    }

    private func signAtEvent(_ request: Request) async throws -> Answer {
        let (found, shut) = try await door(request)
        if let shut { return shut }
        guard let door = found else { throw Agreements.none }
        try await tools.count([(.signingByAddress, request.origin.address), (.signingByEvent, door.event.id)])
        var reader = FormReader(request.form)
        let words = reader.text("setting", missing: "Write your setting’s name or postcode.", max: 200)
        let name = reader.text("name", missing: "Write your name.", max: 200)
        let role = reader.text("role", missing: "Write what you are there, such as manager.", max: 200)
        if !reader.flag("agree") { reader.fail("agree", "Tick the box: without it nothing is signed.") }
        guard let words else { return ask(door, typed: request.form, errors: reader.errors, guesses: []) }
        let guess = try await tools.database.read { try SettingGuess.of(words, hub: door.agreement.hubID, $0) }
        let choice = request.form["choice"]
        let isNone = choice == "none"
        // A choice was asked for and not made, or what was typed may be several.
        let chosen = guess.shown.first { $0.id == choice } ?? (choice == nil ? guess.exact : nil)
        let mustChoose = chosen == nil && !isNone && !guess.shown.isEmpty
        if choice != nil, chosen == nil, !isNone { reader.fail("choice", "Choose your setting, or “None of these”.") }
        guard let name, let role, reader.errors.isEmpty, !mustChoose else {
            // What is asked for again stands on the same page; the setting is chosen there too.
            return ask(door, typed: request.form, errors: reader.errors, guesses: mustChoose || choice != nil ? guess.shown : [])
        }
        // A home that strangers are not shown is found by its very name, and nobody is told whether it was.
        let hidden = guess.settled.flatMap { id in guess.shown.contains { $0.id == id } ? nil : id }
        let setting = chosen?.id ?? hidden
        let tools = tools
        let key = request.form["key"] ?? ""
        let signed = try await tools.database.write { session in
            try Signatures.sign(
                NewSignature(
                    id: key.utf8.count == 36 ? key : tools.ids.next(), settingID: setting, settingWords: chosen == nil ? words : nil,
                    personID: try Network.person(named: name, at: setting, session), name: name, role: role, how: .phone,
                    day: tools.clock.today, eventID: door.event.id),
                door.agreement, tools, session)
        }
        return thanks(door, signed, for: chosen?.title ?? words, name)
    }

    /// What was signed, in the words of whoever signed: nothing that they did not write themselves, but the day.
    private func thanks(_ door: Door, _ signed: Signed, for setting: String, _ name: String) -> Answer {
        var frame = tools.frame(door.version.text.title, for: .stranger, at: "/")
        door.paper.dress(&frame)
        frame.isListed = false
        frame.search = nil
        let who: HTML = "<bdi>\(name)</bdi> for <bdi>\(setting)</bdi>"
        if case .already(let before) = signed {
            frame.notices = [.note("Signed already on \(before.day.medium).", "By \(who). It holds: nothing more is to be done.")]
        } else {
            let more = door.version.text.needsBoth ? " The hub signs it next." : ""
            frame.notices = [.success("Thank you. You have signed.", "\(who), on \(tools.clock.today.medium).\(more)")]
        }
        frame.content = """
            <p><a class="button quiet" href="\(link: "/pledge/\(door.code)")">Somebody else signs on this phone</a></p>\
            \(Card("What you signed", AgreementPiece(door.version.text).html))
            """
        return .page(frame.html)
    }
}
