internal import Civil
internal import Directory
internal import House
internal import Page
internal import Store

/// The form of a request, the same for the team and for a setting's own people.
enum RequestForm {
    static func fields(settings: [HubGround.Place] = []) -> [Field] {
        var fields: [Field] = [
            .text("topic", "What about?", hint: "A few words: identifying autism, food allergies."),
            .textArea(
                "words", "What do you need?",
                hint: "Everybody of the hub’s settings can read it. Write no child’s name, and nothing by which a child could be known.",
                rows: 4),
        ]
        if !settings.isEmpty {
            fields.append(
                Field.select(
                    "setting", "For which setting", choices: settings.map { Choice($0.id, $0.title) }, prompt: "For no one setting"
                )
                .optional())
        }
        fields.append(.checkbox("shown", "Other settings may see who asks", hint: "The hub’s team sees it in any case."))
        return fields
    }

    static func read(
        _ reader: inout FormReader, hub: String, setting: String?, key: String
    ) -> Requests.New? {
        let topic = reader.text("topic", missing: "Say in a few words what it is about.", max: 120)
        let words = reader.text("words", missing: "Say what you need.", max: 20_000)
        guard let topic, let words, reader.errors.isEmpty else { return nil }
        let sent = reader.form["key"] ?? ""
        return Requests.New(
            id: sent.utf8.count == 36 ? sent : key, hubID: hub, topic: topic, words: words, settingID: setting,
            isOpenAboutAsker: reader.flag("shown"))
    }
}

/// What a list of requests was narrowed to.
struct RequestFilter: Sendable {
    enum Show: String, CaseIterable {
        case waiting, overdue, passed, answered, closed, all

        var name: String {
            switch self {
            case .waiting: "Waiting for an answer"
            case .overdue: "Past their answer day"
            case .passed: "Passed on"
            case .answered: "Answered"
            case .closed: "Closed"
            case .all: "All"
            }
        }
    }

    let show: Show
    let words: String
    let setting: String?

    init(_ query: FormData) {
        let words = String((query["q"] ?? "").prefix(100))
        self.words = words
        let setting = query["setting"].flatMap { $0.isEmpty ? nil : $0 }
        self.setting = setting
        // Somebody who looks for a word or a number looks among all of them.
        show = query["show"].flatMap(Show.init) ?? (words.isEmpty && setting == nil ? .waiting : .all)
    }

    /// The number, where somebody typed `12` or `#12`.
    var number: Int? {
        let text = words.trimming
        return Int(text.hasPrefix("#") ? String(text.dropFirst()) : text)
    }

    func fits(_ book: RequestBook, on today: Day) -> Bool {
        let request = book.request
        if let number { return book.all.contains { $0.number == number } }
        // What was merged is found under the one it went into.
        if request.mergedInto != nil { return false }
        if let setting, !book.settings.contains(setting) { return false }
        let isShown =
            switch show {
            case .waiting: request.isWaiting
            case .overdue: request.isOverdue(on: today)
            case .passed: request.state == .passed
            case .answered: request.state == .answered
            case .closed: request.state == .closed
            case .all: true
            }
        let sought = words.trimming.lowercased()
        return isShown && (sought.isEmpty || book.all.contains { "\($0.topic) \($0.words)".lowercased().contains(sought) })
    }
}

extension String {
    /// Without white space at either end.
    var trimming: String { String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed()) }
}

extension Network {
    func mayKeepRequests(_ hub: String) -> Bool {
        Permission.answer(tools.asker.hats, .keepRequests, Whereabouts(hubs: [hub])) == .yes
    }

    func requestsPage(_ request: Request) async throws -> Answer {
        let (slug, today) = (request.parameter("hub"), tools.clock.today)
        let (hub, books, titles, days) = try await tools.database.read { session in
            let hub = try Network.hubID(request, session)
            let books = try Requests.books([hub], session)
            let titles = try Directory.titles(of: books.compactMap(\.request.settingID), session)
            return (hub, books, titles, try Requests.promise(hub, session))
        }
        let filter = RequestFilter(request.query)
        let base = "/staff/network/\(slug)"
        let page = RequestsPage(
            base: base, books: books, filter: filter, titles: titles, today: today, days: days, mayKeep: mayKeepRequests(hub),
            page: request.query["page"].flatMap { Int($0) } ?? 1)
        var frame = frame("What members ask for", hub: slug, section: .requests, content: page.content)
        frame.lead = "Asked by settings and the team. Each keeps its story from the first word to the answer."
        frame.action = Action("Ask for something", "\(base)/new-request")
        frame.notices = request.query["done"] == "promise" ? [.success("Saved. It holds for what is asked from now on.")] : []
        return .page(frame.html)
    }

    func newRequestPage(_ request: Request) async throws -> Answer { .page(try await newRequestHTML(request, FieldErrors())) }

    private func newRequestHTML(_ request: Request, _ errors: FieldErrors) async throws -> HTML {
        let (slug, today) = (request.parameter("hub"), tools.clock.today)
        let ground = try await tools.database.read { try HubGround.of(slug, on: today, $0) }
        let base = "/staff/network/\(slug)"
        var form = Form.post("\(base)/new-request", "Ask", fields: RequestForm.fields(settings: ground.settings))
        form.values = request.method == .post ? request.form : nil
        form.errors = errors
        form.hidden = [("key", request.form["key"] ?? tools.ids.next())]
        form.cancel = Link("Leave it", "\(base)/requests")
        var frame = frame("Ask for something", hub: slug, section: .requests, content: form.html)
        frame.breadcrumbs = [Link("What members ask for", "\(base)/requests")]
        frame.errors = errors
        return frame.html
    }

    func askForHub(_ request: Request) async throws -> Answer {
        let (slug, tools) = (request.parameter("hub"), tools)
        var reader = FormReader(request.form)
        let (hub, settings) = try await tools.database.read { session in
            let ground = try HubGround.of(slug, on: tools.clock.today, session)
            return (ground.id, ground.settings.map(\.id))
        }
        let setting = reader.optionalChoice("setting", from: settings)
        guard let new = RequestForm.read(&reader, hub: hub, setting: setting, key: tools.ids.next()) else {
            return .page(try await newRequestHTML(request, reader.errors), status: 422)
        }
        let number = try await tools.database.write { try Requests.ask(new, tools, $0) }
        return .redirect(to: "/staff/network/\(slug)/requests/\(number)?done=asked")
    }

    func savePromise(_ request: Request) async throws -> Answer {
        var reader = FormReader(request.form)
        guard let days = reader.int("days", in: 1...60, missing: "Write a number of working days.") else {
            throw Refusal.badRequest(reader.errors.all.first?.message ?? "Write a number of working days from 1 to 60.")
        }
        let tools = tools
        try await tools.database.write { try Requests.set(promise: days, try Network.hubID(request, $0), tools, $0) }
        return .redirect(to: "/staff/network/\(request.parameter("hub"))/requests?done=promise")
    }
}

/// The board as the team sees it.
struct RequestsPage {
    let base: String
    let books: [RequestBook]
    let filter: RequestFilter
    let titles: [String: String]
    let today: Day
    let days: Int
    let mayKeep: Bool
    let page: Int

    private static let size = 25

    var content: HTML {
        if books.isEmpty {
            return EmptyState(
                "Nobody has asked for anything yet",
                """
                Settings ask on their own pages: identifying autism, food allergies. Others join with “We too”. You merge what is the same, \
                answer it or pass it on, and whoever asked is told.
                """, action: Action("Ask for somebody", "\(base)/new-request"), picture: .list
            ).html
        }
        let figures = RequestFigures(books.map(\.request).filter { $0.mergedInto == nil }, on: today)
        var facts = [
            Fact(grouped(figures.waiting), "waiting", href: "\(base)/requests?show=waiting"),
            Fact(grouped(figures.overdue), "past their answer day", href: "\(base)/requests?show=overdue", isDue: figures.overdue > 0),
            Fact(grouped(figures.answeredThisTerm), "answered this term", href: "\(base)/requests?show=answered"),
        ]
        if let median = figures.medianDays {
            facts.append(Fact(median == 1 ? "1 day" : "\(median) days", "to the first answer, half of them sooner"))
        }
        return "\(Facts(facts))\(narrowing)\(Columns(list, "\(promise)\(passed(figures))"))"
    }

    private var narrowing: FilterForm {
        FilterForm(
            action: "\(base)/requests",
            fields: [
                Field.search("q", "Words or number").filled(filter.words),
                Field.select("show", "Which", choices: RequestFilter.Show.allCases.map { Choice($0.rawValue, $0.name) }).filled(
                    filter.show.rawValue),
            ], keep: filter.setting.map { [("setting", $0)] } ?? [],
            clear: filter.words.isEmpty && filter.show == .waiting && filter.setting == nil ? nil : "\(base)/requests")
    }

    private var list: HTML {
        let shown = books.filter { filter.fits($0, on: today) }.sorted { left, right in
            // The longest waiting first; what is done, the newest first.
            let (l, r) = (left.request, right.request)
            if l.isWaiting != r.isWaiting { return l.isWaiting }
            return l.isWaiting ? (l.answerBy, l.number) < (r.answerBy, r.number) : l.number > r.number
        }
        let address = PageAddress(
            "\(base)/requests",
            [("q", filter.words), ("show", filter.show.rawValue), ("setting", filter.setting ?? "")].filter { !$0.1.isEmpty })
        let paging = Paging(page: page, size: Self.size, total: shown.count, address: address, what: "requests")
        if shown.isEmpty { return "<p>No request fits this. <a href=\"\(link: "\(base)/requests?show=all")\">Show all of them</a></p>" }
        return "<h2>\(filter.show.name)</h2>\(Todo(shown[paging.range].map(item)))\(paging)"
    }

    private func item(_ book: RequestBook) -> TodoItem {
        let request = book.request
        let who = request.settingID.map { titles[$0] ?? "A setting" } ?? "The team"
        let more = book.asking > 1 ? " and \(book.asking - 1) more" : ""
        let when = request.isWaiting ? "Answer by \(request.answerBy.medium)." : "Asked on \(request.askedAt.dayInLondon.medium)."
        let detail: HTML = "<bdi>\(who)</bdi>\(more). \(when)"
        return TodoItem(
            "\(request.number). \(request.topic)", href: "\(base)/requests/\(request.number)", tag: RequestTag.of(request, on: today),
            detail: detail)
    }

    private var promise: HTML {
        var content: HTML = "<p>The hub answers within \(days) working days.</p>"
        if mayKeep {
            let form = Form.post(
                "\(base)/request-promise", "Save",
                fields: [Field.number("days", "Working days", hint: "For what is asked from now on.").filled("\(days)")])
            content += Disclosure("Change this", form.html).html
        }
        return Card("What you promise", content).html
    }

    private func passed(_ figures: RequestFigures) -> HTML? {
        guard !figures.passed.isEmpty else { return nil }
        var table = Table(
            "Passed on", columns: [Table.Column("To"), Table.Column("Waiting", align: .number), Table.Column("Answered", align: .number)],
            rows: figures.passed.map { Table.Row(["<bdi>\($0.to)</bdi>", "\($0.waiting)", "\($0.answered)"]) })
        table.isCompact = true
        table.isCaptionHidden = true
        return Card("Passed on", table.html).html
    }
}

/// Where a request stands, as a tag.
enum RequestTag {
    static func of(_ request: NeedRequest, on today: Day) -> Tag {
        if request.isOverdue(on: today) { return Tag(request.state == .passed ? "Passed on, overdue" : "Overdue", .bad) }
        switch request.state {
        case .open: return Tag(request.state.name, .warning)
        case .passed: return Tag(request.state.name, .note)
        case .answered: return Tag(request.state.name, .good)
        case .closed: return Tag(request.state.name)
        }
    }
}
