import Planning
import Testing

/// What holds for every territory, tried on many invented ones.
@Suite struct DrawingPropertyTests {
    static let seeds = Array(1...40)

    @Test(arguments: seeds)
    func `the plan is the best of all divisions, tried one by one`(seed: Int) throws {
        let count = 2 + seed % 3
        let problem = try Territories.random(rows: 3, columns: 3, count: count, tolerance: 0.25, seed: seed)
        let all = BruteForce(problem).divisions()
        guard !all.isEmpty, problem.settings.contains(where: \.canBeBase) else { return }
        let plan = try problem.plan()
        guard !plan.relaxed.contains(where: { $0.constraint != .tolerance }) else { return }
        #expect(plan.proof == .optimal)
        var tolerance = 0.25
        if let best = all.map(\.balance).min(), best > 0.25 + 1e-9 {
            tolerance = (best * 100 - 1e-6).rounded(.up) / 100
            #expect(plan.relaxed.map(\.tolerance) == [tolerance])
        } else {
            #expect(plan.relaxed.isEmpty)
        }
        let optimum = try #require(all.filter { $0.balance <= tolerance + 1e-8 }.map(\.metres).min())
        #expect(abs(plan.totalMetres - optimum) <= 1e-6 * optimum)
    }

    @Test(arguments: 1...10)
    func `every plan keeps all the rules or says which gave way`(seed: Int) throws {
        let problem = try Territories.random(
            rows: 5, columns: 6, count: 2 + seed % 6, tolerance: 0.12, missing: 0.3, seed: seed)
        let plan = try problem.plan()
        let broken = plan.evaluation.broken
        #expect(broken.isEmpty || !plan.relaxed.isEmpty)
        let outOfBalance = broken.contains { if case .balance = $0 { true } else { false } }
        #expect(plan.relaxed.contains { $0.constraint == .tolerance } == outOfBalance)
        for area in plan.areas {
            #expect(!area.wards.isEmpty)
            let base = try #require(problem.settings.first { $0.id == area.base })
            #expect(area.wards.contains(base.ward))
        }
        #expect(plan.areas.flatMap(\.wards).sorted() == problem.wards.map(\.code).sorted())
        #expect(plan.areas.reduce(0) { $0 + $1.settings } == problem.settings.count)
    }

    @Test(arguments: 1...8)
    func `the order of the input does not matter`(seed: Int) throws {
        let problem = try Territories.random(
            rows: 4, columns: 4, count: 2 + seed % 4, tolerance: 0.2, missing: 0.2, seed: seed)
        var random = TestGenerator(seed)
        var shuffled = problem
        shuffled.wards.shuffle(using: &random)
        shuffled.settings.shuffle(using: &random)
        shuffled.bridges.shuffle(using: &random)
        shuffled.wards = shuffled.wards.map {
            AreaWard(code: $0.code, name: $0.name, neighbours: $0.neighbours.shuffled(using: &random))
        }
        #expect(try problem.plan() == shuffled.plan())
        #expect(try problem.plan() == problem.plan())
    }

    @Test(arguments: 1...20)
    func `locks are kept`(seed: Int) throws {
        var problem = try Territories.random(
            rows: 4, columns: 4, count: 3, tolerance: 0.3, missing: 0.1, seed: seed)
        var random = TestGenerator(seed)
        let bases = problem.settings.filter(\.canBeBase)
        let base = try #require(bases.randomElement(using: &random))
        let others = problem.wards.map(\.code).filter { $0 != base.ward }.shuffled(using: &random)
        problem.locks = AreaLocks(
            areaOfWard: [base.ward: "East", others[0]: "West", others[1]: "West"], baseOfArea: ["East": base.id],
            baseOfWard: [others[2]: base.id])
        let plan = try problem.plan()
        let kept = plan.evaluation.broken.allSatisfy {
            switch $0 {
            case .wardLock, .baseLock: false
            default: true
            }
        }
        #expect(kept)
        let east = try #require(plan.areas.first { $0.label == "East" })
        #expect(east.base == base.id && east.wards.contains(base.ward) && east.wards.contains(others[2]))
        let west = try #require(plan.areas.first { $0.label == "West" })
        #expect(west.wards.contains(others[0]) && west.wards.contains(others[1]))
    }

    @Test(arguments: seeds)
    func `with locks too the plan is the best of all divisions`(seed: Int) throws {
        var problem = try Territories.random(rows: 3, columns: 3, count: 3, tolerance: 0.4, missing: 0.05, seed: seed)
        let codes = problem.wards.map(\.code)
        problem.locks.areaOfWard = [codes[0]: "A", codes[codes.count - 1]: "B", codes[codes.count / 2]: "A"]
        let all = BruteForce(problem).divisions().filter { $0.balance <= 0.4 + 1e-9 }
        let plan = try problem.plan()
        guard let optimum = all.map(\.metres).min() else {
            #expect(!plan.relaxed.isEmpty)
            return
        }
        #expect(plan.relaxed.isEmpty)
        #expect(abs(plan.totalMetres - optimum) <= 1e-6 * optimum)
    }
}
