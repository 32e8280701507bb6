import Foundation
import House
import Store
import StoreTestKit
import TestKit
import Testing

@testable import Directory

@Suite struct HubFlowTests {
    @Test(arguments: TestEngine.all) func aHubIsMadeFromAuthoritiesAndWardsAndChangedLater(
        engine: TestEngine
    ) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let fixture = AreaFixture(database)
            let visit = AreaVisit(room: fixture.room)
            #expect(try await visit.get("/staff/hubs").holds("No hub yet"))
            #expect(try await visit.get("/staff/hubs/new").holds("No ward boundaries yet"))
            try await fixture.lay(columns: 4, rows: 3)
            #expect(try await visit.get("/staff/hubs/new?q=fern").holds("Fernshire (12 wards)"))
            #expect(try await visit.get("/staff/hubs/new?q=zzz%22%3E").holds("No authority with wards here"))

            let none = try await visit.get("/staff/hubs/new/wards?step=wards")
            #expect(none.status == 422 && none.holds("Tick at least one authority"))
            let wards = try await visit.get("/staff/hubs/new/wards?authority=E09000099")
            #expect(wards.status == 200 && wards.text.components(separatedBy: " checked").count == 13)

            let empty = try await visit.post(
                "/staff/hubs", [("authority", "E09000099"), ("name", " "), ("ward", "E050000")])
            #expect(empty.status == 422 && empty.holds("Give the hub a name") && empty.holds("There is a problem"))
            let noWard = try await visit.post("/staff/hubs", [("authority", "E09000099"), ("name", "Fern & Co")])
            #expect(noWard.status == 422 && noWard.holds("Tick at least one ward") && noWard.holds("Fern &amp; Co"))

            let all = (0..<4).flatMap { column in (0..<3).map { ("ward", AreaFixture.ward(column, $0)) } }
            let made = try await visit.postAndFollow(
                "/staff/hubs", [("authority", "E09000099"), ("name", "Fern Hub")] + all + [("ward", "E05999999")])
            #expect(
                made.path == "/staff/hubs/fern-hub" && made.holds("The hub is made") && made.holds("Not divided yet"))
            #expect(made.holds("12 wards of Fernshire"))
            #expect(try await visit.get("/staff/hubs").holds("Fern Hub"))

            let form = try await visit.get("/staff/hubs/fern-hub/territory")
            #expect(form.text.components(separatedBy: " checked").count == 13)
            #expect(try await visit.get("/staff/hubs/fern-hub/authorities?q=fern").holds("Fernshire"))
            let bare = try await visit.post("/staff/hubs/fern-hub/territory", [])
            #expect(bare.status == 422)
            let changed = try await visit.postAndFollow(
                "/staff/hubs/fern-hub/territory", [("name", "The Fern Hub")] + all.dropLast(2))
            #expect(changed.holds("10 wards of Fernshire") && changed.holds("The Fern Hub"))
            #expect(try await visit.get("/staff/hubs/nowhere").status == 404)
        }
    }

    @Test(arguments: TestEngine.all) func twoHubsOfOneNameGetAddressesOfTheirOwnAndNewIsNeverOne(
        engine: TestEngine
    ) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let fixture = AreaFixture(database)
            try await fixture.lay(columns: 1, rows: 1)
            let slugs = [try await fixture.hub("New"), try await fixture.hub("Fern"), try await fixture.hub("Fern")]
                .map(\.slug)
            #expect(slugs == ["new-2", "fern", "fern-2"])
        }
    }

    @Test(arguments: TestEngine.all) func aHubOverTwoAuthoritiesHasTheSettingsOfBothAndASampleHubOnlyItsOwn(
        engine: TestEngine
    ) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let fixture = AreaFixture(database)
            try await fixture.lay(columns: 2, rows: 2)
            try await database.write { session in
                try session.run(
                    "insert into authority (code, name, edition) values ('E09000098', 'Mossdale', '2024-12')")
                try session.run("update ward set authority_code = 'E09000098' where code = \(AreaFixture.ward(1, 1))")
            }
            let hub = try await fixture.hub()
            let both = try await database.read { try Territory.of(hub, $0) }
            #expect(both.counted.count == 20 && Set(both.wards.map(\.authority)) == ["Fernshire", "Mossdale"])
            let sample = try await database.write { session in
                let sample = try Hubs.create(
                    name: "Made Up", wards: both.wards.map(\.code), isSample: true, session, fixture.tools)
                try fixture.insert(
                    .stayAndPlay, name: "Tuesday Stay and Play", ward: AreaFixture.ward(0, 0),
                    at: AreaFixture.centre(0, 0),
                    hub: sample.id, session)
                return sample
            }
            let invented = try await database.read { try Territory.of(sample, $0) }
            #expect(invented.counted.map(\.name) == ["Tuesday Stay and Play"])
            let still = try await database.read { try Territory.of(hub, $0) }
            #expect(still.counted.count == 20, "an invented hub's settings are nobody else's")
        }
    }
}
