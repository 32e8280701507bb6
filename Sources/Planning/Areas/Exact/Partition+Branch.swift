extension Partition {
    /// Searches all choices that the bound does not rule out; false when the work ran out.
    mutating func branch(_ columns: inout [AreaColumn], firstWillDo: Bool) -> Bool {
        let table = PriceTable(price)
        let priced = columns.map { Priced(column: $0, reduced: $0.cost - table.sum($0.wards)) }
            .sorted { ($0.reduced, $0.column.wards) < ($1.reduced, $1.column.wards) }
        whole = Dictionary(priced.map { ($0.column.wards, $0) }, uniquingKeysWith: { one, _ in one })
        let rest = WardMask.first(wards)
        var chosen: [AreaColumn] = []
        return descend(rest, &chosen, price.reduce(0, +), priced, firstWillDo) || (firstWillDo && found != nil)
    }

    /// - Parameters:
    ///   - total: all prices and the reduced costs of what is chosen.
    ///   - list: columns within the rest, by rising reduced cost.
    /// - Returns: false to stop the search.
    private mutating func descend(
        _ rest: WardMask, _ chosen: inout [AreaColumn], _ total: Double, _ list: [Priced], _ firstWillDo: Bool
    ) -> Bool {
        let wanted = count - chosen.count
        if wanted == 1 {
            left -= 1
            if let last = whole[rest] { keep(chosen + [last.column]) }
            return left > 0 && !(firstWillDo && found != nil)
        }
        guard list.count >= wanted else { return true }
        var least = 0.0
        for item in list.prefix(wanted - 1) { least += item.reduced }
        guard total + least + list[wanted - 1].reduced < ceiling else { return true }
        left -= list.count
        guard left > 0, let ward = rarestWard(rest, list) else { return left > 0 }
        let bit = WardMask.ward(ward)
        for item in list where item.column.wards & bit != 0 {
            if total + least + item.reduced >= ceiling { break }
            let smaller = rest & ~item.column.wards
            chosen.append(item.column)
            defer { chosen.removeLast() }
            let sum = total + item.reduced
            if wanted == 2 {
                left -= 1
                if let last = whole[smaller] { keep(chosen + [last.column]) }
                if left <= 0 || (firstWillDo && found != nil) { return false }
                continue
            }
            left -= list.count
            guard left > 0 else { return false }
            let fitting = list.filter { $0.column.wards & ~smaller == 0 }
            if !descend(smaller, &chosen, sum, fitting, firstWillDo) { return false }
        }
        return true
    }

    /// The ward of the rest that the fewest columns hold; nil when some ward is held by none.
    private func rarestWard(_ rest: WardMask, _ list: [Priced]) -> Int? {
        var held = [Int](repeating: 0, count: 128)
        for item in list {
            var bits = item.column.wards
            while bits != 0 {
                held[bits.trailingZeroBitCount] += 1
                bits &= bits - 1
            }
        }
        var best: Int?
        var bits = rest
        while bits != 0 {
            let ward = bits.trailingZeroBitCount
            bits &= bits - 1
            if held[ward] == 0 { return nil }
            if held[ward] < best.map({ held[$0] }) ?? .max { best = ward }
        }
        return best
    }
}
