extension AreaProblem {
    /// A problem over wards as drawn on a map: who is next to whom is found from the outlines.
    ///
    /// - Throws: `duplicateWard`, `badOutline`.
    public init(
        outlines: [WardOutline], settings: [AreaSetting], count: Int,
        tolerance: Double = AreaProblem.defaultTolerance, locks: AreaLocks = AreaLocks(), seed: UInt64 = 1
    ) throws(AreaProblemError) {
        let found = try WardNeighbours.find(among: outlines)
        self.init(
            wards: outlines.map {
                AreaWard(code: $0.code, name: $0.name, neighbours: found.neighbours[$0.code] ?? [])
            },
            bridges: found.bridges, settings: settings, count: count, tolerance: tolerance, locks: locks, seed: seed)
    }

    /// Draws the areas. Pure work on one thread: milliseconds for an authority, under a minute for all England.
    ///
    /// - Returns: a plan that keeps every rule, or the nearest one with `relaxed` saying which rule gave way.
    /// - Throws: an `AreaProblemError` where the question itself cannot be answered.
    public func plan() throws(AreaProblemError) -> AreaPlan {
        let (model, baseNote) = try checkedModel()
        var drawing = AreaDrawing(model)
        var division = drawing.draw()
        if division == nil {
            // The locks keep an area from hanging together: let it, and say so.
            drawing = AreaDrawing(model.joiningLockedAreas())
            division = drawing.draw()
        }
        guard let division else {
            throw .contradictoryLocks("they leave some area no ward with a possible base")
        }
        let teller = PlanTelling(problem: self, model: model, division: division.inOrder(model))
        var relaxed = baseNote.map { [$0] } ?? []
        relaxed += teller.connectionRelaxed()
        if let note = teller.toleranceRelaxed(drawing, withoutLocks: balancesWithoutLocks) { relaxed.append(note) }
        return AreaPlan(
            evaluation: teller.evaluation, relaxed: relaxed, notes: teller.notes(), proof: drawing.proof)
    }

    /// The checked model; every setting may be a base when too few wards have a possible one.
    private func checkedModel() throws(AreaProblemError) -> (AreaModel, Relaxation?) {
        let model = try AreaModel(self)
        let free = model.freeWardsWithBase
        guard model.labels.count + free < count else { return (model, nil) }
        let wider = try AreaModel(self, anyBase: true)
        guard wider.labels.count + wider.freeWardsWithBase >= count else {
            if locks.isEmpty {
                throw .tooFewPossibleBases(areas: count, wardsWithSettings: wider.freeWardsWithBase)
            }
            throw .contradictoryLocks(
                """
                beside the locked areas, \(count - wider.labels.count) more are asked for, \
                and only \(wider.freeWardsWithBase) free wards have a setting to be a base
                """)
        }
        return (
            wider,
            Relaxation(
                constraint: .base, tolerance: nil,
                message: """
                    Only \(free) wards that are free to choose from have a possible base, too few for \(count) areas. \
                    In this plan any setting may be a base. To mend it, mark more settings as possible bases \
                    or ask for fewer areas.
                    """)
        )
    }

    /// Whether the tolerance could be kept if nothing were locked.
    private func balancesWithoutLocks() -> Bool {
        var free = self
        free.locks = AreaLocks()
        guard !locks.isEmpty, let model = try? AreaModel(free) else { return false }
        var drawing = AreaDrawing(model)
        return drawing.draw()?.excess == 0 && drawing.model.tolerance == tolerance
    }
}

extension AreaModel {
    /// Wards outside the locked areas that hold a possible base.
    var freeWardsWithBase: Int {
        wardCodes.indices.count { lockedArea[$0] < 0 && !basesOfWard[$0].isEmpty }
    }

    /// The same model with the pieces of each locked area treated as neighbours.
    func joiningLockedAreas() -> AreaModel {
        var joined = self
        for label in labels.indices {
            let wards = lockedArea.indices.filter { lockedArea[$0] == label }
            let pieces = Self.pieces(of: wards, neighbours)
            for piece in pieces.dropFirst() {
                joined.neighbours[pieces[0][0]].append(piece[0])
                joined.neighbours[piece[0]].append(pieces[0][0])
            }
        }
        joined.neighbours = joined.neighbours.map { $0.sorted() }
        return joined
    }
}

extension Division {
    /// The same division with areas numbered in a settled order: locked ones first, the others by their lowest ward.
    func inOrder(_ model: AreaModel) -> Division {
        var number = [Int](repeating: -1, count: model.count)
        for label in model.labels.indices { number[label] = label }
        var next = model.labels.count
        for area in areaOf where number[area] < 0 {
            number[area] = next
            next += 1
        }
        var ordered = self
        ordered.areaOf = areaOf.map { number[$0] }
        for (area, base) in bases.enumerated() { ordered.bases[number[area]] = base }
        return ordered
    }
}
