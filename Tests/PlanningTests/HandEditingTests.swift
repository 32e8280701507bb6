import Planning
import Testing

/// Changing a plan by hand: figures and broken rules follow.
@Suite struct HandEditingTests {
    @Test(arguments: 1...8)
    func `a drawn plan evaluated again has the same figures`(seed: Int) throws {
        let problem = try Territories.random(rows: 4, columns: 4, count: 3, tolerance: 0.3, seed: seed)
        let plan = try problem.plan()
        let again = try problem.evaluate(plan.assignment)
        #expect(again.areas == plan.areas)
        #expect(abs(again.totalMetres - plan.totalMetres) < 1e-6)
    }

    @Test(arguments: 1...8)
    func `the figures of a move are those of the plan after it`(seed: Int) throws {
        let problem = try Territories.random(rows: 4, columns: 4, count: 4, tolerance: 0.2, seed: seed)
        let plan = try problem.plan()
        let before = plan.assignment
        for ward in problem.wards {
            let moves = try problem.moves(ofWard: ward.code, in: before)
            #expect(moves.count == 3)
            for move in moves {
                var after = before
                after.areaOfWard[ward.code] = move.to
                after.baseOfArea[move.from] = move.baseLeftBehind
                let evaluation = try problem.evaluate(after)
                #expect(abs(evaluation.totalMetres - plan.totalMetres - move.metresMore) < 1e-6)
                #expect(abs(evaluation.balance - move.balanceAfter) < 1e-12)
                let fresh = Set(evaluation.broken).subtracting(plan.evaluation.broken)
                #expect(fresh == Set(move.breaks))
            }
        }
    }

    @Test func `the best base is the one that leaves least distance`() throws {
        let problem = try Territories.random(rows: 3, columns: 3, count: 2, tolerance: 0.3, seed: 7)
        let codes = problem.wards.map(\.code)
        let inside = problem.settings
        let expected = inside.filter(\.canBeBase).min { one, other in
            func total(_ base: AreaSetting) -> Double {
                inside.reduce(0) { $0 + $1.weight * GreatCircle.metres(from: $1.point, to: base.point) }
            }
            return total(one) < total(other)
        }
        #expect(try problem.bestBase(forWards: codes) == expected?.id)
        #expect(try problem.bestBase(forWards: []) == nil)
    }

    @Test func `every broken rule is named`() throws {
        let problem = try AreaProblem(
            outlines: [0, 1, 2, 3].map { Territories.square(0, $0) },
            settings: [0, 1, 2, 3].map { Territories.setting("S\($0)", 0, $0, canBeBase: $0 != 3) }, count: 2,
            locks: AreaLocks(areaOfWard: ["W00": "A", "W01": "B"], baseOfArea: ["B": "S1"]))
        let broken = try problem.evaluate(
            AreaAssignment(
                areaOfWard: ["W00": "A", "W01": "A", "W03": "A"], baseOfArea: ["A": "S3"])
        ).broken
        #expect(broken.contains(.balance(area: "A", share: 0.5)))
        #expect(broken.contains(.connection(area: "A", pieces: [["W00", "W01"], ["W03"]])))
        #expect(broken.contains(.base(area: "A", setting: "S3")))
        #expect(broken.contains(.wardLock(ward: "W01", wants: "B")))
        #expect(broken.contains(.baseLock(area: "B", wants: "S1")))
        #expect(broken.contains(.unassigned(ward: "W02")))
        #expect(broken.contains(.count(found: 1, wanted: 2)))
        #expect(broken.allSatisfy { $0.description.hasSuffix(".") })
    }

    @Test func `an assignment that names what does not exist is refused`() throws {
        let problem = try Territories.random(rows: 2, columns: 2, count: 1, tolerance: 1, missing: 0, seed: 3)
        #expect(throws: AreaProblemError.badAssignment("there is no ward X in the territory")) {
            try problem.evaluate(AreaAssignment(areaOfWard: ["X": "1"], baseOfArea: [:]))
        }
        #expect(throws: AreaProblemError.badAssignment("there is no setting X")) {
            try problem.evaluate(AreaAssignment(areaOfWard: ["W00": "1"], baseOfArea: ["1": "X"]))
        }
        #expect(throws: AreaProblemError.badAssignment("area “2” has a base but no wards")) {
            try problem.evaluate(AreaAssignment(areaOfWard: ["W00": "1"], baseOfArea: ["2": "X"]))
        }
        #expect(throws: AreaProblemError.badAssignment("ward W00 is in no area")) {
            try problem.moves(ofWard: "W00", in: AreaAssignment(areaOfWard: [:], baseOfArea: [:]))
        }
    }
}
