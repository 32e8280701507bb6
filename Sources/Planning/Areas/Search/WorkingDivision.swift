/// A division that wards can be moved about in, keeping every figure that the search asks for up to date.
struct WorkingDivision {
    let model: AreaModel
    private(set) var areaOf: [Int]
    private(set) var members: [[Int]]
    private(set) var weight: [Double]
    private(set) var base: [Int]
    private(set) var cost: [Double]
    /// Wards of each area as masks; empty where there are too many wards for one.
    private(set) var mask: [WardMask] = []
    /// Per possible base: weight x metres if it served the area that it lies in.
    private var own: [Double]
    private var place: [Int]
    /// How many wards of the area hold a possible base.
    private var wardsWithBase: [Int]
    private var stamp: [Int]
    private var generation = 0
    private var stack: [Int] = []

    init(_ division: Division, _ model: AreaModel) {
        self.model = model
        areaOf = division.areaOf
        members = []
        weight = []
        base = []
        cost = []
        own = [Double](repeating: .infinity, count: model.settings.count)
        place = [Int](repeating: 0, count: areaOf.count)
        wardsWithBase = []
        stamp = [Int](repeating: 0, count: areaOf.count)
        reset(to: division)
    }

    /// Starts again from a division; also clears what rounding has piled up.
    mutating func reset(to division: Division) {
        areaOf = division.areaOf
        members = Division.members(areaOf, model.count)
        weight = members.map { wards in wards.reduce(0) { $0 + model.wardWeight[$1] } }
        wardsWithBase = members.map { wards in wards.reduce(0) { $0 + (model.basesOfWard[$1].isEmpty ? 0 : 1) } }
        base = division.bases
        cost = [Double](repeating: 0, count: model.count)
        if areaOf.count <= AreaColumns.mostWards { mask = members.map { WardMask($0) } }
        for (area, wards) in members.enumerated() {
            for (position, ward) in wards.enumerated() { place[ward] = position }
            for ward in wards {
                for candidate in model.basesOfWard[ward] { own[candidate] = model.total(from: candidate, wards) }
            }
            chooseBase(area)
        }
    }

    var totalCost: Double { cost.reduce(0, +) }
    var totalExcess: Double { weight.reduce(0) { $0 + model.excess($1) } }

    /// Change of the excess if the ward moved.
    @inline(__always)
    func excessMore(_ ward: Int, to area: Int) -> Double {
        let from = areaOf[ward]
        let moved = model.wardWeight[ward]
        return model.excess(weight[from] - moved) + model.excess(weight[area] + moved)
            - model.excess(weight[from]) - model.excess(weight[area])
    }

    /// Whether the ward may leave its area: not tied, not its last ward, nor the last with a possible base.
    @inline(__always)
    func isMovable(_ ward: Int) -> Bool {
        let from = areaOf[ward]
        return model.lockedArea[ward] < 0 && members[from].count > 1
            && (wardsWithBase[from] > 1 || model.basesOfWard[ward].isEmpty)
    }

    /// Change of cost if the ward moved and the bases stayed; nil when the ward holds the base.
    @inline(__always)
    func costMoreKeepingBases(_ ward: Int, to area: Int) -> Double? {
        let from = areaOf[ward]
        guard model.wardOfSetting[base[from]] != ward else { return nil }
        return model.cost.cost(base: base[area], ward: ward) - model.cost.cost(base: base[from], ward: ward)
    }

    /// Change of cost if the ward moved and both areas then took their best base.
    func costMore(_ ward: Int, to area: Int) -> Double {
        let from = areaOf[ward]
        var left = Double.infinity
        if from < model.lockedBase.count, model.lockedBase[from] >= 0 {
            left = cost[from] - model.cost.cost(base: model.lockedBase[from], ward: ward)
        } else {
            for other in members[from] where other != ward {
                for candidate in model.basesOfWard[other] {
                    left = min(left, own[candidate] - model.cost.cost(base: candidate, ward: ward))
                }
            }
        }
        var grown = Double.infinity
        if area < model.lockedBase.count, model.lockedBase[area] >= 0 {
            grown = cost[area] + model.cost.cost(base: model.lockedBase[area], ward: ward)
        } else {
            for other in members[area] {
                for candidate in model.basesOfWard[other] {
                    grown = min(grown, own[candidate] + model.cost.cost(base: candidate, ward: ward))
                }
            }
            for candidate in model.basesOfWard[ward] {
                let total = model.cost.cost(base: candidate, ward: ward)
                if total < grown {
                    grown = min(grown, total + model.total(from: candidate, members[area], below: grown))
                }
            }
        }
        return left + grown - cost[from] - cost[area]
    }

    /// Moves the ward; both areas take their best base.
    mutating func move(_ ward: Int, to area: Int) {
        let from = areaOf[ward]
        let position = place[ward]
        let last = members[from].removeLast()
        if last != ward {
            members[from][position] = last
            place[last] = position
        }
        for other in members[from] {
            for candidate in model.basesOfWard[other] { own[candidate] -= model.cost.cost(base: candidate, ward: ward) }
        }
        for other in members[area] {
            for candidate in model.basesOfWard[other] { own[candidate] += model.cost.cost(base: candidate, ward: ward) }
        }
        place[ward] = members[area].count
        members[area].append(ward)
        areaOf[ward] = area
        for candidate in model.basesOfWard[ward] { own[candidate] = model.total(from: candidate, members[area]) }
        if !mask.isEmpty {
            mask[from] ^= .ward(ward)
            mask[area] ^= .ward(ward)
        }
        weight[from] -= model.wardWeight[ward]
        weight[area] += model.wardWeight[ward]
        if !model.basesOfWard[ward].isEmpty {
            wardsWithBase[from] -= 1
            wardsWithBase[area] += 1
        }
        chooseBase(from)
        chooseBase(area)
    }

    private mutating func chooseBase(_ area: Int) {
        if area < model.lockedBase.count, model.lockedBase[area] >= 0 {
            base[area] = model.lockedBase[area]
            cost[area] = own[base[area]]
            return
        }
        var best = -1
        var least = Double.infinity
        for ward in members[area] {
            for candidate in model.basesOfWard[ward] where own[candidate] < least {
                least = own[candidate]
                best = candidate
            }
        }
        base[area] = best
        cost[area] = least
    }

    /// Whether the ward's area still hangs together without it.
    mutating func staysConnected(without ward: Int) -> Bool {
        let area = areaOf[ward]
        var sought = 0
        var start = -1
        generation += 1
        // Neighbours to be reached carry a negative mark until they are.
        for other in model.neighbours[ward] where areaOf[other] == area {
            sought += 1
            start = other
            stamp[other] = -generation
        }
        if sought <= 1 { return true }
        stamp[ward] = generation
        stamp[start] = generation
        sought -= 1
        stack.removeAll(keepingCapacity: true)
        stack.append(start)
        while let next = stack.popLast() {
            for other in model.neighbours[next] where areaOf[other] == area && stamp[other] != generation {
                if stamp[other] == -generation {
                    sought -= 1
                    if sought == 0 { return true }
                }
                stamp[other] = generation
                stack.append(other)
            }
        }
        return false
    }

    /// Whether the ward touches the area.
    @inline(__always)
    func touches(_ ward: Int, _ area: Int) -> Bool {
        model.neighbours[ward].contains { areaOf[$0] == area }
    }
}
