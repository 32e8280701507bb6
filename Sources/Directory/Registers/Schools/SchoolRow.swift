internal import Files

/// One row of the schools' register as facts (domain §6, "GIAS").
enum SchoolRow {
    static func facts(_ row: borrowing Row, _ header: HeaderMatch) throws(RowProblem) -> RegisterFacts {
        var facts = RegisterFacts()
        facts.line = row.line
        facts.absent = absent(header)
        facts.isSureOfAge = header["NurseryProvision (name)"] != nil && header["StatutoryLowAge"] != nil
        let number = row.text(header["URN"])
        guard let urn = URN(number, in: .gias) else {
            throw RowProblem(number.isEmpty ? "The row has no URN." : "“\(number)” is not a school’s URN.")
        }
        facts.urn = urn.value
        guard let name = RowText.known(row, header["EstablishmentName"]) else {
            throw RowProblem("The school has no name.")
        }
        facts.name = name
        let status = RowText.known(row, header["EstablishmentStatus (name)"]) ?? ""
        facts.status = status
        guard let isClosed = isClosed(status) else { throw RowProblem("“\(status)” is not a status we know.") }
        facts.isClosed = isClosed
        let phase = told(row, header["PhaseOfEducation (name)"])
        facts.kind = told(row, header["TypeOfEstablishment (name)"])
        facts.subtype = phase
        facts.type = type(code: row.int(header["TypeOfEstablishment (code)"]), name: facts.kind ?? "", phase: phase)
        facts.registeredOn = try OfstedRow.day(row, header["OpenDate"], "opening date")
        facts.authorityName = RowText.known(row, header["LA (name)"])
        facts.authorityCode = told(row, header["GSSLACode (name)"]).map(CodeChange.kept)
        facts.region = told(row, header["GOR (name)"])
        address(row, header, &facts)
        ages(row, header, &facts, phase)
        facts.ownPlace = place(row, header)
        return facts
    }

    private static func absent(_ header: HeaderMatch) -> [RegisterFacts.Absent] {
        let told: [(RegisterFacts.Absent, String)] = [
            (.kind, "TypeOfEstablishment (name)"), (.address, "Street"), (.town, "Town"), (.postcode, "Postcode"),
            (.region, "GOR (name)"), (.telephone, "TelephoneNum"), (.website, "SchoolWebsite"),
            (.details, "StatutoryLowAge"),
            (.registeredOn, "OpenDate"),
        ]
        return told.compactMap { header[$0.1] == nil ? $0.0 : nil }
    }

    /// Open schools, with those that will close, are open; a school proposed to open is not open yet. Nil for another word.
    static func isClosed(_ status: String) -> Bool? {
        switch status.lowercased() {
        case "open", "open, but proposed to close", "open but proposed to close": false
        case "closed", "proposed to open", "proposed": true
        default: nil
        }
    }

    static func type(code: Int?, name: String, phase: String?) -> SettingType {
        let words = name.lowercased()
        if code == 47 || code == 48 || words.hasPrefix("children's centre") { return .childrensCentre }
        if code == 15 || phase == "Nursery" || words == "local authority nursery school" { return .nurserySchool }
        // 7 community, 8 non-maintained, 10 independent, 12 foundation, 33 and 44 academies, 36 free schools: all special.
        let special: Set<Int> = [7, 8, 10, 12, 33, 36, 44]
        if code.map(special.contains) == true || words.contains("special") { return .specialSchool }
        return .school
    }

    /// The text, or nil where the register has a word for not knowing.
    private static func told(_ row: borrowing Row, _ index: Int?) -> String? {
        guard let text = RowText.known(row, index) else { return nil }
        return text == "Not applicable" || text == "Does not apply" || text == "999999" || text == "999999999"
            ? nil : text
    }

    private static func address(_ row: borrowing Row, _ header: HeaderMatch, _ facts: inout RegisterFacts) {
        facts.address = RowText.address([
            told(row, header["Street"]), told(row, header["Locality"]), told(row, header["Address3"]),
        ])
        facts.town = told(row, header["Town"]).map(RowText.town)
        facts.postcode = RowText.postcode(row, header["Postcode"])
        if let number = told(row, header["TelephoneNum"]) {
            // The register leaves the leading nought out.
            facts.telephone = number.utf8.count == 10 && !number.hasPrefix("0") ? "0\(number)" : number
        }
        if let site = told(row, header["SchoolWebsite"]) {
            facts.website = site.lowercased().hasPrefix("http") ? site : "http://\(site)"
        }
    }

    /// Early years offer: phase Nursery, or nursery classes, or children from three or younger, or a reception class. None of
    /// them alone is complete (data notes on GIAS).
    private static func ages(
        _ row: borrowing Row, _ header: HeaderMatch, _ facts: inout RegisterFacts, _ phase: String?
    ) {
        let low = row.int(header["StatutoryLowAge"])
        let high = row.int(header["StatutoryHighAge"])
        let nursery = told(row, header["NurseryProvision (name)"])
        let hasReception = ["Nursery", "Primary", "All-through", "Middle deemed primary"].contains(phase ?? "")
        facts.isEarlyYears =
            hasReception || nursery == "Has Nursery Classes" || (low.map { $0 <= 3 } ?? false)
            || facts.type == .childrensCentre || facts.type == .nurserySchool
        var details: [String] = []
        if let low, let high { details.append("ages \(low) to \(high)") }
        if let nursery { details.append(nursery.lowercased()) }
        if let pupils = row.int(header["NumberOfPupils"]) { details.append("\(pupils) pupils") }
        if let closed = RowText.known(row, header["CloseDate"]) { details.append("closed \(closed)") }
        if let before = RowText.known(row, header["PredecessorURN"]) { details.append("predecessor \(before)") }
        facts.details = details.isEmpty ? nil : details.joined(separator: "; ")
    }

    private static func place(_ row: borrowing Row, _ header: HeaderMatch) -> Place? {
        var place = Place(basis: .register)
        if let latitude = row.double(header["lat"]), let longitude = row.double(header["lon"]) {
            place.latitude = latitude
            place.longitude = longitude
        } else if let east = row.double(header["Easting"]), let north = row.double(header["Northing"]),
            let found = OSGrid.toWGS84(easting: east, northing: north)
        {
            place.latitude = (found.lat * 1e6).rounded() / 1e6
            place.longitude = (found.lon * 1e6).rounded() / 1e6
        }
        place.ward = told(row, header["ward_code"])
        place.lsoa = told(row, header["lsoa21_code"])
        return place.latitude == nil && place.ward == nil ? nil : place
    }
}
