internal import House
internal import Store

/// Looks whether a list's new settings are ones we have already, and offers what looks alike for a person to decide.
struct ListDuplicates {
    private let run: LoadRun

    init(_ run: LoadRun) { self.run = run }

    func offer(_ created: [(row: ListRow, settingID: String)]) throws {
        let candidates = try candidates(for: created.map(\.row))
        var offers: [(line: Int, setting: String, other: String, why: String)] = []
        for (place, (row, id)) in created.enumerated() {
            guard let name = row.name, let postcode = row.postcode else { continue }
            for other in candidates[postcode] ?? []
            where other.id != id && !created[place...].contains(where: { $0.settingID == other.id }) {
                guard let why = NameLikeness.why(name, other.name) else { continue }
                offers.append((row.line, id, other.id, "Same postcode; \(why): “\(other.name)”"))
            }
            for earlier in created[..<place] where !run.keeps && earlier.row.postcode == postcode {
                guard let why = NameLikeness.why(name, earlier.row.name ?? "") else { continue }
                offers.append((row.line, id, earlier.settingID, "Same postcode; \(why): “\(earlier.row.name ?? "")”"))
            }
        }
        for offer in offers {
            run.journal.note(line: offer.line, "May be a setting we have already. \(offer.why).")
        }
        guard run.keeps, !offers.isEmpty else { return }
        let columns: [StaticString] = ["load_id", "number", "line", "setting_id", "other_id", "why"]
        try run.session.insert(into: "possible_duplicate", columns) { writer in
            for (number, offer) in offers.enumerated() {
                try writer.add([
                    run.id.bound, .int(number + 1), .int(offer.line), offer.setting.bound, offer.other.bound,
                    offer.why.bound,
                ])
            }
        }
    }

    private func candidates(for rows: [ListRow]) throws -> [String: [(id: String, name: String)]] {
        var found: [String: [(id: String, name: String)]] = [:]
        try Batch.each(Array(Set(rows.compactMap(\.postcode))).sorted()) { postcodes in
            let rows = try run.session.all(
                """
                select id, name, postcode from setting
                where merged_into is null and name is not null and postcode in \(keys: postcodes) order by id
                """)
            for row in rows { found[row.text("postcode"), default: []].append((row.text("id"), row.text("name"))) }
        }
        return found
    }
}

/// Whether two names could be one setting's.
enum NameLikeness {
    /// Why they are alike, in a few words; nil when they are not.
    static func why(_ one: String, _ other: String) -> String? {
        let first = SortKey.of(one)
        let second = SortKey.of(other)
        if first.isEmpty || second.isEmpty { return nil }
        if first == second { return "the same name" }
        let words = (Set(first.split(separator: " ")), Set(second.split(separator: " ")))
        let shared = words.0.intersection(words.1)
        if words.0 == words.1 { return "the same words" }
        let telling = shared.filter { !common.contains(String($0)) }
        if !telling.isEmpty && shared.count * 2 >= words.0.union(words.1).count { return "nearly the same words" }
        return isNearlySpelt(first, second) ? "nearly the same spelling" : nil
    }

    /// Words that many settings share say nothing about being the same one.
    private static let common: Set<String> = [
        "nursery", "school", "pre", "preschool", "day", "the", "and", "of", "at", "in", "group", "club", "centre",
        "children",
        "childrens", "playgroup", "play", "stay", "toddler", "toddlers", "early", "years", "childcare", "ltd",
        "limited",
    ]

    /// At most one letter in six differs, spaces left out (edit distance).
    private static func isNearlySpelt(_ one: String, _ other: String) -> Bool {
        let first = one.utf8.filter { $0 != 32 }
        let second = other.utf8.filter { $0 != 32 }
        let allowed = max(first.count, second.count) / 6
        if first.count > 120 || second.count > 120 || abs(first.count - second.count) > allowed { return false }
        var line = Array(0...second.count)
        for (i, a) in first.enumerated() {
            var corner = line[0]
            line[0] = i + 1
            for (j, b) in second.enumerated() {
                let next = min(line[j] + 1, line[j + 1] + 1, corner + (a == b ? 0 : 1))
                corner = line[j + 1]
                line[j + 1] = next
            }
        }
        return line[second.count] <= allowed
    }
}
