#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Simulated annealing over single wards moving between neighbouring areas, weight outside the tolerance being fined
/// more and more. The work is counted in steps, never in seconds, so that a plan does not depend on the machine.
struct Annealing {
    /// How many moves are tried.
    var steps: Int
    /// Temperature at the start as a share of a typical ward's cost.
    var heat = 0.5
    /// Whether every try chooses bases anew, or only moves that are made.
    var exact: Bool

    /// - Parameter pool: takes in the balanced areas met once it has cooled down, where wards are few enough.
    func run(
        _ start: Division, _ model: AreaModel, _ random: inout SeededGenerator, _ pool: inout AreaPool
    ) -> Division {
        var work = WorkingDivision(start, model)
        var best = start
        let wardCost = max(start.cost / Double(model.wardCodes.count), 1e-9)
        let perWeight = max(start.cost / max(model.mean * Double(model.count), 1e-9), 1e-9)
        for number in 0..<(Self.rounds + Self.repairs) {
            // From a nudge to twelve times what the weight itself costs to serve; then, warmer again, without mercy,
            // until nothing lies outside the tolerance.
            let extra = number - Self.rounds
            let cold = extra < 0 ? Double(number) / Double(Self.rounds - 1) : 0.6
            let fine = extra < 0 ? perWeight * 0.5 * exp(3.2 * cold) : perWeight * 12 * exp(0.7 * Double(extra + 1))
            if extra >= 0, work.totalExcess == 0 { break }
            let pooling = !work.mask.isEmpty && number * 3 >= Self.rounds * 2
            round(&work, wardCost * heat * exp(-6.5 * cold), fine, &random, pooling, &pool)
            if number * 2 >= Self.rounds, let now = Division(work.areaOf, model) {
                if now.isBetter(than: best) { best = now }
                work.reset(to: now)
            }
        }
        return best
    }

    private static let rounds = 60
    /// Most additional rounds for weight that still lies outside the tolerance.
    private static let repairs = 12

    private func round(
        _ work: inout WorkingDivision, _ temperature: Double, _ fine: Double, _ random: inout SeededGenerator,
        _ pooling: Bool, _ pool: inout AreaPool
    ) {
        let model = work.model
        for _ in 0..<max(1, steps / Self.rounds) {
            let ward = random.index(below: model.wardCodes.count)
            let around = model.neighbours[ward]
            guard !around.isEmpty, work.isMovable(ward) else { continue }
            let from = work.areaOf[ward]
            let to = work.areaOf[around[random.index(below: around.count)]]
            guard to != from else { continue }
            let fined = fine * work.excessMore(ward, to: to)
            let kept = exact ? nil : work.costMoreKeepingBases(ward, to: to)
            let more = (kept ?? work.costMore(ward, to: to)) + fined
            guard more <= 0 || random.unit() < exp(-more / temperature) else { continue }
            guard work.staysConnected(without: ward) else { continue }
            work.move(ward, to: to)
            guard pooling else { continue }
            for area in [from, to] where model.excess(work.weight[area]) == 0 {
                pool.note(work.mask[area], cost: work.cost[area], base: work.base[area])
            }
        }
    }
}
