internal import Civil
internal import Directory
internal import House
internal import Page
internal import Store

extension Network {
    /// Letting people sign from their phones at an event: the code, its days, the poster.
    var signingEventRoutes: [Route] {
        let all = "/staff/network/{hub}/pledges/{agreement}/events"
        let one = "\(all)/{event}"
        return [
            route(.get, all, .enterPledges, "Let people sign at an event", at: Self.atAgreement) {
                try await $0.signingEventsPage($1, errors: FieldErrors())
            },
            route(.post, all, .enterPledges, "Let people sign at an event", at: Self.atAgreement) { try await $0.makeEvent($1) },
            route(.get, one, .enterPledges, "The code of an event", at: Self.atAgreement) { try await $0.eventPage($1) },
            route(.post, "\(one)/close", .enterPledges, "Close the code of an event", at: Self.atAgreement) {
                try await $0.closeEvent($1, isClosed: true)
            },
            route(.post, "\(one)/reopen", .enterPledges, "Open the code of an event again", at: Self.atAgreement) {
                try await $0.closeEvent($1, isClosed: false)
            },
            route(.get, "\(one)/poster", .enterPledges, "The poster with the code, to print", at: Self.atAgreement) {
                try await $0.posterPage($1)
            },
            route(.get, "\(one)/poster.pdf", .enterPledges, "The poster with the code, as a PDF", at: Self.atAgreement) {
                try await $0.posterPDF($1)
            },
        ]
    }

    /// A code is open for so many days at most.
    private static let mostDays = 62

    private func signingEventsPage(_ request: Request, errors: FieldErrors) async throws -> Answer {
        let slug = request.parameter("hub")
        let (agreement, events) = try await tools.database.read { session in
            let agreement = try Agreements.with(id: request.parameter("agreement"), session)
            return (agreement, try SigningEvents.of(agreement, session))
        }
        let path = agreement.path(slug)
        let today = tools.clock.today
        var form = Form.post(
            "\(path)/events", "Make the code",
            fields: [
                .text("title", "What is the event called?", hint: "Its signatures will say so. For example: Launch day."),
                Field.date("first", "From which day may people sign?").filled(today.medium),
                Field.date("last", "Until which day?", hint: "The same day, unless you write another.").optional(),
            ])
        form.values = request.method == .post ? request.form : nil
        form.errors = errors
        form.cancel = Link("Leave it", path)
        var frame = frame("Let people sign at an event", hub: slug, section: .pledges)
        frame.breadcrumbs = [Link("Pledges and agreements", "/staff/network/\(slug)/pledges"), Link(agreement.title, path)]
        frame.lead = "They open a code with their phone, find their setting, write their name, and have signed. No account is needed."
        frame.errors = errors
        let items = events.map { event in
            TodoItem(event.title, href: "\(path)/events/\(event.id)", tag: event.tag(on: today), detail: "\(event.days)")
        }
        let list: HTML? = items.isEmpty ? nil : Card("Codes made so far", Todo(items).html).html
        let how = Card(
            "How it goes",
            """
            <ul><li>Print the poster, or show the code on the screen.</li><li>A signature says that it came by the code. You can strike out any that \
            is not right.</li><li>Close the code when the event is over; it closes by itself after its last day.</li></ul>
            """)
        frame.content = Columns(Card("A new code", form.html).html, "\(list)\(how)").html
        return .page(frame.html, status: errors.isEmpty ? 200 : 422)
    }

    private func makeEvent(_ request: Request) async throws -> Answer {
        var reader = FormReader(request.form)
        let title = reader.text("title", missing: "Say what the event is called.", max: 150)
        let today = tools.clock.today
        let first = reader.day("first") ?? today
        let last = reader.day("last") ?? first
        if last < first { reader.fail("last", "The last day lies before the first.") }
        if last < today { reader.fail("last", "This day is over. Write one to come, or today.") }
        if first.days(to: last) >= Self.mostDays {
            reader.fail("last", "A code is open for \(Self.mostDays) days at most. Make another for later.")
        }
        guard let title, reader.errors.isEmpty else { return try await signingEventsPage(request, errors: reader.errors) }
        let (tools, secrets) = (tools, secrets)
        let agreementID = request.parameter("agreement")
        let code = EventCode.make()
        let id = try await tools.database.write { session in
            try SigningEvents.open(
                title, days: first...last, code: code, Agreements.with(id: agreementID, session), secrets, tools, session)
        }
        return .redirect(to: "/staff/network/\(request.parameter("hub"))/pledges/\(agreementID)/events/\(id)?done=made")
    }

    private struct EventReading: Sendable {
        let agreement: Agreement
        let event: SigningEvent
        let paper: HubPaper
        let signed: Int
        let code: String?
    }

    private func readEvent(_ request: Request) async throws -> EventReading {
        let secrets = secrets
        return try await tools.database.read { session in
            let agreement = try Agreements.with(id: request.parameter("agreement"), session)
            let event = try SigningEvents.with(id: request.parameter("event"), session)
            return EventReading(
                agreement: agreement, event: event, paper: try HubPaper.of(hub: agreement.hubID, session),
                signed: try session.count("select count(*) from signature where event_id = \(event.id) and withdrawn_at is null"),
                code: event.code(secrets))
        }
    }

    /// Where the code leads.
    private func address(_ code: String) -> String { "\(tools.site.address)/pledge/\(code)" }

    private func eventPage(_ request: Request) async throws -> Answer {
        let reading = try await readEvent(request)
        let slug = request.parameter("hub")
        let path = reading.agreement.path(slug)
        let own = "\(path)/events/\(reading.event.id)"
        let state = reading.event.state(on: tools.clock.today)
        var frame = frame(reading.event.title, hub: slug, section: .pledges)
        frame.breadcrumbs = [Link("Pledges and agreements", "/staff/network/\(slug)/pledges"), Link(reading.agreement.title, path)]
        frame.lead =
            "\(reading.event.tag(on: tools.clock.today)) \(reading.event.days). \(reading.signed == 1 ? "1 signature came" : "\(grouped(reading.signed)) signatures came") by it so far."
        frame.notices =
            request.query["done"] == "made" ? [.success("The code is made.", "Print the poster, or show this page on a screen.")] : []
        let switching: Button? =
            switch state {
            case .closed: Button("Open it again", action: "\(own)/reopen", style: .quiet)
            case .open, .notYet: Button("Close it now", action: "\(own)/close", style: .quiet)
            case .over: nil
            }
        guard let code = reading.code, let picture = try? QRCode(address(code)) else {
            frame.content = "<p>The code itself is no longer kept. Make a new one if people should sign again.</p>\(switching)"
            return .page(frame.html)
        }
        let shown = Card(
            "The code",
            """
            <div class="qr-show">\(picture.picture(label: "Code that opens the page to sign"))</div>\
            <p>It leads to <a href="\(link: "/pledge/\(code)")">\(address(code))</a>, where anybody can sign on these days. Give it to nobody else.</p>
            """)
        let papers = Card(
            "On paper",
            """
            <ul class="listing"><li><a href="\(link: "\(own)/poster.pdf")">The poster (PDF)</a></li>\
            <li><a href="\(link: "\(own)/poster")">The poster as a page to print</a></li></ul>\(switching)
            """)
        frame.content = Columns(shown.html, papers.html).html
        return .page(frame.html)
    }

    private func closeEvent(_ request: Request, isClosed: Bool) async throws -> Answer {
        let tools = tools
        let id = request.parameter("event")
        try await tools.database.write { try SigningEvents.set(isClosed: isClosed, SigningEvents.with(id: id, $0), tools, $0) }
        let path = "/staff/network/\(request.parameter("hub"))/pledges/\(request.parameter("agreement"))"
        return .redirect(to: "\(path)/events/\(id)")
    }

    // MARK: The poster

    private func poster(_ reading: EventReading, carriesStyles: Bool) throws -> HTML {
        guard let code = reading.code, let picture = try? QRCode(address(code)) else {
            throw Refusal.notFound("The code itself is no longer kept. Make a new one.")
        }
        var frame = PrintFrame(
            site: reading.paper.name, heading: reading.agreement.title,
            content: """
                <div class="qr-paper">\(picture.picture(label: "Code that opens the page to sign"))</div>\
                <p class="name">Sign with your phone</p><p>Point the camera at the square, or open</p><p><b>\(address(EventCode.shown(code)))</b></p>\
                <p class="quiet-line">\(reading.event.title), \(reading.event.days)</p>
                """)
        reading.paper.dress(&frame)
        frame.kind = .certificate
        frame.carriesStyles = carriesStyles
        return frame.html
    }

    private func posterPage(_ request: Request) async throws -> Answer {
        .page(try poster(try await readEvent(request), carriesStyles: false))
    }

    private func posterPDF(_ request: Request) async throws -> Answer {
        let reading = try await readEvent(request)
        return try await pdf(
            poster(reading, carriesStyles: true), name: "poster-\(SortKey.of(reading.event.title)).pdf", request, orPrint: "/poster")
    }

    /// A paper as a PDF. Where no PDF maker is installed: 503, saying so, with the page to print instead.
    func pdf(_ document: HTML, name: String, _ request: Request, orPrint page: String) async throws -> Answer {
        guard let maker = tools.pdf else {
            var frame = tools.frame("No PDF just now", for: .staff, at: request.path)
            let path = request.path.split(separator: "/").dropLast().joined(separator: "/")
            frame.action = Action("Open the page to print", "/\(path)\(page)")
            frame.content = """
                <p>This copy of the program has no PDF maker installed, so it cannot make the file. The same is a page made for paper: open it \
                and print it, or save it as a PDF from your browser.</p>
                """
            return .page(frame.html, status: 503)
        }
        return .file(try await maker.pdf(ofDocument: document.bytes), name: name, contentType: "application/pdf")
    }
}
