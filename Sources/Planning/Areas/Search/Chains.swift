/// Brings areas back within the tolerance by chains of moves: an area that is too heavy gives a ward to a neighbour,
/// which if need be gives one on, until the last one has room; an area that is too light takes along a chain.
struct Chains {
    /// Longest chain tried.
    private let longest = 6
    /// Moves tried for one area before it is left as it is.
    private let budget = 6_000
    private var left = 0

    /// Whether any area could be mended.
    mutating func run(_ work: inout WorkingDivision) -> Bool {
        var mended = false
        for area in work.weight.indices where work.model.excess(work.weight[area]) > 0 {
            left = budget
            for length in 1...longest where mend(area, [area], length, &work) {
                mended = true
                break
            }
        }
        return mended
    }

    /// - Parameter visited: areas of the chain so far; all but the last are within the tolerance.
    private mutating func mend(_ area: Int, _ visited: [Int], _ length: Int, _ work: inout WorkingDivision) -> Bool {
        let model = work.model
        let isHeavy = work.weight[area] > model.heaviest
        for step in isHeavy ? given(area, work) : taken(area, work)
        where !visited.contains(isHeavy ? step.to : step.from) {
            let other = isHeavy ? step.to : step.from
            guard model.excess(work.weight[area] + (isHeavy ? -step.weight : step.weight)) == 0 else { continue }
            let burden = model.excess(work.weight[other] + (isHeavy ? step.weight : -step.weight))
            // The last link must carry the burden itself.
            guard burden == 0 || length > 1 else { continue }
            guard left > 0, work.isMovable(step.ward), work.staysConnected(without: step.ward) else { continue }
            left -= 1
            work.move(step.ward, to: step.to)
            if burden == 0 || mend(other, visited + [other], length - 1, &work) { return true }
            work.move(step.ward, to: step.from)
        }
        return false
    }

    private struct Step {
        var ward: Int
        var from: Int
        var to: Int
        var weight: Double
        var metres: Double
    }

    /// Wards that the area could give to a neighbour, the cheapest first.
    private func given(_ area: Int, _ work: WorkingDivision) -> [Step] {
        var steps: [Step] = []
        for ward in work.members[area] where work.isMovable(ward) {
            for to in Set(work.model.neighbours[ward].map { work.areaOf[$0] }) where to != area {
                steps.append(step(ward, area, to, work))
            }
        }
        return sorted(steps)
    }

    /// Wards that the area could take from a neighbour, the cheapest first.
    private func taken(_ area: Int, _ work: WorkingDivision) -> [Step] {
        let around = Set(work.members[area].flatMap { work.model.neighbours[$0] })
        return sorted(
            around.filter { work.areaOf[$0] != area && work.isMovable($0) }
                .map { step($0, work.areaOf[$0], area, work) })
    }

    private func step(_ ward: Int, _ from: Int, _ to: Int, _ work: WorkingDivision) -> Step {
        Step(
            ward: ward, from: from, to: to, weight: work.model.wardWeight[ward],
            metres: work.costMoreKeepingBases(ward, to: to) ?? .infinity)
    }

    private func sorted(_ steps: [Step]) -> [Step] {
        steps.filter { $0.weight > 0 }.sorted { ($0.metres, $0.ward, $0.to) < ($1.metres, $1.ward, $1.to) }
    }
}
