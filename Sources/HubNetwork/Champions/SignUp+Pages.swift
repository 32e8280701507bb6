internal import Civil
internal import Directory
internal import House
internal import Identity
internal import Page
internal import Store

extension Network {
    /// Volunteers of one code in one day at most; a hall of people is well within it.
    static let mostSignUps = 500

    /// What stands behind a code that is open.
    private struct Door: Sendable {
        let event: ChampionEvent
        let hub: HubGround
        let scheme: String?
        let paper: HubPaper
    }

    private func open(_ request: Request) async throws -> Door? {
        let (code, today) = (request.parameter("code"), tools.clock.today)
        return try await tools.database.read { session in
            guard let event = try ChampionEvent.open(code, on: today, session) else { return nil }
            let hub = try HubGround.of(try Directory.hubSlug(event.hubID, session), on: today, session)
            let scheme = try ChampionPicture.deadlines(event.hubID, session).scheme
            return Door(
                event: event, hub: hub, scheme: hub.areas.contains { $0.scheme == scheme } ? scheme : hub.areas.first?.scheme,
                paper: try HubPaper.of(hub: event.hubID, session))
        }
    }

    func signUpPage(_ request: Request) async throws -> Answer {
        guard let door = try await open(request) else { return notOpen(request) }
        return signUpForm(door, request, FieldErrors())
    }

    private func signUpForm(_ door: Door, _ request: Request, _ errors: FieldErrors) -> Answer {
        let areas = door.hub.areas.filter { $0.scheme == door.scheme }.map { Choice($0.id, $0.name) }
        var name = Field.text("name", "Your name", width: .half)
        name.autocomplete = "name"
        var fields: [Field] = [
            name,
            .group(
                "How can we reach you?", [Field.email("email", "E-mail"), Field.telephone("telephone", "Telephone")],
                hint: "One of the two is enough."),
            Field.text("setting_said", "Your setting", hint: "The nursery, school or childminding you work in.").optional(),
        ]
        if !areas.isEmpty {
            fields.append(.select("wish", "Which area would you like?", choices: areas, prompt: "I do not mind"))
        }
        fields.append(
            .checkbox(
                "shares", "Other champions of this hub may see how to reach me",
                hint: "You can take this back at any time: tell the hub’s team. Without it only the team sees it."))
        var form = Form.post(request.path, "I volunteer", fields: fields)
        form.values = request.method == .post ? request.form : nil
        form.errors = errors
        form.after = """
            <p class="quiet">The hub’s team sees what you write, and uses it to bring champions together. If you do not become one it is \
            taken out half a year later at the latest.</p>
            """
        var frame = tools.frame("Be a hub champion", for: .stranger, at: "/champions", content: Card(nil, form.html).html)
        door.paper.dress(&frame)
        frame.lead = "\(door.hub.name), \(door.event.title). A champion calls the meetings of one area and brings its people together."
        frame.errors = errors
        frame.isListed = false
        return .page(frame.html, status: errors.isEmpty ? 200 : 422)
    }

    func signUp(_ request: Request) async throws -> Answer {
        // A whole hall comes from one address.
        try await tools.count([(AttemptLimit(what: "champion-sign-up", most: 400, seconds: 900), request.origin.address)])
        guard let door = try await open(request) else { return notOpen(request) }
        let (event, hub) = (door.event, door.hub)
        var reader = FormReader(request.form)
        let name = reader.text("name", missing: "Write your name.", max: 100)
        let wish = ChampionForm.rest(&reader, name: name ?? "", hub)
        if wish.email == nil && wish.telephone == nil && reader.errors["email"] == nil && reader.errors["telephone"] == nil {
            reader.fail("email", "Say how we can reach you: e-mail or telephone.")
        }
        guard name != nil, reader.errors.isEmpty else {
            return signUpForm(door, request, reader.errors)
        }
        let tools = tools
        var kept = wish
        kept.note = nil
        let (volunteer, day) = (kept, tools.clock.today)
        try await tools.database.write { session in
            let today = try session.count(
                "select count(*) from champion where event_id = \(event.id) and substr(stood_at, 1, 10) = \(day.iso)")
            guard today < Network.mostSignUps else { throw Refusal.tooMany(seconds: 3_600) }
            // Somebody who stands already is told the same. Whose phone it is says nothing of who stands: it is handed round.
            let id = try Champions.volunteer(volunteer, hub: hub.id, source: .event, event: event.id, tools, session)
            // One letter for a hall of volunteers.
            if id != nil, today == 0 {
                try tools.tell(
                    whoMay: .keepChampions, at: Whereabouts(hubs: [hub.id]),
                    News(
                        "People volunteer as champions", ["At “\(event.title)”. They wait for an area."],
                        path: HubSection.champions.path(hub.slug)), session)
            }
        }
        var frame = tools.frame(
            "Thank you", for: .stranger, at: "/champions",
            content: """
                <ol><li>The hub’s team gives you an area, and says who stands beside you.</li>\
                <li>You hear from them by e-mail or telephone.</li></ol>\
                <p>The next person can volunteer on this phone too: <a href="\(link: request.path)">start again</a>.</p>
                """)
        door.paper.dress(&frame)
        frame.lead = "You stand as a champion of \(hub.name)."
        frame.isListed = false
        return .page(frame.html)
    }

    /// The same for a wrong code, one that is over, not begun or closed: nobody learns which codes there are.
    private func notOpen(_ request: Request) -> Answer {
        var frame = tools.frame(
            "This sign-up is not open", for: .stranger, at: "/champions",
            content: "<p>Check the code on the poster. A sign-up is open on the days of its event only; ask whoever invited you.</p>")
        frame.isListed = false
        return .page(frame.html, status: 404)
    }
}
