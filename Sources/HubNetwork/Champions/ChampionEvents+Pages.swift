internal import Civil
internal import Directory
internal import House
internal import Identity
internal import Page
internal import Store

/// A sign-up that is open to whoever holds its code, on chosen days.
struct ChampionEvent: Sendable {
    let id: String
    let hubID: String
    let title: String
    let from: Day
    let to: Day
    let isClosed: Bool

    init?(_ row: Row) {
        guard let from = row.day("from_day"), let to = row.day("to_day") else { return nil }
        id = row.text("id")
        hubID = row.text("hub_id")
        title = row.text("title")
        self.from = from
        self.to = to
        isClosed = row.textOrNil("closed_at") != nil
    }

    func isOpen(on day: Day) -> Bool { !isClosed && from <= day && day <= to }

    var days: String { from == to ? from.long : "\(from.medium) to \(to.medium)" }

    /// The sign-up of this code if it is open, whatever was wrong with it otherwise.
    static func open(_ code: String, on day: Day, _ session: any Session) throws -> ChampionEvent? {
        let row = try session.first("select * from champion_event where code_hash = \(EventCode.hash(code, for: "champion"))")
        return row.flatMap(ChampionEvent.init).flatMap { $0.isOpen(on: day) ? $0 : nil }
    }
}

extension Network {
    func eventsPage(_ request: Request, errors: FieldErrors) async throws -> Answer {
        let slug = request.parameter("hub")
        let today = tools.clock.today
        let base = "\(championBase(request))/events"
        let (events, counts) = try await tools.database.read { session in
            let hub = try Network.hubID(request, session)
            let events = try session.all("select * from champion_event where hub_id = \(hub) order by from_day desc, id desc")
                .compactMap(ChampionEvent.init)
            let rows = try session.all(
                "select event_id, count(*) as n from champion where hub_id = \(hub) and event_id is not null group by event_id")
            return (events, Dictionary(rows.map { ($0.text("event_id"), $0.int("n")) }, uniquingKeysWith: { first, _ in first }))
        }
        var form = Form.post(
            base, "Make the code",
            fields: [
                Field.text("title", "Which event?", hint: "As people know it: “Launch of the hub”."),
                Field.date("from", "Open from").filled(today.medium), Field.date("to", "To the end of").filled(today.medium),
            ])
        form.values = request.method == .post ? request.form : nil
        form.errors = errors
        let items = events.html { event in
            let count = counts[event.id] ?? 0
            let state =
                event.isClosed
                ? Tag("Closed", .plain)
                : event.isOpen(on: today) ? Tag("Open", .good) : event.to < today ? Tag("Over", .plain) : Tag("Not yet", .note)
            var shut = Button(
                event.isClosed ? "Open again" : "Close", action: "\(base)/\(event.id)/\(event.isClosed ? "reopen" : "close")", style: .small
            )
            shut.about = ": \(event.title)"
            var code = Button("New code", action: "\(base)/\(event.id)/code", style: .small)
            code.about = "for \(event.title); the old one stops"
            return """
                <li><span></span><div><span class="thing"><bdi>\(event.title)</bdi></span> \(state)<p>\(event.days). \(grouped(count)) \
                \(count == 1 ? "volunteer" : "volunteers").</p></div><div>\(shut) \(event.isClosed ? HTML() : code.html)</div></li>
                """
        }
        var frame = frame("Sign-ups at events", hub: slug, section: .champions)
        frame.lead = "A code on the wall: whoever is in the room volunteers on their own phone, without an account."
        frame.breadcrumbs = [Link("Champions", championBase(request))]
        frame.errors = errors
        switch request.query["done"] {
        case "closed": frame.notices = [.success("Closed. The code opens nothing any more.")]
        case "reopened": frame.notices = [.success("Open again on its days, with the same code.")]
        default: break
        }
        frame.content =
            "\(Card("A new code", form.html))\(events.isEmpty ? HTML() : Card("Codes", "<ul class=\"todo\">\(items)</ul>").html)"
        return .page(frame.html, status: errors.isEmpty ? 200 : 422)
    }

    func openEvent(_ request: Request) async throws -> Answer {
        var reader = FormReader(request.form)
        let title = reader.text("title", missing: "Say which event it is for.", max: 120)
        let from = reader.day("from") ?? tools.clock.today
        let to = reader.day("to") ?? from
        if to < from { reader.fail("to", "This is before the day it opens.") }
        if from.days(to: to) > 92 { reader.fail("to", "A code is open for three months at most.") }
        guard let title, reader.errors.isEmpty else { return try await eventsPage(request, errors: reader.errors) }
        let tools = tools
        let code = EventCode.shown(EventCode.make())
        let id = try await tools.database.write { session in
            let hub = try Network.hubID(request, session)
            let id = tools.ids.next()
            try session.run(
                """
                insert into champion_event (id, hub_id, title, code_hash, from_day, to_day, made_at, by_whom)
                values (\(id), \(hub), \(title), \(EventCode.hash(code, for: "champion")), \(from), \(to), \(tools.clock.now), \(tools.asker.auditName))
                """)
            try Audit.log(session, tools, action: "network.champion.event.opened", subject: "event:\(id)", after: "\(from.iso) \(to.iso)")
            return id
        }
        return codePage(code, id, title, request)
    }

    func changeEvent(_ request: Request) async throws -> Answer {
        let (id, change) = (request.parameter("event"), request.parameter("change"))
        guard ["close", "reopen", "code"].contains(change) else { throw Refusal.notFound("There is nothing at this address.") }
        let tools = tools
        let code = EventCode.shown(EventCode.make())
        let title = try await tools.database.write { session in
            if change == "code" {
                try session.run("update champion_event set code_hash = \(EventCode.hash(code, for: "champion")) where id = \(id)")
            } else {
                try session.run("update champion_event set closed_at = \(change == "close" ? tools.clock.now : nil) where id = \(id)")
            }
            try Audit.log(session, tools, action: "network.champion.event.\(change)", subject: "event:\(id)")
            return try session.first("select title from champion_event where id = \(id)")?.text("title") ?? ""
        }
        if change == "code" { return codePage(code, id, title, request) }
        return .redirect(to: "\(championBase(request))/events?done=\(change == "close" ? "closed" : "reopened")")
    }

    /// The only page that shows the code: no more than its hash is kept.
    private func codePage(_ code: String, _ id: String, _ title: String, _ request: Request) -> Answer {
        let address = "\(tools.site.address)/champions/\(code)"
        let poster = PageAddress("\(championBase(request))/events/\(id)/poster", [("code", code)])
        var frame = frame("The code for “\(title)”", hub: request.parameter("hub"), section: .champions)
        frame.lead = "Print the poster now: the code is shown only this once. If it is lost, make a new one."
        frame.breadcrumbs = [Link("Champions", championBase(request)), Link("Sign-ups at events", "\(championBase(request))/events")]
        frame.action = Action("Open the poster", poster.href)
        let picture = (try? QRCode(address))?.picture(label: "Code to scan: \(address)")
        frame.content = Card(nil, "<div class=\"qr-show\">\(picture)</div><p><a href=\"\(link: address)\">\(address)</a></p>").html
        return .page(frame.html)
    }

    /// The poster, for whoever has the code.
    func eventPoster(_ request: Request) async throws -> Answer {
        let code = request.query["code"] ?? ""
        let id = request.parameter("event")
        let (event, paper) = try await tools.database.read { session in
            let row = try session.first(
                "select * from champion_event where id = \(id) and code_hash = \(EventCode.hash(code, for: "champion"))")
            return (row.flatMap(ChampionEvent.init), try HubPaper.of(hub: try Network.hubID(request, session), session))
        }
        guard let event else {
            throw Refusal.notFound("The poster needs its code, which was shown when it was made. Make a new code on the page of sign-ups.")
        }
        let address = "\(tools.site.address)/champions/\(code)"
        let picture = (try? QRCode(address))?.picture(label: "Code to scan: \(address)")
        var frame = PrintFrame(
            site: paper.name, heading: "Be a hub champion",
            content: """
                <p class="name">\(event.title)</p><p>Scan the code, or type the address, and say which area you would like.</p>\(picture)\
                <p><b>\(address)</b></p><p>It takes a minute. The team rings or writes to you.</p>
                """)
        paper.dress(&frame)
        frame.dateLine = event.days
        frame.kind = .certificate
        return .page(frame.html)
    }
}
