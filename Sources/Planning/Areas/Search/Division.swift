/// The wards given to areas, with bases: a point of the search.
struct Division: Sendable {
    /// Area number of each ward.
    var areaOf: [Int]
    /// Setting number of each area's base.
    var bases: [Int]
    /// Weight x metres of the whole.
    var cost: Double
    /// Sum over the areas of the weight that lies outside the tolerance.
    var excess: Double

    /// Reckons bases, cost and excess afresh; nil when an area is empty or has no possible base.
    init?(_ areaOf: [Int], _ model: AreaModel) {
        self.areaOf = areaOf
        bases = []
        cost = 0
        excess = 0
        for (area, wards) in Self.members(areaOf, model.count).enumerated() {
            guard let best = model.bestBase(wards, area: area) else { return nil }
            bases.append(best.base)
            cost += best.cost
            excess += model.excess(wards.reduce(0) { $0 + model.wardWeight[$1] })
        }
    }

    /// Wards of each area, ascending.
    static func members(_ areaOf: [Int], _ count: Int) -> [[Int]] {
        var members = [[Int]](repeating: [], count: count)
        for (ward, area) in areaOf.enumerated() { members[area].append(ward) }
        return members
    }

    /// Less excess first, then less cost; differences below a billionth are rounding.
    func isBetter(than other: Division) -> Bool {
        let slack = 1e-9 * max(1, abs(excess), abs(other.excess))
        if excess < other.excess - slack { return true }
        if excess > other.excess + slack { return false }
        return cost < other.cost - 1e-9 * max(1, other.cost)
    }
}
