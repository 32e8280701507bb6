/// Chooses the areas that together hold every ward exactly once, at least cost: an exact answer by Lagrangian bounds
/// and branching (Fisher 1981; Mehrotra, Johnson and Nemhauser 1998 for districts as columns).
struct Partition {
    enum Answer {
        /// The best choice below the ceiling; no better one exists among the columns.
        case optimal([AreaColumn])
        /// No choice below the ceiling holds every ward exactly once.
        case impossible
        /// The work ran out: the best choice found, if any, and what no choice can be cheaper than.
        case stopped([AreaColumn]?, bound: Double)
    }

    struct Priced {
        var column: AreaColumn
        /// Its cost less the prices of its wards.
        var reduced: Double
    }

    let wards: Int
    let count: Int
    /// What each ward is reckoned to cost; any prices give a valid bound, good ones a close bound.
    var price: [Double]
    /// Only choices that cost less than this are of use.
    var ceiling: Double
    var found: [AreaColumn]?
    /// Columns that may still be looked at.
    var left: Int
    var whole: [WardMask: Priced] = [:]

    /// - Parameters:
    ///   - price: a guess of what each ward costs, to start from.
    ///   - ceiling: only choices that cost less are looked for; infinite to find any.
    ///   - anyWillDo: stop at the first choice.
    static func solve(
        _ columns: [AreaColumn], price: [Double], count: Int, ceiling: Double, budget: Int, anyWillDo: Bool = false
    ) -> Answer {
        var search = Partition(wards: price.count, count: count, price: price, ceiling: ceiling, left: budget)
        return search.run(columns, anyWillDo)
    }

    private mutating func run(_ all: [AreaColumn], _ anyWillDo: Bool) -> Answer {
        var columns = all
        if !ceiling.isFinite {
            // Bounds need something to beat: find any choice first.
            guard branch(&columns, firstWillDo: true) else { return .stopped(found, bound: 0) }
            guard found != nil else { return .impossible }
            if anyWillDo { return found.map { .optimal($0) } ?? .impossible }
        }
        let bound = tighten(&columns)
        guard branch(&columns, firstWillDo: false) else { return .stopped(found, bound: max(0, min(bound, ceiling))) }
        return found.map { .optimal($0) } ?? .impossible
    }

    /// Raises the bound by subgradient steps, dropping columns that cannot be part of a choice below the ceiling.
    private mutating func tighten(_ columns: inout [AreaColumn]) -> Double {
        var best = -Double.infinity
        var bestPrice = price
        var stride = 1.0
        var idle = 0
        for _ in 0..<500 {
            left -= columns.count
            guard left > 0 else { break }
            let table = PriceTable(price)
            var least = LeastColumns(most: count)
            for column in columns { least.offer(column, column.cost - table.sum(column.wards)) }
            // Fewer columns than areas: no choice is left.
            guard least.isFull else {
                columns = []
                return ceiling
            }
            let total = price.reduce(0, +)
            let bound = total + least.sum
            var miss = [Double](repeating: 1, count: wards)
            for item in least.items { Self.subtract(item.column.wards, from: &miss) }
            let norm = miss.reduce(0) { $0 + $1 * $1 }
            if norm == 0 { keep(least.items.map(\.column)) }
            if bound > best {
                idle = bound > best + 1e-5 * abs(best) ? 0 : idle + 1
                best = bound
                bestPrice = price
                // With a column forced in, the bound is its own reduced cost and the least of the others'.
                let others = bound - least.largest
                columns.removeAll { others + $0.cost - table.sum($0.wards) >= ceiling }
            } else {
                idle += 1
            }
            if norm == 0 || best >= ceiling { break }
            if idle >= 10 {
                stride /= 2
                idle = 0
                price = bestPrice
                if stride < 0.002 { break }
            }
            let step = stride * max(ceiling - bound, 1e-9) / norm
            for ward in 0..<wards { price[ward] += step * miss[ward] }
        }
        price = bestPrice
        return best
    }

    private static func subtract(_ mask: WardMask, from miss: inout [Double]) {
        var bits = mask
        while bits != 0 {
            miss[bits.trailingZeroBitCount] -= 1
            bits &= bits - 1
        }
    }

    /// Takes a choice as the one to beat if it is cheaper.
    mutating func keep(_ choice: [AreaColumn]) {
        let cost = choice.reduce(0) { $0 + $1.cost }
        // A gain below a billionth is rounding, not a better plan.
        guard cost < ceiling else { return }
        found = choice
        ceiling = cost * (1 - 1e-9)
    }
}

/// The few columns of least reduced cost.
private struct LeastColumns {
    let most: Int
    private(set) var items: [Partition.Priced] = []
    private var bar = Double.infinity

    init(most: Int) { self.most = most }

    var isFull: Bool { items.count == most }
    var sum: Double { items.reduce(0) { $0 + $1.reduced } }
    var largest: Double { items.last?.reduced ?? 0 }

    @inline(__always)
    mutating func offer(_ column: AreaColumn, _ reduced: Double) {
        if reduced < bar || items.count < most { insert(column, reduced) }
    }

    private mutating func insert(_ column: AreaColumn, _ reduced: Double) {
        var position = items.count
        while position > 0, items[position - 1].reduced > reduced { position -= 1 }
        items.insert(Partition.Priced(column: column, reduced: reduced), at: position)
        if items.count > most { items.removeLast() }
        if items.count == most { bar = items[most - 1].reduced }
    }
}
