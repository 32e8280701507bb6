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
