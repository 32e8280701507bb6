internal import Civil
internal import House
internal import Store

/// What a batch of changed records writes, gathered so that it takes a few statements and not a few for each record.
struct Rewrite {
    private let load: RegistrationLoad
    private var registrations: [(facts: RegisterFacts, fingerprint: UInt64, old: Row)] = []
    var settings: [String: SettingRow] = [:]
    var inspections: [(urn: String, inspection: Inspection)] = []

    init(_ load: RegistrationLoad) { self.load = load }

    mutating func add(_ facts: RegisterFacts, _ fingerprint: UInt64, _ old: Row) {
        registrations.append((facts, fingerprint, old))
    }

    func write() throws {
        let rows = RegistrationRows(load.run, load.register)
        try writeRegistrations(rows)
        for (urn, inspection) in inspections { rows.add(inspection, of: urn) }
        try rows.write()
        if settings.isEmpty { return }
        try SettingRow.write(
            settings.keys.sorted().compactMap { settings[$0] }, in: self.load.session,
            version: try self.load.run.version(),
            now: self.load.run.now, checkedOn: self.load.run.edition)
    }

    /// A registration keeps its setting and the load it first came in; all else is written anew.
    private func writeRegistrations(_ rows: RegistrationRows) throws {
        let session = load.session
        try Batch.each(registrations.map(\.facts.urn)) { urns in
            try session.run("delete from registration where register = \(load.register) and urn in \(keys: urns)")
        }
        // A record that moved and gives no place any more has none: the old one was for another postcode.
        let left = registrations.filter { $0.facts.ownPlace == nil && $0.facts.postcode != $0.old.textOrNil("postcode") }
        try RegisterPlace.forget(left.map(\.facts.urn), load.register, in: session)
        try RegisterPlace.keep(
            registrations.compactMap { row in row.facts.ownPlace.map { (row.facts.urn, $0) } }, load.register, in: session)
        for (facts, fingerprint, old) in registrations {
            rows.add(facts, fingerprint, settingID: old.textOrNil("setting_id"), firstLoad: old.textOrNil("first_load"))
        }
    }
}
