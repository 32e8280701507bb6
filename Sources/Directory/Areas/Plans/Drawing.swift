internal import Planning

/// Draws the areas of a territory, and works out what a division of it costs.
struct Drawing: Sendable {
    let territory: Territory
    let balance: Balance
    let tolerance: Double
    let seed: Int
    let weights: SettingWeights

    init(_ territory: Territory, by balance: Balance, tolerance: Double, seed: Int) {
        self.territory = territory
        self.balance = balance
        self.tolerance = tolerance
        self.seed = seed
        weights = SettingWeights(territory.counted, by: balance)
    }

    init(_ territory: Territory, _ plan: Plan) {
        self.init(territory, by: plan.balance, tolerance: plan.tolerance, seed: plan.seed)
    }

    /// The question as `Planning` asks it. A setting known only by its ward stands in the middle of it.
    func problem(count: Int, locks: AreaLocks = AreaLocks()) throws(AreaProblemError) -> AreaProblem {
        let outlines = territory.wards.map { WardOutline(code: $0.code, name: $0.name, rings: $0.shape.rings) }
        let found = try WardNeighbours.find(among: outlines)
        return AreaProblem(
            wards: territory.wards.map { ward in
                // Boundaries of two editions need not share a vertex: what the loading found counts as well.
                AreaWard(
                    code: ward.code, name: ward.name,
                    neighbours: Set(ward.neighbours).union(found.neighbours[ward.code] ?? []).sorted())
            },
            bridges: found.bridges,
            settings: territory.counted.compactMap { setting in
                territory.point(of: setting).map { point in
                    AreaSetting(
                        id: setting.id, point: point, ward: setting.ward, weight: weights.weight[setting.id] ?? 1,
                        canBeBase: setting.type.canBeBase && setting.point != nil)
                }
            },
            count: count, tolerance: tolerance, locks: locks, seed: UInt64(max(0, seed)))
    }

    /// What a division costs, and which rules it breaks.
    func evaluate(_ state: PlanState) throws(AreaProblemError) -> AreaEvaluation {
        try problem(count: max(1, state.areas.count)).evaluate(assignment(state))
    }

    /// What it would cost to move a ward to each of the other areas, cheapest first.
    func moves(ofWard ward: String, in state: PlanState) throws(AreaProblemError) -> [WardMove] {
        // A lock says where a new drawing leaves the ward, not that a person may not move it.
        try problem(count: max(1, state.areas.count)).moves(ofWard: ward, in: assignment(state))
    }

    /// A first division, or a new one around what is locked. The messages go into the plan's notes.
    func draw(
        count: Int, around old: PlanState? = nil, word: String, newID: () -> String
    ) throws(AreaProblemError) -> (state: PlanState, notes: [String]) {
        let answer = try problem(count: count, locks: old.map(locks) ?? AreaLocks()).plan()
        let matched = match(answer.areas, to: old)
        var areas: [PlanState.Area] = []
        var state = PlanState(areas: [])
        let made = AreaNames.of(answer.areas.map(\.wards), word: word, weight: wardWeights, in: territory)
        var taken = Set(matched.compactMap { $0 }.map(\.name))
        var labels: [(label: String, name: String)] = []
        for (index, drawn) in answer.areas.enumerated() {
            var area = matched[index] ?? PlanState.Area(id: newID(), name: "")
            if area.name.isEmpty || AreaNames.isMade(area.name, from: territory.wards) {
                taken.remove(area.name)
                area.name = AreaNames.distinct(made[index], from: taken)
                taken.insert(area.name)
            }
            area.baseID = drawn.base
            areas.append(area)
            labels.append((drawn.label, area.name))
            for ward in drawn.wards { state.areaOfWard[ward] = area.id }
        }
        state.areas = old == nil ? inReadingOrder(areas, state) : inOldOrder(areas, old)
        state.lockedWards = old?.lockedWards ?? []
        return (state, notes(answer, labels))
    }

    private var wardWeights: [String: Double] {
        var sums: [String: Double] = [:]
        for setting in territory.counted { sums[setting.ward, default: 0] += weights.weight[setting.id] ?? 1 }
        return sums
    }

    private func assignment(_ state: PlanState) -> AreaAssignment {
        let used = Set(state.areaOfWard.values)
        let settings = Set(territory.counted.map(\.id))
        var bases: [String: String] = [:]
        for area in state.areas where used.contains(area.id) {
            if let base = area.baseID, settings.contains(base) { bases[area.id] = base }
        }
        let ours = Set(territory.wards.map(\.code))
        return AreaAssignment(areaOfWard: state.areaOfWard.filter { ours.contains($0.key) }, baseOfArea: bases)
    }

    private func locks(of state: PlanState) -> AreaLocks {
        let ours = Set(territory.wards.map(\.code))
        let settings = Set(territory.counted.map(\.id))
        var locks = AreaLocks()
        for ward in state.lockedWards where ours.contains(ward) { locks.areaOfWard[ward] = state.areaOfWard[ward] }
        for area in state.areas where area.isBaseLocked {
            if let base = area.baseID, settings.contains(base) { locks.baseOfArea[area.id] = base }
        }
        return locks
    }
}
