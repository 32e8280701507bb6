internal import Civil
internal import House
internal import Page
internal import Store

extension Identity {
    /// What anybody wrote, by person, by record, by day.
    var auditRoutes: [Route] {
        [
            route(.get, "/staff/audit", .seeAudit, "What anybody wrote") { try await $0.auditPage($1) },
            route(.get, "/staff/audit.csv", .seeAudit, "What anybody wrote, as a spreadsheet") { try await $0.auditCSV($1) },
            route(.get, "/staff/audit/{entry}", .seeAudit, "One entry of the trail, whole") { try await $0.auditEntry($1) },
        ]
    }

    /// The hubs whose entries one may see.
    private func seenHubs(_ asker: Asker, of all: [PlaceBook.Entry]) -> [PlaceBook.Entry] {
        let led = TrailSearch.ledHubs(asker)
        return all.filter { asker.isAdministrator || led.contains($0.id) }
    }

    /// Records of the trail that are no rows.
    var fixedRecords: [String: String] {
        var names = ["deed:several": "Several pages", "format:old": "Old requests"]
        for deed in allDeeds { names["deed:\(deed.code)"] = deed.words }
        for rule in allRetention { names["retention:\(rule.code)"] = rule.words }
        return names
    }

    private func reader(_ entries: [TrailEntry], hubs: [PlaceBook.Entry], _ asker: Asker, _ session: any Session) throws -> TrailReader {
        try TrailReader(entries, tools.trailWords, fixed: fixedRecords, hubs: hubs, for: asker, session)
    }

    // MARK: The list

    private struct TrailPage: Sendable {
        let entries: [TrailEntry]
        let total: Int
        let reader: TrailReader
        let hubs: [PlaceBook.Entry]
        let by: String?
        let about: String?
    }

    private func look(_ search: TrailSearch, _ asker: Asker) async throws -> TrailPage {
        let words = tools.trailWords
        return try await tools.database.read { [self] session in
            let parts = try search.parts(for: asker, words, session)
            let before = (search.page - 1) * TrailSearch.size
            let entries = try parts.newest(TrailSearch.size, after: before, session)
            // Where the list ends on this page nothing has to be counted: for words rarely written that is as long a look as the first.
            // Counting all of a long trail costs more than the page; nobody turns further than this.
            let isEnd = entries.count < TrailSearch.size && (search.page == 1 || !entries.isEmpty)
            let total = isEnd ? before + entries.count : try parts.count(upTo: TrailSearch.most + 1, session)
            let hubs = try book.hubs(session)
            let reader = try reader(entries, hubs: hubs, asker, session)
            // Of whom and what the page is told by name only where one of its entries is the asker's to see.
            return TrailPage(
                entries: entries, total: total, reader: reader, hubs: seenHubs(asker, of: hubs),
                by: search.by.isEmpty || entries.isEmpty ? nil : reader.name(ofWho: search.by),
                about: search.subject.isEmpty || entries.isEmpty ? nil : reader.name(of: search.subject))
        }
    }

    private func auditPage(_ request: Request) async throws -> Answer {
        let search = TrailSearch(request.query)
        let asker = request.asker
        let page = try await look(search, asker)
        let address = PageAddress("/staff/audit", search.query)
        let hubNames = Dictionary(page.hubs.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
        let showsHubs = page.hubs.count > 1
        let titles = ["When", "Who", "What", "Record", "Change"] + (showsHubs ? ["Hub"] : [])
        var table = Table(
            "What was written", columns: titles.map { Table.Column($0) },
            rows: page.entries.map { entry in
                let cells: [HTML] = [
                    "<a href=\"/staff/audit/\(segment: entry.id)\">\(entry.at?.shown ?? entry.moment)</a>",
                    "<a href=\"\(address.with("by", entry.who).without("page", "who").href)\"><bdi>\(page.reader.name(ofWho: entry.who))</bdi></a>",
                    "\(Identity.said(entry.action, page.reader.words))", recordCell(entry, page.reader, address, search),
                    page.reader.change(entry),
                ]
                return Table.Row(showsHubs ? cells + ["\(entry.hubID.flatMap { hubNames[$0] } ?? "")"] : cells)
            })
        table.isCaptionHidden = true
        table.paging = Paging(
            page: search.page, size: TrailSearch.size, total: min(page.total, TrailSearch.most), address: address, what: "entries")
        table.csv = PageAddress("/staff/audit.csv", search.query).href
        table.empty = "<p>Nothing fits. Try other days, another person or other words.</p>"
        let more: HTML? =
            page.total > TrailSearch.most
            ? """
            <p class="quiet-line">These are the newest \(grouped(TrailSearch.most)). Choose days to see older ones, or take all of them as a \
            spreadsheet.</p>
            """ : nil
        var frame = tools.frame(
            "What happened", for: .staff, at: "/staff/audit",
            content: "\(chosen(search, page))\(filters(search, page.hubs, showsHubs))\(table)\(more)")
        frame.lead =
            asker.isAdministrator
            ? "Everything anybody wrote, newest first, and every sign-in and refusal. Nothing here can be changed."
            : "Everything anybody wrote in \(page.hubs.map(\.name).joined(separator: ", ")), newest first. Nothing here can be changed."
        frame.errors = search.errors
        return .page(frame.html, status: search.errors.isEmpty ? 200 : 422)
    }

    /// The record, and the way to all that was written about it.
    private func recordCell(_ entry: TrailEntry, _ reader: TrailReader, _ address: PageAddress, _ search: TrailSearch) -> HTML {
        let record = reader.record(entry.subject)
        guard entry.subject.contains(":"), search.subject != entry.subject else { return record }
        let name = reader.name(of: entry.subject) ?? "this record"
        let href = PageAddress(address.path, [("subject", entry.subject)]).href
        return "\(record) <a class=\"quiet\" href=\"\(href)\">All of it\(unseen(" about \(name)"))</a>"
    }

    /// What the list is narrowed to by a link, in words, with the way on.
    private func chosen(_ search: TrailSearch, _ page: TrailPage) -> HTML? {
        guard !search.by.isEmpty || !search.subject.isEmpty else { return nil }
        var lines: [HTML] = []
        if !search.by.isEmpty { lines.append("Written by <strong><bdi>\(page.by ?? "somebody")</bdi></strong>.") }
        if !search.subject.isEmpty { lines.append("About <strong><bdi>\(page.about ?? "one record")</bdi></strong>.") }
        if search.subject.hasPrefix("person:") {
            lines.append("<a href=\"\(PageAddress("/staff/audit", [("by", search.subject)]).href)\">What they wrote themselves</a>")
        } else if search.by.hasPrefix("person:") {
            lines.append("<a href=\"\(PageAddress("/staff/audit", [("subject", search.by)]).href)\">What was written about them</a>")
        }
        return "<p>\(lines.html { "\($0) " })</p>"
    }

    private func filters(_ search: TrailSearch, _ hubs: [PlaceBook.Entry], _ showsHubs: Bool) -> FilterForm {
        let kinds = [Choice("", "All kinds")] + tools.trailWords.kinds.map { Choice($0.code, $0.words) }
        var form = FilterForm(
            action: "/staff/audit",
            fields: [
                Field.text("who", "Person", hint: "Name or address", width: .half).filled(search.who),
                Field.text("q", "What was done", hint: "Such as role, refused", width: .half).filled(search.said),
            ],
            keep: [("by", search.by), ("subject", search.subject)].filter { !$0.1.isEmpty }, submit: "Show",
            clear: search.isNarrow ? "/staff/audit" : nil)
        form.more = [
            day("from", "From", search.from, search), day("to", "To", search.to, search),
            Field.select("kind", "Kind of record", choices: kinds).filled(search.kind),
        ]
        if showsHubs {
            form.more.append(
                Field.select("hub", "Hub", choices: [Choice("", "All of them")] + hubs.map { Choice($0.id, $0.name) }).filled(search.hub))
        }
        form.isMoreOpen = search.from != nil || search.to != nil || !search.kind.isEmpty || !search.hub.isEmpty || !search.errors.isEmpty
        return form
    }

    private func day(_ name: String, _ label: String, _ day: Day?, _ search: TrailSearch) -> Field {
        var field = Field.date(name, label).filled(day?.medium ?? search.typed[name] ?? "")
        field.error = search.errors[name]
        return field
    }

    /// What was done, in words; a code that no room knows any more breaks between its parts only.
    private static func said(_ action: String, _ words: TrailWords) -> HTML {
        if words.action(action) != nil { return "\(words.words(action))" }
        let parts = action.split(separator: ".")
        return "<code class=\"parts\">\(parts.indices.map { "\(parts[$0])\($0 == parts.count - 1 ? "" : ".")<wbr>" as HTML })</code>"
    }

    // MARK: One entry

    private func auditEntry(_ request: Request) async throws -> Answer {
        let (id, asker) = (request.parameter("entry"), request.asker)
        let found = try await tools.database.read { [self] session -> (TrailEntry, TrailReader, String?)? in
            guard
                let row = try session.first("select * from audit where id = \(id) and \(TrailSearch.visible(to: asker))")
            else { return nil }
            let entry = TrailEntry(row)
            let hubs = try book.hubs(session)
            return (entry, try reader([entry], hubs: hubs, asker, session), hubs.first { $0.id == entry.hubID }?.name)
        }
        guard let (entry, reader, hub) = found else { throw Refusal.notFound("There is no entry at this address.") }
        let (before, after) = reader.values(entry)
        let by = PageAddress("/staff/audit", [("by", entry.who)]).href
        let about = PageAddress("/staff/audit", [("subject", entry.subject)]).href
        var rows: [(String, HTML)] = [
            ("When", "\(entry.at?.shown ?? entry.moment)"),
            ("Who", "<bdi>\(reader.name(ofWho: entry.who))</bdi> <a href=\"\(by)\">All they wrote</a>"),
            ("What", Identity.said(entry.action, reader.words)),
            ("Record", "\(reader.record(entry.subject)) <a href=\"\(about)\">All about it</a>"),
        ]
        if let field = reader.words.action(entry.action)?.field { rows.append(("Fact", "\(field)")) }
        let isRefusal = entry.action.hasPrefix("identity.refused.")
        if let before { rows.append((isRefusal ? "At the address" : "Before", "<bdi>\(before)</bdi>")) }
        if let after { rows.append((isRefusal ? "How often" : "After", "<bdi>\(after)</bdi>")) }
        if let hub { rows.append(("Hub", "\(hub)")) }
        let codes = Details([
            ("Entry", "<code class=\"parts\">\(entry.id)</code>"), ("Action", "<code class=\"parts\">\(entry.action)</code>"),
            ("Record", "<code class=\"parts\">\(entry.subject)</code>"), ("Written by", "<code class=\"parts\">\(entry.who)</code>"),
            ("Before", "\(entry.before ?? "–")"), ("After", "\(entry.after ?? "–")"),
        ])
        var frame = tools.frame(
            reader.words.words(entry.action), for: .staff, at: "/staff/audit",
            content: "\(Details(rows))\(Disclosure("As the table holds it", codes.html))")
        frame.breadcrumbs = [Link("What happened", "/staff/audit")]
        return .page(frame.html)
    }

    // MARK: The spreadsheet

    private func auditCSV(_ request: Request) async throws -> Answer {
        let search = TrailSearch(request.query)
        let asker = request.asker
        // Each piece is read when the one before has left, in a transaction of its own that asks for the permit again. What is written
        // meanwhile comes last; so nothing is missed or told twice.
        let sheet = TrailSheet { [self] last in
            try await tools.database.read { session in
                let hubs = try book.hubs(session)
                let parts = try search.parts(for: asker, tools.trailWords, session)
                let entries = try parts.oldest(TrailSheet.piece, from: last, session)
                return TrailSheet.Part(entries, try reader(entries, hubs: hubs, asker, session), hubs)
            }
        }
        let first = try await sheet.piece(after: nil)
        var answer = Answer.file(TrailSheet.head + first.bytes, name: "audit.csv", contentType: "text/csv; charset=utf-8")
        answer.further = first.next
        return answer
    }
}

extension Identity {
    /// The way to all that was written about a person, for the list of people; nothing for whoever may not see the trail.
    func trailLink(ofPerson id: String, _ name: String) -> HTML? {
        tools.trail(of: "person:\(id)").map { "<a href=\"\(link: $0.href)\">What happened\(unseen(" to \(name)"))</a>" }
    }
}
