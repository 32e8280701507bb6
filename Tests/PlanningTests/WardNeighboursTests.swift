import Planning
import Testing

@Suite struct WardNeighboursTests {
    @Test func `wards that share a stretch are neighbours; a shared corner is not enough`() throws {
        let found = try WardNeighbours.find(among: [(0, 0), (0, 1), (1, 0), (1, 1)].map(Territories.square))
        #expect(found.neighbours["W00"] == ["W01", "W10"])
        #expect(found.neighbours["W11"] == ["W01", "W10"])
        #expect(found.isolated.isEmpty)
        #expect(found.bridges.isEmpty)
    }

    @Test func `coordinates that differ in the seventh decimal are the same place`() throws {
        var nudged = Territories.square(0, 1)
        nudged.rings[0] = nudged.rings[0].map {
            GeoPoint(latitude: $0.latitude + 3e-7, longitude: $0.longitude - 3e-7)
        }
        let found = try WardNeighbours.find(among: [Territories.square(0, 0), nudged])
        #expect(found.neighbours["W00"] == ["W01"])
    }

    @Test func `an island is told and joined to the nearest shore`() throws {
        let found = try WardNeighbours.find(among: [(0, 0), (0, 1), (0, 3)].map(Territories.square))
        #expect(found.isolated == ["W03"])
        #expect(found.bridges.map(\.from) == ["W01"])
        #expect(found.bridges.map(\.to) == ["W03"])
        let metres = try #require(found.bridges.first?.metres)
        let expected = GreatCircle.metres(
            from: GeoPoint(latitude: 51.51, longitude: -0.08), to: GeoPoint(latitude: 51.51, longitude: -0.07))
        #expect(abs(metres - expected) < 0.01)
    }

    @Test func `pieces are joined by as few and as short bridges as can be`() throws {
        let found = try WardNeighbours.find(
            among: [(0, 0), (0, 1), (0, 3), (0, 4), (3, 0), (8, 8)].map(Territories.square))
        #expect(found.bridges.count == 3)
        #expect(found.bridges.contains { $0.from == "W01" && $0.to == "W03" })
        #expect(found.bridges.contains { $0.from == "W00" && $0.to == "W30" })
    }

    @Test func `a ward of several parts, or with a hole, has the neighbours of all its rings`() throws {
        var split = Territories.square(0, 0)
        split.rings += Territories.square(5, 5).rings
        let inner = Territories.square(2, 2)
        var ring = Territories.square(2, 1)
        ring.rings.append(inner.rings[0].reversed())
        let found = try WardNeighbours.find(among: [split, Territories.square(5, 6), ring, inner])
        #expect(found.neighbours["W00"] == ["W56"])
        #expect(found.neighbours["W22"] == ["W21"])
    }

    @Test func `wards without an outline do not stop the rest`() throws {
        let empty = WardOutline(code: "E", name: "Empty", rings: [])
        let found = try WardNeighbours.find(among: [empty, Territories.square(0, 0)])
        #expect(found.isolated == ["E", "W00"])
        #expect(found.bridges.isEmpty)
        #expect(try WardNeighbours.find(among: []).neighbours.isEmpty)
        let plan = try AreaProblem(
            outlines: [empty, Territories.square(0, 0)], settings: [Territories.setting("S", 0, 0)], count: 1
        ).plan()
        #expect(plan.areas[0].wards == ["E", "W00"])
        #expect(plan.relaxed.map(\.constraint) == [.connection])
    }
}
