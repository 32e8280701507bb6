internal import Civil
internal import Directory
internal import House
internal import Page
internal import Store

/// The board for a setting's own people.
extension Network {
    /// The hub a setting asks: that of the asker's own role there, else the first whose wards it lies in.
    private func hubAsked(_ setting: String, _ session: any Session) throws -> String {
        let hubs = try Directory.whereabouts(ofSetting: setting, session).hubs
        let own = tools.asker.hats.first { $0.settingID == setting && $0.hubID != nil }?.hubID
        if let own, hubs.contains(own) { return own }
        guard let first = hubs.min() else { throw Refusal.notFound("This setting lies in no hub.") }
        return first
    }

    /// Straight to one's setting: to a survey that waits, else to the board.
    func askDoor(_ request: Request) async throws -> Answer {
        let (asker, today) = (request.asker, tools.clock.today)
        let (waiting, titles) = try await tools.database.read { session in
            let ids = Set(asker.hats.filter { Deed.askRequests.reaches[$0.role] != nil }.compactMap(\.settingID))
            return (try Network.waitingSettings(asker, on: today, session), try Directory.titles(of: ids, session))
        }
        if let first = waiting.first { return .redirect(to: "/own/\(first)/needs") }
        if let only = titles.keys.first, titles.count == 1 { return .redirect(to: "/own/\(only)/requests") }
        var frame = tools.frame("Ask the hub", for: .staff, at: "/own-hub")
        frame.lead = "For which of your settings?"
        frame.content =
            titles.isEmpty
            ? EmptyState(
                "No setting of yours yet", "Find your setting and say that you run it.", action: Action("Find your setting", "/settings"),
                picture: .people
            ).html
            : Todo(titles.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.map { TodoItem($0.value, href: "/own/\($0.key)/requests") })
                .html
        return .page(frame.html)
    }

    private struct OwnBoard: Sendable {
        let title: String
        let hub: String
        /// Those that stand by themselves, the newest first.
        let books: [RequestBook]
        let titles: [String: String]
    }

    private func ownBoard(_ request: Request) async throws -> OwnBoard {
        let id = request.parameter("id")
        return try await tools.database.read { [self] session in
            let hub = try hubAsked(id, session)
            let books = try Requests.books([hub], session).filter { $0.request.mergedInto == nil }
            let open = books.flatMap(\.all).filter(\.isOpenAboutAsker).compactMap(\.settingID)
            let titles = try Directory.titles(of: open + [id], session)
            return OwnBoard(title: titles[id] ?? "", hub: hub, books: books, titles: titles)
        }
    }

    func ownRequestsPage(_ request: Request) async throws -> Answer {
        .page(ownRequestsHTML(try await ownBoard(request), request, FieldErrors()))
    }

    private func ownRequestsHTML(_ board: OwnBoard, _ request: Request, _ errors: FieldErrors) -> HTML {
        let (id, today) = (request.parameter("id"), tools.clock.today)
        var form = Form.post("/own/\(id)/requests", "Ask the hub", fields: RequestForm.fields())
        form.values = request.method == .post ? request.form : nil
        form.errors = errors
        form.hidden = [("key", request.form["key"] ?? tools.ids.next())]
        let sought = (request.query["q"] ?? "").trimming
        let shown = board.books.filter { RequestFilter(FormData([("q", sought), ("show", "all")])).fits($0, on: today) }
        let own = shown.filter { $0.settings.contains(id) }
        let others = shown.filter { !$0.settings.contains(id) && $0.request.state != .closed }
        func list(_ heading: String, _ books: [RequestBook]) -> HTML? {
            if books.isEmpty { return nil }
            return Card(heading, "<ul class=\"todo\">\(books.prefix(100).html { line($0, id, board, today) })</ul>").html
        }
        let search = FilterForm(
            action: "/own/\(id)/requests", fields: [Field.search("q", "Words or number").filled(sought)], submit: "Find",
            clear: sought.isEmpty ? nil : "/own/\(id)/requests")
        let asking: HTML =
            board.books.isEmpty ? Card("Ask", form.html).html : Disclosure("Ask something new", form.html, isOpen: !errors.isEmpty).html
        let none: HTML? = shown.isEmpty && !board.books.isEmpty ? "<p>No request fits these words.</p>" : nil
        var frame = ownFrame("Ask the hub", setting: id, title: board.title, section: .requests)
        frame.lead = "Ask for what you need, or join what others ask. The hub answers or passes it on, and you are told."
        frame.errors = errors
        frame.notices = ownNotices(request.query["done"])
        frame.content =
            "\(asking)\(board.books.isEmpty ? nil : search.html)\(none)\(list("What you asked or joined", own))\(list("What others ask", others))"
        return frame.html
    }

    private func ownNotices(_ done: String?) -> [Notice] {
        switch done {
        case "asked": [.success("Asked. You are told when something happens with it.")]
        case "joined": [.success("You too. You are told when something happens with it.")]
        case "left": [.success("Taken back. You are no longer counted with it.")]
        default: []
        }
    }

    private func line(_ book: RequestBook, _ id: String, _ board: OwnBoard, _ today: Day) -> HTML {
        let request = book.request
        let path = "/own/\(id)/requests/\(request.number)"
        let who = asker(request, id, board.titles)
        let more = book.asking > 1 ? " and \(book.asking - 1) more" : ""
        return """
            <li><span></span><div><a class="thing" href="\(link: path)"><bdi>\(request.number). \(request.topic)</bdi></a> \
            \(RequestTag.of(request, on: today))<p><bdi>\(who)</bdi>\(more), \(request.askedAt.dayInLondon.medium).</p></div>\
            \(joining(book, id, path))</li>
            """
    }

    private func asker(_ request: NeedRequest, _ id: String, _ titles: [String: String]) -> String {
        if request.settingID == id { return "You" }
        return request.isOpenAboutAsker ? request.settingID.flatMap { titles[$0] } ?? "The hub’s team" : "A setting"
    }

    /// "We too", or taking it back; nothing where the setting asked itself.
    private func joining(_ book: RequestBook, _ id: String, _ path: String) -> HTML? {
        if book.joined.contains(id) {
            var leave = Button("Take “we too” back", action: "\(path)/leave", style: .small)
            leave.about = ": \(book.request.topic)"
            return leave.html
        }
        if book.settings.contains(id) || book.request.state == .closed { return nil }
        var join = Button("We too", action: "\(path)/join", style: .small)
        join.about = ": \(book.request.topic)"
        return join.html
    }

    func askForSetting(_ request: Request) async throws -> Answer {
        let board = try await ownBoard(request)
        let (id, tools) = (request.parameter("id"), tools)
        var reader = FormReader(request.form)
        guard let new = RequestForm.read(&reader, hub: board.hub, setting: id, key: tools.ids.next()) else {
            return .page(ownRequestsHTML(board, request, reader.errors), status: 422)
        }
        let number = try await tools.database.write { session in
            let number = try Requests.ask(new, tools, session)
            let path = "/staff/network/\(try Directory.hubSlug(new.hubID, session))/requests/\(number)"
            let news = News("\(board.title) asks: \(new.topic)", [new.words], path: path)
            try tools.tell(whoMay: .keepRequests, at: Whereabouts(hubs: [new.hubID]), news, session)
            return number
        }
        return .redirect(to: "/own/\(id)/requests/\(number)?done=asked")
    }

    func ownRequestPage(_ request: Request) async throws -> Answer {
        let (id, number, today) = (request.parameter("id"), request.parameter("request"), tools.clock.today)
        let (reading, title) = try await tools.database.read { [self] session in
            let reading = try RequestReading.of(number, hub: try hubAsked(id, session), session)
            return (reading, try Directory.titles(of: [id], session)[id] ?? "")
        }
        let item = reading.request
        let path = "/own/\(id)/requests/\(item.number)"
        var frame = ownFrame("\(item.number). \(item.topic)", setting: id, title: title, section: .requests)
        frame.breadcrumbs.append(Link("Ask the hub", "/own/\(id)/requests"))
        frame.lead = "\(RequestTag.of(item, on: today)) \(reading.book.asking == 1 ? "1 asks" : "\(reading.book.asking) ask")."
        frame.notices = ownNotices(request.query["done"])
        let into: HTML? = reading.root.map {
            Notice.note(
                "It is answered together with request \($0.number).",
                "<a href=\"\(link: "/own/\(id)/requests/\($0.number)")\"><bdi>\($0.topic)</bdi></a>"
            ).html
        }
        let who: HTML = "<p class=\"quiet\"><bdi>\(asker(item, id, reading.titles))</bdi>, \(item.askedAt.dayInLondon.medium)</p>"
        frame.content =
            "\(into)\(Card("What is asked", "\(paragraphs(item.words))\(who)\(joining(reading.book, id, path))"))\(Card("Its story", reading.story(forTeam: false)))"
        return .page(frame.html)
    }

    func set(joined: Bool, _ request: Request) async throws -> Answer {
        let (id, number, tools) = (request.parameter("id"), request.parameter("request"), tools)
        try await tools.database.write { [self] session in
            let hub = try hubAsked(id, session)
            let reading = try RequestReading.of(number, hub: hub, session)
            guard joined else { return try Requests.leave(reading.book, setting: id, tools, session) }
            // What was merged into another is joined there.
            let item = reading.root ?? reading.request
            guard item.state != .closed else { throw Refusal.badRequest("This request is closed. Ask anew if you need it.") }
            let book = try Requests.books([hub], session).first { $0.request.id == item.id }
            if book?.settings.contains(id) == true { return }
            try Requests.join(item, setting: id, tools, session)
        }
        return .redirect(to: "/own/\(id)/requests/\(number)?done=\(joined ? "joined" : "left")")
    }
}
