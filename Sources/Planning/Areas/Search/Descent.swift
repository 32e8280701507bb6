/// Takes a division downhill: first less weight outside the tolerance, then less cost, by moving one ward or
/// exchanging two, until neither helps; what then still lies outside the tolerance is mended by chains of moves.
struct Descent {
    func run(_ start: Division, _ model: AreaModel) -> Division {
        var work = WorkingDivision(start, model)
        var best = start
        for _ in 0..<40 {
            while shift(&work, model) {}
            var swapped = exchange(&work, model)
            if work.totalExcess > 0 {
                var chains = Chains()
                if chains.run(&work) { swapped = true }
            }
            guard let now = Division(work.areaOf, model) else { return best }
            let better = now.isBetter(than: best)
            if better { best = now }
            if !swapped || !better { break }
            work.reset(to: now)
        }
        return best
    }

    /// Whether a change counts: the excess falls, or stays while the cost falls.
    private func helps(_ excess: Double, _ cost: () -> Double, _ model: AreaModel) -> Bool {
        let slack = model.mean * 1e-9
        if excess < -slack { return true }
        return excess <= slack && cost() < -1e-6
    }

    private func shift(_ work: inout WorkingDivision, _ model: AreaModel) -> Bool {
        var moved = false
        for ward in model.wardCodes.indices where work.isMovable(ward) {
            for area in targets(of: ward, work, model) {
                let excess = work.excessMore(ward, to: area)
                guard helps(excess, { work.costMore(ward, to: area) }, model), work.isMovable(ward),
                    work.staysConnected(without: ward)
                else { continue }
                work.move(ward, to: area)
                moved = true
                break
            }
        }
        return moved
    }

    private func exchange(_ work: inout WorkingDivision, _ model: AreaModel) -> Bool {
        var swapped = false
        for ward in model.wardCodes.indices where work.isMovable(ward) {
            for area in targets(of: ward, work, model) where swap(ward, with: area, &work, model) {
                swapped = true
                break
            }
        }
        return swapped
    }

    /// Tries to give the ward to the area and take one back; leaves everything as it was when nothing helps.
    private func swap(_ ward: Int, with area: Int, _ work: inout WorkingDivision, _ model: AreaModel) -> Bool {
        let from = work.areaOf[ward]
        guard let kept = work.costMoreKeepingBases(ward, to: area), work.staysConnected(without: ward) else {
            return false
        }
        let excess = model.excess(work.weight[from]) + model.excess(work.weight[area])
        let cost = work.cost[from] + work.cost[area]
        let given = model.wardWeight[ward]
        for back in work.members[area].sorted() where work.isMovable(back) && work.touches(back, from) {
            let difference = given - model.wardWeight[back]
            let after = model.excess(work.weight[from] - difference) + model.excess(work.weight[area] + difference)
            guard after <= excess + model.mean * 1e-9 else { continue }
            // Keeping the bases bounds the gain well enough to skip nearly all pairs.
            guard
                after < excess - model.mean * 1e-9
                    || kept + (work.costMoreKeepingBases(back, to: from) ?? -.infinity) < 0
            else { continue }
            work.move(ward, to: area)
            if work.isMovable(back), work.touches(back, from), work.staysConnected(without: back) {
                work.move(back, to: from)
                if helps(after - excess, { work.cost[from] + work.cost[area] - cost }, model) { return true }
                work.move(back, to: area)
            }
            work.move(ward, to: from)
        }
        return false
    }

    /// Areas that the ward touches, other than its own, ascending.
    private func targets(of ward: Int, _ work: WorkingDivision, _ model: AreaModel) -> [Int] {
        var areas: [Int] = []
        for other in model.neighbours[ward] {
            let area = work.areaOf[other]
            if area != work.areaOf[ward], !areas.contains(area) { areas.append(area) }
        }
        return areas.sorted()
    }
}
