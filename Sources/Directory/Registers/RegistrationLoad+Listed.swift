internal import House
internal import Store

/// Lists that came before their register: what joins by its number, and what is offered for a person to decide.
extension RegistrationLoad {
    /// The settings of lists that new records belong to, by the rule of a list that comes after its register, beside those
    /// known already.
    func joinListed(_ batch: [RegisterRecord], _ matches: [String: String]) throws -> [String: String] {
        guard register != .list else { return matches }
        var all = matches
        for record in batch where all[record.facts.urn] == nil {
            guard let listed = listed.join(record.facts.urn) else { continue }
            all[record.facts.urn] = listed.settingID
            journal.note(
                line: record.facts.line,
                "“\(listed.name ?? "A setting")” of a local list has the number \(record.facts.urn): the two are one setting.")
            // What a register knows is everybody's, whichever hub's list told of it first.
            if run.keeps {
                try session.run(
                    "update setting set hub_id = null, version = \(try run.version()) where id = \(listed.settingID)")
            }
        }
        return all
    }

    /// Offers what a list calls by a number of this register and is not joined: the number is likelier another register's, or
    /// the setting was there already. A pair is offered once.
    func offerListed() throws {
        guard register != .list else { return }
        let left = listed.left.filter { isInFile($0.number) }
        if left.isEmpty { return }
        let known = try settings(of: left.map(\.number))
        let offered = try offeredBefore(left.map(\.listed.settingID))
        var offers: [(setting: String, other: String, why: String)] = []
        for (number, listed) in left {
            let why = "The same number, \(number)"
            guard let other = known[number] else {
                journal.note(line: 0, "“\(listed.name ?? "A setting")” of a local list may be one of these. \(why).")
                continue
            }
            if other.id == listed.settingID || offered.contains([listed.settingID, other.id]) { continue }
            journal.note(
                line: 0,
                "“\(listed.name ?? "A setting")” of a local list may be “\(other.name ?? "a setting")”. \(why).")
            offers.append((listed.settingID, other.id, why))
        }
        guard run.keeps, !offers.isEmpty else { return }
        let from = try session.count("select coalesce(max(number), 0) from possible_duplicate where load_id = \(run.id)")
        let columns: [StaticString] = ["load_id", "number", "line", "setting_id", "other_id", "why"]
        try session.insert(into: "possible_duplicate", columns) { writer in
            for (place, offer) in offers.enumerated() {
                try writer.add([
                    run.id.bound, .int(from + place + 1), .int(0), offer.setting.bound, offer.other.bound, offer.why.bound,
                ])
            }
        }
    }

    private func settings(of numbers: [String]) throws -> [String: (id: String, name: String?)] {
        var found: [String: (id: String, name: String?)] = [:]
        try Batch.each(numbers) { batch in
            let rows = try session.all(
                """
                select r.urn, s.name, coalesce(s.merged_into, s.id) as setting_id from registration r
                join setting s on s.id = r.setting_id where r.register = \(register) and r.urn in \(keys: batch)
                """)
            for row in rows { found[row.text("urn")] = (row.text("setting_id"), row.textOrNil("name")) }
        }
        return found
    }

    private func offeredBefore(_ ids: [String]) throws -> Set<[String]> {
        var pairs: Set<[String]> = []
        try Batch.each(ids) { batch in
            let rows = try session.all("select setting_id, other_id from possible_duplicate where setting_id in \(keys: batch)")
            for row in rows { pairs.insert([row.text("setting_id"), row.text("other_id")]) }
        }
        return pairs
    }
}
