import Planning
import Testing

/// The rule page `docs/rules/school-networks.md`.
@Suite struct SchoolNetworksTests {
    private func place(_ kilometresEast: Double) -> GeoPoint {
        GeoPoint(latitude: 0, longitude: kilometresEast * 1000 / (GreatCircle.meanEarthRadius * .pi / 180))
    }

    private func settings(_ places: [(String, Double)]) -> [AnchoredSetting] {
        places.map { AnchoredSetting(id: $0.0, point: place($0.1)) }
    }

    @Test func `school networks: the worked example`() throws {
        let people: [(String, Double)] = [("Ash", 0), ("Beech", 1), ("Cherry", 2), ("Damson", 8)]
        let free = try assignToAnchors(
            settings: settings(people),
            anchors: [Anchor(id: "Hill", point: place(1)), Anchor(id: "Mill", point: place(6))])
        #expect(free.anchorOfSetting == ["Ash": "Hill", "Beech": "Hill", "Cherry": "Hill", "Damson": "Mill"])
        #expect(abs(free.totalMetres - 4_000) < 0.01)
        let full = try assignToAnchors(
            settings: settings(people),
            anchors: [Anchor(id: "Hill", point: place(1), capacity: 2), Anchor(id: "Mill", point: place(6))])
        #expect(full.displaced == ["Cherry"])
        #expect(abs(full.totalMetres - 7_000) < 0.01)
    }

    @Test(arguments: 1...60)
    func `the total distance is the least possible`(seed: Int) throws {
        var random = TestGenerator(seed)
        func anywhere() -> GeoPoint {
            GeoPoint(
                latitude: .random(in: 51.4...51.6, using: &random), longitude: .random(in: -0.2...0.2, using: &random))
        }
        let people = (0..<7).map { AnchoredSetting(id: "S\($0)", point: anywhere()) }
        let anchors = (0..<3).map { number in
            Anchor(
                id: "A\(number)", point: anywhere(), capacity: number == 0 ? nil : .random(in: 0...3, using: &random))
        }
        let plan = try assignToAnchors(settings: people.shuffled(using: &random), anchors: anchors)
        #expect(try assignToAnchors(settings: people, anchors: anchors.reversed()) == plan)
        for anchor in anchors {
            #expect(plan.anchorOfSetting.values.count { $0 == anchor.id } <= anchor.capacity ?? 7)
        }
        var least = Double.infinity
        func visit(_ next: Int, _ loads: [Int], _ metres: Double) {
            if next == people.count {
                least = min(least, metres)
                return
            }
            for (number, anchor) in anchors.enumerated() where loads[number] < anchor.capacity ?? 7 {
                var more = loads
                more[number] += 1
                visit(next + 1, more, metres + GreatCircle.metres(from: people[next].point, to: anchor.point))
            }
        }
        visit(0, [0, 0, 0], 0)
        #expect(abs(plan.totalMetres - least) < 1e-5)
    }

    @Test func `five hundred settings and ten full schools`() throws {
        var random = TestGenerator(5)
        let people = (0..<500).map { number in
            AnchoredSetting(
                id: "S\(number)",
                point: GeoPoint(
                    latitude: .random(in: 51.4...51.6, using: &random), longitude: .random(in: 0...0.1, using: &random))
            )
        }
        let anchors = (0..<10).map { number in
            Anchor(
                id: "A\(number)", point: GeoPoint(latitude: 51.5, longitude: 0.01 * Double(number * number)),
                capacity: 50)
        }
        let plan = try assignToAnchors(settings: people, anchors: anchors)
        for anchor in anchors { #expect(plan.anchorOfSetting.values.count { $0 == anchor.id } == 50) }
    }

    @Test func `what makes no sense is refused in plain English`() {
        func refusal(_ settings: [AnchoredSetting], _ anchors: [Anchor]) -> AnchorError? {
            do {
                _ = try assignToAnchors(settings: settings, anchors: anchors)
                return nil
            } catch {
                return error
            }
        }
        let one = AnchoredSetting(id: "S", point: place(0))
        let two = AnchoredSetting(id: "T", point: place(1))
        let school = Anchor(id: "A", point: place(0), capacity: 1)
        #expect(refusal([one], []) == .noAnchors)
        #expect(refusal([one, one], [school]) == .duplicateSetting("S"))
        #expect(refusal([one], [school, school]) == .duplicateAnchor("A"))
        #expect(refusal([one, two], [school]) == .tooLittleCapacity(settings: 2, places: 1))
        #expect(refusal([one], [Anchor(id: "A", point: place(0), capacity: -1)]) == .badCapacity(anchor: "A"))
        let nowhere = GeoPoint(latitude: .nan, longitude: 0)
        #expect(refusal([AnchoredSetting(id: "N", point: nowhere)], [school]) == .badPosition("N"))
        #expect(refusal([one], [Anchor(id: "N", point: nowhere)]) == .badPosition("N"))
        #expect(refusal([], [school]) == nil)
        let huge = (0..<3).map { Anchor(id: "H\($0)", point: place(0), capacity: .max) }
        #expect(refusal([one, two], huge) == nil)
        #expect(
            AnchorError.tooLittleCapacity(settings: 2, places: 1).description
                == "The anchors have 1 places for 2 settings. Raise the number of places by 1 or add an anchor.")
    }
}
