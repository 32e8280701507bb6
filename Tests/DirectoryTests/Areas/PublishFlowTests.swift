import Civil
import Foundation
import House
import Store
import StoreTestKit
import TestKit
import Testing

@testable import Directory

@Suite struct PublishFlowTests {
    private func day(_ text: String) throws -> Day { try #require(Day(iso: text)) }

    /// A hub of six wards with `count` drafts of one scheme.
    private func drafts(_ count: Int, _ fixture: AreaFixture) async throws -> (hub: Hub, scheme: Scheme, plans: [Plan]) {
        try await fixture.lay(columns: 3, rows: 2)
        let hub = try await fixture.hub()
        let scheme = try await fixture.scheme(hub)
        let territory = try await fixture.tools.database.read { try Territory.of(hub, $0) }
        let tools = fixture.tools
        let plans = try await tools.database.write { session in
            try (0..<count).map { number in
                let plan = Plan(id: tools.ids.next(), schemeID: scheme.id, name: "Draft \(number + 1)", tolerance: 0.4)
                let drawn = try Drawing(territory, plan).draw(count: 2 + number, word: "mini-hub") { tools.ids.next() }
                try Plans.insert(plan, drawn.state, session, tools)
                return plan
            }
        }
        return (hub, scheme, plans)
    }

    @Test(arguments: TestEngine.all) func thePlanInForceIsFoundByItsDaysAndTheOneBeforeIsKept(
        engine: TestEngine
    ) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let fixture = AreaFixture(database)
            let visit = AreaVisit(room: fixture.room)
            let (hub, scheme, plans) = try await drafts(2, fixture)
            let first = plans[0].path(in: hub)
            let second = plans[1].path(in: hub)
            for wrong in ["", "yesterday", "31 February 2026"] {
                let refused = try await visit.post("\(first)/publish", [("from", wrong), ("edition", "1")])
                #expect(refused.status == 422, "\(wrong)")
            }
            _ = try await visit.postAndFollow("\(first)/publish", [("from", "2026-01-01"), ("edition", "1")])
            #expect(try await visit.get("\(second)/publish").holds("ends on the day before"))
            let early = try await visit.post("\(second)/publish", [("from", "1/1/2026"), ("edition", "1")])
            #expect(early.status == 422 && early.holds("is in force from 1 January 2026"))
            _ = try await visit.postAndFollow("\(second)/publish", [("from", "1 December 2026"), ("edition", "1")])
            func inForce(_ text: String) async throws -> String? {
                let day = try day(text)
                return try await database.read { try Plans.inForce(scheme, on: day, $0)?.name }
            }
            #expect(try await inForce("2025-12-31") == nil)
            #expect(try await inForce("2026-01-01") == "Plan from 1 January 2026")
            #expect(try await inForce("2026-11-30") == "Plan from 1 January 2026")
            #expect(try await inForce("2026-12-01") == "Plan from 1 December 2026")
            let page = try await visit.get(scheme.path(in: hub))
            #expect(page.holds("1 January 2026 to 30 November 2026") && page.holds("Coming"))
            #expect(try await visit.get(hub.staffPath).holds("Coming"))
            #expect(try await visit.get(first).status == 200, "the older plan can still be read")

            let published = try await visit.post("\(first)/change", [("what", "redraw"), ("edition", "2")])
            #expect(published.status == 409 && published.holds("published meanwhile"))
            #expect(try await visit.get("\(first)/publish").status == 400)
            #expect(try await visit.get("\(first)/delete").status == 400)
            #expect(try await visit.get("\(first)/unpublish").status == 400, "only the newest can be taken back")
            #expect(try await visit.get("\(second)/unpublish").holds("in force again"))
            let back = try await visit.postAndFollow("\(second)/unpublish", [])
            #expect(back.holds("a draft again"))
            #expect(try await inForce("2027-06-01") == "Plan from 1 January 2026")
            #expect(try await visit.post("\(second)/unpublish", []).status == 422)
        }
    }

    @Test(arguments: TestEngine.all) func aSettingAndAWardKnowTheirAreaInEverySchemeOnADay(
        engine: TestEngine
    ) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let fixture = AreaFixture(database)
            let (hub, scheme, plans) = try await drafts(1, fixture)
            let from = try day("2026-09-01")
            _ = try await database.write { session in
                try Publishing.publish(plans[0], from: from, edition: 1, session, fixture.tools)
            }
            let state = try await database.read { try Plans.state(of: plans[0].id, $0) }
            let ward = AreaFixture.ward(2, 1)
            let (setting, stranger) = try await database.write { session in
                let sample = try Hubs.create(name: "Other", wards: [ward], isSample: true, session, fixture.tools)
                let other = try fixture.insert(.school, name: "Made up", ward: ward, at: nil, hub: sample.id, session)
                return (
                    try session.first("select id from setting where ward_code = \(ward) and hub_id is null")?.text(
                        "id"), other
                )
            }
            let id = try #require(setting)
            let (of, before, none, byWard, members) = try await database.read { session in
                (
                    try AreaLookup.areas(ofSetting: id, on: from, session),
                    try AreaLookup.areas(ofSetting: id, on: from.adding(days: -1), session),
                    try AreaLookup.areas(ofSetting: stranger, on: from, session),
                    try AreaLookup.areas(ofWard: ward, on: from, session),
                    try AreaLookup.settings(ofArea: state.areaOfWard[ward] ?? "", session)
                )
            }
            #expect(of.map(\.areaID) == [state.areaOfWard[ward]] && of[0].scheme == scheme && of[0].hub == hub)
            #expect(before.isEmpty && none.isEmpty, "an invented setting is not in a real hub's area")
            #expect(byWard == of)
            #expect(members.contains(id) && !members.contains(stranger))
        }
    }

    @Test(arguments: TestEngine.all) func aHubThatGrewSaysWhichWardsItsPlanDoesNotKnow(engine: TestEngine) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let fixture = AreaFixture(database)
            let visit = AreaVisit(room: fixture.room)
            let (hub, _, plans) = try await drafts(1, fixture)
            let path = plans[0].path(in: hub)
            _ = try await database.write { session in
                try session.run("delete from area_ward where ward_code = \(AreaFixture.ward(0, 0))")
            }
            let page = try await visit.get(path)
            #expect(page.holds("Alder is in no area"))
            let choice = try await visit.get("\(path)?ward=\(AreaFixture.ward(0, 0))")
            #expect(choice.holds("It is in no area yet") && choice.holds("Move to"))
            let area = try #require(try await fixture.picture(plans[0].id).state.areas.first)
            let moved = try await visit.postAndFollow(
                "\(path)/change",
                [("what", "move"), ("ward", AreaFixture.ward(0, 0)), ("area", area.id), ("edition", "1")])
            #expect(!moved.holds("in no area"))
        }
    }
}
