internal import Files

internal import struct Files.Row

/// One row of a list, tidied but not yet matched with anything.
struct ListRow: Sendable {
    var line = 0
    var fields: [String] = []
    /// Their own number for it.
    var ownID: String?
    /// Numbers of registers it may be, likeliest first.
    var claims: [URN] = []
    var name: String?
    var typeWords: String?
    var type = SettingType.other
    var address: String?
    var town: String?
    var postcode: String?
    var ward: String?
    var places: Int?
    var contact: String?
    var telephone: String?
    var email: String?
    var website: String?
    var details: String?
    /// What is odd about it, though it can be taken.
    var remarks: [String] = []

    init(_ row: borrowing Row, _ places: [ListField: Int]) throws(RowProblem) {
        line = row.line
        fields = row.fields
        func text(_ row: borrowing Row, _ field: ListField) -> String? {
            RowText.known(row, places[field]).map { CSVWriter.unguarded($0) }
        }
        ownID = text(row, .id)
        name = text(row, .name)
        typeWords = text(row, .type)
        type = typeWords.map(ListWords.type) ?? .other
        address = text(row, .address)
        town = text(row, .town).map(RowText.town)
        ward = text(row, .ward)
        contact = text(row, .contact)
        telephone = text(row, .telephone)
        email = text(row, .email)
        website = text(row, .website)
        let note = text(row, .note)
        let ages = text(row, .ages).map { "ages \($0)" }
        let said = [ages, contact.map { "contact \($0)" }, note].compactMap(\.self)
        details = said.isEmpty ? nil : said.joined(separator: "; ")
        readPostcode(text(row, .postcode))
        readPlaces(text(row, .places))
        readURN(text(row, .urn))
        if name == nil && claims.isEmpty && !type.isHome {
            throw RowProblem("The row has neither a name nor an Ofsted number.")
        }
        if let address, RowText.isDamagedHouseNumber(address) {
            throw RowProblem("“\(address)” in the address was a house number that a spreadsheet made into a date.")
        }
    }

    private mutating func readPostcode(_ text: String?) {
        guard let text else { return }
        postcode = Postcode(text)?.text
        if postcode == nil { remarks.append("“\(text)” is not a postcode, so it was left out.") }
    }

    private mutating func readPlaces(_ text: String?) {
        guard let text else { return }
        places = Int(text).flatMap { (0...100_000).contains($0) ? $0 : nil }
        if places == nil { remarks.append("“\(text)” is not a number of places, so it was left out.") }
    }

    private mutating func readURN(_ text: String?) {
        guard let text else { return }
        claims = ListRow.claims(of: text, type: type)
        if claims.isEmpty && text.contains(where: \.isNumber) {
            remarks.append("“\(text)” is not a URN of any register.")
        }
    }

    /// The numbers of registers that a written number may be, likeliest first: one without letters may be Ofsted's or a
    /// school's, and the kind of setting says which to try first.
    static func claims(of text: String, type: SettingType) -> [URN] {
        let ofsted = URN(text, in: .ofsted)
        let school = URN(text, in: .gias)
        let agency = URN(text, in: .agency)
        let isSchool = type == .school || type == .nurserySchool || type == .specialSchool || type == .childrensCentre
        let first = isSchool ? [school, ofsted] : [ofsted, school]
        let claims = (first + [ofsted?.alternative, agency]).compactMap(\.self)
        return claims + claims.filter { $0.register == .ofsted }.map { URN(trusted: $0.value, in: .feed) }
    }
}
