import Planning
import Testing

/// Problems that make no sense get a plain answer, never a crash.
@Suite struct BadProblemTests {
    private func problem(
        _ settings: [AreaSetting], wards: Int = 3, count: Int = 2, tolerance: Double = 0.5,
        locks: AreaLocks = AreaLocks()
    ) throws -> AreaProblem {
        try AreaProblem(
            outlines: (0..<wards).map { Territories.square(0, $0) }, settings: settings, count: count,
            tolerance: tolerance, locks: locks)
    }

    private let three = [0, 1, 2].map { Territories.setting("S\($0)", 0, $0) }

    private func refusal(_ problem: AreaProblem) -> AreaProblemError? {
        do {
            _ = try problem.plan()
            return nil
        } catch {
            return error
        }
    }

    @Test func `wrong numbers are refused`() throws {
        #expect(refusal(try problem(three, count: 0)) == .badCount(0))
        #expect(refusal(try problem(three, count: -4)) == .badCount(-4))
        #expect(refusal(try problem(three, count: 4)) == .moreAreasThanWards(areas: 4, wards: 3))
        #expect(refusal(try problem(three, tolerance: -0.1)) == .badTolerance(-0.1))
        #expect(refusal(try problem(three, tolerance: .infinity)) == .badTolerance(.infinity))
        #expect(refusal(try problem(three, tolerance: .nan)) != nil)
        #expect(refusal(try problem([], wards: 0)) == .noWards)
    }

    @Test func `wrong settings are refused by name`() throws {
        let far = AreaSetting(id: "F", point: GeoPoint(latitude: .nan, longitude: 0), ward: "W00", canBeBase: true)
        #expect(refusal(try problem(three + [far])) == .badPosition(setting: "F"))
        var outside = three[0]
        outside.id = "O"
        outside.point.latitude = 91
        #expect(refusal(try problem(three + [outside])) == .badPosition(setting: "O"))
        var lost = three[0]
        lost.id = "L"
        lost.ward = "nowhere"
        #expect(refusal(try problem(three + [lost])) == .unknownWard(setting: "L", ward: "nowhere"))
        #expect(refusal(try problem(three + [three[1]])) == .duplicateSetting("S1"))
        var light = three[0]
        light.id = "N"
        for weight in [-1, .nan, Double.infinity] {
            light.weight = weight
            #expect(refusal(try problem(three + [light])) == .badWeight(setting: "N"))
        }
        var heavy = three
        heavy[0].weight = .greatestFiniteMagnitude
        heavy[1].weight = .greatestFiniteMagnitude
        #expect(refusal(try problem(heavy)) != nil)
    }

    @Test func `wards that appear twice or lie nowhere are refused`() throws {
        let square = Territories.square(0, 0)
        #expect(throws: AreaProblemError.duplicateWard("W00")) {
            try AreaProblem(outlines: [square, square], settings: three, count: 1)
        }
        var broken = square
        broken.rings[0][0].longitude = .infinity
        #expect(throws: AreaProblemError.badOutline(ward: "W00")) {
            try AreaProblem(outlines: [broken], settings: [], count: 1)
        }
        let ward = AreaWard(code: "A", name: "A", neighbours: ["A", "Z"])
        let twice = AreaProblem(wards: [ward, ward], settings: [], count: 1)
        #expect(refusal(twice) == .duplicateWard("A"))
    }

    @Test func `no possible base is refused; too few are widened to any setting, and it is said`() throws {
        let none = three.map { AreaSetting(id: $0.id, point: $0.point, ward: $0.ward, canBeBase: false) }
        #expect(refusal(try problem(none)) == .noPossibleBase)
        let plan = try problem([three[0]] + none.dropFirst(), count: 2, tolerance: 1).plan()
        #expect(plan.relaxed.map(\.constraint) == [.base])
        #expect(plan.areas.count == 2)
        #expect(
            refusal(try problem([three[0]], count: 2)) == .tooFewPossibleBases(areas: 2, wardsWithSettings: 1))
    }

    @Test func `locks on what does not exist are refused`() throws {
        func locked(_ locks: AreaLocks) throws -> AreaProblemError? { refusal(try problem(three, locks: locks)) }
        #expect(try locked(AreaLocks(areaOfWard: ["X": "A"])) == .lockOnUnknownWard("X"))
        #expect(try locked(AreaLocks(baseOfWard: ["X": "S0"])) == .lockOnUnknownWard("X"))
        #expect(try locked(AreaLocks(baseOfArea: ["A": "X"])) == .lockOnUnknownSetting("X"))
        #expect(try locked(AreaLocks(baseOfWard: ["W00": "X"])) == .lockOnUnknownSetting("X"))
        var settings = three
        settings[1].canBeBase = false
        let impossible = try problem(settings, locks: AreaLocks(baseOfArea: ["A": "S1"]))
        #expect(refusal(impossible) == .lockOnImpossibleBase("S1"))
    }

    @Test func `contradictory locks are refused`() throws {
        func contradicts(_ locks: AreaLocks) throws -> Bool {
            if case .contradictoryLocks(let text) = refusal(try problem(three, locks: locks)) { return !text.isEmpty }
            return false
        }
        #expect(try contradicts(AreaLocks(baseOfArea: ["A": "S0", "B": "S0"])))
        #expect(try contradicts(AreaLocks(areaOfWard: ["W00": "A"], baseOfArea: ["B": "S0"])))
        #expect(try contradicts(AreaLocks(baseOfArea: ["A": "S0"], baseOfWard: ["W00": "S1"])))
        #expect(
            try contradicts(AreaLocks(areaOfWard: ["W02": "A"], baseOfArea: ["A": "S0"], baseOfWard: ["W02": "S1"])))
        #expect(try contradicts(AreaLocks(areaOfWard: ["W00": "A", "W01": "A", "W02": "A"])))
        let many = AreaLocks(areaOfWard: ["W00": "A", "W01": "B", "W02": "C"])
        #expect(refusal(try problem(three, locks: many)) == .tooManyLockedAreas(labels: 3, areas: 2))
    }

    @Test func `locks that tear an area apart are kept, and the tear is said`() throws {
        let locks = AreaLocks(areaOfWard: ["W00": "A", "W01": "B", "W02": "A"])
        let plan = try problem(three, tolerance: 1, locks: locks).plan()
        #expect(plan.relaxed.map(\.constraint) == [.connection])
        #expect(plan.areas.first { $0.label == "A" }?.wards == ["W00", "W02"])
        #expect(plan.evaluation.broken == [.connection(area: "A", pieces: [["W00"], ["W02"]])])
    }

    @Test func `wards with no settings and settings with no weight do no harm`() throws {
        let bare = try problem([three[0], three[2]], wards: 6, count: 2).plan()
        #expect(bare.evaluation.broken.isEmpty)
        #expect(bare.notes == ["4 wards have no settings; they go wherever they fit."])
        let weightless = three.map {
            AreaSetting(id: $0.id, point: $0.point, ward: $0.ward, weight: 0, canBeBase: true)
        }
        let plan = try problem(weightless, tolerance: 0).plan()
        #expect(plan.areas.count == 2)
        #expect(plan.totalMetres == 0)
    }

    @Test func `a balance that cannot be is widened to the least whole per cent, and the mend is named`() throws {
        let lopsided = [0, 1].map { Territories.setting("S\($0)", 0, $0, weight: $0 == 0 ? 3 : 1) }
        let plan = try problem(lopsided, wards: 2, count: 2, tolerance: 0.1).plan()
        #expect(plan.relaxed.map(\.tolerance) == [0.5])
        let message = try #require(plan.relaxed.first?.message)
        #expect(message.contains("No division of these wards into 2 areas keeps every area within 10 % of the mean"))
        #expect(message.contains("This plan keeps within 50 %"))
        #expect(message.contains("widen the tolerance"))
        let locked = try problem(
            [0, 1, 2, 3].map { Territories.setting("S\($0)", 0, $0) }, wards: 4, count: 2, tolerance: 0.1,
            locks: AreaLocks(areaOfWard: ["W00": "A", "W01": "A", "W02": "A"])
        ).plan()
        #expect(locked.relaxed.first?.message.contains("remove a lock") == true)
    }

    @Test func `wards without any neighbour are joined to the nearest, and it is said`() throws {
        let wards = ["A", "B", "C"].map { AreaWard(code: $0, name: $0, neighbours: []) }
        let settings = zip(wards, [0, 1, 5]).map { ward, column in
            AreaSetting(
                id: "S\(ward.code)", point: Territories.setting("", 0, column).point, ward: ward.code, canBeBase: true)
        }
        let plan = try AreaProblem(wards: wards, settings: settings, count: 1).plan()
        #expect(plan.relaxed.map(\.constraint) == [.connection, .connection])
        #expect(plan.relaxed[0].message.contains("joins A and B"))
        #expect(plan.relaxed[1].message.contains("joins B and C"))
    }
}
