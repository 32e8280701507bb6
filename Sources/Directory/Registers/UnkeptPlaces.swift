internal import Store

/// Map references of records that say nothing new, in a database that was loaded before they were kept: they are kept now,
/// and settings that had been left without a place get one.
final class UnkeptPlaces {
    private unowned let load: RegistrationLoad
    private var kept: Set<String>?
    private var waiting: [RegisterRecord] = []

    init(_ load: RegistrationLoad) { self.load = load }

    func take(_ record: RegisterRecord) throws {
        guard load.run.keeps else { return }
        let known = try kept ?? RegisterPlace.urns(load.register, in: load.session)
        kept = known
        if known.contains(record.facts.urn) { return }
        waiting.append(record)
        if waiting.count >= RegistrationLoad.batch { try write() }
    }

    func write() throws {
        if waiting.isEmpty { return }
        defer { waiting.removeAll(keepingCapacity: true) }
        try RegisterPlace.keep(waiting.compactMap(\.ownPlace), load.register, in: load.session)
        var ids: Set<String> = []
        try Batch.each(waiting.map(\.facts.urn)) { urns in
            let rows = try load.session.all(
                """
                select s.id from registration r join setting s on s.id = r.setting_id
                where r.register = \(load.register) and s.place_basis in ('none', 'ward', 'sector') and s.is_secret = 0
                    and r.urn in \(keys: urns)
                """)
            for row in rows { ids.insert(row.text("id")) }
        }
        try Placing.refresh(ids.sorted(), load.run)
    }
}
