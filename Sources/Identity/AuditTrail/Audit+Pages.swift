internal import Civil
internal import Files
internal import House
internal import Page
internal import Store

extension Identity {
    /// What anybody wrote, by person, by record, by day.
    var auditRoutes: [Route] {
        [
            route(.get, "/staff/audit", .seeAudit, "What anybody wrote") { try await $0.auditPage($1) },
            route(.get, "/staff/audit.csv", .seeAudit, "What anybody wrote, as a spreadsheet") { try await $0.auditCSV($1) },
        ]
    }

    private struct AuditSearch: Sendable {
        let who: String
        let subject: String
        let day: String
        /// One hub of several, by its id; empty for all one may see.
        let hub: String
        let page: Int

        init(_ query: FormData) {
            who = String((query["who"] ?? "").prefix(100))
            subject = String((query["subject"] ?? "").prefix(200))
            day = Day(iso: query["day"] ?? "").map(\.iso) ?? ""
            hub = String((query["hub"] ?? "").prefix(100))
            page = max(1, min(100_000, query["page"].flatMap { Int($0) } ?? 1))
        }

        /// The entries asked for, of those the asker may see. A person may be named by their address too.
        func condition(for asker: Asker, _ session: any Session) throws -> SQL {
            var parts: [SQL] = [Identity.visibleEntries(to: asker)]
            if !hub.isEmpty { parts.append("hub_id = \(hub)") }
            if !who.isEmpty {
                let person = try People.with(email: who, session).map { "person:\($0.id)" } ?? who
                parts.append("who = \(person)")
            }
            if !subject.isEmpty { parts.append("subject = \(subject)") }
            if !day.isEmpty { parts.append("at >= \(day) and at < \(day + "T99")") }
            return .join(parts, separator: " and ")
        }

        var query: [(String, String)] {
            [("who", who), ("subject", subject), ("day", day), ("hub", hub)].filter { !$0.1.isEmpty }
        }
    }

    /// Administrators see all; hub leads what was done in their hubs. What is of no hub, such as signing in, is the administrators'.
    fileprivate static func visibleEntries(to asker: Asker) -> SQL {
        asker.isAdministrator ? "1 = 1" : "hub_id in \(list: ledHubs(asker))"
    }

    private static func ledHubs(_ asker: Asker) -> [String] {
        Set(asker.hats.filter { Deed.seeAudit.reaches[$0.role] == .ownHub }.compactMap(\.hubID)).sorted()
    }

    /// The hubs whose entries one may see, with their names.
    private func seenHubs(_ asker: Asker, _ session: any Session) throws -> [PlaceBook.Entry] {
        let led = Identity.ledHubs(asker)
        return try book.hubs(session).filter { asker.isAdministrator || led.contains($0.id) }
    }

    private func auditPage(_ request: Request) async throws -> Answer {
        let search = AuditSearch(request.query)
        let asker = request.asker
        let (rows, total, names, hubs) = try await tools.database.read { [self] session in
            let condition = try search.condition(for: asker, session)
            let rows = try session.all(
                "select * from audit where \(condition) order by at desc, id desc limit 50 offset \((search.page - 1) * 50)")
            let ids = rows.compactMap { $0.text("who").hasPrefix("person:") ? String($0.text("who").dropFirst(7)) : nil }
            let names = try session.all("select id, name from person where id in \(list: Array(Set(ids)))")
            return (
                rows, try session.count("select count(*) from audit where \(condition)"),
                Dictionary(names.map { ("person:\($0.text("id"))", $0.text("name")) }, uniquingKeysWith: { first, _ in first }),
                try seenHubs(asker, session)
            )
        }
        let hubNames = Dictionary(hubs.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
        let showsHubs = hubs.count > 1
        let address = PageAddress("/staff/audit", search.query)
        let titles = ["When", "Who", "What", "Record", "Before", "After"] + (showsHubs ? ["Hub"] : [])
        var table = Table(
            "What was written", columns: titles.map { Table.Column($0) },
            rows: rows.map { row in
                let who = row.text("who")
                let subject = row.text("subject")
                let cells: [HTML] = [
                    "\(row.instant("at")?.shown ?? row.text("at"))",
                    "<a href=\"\(address.with("who", who).without("page").href)\"><bdi>\(names[who] ?? Identity.words(who))</bdi></a>",
                    Identity.code(row.text("action")),
                    "<a href=\"\(address.with("subject", subject).without("page").href)\">\(Identity.short(subject))</a>",
                    "\(String(row.text("before").prefix(300)))", "\(String(row.text("after").prefix(300)))",
                ]
                return Table.Row(showsHubs ? cells + ["\(hubNames[row.text("hub_id")])"] : cells)
            })
        table.isCaptionHidden = true
        table.paging = Paging(page: search.page, size: 50, total: total, address: address, what: "entries")
        table.csv = PageAddress("/staff/audit.csv", search.query).href
        table.empty = "<p>Nothing fits. Try another day or another person.</p>"
        let filters = FilterForm(
            action: "/staff/audit",
            fields: [
                Field.text("who", "Person (e-mail address)", width: .half).filled(search.who),
                Field.text("subject", "Record", width: .half).filled(search.subject), Field.date("day", "Day").filled(search.day),
            ]
                + (showsHubs
                    ? [
                        Field.select("hub", "Hub", choices: [Choice("", "All of them")] + hubs.map { Choice($0.id, $0.name) }).filled(
                            search.hub)
                    ] : []),
            submit: "Show", clear: search.query.isEmpty ? nil : "/staff/audit")
        var frame = tools.frame("What happened", for: .staff, at: "/staff/audit", content: "\(filters)\(table)")
        frame.lead =
            asker.isAdministrator
            ? "Everything anybody wrote, newest first, and every sign-in and refusal. Nothing here can be changed."
            : "Everything anybody wrote in \(hubs.map(\.name).joined(separator: ", ")), newest first. Nothing here can be changed."
        return .page(frame.html)
    }

    /// "person …4b2c": enough of an id to tell records apart; the whole is in the link and the spreadsheet.
    private static func short(_ subject: String) -> String {
        let parts = subject.split(separator: ":", maxSplits: 1)
        guard parts.count == 2, parts[1].count > 8 else { return subject }
        return "\(parts[0]) …\(parts[1].suffix(4))"
    }

    /// A deed's code, which breaks between its parts only.
    private static func code(_ action: String) -> HTML {
        let parts = action.split(separator: ".")
        return "<code class=\"parts\">\(parts.indices.map { "\(parts[$0])\($0 == parts.count - 1 ? "" : ".")<wbr>" as HTML })</code>"
    }

    private static func words(_ who: String) -> String {
        switch who {
        case "command-line": "The command line"
        case "house": "The program itself"
        case "stranger": "Somebody not signed in"
        case "staff": "Before there was sign-in"
        default: who
        }
    }

    private func auditCSV(_ request: Request) async throws -> Answer {
        let search = AuditSearch(request.query)
        let asker = request.asker
        let bytes = try await tools.database.read { [self] session in
            let hubs = Dictionary(try book.hubs(session).map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
            var writer = CSVWriter(byteOrderMark: true)
            let columns = ["at", "who", "action", "subject", "before", "after"]
            writer.write((columns + ["hub"]).map { .text($0) })
            try session.each("select * from audit where \(search.condition(for: asker, session)) order by at, id") { row in
                writer.write((columns.map { row.text($0) } + [hubs[row.text("hub_id")] ?? row.text("hub_id")]).map { .text($0) })
            }
            return writer.bytes
        }
        return .file(bytes, name: "audit.csv", contentType: "text/csv; charset=utf-8")
    }
}
