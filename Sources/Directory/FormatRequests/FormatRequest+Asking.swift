internal import Civil
internal import House
internal import Page
internal import Store

extension Deed {
    static let answerFormats = Deed(
        "directory.format.answer", "See who asked for another format, and answer them", [.administrator: .anywhere, .hubLead: .ownHub])
}

extension Directory {
    /// Asking for another format, and answering.
    var formatRoutes: [Route] {
        let item = "/staff/hubs/{hub}/formats/{request}"
        return [
            route(.get, "/accessible-formats", .look, "Ask for a page in another format") { try await $0.askPage($1) },
            route(.post, "/accessible-formats", .look, "Ask for a page in another format") { try await $0.ask($1) },
            route(.get, "/staff/formats", .answerFormats, "Who asked for another format") { try await $0.formatList($1) },
            route(.get, item, .answerFormats, "A request for another format", at: Self.atFormat) { try await $0.formatPage($1) },
            route(.post, item, .answerFormats, "Answer a request for another format", at: Self.atFormat) { try await $0.answerFormat($1) },
            route(.get, "\(item)/forget", .answerFormats, "Ask before forgetting who asked", at: Self.atFormat) {
                try await $0.confirmForgetting($1)
            },
            route(.post, "\(item)/forget", .answerFormats, "Forget who asked", at: Self.atFormat) { try await $0.forgetAsker($1) },
        ]
    }

    /// The hub named in the address; the request named there too must be that hub's.
    private static func atFormat(_ request: Request, _ session: any Session) throws -> Whereabouts {
        let place = try atHub(request, session)
        let found = try FormatRequest.find(request.parameter("request"), of: request.parameter("hub"), session)
        guard found != nil else { throw Refusal.notFound("There is no such request.") }
        return place
    }

    /// What the page is drawn from.
    private struct AskView: Sendable {
        /// Those that can be asked.
        let hubs: [Hub]
        /// The hub the person came from.
        let face: HubFace?
        let made: FormatRequest?
    }

    func askPage(_ request: Request) async throws -> Answer {
        let slug = request.query["hub"] ?? ""
        let view = try await askView(slug, made: request.query["done"])
        return .page(askHTML(view, about: request.query["about"], FieldErrors(), nil, request))
    }

    private func askView(_ slug: String, made: String?) async throws -> AskView {
        let asker = tools.asker
        return try await tools.database.read { session in
            let hubs = try Hubs.all(session).filter { $0.isOpen || asker.knows(hub: $0.id) }
            let hub = hubs.first { $0.slug == slug }
            return AskView(
                hubs: hubs, face: try hub.map { try HubFace.of($0, session) },
                made: try made.flatMap { try FormatRequest.find($0, of: slug, session) })
        }
    }

    func ask(_ request: Request) async throws -> Answer {
        let view = try await askView(request.form["hub"] ?? "", made: nil)
        var reader = FormReader(request.form)
        guard let wish = wish(&reader, view.hubs) else {
            return .page(askHTML(view, about: nil, reader.errors, request.form, request), status: 422)
        }
        let tools = tools
        let id = try await tools.database.write { try FormatRequest.ask(wish, $0, tools) }
        return .redirect(to: PageAddress("/accessible-formats", [("hub", wish.hub.slug), ("done", id)]).href)
    }

    private func wish(_ reader: inout FormReader, _ hubs: [Hub]) -> FormatRequest.Wish? {
        let slug = reader.choice("hub", from: hubs.map(\.slug), missing: "Choose the hub that made the page or document.")
        let what = reader.text("what", missing: "Say which page or document you need, such as “the directory of Riverside”.", max: 300)
        let format = reader.choice("format", of: FormatRequest.Format.self, missing: "Choose the format you need.")
        let detail = reader.optionalText("detail", max: 1_000)
        if detail == nil, format == .language { reader.fail("detail", "Say which language you need.") }
        if detail == nil, format == .other { reader.fail("detail", "Say what you need, in your own words.") }
        let name = reader.text("name", missing: "Write your name, so that we know whom to answer.", max: 100)
        let email = reader.optionalText("email", max: 200)
        let telephone = reader.optionalText("telephone", max: 60)
        let address = reader.optionalText("address", max: 300)
        if email == nil && telephone == nil && address == nil && reader.errors["telephone"] == nil {
            reader.fail("email", "Say how we can reach you: one of e-mail, telephone or address is enough.")
        }
        if let email, !email.contains("@") || email.contains(where: \.isWhitespace) {
            reader.fail("email", "Write an e-mail address like you@example.org.")
        }
        guard let hub = hubs.first(where: { $0.slug == slug }), let what, let format, let name, reader.errors.isEmpty else { return nil }
        return .init(
            hub: hub, what: what, format: format, detail: detail, name: name, email: email, telephone: telephone, address: address)
    }

    private func askHTML(_ view: AskView, about: String?, _ errors: FieldErrors, _ typed: FormData?, _ request: Request) -> HTML {
        var frame = tools.frame("Get this in another format", for: .stranger, at: "/accessible-formats")
        frame.lead =
            "Anything on these pages can be had in large print, easy read, audio, braille, British Sign Language or another language."
        frame.errors = errors
        frame.isListed = request.query.pairs.isEmpty
        if let face = view.face { frame.wear(face) }
        if let made = view.made { frame.notices.append(thanks(made)) }
        let help: HTML = """
            <p>The pages themselves can be enlarged in any browser, read aloud by a screen reader, used with the keyboard alone, and printed. \
            Lists can be downloaded as CSV. If something does not work for you, tell us too: it is a fault, and we want to mend it.</p>
            """
        guard !view.hubs.isEmpty else {
            frame.content = "<p>No hub is open here yet, so there is nobody to ask.</p>\(help)"
            return frame.html
        }
        var form = Form.post("/accessible-formats", "Ask for it", fields: askFields(view, about: about))
        form.values = typed
        form.errors = errors
        form.before = """
            <p>You hear from the hub’s team within five working days. This form is not for a worry about a child: \
            if a child is in danger now, ring <a href="tel:999">999</a>.</p>
            """
        let others = "\(Card("What you can do at once", help))\(view.face.map { $0.contact(withForm: false) })" as HTML
        frame.content = Columns(Card(nil, form.html).html, others).html
        return frame.html
    }

    private func askFields(_ view: AskView, about: String?) -> [Field] {
        var hub = Field.select(
            "hub", "Which hub made it?", choices: view.hubs.map { Choice($0.slug, $0.name) },
            prompt: view.hubs.count > 1 ? "Choose a hub" : nil
        ).filled(view.face?.hub.slug)
        hub.width = .half
        let page = about.map { String($0.prefix(300)) }
        return [
            hub, Field.text("what", "Which page or document?", hint: "Its name, or the words on top of it.").filled(page),
            Field.radios(
                "format", "Which format do you need?", choices: FormatRequest.Format.allCases.map { Choice($0.rawValue, $0.words) }),
            Field.textArea("detail", "Anything else we should know", hint: "For example which language, or how large the print.", rows: 3)
                .optional(),
            Field.group(
                "How can we reach you?",
                [
                    named(Field.text("name", "Your name", width: .half), "name"), Field.email("email", "E-mail"),
                    Field.telephone("telephone", "Telephone"),
                    named(Field.textArea("address", "Address for letters", rows: 3), "street-address"),
                ], hint: "Your name, and one way to reach you. We use it for this only, and take it out a year after the answer."),
        ]
    }

    private func named(_ field: Field, _ autocomplete: String) -> Field {
        var field = field
        field.autocomplete = autocomplete
        return field
    }

    private func thanks(_ made: FormatRequest) -> Notice {
        .success(
            "You asked \(made.hub.name) for this in another format.",
            "You hear from them by the end of \(made.due.day.long).\(FormatRequest.doubt(made.due))")
    }
}

extension FormatRequest {
    /// What to say where bank holidays are not known that far.
    static func doubt(_ due: WorkingDays.Reckoned) -> String {
        due.isCertain
            ? ""
            : " The bank holidays after \(BankHolidays.england.last.medium) are not known to this program yet, so it may be a day or two later."
    }
}
