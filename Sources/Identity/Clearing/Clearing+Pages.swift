internal import Civil
internal import House
internal import Page
internal import Store

extension Identity {
    /// What is cleared away by itself, when, and what would go tonight.
    var clearingRoutes: [Route] {
        [
            route(.get, "/staff/clearing", .seeClearing, "What is cleared away by itself, and what would go tonight") {
                try await $0.clearingPage($1)
            }
        ]
    }

    private func clearingPage(_ request: Request) async throws -> Answer {
        let clearing = Clearing(tools: tools, rules: allRetention)
        let (next, rows, records) = try await tools.database.read { session in
            let next = try clearing.next(session)
            return (next, try clearing.rules.map { ($0, try $0.due(at: next, in: session)) }, try Clearing.records(session))
        }
        var table = Table(
            "How long it is kept, and what would go",
            columns: [
                Table.Column("What"), Table.Column("Kept for"), Table.Column("Then"), Table.Column("Would go tonight", align: .number),
                Table.Column("Went last time", align: .number), Table.Column("Went in all", align: .number),
            ],
            rows: rows.map { rule, due in
                let record = records[rule.code]
                return Table.Row([
                    "\(rule.words)", "\(rule.period.words.replacing(" ", with: "\u{A0}"))", "\(rule.then)", "\(grouped(due))",
                    "\(record.map { grouped($0.lastCount) } ?? "–")", "\(record.map { grouped($0.total) } ?? "–")",
                ])
            })
        table.isCaptionHidden = true
        let due = rows.reduce(0) { $0 + $1.1 }
        let last = clearing.rules.compactMap { records[$0.code]?.lastEnded }.max()
        let facts = Facts([
            Fact(grouped(due), due == 1 ? "thing would go tonight" : "things would go tonight"),
            Fact(last?.shown ?? "Not yet", "when it last ran"),
            Fact(next <= tools.clock.now ? "Within minutes" : next.shown, "when it runs next"),
        ])
        let about: HTML = """
            <p>It runs by itself once a day, from three in the morning on, while the program serves. What it cleared stands in \
            <a href="/staff/audit?who=house">What happened</a>: kind and number, nothing else.</p>
            """
        var frame = tools.frame("Clearing away", for: .staff, at: "/staff/clearing", content: "\(facts)\(table)\(about)")
        frame.lead = "Nothing about people is kept longer than it is needed."
        return .page(frame.html)
    }
}
