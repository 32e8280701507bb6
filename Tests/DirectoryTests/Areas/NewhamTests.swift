import Civil
import House
import Planning
import Store
import StoreTestKit
import TestKit
import Testing

@testable import Directory

@Suite struct NewhamTests {
    @Test(arguments: TestEngine.all) func theRealNewhamIsDrawnIntoFourMiniHubsAndPublished(
        engine: TestEngine
    ) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let fixture = AreaFixture(database)
            try await database.write { session in
                try RealPlaces.wards("newham", session)
                try RealPlaces.settings("E09000025", "Newham", fixture, session)
            }
            let path = try await DemoHubs.newham(fixture.tools)
            #expect(try await DemoHubs.newham(fixture.tools) == path)
            let hub = try await database.read { try Hubs.named("newham-early-years-hub", $0) }
            let scheme = try #require(try await database.read { try Schemes.of(hub, $0) }.first)
            let today = fixture.tools.clock.today
            let plan = try #require(try await database.read { try Plans.inForce(scheme, on: today, $0) })
            let picture = try await fixture.picture(plan.id)
            let figures = PlanFigures(picture)
            #expect(picture.state.areas.count == 4 && picture.state.areaOfWard.count == 24)
            #expect(figures.broken.isEmpty && figures.balance <= 0.1)
            #expect(picture.state.areas.allSatisfy { $0.baseID != nil })
            let visit = AreaVisit(room: fixture.room)
            let page = try await visit.get(plan.path(in: hub))
            #expect(page.holds("fewer than three childminders") || page.holds("no childminder"))
            #expect(try await visit.get("/hubs/newham-early-years-hub").holds("Mini-hubs"))
        }
    }
}
