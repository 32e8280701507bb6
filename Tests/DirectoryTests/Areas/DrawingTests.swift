import House
import Planning
import Store
import StoreTestKit
import Testing

@testable import Directory

@Suite struct DrawingTests {
    @Test(arguments: TestEngine.all) func twelveWardsBecomeFourMiniHubsThatHangTogetherAndAreBalanced(
        engine: TestEngine
    ) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let fixture = AreaFixture(database)
            try await fixture.lay(columns: 4, rows: 3)
            let hub = try await fixture.hub("Barnet-like Hub")
            let territory = try await database.read { try Territory.of(hub, $0) }
            #expect(territory.wards.count == 12 && territory.counted.count == 60)
            let drawing = Drawing(territory, by: .settings, tolerance: 0.1, seed: 1)
            let drawn = try drawing.draw(count: 4, word: "mini-hub") { fixture.tools.ids.next() }
            #expect(drawn.state.areas.count == 4)
            #expect(Set(drawn.state.areas.map(\.name)).count == 4)
            #expect(drawn.state.areaOfWard.count == 12)
            let evaluation = try drawing.evaluate(drawn.state)
            #expect(evaluation.broken.isEmpty)
            #expect(evaluation.areas.allSatisfy { $0.wards.count == 3 && $0.base != nil })
            let again = try drawing.draw(count: 4, word: "mini-hub") { fixture.tools.ids.next() }
            #expect(
                again.state.areas.map(\.name) == drawn.state.areas.map(\.name), "the same question has the same answer")
        }
    }

    @Test(arguments: TestEngine.all) func quadrantsAreNamedByTheirCorner(engine: TestEngine) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let fixture = AreaFixture(database)
            try await fixture.lay(columns: 4, rows: 4)
            let hub = try await fixture.hub()
            let territory = try await database.read { try Territory.of(hub, $0) }
            let drawn = try Drawing(territory, by: .settings, tolerance: 0.1, seed: 1)
                .draw(count: 4, word: "quadrant") { fixture.tools.ids.next() }
            #expect(Set(drawn.state.areas.map(\.name)) == ["North West", "North East", "South West", "South East"])
            let northWest = try #require(drawn.state.areas.first { $0.name == "North West" })
            #expect(drawn.state.areaOfWard[AreaFixture.ward(0, 3)] == northWest.id)
        }
    }

    @Test(arguments: TestEngine.all) func drawingAgainKeepsLockedWardsBasesAndNamesPeopleChose(
        engine: TestEngine
    ) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let fixture = AreaFixture(database)
            try await fixture.lay(columns: 4, rows: 3)
            let hub = try await fixture.hub()
            let territory = try await database.read { try Territory.of(hub, $0) }
            let drawing = Drawing(territory, by: .settings, tolerance: 0.4, seed: 1)
            var state = try drawing.draw(count: 4, word: "mini-hub") { fixture.tools.ids.next() }.state
            let corner = AreaFixture.ward(0, 0)
            let other = try #require(
                state.areas.first {
                    $0.id != state.areaOfWard[corner] && state.wards(of: $0.id).contains(AreaFixture.ward(1, 1))
                }
                    ?? state.areas.first { $0.id != state.areaOfWard[corner] })
            state.areaOfWard[corner] = other.id
            state.lockedWards = [corner]
            state.change(other.id) { $0.name = "The Fells" }
            let base = try #require(
                territory.counted.last {
                    $0.type == .school && state.areaOfWard[$0.ward] == other.id && $0.ward != corner
                })
            state.change(other.id) {
                $0.baseID = base.id
                $0.isBaseLocked = true
            }
            let again = try drawing.draw(count: 4, around: state, word: "mini-hub") { fixture.tools.ids.next() }
            #expect(again.state.areaOfWard[corner] == other.id)
            #expect(again.state.area(other.id)?.name == "The Fells")
            #expect(again.state.area(other.id)?.baseID == base.id)
            #expect(again.state.lockedWards == [corner])
            #expect(Set(again.state.areas.map(\.name)).count == 4)
        }
    }

    @Test(arguments: TestEngine.all) func whatCannotBeBalancedComesWithTheNearestPlanAndTheRuleToRelax(
        engine: TestEngine
    ) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let fixture = AreaFixture(database)
            try await fixture.lay(columns: 3, rows: 1)
            try await database.write { session in
                for number in 0..<30 {
                    try fixture.insert(
                        .dayNursery, name: "Heap \(number)", ward: AreaFixture.ward(0, 0), at: AreaFixture.centre(0, 0),
                        session)
                }
            }
            let hub = try await fixture.hub()
            let territory = try await database.read { try Territory.of(hub, $0) }
            let drawn = try Drawing(territory, by: .settings, tolerance: 0.05, seed: 1)
                .draw(count: 2, word: "mini-hub") { fixture.tools.ids.next() }
            let relaxed = drawn.notes.filter { $0.hasPrefix("!") }
            #expect(relaxed.count == 1)
            #expect(relaxed[0].contains("tolerance"))
            #expect(
                drawn.state.areas.contains { relaxed[0].contains($0.name) }, "areas are told by name, not by number")
        }
    }

    @Test(arguments: TestEngine.all) func settingsKeptSecretAndThoseWithoutAWardAreLeftOutAndCounted(
        engine: TestEngine
    ) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let fixture = AreaFixture(database)
            try await fixture.lay(columns: 2, rows: 2)
            let hub = try await fixture.hub()
            try await database.write { session in
                try fixture.insert(
                    .dayNursery, name: "Refuge", ward: AreaFixture.ward(0, 0), at: AreaFixture.centre(0, 0),
                    isSecret: true, session)
                try fixture.insert(.childminder, name: nil, ward: nil, at: nil, session)
                try fixture.insert(
                    .stayAndPlay, name: "Far Away Stay and Play", ward: "E05999999", at: nil, hub: hub.id, session)
            }
            let territory = try await database.read { try Territory.of(hub, $0) }
            #expect(territory.counted.count == 20)
            #expect(territory.settings.count { $0.isSecret } == 1)
            #expect(territory.settings.allSatisfy { !$0.isSecret || $0.point == nil })
            #expect(territory.unplaced == 1 && territory.outside == 1)
            let sentence = try #require(LeftOut.sentence(territory))
            #expect(sentence.contains("1 on the register of Fernshire") && sentence.contains("1 kept secret"))
        }
    }
}
