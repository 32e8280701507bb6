/// Two plans of one scheme side by side.
struct Comparison: Sendable {
    /// A ward that is in different areas.
    struct Difference: Sendable {
        let ward: TerritoryWard
        let first: String
        let second: String
    }

    let first: PlanPicture
    let second: PlanPicture
    let firstFigures: PlanFigures
    let secondFigures: PlanFigures
    /// For each area of the first plan, the area of the second that carries it on; nil where none does.
    let partners: [(first: Int, second: Int?)]
    /// Areas of the second plan that carry none on.
    let added: [Int]
    let differences: [Difference]

    init(_ first: PlanPicture, _ second: PlanPicture) {
        self.first = first
        self.second = second
        firstFigures = PlanFigures(first)
        secondFigures = PlanFigures(second)
        let partners = Comparison.partners(first.state, second.state)
        self.partners = partners
        let used = Set(partners.compactMap(\.second))
        added = second.state.areas.indices.filter { !used.contains($0) }
        var same: [String: String] = [:]
        for pair in partners {
            if let other = pair.second { same[first.state.areas[pair.first].id] = second.state.areas[other].id }
        }
        differences = first.territory.wards.compactMap { ward in
            let one = first.state.areaOfWard[ward.code]
            let other = second.state.areaOfWard[ward.code]
            if one == nil, other == nil { return nil }
            if let one, same[one] == other, other != nil { return nil }
            return Difference(
                ward: ward, first: first.state.area(one)?.name ?? "no area",
                second: second.state.area(other)?.name ?? "no area")
        }
    }

    /// Pairs areas by the members they share, most shared first, so that a renamed or redrawn area finds itself again.
    private static func partners(_ first: PlanState, _ second: PlanState) -> [(first: Int, second: Int?)] {
        var shared: [[Int]: Int] = [:]
        func count(_ one: [String: String], _ other: [String: String]) {
            for (member, area) in one {
                guard let here = first.position(area), let there = second.position(other[member]) else { continue }
                shared[[here, there], default: 0] += 1
            }
        }
        count(first.areaOfWard, second.areaOfWard)
        count(first.areaOfSetting, second.areaOfSetting)
        var partner = [Int?](repeating: nil, count: first.areas.count)
        var taken: Set<Int> = []
        for pair in shared.sorted(by: { ($1.value, $0.key[0], $0.key[1]) < ($0.value, $1.key[0], $1.key[1]) })
        where partner[pair.key[0]] == nil && !taken.contains(pair.key[1]) {
            partner[pair.key[0]] = pair.key[1]
            taken.insert(pair.key[1])
        }
        return partner.enumerated().map { (first: $0, second: $1) }
    }
}
