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
        let page: Int

        init(_ query: FormData) {
            who = String((query["who"] ?? "").prefix(100))
            subject = String((query["subject"] ?? "").prefix(200))
            day = Day(iso: query["day"] ?? "").map(\.iso) ?? ""
            page = max(1, min(100_000, query["page"].flatMap { Int($0) } ?? 1))
        }

        /// The entries asked for. A person may be named by their address too.
        func condition(_ session: any Session) throws -> SQL {
            var parts: [SQL] = ["1 = 1"]
            if !who.isEmpty {
                let person = try People.with(email: who, session).map { "person:\($0.id)" } ?? who
                parts.append("who = \(person)")
            }
            if !subject.isEmpty { parts.append("subject = \(subject)") }
            if !day.isEmpty { parts.append("at >= \(day) and at < \(day + "T99")") }
            return .join(parts, separator: " and ")
        }

        var query: [(String, String)] {
            [("who", who), ("subject", subject), ("day", day)].filter { !$0.1.isEmpty }
        }
    }

    private func auditPage(_ request: Request) async throws -> Answer {
        let search = AuditSearch(request.query)
        let (rows, total, names) = try await tools.database.read { session in
            let condition = try search.condition(session)
            let rows = try session.all(
                "select * from audit where \(condition) order by at desc, id desc limit 50 offset \((search.page - 1) * 50)")
            let ids = rows.compactMap { $0.text("who").hasPrefix("person:") ? String($0.text("who").dropFirst(7)) : nil }
            let names = try session.all("select id, name from person where id in \(list: Array(Set(ids)))")
            return (
                rows, try session.count("select count(*) from audit where \(condition)"),
                Dictionary(names.map { ("person:\($0.text("id"))", $0.text("name")) }, uniquingKeysWith: { first, _ in first })
            )
        }
        let address = PageAddress("/staff/audit", search.query)
        var table = Table(
            "What was written",
            columns: [
                Table.Column("When"), Table.Column("Who"), Table.Column("What"), Table.Column("Record"), Table.Column("Before"),
                Table.Column("After"),
            ],
            rows: rows.map { row in
                let who = row.text("who")
                let subject = row.text("subject")
                return Table.Row([
                    "\(row.instant("at")?.shown ?? row.text("at"))",
                    "<a href=\"\(address.with("who", who).without("page").href)\"><bdi>\(names[who] ?? Identity.words(who))</bdi></a>",
                    "<code>\(row.text("action"))</code>",
                    "<a href=\"\(address.with("subject", subject).without("page").href)\"><code>\(subject)</code></a>",
                    "\(String(row.text("before").prefix(300)))", "\(String(row.text("after").prefix(300)))",
                ])
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
            ], submit: "Show", clear: search.query.isEmpty ? nil : "/staff/audit")
        var frame = tools.frame("What happened", for: .staff, at: "/staff/audit", content: "\(filters)\(table)")
        frame.lead = "Everything anybody wrote, newest first, and every sign-in and refusal. Nothing here can be changed."
        return .page(frame.html)
    }

    private static func words(_ who: String) -> String {
        switch who {
        case "command-line": "The command line"
        case "stranger": "Somebody not signed in"
        case "staff": "Before there was sign-in"
        default: who
        }
    }

    private func auditCSV(_ request: Request) async throws -> Answer {
        let search = AuditSearch(request.query)
        let bytes = try await tools.database.read { session in
            var writer = CSVWriter(byteOrderMark: true)
            let columns = ["at", "who", "action", "subject", "before", "after"]
            writer.write(columns.map { .text($0) })
            try session.each("select * from audit where \(search.condition(session)) order by at, id") { row in
                writer.write(columns.map { .text(row.text($0)) })
            }
            return writer.bytes
        }
        return .file(bytes, name: "audit.csv", contentType: "text/csv; charset=utf-8")
    }
}
