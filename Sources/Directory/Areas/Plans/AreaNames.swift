internal import Planning

/// Finds a name for each area that people will know: by its largest wards, or by its corner of the hub.
enum AreaNames {
    /// One name for each group of wards, all different.
    ///
    /// - Parameter weight: what each ward counts for; the heaviest wards give the name.
    static func of(_ groups: [[String]], word: String, weight: [String: Double], in territory: Territory) -> [String] {
        if word.lowercased() == "quadrant", groups.count == 4 { return corners(groups, territory) }
        // "Stratford Olympic Park" is part of Stratford where there is a Stratford too.
        let stems = Set(territory.wards.map { stem($0.name) })
        func place(_ ward: String) -> String {
            let own = stem(ward)
            return stems.filter { own.hasPrefix("\($0) ") }.min { $0.count < $1.count } ?? own
        }
        // A stem such as "East Ham" may lie in two areas: it names the one that holds more of it.
        var shares: [[String: Double]] = groups.map { wards in
            var share: [String: Double] = [:]
            for ward in wards {
                // A ward with nothing in it still has a name.
                share[place(territory.ward(ward)?.name ?? ward), default: 0] += (weight[ward] ?? 0) + 0.001
            }
            return share
        }
        for name in Set(shares.flatMap(\.keys)) {
            let home = shares.indices.max { (shares[$0][name] ?? 0, -$0) < (shares[$1][name] ?? 0, -$1) }
            for index in shares.indices where index != home { shares[index][name] = nil }
        }
        var taken: Set<String> = []
        return groups.enumerated().map { index, wards in
            let best = shares[index].sorted { ($0.value, $1.key) > ($1.value, $0.key) }.map(\.key)
            var name = pair(best)
            if name.isEmpty || taken.contains(name) {
                let full = wards.map { territory.name(ofWard: $0) }.sorted().first { !taken.contains($0) }
                name = full ?? "\(word.prefix(1).uppercased())\(word.dropFirst()) \(index + 1)"
            }
            taken.insert(name)
            return name
        }
    }

    /// A ward's name without its compass word and without a second place: "Plaistow West & Canning Town East" is Plaistow.
    static func stem(_ ward: String) -> String {
        var words = ward.split(separator: " ").map(String.init)
        if let cut = words.firstIndex(where: { $0 == "&" || $0.lowercased() == "and" }), cut > 0 {
            words.removeSubrange(cut...)
        }
        while words.count > 1, let last = words.last, compass.contains(last.lowercased()) { words.removeLast() }
        return words.joined(separator: " ")
    }

    /// Whether a name could have been made here from these wards; one a person chose is left alone.
    static func isMade(_ name: String, from wards: [TerritoryWard]) -> Bool {
        let known = Set(wards.map(\.name) + wards.map { stem($0.name) })
        if known.contains(name) { return true }
        let parts = name.split(separator: " ").split(separator: "and").map { $0.joined(separator: " ") }
        return parts.count == 2 && parts.allSatisfy(known.contains)
    }

    /// "Stratford and Maryland": the first, and the next that does not repeat it ("Stratford Olympic Park" would).
    private static func pair(_ names: [String]) -> String {
        guard let first = names.first else { return "" }
        let second = names.dropFirst().first { !$0.hasPrefix(first) && !first.hasPrefix($0) }
        return second.map { "\(first) and \($0)" } ?? first
    }

    /// The two northern groups by west and east, then the two southern ones.
    private static func corners(_ groups: [[String]], _ territory: Territory) -> [String] {
        let middles = groups.map { wards -> (north: Double, east: Double) in
            let centres = wards.compactMap { territory.ward($0)?.centre }
            let count = Double(max(1, centres.count))
            return (
                centres.reduce(0) { $0 + $1.latitude } / count, centres.reduce(0) { $0 + $1.longitude } / count
            )
        }
        let southward = groups.indices.sorted { (middles[$0].north, -$0) > (middles[$1].north, -$1) }
        var names = [String](repeating: "", count: groups.count)
        let rows: [(wards: ArraySlice<Int>, name: String)] = [(southward[..<2], "North"), (southward[2...], "South")]
        for row in rows {
            let eastward = row.wards.sorted { (middles[$0].east, $0) < (middles[$1].east, $1) }
            for (side, index) in zip(["West", "East"], eastward) { names[index] = "\(row.name) \(side)" }
        }
        return names
    }

    private static let compass: Set<String> = ["north", "south", "east", "west", "central", "upper", "lower"]
}
