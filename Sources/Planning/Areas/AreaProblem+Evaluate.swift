extension AreaPlan {
    /// The plan's decisions, to be edited by hand and evaluated again.
    public var assignment: AreaAssignment {
        var wards: [String: String] = [:]
        var bases: [String: String] = [:]
        for area in areas {
            for ward in area.wards { wards[ward] = area.label }
            bases[area.label] = area.base
        }
        return AreaAssignment(areaOfWard: wards, baseOfArea: bases)
    }
}

extension AreaProblem {
    /// The figures of a division made or changed by hand, and every rule of this problem that it breaks.
    ///
    /// Areas come in alphabetical order of their labels. Wards without an area count as broken, not as an error.
    /// - Throws: `badAssignment` for wards or settings that do not exist, and what `plan` throws for a bad problem.
    public func evaluate(_ assignment: AreaAssignment) throws(AreaProblemError) -> AreaEvaluation {
        let model = try AreaModel(self)
        let hand = try HandMade(assignment, model)
        return model.evaluation(
            hand.labels.indices.map { hand.figures($0, self, model) }, unassigned: hand.unassigned, locks: locks)
    }

    /// Id of the possible base in these wards that leaves least weight x metres; nil when there is none.
    ///
    /// - Throws: `badAssignment` for a ward that does not exist, and what `plan` throws for a bad problem.
    public func bestBase(forWards codes: [String]) throws(AreaProblemError) -> String? {
        let model = try AreaModel(self)
        var wards: [Int] = []
        for code in Set(codes).sorted() {
            guard let ward = model.wardIndex[code] else {
                throw .badAssignment("there is no ward \(code) in the territory")
            }
            wards.append(ward)
        }
        return model.bestBase(wards, area: nil).map { model.settings[$0.base].id }
    }

    /// What it would change to move one ward to each of the other areas: fewest newly broken rules first, then the
    /// fewest additional metres.
    ///
    /// - Throws: `badAssignment` where the ward or anything in the assignment does not exist.
    public func moves(ofWard code: String, in assignment: AreaAssignment) throws(AreaProblemError) -> [WardMove] {
        let model = try AreaModel(self)
        let hand = try HandMade(assignment, model)
        guard let ward = model.wardIndex[code] else {
            throw .badAssignment("there is no ward \(code) in the territory")
        }
        guard let from = hand.labels.indices.first(where: { hand.wards[$0].contains(ward) }) else {
            throw .badAssignment("ward \(code) is in no area")
        }
        let parts = hand.labels.indices.map { hand.figures($0, self, model) }
        let before = model.evaluation(parts, unassigned: hand.unassigned, locks: locks)
        let brokenBefore = Set(before.broken)
        var left = hand
        left.wards[from].removeAll { $0 == ward }
        if let base = left.bases[from], model.wardOfSetting[base] == ward {
            left.bases[from] = model.bestBase(left.wards[from], area: nil)?.base
        }
        let donor = left.wards[from].isEmpty ? nil : left.figures(from, self, model)
        var moves: [WardMove] = []
        for to in hand.labels.indices where to != from {
            var grown = left
            grown.wards[to] = (grown.wards[to] + [ward]).sorted()
            var after = parts
            after[to] = grown.figures(to, self, model)
            if let donor { after[from] = donor } else { after.remove(at: from) }
            let evaluation = model.evaluation(after, unassigned: hand.unassigned, locks: locks)
            moves.append(
                WardMove(
                    ward: code, from: hand.labels[from], to: hand.labels[to],
                    metresMore: evaluation.totalMetres - before.totalMetres, balanceAfter: evaluation.balance,
                    breaks: evaluation.broken.filter { !brokenBefore.contains($0) },
                    baseLeftBehind: donor?.area.base))
        }
        return moves.sorted { ($0.breaks.count, $0.metresMore, $0.to) < ($1.breaks.count, $1.metresMore, $1.to) }
    }
}

/// An assignment made by hand, checked and numbered.
private struct HandMade {
    let labels: [String]
    var wards: [[Int]]
    var bases: [Int?]
    let unassigned: [Int]

    init(_ assignment: AreaAssignment, _ model: AreaModel) throws(AreaProblemError) {
        labels = Set(assignment.areaOfWard.values).sorted()
        let number = Dictionary(uniqueKeysWithValues: zip(labels, labels.indices))
        var members = [[Int]](repeating: [], count: labels.count)
        for (code, label) in assignment.areaOfWard.sorted(by: { $0.key < $1.key }) {
            guard let ward = model.wardIndex[code] else {
                throw .badAssignment("there is no ward \(code) in the territory")
            }
            if let area = number[label] { members[area].append(ward) }
        }
        wards = members.map { $0.sorted() }
        var found = [Int?](repeating: nil, count: labels.count)
        for (label, id) in assignment.baseOfArea.sorted(by: { $0.key < $1.key }) {
            guard let area = number[label] else {
                throw .badAssignment("area “\(label)” has a base but no wards")
            }
            guard let base = model.settingIndex[id] else { throw .badAssignment("there is no setting \(id)") }
            found[area] = base
        }
        bases = found
        let taken = Set(members.joined())
        unassigned = model.wardCodes.indices.filter { !taken.contains($0) }
    }

    func figures(_ area: Int, _ problem: AreaProblem, _ model: AreaModel) -> (area: PlannedArea, broken: [BrokenRule]) {
        model.figures(
            labels[area], wards: wards[area], base: bases[area], tolerance: problem.tolerance, locks: problem.locks)
    }
}
