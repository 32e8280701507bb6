internal import Civil
internal import Files
internal import House

/// Loads Ofsted's published files, whatever their edition: providers of 2021, report cards, childminder agencies.
///
/// The file is read and understood on a thread of its own while the records before are compared and written.
final class OfstedLoad {
    private let run: LoadRun
    private var providers: RegistrationLoad?
    private var agencies: RegistrationLoad?

    init(_ run: LoadRun) { self.run = run }

    func read() throws {
        let hasFeed = try FeedLoad.isLoaded(run.session)
        let source = run.source
        let edition = run.edition.iso
        let reading = run.reading
        try ReadAhead.run(
            { put in try OfstedLoad.parse(source, edition: edition, hasFeed: hasFeed, reading: reading, put) },
            { item in
                switch item {
                case .header(let fields): run.journal.headerIs(fields)
                case .note(let line, let text): run.journal.note(line: line, text)
                case .rejected(let line, let reason, let fields):
                    run.journal.countRead()
                    run.journal.reject(line: line, reason, fields)
                case .record(let record):
                    run.journal.countRead()
                    let load = try record.facts.type == .agency ? agencyLoad() : providerLoad()
                    if let reason = try load.take(record) {
                        run.journal.reject(line: record.facts.line, reason, [record.facts.urn])
                    }
                }
            })
        try providers?.finish()
        try agencies?.finish()
    }

    private static func parse(
        _ source: ByteSource, edition: String, hasFeed: Bool, reading: (@Sendable (ReadProgress) throws -> Void)?,
        _ put: (ReadItem) throws -> Void
    ) throws {
        let isSpreadsheet = try !Table.sheets(source).isEmpty
        let authorities = AuthorityBook()
        var columns: OfstedIndexes?
        var seen: Set<String> = []
        try Table.read(
            source, header: OfstedColumns.spec, progress: reading,
            start: { header in
                columns = OfstedIndexes(header, isSpreadsheet: isSpreadsheet)
                try put(.header(header.names))
                if !header.unknown.isEmpty {
                    try put(
                        .note(
                            header.line,
                            "Columns not known here and left out: \(header.unknown.joined(separator: ", "))."))
                }
            },
            { row, _ in
                guard let columns else { return }
                do {
                    try columns.checkShape(row)
                    var facts = try OfstedRow.facts(row, columns)
                    guard seen.insert(facts.urn).inserted else {
                        throw RowProblem("The number \(facts.urn) stands in this file twice; the first row counts.")
                    }
                    if let remark = authorities.settle(&facts, edition: edition) { try put(.note(facts.line, remark)) }
                    if hasFeed { facts.claims = OfstedLoad.claims(facts.urn) }
                    try put(.record(RegisterRecord(facts)))
                } catch let problem as RowProblem {
                    try put(.rejected(row.line, problem.reason, row.fields))
                }
            })
    }

    private func providerLoad() throws -> RegistrationLoad {
        if let providers { return providers }
        let made = try RegistrationLoad(run, register: .ofsted)
        providers = made
        return made
    }

    private func agencyLoad() throws -> RegistrationLoad {
        if let agencies { return agencies }
        let made = try RegistrationLoad(run, register: .agency)
        agencies = made
        return made
    }

    /// The feed's numbers for the same provider, as they stand and written the other way.
    private static func claims(_ urn: String) -> [URN] {
        let own = URN(trusted: urn, in: .ofsted)
        return [own, own.alternative].compactMap(\.self).map { URN(trusted: $0.value, in: .feed) }
    }
}

/// Where each column is in this file, found once.
struct OfstedIndexes {
    let width: Int
    let isSpreadsheet: Bool
    let urn, kind, name, authority: Int?
    let registeredOn, subtype, status, combination, early, compulsory, voluntary: Int?
    let personURN, personName, line1, line2, line3, town, postcode, telephone, region, band, places: Int?
    let estimates, onRoll, lat, lon, ward, lsoa: Int?
    let inspections: OfstedInspections
    /// The facts this edition has no column for.
    let absent: [RegisterFacts.Absent]

    init(_ header: HeaderMatch, isSpreadsheet: Bool) {
        width = header.names.count
        self.isSpreadsheet = isSpreadsheet
        urn = header["Provider URN"]
        kind = header["Provider type"]
        name = header["Provider name"]
        authority = header["Local authority"]
        registeredOn = header["Registration date"]
        subtype = header["Provider subtype"]
        status = header["Provider status"]
        combination = header["Individual register combinations"]
        early = header["Provider Early Years Register flag"]
        compulsory = header["Provider Compulsory Childcare Register flag"]
        voluntary = header["Provider Voluntary Childcare Register flag"]
        personURN = header["Registered person URN"]
        personName = header["Registered person name"]
        line1 = header["Provider address line 1"]
        line2 = header["Provider address line 2"]
        line3 = header["Provider address line 3"]
        town = header["Provider town"]
        postcode = header["Postcode"]
        telephone = header["Telephone number"]
        region = header["Region"]
        band = header["Deprivation band"]
        places = header["Places"]
        estimates = header["Places including estimates"]
        onRoll = header["Number of childminders on roll"]
        lat = header["lat"]
        lon = header["lon"]
        ward = header["ward_code"]
        lsoa = header["lsoa21_code"]
        inspections = OfstedInspections(header)
        let told: [(RegisterFacts.Absent, Int?)] = [
            (.subtype, subtype), (.status, status), (.registers, early ?? combination), (.places, places),
            (.address, line1),
            (.town, town), (.postcode, postcode), (.region, region), (.telephone, telephone), (.details, onRoll),
            (.registeredOn, registeredOn), (.personURN, personURN), (.personName, personName), (.band, band),
        ]
        absent = told.compactMap { $0.1 == nil ? $0.0 : nil }
    }

    /// A row must have as many fields as the header, give or take empty ones at its end. A spreadsheet leaves trailing empty
    /// cells out; a CSV file with fewer fields has lost something.
    func checkShape(_ row: borrowing Row) throws(RowProblem) {
        if row.count == width { return }
        if row.count < width {
            if isSpreadsheet { return }
            throw RowProblem("The row has \(row.count) fields where the header has \(width).")
        }
        for index in width..<row.count where !row.isEmpty(index) {
            throw RowProblem("The row has \(row.count) fields where the header has \(width).")
        }
    }
}
