internal import Files
internal import Store

internal import struct Files.Row

/// Loads the Indices of Deprivation by small area (LSOA).
final class DeprivationLoad {
    private let run: LoadRun

    init(_ run: LoadRun) { self.run = run }

    private static let spec = HeaderSpec([
        .init(
            "lsoa",
            aliases: ["lsoa21_code", "lsoa11_code", "LSOA code (2021)", "LSOA code (2011)", "lsoa21cd", "lsoa11cd"],
            required: true),
        .init(
            "decile",
            aliases: [
                "IMD_decile",
                "Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOAs)",
            ], required: true),
        .init(
            "rank", aliases: ["IMD_rank", "Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived)"],
            required: true),
        .init("score", aliases: ["IMD_score", "Index of Multiple Deprivation (IMD) Score"], required: true),
        .init("ward", aliases: ["ward24_code", "ward_code", "wd24cd", "wd25cd"]),
        .init("income people", aliases: ["income_domain_numerator"]),
        .init("income rate", aliases: ["Income_score", "Income Score (rate)"]),
        .init(
            "people",
            aliases: ["population", "Total population: mid 2022", "Total population: mid 2015 (excluding prisoners)"]),
    ])

    func read() throws {
        var known: [String: [Value]] = [:]
        var edition = ""
        var seen: Set<String> = []
        var write: [[Value]] = []
        var replaced: [String] = []
        try Table.read(
            run.source, header: DeprivationLoad.spec, progress: run.reading,
            start: { header in
                run.journal.headerIs(header.names)
                // The index of 2025 stands on the LSOAs of 2021, that of 2019 on those of 2011.
                edition =
                    header.names.contains { $0.contains("11") && HeaderSpec.fold($0).hasPrefix("lsoa") }
                    ? "2019" : "2025"
                try run.session.each(
                    "select lsoa_code, ward_code, decile, rank, score, population from deprivation where edition = \(edition)"
                ) { known[$0.text("lsoa_code")] = Array($0.values.dropFirst()) }
            },
            { row, header in
                run.journal.countRead()
                do {
                    let values = try values(row, header)
                    let code = row.text(header["lsoa"])
                    guard seen.insert(code).inserted else {
                        throw RowProblem("The LSOA \(code) stands in this file twice.")
                    }
                    guard let before = known[code] else {
                        run.journal.countNew()
                        return write.append([.text(code)] + values)
                    }
                    // A file without wards does not take away the ward that was found for it.
                    var told = values
                    if told[0] == .null { told[0] = before[0] }
                    if before == told { return run.journal.countUnchanged() }
                    run.journal.countChanged()
                    say(code, before, told)
                    replaced.append(code)
                    write.append([.text(code)] + told)
                } catch let problem as RowProblem {
                    run.journal.reject(line: row.line, problem.reason, row.fields)
                }
            })
        guard run.keeps, !write.isEmpty else { return }
        try Batch.each(replaced) {
            try run.session.run("delete from deprivation where edition = \(edition) and lsoa_code in \(keys: $0)")
        }
        let columns: [StaticString] = ["lsoa_code", "ward_code", "decile", "rank", "score", "population", "edition"]
        try run.session.insert(into: "deprivation", columns) { writer in
            for values in write { try writer.add(values + [edition.bound]) }
        }
        try DeprivationLoad.fillWards(run)
    }

    /// Ward, decile, rank, score, people.
    private func values(_ row: borrowing Row, _ header: HeaderMatch) throws(RowProblem) -> [Value] {
        let code = row.text(header["lsoa"])
        guard code.utf8.count == 9, code.hasPrefix("E01") || code.hasPrefix("W01") else {
            throw RowProblem(code.isEmpty ? "The row has no LSOA." : "“\(code)” is not the code of an LSOA.")
        }
        guard let decile = row.int(header["decile"]), (1...10).contains(decile), let rank = row.int(header["rank"]),
            rank > 0,
            let score = row.double(header["score"])
        else { throw RowProblem("The decile, rank or score of \(code) is missing or not a number.") }
        var people = row.double(header["people"])
        if people == nil, let income = row.double(header["income people"]),
            let rate = row.double(header["income rate"]), rate > 0
        {
            // The rate is those income deprived over all people, so their number gives all people back.
            people = (income / rate).rounded()
        }
        let ward = row.text(header["ward"])
        return [
            ward.isEmpty ? .null : .text(ward), .int(decile), .int(rank), .real(score), people.map(Value.real) ?? .null,
        ]
    }

    private func say(_ code: String, _ before: [Value], _ after: [Value]) {
        for (place, field) in ["ward", "decile", "rank", "score", "people"].enumerated()
        where before[place] != after[place] {
            run.journal.add(
                LoadChange(
                    what: .changed, register: "deprivation", urn: code, settingID: nil, name: nil, field: field,
                    before: before[place].text, after: after[place].text))
        }
    }

    /// Gives each LSOA without a ward the ward that most of its postcodes are in: a best fit, since wards are not made of LSOAs.
    static func fillWards(_ run: LoadRun) throws {
        var waiting: [String: String] = [:]
        try run.session.each("select lsoa_code, edition from deprivation where ward_code is null") {
            waiting[$0.text("lsoa_code")] = $0.text("edition")
        }
        if waiting.isEmpty { return }
        var best: [String: (ward: String, count: Int)] = [:]
        try run.session.each(
            """
            select lsoa_code, ward_code, count(*) as number from postcode
            where lsoa_code is not null and ward_code is not null group by lsoa_code, ward_code order by lsoa_code, ward_code
            """
        ) { row in
            let lsoa = row.text("lsoa_code")
            guard waiting[lsoa] != nil else { return }
            let count = row.int("number")
            if count > best[lsoa]?.count ?? 0 { best[lsoa] = (row.text("ward_code"), count) }
        }
        for (lsoa, found) in best.sorted(by: { $0.key < $1.key }) {
            try run.session.run(
                """
                update deprivation set ward_code = \(found.ward)
                where edition = \(waiting[lsoa]) and lsoa_code = \(lsoa) and ward_code is null
                """)
        }
    }
}
