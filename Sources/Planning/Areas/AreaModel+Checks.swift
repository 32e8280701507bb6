extension AreaModel {
    /// Checks the problem and numbers it.
    ///
    /// - Parameter anyBase: whether every setting may be a base, for want of enough that can.
    init(_ problem: AreaProblem, anyBase: Bool = false) throws(AreaProblemError) {
        let wards = problem.wards.sorted { $0.code < $1.code }
        guard !wards.isEmpty else { throw .noWards }
        guard problem.count >= 1 else { throw .badCount(problem.count) }
        guard problem.count <= wards.count else {
            throw .moreAreasThanWards(areas: problem.count, wards: wards.count)
        }
        guard problem.tolerance >= 0, problem.tolerance.isFinite else { throw .badTolerance(problem.tolerance) }
        var index: [String: Int] = [:]
        for (number, ward) in wards.enumerated() where index.updateValue(number, forKey: ward.code) != nil {
            throw .duplicateWard(ward.code)
        }
        let wardOf = try Self.checkedWards(of: problem.settings, index)
        let sorted = zip(problem.settings, wardOf)
            .sorted { ($0.1, $0.0.id) < ($1.1, $1.0.id) }
        wardCodes = wards.map(\.code)
        wardNames = wards.map(\.name)
        wardIndex = index
        settings = sorted.map(\.0)
        wardOfSetting = sorted.map(\.1)
        var settingNumbers: [String: Int] = [:]
        for (number, setting) in settings.enumerated()
        where settingNumbers.updateValue(number, forKey: setting.id) != nil {
            throw .duplicateSetting(setting.id)
        }
        settingIndex = settingNumbers
        var start = [Int](repeating: 0, count: wards.count + 1)
        for ward in wardOfSetting { start[ward + 1] += 1 }
        for ward in 0..<wards.count { start[ward + 1] += start[ward] }
        settingStart = start
        let inOrder = settings
        wardWeight = (0..<wards.count).map { ward in
            inOrder[start[ward]..<start[ward + 1]].reduce(0) { $0 + $1.weight }
        }
        count = problem.count
        tolerance = problem.tolerance
        seed = problem.seed
        self.anyBase = anyBase
        mean = wardWeight.reduce(0, +) / Double(problem.count)
        guard mean.isFinite else { throw .badWeight(setting: settings.max { $0.weight < $1.weight }?.id ?? "") }

        let locks = try LockTable(problem.locks, index, settingNumbers, inOrder, wardOfSetting, problem.count, anyBase)
        labels = locks.labels
        lockedArea = locks.areaOfWard
        lockedBase = locks.baseOfArea

        let bases = inOrder.indices.filter { anyBase || inOrder[$0].canBeBase }
        guard !bases.isEmpty else { throw .noPossibleBase }
        cost = CostTable(points: inOrder.map(\.point), weight: inOrder.map(\.weight), start: start, bases: bases)
        basesOfWard = [[Int]](repeating: [], count: wards.count)
        for base in bases { basesOfWard[wardOfSetting[base]].append(base) }

        neighbours = []
        bridges = []
        link(wards, problem.bridges)
        joinPieces()
        dropBeatenBases()
    }

    private static func checkedWards(
        of settings: [AreaSetting], _ index: [String: Int]
    ) throws(AreaProblemError) -> [Int] {
        var wards: [Int] = []
        wards.reserveCapacity(settings.count)
        for setting in settings {
            guard let ward = index[setting.ward] else {
                throw .unknownWard(setting: setting.id, ward: setting.ward)
            }
            guard setting.point.isOnEarth else { throw .badPosition(setting: setting.id) }
            guard setting.weight >= 0, setting.weight.isFinite else { throw .badWeight(setting: setting.id) }
            wards.append(ward)
        }
        return wards
    }

    /// A base that another base of its ward beats for every ward can never be needed.
    private mutating func dropBeatenBases() {
        // For a whole country the check costs more than it saves.
        guard settings.count * wardCodes.count <= 2_000_000 else { return }
        let kept = Set(lockedBase)
        for ward in wardCodes.indices {
            let all = basesOfWard[ward]
            basesOfWard[ward] = all.filter { base in
                kept.contains(base) || !all.contains { $0 != base && beats($0, base) }
            }
        }
    }

    /// Whether `one` serves every ward at least as well as `other`, and is the one to keep if they are equal.
    private func beats(_ one: Int, _ other: Int) -> Bool {
        var better = one < other
        for ward in wardCodes.indices {
            let difference = cost.cost(base: one, ward: ward) - cost.cost(base: other, ward: ward)
            if difference > 0 { return false }
            if difference < 0 { better = true }
        }
        return better
    }
}
