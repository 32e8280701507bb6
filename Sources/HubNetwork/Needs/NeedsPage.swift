internal import Civil
internal import Directory
internal import House
internal import Page
internal import Store

/// A survey with all that may be shown of it.
struct SurveyReading: Sendable {
    let survey: NeedSurvey
    let results: [SurveyResult]
    let turnout: [SurveySheets.Turnout]
    /// Own words, in the order of the alphabet; empty while fewer than five people answered.
    let words: [String: [String]]

    static func of(_ survey: NeedSurvey, on today: Day, _ session: any Session) throws -> SurveyReading {
        let turnout = try SurveySheets.turnout(survey.id, isSummed: survey.isSummed, session)
        // While answers still come in, a change of a figure would say what the last one answered.
        guard survey.isClosed(on: today) else { return SurveyReading(survey: survey, results: [], turnout: turnout, words: [:]) }
        let counts = try SurveyCounts.of(survey, session)
        let results = try Surveys.questions(survey.id, session).map { SurveyResult($0, counts) }
        var words: [String: [String]] = [:]
        for result in results where result.question.kind == .words && result.groups != nil {
            words[result.question.id] = try session.all(
                """
                select m.body from survey_mark m join survey_sheet s on s.id = m.sheet_id
                where s.survey_id = \(survey.id) and m.question_id = \(result.question.id) and m.value = '' order by m.body limit 500
                """
            ).map { $0.text("body") }
        }
        return SurveyReading(survey: survey, results: results, turnout: turnout, words: words)
    }

    /// Settings that answered, sector by sector as far as it may be shown; all of them together from five on.
    var answered: Suppression.Line {
        let all = turnout.reduce(0) { $0 + $1.answered }
        let line = Suppression.line(turnout.map(\.answered), of: turnout.map(\.asked))
        return Suppression.Line(cells: line.cells, total: line.total ?? (all >= Suppression.least ? all : nil))
    }
}

/// What is said of one survey's results.
struct SurveyResultsPage {
    let reading: SurveyReading
    let csv: String?

    var content: HTML {
        let none: HTML = """
            <p>Fewer than five people answered. Nothing is shown of it, so that nobody can be known by their answers.</p>
            """
        let scored = reading.results.filter { $0.question.kind == .scale }
        let hasAny = reading.results.contains { $0.groups != nil }
        if !hasAny { return "\(none)\(turnout)" }
        return
            "\(reading.results.filter { $0.question.kind == .choices }.html(list))\(scored.html(score))\(reading.results.filter { $0.question.kind == .words }.html(words))\(turnout)"
    }

    // MARK: A list to tick

    private func list(_ result: SurveyResult) -> HTML {
        guard let groups = result.groups else { return hidden(result) }
        let ticks = result.ticks.sorted { ($1.line.total ?? 0, $0.label) < ($0.line.total ?? 0, $1.label) }
        let first = ticks.first.flatMap { tick in tick.line.total.map { _ in "Most asked for: \(tick.label.lowercasedFirst)" } }
        var chart = BarChart(
            first ?? "What would help", rows: ticks.compactMap { tick in tick.line.total.map { ChartRow(tick.label, Double($0)) } })
        chart.labelTitle = "What would help"
        chart.valueTitle = "People"
        chart.note = "\(result.question.words) Any number could be ticked."
        chart.n = result.count
        var table = Table(
            "By sector",
            columns: [Table.Column("What would help")] + groups.map { Table.Column("\($0.name) (\($0.count))", align: .number) }
                + [Table.Column("All (\(result.count))", align: .number)],
            rows: ticks.map { tick in
                Table.Row(["\(tick.label)"] + tick.line.cells.map(shown) + [shown(tick.line.total)])
            })
        table.isCompact = true
        table.isCaptionHidden = true
        let more: HTML =
            "\(table)<p class=\"quiet\">“–” stands for a count that is not shown, because it is under five or would give such a one away.</p>"
        return Card(nil, "\(chart)\(Disclosure("By sector", more))").html
    }

    private func shown(_ count: Int?) -> HTML { count.map { "\($0)" } ?? "–" }

    private func hidden(_ result: SurveyResult) -> HTML {
        Card(result.question.words, "<p class=\"quiet\">Fewer than five people answered this.</p>").html
    }

    // MARK: A score

    private func score(_ result: SurveyResult) -> HTML {
        guard let mean = result.mean else { return hidden(result) }
        let lowest = result.scores.min { $0.mean < $1.mean }
        let all = "All"
        var finding = "\(result.question.words) \(tenths(mean)) of 5"
        if let lowest, result.scores.count > 1, mean - lowest.mean >= 0.25 {
            finding =
                "\(result.question.words) \(tenths(mean)) of 5, lowest for \(lowest.group.name.lowercasedFirst): \(tenths(lowest.mean))"
        }
        var chart = BarChart(
            finding,
            rows: [ChartRow(all, mean, n: result.count)] + result.scores.map { ChartRow($0.group.name, $0.mean, n: $0.group.count) })
        chart.maximum = 5
        chart.labelTitle = "Sector"
        chart.valueTitle = "Mean, 1 to 5"
        chart.note = "1 means not at all, 5 fully."
        chart.n = result.count
        return Card(nil, chart.html).html
    }

    private func tenths(_ mean: Double) -> String {
        let tenths = Int((mean * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }

    // MARK: Own words

    private func words(_ result: SurveyResult) -> HTML {
        guard result.groups != nil else { return hidden(result) }
        if reading.survey.isSummed {
            return Card(
                result.question.words,
                "<p class=\"quiet\">Own words are kept until the end of the term after. \(result.count) people wrote some.</p>"
            ).html
        }
        let said = reading.words[result.question.id] ?? []
        let items = said.html { "<li>\(paragraphs($0))</li>" }
        let list: HTML = "<ul class=\"listing\">\(items)</ul>"
        let drawn: HTML = said.count > 6 ? Disclosure("Read all \(said.count)", list).html : list
        return Card(
            result.question.words, "\(drawn)<p class=\"quiet\">In the order of the alphabet, without name or sector.</p>"
        ).html
    }

    // MARK: Who answered

    var turnout: HTML {
        let line = reading.answered
        let asked = reading.turnout.reduce(0) { $0 + $1.asked }
        func rate(_ count: Int?, _ of: Int) -> HTML {
            count.map { of == 0 ? "–" : "\(Int((Double($0) * 100 / Double(of)).rounded()))%" } ?? "–"
        }
        var table = Table(
            "Settings that answered",
            columns: [
                Table.Column("Sector"), Table.Column("Asked", align: .number), Table.Column("Answered", align: .number),
                Table.Column("Rate", align: .number),
            ],
            rows: zip(reading.turnout, line.cells).map { sector, count in
                Table.Row(["\(sector.sector.short)", "\(sector.asked)", shown(count), rate(count, sector.asked)])
            })
        table.totals = ["All", "\(asked)", shown(line.total), rate(line.total, asked)]
        table.isCompact = true
        table.isCaptionHidden = true
        let file: HTML? = csv.map { "<p class=\"more\"><a href=\"\(link: $0)\">Spreadsheet (CSV) of all that is shown here</a></p>" }
        return Card(
            "Which settings answered",
            "\(table)<p class=\"quiet\">Settings, each once, of those asked: members, and those whose people have an account.</p>\(file)"
        ).html
    }
}

/// The survey over the terms, for the page that begins with what members need.
struct NeedsTrends: Component {
    /// The oldest first.
    let readings: [SurveyReading]

    private var trends: [SurveyTrend] {
        guard readings.count > 1 else { return [] }
        let results = readings.map { (term: $0.survey.term.name, results: $0.results) }
        let codes = (readings.last?.results ?? []).filter { $0.question.kind == .scale }.map(\.question.code)
        return codes.compactMap { SurveyTrend(code: $0, results) }.filter { $0.all.contains { $0 != nil } }
    }

    /// How equal people feel, by sector.
    var html: HTML { trends.first { $0.question.code == "equal" }.map { Card(nil, chart($0, bySector: true).html).html } ?? "" }

    /// The other scores, everybody together.
    var others: HTML {
        let others = trends.filter { $0.question.code != "equal" }
        return others.isEmpty ? "" : Card("The other scores, term by term", table(others).html).html
    }

    private func chart(_ trend: SurveyTrend, bySector: Bool) -> LineChart {
        let sectors = trend.sectors.enumerated().map { ChartLine($1.sector.short, $1.means, .tint($0 + 1)) }
        var chart = LineChart(
            finding(trend), ticks: trend.terms, lines: [ChartLine("All", trend.all, .tint(0))] + (bySector ? sectors : []))
        chart.maximum = 5
        chart.tickTitle = "Term"
        chart.note =
            "“\(trend.question.words)” Mean from 1 to 5. A term in which it was asked in other words, or too few answered, is left out."
        return chart
    }

    private func finding(_ trend: SurveyTrend) -> String {
        let known = trend.all.compactMap { $0 }
        guard known.count > 1, let first = known.first, let last = known.last else { return "How equal people feel, term by term" }
        if last - first >= 0.2 { return "More people feel they are treated as equal partners" }
        if first - last >= 0.2 { return "Fewer people feel they are treated as equal partners" }
        return "How equal people feel has hardly changed"
    }

    private func table(_ trends: [SurveyTrend]) -> Table {
        var table = Table(
            "Scores term by term",
            columns: [Table.Column("Question")] + (trends.first?.terms ?? []).map { Table.Column($0, align: .number) },
            rows: trends.map { trend in
                Table.Row(["\(trend.question.words)"] + trend.all.map { mean in mean.map { "\($0, digits: 1)" } ?? "–" })
            })
        table.isCaptionHidden = true
        return table
    }
}
