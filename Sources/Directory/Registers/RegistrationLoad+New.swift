internal import Civil
internal import House
internal import Store

extension RegistrationLoad {
    /// Writes records that this register did not have: new settings, or more facts of settings known from another register.
    func add(_ batch: [RegisterRecord]) throws {
        let matches = try joinListed(batch, matches(of: batch))
        let places = try finder(for: batch)
        let order = order(batch)
        let ids = newIDs(batch, order, matches)
        for (record, id) in zip(batch, ids) where journal.namesMoreNew {
            guard let id else { continue }
            journal.add(
                LoadChange(
                    what: .new, register: register.rawValue, urn: record.facts.urn, settingID: run.keeps ? id : nil,
                    name: record.facts.name ?? record.facts.type.name, field: nil, before: nil, after: nil))
        }
        if run.keeps {
            try write(batch, order, ids, matches, places)
            for record in batch {
                if let settingID = matches[record.urn] { try attach(record.facts, to: settingID, places) }
            }
        }
        guard let onNew else { return }
        for case (let record, let id?) in zip(batch, ids) { try onNew(record.facts, id) }
    }

    /// An id for each record that brings a new setting; nil for one that belongs to a setting known already.
    ///
    /// Ids grow with the records' numbers. The tables are kept by number and by id, and a file comes in any order: rows
    /// written in the order in which they will lie cost half of what they cost one here and one there.
    private func newIDs(_ batch: [RegisterRecord], _ order: [Int], _ matches: [String: String]) -> [String?] {
        var ids = [String?](repeating: nil, count: batch.count)
        for place in order where matches[batch[place].urn] == nil { ids[place] = run.tools.ids.next() }
        return ids
    }

    /// The places of the records in the order of their numbers.
    private func order(_ batch: [RegisterRecord]) -> [Int] {
        var places: [(rank: UInt64, place: Int)] = []
        places.reserveCapacity(batch.count)
        for (place, record) in batch.enumerated() { places.append((record.rank, place)) }
        places.sort { $0 < $1 }
        return places.map(\.place)
    }

    private func write(
        _ batch: [RegisterRecord], _ order: [Int], _ ids: [String?], _ matches: [String: String],
        _ places: [String: Place]
    ) throws {
        let new = order.compactMap { place in ids[place].map { (record: batch[place], id: $0) } }
        try writeSettings(new, places)
        let rows = RegistrationRows(run, register)
        for place in order {
            let record = batch[place]
            rows.add(record.facts, record.fingerprint, settingID: ids[place] ?? matches[record.urn])
            for inspection in record.facts.inspections { rows.add(inspection, of: record.urn) }
        }
        try rows.write()
        try RegisterPlace.keep(order.compactMap { batch[$0].ownPlace }, register, in: session)
    }

    private func writeSettings(
        _ registrations: [(record: RegisterRecord, id: String)], _ places: [String: Place]
    ) throws {
        if registrations.isEmpty { return }
        let stamp = SettingRow.Stamp(
            hub: run.hub, version: try run.version(), now: run.now.iso, checkedOn: run.edition.iso)
        let rows = BulkRows(for: session.engine, columns: SettingRow.columns.count)
        for (record, id) in registrations {
            SettingRow.add(record, id: id, at: place(of: record.facts, among: places), to: rows, stamp)
        }
        try session.insert(into: "setting", SettingRow.columns, rows)
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
