internal import Civil
internal import Directory
internal import House
internal import Identity
internal import Page
internal import Store

/// One request read whole.
struct RequestReading: Sendable {
    let hub: String
    let book: RequestBook
    let events: [NeedRequest.Event]
    let names: [String: String]
    let titles: [String: String]
    /// The one it was merged into, in the end.
    let root: NeedRequest?
    /// Those it could be merged into.
    let others: [NeedRequest]

    var request: NeedRequest { book.request }

    static func of(_ number: String, hub: String, _ session: any Session) throws -> RequestReading {
        let found = try Requests.find(number, hub: hub, session)
        let books = try Requests.books([hub], session)
        guard let book = books.first(where: { $0.request.id == found.id }) else {
            throw Refusal.notFound("There is no request of this number.")
        }
        var root = book.request
        while let into = root.mergedInto, let next = books.first(where: { $0.request.id == into })?.request { root = next }
        let events = try Requests.events(book.all.map(\.id), session)
        return RequestReading(
            hub: hub, book: book, events: events,
            names: try PeopleBook.names(events.map(\.by) + [book.request.by], session),
            titles: try Directory.titles(of: book.settings + events.compactMap(\.settingID), session),
            root: root.id == book.request.id ? nil : root,
            others: books.map(\.request).filter { $0.mergedInto == nil && $0.id != book.request.id })
    }

    /// The story, the oldest first. Settings see who asked only where they may.
    func story(forTeam: Bool) -> HTML {
        let numbers = Dictionary(book.all.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let items = events.html { event in
            let request = numbers[event.requestID]
            let of = request.map { $0.id == self.request.id ? "" : " (request \($0.number))" } ?? ""
            let isAsker = event.what == "asked" || event.what == "joined" || event.what == "left"
            // Who answers says so by name; who asks only where they wished it, who joins is a setting among others.
            let isShown = forTeam || !isAsker || (event.what == "asked" && request?.isOpenAboutAsker == true)
            let place = event.settingID.flatMap { titles[$0] }
            let name = names[event.by] ?? ""
            let who = isShown ? [place, name.isEmpty ? nil : name].compactMap { $0 }.joined(separator: ", ") : "A setting"
            let text: HTML? = event.words.map { paragraphs($0) }
            return """
                <li><p><strong>\(event.at.dayInLondon.medium)</strong> \(RequestReading.words(event.what))\(of)\
                <span class="quiet"> <bdi>\(who)</bdi></span></p>\(text)</li>
                """
        }
        return "<ol class=\"listing timeline\">\(items)</ol>"
    }

    private static func words(_ what: String) -> String {
        switch what {
        case "asked": "Asked"
        case "joined": "“We too”"
        case "left": "“We too” taken back"
        case "answered": "Answered"
        case "passed": "Passed on"
        case "closed": "Closed"
        case "reopened": "Taken up again"
        case "merged": "Merged into another"
        case "took-in": "Another was merged into it"
        case "unmerged": "Taken apart again"
        case "gave-back": "Another was taken out again"
        default: "Changed"
        }
    }
}

extension Network {
    private func reading(_ request: Request) async throws -> RequestReading {
        let number = request.parameter("request")
        return try await tools.database.read { try RequestReading.of(number, hub: try Network.hubID(request, $0), $0) }
    }

    func requestPage(_ request: Request) async throws -> Answer {
        .page(requestHTML(try await reading(request), request, FieldErrors(), clash: false))
    }

    private func requestHTML(_ reading: RequestReading, _ request: Request, _ errors: FieldErrors, clash: Bool) -> HTML {
        let (slug, item) = (request.parameter("hub"), reading.request)
        let base = "/staff/network/\(slug)"
        let page = RequestPage(
            reading: reading, path: "\(base)/requests/\(item.number)", today: tools.clock.today, mayKeep: mayKeepRequests(reading.hub),
            values: request.method == .post ? request.form : nil, errors: errors)
        var frame = frame("\(item.number). \(item.topic)", hub: slug, section: .requests, content: page.content)
        frame.breadcrumbs = [Link("What members ask for", "\(base)/requests")]
        frame.lead = page.lead
        frame.errors = errors
        frame.trail = tools.trail(of: "request:\(item.id)")
        frame.notices = page.notices(request.query["done"])
        if clash {
            frame.notices.append(
                .error(
                    "Somebody did something with this request while you were writing.",
                    "Below is its story as it stands now. What you wrote is still in the form: look at both, and send it again if it is still right."
                ))
        }
        return frame.html
    }

    /// One step with a request, over the version the form showed.
    private func step(
        _ request: Request, _ done: String, _ errors: FieldErrors = FieldErrors(),
        _ work: (@Sendable (NeedRequest, Int, Tools, any Session) throws -> Void)?
    ) async throws -> Answer {
        let reading = try await reading(request)
        guard let work, errors.isEmpty else { return .page(requestHTML(reading, request, errors, clash: false), status: 422) }
        let (tools, version, number) = (tools, Int(request.form["version"] ?? "") ?? 0, request.parameter("request"))
        do {
            try await tools.database.write { session in
                let now = try Requests.find(number, hub: try Network.hubID(request, session), session)
                try work(now, version, tools, session)
            }
        } catch is Requests.Changed {
            return .page(requestHTML(try await self.reading(request), request, FieldErrors(), clash: true), status: 409)
        }
        return .redirect(to: "/staff/network/\(request.parameter("hub"))/requests/\(number)?done=\(done)")
    }

    func answerRequest(_ request: Request) async throws -> Answer {
        var reader = FormReader(request.form)
        let words = reader.text("answer", missing: "Write the answer.", max: 20_000)
        guard let words else { return try await step(request, "", reader.errors, nil) }
        return try await step(request, "answered") { try Requests.answer($0, words, over: $1, $2, $3) }
    }

    func passRequest(_ request: Request) async throws -> Answer {
        var reader = FormReader(request.form)
        let role = reader.optionalChoice("pass_role", from: RequestPage.partners.map(\.rawValue)).flatMap(Role.init)
        let to = reader.optionalText("pass_to", max: 160) ?? role?.name
        let by = reader.day("pass_by")
        let words = reader.optionalText("pass_words", max: 20_000)
        if to == nil, reader.errors.isEmpty { reader.fail("pass_to", "Say to whom: choose a role, or write a name or an organisation.") }
        if by == nil, reader.errors["pass_by"] == nil { reader.fail("pass_by", "Say by when an answer is needed.") }
        if let by, by < tools.clock.today { reader.fail("pass_by", "This day has passed. Choose a later one.") }
        guard let to, let by, reader.errors.isEmpty else { return try await step(request, "", reader.errors, nil) }
        let passing = Requests.Passing(to: to, role: role, byDay: by, words: words)
        return try await step(request, "passed") { try Requests.pass($0, passing, over: $1, $2, $3) }
    }

    func closeRequest(_ request: Request) async throws -> Answer {
        var reader = FormReader(request.form)
        let words = reader.optionalText("close_words", max: 20_000)
        return try await step(request, "closed", reader.errors) { try Requests.close($0, words, over: $1, $2, $3) }
    }

    func reopenRequest(_ request: Request) async throws -> Answer {
        try await step(request, "reopened") { try Requests.reopen($0, over: $1, $2, $3) }
    }

    func mergeRequest(_ request: Request) async throws -> Answer {
        let reading = try await reading(request)
        var reader = FormReader(request.form)
        let numbers = reading.others.map { "\($0.number)" }
        let wanted = reader.choice("into", from: numbers, missing: "Choose the request it is the same as.")
        // Somebody may have merged that one meanwhile: then it is no longer in the list.
        if let typed = request.form["into"], !typed.isEmpty, wanted == nil, Int(typed) != nil {
            return .page(requestHTML(reading, request, FieldErrors(), clash: true), status: 409)
        }
        guard let wanted else { return try await step(request, "", reader.errors, nil) }
        let hub = reading.hub
        return try await step(request, "merged") { item, _, tools, session in
            try Requests.merge(item, into: try Requests.find(wanted, hub: hub, session), tools, session)
        }
    }

    func unmergeRequest(_ request: Request) async throws -> Answer {
        try await step(request, "unmerged") { item, _, tools, session in try Requests.unmerge(item, tools, session) }
    }
}

/// A request as the team sees it, with what can be done with it.
struct RequestPage {
    let reading: RequestReading
    let path: String
    let today: Day
    let mayKeep: Bool
    let values: FormData?
    let errors: FieldErrors

    /// To whom a request can be passed by their role.
    static let partners: [Role] = [.areaSENCo, .healthPartner, .adviser, .mentor, .champion, .coordinator]

    private var request: NeedRequest { reading.request }

    var lead: HTML {
        let by =
            request.isWaiting ? " Answer by \(((request.state == .passed ? request.passedByDay : nil) ?? request.answerBy).medium)." : ""
        return "\(RequestTag.of(request, on: today)) \(reading.book.asking == 1 ? "1 asks" : "\(reading.book.asking) ask").\(by)"
    }

    func notices(_ done: String?) -> [Notice] {
        switch done {
        case "asked": [.success("Asked. It has the number \(request.number).")]
        case "answered": [.success("Answered. Who asked and joined is told.")]
        case "passed": [.success("Passed on. Who asked and joined is told.")]
        case "closed": [.success("Closed. Its story stays.")]
        case "reopened": [.success("It waits for an answer again.")]
        case "merged": [.success("Merged. Each setting counts once, and both stories stay.")]
        case "unmerged": [.success("Taken apart again. Each stands by itself.")]
        default: []
        }
    }

    var content: HTML {
        let asked: HTML = "\(paragraphs(request.words))<p class=\"quiet\">\(who)</p>"
        let left: HTML = "\(merged)\(Card("What is asked", asked))\(parts)\(answering)\(Card("Its story", reading.story(forTeam: true)))"
        return Columns(left, "\(settings)\(passing)\(merging)\(closing)").html
    }

    private var who: HTML {
        let name = reading.names[request.by] ?? "Somebody who left"
        let place = request.settingID.flatMap { reading.titles[$0] }
        let seen = request.isOpenAboutAsker ? "Other settings see who asks." : "Other settings do not see who asks."
        return "<bdi>\(name)</bdi>\(place.map { ", \($0)" }), on \(request.askedAt.dayInLondon.medium). \(seen)"
    }

    private var merged: HTML? {
        guard let root = reading.root else { return nil }
        let base = String(path.prefix { $0 != "?" }.dropLast("\(request.number)".count))
        let apart: HTML? = mayKeep ? Button("Take them apart again", action: "\(path)/unmerge", style: .quiet).html : nil
        return Notice.note(
            "Merged into request \(root.number).", "<a href=\"\(link: "\(base)\(root.number)")\"><bdi>\(root.topic)</bdi></a> \(apart)"
        ).html
    }

    private var parts: HTML? {
        guard !reading.book.parts.isEmpty else { return nil }
        let base = String(path.dropLast("\(request.number)".count))
        let items = reading.book.parts.html { part in
            "<li><a href=\"\(link: "\(base)\(part.number)")\">\(part.number). <bdi>\(part.topic)</bdi></a>\(paragraphs(part.words))</li>"
        }
        return Card("Merged into it", "<ul class=\"listing\">\(items)</ul>").html
    }

    private var settings: HTML {
        let items = reading.book.settings.html { "<li><bdi>\(reading.titles[$0] ?? "A setting")</bdi></li>" }
        return Card(
            "Who asks", items.isEmpty ? "<p>The team, for no one setting.</p>" : "<ul class=\"listing\">\(items)</ul>"
        ).html
    }

    private func form(_ action: String, _ submit: String, _ fields: [Field]) -> HTML {
        var form = Form.post("\(path)/\(action)", submit, fields: fields)
        form.values = values
        form.errors = errors
        form.hidden = [("version", "\(request.version)")]
        return form.html
    }

    private var mayAct: Bool { mayKeep && reading.root == nil }

    private var answering: HTML? {
        guard mayAct, request.state != .closed else { return nil }
        let again = request.state == .answered
        let drawn = form(
            "answer", "Send the answer",
            [
                .textArea(
                    "answer", again ? "Add to the answer" : "The answer", hint: "Who asked and joined is told. No child’s name.", rows: 4)
            ])
        return again && errors["answer"] == nil ? Disclosure("Add to the answer", drawn).html : Card("Answer it", drawn).html
    }

    private var passing: HTML? {
        guard mayAct, request.state != .closed else { return nil }
        let drawn = form(
            "pass", "Pass it on",
            [
                Field.select(
                    "pass_role", "To those who are", choices: Self.partners.map { Choice($0.rawValue, $0.name) }, prompt: "Nobody of these",
                    hint: "Those of the hub with this role are told."
                ).optional(),
                Field.text("pass_to", "Or to", hint: "A name or an organisation: Speech and language therapy.").optional(),
                .date("pass_by", "Answer needed by"),
                Field.textArea("pass_words", "A word with it", rows: 2).optional(),
            ])
        let isOpen = ["pass_role", "pass_to", "pass_by", "pass_words"].contains { errors[$0] != nil }
        let now: HTML? = request.passedTo.map { to in
            "<p>Passed on to <bdi>\(to)</bdi>\(request.passedByDay.map { ", by \($0.medium)" }).</p>"
        }
        return Card("Somebody else knows better?", "\(now)\(Disclosure("Pass it on", drawn, isOpen: isOpen))").html
    }

    private var merging: HTML? {
        guard mayAct, !reading.others.isEmpty else { return nil }
        let drawn = form(
            "merge", "Merge them",
            [
                .select(
                    "into", "It is the same as", choices: reading.others.map { Choice("\($0.number)", "\($0.number). \($0.topic)") },
                    prompt: "Choose a request", hint: "This one goes into that one. Both stories stay, and it can be taken back.")
            ])
        return Card("Asked twice?", Disclosure("Merge it with another", drawn, isOpen: errors["into"] != nil).html).html
    }

    private var closing: HTML? {
        guard mayAct else { return nil }
        if request.state == .closed || request.state == .answered {
            let again = Button(
                "Take it up again", action: "\(path)/reopen", hidden: [("version", "\(request.version)")], style: .quiet)
            guard request.state == .answered else { return Card("Closed", again.html).html }
            let drawn = form("close", "Close it", [Field.textArea("close_words", "A last word", rows: 2).optional()])
            return Card("Done?", "\(Disclosure("Close it", drawn))\(again)").html
        }
        let drawn = form(
            "close", "Close it", [Field.textArea("close_words", "Why", hint: "Who asked and joined reads it.", rows: 2).optional()])
        return Card("No answer needed?", Disclosure("Close it without an answer", drawn).html).html
    }
}
