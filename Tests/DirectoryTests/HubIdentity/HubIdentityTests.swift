import Foundation
import House
import Store
import StoreTestKit
import TestKit
import Testing

@testable import Directory

/// The rules of docs/rules/opening-a-hub.md, through the room's own routes.
@Suite struct HubIdentityTests {
    private static let day = "day-E09000099"
    private static let night = "night-E09000099"
    private static let officer = "officer-E09000099"

    /// Real-looking numbers that are nobody's: no area begins with 0203 000.
    private static let numbers: [(String, String)] = [(day, "020 3000 0001"), (night, "020 3000 0002"), (officer, "020 3000 0003")]

    private func withHub(_ engine: TestEngine, _ body: @Sendable (AreaFixture, AreaVisit, Hub) async throws -> Void) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let fixture = AreaFixture(database)
            try await fixture.lay(columns: 2, rows: 2)
            try await body(fixture, AreaVisit(room: fixture.room), try await fixture.hub())
        }
    }

    @Test("A new hub is its team’s only: to strangers it is not there, in no page, list, search or answer", arguments: TestEngine.all)
    func newHubsAreClosed(engine: TestEngine) async throws {
        try await withHub(engine) { fixture, team, hub in
            let tools = fixture.tools
            let own = try await tools.database.write { session in
                try fixture.insert(.dayNursery, name: "Own Nursery", ward: AreaFixture.ward(0, 0), at: nil, hub: hub.id, session)
            }
            let stranger = TestHouse(fixture.tools.database)
            for path in ["/hubs/fern-hub", "/api/v1/hubs/fern-hub", "/api/v1/hubs/fern-hub/areas", "/settings/\(own)"] {
                #expect(try await stranger.get(path).status == 404, "\(path)")
            }
            #expect(try await stranger.get("/hubs/fern-hub").text == stranger.get("/hubs/nowhere").text)
            #expect(!(try await stranger.get("/").text.contains("Fern Hub")))
            #expect(!(try await stranger.get("/api/v1/hubs").text.contains("Fern Hub")))
            let search = try await stranger.get("/settings?hub=fern-hub")
            #expect(search.status == 422 && search.text.contains("There is no hub of this name") && !search.text.contains("Own Nursery"))
            let preview = try await team.get("/hubs/fern-hub")
            #expect(preview.status == 200 && preview.holds("Only your team sees this page") && preview.holds("noindex"))
        }
    }

    @Test("A hub does not open before every safeguarding number is there, and then everybody sees them", arguments: TestEngine.all)
    func opensWithNumbers(engine: TestEngine) async throws {
        try await withHub(engine) { fixture, team, hub in
            let stranger = TestHouse(fixture.tools.database)
            let need = try await team.get("/staff/hubs/fern-hub/opening")
            #expect(need.holds("Fernshire: children’s social care in the day") && need.holds("the designated officer (LADO)"))
            #expect(try await team.get("/staff").holds("Write the safeguarding numbers of Fern Hub"))
            for given in 0..<3 {
                let refused = try await team.post("/staff/hubs/fern-hub/opening", [("do", "open")])
                #expect(refused.status == 422 && refused.holds("cannot open yet"), "with \(given) numbers")
                #expect(try await stranger.get("/hubs/fern-hub").status == 404)
                let form: [(String, String)] = [("name", "Fern Hub"), ("colour", "#5b2a6e")] + Self.numbers.prefix(given + 1)
                #expect(try await team.postAndFollow("/staff/hubs/fern-hub/identity", form).holds("is saved"))
            }
            #expect(try await team.get("/staff").holds("Open Fern Hub to everybody"))
            let opened = try await team.postAndFollow("/staff/hubs/fern-hub/opening", [("do", "open")])
            #expect(opened.holds("The hub is open"))
            let page = try await stranger.page("/hubs/fern-hub")
            for (_, number) in Self.numbers { #expect(page.contains(number)) }
            #expect(page.contains("tel:02030000001") && page.contains("tel:999"))
            #expect(try await stranger.get("/").text.contains("Fern Hub"))
            #expect(try await stranger.get("/api/v1/hubs").text.contains("Fern Hub"))

            let closed = try await team.postAndFollow("/staff/hubs/fern-hub/opening", [("do", "close")])
            #expect(closed.holds("The hub is closed"))
            #expect(try await stranger.get("/hubs/fern-hub").status == 404)
            let actions = try await fixture.tools.database.read { session in
                try session.all("select action from audit where subject = \("hub:\(hub.id)") order by id").map { $0.text("action") }
            }
            #expect(actions.filter { $0.hasPrefix("directory.hub.opened") || $0.hasPrefix("directory.hub.closed") }.count == 2)
            #expect(actions.filter { $0 == "directory.hub.identity-changed" }.count == 3)
        }
    }

    @Test("Numbers that nobody answers open no real hub, and are said to be invented where they are shown", arguments: TestEngine.all)
    func inventedNumbersOpenNothing(engine: TestEngine) async throws {
        try await withHub(engine) { _, team, _ in
            let form = [("name", "Fern Hub"), (Self.day, "020 7946 0001"), (Self.night, "020 3000 0002"), (Self.officer, "020 3000 0003")]
            _ = try await team.postAndFollow("/staff/hubs/fern-hub/identity", form)
            let refused = try await team.post("/staff/hubs/fern-hub/opening", [("do", "open")])
            #expect(refused.status == 422 && refused.holds("kept for films"))
            #expect(try await team.get("/hubs/fern-hub").holds("These numbers are invented"))
        }
    }

    @Test("An open hub keeps its numbers: they are changed, and go only when it is closed first", arguments: TestEngine.all)
    func openHubsKeepTheirNumbers(engine: TestEngine) async throws {
        try await withHub(engine) { fixture, team, hub in
            let path = "/staff/hubs/fern-hub/identity"
            _ = try await team.postAndFollow(path, [("name", "Fern Hub")] + Self.numbers)
            _ = try await team.postAndFollow("/staff/hubs/fern-hub/opening", [("do", "open")])
            let stranger = TestHouse(fixture.tools.database)
            for wrong in [
                [], [(Self.day, " "), Self.numbers[1], Self.numbers[2]],
                [Self.numbers[0], Self.numbers[1], (Self.officer, "020 7946 0003")],
            ] {
                let refused = try await team.post(path, [("name", "Fern Hub")] + wrong)
                #expect(refused.status == 422 && refused.holds("close the hub"), "\(wrong)")
            }
            let page = try await stranger.page("/hubs/fern-hub")
            for (_, number) in Self.numbers { #expect(page.contains(number)) }
            // Opened by somebody else while the form was being sent: refused all the same.
            let before = try await fixture.tools.database.read { try HubIdentity.of(hub, $0) }
            var without = before
            without.safeguarding[0].officer = nil
            let (taken, tools) = (without, fixture.tools)
            await #expect(throws: ChangeRefused.self) {
                try await tools.database.write { session in try taken.save(over: before, name: "Fern Hub", hub, session, tools) }
            }
            let changed = [(Self.day, "020 3000 0009"), Self.numbers[1], Self.numbers[2]]
            #expect(try await team.postAndFollow(path, [("name", "Fern Hub")] + changed).holds("is saved"))
            _ = try await team.postAndFollow("/staff/hubs/fern-hub/opening", [("do", "close")])
            #expect(try await team.postAndFollow(path, [("name", "Fern Hub")]).holds("is saved"))
        }
    }

    @Test("A hub without a ward that is known has nobody’s numbers, and does not open", arguments: TestEngine.all)
    func opensNowhere(engine: TestEngine) async throws {
        try await withHub(engine) { fixture, team, hub in
            try await fixture.tools.database.write { session in
                try session.run("delete from hub_ward where hub_id = \(hub.id)")
                try session.run("insert into hub_ward (hub_id, ward_code) values (\(hub.id), 'E05000000')")
            }
            let refused = try await team.post("/staff/hubs/fern-hub/opening", [("do", "open")])
            #expect(refused.status == 422 && refused.holds("no ward"))
            #expect(try await TestHouse(fixture.tools.database).get("/hubs/fern-hub").status == 404)
        }
    }

    @Test("What was published before hubs were opened stays open; what was not waits", arguments: TestEngine.all)
    func earlierHubsStayAsTheyWere(engine: TestEngine) async throws {
        try await engine.withDatabase(Migration1.all + Migration2.all) { database in
            try await database.write { session in
                for (id, status) in [("h1", "published"), ("h2", "retired"), ("h3", "draft"), ("h4", nil)] as [(String, String?)] {
                    try session.run(
                        "insert into hub (id, name, slug, is_sample, created_at) values (\(id), \(id), \(id), 0, '2026-01-01T00:00:00Z')")
                    guard let status else { continue }
                    try session.run(
                        "insert into scheme (id, hub_id, name, word, divides, created_at) values (\(id), \(id), 'M', 'area', 'wards', '2026')"
                    )
                    try session.run(
                        """
                        insert into plan (id, scheme_id, name, status, balanced_by, tolerance, seed, notes, edition, created_at, updated_at)
                        values (\(id), \(id), 'P', \(status), 'settings', 0.1, 1, '', 1, '2026', '2026')
                        """)
                }
            }
            try await database.migrate(Directory.migrations, clock: TestEngine.clock)
            let open = try await database.read { session in try Hubs.all(session).filter(\.isOpen).map(\.id) }
            #expect(open == ["h1", "h2"])
        }
    }

    @Test("Everything a hub says of itself stands on its page, is changed by saving again, and is in the trail", arguments: TestEngine.all)
    func saysItsOwn(engine: TestEngine) async throws {
        try await withHub(engine) { fixture, team, hub in
            let form: [(String, String)] =
                Self.numbers + [
                    ("name", "The Fern & Furze Hub"), ("colour", "#0B5A55"), ("funder", "Supported by <b>nobody</b>"),
                    ("introduction", "We meet.\r\n\r\nWe share."), ("format-email", "hub@example.org"),
                    ("format-telephone", "020 3000 0004"),
                    ("format-address", "1 High Road\r\nFerntown"), ("video", "https://www.youtube.com/watch?v=x"),
                    ("video-title", "A film"),
                ]
            #expect(try await team.postAndFollow("/staff/hubs/fern-hub/identity", form).holds("/colours/0b5a55.css"))
            let page = try await team.get("/hubs/fern-hub")
            for words in [
                "The Fern &amp; Furze Hub", "Supported by &lt;b&gt;nobody", "<p>We meet.</p><p>We share.</p>", "mailto:hub@example.org",
                "1 High Road<br>Ferntown", "Watch it on youtube.com", "/colours/0b5a55.css",
            ] { #expect(page.holds(words), "\(words)") }
            #expect(!page.holds("<iframe") && !page.holds("<video") && !page.holds("ytimg"))
            let sheet = try await team.get("/colours/0b5a55.css")
            #expect(sheet.status == 200 && sheet.answer.contentType.hasPrefix("text/css") && sheet.holds("--brand: #0b5a55"))
            #expect(try await team.get("/colours/ffd500.css").status == 404)

            _ = try await team.postAndFollow("/staff/hubs/fern-hub/identity", Self.numbers + [("name", "Fern Hub"), ("colour", "#5b2a6e")])
            let bare = try await team.get("/hubs/fern-hub")
            #expect(!bare.holds("nobody") && !bare.holds("/colours/") && !bare.holds("youtube"))
            let last = try await fixture.tools.database.read { session in
                try session.first("select before, after from audit where action = 'directory.hub.identity-changed' order by id desc")
            }
            #expect(last?.text("before").contains("colour: #0b5a55") == true && last?.text("after").contains("colour: none") == true)
            #expect(last?.text("before").contains("day of Fernshire") == false, "what did not change is not told")
        }
    }

    @Test("What is wrong is said under its field and loses nothing; the nearest shade is one press away", arguments: TestEngine.all)
    func refusesWithWords(engine: TestEngine) async throws {
        try await withHub(engine) { _, team, _ in
            let wrong: [(String, String)] = [
                ("name", ""), ("colour", "#ffd500"), (Self.day, "999"), ("format-email", "nobody"), ("video", "javascript:alert(1)"),
                ("funder", "Kept words"),
            ]
            let page = try await team.post("/staff/hubs/fern-hub/identity", wrong)
            #expect(page.status == 422)
            for words in [
                "Give the hub a name", "1.3 to 1", "whole number with its area code", "like hub@example.org", "begins with https://",
                "Kept words",
            ] {
                #expect(page.holds(words), "\(words)")
            }
            let offer = try #require(page.text.firstMatch(of: /name="take" value="(#[0-9a-f]{6})"/)).output.1
            let taken = try await team.postAndFollow(
                "/staff/hubs/fern-hub/identity", [("name", "Fern Hub"), ("colour", "#ffd500"), ("take", String(offer))])
            #expect(taken.holds("/colours/\(offer.dropFirst()).css"))
        }
    }

    @Test("Of two who save at once the second is told, and keeps what they wrote", arguments: TestEngine.all)
    func tellsOfAClash(engine: TestEngine) async throws {
        try await withHub(engine) { _, team, _ in
            _ = try await team.postAndFollow(
                "/staff/hubs/fern-hub/identity", [("name", "Fern Hub"), ("edition", "0"), ("funder", "First")])
            let second = try await team.post(
                "/staff/hubs/fern-hub/identity", [("name", "Fern Hub"), ("edition", "0"), ("funder", "Second")])
            #expect(second.status == 409 && second.holds("Somebody else saved") && second.holds("Second"))
            let edition = try #require(second.text.firstMatch(of: /name="edition" value="([0-9]+)"/)).output.1
            let third = try await team.postAndFollow(
                "/staff/hubs/fern-hub/identity", [("name", "Fern Hub"), ("edition", String(edition)), ("funder", "Second")])
            #expect(third.holds("Second"))
        }
    }
}
