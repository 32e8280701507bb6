internal import Civil
internal import Page
internal import Store

/// The page that lists faults and shows how complete the data is, now and over time.
struct FaultsPage: Sendable {
    let scope: FaultScope
    let counts: [(fault: Fault, count: Int)]
    let byType: [Completeness.Line]
    let byPlace: [(name: String, line: Completeness.Line)]
    let history: [(day: Day, score: Double)]

    static func load(_ scope: FaultScope, on today: Day, in session: any Session) throws -> FaultsPage {
        let lines = try Completeness.now(on: today, in: session)
        let key = scope.authority.map { "authority:\($0)" } ?? "all"
        let names = Dictionary(
            try session.all(
                """
                select 'authority:' || code as scope, name from authority union all
                select 'area:' || a.id, a.name || ', ' || h.name from area a join plan p on p.id = a.plan_id
                    join scheme s on s.id = p.scheme_id join hub h on h.id = s.hub_id where p.status = 'published'
                """
            ).map { ($0.text("scope"), $0.text("name")) }, uniquingKeysWith: { first, _ in first })
        let history = try session.all(
            "select on_day, score from completeness where scope = \(key) and type = 'all' order by on_day desc limit 24"
        ).compactMap { row in row.day("on_day").map { (day: $0, score: row.realOrNil("score") ?? 0) } }
        return FaultsPage(
            scope: scope, counts: try Checking.counts(scope, in: session),
            byType: lines.filter { $0.scope == key && $0.settings > 0 },
            byPlace: lines.filter { $0.scope != "all" && $0.type == "all" }.compactMap { line in
                names[line.scope].map { (name: $0, line: line) }
            }.sorted { ($0.line.score, $0.name) < ($1.line.score, $1.name) },
            history: history.reversed())
    }

    var lead: HTML {
        let total = counts.reduce(0) { $0 + $1.count }
        return total == 0 ? "Nothing is wrong that we can see." : "\(grouped(total)) things to look at, with what to do about each."
    }

    var content: HTML { "\(faults)\(completeness)" }

    private var faults: HTML {
        let items = counts.filter { $0.count > 0 }.map { fault, count in
            Table.Row([
                "<a href=\"\(PageAddress("/staff/faults/\(fault.rawValue)", scope.query).href)\">\(fault.name)</a>",
                "\(grouped(count))", "\(fault.mend)",
            ])
        }
        var table = Table(
            "Faults in the data",
            columns: [Table.Column("What is wrong"), Table.Column("Settings", align: .number), Table.Column("What to do")],
            rows: items)
        table.isCaptionHidden = true
        table.empty = "<p>Nothing is wrong that we can see. Look again after the next register is loaded.</p>"
        return Card("What is wrong", "\(table)").html
    }

    private var completeness: HTML {
        guard let all = byType.first(where: { $0.type == "all" }) else {
            return Card("How much we know", "<p>Load a register first. Then you will see here how much is known of each setting.</p>")
                .html
        }
        let rows = byType.filter { $0.type != "all" }.sorted { $0.score < $1.score }.map { line in
            ChartRow(
                SettingType(rawValue: line.type)?.plural ?? line.type, percent(line.score),
                mark: SettingType(rawValue: line.type)?.mark, n: line.settings)
        }
        let least = rows.first?.label ?? ""
        var chart = BarChart(
            "We know \(Int(percent(all.score)))% of what we need; least about \(least.lowercased())", unit: "%", rows: rows)
        chart.maximum = 100
        chart.labelTitle = "Kind of setting"
        chart.valueTitle = "Known"
        chart.note = """
            Of six facts for each setting: name, ward, address, places, a way to reach it, latest inspection.
            """
        return Columns("\(Card("How much we know", "\(chart)"))", "\(overTime)\(places)").html
    }

    private var overTime: HTML {
        let keep = Button("Keep today’s score", action: "/staff/faults/record", style: .quiet)
        guard history.count > 1, let first = history.first, let last = history.last else {
            return Card(
                "Over time",
                "<p>The score is kept each time data is checked, so that you can see it grow. \(history.isEmpty ? "None is kept yet." : "One is kept so far.")</p>\(keep)"
            ).html
        }
        let change = Int((percent(last.score) - percent(first.score)).rounded())
        let finding =
            change == 0
            ? "As complete as on \(first.day.medium)"
            : "\(abs(change)) points \(change > 0 ? "more" : "less") complete than on \(first.day.medium)"
        let chart = LineChart(
            finding, unit: "%", ticks: history.map(\.day.short),
            lines: [ChartLine("Known", history.map { percent($0.score) })])
        return Card("Over time", "\(chart)\(keep)").html
    }

    private var places: HTML? {
        guard !byPlace.isEmpty, scope.authority == nil else { return nil }
        let table = Table(
            "Least known first",
            columns: [Table.Column("Area"), Table.Column("Settings", align: .number), Table.Column("Known", align: .number)],
            rows: byPlace.prefix(40).map { Table.Row(["\($0.name)", "\(grouped($0.line.settings))", "\(Int(percent($0.line.score)))%"]) })
        return Card("By area", "\(table)").html
    }

    private func percent(_ share: Double) -> Double { (share * 1_000).rounded() / 10 }
}
