/// Areas met on the way that a plan could be made of: the best choice among them often beats every plan met.
struct AreaPool {
    private(set) var areas: [WardMask: AreaColumn] = [:]
    /// Enough to choose from, few enough to choose quickly.
    private let most = 60_000

    @inline(__always)
    mutating func note(_ wards: WardMask, cost: Double, base: Int) {
        guard areas.count < most else { return }
        areas[wards] = AreaColumn(wards: wards, cost: cost, base: base)
    }
}
