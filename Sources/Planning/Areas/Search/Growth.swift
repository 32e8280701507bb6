/// A first division by growing areas from seeds, the lightest area always taking the next ward.
struct Growth {
    let model: AreaModel
    let places: WardPlaces
    /// Wards that each area must begin with; connected and holding a possible base.
    private let groups: [[Int]]

    /// - Parameter order: the order in which locked areas claim what they need; another may succeed where one fails.
    /// - Returns: nil when a locked area cannot be made to hang together, or finds no possible base.
    init?(_ model: AreaModel, _ places: WardPlaces, order: [Int]) {
        self.model = model
        self.places = places
        var owner = model.lockedArea
        var found = [[Int]](repeating: [], count: model.labels.count)
        for area in order {
            guard Self.claim(area, &owner, model) else { return nil }
            found[area] = owner.indices.filter { owner[$0] == area }
        }
        groups = found
    }

    /// Gives a locked area the wards it needs to hang together and to have a base, by shortest paths.
    private static func claim(_ area: Int, _ owner: inout [Int], _ model: AreaModel) -> Bool {
        while true {
            let mine = owner.indices.filter { owner[$0] == area }
            let pieces = AreaModel.pieces(of: mine, model.neighbours)
            let hasBase = mine.contains { !model.basesOfWard[$0].isEmpty }
            if pieces.count == 1, hasBase { return true }
            let first = Set(pieces[0])
            var cameFrom: [Int: Int] = [:]
            var queue = pieces[0]
            var next = 0
            var goal: Int?
            while next < queue.count, goal == nil {
                let ward = queue[next]
                next += 1
                for other in model.neighbours[ward]
                where (owner[other] < 0 || owner[other] == area) && !first.contains(other) && cameFrom[other] == nil {
                    cameFrom[other] = ward
                    queue.append(other)
                    let reached = pieces.count > 1 ? owner[other] == area : !model.basesOfWard[other].isEmpty
                    if reached {
                        goal = other
                        break
                    }
                }
            }
            guard var ward = goal else { return false }
            while let before = cameFrom[ward] {
                owner[ward] = area
                ward = before
            }
        }
    }

    /// Grows from the locked groups and from seeds drawn at random, far from each other and where the weight is.
    func run(_ random: inout SeededGenerator) -> [Int]? {
        var areaOf = [Int](repeating: -1, count: model.wardCodes.count)
        for (area, group) in groups.enumerated() { for ward in group { areaOf[ward] = area } }
        var nearest = [Double](repeating: 1e12, count: areaOf.count)
        for group in groups { for ward in group { see(ward, &nearest) } }
        for area in groups.count..<max(groups.count, model.count) {
            let free = areaOf.indices.filter { areaOf[$0] < 0 && !model.basesOfWard[$0].isEmpty }
            guard !free.isEmpty else { return nil }
            let pull = free.map { (model.wardWeight[$0] + model.mean * 0.01 + 1e-9) * (nearest[$0] + 1) }
            var mark = random.unit() * pull.reduce(0, +)
            var pick = free.count - 1
            for (position, share) in pull.enumerated() {
                mark -= share
                if mark < 0 {
                    pick = position
                    break
                }
            }
            areaOf[free[pick]] = area
            see(free[pick], &nearest)
        }
        return spread(areaOf)
    }

    /// Grows from the given seeds, one for each area after the locked ones.
    func run(seeds: [Int]) -> [Int]? {
        var areaOf = [Int](repeating: -1, count: model.wardCodes.count)
        for (area, group) in groups.enumerated() { for ward in group { areaOf[ward] = area } }
        for (number, seed) in seeds.enumerated() {
            guard areaOf[seed] < 0 else { return nil }
            areaOf[seed] = groups.count + number
        }
        return spread(areaOf)
    }

    private func see(_ ward: Int, _ nearest: inout [Double]) {
        for other in nearest.indices { nearest[other] = min(nearest[other], places.square(ward, other)) }
    }

    private func spread(_ start: [Int]) -> [Int]? {
        var areaOf = start
        var seed = [Int](repeating: -1, count: model.count)
        var weight = [Double](repeating: 0, count: model.count)
        var edge = [[Int]](repeating: [], count: model.count)
        var waiting = 0
        for (ward, area) in start.enumerated() {
            if area < 0 {
                waiting += 1
                continue
            }
            if seed[area] < 0 { seed[area] = ward }
            weight[area] += model.wardWeight[ward]
            edge[area] += model.neighbours[ward].filter { start[$0] < 0 }
        }
        guard !seed.contains(-1) else { return nil }
        while waiting > 0 {
            var pick: (area: Int, ward: Int)?
            for area in weight.indices where pick == nil || weight[area] < weight[pick?.area ?? 0] {
                edge[area].removeAll { areaOf[$0] >= 0 }
                let near = edge[area].min {
                    (places.square(seed[area], $0), $0) < (places.square(seed[area], $1), $1)
                }
                if let near { pick = (area, near) }
            }
            guard let pick else { return nil }
            areaOf[pick.ward] = pick.area
            weight[pick.area] += model.wardWeight[pick.ward]
            edge[pick.area] += model.neighbours[pick.ward].filter { areaOf[$0] < 0 }
            waiting -= 1
        }
        return areaOf
    }
}
