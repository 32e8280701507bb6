#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// A first division of a large territory: cut it in two connected parts of the right weight, and each part again.
///
/// Growing three hundred areas at once leaves the last ones without room; cutting balances the country first, then the
/// regions, then the neighbourhoods.
struct Bisection {
    let model: AreaModel
    let places: WardPlaces
    /// Directions tried for each cut.
    private let directions = 8

    func run() -> [Int] {
        var areaOf = [Int](repeating: 0, count: model.wardCodes.count)
        var waiting: [(wards: [Int], first: Int, count: Int)] = [(Array(areaOf.indices), 0, model.count)]
        while let part = waiting.popLast() {
            if part.count == 1 || part.wards.count <= 1 {
                for ward in part.wards { areaOf[ward] = part.first }
                continue
            }
            let half = part.count / 2
            let cut = cut(part.wards, share: Double(half) / Double(part.count))
            waiting.append((cut.one, part.first, half))
            waiting.append((cut.other, part.first + half, part.count - half))
        }
        return areaOf
    }

    /// The straightest cut that comes near the share: few neighbours separated, weight close to what it should be.
    private func cut(_ wards: [Int], share: Double) -> (one: [Int], other: [Int]) {
        let total = wards.reduce(0) { $0 + model.wardWeight[$1] }
        var inPart = [Bool](repeating: false, count: model.wardCodes.count)
        for ward in wards { inPart[ward] = true }
        var best: (score: Double, one: [Int])?
        for direction in 0..<(2 * directions) {
            let angle = Double(direction) * .pi / Double(directions)
            var goal = total * share
            for _ in 0..<4 {
                let one = grow(wards, inPart, goal, cos(angle), sin(angle))
                guard !one.isEmpty, one.count < wards.count else { break }
                let weight = one.reduce(0) { $0 + model.wardWeight[$1] }
                let miss = weight - total * share
                let taken = Set(one)
                let cutEdges = one.reduce(0) { sum, ward in
                    sum + model.neighbours[ward].count { inPart[$0] && !taken.contains($0) }
                }
                let score = Double(cutEdges) + 40 * abs(miss) / max(model.mean, 1e-9)
                if score < (best?.score ?? .infinity) { best = (score, one) }
                // What fell off on the far side made this one too heavy: aim lower.
                if abs(miss) < model.mean * 0.05 { break }
                goal -= miss
                if goal <= 0 { break }
            }
        }
        let one = Set(best?.one ?? [wards[0]])
        return (wards.filter { one.contains($0) }, wards.filter { !one.contains($0) })
    }

    /// Grows one side from its far end until it weighs enough, then takes in what it has cut off from the rest.
    private func grow(_ wards: [Int], _ inPart: [Bool], _ goal: Double, _ dx: Double, _ dy: Double) -> [Int] {
        func along(_ ward: Int) -> Double { places.east[ward] * dx + places.north[ward] * dy }
        guard let start = wards.min(by: { (along($0), $0) < (along($1), $1) }) else { return [] }
        var taken = [Bool](repeating: false, count: inPart.count)
        var seen = taken
        var heap = WardHeap()
        var one: [Int] = []
        var weight = 0.0
        heap.push(start, along(start))
        seen[start] = true
        while weight < goal, let ward = heap.pop() {
            let more = model.wardWeight[ward]
            if !one.isEmpty, weight + more - goal > goal - weight { break }
            taken[ward] = true
            one.append(ward)
            weight += more
            for other in model.neighbours[ward] where inPart[other] && !seen[other] {
                seen[other] = true
                heap.push(other, along(other))
            }
        }
        let rest = AreaModel.pieces(of: wards.filter { !taken[$0] }, model.neighbours)
        guard rest.count > 1 else { return one }
        let main = rest.indices.max { (rest[$0].count, -$0) < (rest[$1].count, -$1) } ?? 0
        for (number, piece) in rest.enumerated() where number != main { one += piece }
        return one
    }
}

/// Wards by rising key.
private struct WardHeap {
    private var items: [(key: Double, ward: Int)] = []

    mutating func push(_ ward: Int, _ key: Double) {
        items.append((key, ward))
        var child = items.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard (items[child].key, items[child].ward) < (items[parent].key, items[parent].ward) else { break }
            items.swapAt(child, parent)
            child = parent
        }
    }

    mutating func pop() -> Int? {
        guard let top = items.first else { return nil }
        let last = items.removeLast()
        guard !items.isEmpty else { return top.ward }
        items[0] = last
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2]
            where child < items.count
                && (items[child].key, items[child].ward) < (items[least].key, items[least].ward)
            { least = child }
            if least == parent { break }
            items.swapAt(parent, least)
            parent = least
        }
        return top.ward
    }
}
