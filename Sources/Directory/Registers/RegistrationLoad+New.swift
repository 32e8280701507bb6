internal import Civil
internal import House
internal import Store

extension RegistrationLoad {
    static let registrationColumns: [StaticString] =
        ["register", "urn", "setting_id", "first_load", "last_load", "seen_day", "fingerprint"] + RegisterFacts.names

    /// Writes records that this register did not have: new settings, or more facts of settings known from another register.
    func add(_ batch: [RegisterRecord]) throws {
        let matches = try joinListed(batch, matches(of: batch))
        let places = try finder(for: batch)
        var registrations: [(record: RegisterRecord, settingID: String)] = []
        var attached: [(record: RegisterRecord, settingID: String)] = []
        registrations.reserveCapacity(batch.count)
        for record in batch {
            if let settingID = matches[record.facts.urn] {
                attached.append((record, settingID))
                continue
            }
            let id = run.tools.ids.next()
            registrations.append((record, id))
            if journal.namesMoreNew {
                journal.add(
                    LoadChange(
                        what: .new, register: register.rawValue, urn: record.facts.urn, settingID: run.keeps ? id : nil,
                        name: record.facts.name ?? record.facts.type.name, field: nil, before: nil, after: nil))
            }
        }
        if run.keeps {
            try writeSettings(registrations, places)
            try writeRegistrations(registrations + attached)
            for (record, id) in attached { try attach(record.facts, to: id, places) }
        }
        guard let onNew else { return }
        for (record, id) in registrations { try onNew(record.facts, id) }
    }

    private func writeSettings(
        _ registrations: [(record: RegisterRecord, settingID: String)], _ places: [String: Place]
    ) throws {
        if registrations.isEmpty { return }
        let now = run.now.bound
        let edition = run.edition.bound
        let hub = run.hub.bound
        let version = try run.version()
        try session.insert(into: "setting", SettingRow.columns) { writer in
            for (record, id) in registrations {
                let place = place(of: record.facts, among: places)
                try writer.add(
                    SettingRow.values(
                        id: id, of: record.facts, place: place, hub: hub, version: version, now: now, checkedOn: edition
                    ))
            }
        }
    }

    private func writeRegistrations(_ registrations: [(record: RegisterRecord, settingID: String)]) throws {
        let edition = run.edition.bound
        let load = run.id.bound
        let register = Value.text(register.rawValue)
        try session.insert(into: "registration", RegistrationLoad.registrationColumns) { writer in
            for (record, id) in registrations {
                let key: [Value] = [
                    register, .text(record.facts.urn), .text(id), load, load, edition,
                    .text(FactsHash.text(record.fingerprint)),
                ]
                try writer.add(record.facts.values(after: key))
            }
        }
        try RegisterPlace.keep(registrations.compactMap(\.record.ownPlace), self.register, in: session)
        try session.insert(into: "inspection", Inspection.columns) { writer in
            for (record, _) in registrations {
                let urn = Value.text(record.facts.urn)
                for inspection in record.facts.inspections {
                    try writer.add(inspection.values(register, urn, load: load))
                }
            }
        }
    }

    /// The settings that another register's number says these records belong to, by the records' own numbers.
    private func matches(of batch: [RegisterRecord]) throws -> [String: String] {
        var wanted: Set<String> = []
        for record in batch { for claim in record.facts.claims { wanted.insert(claim.value) } }
        if wanted.isEmpty { return [:] }
        var found: [URN: String] = [:]
        try Batch.each(wanted.sorted()) { numbers in
            let rows = try session.all(
                """
                select r.register, r.urn, coalesce(s.merged_into, s.id) as setting_id from registration r
                join setting s on s.id = r.setting_id where r.urn in \(keys: numbers)
                """)
            for row in rows {
                guard let register: Register = row.code("register") else { continue }
                found[URN(trusted: row.text("urn"), in: register)] = row.text("setting_id")
            }
        }
        var matches: [String: String] = [:]
        for record in batch {
            for claim in record.facts.claims {
                guard let id = found[claim] else { continue }
                matches[record.facts.urn] = id
                break
            }
        }
        return matches
    }

    /// The places of the postcodes of those that may be placed.
    func finder(for batch: [RegisterRecord]) throws -> [String: Place] {
        if !knowsPlaces { return [:] }
        var postcodes: Set<String> = []
        for record in batch where !record.facts.isSecret {
            if let postcode = record.facts.postcode { postcodes.insert(postcode) }
        }
        return try PlaceFinder(session: session).find(postcodes)
    }

    /// Where the facts of a register say it is.
    func place(of facts: RegisterFacts, among places: [String: Place]) -> Place {
        if facts.isSecret { return .nowhere }
        return Placing.place(Placing.Known(postcode: facts.postcode.flatMap { places[$0] }, own: facts.ownPlace))
    }
}
