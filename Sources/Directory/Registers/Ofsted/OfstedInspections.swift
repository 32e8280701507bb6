internal import Files

/// The inspections in a row of Ofsted's file, each under its own framework. Grades are never turned into other grades.
struct OfstedInspections {
    private struct Graded { let date, number, overall: Int? }
    private struct Met { let framework: InspectionFramework; let date, number, overall: Int? }

    private let full: Graded
    private let earlier: [Graded]
    private let metOrNot: [Met]
    private let judged: [(code: String, index: Int)]
    private let safeguarding: Int?
    private let card: Graded
    private let cardVisit, cardSafeguarding: Int?
    private let cardAreas: [(code: String, index: Int)]

    init(_ header: HeaderMatch) {
        full = Graded(date: header["Full: date"], number: header["Full: number"], overall: header["Full: overall"])
        earlier = [
            Graded(date: header["Second: date"], number: header["Second: number"], overall: header["Second: overall"]),
            Graded(date: header["Third: date"], number: header["Third: number"], overall: header["Third: overall"]),
        ].filter { $0.date != nil }
        func met(_ framework: InspectionFramework, _ name: String) -> Met {
            Met(
                framework: framework, date: header["\(name): date"], number: header["\(name): number"],
                overall: header["\(name): overall"] ?? header["\(name): outcome"])
        }
        metOrNot = [
            met(.noChildren, "NCOR"), met(.outOfSchool, "OOSC"), met(.childcareRegister, "CR"), met(.agency, "Agency"),
        ].filter { $0.date != nil }
        func areas(_ prefix: String, _ codes: [String]) -> [(code: String, index: Int)] {
            codes.compactMap { code in header["\(prefix): \(code)"].map { (code, $0) } }
        }
        var judged = areas("Full", ["education", "attitudes", "development", "leadership"])
        if let ccr = header["CCR requirements suitability"] { judged.append(("ccr", ccr)) }
        if let vcr = header["VCR requirements suitability"] { judged.append(("vcr", vcr)) }
        self.judged = judged
        safeguarding = header["Full: safeguarding"]
        card = Graded(date: header["REIF: date"], number: header["REIF: number"], overall: nil)
        cardVisit = header["REIF: visit"]
        cardSafeguarding = header["REIF: safeguarding"]
        cardAreas = areas(
            "REIF", ["inclusion", "curriculum", "achievement", "behaviour", "welfare", "governance"])
    }

    func read(_ row: borrowing Row) throws(RowProblem) -> [Inspection] {
        var found: [Inspection] = []
        if let day = try OfstedRow.day(row, card.date, "report card") {
            found.append(
                Inspection(
                    framework: .reportCard, onDay: day, number: number(row, card.number),
                    kind: RowText.known(row, cardVisit),
                    overall: nil, safeguarding: RowText.known(row, cardSafeguarding),
                    judgements: judgements(row, cardAreas)))
        }
        if let day = try OfstedRow.day(row, full.date, "most recent full inspection") {
            found.append(
                Inspection(
                    framework: .graded, onDay: day, number: number(row, full.number), kind: nil,
                    overall: try grade(row, full.overall), safeguarding: RowText.known(row, safeguarding),
                    judgements: judgements(row, judged)))
        }
        for visit in earlier {
            guard let day = try OfstedRow.day(row, visit.date, "earlier full inspection") else { continue }
            add(
                Inspection(
                    framework: .graded, onDay: day, number: number(row, visit.number), kind: nil,
                    overall: try grade(row, visit.overall), safeguarding: nil, judgements: nil), to: &found)
        }
        for visit in metOrNot {
            guard let day = try lastDay(row, visit.date, visit.framework) else { continue }
            add(
                Inspection(
                    framework: visit.framework, onDay: day, number: number(row, visit.number), kind: nil,
                    overall: try result(row, visit.overall, visit.framework), safeguarding: nil, judgements: nil),
                to: &found)
        }
        return found
    }

    /// The same visit told twice in one row counts once.
    private func add(_ inspection: Inspection, to found: inout [Inspection]) {
        if let place = found.firstIndex(where: { $0.isSameVisit(as: inspection) }) {
            found[place] = found[place].filled(from: inspection)
        } else {
            found.append(inspection)
        }
    }

    private func number(_ row: borrowing Row, _ index: Int?) -> String {
        row.equals(index, "-") ? "" : row.text(index)
    }

    private func grade(_ row: borrowing Row, _ index: Int?) throws(RowProblem) -> String? {
        if index == nil || row.isEmpty(index) || row.equals(index, "-") { return nil }
        let text = row.text(index)
        guard ["1", "2", "3", "4"].contains(text) else { throw RowProblem("“\(text)” is not a grade from 1 to 4.") }
        return text
    }

    private func result(
        _ row: borrowing Row, _ index: Int?, _ framework: InspectionFramework
    ) throws(RowProblem) -> String? {
        if index == nil || row.isEmpty(index) || row.equals(index, "-") { return nil }
        let text = row.text(index, folding: true)
        guard let result = OfstedWords.result(text) else {
            throw RowProblem("“\(text)” is not a result we know (\(framework.name)).")
        }
        return result
    }

    /// A visit of several days (`02/12/2019 - 05/12/2019`) counts on its last.
    private func lastDay(
        _ row: borrowing Row, _ index: Int?, _ framework: InspectionFramework
    ) throws(RowProblem) -> String? {
        guard framework == .agency, !row.isEmpty(index) else { return try OfstedRow.day(row, index, framework.name) }
        let text = row.text(index, folding: true)
        guard let last = text.split(separator: " ").last, let day = RowText.written(last) else {
            throw RowProblem("“\(text)” is not a day (\(framework.name)).")
        }
        return day
    }

    private func judgements(_ row: borrowing Row, _ areas: [(code: String, index: Int)]) -> String? {
        var text = ""
        for (code, index) in areas where !row.isEmpty(index) {
            if !text.isEmpty { text += ";" }
            text += code
            text += "="
            text += row.text(index)
        }
        return text.isEmpty ? nil : text
    }
}
