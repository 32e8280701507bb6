internal import House

/// Two settings that met, in the order of their ids.
struct MetPair: Hashable, Comparable {
    let one: String
    let other: String

    init(_ left: String, _ right: String) {
        one = min(left, right)
        other = max(left, right)
    }

    static func < (left: MetPair, right: MetPair) -> Bool { (left.one, left.other) < (right.one, right.other) }
}

/// Who met whom in a term, and how much of it crosses sectors (`docs/rules/network-measures.md`).
struct CrossContact: Sendable {
    /// Pairs of settings that were together at least once, each once.
    let pairs: Int
    /// Those of two sectors.
    let crossing: Int
    /// Pairs that had not met in the terms looked back on.
    let new: Int
    /// New pairs of two sectors.
    let newCrossing: Int
    /// The share of pairs that would cross sectors if the same settings had come as often as they did, and met by chance; nil where nobody
    /// could have met.
    let byChance: Double?
    /// Pairs by the two sectors, both halves alike, in the order of `Sector.allCases`.
    let links: [[Int]]

    /// The share of the pairs that cross sectors.
    var share: Double? { pairs == 0 ? nil : Double(crossing) / Double(pairs) }

    /// The share beside what chance would give: 100 is as chance would, less is each among their own.
    var index: Int? {
        guard let share, let byChance, byChance > 0 else { return nil }
        return Int((share / byChance * 100).rounded())
    }

    /// - Parameters:
    ///   - sectors: the settings that count, with their sectors.
    ///   - earlier: what was before the term, for what is new in it.
    init(_ encounters: [Encounter], sectors: [String: Sector], earlier: [Encounter] = []) {
        let met = Self.pairs(encounters, among: sectors)
        let before = Self.pairs(earlier, among: sectors)
        let places = Dictionary(uniqueKeysWithValues: Sector.allCases.enumerated().map { ($1, $0) })
        func place(_ setting: String) -> Int { sectors[setting].flatMap { places[$0] } ?? 0 }
        var links = [[Int]](repeating: [Int](repeating: 0, count: Sector.allCases.count), count: Sector.allCases.count)
        var (crossing, new, newCrossing) = (0, 0, 0)
        for pair in met {
            let (one, other) = (place(pair.one), place(pair.other))
            links[one][other] += 1
            if one != other {
                links[other][one] += 1
                crossing += 1
            }
            guard !before.contains(pair) else { continue }
            new += 1
            if one != other { newCrossing += 1 }
        }
        pairs = met.count
        self.crossing = crossing
        self.new = new
        self.newCrossing = newCrossing
        self.links = links
        byChance = Self.byChance(encounters, sectors)
    }

    /// Every two settings that were at one of the encounters together.
    static func pairs(_ encounters: [Encounter], among sectors: [String: Sector]) -> Set<MetPair> {
        var met: Set<MetPair> = []
        for encounter in encounters {
            let there = encounter.parts.keys.filter { sectors[$0] != nil }.sorted()
            for (number, one) in there.enumerated() {
                for other in there.dropFirst(number + 1) { met.insert(MetPair(one, other)) }
            }
        }
        return met
    }

    /// Draw two attendances of different settings from the term: how often are the two of different sectors?
    private static func byChance(_ encounters: [Encounter], _ sectors: [String: Sector]) -> Double? {
        var visits: [String: Int] = [:]
        for encounter in encounters {
            let there = encounter.parts.keys.filter { sectors[$0] != nil }
            if there.count > 1 { for setting in there { visits[setting, default: 0] += 1 } }
        }
        let all = visits.values.reduce(0, +)
        let own = visits.values.reduce(0) { $0 + $1 * $1 }
        guard all * all > own else { return nil }
        var bySector: [Sector: Int] = [:]
        for (setting, count) in visits { if let sector = sectors[setting] { bySector[sector, default: 0] += count } }
        let same = bySector.values.reduce(0) { $0 + $1 * $1 }
        return 1 - Double(same - own) / Double(all * all - own)
    }
}
