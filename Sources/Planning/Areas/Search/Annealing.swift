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

    func run(_ start: Division, _ model: AreaModel, _ random: inout SeededGenerator) -> Division {
        var work = WorkingDivision(start, model)
        var best = start
        let rounds = 60
        let wards = model.wardCodes.count
        let wardCost = max(start.cost / Double(wards), 1e-9)
        let perWeight = max(start.cost / max(model.mean * Double(model.count), 1e-9), 1e-9)
        for round in 0..<rounds {
            let cold = Double(round) / Double(rounds - 1)
            let temperature = wardCost * heat * exp(-6.5 * cold)
            // From a nudge to twelve times what the weight itself costs to serve.
            let fine = perWeight * 0.5 * exp(3.2 * cold)
            for _ in 0..<max(1, steps / rounds) {
                let ward = random.index(below: wards)
                let around = model.neighbours[ward]
                guard !around.isEmpty, work.isMovable(ward) else { continue }
                let area = work.areaOf[around[random.index(below: around.count)]]
                guard area != work.areaOf[ward] else { continue }
                let fined = fine * work.excessMore(ward, to: area)
                let more: Double
                if exact {
                    more = work.costMore(ward, to: area) + fined
                } else if let kept = work.costMoreKeepingBases(ward, to: area) {
                    more = kept + fined
                } else {
                    more = work.costMore(ward, to: area) + fined
                }
                guard more <= 0 || random.unit() < exp(-more / temperature) else { continue }
                guard work.staysConnected(without: ward) else { continue }
                work.move(ward, to: area)
            }
            if round * 2 >= rounds, let now = Division(work.areaOf, model) {
                if now.isBetter(than: best) { best = now }
                work.reset(to: now)
            }
        }
        return best
    }
}
