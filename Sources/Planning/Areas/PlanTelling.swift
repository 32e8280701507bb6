/// Says a drawn plan in figures and in plain English.
struct PlanTelling {
    let problem: AreaProblem
    let model: AreaModel
    let division: Division
    let labels: [String]
    let evaluation: AreaEvaluation

    init(problem: AreaProblem, model: AreaModel, division: Division) {
        self.problem = problem
        self.model = model
        self.division = division
        let taken = Set(model.labels)
        var numbers = (1...).lazy.map { "\($0)" }.filter { !taken.contains($0) }.makeIterator()
        let names = (0..<model.count).map { $0 < model.labels.count ? model.labels[$0] : numbers.next() ?? "" }
        labels = names
        let parts = Division.members(division.areaOf, model.count).enumerated().map { area, wards in
            model.figures(
                names[area], wards: wards, base: division.bases[area], tolerance: problem.tolerance,
                locks: problem.locks)
        }
        evaluation = model.evaluation(parts, unassigned: [], locks: problem.locks)
    }

    func toleranceRelaxed(_ drawing: AreaDrawing, withoutLocks: () -> Bool) -> Relaxation? {
        let outside = evaluation.broken.compactMap { rule in
            if case .balance(let area, let share) = rule { return (area, share) }
            return nil
        }
        guard let worst = outside.max(by: { abs($0.1) < abs($1.1) }) else { return nil }
        let kept = (evaluation.balance * 100 - 1e-6).rounded(.up) / 100
        let asked = Self.percent(problem.tolerance)
        let why =
            drawing.provenImpossible
            ? "No division of these wards into \(problem.count) areas keeps every area within \(asked) of the mean"
            : "No division within \(asked) of the mean was found"
        var mend = "To mend it, widen the tolerance or ask for another number of areas."
        if !problem.locks.isEmpty {
            mend =
                withoutLocks()
                ? "Without the locks it can be done: to mend it, remove a lock."
                : "To mend it, widen the tolerance, ask for another number of areas, or remove locks."
        }
        let others = outside.count > 1 ? " (\(outside.count) areas lie outside)" : ""
        return Relaxation(
            constraint: .tolerance, tolerance: kept,
            message: """
                \(why), because wards stay whole. This plan keeps within \(Self.percent(kept)); area \(worst.0) is \
                the farthest out, \(Self.percent(abs(worst.1))) too \(worst.1 > 0 ? "heavy" : "light")\(others). \(mend)
                """)
    }

    func connectionRelaxed() -> [Relaxation] {
        var relaxed: [Relaxation] = []
        for case .connection(let area, let pieces) in evaluation.broken {
            relaxed.append(
                Relaxation(
                    constraint: .connection, tolerance: nil,
                    message: """
                        Area \(area) falls into \(pieces.count) pieces, because the locks keep its wards apart. \
                        To mend it, remove a lock on \(names(pieces.dropFirst().joined())).
                        """))
        }
        for (area, pair) in bridgesUsed() where model.addedBridges.contains(pair) {
            relaxed.append(
                Relaxation(
                    constraint: .connection, tolerance: nil,
                    message: """
                        Area \(labels[area]) joins \(name(pair.low)) and \(name(pair.high)), which are not neighbours: \
                        the territory falls into pieces, so these nearest wards were joined. To mend it, add the \
                        wards between them or draw the pieces one by one.
                        """))
        }
        return relaxed
    }

    func notes() -> [String] {
        var notes: [String] = []
        for (area, pair) in bridgesUsed() where !model.addedBridges.contains(pair) {
            let metres = problem.bridges.first {
                WardPair(model.wardIndex[$0.from] ?? -1, model.wardIndex[$0.to] ?? -1) == pair
            }?.metres
            let gap = metres.map { " (\(Int($0.rounded())) metres apart)" } ?? ""
            notes.append(
                """
                Area \(labels[area]) reaches from \(name(pair.low)) to \(name(pair.high))\(gap), whose boundaries do \
                not touch: check that people can get across.
                """)
        }
        let empty = model.wardCodes.indices.filter { model.settingStart[$0] == model.settingStart[$0 + 1] }
        if !empty.isEmpty {
            notes.append(
                empty.count == 1
                    ? "\(name(empty[0])) has no settings; it goes wherever it fits."
                    : "\(empty.count) wards have no settings; they go wherever they fit.")
        }
        return notes
    }

    /// Bridges without which an area would fall apart.
    private func bridgesUsed() -> [(area: Int, pair: WardPair)] {
        var used: [(area: Int, pair: WardPair)] = []
        for pair in model.bridges.sorted(by: { ($0.low, $0.high) < ($1.low, $1.high) })
        where division.areaOf[pair.low] == division.areaOf[pair.high] {
            let area = division.areaOf[pair.low]
            var cut = model.neighbours
            cut[pair.low].removeAll { $0 == pair.high }
            cut[pair.high].removeAll { $0 == pair.low }
            let wards = division.areaOf.indices.filter { division.areaOf[$0] == area }
            if AreaModel.pieces(of: wards, cut).count > AreaModel.pieces(of: wards, model.neighbours).count {
                used.append((area, pair))
            }
        }
        return used
    }

    private func name(_ ward: Int) -> String {
        model.wardNames[ward].isEmpty ? model.wardCodes[ward] : model.wardNames[ward]
    }

    private func names(_ codes: some Sequence<String>) -> String {
        codes.compactMap { model.wardIndex[$0].map(name) }.joined(separator: ", ")
    }

    /// "10 %", "12.5 %".
    static func percent(_ share: Double) -> String {
        let tenths = Int((share * 1000).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10) %" : "\(tenths / 10).\(tenths % 10) %"
    }
}
