internal import Civil
internal import House
internal import Store

extension RegistrationLoad {
    /// Writes records that say something else than before, fact by fact, so that the history shows what from and what to.
    func change(_ batch: [RegisterRecord]) throws {
        var held = try Held(batch, self)
        var rewrite = Rewrite(self)
        let places = try finder(for: batch)
        for record in batch {
            var facts = record.facts
            guard let old = held.registrations[facts.urn] else { continue }
            facts.fillAbsent(from: old)
            if register == .gias, facts.absent.contains(.kind) {
                facts.type = SchoolRow.type(code: nil, name: facts.kind ?? "", phase: facts.subtype)
            }
            var isChanged = noteChanges(facts, old)
            let inspections = try merge(facts, held.inspections[facts.urn] ?? [], old, &isChanged, &rewrite)
            rewrite.add(facts, record.fingerprint, old)
            if !isChanged {
                // A shorter file, or one that leaves an old inspection out, says nothing new.
                journal.countUnchangedAfterAll()
                continue
            }
            let settingID = old.text("setting_id")
            if let before = held.settings[settingID] {
                let isFirst = (held.firstRank[settingID] ?? 0) >= register.rank
                let corrections = held.corrections[settingID] ?? []
                var setting = before
                setting.take(facts, isFirst: isFirst, previous: old)
                setting.settle(place(of: facts, among: places), keeping: before, held: corrections)
                try keep(corrections, in: &setting, before: before, facts: facts)
                if held.severalRegisters.contains(settingID) {
                    setting.take(Inspection.latest(inspections + (try Inspection.of(setting: settingID, in: session))))
                } else {
                    setting.take(Inspection.latest(inspections))
                }
                if setting != before {
                    held.settings[settingID] = setting
                    rewrite.settings[settingID] = setting
                }
            }
        }
        if run.keeps { try rewrite.write() }
    }

    /// Notes each fact that differs. Returns whether any does.
    private func noteChanges(_ facts: RegisterFacts, _ old: Row) -> Bool {
        var isChanged = false
        func say(_ what: LoadChange.What, _ field: String?, _ before: String?, _ after: String?) {
            isChanged = true
            journal.add(
                LoadChange(
                    what: what, register: register.rawValue, urn: facts.urn, settingID: old.text("setting_id"),
                    name: facts.name ?? old.textOrNil("name") ?? facts.type.name, field: field, before: before,
                    after: after))
        }
        if old["gone_day"] != .null { say(.back, nil, old.textOrNil("gone_day"), nil) }
        for (name, value) in zip(RegisterFacts.names, facts.values) {
            let column = "\(name)"
            if old[column] != value { say(.changed, column, old.textOrNil(column), value.text) }
        }
        return isChanged
    }

    /// Adds new inspections to those known; one known before is filled in, never thinned out. Returns all of them.
    private func merge(
        _ facts: RegisterFacts, _ known: [Inspection], _ old: Row, _ isChanged: inout Bool,
        _ rewrite: inout Rewrite
    ) throws -> [Inspection] {
        var all = known
        for told in facts.inspections {
            let place = all.firstIndex { $0.isSameVisit(as: told) }
            let whole = place.map { told.filled(from: all[$0]) } ?? told
            if let place {
                if all[place] == whole { continue }
                isChanged = true
                if run.keeps { try remove(all[place], urn: facts.urn) }
                all[place] = whole
            } else {
                all.append(whole)
                isChanged = true
                journal.add(
                    LoadChange(
                        what: .changed, register: register.rawValue, urn: facts.urn, settingID: old.text("setting_id"),
                        name: facts.name ?? old.textOrNil("name") ?? facts.type.name, field: "inspection", before: nil,
                        after: "\(whole.framework.name), \(whole.day?.medium ?? whole.onDay): \(whole.summary)"))
            }
            rewrite.inspections.append((facts.urn, whole))
        }
        return all
    }

    private func remove(_ inspection: Inspection, urn: String) throws {
        try session.run(
            """
            delete from inspection where register = \(register) and urn = \(urn) and framework = \(inspection.framework)
                and on_day = \(inspection.onDay) and number = \(inspection.number)
            """)
    }
}

/// What the database holds of a batch of changed records, read together.
private struct Held {
    var registrations: [String: Row] = [:]
    var settings: [String: SettingRow] = [:]
    var corrections: [String: [HeldFact]] = [:]
    var inspections: [String: [Inspection]] = [:]
    /// The rank of the register whose word counts first for a setting.
    var firstRank: [String: Int] = [:]
    var severalRegisters: Set<String> = []

    init(_ batch: [RegisterRecord], _ load: RegistrationLoad) throws {
        let session = load.session
        try Batch.each(batch.map(\.facts.urn)) { urns in
            for row in try session.all(
                "select * from registration where register = \(load.register) and urn in \(keys: urns)")
            {
                registrations[row.text("urn")] = row
            }
            for row in try session.all(
                "select * from inspection where register = \(load.register) and urn in \(keys: urns)")
            {
                if let inspection = Inspection(row) { inspections[row.text("urn"), default: []].append(inspection) }
            }
        }
        let ids = Array(Set(registrations.values.map { $0.text("setting_id") }))
        try Batch.each(ids) { ids in
            for row in try session.all("select * from setting where id in \(keys: ids)") {
                settings[row.text("id")] = SettingRow(row)
            }
            for row in try session.all("select setting_id, register from registration where setting_id in \(keys: ids)") {
                let id = row.text("setting_id")
                let rank = row.code("register", as: Register.self)?.rank ?? 9
                if let before = firstRank[id] {
                    severalRegisters.insert(id)
                    firstRank[id] = min(before, rank)
                } else {
                    firstRank[id] = rank
                }
            }
        }
        corrections = try load.corrections(of: ids)
    }
}
