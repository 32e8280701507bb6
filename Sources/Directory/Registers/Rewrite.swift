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
        try writeRegistrations()
        let load = load.run.id.bound
        let register = Value.text(self.load.register.rawValue)
        try self.load.session.insert(into: "inspection", Inspection.columns) { writer in
            for (urn, inspection) in inspections {
                try writer.add(inspection.values(register, urn.bound, load: load))
            }
        }
        if settings.isEmpty { return }
        try SettingRow.write(
            settings.keys.sorted().compactMap { settings[$0] }, in: self.load.session,
            version: try self.load.run.version(),
            now: self.load.run.now, checkedOn: self.load.run.edition)
    }

    /// A registration keeps its setting and the load it first came in; all else is written anew.
    private func writeRegistrations() throws {
        let session = load.session
        try Batch.each(registrations.map(\.facts.urn)) { urns in
            try session.run("delete from registration where register = \(load.register) and urn in \(keys: urns)")
        }
        // A record that moved and gives no place any more has none: the old one was for another postcode.
        let left = registrations.filter { $0.facts.ownPlace == nil && $0.facts.postcode != $0.old.textOrNil("postcode") }
        try RegisterPlace.forget(left.map(\.facts.urn), load.register, in: session)
        try RegisterPlace.keep(
            registrations.compactMap { row in row.facts.ownPlace.map { (row.facts.urn, $0) } }, load.register, in: session)
        let register = Value.text(load.register.rawValue)
        let id = load.run.id.bound
        let edition = load.run.edition.bound
        try session.insert(into: "registration", RegistrationLoad.registrationColumns) { writer in
            for (facts, fingerprint, old) in registrations {
                let key: [Value] = [
                    register, facts.urn.bound, old["setting_id"], old["first_load"], id, edition,
                    .text(FactsHash.text(fingerprint)),
                ]
                try writer.add(facts.values(after: key))
            }
        }
    }
}
