import Civil
import Foundation
import House
import Store
import StoreTestKit
import TestKit
import Testing

@testable import Directory

@Suite struct PublicAreaTests {
    /// A published hub with homes, a secret setting and settings that agreed to nothing yet.
    private func published(_ fixture: AreaFixture) async throws -> (hub: Hub, plan: Plan, area: String, secret: String) {
        try await fixture.lay(columns: 3, rows: 2)
        let hub = try await fixture.hub()
        let scheme = try await fixture.scheme(hub)
        let tools = fixture.tools
        let secret = try await tools.database.write { session in
            try fixture.insert(
                .dayNursery, name: "Refuge Nursery", ward: AreaFixture.ward(0, 0), at: AreaFixture.centre(0, 0),
                isSecret: true,
                session)
        }
        let territory = try await tools.database.read { try Territory.of(hub, $0) }
        let (plan, area) = try await tools.database.write { session in
            let plan = Plan(id: tools.ids.next(), schemeID: scheme.id, name: "Draft 1", tolerance: 0.4)
            let drawn = try Drawing(territory, plan).draw(count: 2, word: "mini-hub") { tools.ids.next() }
            try Plans.insert(plan, drawn.state, session, tools)
            try Publishing.publish(plan, from: tools.clock.today, edition: 1, session, tools)
            return (plan, drawn.state.areaOfWard[AreaFixture.ward(0, 0)] ?? "")
        }
        return (hub, plan, area, secret)
    }

    @Test(arguments: TestEngine.all) func noPageFileOrAnswerForStrangersTellsOfAHomeOrASecretSetting(
        engine: TestEngine
    ) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let made = PDFMaker { $0 }
            let fixture = AreaFixture(database, pdf: made)
            let visit = AreaVisit(room: fixture.room)
            let (hub, _, area, secret) = try await published(fixture)
            let addresses = [
                "/hubs/\(hub.slug)", "/hubs/\(hub.slug)/areas/\(area)", "/hubs/\(hub.slug)/areas/\(area)/directory",
                "/hubs/\(hub.slug)/areas/\(area)/directory.pdf", "/api/v1/hubs", "/api/v1/hubs/\(hub.slug)",
                "/api/v1/hubs/\(hub.slug)/areas",
            ]
            for address in addresses {
                let page = try await visit.get(address)
                #expect(page.status == 200, "\(address)")
                for word in [
                    "Secret Home", "Hidden Lane", "FS9 9ZZ", "Refuge", secret, "childminder@example.org", "020 7946",
                ] {
                    #expect(!page.holds(word), "\(address) tells \(word)")
                }
            }
            let directory = try await visit.get("/hubs/\(hub.slug)/areas/\(area)/directory")
            #expect(directory.holds("2 childminders in Alder") || directory.holds("childminders in Alder"))
            #expect(directory.holds("Day nursery 000") && directory.holds("1 High Road, Ferntown, FS1 1AA"))
            #expect(directory.holds("Contains Ofsted data") && directory.holds("class=\"map\""))
        }
    }

    @Test(arguments: TestEngine.all) func aSettingIsShownWithWhatItAgreedToUntilItTakesThatBack(
        engine: TestEngine
    ) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let fixture = AreaFixture(database)
            let visit = AreaVisit(room: fixture.room)
            let (hub, _, area, secret) = try await published(fixture)
            let (home, nursery) = try await database.read { session in
                let ward = AreaFixture.ward(0, 0)
                return (
                    try session.first(
                        "select id, name from setting where ward_code = \(ward) and type = 'childminder'"),
                    try session.first(
                        "select id, name from setting where ward_code = \(ward) and type = 'day-nursery' and is_secret = 0"
                    )
                )
            }
            let homeID = try #require(home?.text("id"))
            let homeName = try #require(home?.text("name"))
            let nurseryID = try #require(nursery?.text("id"))
            let directory = "/hubs/\(hub.slug)/areas/\(area)/directory"
            let form = try await visit.get("/staff/settings/\(homeID)/agreed")
            #expect(form.holds("Its name") && form.holds("address and place are never shown"))
            #expect(!(try await visit.get("/staff/settings/\(nurseryID)/agreed").holds("Its name<")))
            let saved = try await visit.postAndFollow(
                "/staff/settings/\(homeID)/agreed",
                [("agreed", "name"), ("agreed", "telephone"), ("agreed", "address")])
            #expect(saved.holds("is saved"))
            _ = try await visit.postAndFollow(
                "/staff/settings/\(nurseryID)/agreed", [("agreed", "email"), ("agreed", "website")])
            let shown = try await visit.get(directory)
            #expect(shown.holds(homeName) && shown.holds("020 7946 0000") && !shown.holds("Hidden Lane"))
            #expect(shown.holds("day-nursery@example.org") && shown.holds("www.example.org/here"))
            let onScreen = try await visit.get("/hubs/\(hub.slug)/areas/\(area)")
            #expect(onScreen.holds("mailto:day-nursery@example.org") && onScreen.holds("https://www.example.org/here"))
            #expect(onScreen.holds(homeName) && !onScreen.holds("Hidden Lane"))
            _ = try await visit.postAndFollow("/staff/settings/\(homeID)/agreed", [])
            let hidden = try await visit.get(directory)
            #expect(!hidden.holds(homeName) && !hidden.holds("020 7946 0000"))
            let kept = try await database.read { session in
                try session.count(
                    "select count(*) from agreed_field where setting_id = \(homeID) and to_at is not null")
            }
            #expect(kept == 2, "that it had agreed is kept")
            _ = try await visit.postAndFollow("/staff/settings/\(homeID)/agreed", [("agreed", "name")])
            #expect(try await visit.get(directory).holds(homeName))
            #expect(try await visit.get("/staff/settings/\(secret)/agreed").holds("kept secret"))
            #expect(try await visit.post("/staff/settings/\(secret)/agreed", [("agreed", "telephone")]).status == 400)
            #expect(try await visit.get("/staff/settings/nobody/agreed").status == 404)
        }
    }

    @Test(arguments: TestEngine.all) func draftsAreNobodysBusinessAndWhatWasInForceCanStillBeRead(
        engine: TestEngine
    ) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let fixture = AreaFixture(database)
            let visit = AreaVisit(room: fixture.room)
            let (hub, plan, area, _) = try await published(fixture)
            let copy = try await visit.post("\(plan.path(in: hub))/copy", [])
            let id = try #require(
                copy.location?.split(separator: "?").first?.split(separator: "/").last.map(String.init))
            let draft = try await fixture.picture(id)
            #expect(try await visit.get("/hubs/\(hub.slug)/areas/\(draft.state.areas[0].id)").status == 404)
            #expect(try await visit.get("/hubs/elsewhere/areas/\(area)").status == 404)
            let tomorrow = fixture.tools.clock.today.adding(days: 1)
            _ = try await database.write { session in
                try Publishing.publish(draft.plan, from: tomorrow, edition: 1, session, fixture.tools)
            }
            let later = AreaFixture(database, today: fixture.tools.clock.now.adding(seconds: 86_400 * 3))
            let past = try await AreaVisit(room: later.room).get("/hubs/\(hub.slug)/areas/\(area)")
            #expect(past.status == 200 && past.holds("It was in force until"))
        }
    }

    @Test(arguments: TestEngine.all) func withoutAPDFMakerThePageSaysSoAndLinksThePrintPage(
        engine: TestEngine
    ) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let fixture = AreaFixture(database)
            let (hub, _, area, _) = try await published(fixture)
            let none = try await AreaVisit(room: fixture.room).get("/hubs/\(hub.slug)/areas/\(area)/directory.pdf")
            #expect(none.status == 503 && none.holds("/areas/\(area)/directory\""))
            let with = AreaFixture(database, pdf: PDFMaker { Array("%PDF-1.7 ".utf8) + $0 })
            let page = try await AreaVisit(room: with.room).get("/hubs/\(hub.slug)/areas/\(area)/directory.pdf")
            #expect(page.status == 200 && page.answer.contentType == "application/pdf")
            #expect(page.holds("<style>"), "the styles travel in the document")
        }
    }

    @Test(arguments: TestEngine.all) func aHubWithNothingPublishedShowsItsSettingsAndSaysSo(
        engine: TestEngine
    ) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let fixture = AreaFixture(database)
            let visit = AreaVisit(room: fixture.room)
            try await fixture.lay(columns: 2, rows: 1)
            let hub = try await fixture.hub("শিশু كبار <b>Hub</b>")
            let page = try await visit.get("/hubs/\(hub.slug)")
            #expect(page.holds("No areas yet") && !page.holds("<b>Hub</b>"))
            #expect(try await visit.get("/api/v1/hubs/\(hub.slug)/areas").text == "{\"areas\":[]}")
            #expect(try await visit.get("/hubs/nowhere").status == 404)
        }
    }

    @Test(arguments: TestEngine.all) func theAPIGivesThePlanInFull(engine: TestEngine) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let fixture = AreaFixture(database)
            let visit = AreaVisit(room: fixture.room)
            let (hub, plan, _, _) = try await published(fixture)
            let bytes = try await visit.get("/api/v1/staff/plans/\(plan.id)").answer.body
            let json = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
            let areas = try #require(json["areas"] as? [[String: Any]])
            #expect(areas.count == 2 && areas.compactMap { $0["settings"] as? Int }.reduce(0, +) == 30)
            #expect(json["status"] as? String == "published" && (json["broken"] as? [String])?.isEmpty == true)
            let described = Set(AreaAPI.plan.answer.map(\.name))
            #expect(Set(json.keys) == described, "every field is described")
            let area = try #require(AreaAPI.plan.answer.first { $0.name == "areas" })
            #expect(Set(areas[0].keys) == Set(area.fields.map(\.name)))
            let hubs = try await visit.get("/api/v1/hubs")
            #expect(hubs.holds("\"slug\":\"\(hub.slug)\""))
            let one = try await visit.get("/api/v1/hubs/\(hub.slug)").answer.body
            let object = try #require(try JSONSerialization.jsonObject(with: Data(one)) as? [String: Any])
            #expect(Set(object.keys) == Set(AreaAPI.hub.answer.map(\.name)) && object["settings"] as? Int == 30)
        }
    }
}
