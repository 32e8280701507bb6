import Civil
import Files
import Foundation
import House
import Planning
import Store
import StoreTestKit
import TestKit
import Testing

@testable import Directory

@Suite struct SampleHubTests {
    @Test(arguments: TestEngine.all) func theInventedHubHasTheMixOfTheRealBoroughAndIsMadeOnce(
        engine: TestEngine
    ) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let fixture = AreaFixture(database)
            await #expect(throws: Refusal.self) { try await SampleHub.make(fixture.tools) }
            try await database.write { try RealPlaces.wards("newham", $0) }
            let path = try await SampleHub.make(fixture.tools)
            let again = try await SampleHub.make(fixture.tools)
            #expect(path == "/staff/hubs/four-quarters-hub" && again == path)
            let hub = try await database.read { try Hubs.named("four-quarters-hub", $0) }
            let (rows, inspections, hubs) = try await database.read { session in
                (
                    try session.all("select * from setting where hub_id = \(hub.id)"),
                    try session.all("select distinct framework from inspection").map { $0.text("framework") },
                    try session.count("select count(*) from hub")
                )
            }
            #expect(hubs == 1 && hub.isSample)
            func count(_ types: SettingType...) -> Int {
                rows.count { row in types.contains { $0.rawValue == row.text("type") } }
            }
            #expect(count(.childminder) == 173 && count(.homeChildcarer) == 111 && count(.domestic) == 2)
            #expect(count(.dayNursery, .preschool, .groupProvider, .outOfSchool) == 166)
            #expect(count(.nurserySchool) == 7 && count(.school) == 75)
            #expect(Set(inspections) == ["oeif", "reif", "ncor", "oosc", "cr"])
            let wards = try await database.read { try Territory.of(hub, $0) }
            for row in rows {
                if row.bool("is_home") {
                    #expect(
                        row.realOrNil("latitude") == nil && row.textOrNil("address") == nil
                            && row.textOrNil("postcode") == nil)
                } else {
                    let ward = try #require(wards.ward(row.text("ward_code")))
                    let point = GeoPoint(
                        latitude: row.realOrNil("latitude") ?? 0, longitude: row.realOrNil("longitude") ?? 0)
                    #expect(ward.shape.contains(point) || point == ward.centre)
                }
            }
            try await everyPageIsSound(hub, fixture)
        }
    }

    /// It is divided in three ways at once, and all its pages are as they should be.
    private func everyPageIsSound(_ hub: Hub, _ fixture: AreaFixture) async throws {
        let visit = AreaVisit(room: fixture.room)
        let database = fixture.tools.database
        let page = try await visit.get(hub.staffPath)
        #expect(page.holds("Everything in this hub is invented") && page.holds("Nursery school networks"))
        let schemes = try await database.read { try Schemes.of(hub, $0) }
        #expect(schemes.map(\.word) == ["mini-hub", "network", "quadrant"])
        let today = fixture.tools.clock.today
        for scheme in schemes {
            #expect(try await visit.get(scheme.path(in: hub)).status == 200)
            let plan = try #require(try await database.read { try Plans.inForce(scheme, on: today, $0) })
            let picture = try await fixture.picture(plan.id)
            #expect(picture.state.areas.count == (scheme.word == "network" ? 7 : 4))
            #expect(plan.relaxations.isEmpty && PlanFigures(picture).broken.isEmpty, "\(scheme.name)")
            #expect(try await visit.get(plan.path(in: hub)).status == 200)
        }
        let first = try await visit.get("\(schemes[0].path(in: hub))/compare")
        #expect(first.status == 200)
        let areas = try await database.read { try PublicHub.areas(hub, on: today, $0) }
        #expect(areas.count == 15)
        for area in areas {
            #expect(try await visit.get(area.path).status == 200)
            let directory = try await visit.get("\(area.path)/directory")
            #expect(directory.holds("in it is invented"))
        }
    }

    /// Not one invented name is the name of a provider or a school anywhere in England, and no postcode is real.
    @Test func noInventedNameOrPostcodeIsARealOne() throws {
        var dice = SampleDice(seed: 2021)
        var names = SampleNames()
        var invented: Set<String> = []
        for (type, count) in SampleSettings.mix {
            for _ in 0..<count { invented.insert(SortKey.of(names.next(type, &dice))) }
        }
        #expect(invented.count == SampleSettings.mix.reduce(0) { $0 + $1.count })
        var real: Set<String> = []
        func read(_ file: String, _ column: String) throws {
            let header = HeaderSpec([HeaderSpec.Column(column, required: true)])
            try Table.read(RealPlaces.source(file), header: header) { row, found in
                real.insert(SortKey.of(row.text(found[column])))
            }
        }
        try read("england/schools-2024-06.csv.gz", "name")
        try read("england/ofsted-2021-08-31.csv.gz", "Provider name")
        #expect(real.count > 40_000)
        #expect(invented.isDisjoint(with: real), "\(invented.intersection(real).sorted())")
        for _ in 0..<500 { #expect(SampleNames.postcode(&dice).hasPrefix("FQ")) }
    }
}
