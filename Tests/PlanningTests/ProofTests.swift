import Testing

@testable import Planning

/// The parts of the proof, held against each other.
@Suite struct ProofTests {
    /// A model, a division of it that keeps the balance, and first prices.
    private func ground(_ seed: Int) throws -> (model: AreaModel, division: Division, prices: [Double])? {
        let problem = try Territories.random(
            rows: 4, columns: 4, count: 2 + seed % 4, tolerance: 0.3, missing: 0.1, seed: seed)
        let model = try AreaModel(problem)
        let drawing = AreaDrawing(model)
        guard let division = drawing.search(), division.excess == 0 else { return nil }
        return (model, division, drawing.prices(division))
    }

    private func cost(_ answer: Partition.Answer) -> Double? {
        if case .optimal(let choice) = answer { return choice.reduce(0) { $0 + $1.cost } }
        return nil
    }

    @Test(arguments: 1...15)
    func `leaving out areas by their price loses no better plan`(seed: Int) throws {
        guard let (model, division, prices) = try ground(seed) else { return }
        let ceiling = division.cost * 1.05
        let all = try #require(AreaColumns.find(model, budget: .max / 2, mostColumns: .max))
        let bound = PriceBound(model, guess: prices, ceiling: ceiling)
        let few = try #require(
            AreaColumns.find(
                model, budget: .max / 2, mostColumns: .max, pruning: PricePruning(model, bound, ceiling: ceiling)))
        #expect(few.count <= all.count)
        let one = Partition.solve(all, price: prices, count: model.count, ceiling: ceiling, budget: .max / 2)
        let other = Partition.solve(few, price: bound.price, count: model.count, ceiling: ceiling, budget: .max / 2)
        let best = try #require(cost(one))
        let same = try #require(cost(other))
        #expect(abs(best - same) <= 1e-9 * best)
        #expect(bound.bound <= best * (1 + 1e-9))
        #expect(best <= division.cost * (1 + 1e-9))
    }

    @Test(arguments: 1...15)
    func `a search cut short gives a bound that holds`(seed: Int) throws {
        guard let (model, _, prices) = try ground(seed) else { return }
        let all = try #require(AreaColumns.find(model, budget: .max / 2, mostColumns: .max))
        let full = Partition.solve(all, price: prices, count: model.count, ceiling: .infinity, budget: .max / 2)
        let best = try #require(cost(full))
        for budget in [1, all.count * 4, all.count * 40] {
            let answer = Partition.solve(
                all, price: prices, count: model.count, ceiling: best * 1.1, budget: budget)
            switch answer {
            case .optimal(let choice): #expect(abs(choice.reduce(0) { $0 + $1.cost } - best) <= 1e-9 * best)
            case .stopped(let choice, let bound):
                #expect(bound <= best * (1 + 1e-9))
                if let choice { #expect(choice.reduce(0) { $0 + $1.cost } >= best * (1 - 1e-9)) }
            case .impossible: Issue.record("a plan below the ceiling exists")
            }
        }
    }

    @Test func `masks hold wards beyond the sixty-fourth`() {
        let wards = [0, 5, 63, 64, 100, 127]
        let mask = WardMask(wards)
        #expect(mask.nonzeroBitCount == wards.count)
        #expect(wards.allSatisfy { mask & .ward($0) != 0 })
        #expect(WardMask.first(128) == .max && WardMask.first(1) == 1)
        let price = (0..<128).map { Double($0) }
        #expect(PriceTable(price).sum(mask) == 359)
    }

    @Test(arguments: 1...10)
    func `figures kept up to date while wards move are those reckoned afresh`(seed: Int) throws {
        guard let (model, division, _) = try ground(seed) else { return }
        var random = TestGenerator(seed)
        var work = WorkingDivision(division, model)
        for _ in 0..<200 {
            let ward = Int.random(in: model.wardCodes.indices, using: &random)
            guard let area = model.neighbours[ward].map({ work.areaOf[$0] }).randomElement(using: &random),
                area != work.areaOf[ward], work.isMovable(ward), work.staysConnected(without: ward)
            else { continue }
            let before = work.totalCost
            let promised = work.costMore(ward, to: area)
            let excess = work.totalExcess + work.excessMore(ward, to: area)
            work.move(ward, to: area)
            let fresh = try #require(Division(work.areaOf, model))
            #expect(abs(work.totalCost - fresh.cost) < 1e-6)
            #expect(abs(before + promised - fresh.cost) < 1e-6)
            #expect(abs(excess - fresh.excess) < 1e-9)
        }
    }

    @Test(arguments: [1])
    func `a territory too large for a proof is balanced and connected by the search alone`(seed: Int) throws {
        let problem = try Territories.random(
            rows: 13, columns: 12, count: 10, tolerance: 0.12, missing: 0.05, seed: seed)
        let model = try AreaModel(problem)
        #expect(model.wardCodes.count > AreaColumns.mostWards)
        var drawing = AreaDrawing(model, effort: 0.05)
        let drawn = drawing.draw()
        let division = try #require(drawn)
        #expect(division.excess == 0)
        #expect(drawing.proof == .bestFound)
        for (area, wards) in Division.members(division.areaOf, model.count).enumerated() {
            #expect(AreaModel.pieces(of: wards, model.neighbours).count == 1)
            #expect(wards.contains(model.wardOfSetting[division.bases[area]]))
        }
    }
}
