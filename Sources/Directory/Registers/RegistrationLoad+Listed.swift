internal import House
internal import Store

/// Lists that came before their register: what joins by its number, and what is offered for a person to decide.
extension RegistrationLoad {
    /// The settings of lists that new records belong to, by the rule of a list that comes after its register, beside those
    /// known already.
    func joinListed(_ batch: [RegisterRecord], _ matches: [String: String]) throws -> [String: String] {
        if register == .list || listed.isEmpty { return matches }
        var all = matches
        for record in batch where all[record.facts.urn] == nil {
            guard let joined = listed.join(record.facts.urn) else {
                listed.compare(record.facts)
                continue
            }
            all[record.facts.urn] = joined.settingID
            journal.note(
                line: record.facts.line,
                "“\(joined.name ?? "A setting")” of a local list has the number \(record.facts.urn): the two are one setting.")
            // What a register knows is everybody's, whichever hub's list told of it first.
            if run.keeps {
                try session.run(
                    "update setting set hub_id = null, version = \(try run.version()) where id = \(joined.settingID)")
            }
        }
        return all
    }

    /// Offers settings of lists that this register may know: by a number that is likelier another register's, or that joined
    /// another row, or that stood there already; and by a like name. A pair is offered once.
    func offerListed() throws {
        if register == .list || listed.isEmpty { return }
        let open = listed.offers.filter { isInFile($0.number) }
        if open.isEmpty { return }
        let known = try settings(of: open.map(\.number))
        var offered = try offeredBefore(open.map(\.listed.settingID))
        var offers: [(setting: String, other: String, why: String)] = []
        for offer in open {
            let name = offer.listed.name ?? "A setting"
            guard let other = known[offer.number] else {
                // In a preview the register's new settings are not there yet.
                journal.note(line: 0, "“\(name)” of a local list may be in this file. \(offer.why).")
                continue
            }
            let id = offer.listed.settingID
            guard other.id != id, offered.insert([id, other.id]).inserted else { continue }
            journal.note(
                line: 0, "“\(name)” of a local list may be “\(other.name ?? "a setting")”. \(offer.why).")
            offers.append((id, other.id, offer.why))
        }
        try write(offers)
    }

    private func write(_ offers: [(setting: String, other: String, why: String)]) throws {
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

    /// Pairs of a list's setting and another that a person was or is asked about.
    private func offeredBefore(_ ids: [String]) throws -> Set<[String]> {
        var pairs: Set<[String]> = []
        try Batch.each(ids) { batch in
            let rows = try session.all("select setting_id, other_id from possible_duplicate where setting_id in \(keys: batch)")
            for row in rows { pairs.insert([row.text("setting_id"), row.text("other_id")]) }
        }
        return pairs
    }
}
