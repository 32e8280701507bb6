/// Tells, while a set of wards is being built up, whether it can still become an area of a plan below the ceiling.
///
/// For each base: the cost beyond the prices if, of the wards still undecided, exactly those were added that are worth
/// their price. A set is given up when that is too much for every base that may still lie in it.
struct PricePruning {
    private let bases: Int
    /// Per ward and base: what it adds to decide that the ward belongs.
    private let taking: [Double]
    /// Per ward and base: what it adds to decide that it does not; infinite for the base's own ward.
    private let leaving: [Double]
    private let limit: Double
    /// One row per depth of the search.
    private var rows: [Double]

    init(_ model: AreaModel, _ bound: PriceBound, ceiling: Double) {
        let all = model.basesOfWard.flatMap { $0 }
        bases = all.count
        limit = ceiling - bound.others
        var take: [Double] = []
        var leave: [Double] = []
        var start = [Double](repeating: 0, count: all.count)
        for ward in model.wardCodes.indices {
            for (position, base) in all.enumerated() {
                let beyond = model.cost.cost(base: base, ward: ward) - bound.price[ward]
                take.append(max(0, beyond))
                leave.append(model.wardOfSetting[base] == ward ? .infinity : max(0, -beyond))
                start[position] += min(0, beyond)
            }
        }
        taking = take
        leaving = leave
        rows = start
        rows += [Double](repeating: 0, count: all.count * (model.wardCodes.count + 1))
    }

    /// Decides at this depth that the ward stays out; false when no base is left for any further set.
    mutating func leave(_ ward: Int, depth: Int) -> Bool {
        var least = Double.infinity
        let row = depth * bases
        let more = ward * bases
        for base in 0..<bases {
            let value = rows[row + base] + leaving[more + base]
            rows[row + base] = value
            least = min(least, value)
        }
        return least < limit
    }

    /// Starts the next depth with the ward taken in; false when no base is left for it.
    mutating func take(_ ward: Int, depth: Int) -> Bool {
        var least = Double.infinity
        let row = depth * bases
        let more = ward * bases
        for base in 0..<bases {
            let value = rows[row + base] + taking[more + base]
            rows[row + bases + base] = value
            least = min(least, value)
        }
        return least < limit
    }

}
