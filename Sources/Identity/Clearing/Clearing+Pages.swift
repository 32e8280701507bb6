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
            },
            route(.get, "/staff/clearing/{rule}", .changeRetention, "How long one kind of thing is kept, and what would go if it changed") {
                try await $0.periodPage($1)
            },
            route(.post, "/staff/clearing/{rule}", .changeRetention, "Change how long a kind of thing is kept") {
                try await $0.changePeriod($1)
            },
        ]
    }

    private func clearingPage(_ request: Request) async throws -> Answer {
        let clearing = Clearing(tools: tools, rules: allRetention)
        let (next, rows, records) = try await tools.database.read { session in
            let next = try clearing.next(session)
            let rules = try RetentionChoices.applied(to: clearing.rules, session)
            return (next, try rules.map { ($0, try $0.due(at: next, in: session)) }, try Clearing.records(session))
        }
        var table = Table(
            "How long it is kept, and what would go",
            columns: [
                Table.Column("What"), Table.Column("Kept for"), Table.Column("Then"), Table.Column("Would go tonight", align: .number),
                Table.Column("Went last time", align: .number), Table.Column("Went in all", align: .number),
            ],
            rows: rows.map { rule, due in
                let record = records[rule.code]
                let standard = rule.isChanged ? Tag("Standard: \(rule.standard.words)", .note) : nil
                return Table.Row([
                    "<a href=\"/staff/clearing/\(segment: rule.code)\">\(rule.words)</a>",
                    "\(rule.period.words.replacing(" ", with: "\u{A0}")) \(standard)", "\(rule.then)", "\(grouped(due))",
                    "\(record.map { grouped($0.lastCount) } ?? "–")", "\(record.map { grouped($0.total) } ?? "–")",
                ])
            })
        table.isCaptionHidden = true
        let due = rows.reduce(0) { $0 + $1.1 }
        let last = clearing.rules.compactMap { records[$0.code]?.lastEnded }.max()
        let changed = rows.count { $0.0.isChanged }
        var facts = Facts([
            Fact(grouped(due), due == 1 ? "thing would go tonight" : "things would go tonight"),
            Fact(last?.shown ?? "Not yet", "when it last ran"),
            Fact(next <= tools.clock.now ? "Within minutes" : next.shown, "when it runs next"),
        ])
        if changed > 0 {
            facts.facts.append(Fact(grouped(changed), changed == 1 ? "period is not the standard" : "periods are not the standard"))
        }
        let about: HTML = """
            <p>It runs by itself once a day, from three in the morning on, while the program serves. What it cleared stands in \
            <a href="/staff/audit?who=house">What happened</a>: kind and number, nothing else. How long a thing is kept is changed on its \
            own page.</p>
            """
        var frame = tools.frame("Clearing away", for: .staff, at: "/staff/clearing", content: "\(facts)\(table)\(about)")
        frame.lead = "Nothing about people is kept longer than it is needed."
        if request.query["done"] == "changed", let rule = rows.map(\.0).first(where: { $0.code == request.query["rule"] }) {
            frame.notices = [.success("Saved: kept for \(rule.period.words).", "<p>\(rule.words).</p>")]
        }
        return .page(frame.html)
    }
}
