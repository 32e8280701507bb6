internal import Files

/// One row of Ofsted's file as facts. Throws `RowProblem` for what cannot be trusted.
enum OfstedRow {
    static func facts(_ row: borrowing Row, _ columns: OfstedIndexes) throws(RowProblem) -> RegisterFacts {
        var facts = RegisterFacts()
        facts.line = row.line
        facts.absent = columns.absent
        let kind = row.text(columns.kind, folding: true)
        facts.kind = kind.isEmpty ? nil : OfstedWords.kind(kind)
        facts.subtype = RowText.known(row, columns.subtype)
        guard let type = OfstedWords.type(kind, subtype: facts.subtype) else {
            throw RowProblem("“\(kind)” is not a type of provider we know.")
        }
        facts.type = type
        facts.urn = try urn(row, columns, type)
        facts.status = RowText.known(row, columns.status)
        facts.isClosed = isClosed(facts.status)
        facts.registeredOn = try day(row, columns.registeredOn, "registration date")
        try registers(row, columns, &facts)
        try name(row, columns, &facts)
        facts.places = try places(row, columns.places)
        facts.deprivationBand = RowText.known(row, columns.band)
        facts.region = RowText.known(row, columns.region)
        facts.authorityName = RowText.known(row, columns.authority)
        if let onRoll = RowText.known(row, columns.onRoll) { facts.details = "childminders on roll: \(onRoll)" }
        facts.inspections = try columns.inspections.read(row)
        if let ward = RowText.known(row, columns.ward) {
            facts.ownPlace = Place(
                latitude: row.double(columns.lat), longitude: row.double(columns.lon), ward: ward,
                lsoa: RowText.known(row, columns.lsoa), basis: .register)
        }
        return facts
    }

    private static func urn(
        _ row: borrowing Row, _ columns: OfstedIndexes, _ type: SettingType
    ) throws(RowProblem) -> String {
        let text = row.text(columns.urn)
        if type != .agency, isPlain(text) { return text }
        guard let urn = URN(text, in: type == .agency ? .agency : .ofsted) else {
            throw RowProblem(text.isEmpty ? "The row has no URN." : "“\(text)” is not a URN of this register.")
        }
        return urn.value
    }

    /// Whether it is an Ofsted number just as the register writes nearly all of them: `EY` and six figures, or six or seven.
    private static func isPlain(_ text: String) -> Bool {
        let bytes = text.utf8
        var figures = bytes[...]
        if bytes.count == 8, bytes.starts(with: [UInt8(ascii: "E"), UInt8(ascii: "Y")]) {
            figures = bytes.dropFirst(2)
        }
        return (figures.count == 6 || figures.count == 7) && figures.allSatisfy { $0 >= 48 && $0 <= 57 }
    }

    private static func name(
        _ row: borrowing Row, _ columns: OfstedIndexes, _ facts: inout RegisterFacts
    ) throws(RowProblem) {
        facts.name = RowText.known(row, columns.name)
        facts.personURN = RowText.known(row, columns.personURN)
        facts.personName = RowText.known(row, columns.personName)
        let lines = [
            RowText.known(row, columns.line1), RowText.known(row, columns.line2), RowText.known(row, columns.line3),
        ]
        for case let line? in lines where RowText.isDamagedHouseNumber(line) {
            throw RowProblem("“\(line)” in the address was a house number that a spreadsheet made into a date.")
        }
        facts.address = RowText.address(lines)
        facts.town = RowText.known(row, columns.town).map(RowText.town)
        facts.postcode = RowText.postcode(row, columns.postcode)
        facts.telephone = RowText.known(row, columns.telephone)
    }

    private static func registers(
        _ row: borrowing Row, _ columns: OfstedIndexes, _ facts: inout RegisterFacts
    ) throws(RowProblem) {
        let combination = RowText.known(row, columns.combination)
        if columns.early != nil {
            facts.registers = OfstedWords.registers(
                early: try flag(row, columns.early, "Early Years Register flag"),
                compulsory: try flag(row, columns.compulsory, "Compulsory Childcare Register flag"),
                voluntary: try flag(row, columns.voluntary, "Voluntary Childcare Register flag"))
        }
        if let combination {
            guard let told = OfstedWords.combination(combination) else {
                throw RowProblem("“\(combination)” is not a combination of registers we know.")
            }
            if facts.registers == nil { facts.registers = told }
        }
        facts.isEarlyYears = facts.registers?.hasPrefix("EYR") ?? false
    }

    private static func flag(_ row: borrowing Row, _ index: Int?, _ name: String) throws(RowProblem) -> Bool {
        if row.equals(index, "Y") { return true }
        if row.equals(index, "N") || row.isEmpty(index) || row.equals(index, "-") { return false }
        switch row.text(index).lowercased() {
        case "y", "yes", "true": return true
        case "n", "no", "false": return false
        default: throw RowProblem("“\(row.text(index))” in the \(name) is neither Y nor N.")
        }
    }

    static func places(_ row: borrowing Row, _ index: Int?) throws(RowProblem) -> Int? {
        if index == nil || row.isEmpty(index) || row.equals(index, "-") || row.equals(index, "REDACTED") { return nil }
        guard let places = row.int(index), (0...100_000).contains(places) else {
            throw RowProblem("“\(row.text(index))” is not a number of places.")
        }
        return places
    }

    static func day(_ row: borrowing Row, _ index: Int?, _ what: String) throws(RowProblem) -> String? {
        switch RowText.day(row, index) {
        case .none: return nil
        case .day(let iso): return iso
        case .wrong(let text): throw RowProblem("“\(text)” is not a day (\(what)).")
        }
    }

    private static func isClosed(_ status: String?) -> Bool {
        switch status?.lowercased() {
        case "resigned", "cancelled", "canceled", "closed": true
        default: false
        }
    }
}
