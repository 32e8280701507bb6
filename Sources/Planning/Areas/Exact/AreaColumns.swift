/// A set of wards that could be an area, as a bit mask, with its best base.
struct AreaColumn {
    var wards: UInt64
    var cost: Double
    var base: Int
}

/// Finds every set of wards that could be an area: connected, within the tolerance, true to the locks, with a base,
/// and leaving behind a rest that could still be divided.
///
/// Each connected set is reached once, from its lowest ward. The work is bounded by `budget`, counted in sets looked at.
struct AreaColumns {
    /// Most wards that fit in a mask.
    static let mostWards = 64

    private let model: AreaModel
    private let around: [UInt64]
    private let all: UInt64
    private let labelWards: [UInt64]
    private let lightest: Double
    private let heaviest: Double
    private var left: Int
    private let mostColumns: Int
    private var columns: [AreaColumn] = []

    /// - Returns: nil when the budget did not suffice.
    static func find(_ model: AreaModel, budget: Int, mostColumns: Int) -> [AreaColumn]? {
        guard model.wardCodes.count <= mostWards else { return nil }
        var search = AreaColumns(model, budget, mostColumns)
        return search.run() ? search.columns : nil
    }

    private init(_ model: AreaModel, _ budget: Int, _ mostColumns: Int) {
        self.model = model
        left = budget
        self.mostColumns = mostColumns
        around = model.neighbours.map { $0.reduce(0) { $0 | 1 << UInt64($1) } }
        let count = model.wardCodes.count
        all = count == 64 ? .max : (1 << UInt64(count)) - 1
        labelWards = model.labels.indices.map { label in
            model.lockedArea.indices.reduce(0) { model.lockedArea[$1] == label ? $0 | 1 << UInt64($1) : $0 }
        }
        lightest = model.lightest
        heaviest = model.heaviest
    }

    private mutating func run() -> Bool {
        for root in model.wardCodes.indices {
            let bit = UInt64(1) << UInt64(root)
            let banned = bit | (bit - 1)
            guard model.wardWeight[root] <= heaviest else { return true }
            guard extend(bit, around[root] & ~banned, banned, model.wardWeight[root], model.lockedArea[root]) else {
                return false
            }
        }
        return true
    }

    /// - Parameters:
    ///   - reach: wards next to the set that may still join it.
    ///   - banned: wards decided already: in the set, or never to join it from here.
    private mutating func extend(
        _ set: UInt64, _ reach: UInt64, _ banned: UInt64, _ weight: Double, _ label: Int
    ) -> Bool {
        left -= 1
        guard left >= 0 else { return false }
        if weight >= lightest, !note(set, label) { return false }
        var reach = reach
        // Everything reached is settled from here on: in the set now, in it later, or never.
        let banned = banned | reach
        while reach != 0 {
            let ward = reach.trailingZeroBitCount
            let bit = UInt64(1) << UInt64(ward)
            reach &= reach - 1
            let heavier = weight + model.wardWeight[ward]
            let tied = model.lockedArea[ward]
            guard heavier <= heaviest, tied < 0 || label < 0 || tied == label else { continue }
            let fresh = around[ward] & ~banned
            guard extend(set | bit, reach | fresh, banned, heavier, max(label, tied)) else { return false }
        }
        return true
    }

    /// Keeps the set if it could be an area; false when there are too many.
    private mutating func note(_ set: UInt64, _ label: Int) -> Bool {
        if label >= 0, set & labelWards[label] != labelWards[label] { return true }
        guard restCanBeDivided(all & ~set) else { return true }
        guard let best = bestBase(set, label) else { return true }
        columns.append(AreaColumn(wards: set, cost: best.cost, base: best.base))
        return columns.count <= mostColumns
    }

    private func bestBase(_ set: UInt64, _ label: Int) -> (base: Int, cost: Double)? {
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
    private func restCanBeDivided(_ rest: UInt64) -> Bool {
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
