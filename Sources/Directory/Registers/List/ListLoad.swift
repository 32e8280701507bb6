internal import Civil
internal import Files
internal import House
internal import Store

/// Loads any spreadsheet of a council or a hub. Rows are matched by URN; what cannot be matched becomes a setting of its own,
/// and where it looks like one we have, that is offered for a person to decide.
///
/// A setting missing from a list has not gone: lists are partial, and different lists overlap.
final class ListLoad {
    private let run: LoadRun
    private var rows: [ListRow] = []

    init(_ run: LoadRun) { self.run = run }

    func read() throws {
        try readRows()
        let wards = try ListWards(run.session, hub: run.hub, rows: rows)
        let load = try RegistrationLoad(run, register: .list, closesMissing: false)
        var created: [(row: ListRow, settingID: String)] = []
        var byKey: [String: ListRow] = [:]
        load.onNew = { facts, id in if let row = byKey[facts.urn] { created.append((row, id)) } }
        var keys = ListKeys(try namesByKey(), hub: run.hub)
        for row in rows {
            let key = keys.key(of: row)
            var facts = facts(row, key: key)
            if let written = row.ward, let ward = wards.find(written) {
                facts.ownPlace = Place(ward: ward.code, basis: .ward)
                facts.authorityCode = ward.authority
                facts.authorityTitle = ward.authorityName
            } else if let written = row.ward {
                run.journal.note(line: row.line, wards.remark(written))
            }
            for remark in row.remarks { run.journal.note(line: row.line, remark) }
            byKey[key] = row
            if let reason = try load.take(RegisterRecord(facts)) {
                run.journal.reject(line: row.line, reason, row.fields)
            }
        }
        try load.finish()
        try ListDuplicates(run).offer(created)
    }

    private func readRows() throws {
        let mapping = run.mapping ?? ListMapping()
        var places: [ListField: Int] = [:]
        try Table.read(
            run.source, header: mapping.spec, progress: run.reading,
            start: { header in
                run.journal.headerIs(header.names)
                places = mapping.places(in: header)
                let used = Set(places.values)
                let left = header.names.enumerated().filter { !used.contains($0.offset) && !$0.element.isEmpty }.map(
                    \.element)
                if !left.isEmpty {
                    run.journal.note(line: header.line, "Columns left out: \(left.joined(separator: ", ")).")
                }
            },
            { row, _ in
                run.journal.countRead()
                do {
                    rows.append(try ListRow(row, places))
                } catch let problem as RowProblem {
                    run.journal.reject(line: row.line, problem.reason, row.fields)
                }
            })
    }

    private func facts(_ row: ListRow, key: String) -> RegisterFacts {
        var facts = RegisterFacts()
        facts.line = row.line
        facts.urn = key
        facts.name = row.name
        facts.kind = row.typeWords
        facts.type = row.type
        facts.address = row.address
        facts.town = row.town
        facts.postcode = row.postcode
        facts.places = row.places
        facts.telephone = row.telephone
        facts.email = row.email
        facts.website = row.website
        facts.personName = row.contact
        facts.subtype = row.claims.first?.value
        facts.region = row.ward
        facts.details = row.details
        facts.claims = row.claims
        // What the council or hub lists for families of young children, unless it says it is for older ones.
        facts.isEarlyYears = row.type != .outOfSchool && row.type != .homeChildcarer && row.type != .agency
        return facts
    }

    private func namesByKey() throws -> [String: String] {
        var names: [String: String] = [:]
        try run.session.each("select urn, name, postcode from registration where register = 'list'") { row in
            names[row.text("urn")] = "\(SortKey.of(row.text("name")))|\(row.text("postcode"))"
        }
        return names
    }
}

/// Makes a key for each row that stays the same from one edition of the list to the next.
struct ListKeys {
    private let known: [String: String]
    private let prefix: String

    init(_ known: [String: String], hub: String?) {
        self.known = known
        prefix = hub.map { "\($0):" } ?? ""
    }

    /// Their own number; where the number already means something quite different (another list's), or there is none, the name
    /// and postcode.
    mutating func key(of row: ListRow) -> String {
        let name = SortKey.of(row.name ?? "")
        if let id = row.ownID {
            let key = "\(prefix)\(id)"
            guard let before = known[key] else { return key }
            let parts = before.split(separator: "|", omittingEmptySubsequences: false)
            let isLike = parts.first.map(String.init) == name || parts.last.map(String.init) == row.postcode ?? ""
            if isLike { return key }
        }
        var hash = FactsHash()
        let parts: [String?] = [name, row.postcode, name.isEmpty ? row.fields.joined(separator: "|") : nil]
        for text in parts { hash.add(text) }
        return "\(prefix)n\(FactsHash.text(hash.value))"
    }
}
