internal import Civil
internal import Files

/// Loads schools, nursery schools and children's centres from Get Information About Schools.
final class SchoolLoad {
    private let run: LoadRun

    init(_ run: LoadRun) { self.run = run }

    func read() throws {
        let load = try RegistrationLoad(run, register: .gias)
        let source = run.source
        let edition = run.edition.iso
        let reading = run.reading
        try ReadAhead.run({ put in try SchoolLoad.parse(source, edition: edition, reading: reading, put) }) {
            (item: ReadItem) in
            switch item {
            case .header(let fields): run.journal.headerIs(fields)
            case .note(let line, let text): run.journal.note(line: line, text)
            case .rejected(let line, let reason, let fields):
                run.journal.countRead()
                run.journal.reject(line: line, reason, fields)
            case .record(let record):
                run.journal.countRead()
                if let reason = try load.take(record) {
                    run.journal.reject(line: record.facts.line, reason, [record.facts.urn])
                }
            }
        }
        try load.finish()
    }

    private static func parse(
        _ source: ByteSource, edition: String, reading: (@Sendable (ReadProgress) throws -> Void)?,
        _ put: (ReadItem) throws -> Void
    ) throws {
        let isSpreadsheet = try !Table.sheets(source).isEmpty
        let authorities = AuthorityBook()
        var seen: Set<String> = []
        try Table.read(
            source, header: SchoolColumns.spec, progress: reading, start: { try put(.header($0.names)) },
            { row, header in
                do {
                    if !isSpreadsheet && row.count < header.names.count {
                        throw RowProblem("The row has \(row.count) fields where the header has \(header.names.count).")
                    }
                    var facts = try SchoolRow.facts(row, header)
                    guard seen.insert(facts.urn).inserted else {
                        throw RowProblem("The number \(facts.urn) stands in this file twice; the first row counts.")
                    }
                    let code = facts.authorityCode
                    if let remark = authorities.settle(&facts, edition: edition), code == nil {
                        try put(.note(facts.line, remark))
                    }
                    facts.authorityCode = code ?? facts.authorityCode
                    try put(.record(RegisterRecord(facts)))
                } catch let problem as RowProblem {
                    try put(.rejected(row.line, problem.reason, row.fields))
                }
            })
    }
}
