import House
import Store
import StoreTestKit
import TestKit
import Testing

@testable import Directory
@testable import Identity
@testable import Server

/// The rules of docs/rules/own-setting.md.
@Suite struct OwnSettingTests {
    /// Two settings of one hub, its lead, and the manager of the first.
    private func withSetting(_ engine: TestEngine, _ body: @Sendable (_ lead: TestHouse, _ manager: TestHouse) async throws -> Void)
        async throws
    {
        try await engine.withDatabase(Rooms.migrations) { database in
            let house = try TestHouse(database: database, rooms: LoadedHouse.rooms)
            try await PlacedSettings.make(house.tools)
            try await body(
                try await house.signedIn("lead@example.org", RoleGrant(.hubLead, hub: "h1")),
                try await house.signedIn("manager@example.org", RoleGrant(.manager, hub: "h1", setting: "s1")))
        }
    }

    private let typed = "name=Larkspur+House&address=2+Elm+Road&town=London&postcode=&places=40&telephone=020+7946+0001&email=&website="

    @Test("A manager sees what is held and what strangers see, and changes it at once", arguments: TestEngine.all)
    func changesAtOnce(engine: TestEngine) async throws {
        try await withSetting(engine) { lead, manager in
            let begins = try await manager.get("/own")
            #expect(begins.header("Location") == "/own/s1")
            let page = try await manager.get("/own/s1").text
            #expect(page.contains("Larkspur Nursery") && page.contains("See it as a stranger does"))
            #expect(!page.contains("a word of the team"))
            let saved = try await manager.post("/own/s1/edit", typed)
            #expect(saved.header("Location") == "/own/s1?done=saved")
            let preview = try await manager.get("/own/s1/preview").text
            #expect(preview.contains("Larkspur House"))
            // Typed is not shown: that is asked apart.
            #expect(!preview.contains("020 7946 0001"))
            _ = try await manager.post("/own/s1/agreed", "agreed=telephone")
            let shown = try await manager.get("/own/s1/preview").text
            #expect(shown.contains("020 7946 0001"))
            let stranger = try await manager.asStranger.get("/settings/s1").text
            #expect(stranger.contains("020 7946 0001") && stranger.contains("Larkspur House"))
            let record = try await lead.get("/staff/settings/s1").text
            #expect(record.contains("Told by the setting."))
        }
    }

    @Test("Where the hub wants to look first, facts of record wait and contacts stand at once", arguments: TestEngine.all)
    func waits(engine: TestEngine) async throws {
        try await withSetting(engine) { lead, manager in
            _ = try await lead.post("/staff/hubs/hub-one/changes", "changes=wait")
            let asked = try await manager.post("/own/s1/edit", typed + "&reason=We+moved")
            #expect(asked.header("Location") == "/own/s1?done=both")
            let own = try await manager.get("/own/s1").text
            #expect(own.contains("Waiting for your hub’s coordinator") && own.contains("020 7946 0001"))
            #expect(try await manager.asStranger.get("/settings/s1").text.contains("Larkspur Nursery"))
            #expect(try await lead.get("/staff").text.contains("change a setting asks for"))
            let told = try await lead.tools.database.read {
                try $0.all("select to_address from outbox where kind = 'notice'").map { $0.text("to_address") }
            }
            #expect(told == ["lead@example.org"])
            let list = try await lead.get("/staff/changes").text
            let path = try #require(list.firstMatch(of: /\/staff\/settings\/s1\/changes\/[^"]+/).map { String($0.output) })
            let look = try await lead.get(path).text
            #expect(look.contains("Larkspur House") && look.contains("We moved"))
            // The manager may not say yes to it.
            #expect(try await manager.post("\(path)/accept", "").status == 403)
            #expect(try await lead.post("\(path)/decline", "answer=").status == 422)
            #expect(try await lead.post("\(path)/accept", "").header("Location") == "/staff/settings/s1?done=change-accepted")
            #expect(try await manager.asStranger.get("/settings/s1").text.contains("Larkspur House"))
            #expect(try await lead.post("\(path)/decline", "answer=No").status == 400)
            #expect(try await manager.get("/own/s1").text.contains("accepted"))
        }
    }

    @Test("What waits can be taken back, and a second request takes the place of the first", arguments: TestEngine.all)
    func takesBack(engine: TestEngine) async throws {
        try await withSetting(engine) { lead, manager in
            _ = try await lead.post("/staff/hubs/hub-one/changes", "changes=wait")
            _ = try await manager.post("/own/s1/edit", typed)
            _ = try await manager.post("/own/s1/edit", typed.replacing("Larkspur+House", with: "Larkspur+Hall"))
            let waiting = try await lead.tools.database.read { try $0.count("select count(*) from proposal where decided_at is null") }
            #expect(waiting == 1)
            #expect(try await manager.get("/own/s1/edit").text.contains("Larkspur Hall"))
            #expect(try await manager.post("/own/s1/changes/withdraw", "").header("Location") == "/own/s1?done=withdrawn")
            #expect(try await manager.post("/own/s1/changes/withdraw", "").status == 400)
            #expect(try await lead.get("/staff/changes").text.contains("Nothing waits"))
        }
    }

    @Test("Another setting of the same hub is closed, and bad input keeps what was typed", arguments: TestEngine.all)
    func keepsToItself(engine: TestEngine) async throws {
        try await withSetting(engine) { _, manager in
            for path in [
                "/own/s2", "/own/s2/edit", "/own/s2/preview", "/own/s2/agreed", "/staff/settings/s1", "/staff/settings/s1/correct",
            ] {
                #expect(try await manager.get(path).status == 403, "\(path)")
            }
            #expect(try await manager.post("/own/s2/edit", typed).status == 403)
            // Fields that are not theirs change nothing.
            _ = try await manager.post("/own/s1/edit", typed + "&status=closed&note=hello&type=school")
            let row = try await manager.tools.database.read { try $0.first("select status, note, type from setting where id = 's1'") }
            #expect(row?.text("status") == "open" && row?.text("note") == "a word of the team" && row?.text("type") == "day-nursery")
            let wrong = try await manager.post("/own/s1/edit", typed.replacing("places=40", with: "places=many"))
            #expect(wrong.status == 422 && wrong.text.contains("Larkspur House") && wrong.text.contains("many"))
            // Somebody else saved in between.
            let stale = try await manager.post("/own/s1/edit", typed.replacing("Larkspur+House", with: "Larkspur+Barn") + "&version=0")
            #expect(stale.status == 422 && stale.text.contains("Somebody else changed this entry"))
            // What stands is shown beside what would take its place.
            #expect(
                stale.text.contains("What stands now") && stale.text.contains("<bdi>Larkspur House</bdi>")
                    && stale.text.contains("<bdi>Larkspur Barn</bdi>"))
        }
    }

    @Test("A telephone number nobody can ring and a website that is none are not shown to strangers", arguments: TestEngine.all)
    func refusesWhatCannotBeUsed(engine: TestEngine) async throws {
        try await withSetting(engine) { _, manager in
            for (field, odd) in [("telephone", "ask+for+Mo"), ("website", "javascript%3Aalert%281%29"), ("website", "none")] {
                let form = "name=Larkspur+Nursery&\(field)=\(odd)"
                let refused = try await manager.post("/own/s1/edit", form)
                #expect(refused.status == 422 && refused.text.contains("id=\"\(field)-error\""), "\(odd)")
                // What the register holds is nobody's mistake here.
                let kept = odd.replacing("+", with: " ").replacing("%3A", with: ":").replacing("%28", with: "(").replacing("%29", with: ")")
                let column: SQL = field == "telephone" ? "telephone" : "website"
                try await manager.tools.database.write { _ = try $0.run("update setting set \(column) = \(kept) where id = 's1'") }
                #expect(try await manager.post("/own/s1/edit", form).status == 303, "\(odd)")
            }
        }
    }

    @Test("A website is written in many ways")
    func websites() {
        for good in ["www.example.org", "https://Example.org/a?b=c", "http://bücher.example", "a-b.co.uk#top"] {
            #expect(OwnFacts.isWebsite(good), "\(good)")
        }
        for bad in ["example", "http://", "www.a b.org", "mailto:a@example.org", "a@example.org", ".org", "https://example..org"] {
            #expect(!OwnFacts.isWebsite(bad), "\(bad)")
        }
    }
}
