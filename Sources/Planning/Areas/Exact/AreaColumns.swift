/// A set of wards that could be an area, as a bit mask, with its best base.
struct AreaColumn {
    var wards: WardMask
    var cost: Double
    var base: Int
}

/// Finds every set of wards that could be an area: connected, within the tolerance, true to the locks, with a base,
/// and leaving behind a rest that could still be divided.
///
/// Each connected set is reached once, from its lowest ward. The work is bounded by `budget`, not by a clock.
struct AreaColumns {
    /// Most wards that fit in a mask.
    static let mostWards = 128

    private let model: AreaModel
    private let around: [WardMask]
    private let all: WardMask
    private let labelWards: [WardMask]
    private let lightest: Double
    private let heaviest: Double
    private var left: Int
    /// Units of work for one set.
    private let work: Int
    private let mostColumns: Int
    private var pruning: PricePruning?
    private var columns: [AreaColumn] = []

    /// - Parameter pruning: leaves out what cannot be part of a plan below a ceiling.
    /// - Returns: nil when the budget did not suffice.
    static func find(
        _ model: AreaModel, budget: Int, mostColumns: Int, pruning: PricePruning? = nil
    ) -> [AreaColumn]? {
        guard model.wardCodes.count <= mostWards else { return nil }
        var search = AreaColumns(model, budget, mostColumns, pruning)
        return search.run() ? search.columns : nil
    }

    private init(_ model: AreaModel, _ budget: Int, _ mostColumns: Int, _ pruning: PricePruning?) {
        self.model = model
        self.pruning = pruning
        left = budget
        work = 1 + (pruning == nil ? 0 : model.basesOfWard.reduce(0) { $0 + $1.count } / 64)
        self.mostColumns = mostColumns
        around = model.neighbours.map { WardMask($0) }
        let count = model.wardCodes.count
        all = .first(count)
        labelWards = model.labels.indices.map { label in
            WardMask(model.lockedArea.indices.filter { model.lockedArea[$0] == label })
        }
        lightest = model.lightest
        heaviest = model.heaviest
    }

    private mutating func run() -> Bool {
        for root in model.wardCodes.indices {
            let bit = WardMask.ward(root)
            let banned = bit | (bit - 1)
            // A ward too heavy for any area: there is no plan.
            guard model.wardWeight[root] <= heaviest else { return true }
            if pruning?.take(root, depth: 0) ?? true,
                !extend(bit, around[root] & ~banned, banned, model.wardWeight[root], model.lockedArea[root], 1)
            {
                return false
            }
            // Sets from here on do without this ward.
            guard pruning?.leave(root, depth: 0) ?? true else { return true }
        }
        return true
    }

    /// - Parameters:
    ///   - reach: wards next to the set that may still join it.
    ///   - banned: wards decided already: in the set, or never to join it from here.
    private mutating func extend(
        _ set: WardMask, _ reach: WardMask, _ banned: WardMask, _ weight: Double, _ label: Int, _ depth: Int
    ) -> Bool {
        left -= work
        guard left >= 0 else { return false }
        if weight >= lightest, !note(set, label) { return false }
        var reach = reach
        // Everything reached is settled from here on: in the set now, in it later, or never.
        let banned = banned | reach
        while reach != 0 {
            let ward = reach.trailingZeroBitCount
            let bit = WardMask.ward(ward)
            reach &= reach - 1
            let heavier = weight + model.wardWeight[ward]
            let tied = model.lockedArea[ward]
            if heavier <= heaviest, tied < 0 || label < 0 || tied == label, pruning?.take(ward, depth: depth) ?? true {
                let fresh = around[ward] & ~banned
                guard extend(set | bit, reach | fresh, banned, heavier, max(label, tied), depth + 1) else {
                    return false
                }
            }
            guard pruning?.leave(ward, depth: depth) ?? true else { break }
        }
        return true
    }

    /// Keeps the set if it could be an area; false when there are too many.
    private mutating func note(_ set: WardMask, _ label: Int) -> Bool {
        if label >= 0, set & labelWards[label] != labelWards[label] { return true }
        guard restCanBeDivided(all & ~set) else { return true }
        left -= set.nonzeroBitCount
        guard let best = bestBase(set, label) else { return true }
        columns.append(AreaColumn(wards: set, cost: best.cost, base: best.base))
        return columns.count <= mostColumns
    }

    private func bestBase(_ set: WardMask, _ label: Int) -> (base: Int, cost: Double)? {
        var wards: [Int] = []
        wards.reserveCapacity(set.nonzeroBitCount)
        var bits = set
        while bits != 0 {
            wards.append(bits.trailingZeroBitCount)
            bits &= bits - 1
        }
        return model.bestBase(wards, area: label < 0 ? nil : label)
    }

    /// Whether the pieces of the rest could hold the other areas, going by weight alone.
    private func restCanBeDivided(_ rest: WardMask) -> Bool {
        let others = model.count - 1
        guard rest != 0 else { return others == 0 }
        var waiting = rest
        var fewest = 0
        var most = 0
        while waiting != 0 {
            var piece = waiting & (~waiting + 1)
            var edge = piece
            var weight = 0.0
            while edge != 0 {
                let ward = edge.trailingZeroBitCount
                edge &= edge - 1
                weight += model.wardWeight[ward]
                let fresh = around[ward] & waiting & ~piece
                piece |= fresh
                edge |= fresh
            }
            waiting &= ~piece
            let size = piece.nonzeroBitCount
            let least = heaviest > 0 ? Int(min(1e6, (weight / heaviest).rounded(.up))) : 1
            let greatest = lightest > 0 ? Int(min(1e6, (weight / lightest).rounded(.down))) : size
            guard max(1, least) <= min(size, greatest) else { return false }
            fewest += max(1, least)
            most += min(size, greatest)
        }
        return fewest <= others && others <= most
    }
}
