import Civil
import Foundation
import House
import Planning
import Store
import StoreTestKit
import TestKit
import Testing

@testable import Directory

@Suite struct NetworkTests {
    @Test(arguments: TestEngine.all) func settingsGoToTheNearestAnchorWithRoom(engine: TestEngine) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let fixture = AreaFixture(database)
            let visit = AreaVisit(room: fixture.room)
            try await fixture.lay(columns: 4, rows: 1, settings: 7)
            let hub = try await fixture.hub()
            let scheme = try await fixture.scheme(hub, word: "network", divides: .settings)
            let path = scheme.path(in: hub)
            let page = try await visit.get(path)
            #expect(
                page.holds("Nursery schools (4)") && page.holds(" checked"), "nursery schools are ticked to begin with")
            let none = try await visit.post("\(path)/anchors", [])
            #expect(none.status == 422 && none.holds("Tick at least one school"))
            let schools = try await database.read { session in
                try session.all("select id from setting where type = 'nursery-school' order by ward_code").map {
                    $0.text("id")
                }
            }
            let two = [("anchor", schools[0]), ("anchor", schools[3])]
            let wrong = try await visit.post("\(path)/anchors", two + [("room-\(schools[0])", "many")])
            #expect(wrong.status == 422 && wrong.holds("Write how many settings fit") && wrong.holds("value=\"many\""))
            let small = try await visit.post(
                "\(path)/anchors", two + [("room-\(schools[0])", "3"), ("room-\(schools[3])", "5")])
            #expect(small.status == 422 && small.holds("room for 8 settings") && small.holds("there are 28"))

            let drawn = try await visit.postAndFollow("\(path)/anchors", two + [("room-\(schools[0])", "9")])
            #expect(drawn.holds("The draft is drawn") && drawn.holds("of 9") && drawn.holds("that one is full"))
            let id = try #require(drawn.path.split(separator: "/").last.map(String.init))
            let picture = try await fixture.picture(id)
            let first = try #require(picture.state.areas.first { $0.baseID == schools[0] })
            #expect(picture.state.areaOfSetting.values.count { $0 == first.id } == 9)
            #expect(picture.state.areaOfSetting[schools[0]] == first.id)
            #expect(picture.state.areaOfSetting.count == 28)
            #expect(try await visit.get("\(drawn.path)/areas/\(first.id)").holds("keeps the anchor"))

            _ = try await database.write { session in
                try fixture.insert(
                    .dayNursery, name: "Newcomer", ward: AreaFixture.ward(0, 0), at: AreaFixture.centre(0, 0), session)
            }
            #expect(try await visit.get(drawn.path).holds("1 setting is in no network"))
            let published = try await visit.postAndFollow(
                "\(drawn.path)/publish", [("from", "22 November 2026"), ("edition", "1")])
            #expect(published.holds("is published"))
            let open = try await visit.get("/hubs/\(hub.slug)")
            #expect(open.holds(first.name))
            #expect(try await visit.get("/hubs/\(hub.slug)/areas/\(first.id)").holds("Alder"))
            let today = fixture.tools.clock.today
            let areas = try await database.read { try AreaLookup.areas(ofSetting: schools[3], on: today, $0) }
            #expect(areas.map(\.scheme.word) == ["network"] && areas[0].baseID == schools[3])
        }
    }

    @Test(arguments: TestEngine.all) func aHubWithoutPossibleAnchorsSaysSo(engine: TestEngine) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let fixture = AreaFixture(database)
            let visit = AreaVisit(room: fixture.room)
            try await fixture.lay(columns: 1, rows: 1, settings: 0)
            let hub = try await fixture.hub()
            let scheme = try await fixture.scheme(hub, word: "network", divides: .settings)
            #expect(try await visit.get(scheme.path(in: hub)).holds("can be an anchor yet"))
            let wards = try await fixture.scheme(hub)
            let drawn = try await visit.post(
                "\(wards.path(in: hub))/draw", [("count", "1"), ("balance", "settings"), ("tolerance", "10")])
            #expect(drawn.status == 422 && drawn.holds("No setting can be a base"))
        }
    }
}
