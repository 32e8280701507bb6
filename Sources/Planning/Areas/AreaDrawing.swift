/// Draws the areas of one model: a search that always answers, then, where the territory is small enough, a proof.
struct AreaDrawing {
    /// Work spent on listing sets of wards before the proof is given up, about 100 ns a unit.
    static let setBudget = 4_000_000
    static let columnBudget = 500_000
    /// Columns scanned while choosing among them, some 3 ns each.
    static let choiceBudget = 200_000_000

    var model: AreaModel
    private(set) var proof = PlanProof.bestFound
    /// Whether it is proven that the tolerance asked for cannot be kept.
    private(set) var provenImpossible = false

    /// How much searching, as a share of the usual; tests of large territories do with little.
    let effort: Double

    init(_ model: AreaModel, effort: Double = 1) {
        self.model = model
        self.effort = effort
    }

    /// The best division found; the model's tolerance is wider afterwards if it had to be.
    mutating func draw() -> Division? {
        guard let searched = search() else { return nil }
        if model.count == 1 {
            proof = .optimal
            return searched
        }
        let isBalanced = searched.excess == 0
        switch prove(model, searched, ceiling: isBalanced ? searched.cost * (1 - 1e-9) : .infinity) {
        case .optimal(let better):
            proof = .optimal
            return better
        case .impossible where isBalanced:
            proof = .optimal
            return searched
        case .impossible:
            provenImpossible = true
            return widen(searched)
        case .stopped(let better, let bound):
            if let better {
                proof = .within(lowerBound: bound)
                return better
            }
            if isBalanced, bound > 0 { proof = .within(lowerBound: bound) }
            return searched
        case nil:
            return searched
        }
    }

    private enum Proven {
        case optimal(Division)
        case impossible
        case stopped(Division?, bound: Double)
    }

    /// The exact answer below the ceiling; nil when the territory is too large to list its possible areas.
    private func prove(_ model: AreaModel, _ guess: Division, ceiling: Double, anyWillDo: Bool = false) -> Proven? {
        guard model.wardCodes.count <= AreaColumns.mostWards else { return nil }
        var price = prices(guess)
        var columns = AreaColumns.find(
            model, budget: ceiling.isFinite ? Self.setBudget / 40 : Self.setBudget, mostColumns: Self.columnBudget)
        if columns == nil, ceiling.isFinite {
            // Too many to list them all; those that could cost less than the plan at hand may be few.
            let bound = PriceBound(model, guess: price, ceiling: ceiling)
            if bound.bound >= ceiling { return .impossible }
            price = bound.price
            columns = AreaColumns.find(
                model, budget: Self.setBudget, mostColumns: Self.columnBudget,
                pruning: PricePruning(model, bound, ceiling: ceiling))
            if columns == nil { return .stopped(nil, bound: max(0, bound.bound)) }
        }
        guard let columns else { return nil }
        let answer = Partition.solve(
            columns, price: price, count: model.count, ceiling: ceiling, budget: Self.choiceBudget,
            anyWillDo: anyWillDo)
        switch answer {
        case .optimal(let choice): return division(choice).map { .optimal($0) }
        case .impossible: return .impossible
        case .stopped(let choice, let bound): return .stopped(choice.flatMap(division), bound: bound)
        }
    }

    /// What each ward costs in a division: the first guess of its price.
    func prices(_ division: Division) -> [Double] {
        division.areaOf.enumerated().map { ward, area in model.cost.cost(base: division.bases[area], ward: ward) }
    }

    /// Numbers the chosen areas: locked ones as their labels say, the others by their lowest ward.
    func division(_ columns: [AreaColumn]) -> Division? {
        var areaOf = [Int](repeating: -1, count: model.wardCodes.count)
        var next = model.labels.count
        for column in columns.sorted(by: { $0.wards.trailingZeroBitCount < $1.wards.trailingZeroBitCount }) {
            let wards = areaOf.indices.filter { column.wards & (WardMask.ward($0)) != 0 }
            let locked = wards.lazy.map { model.lockedArea[$0] }.first { $0 >= 0 }
            let area = locked ?? next
            if locked == nil { next += 1 }
            for ward in wards { areaOf[ward] = area }
        }
        return areaOf.contains(-1) ? nil : Division(areaOf, model)
    }

    /// The smallest tolerance in whole per cent at which a plan exists, and the best plan there.
    private mutating func widen(_ searched: Division) -> Division {
        var least = Int((model.tolerance * 100).rounded(.down)) + 1
        var most = max(least, Int((balance(searched) * 100 - 1e-6).rounded(.up)))
        var answer = searched
        while least < most {
            let middle = (least + most) / 2
            var wider = model
            wider.tolerance = Double(middle) / 100
            switch prove(wider, searched, ceiling: .infinity, anyWillDo: true) {
            case .optimal(let found), .stopped(.some(let found), _):
                answer = found
                most = middle
            default: least = middle + 1
            }
        }
        model.tolerance = Double(most) / 100
        answer = Division(answer.areaOf, model) ?? answer
        if let again = search(), again.isBetter(than: answer) { answer = again }
        let ceiling = answer.excess == 0 ? answer.cost * (1 - 1e-9) : .infinity
        switch prove(model, answer, ceiling: ceiling) {
        case .optimal(let best):
            proof = .optimal
            return best
        case .stopped(let best, let bound):
            proof = .within(lowerBound: bound)
            return best ?? answer
        case .impossible:
            proof = answer.excess == 0 ? .optimal : .bestFound
            return answer
        case nil: return answer
        }
    }

    private func balance(_ division: Division) -> Double {
        guard model.mean > 0 else { return 0 }
        return Division.members(division.areaOf, model.count)
            .map { wards in abs(wards.reduce(0) { $0 + model.wardWeight[$1] } - model.mean) / model.mean }
            .max() ?? 0
    }
}
