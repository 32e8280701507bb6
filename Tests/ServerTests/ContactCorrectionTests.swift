import Civil
import House
import Store
import StoreTestKit
import TestKit
import Testing

@testable import Identity
@testable import Server

/// Correcting a contact (docs/rules/contacts.md), through the pages.
@Suite struct ContactCorrectionTests {
    private static let key = "00000000-0000-7000-8000-000000000001"
    private static let path = "/staff/network/hub-one/contacts/\(key)"

    /// A hub with one contact: a call to the nursery that reached nobody.
    private func withContact(_ engine: TestEngine, _ body: @Sendable (_ lead: TestHouse) async throws -> Void) async throws {
        try await engine.withDatabase(Rooms.migrations) { database in
            let house = try TestHouse(database: database, rooms: LoadedHouse.rooms)
            try await PlacedSettings.make(house.tools)
            let lead = try await house.signedIn("lead@example.org", RoleGrant(.hubLead, hub: "h1"))
            _ = try await lead.post(
                "/staff/network/hub-one/log",
                "key=\(Self.key)&setting=s1&how=call&outcome=no-answer&note=first+words&day=1+October+2026")
            try await body(lead)
        }
    }

    private func form(version: Int, _ more: String, settings: String = "setting=s1") -> String {
        "version=\(version)&\(settings)&how=visit&outcome=spoke&day=2+October+2026&\(more)"
    }

    private func names(_ page: String) -> [String] {
        page.matches(of: /class="thing" href="[^"]+"><bdi>([^<]+)<\/bdi>/).map { String($0.output.1) }
    }

    @Test("A correction changes the timeline and the counts, and what it said before is kept for the team", arguments: TestEngine.all)
    func corrects(engine: TestEngine) async throws {
        try await withContact(engine) { lead in
            #expect(names(try await lead.get("/staff/network/hub-one?show=tried").text) == ["Larkspur Nursery"])
            #expect(try await lead.get("/staff/network/hub-one/settings/s1").text.contains("href=\"\(Self.path)\""))
            let page = try await lead.get(Self.path).text
            #expect(page.contains("first words") && page.contains("It was never corrected"))
            let saved = try await lead.post(Self.path, form(version: 1, "note=second+words&next=Send+dates&next_day=1+December+2026"))
            #expect(saved.header("Location") == "/staff/network/hub-one/settings/s1?done=corrected")
            let timeline = try await lead.get("/staff/network/hub-one/settings/s1").text
            #expect(timeline.contains("second words") && !timeline.contains("first words") && timeline.contains("Corrected since"))
            #expect(names(try await lead.get("/staff/network/hub-one?show=tried").text).isEmpty)
            let after = try await lead.get(Self.path).text
            #expect(after.contains("first words") && after.contains("second words") && after.contains("1 October 2026"))
            #expect(try await lead.get("/staff/next").text.contains("Send dates"))
            // Saving what stands already is no correction.
            _ = try await lead.post(Self.path, form(version: 2, "note=second+words&next=Send+dates&next_day=1+December+2026"))
            let kept = try await lead.tools.database.read { try $0.count("select count(*) from contact_was") }
            #expect(kept == 1)
        }
    }

    @Test(
        "Two who correct at once: the second sees both, nothing is lost, and whichever is saved the other is kept",
        arguments: TestEngine.all)
    func conflict(engine: TestEngine) async throws {
        try await withContact(engine) { lead in
            let other = try await lead.signedIn("other@example.org", RoleGrant(.champion, hub: "h1"))
            _ = try await lead.post(Self.path, form(version: 1, "note=what+the+lead+wrote"))
            let second = try await other.post(Self.path, form(version: 1, "note=what+the+champion+wrote"))
            #expect(second.status == 409 && second.text.contains("while you were writing"))
            #expect(second.text.contains("what the lead wrote") && second.text.contains("what the champion wrote"))
            #expect(second.text.contains("name=\"version\" value=\"2\""))
            #expect(PageCheck.faults(in: second.text).isEmpty)
            #expect(try await other.post(Self.path, form(version: 2, "note=what+the+champion+wrote")).status == 303)
            let page = try await lead.get(Self.path).text
            for words in ["first words", "what the lead wrote", "what the champion wrote"] { #expect(page.contains(words)) }
        }
    }

    @Test("Settings can be added and taken away; their counts follow", arguments: TestEngine.all)
    func movesSettings(engine: TestEngine) async throws {
        try await withContact(engine) { lead in
            _ = try await lead.post(Self.path, form(version: 1, "other=s3", settings: "setting=none"))
            let never = names(try await lead.get("/staff/network/hub-one?show=never-contacted").text)
            #expect(never == ["Larkspur Nursery", "Poppy Pre-school"])
            #expect(try await lead.get(Self.path).text.contains("Call with Rosa") == false)
            #expect(try await lead.get("/staff/network/hub-one/settings/s3").text.contains("Visit"))
        }
    }

    @Test("A note too long, a day to come and no setting are said, and what was typed stays", arguments: TestEngine.all)
    func badInput(engine: TestEngine) async throws {
        try await withContact(engine) { lead in
            let long = String(repeating: "a+long+note+", count: 1_700)
            let tooLong = try await lead.post(Self.path, form(version: 1, "note=\(long)"))
            #expect(tooLong.status == 422 && tooLong.text.contains("Use 20,000 characters or fewer"))
            #expect(tooLong.text.contains("a long note a long note"))
            let future = try await lead.post(
                Self.path, "version=1&setting=s1&how=call&outcome=spoke&note=kept+here&day=1+January+2030")
            #expect(future.status == 422 && future.text.contains("kept here"))
            #expect(try await lead.post(Self.path, form(version: 1, "note=x", settings: "setting=s4")).status == 422)
            #expect(try await lead.get(Self.path).text.contains("It was never corrected"))
        }
    }

    @Test(
        "Correcting to “they join” makes a member; only the hub's own team corrects, and a contact taken back is not corrected",
        arguments: TestEngine.all)
    func joinsAndReach(engine: TestEngine) async throws {
        try await withContact(engine) { lead in
            let stranger = try await lead.signedIn("other@example.org", RoleGrant(.hubLead, hub: "h2"))
            #expect(try await stranger.get(Self.path).status == 404)
            #expect(try await stranger.post(Self.path.replacing("hub-one", with: "hub-two"), form(version: 1, "")).status == 404)
            _ = try await lead.post(Self.path, "version=1&setting=s1&how=call&outcome=joined&day=1+October+2026")
            #expect(try await lead.get("/staff/network/hub-one/settings/s1").text.contains("A member since 1 October 2026"))
            _ = try await lead.post("\(Self.path)/undo", "")
            #expect(try await lead.post(Self.path, form(version: 2, "")).status == 400)
            #expect(try await lead.get(Self.path).text.contains("Bring it back"))
        }
    }

    @Test("What was noted about a person goes from the old versions too when they are forgotten", arguments: TestEngine.all)
    func forgets(engine: TestEngine) async throws {
        try await withContact(engine) { lead in
            _ = try await lead.signedIn("manager@example.org", RoleGrant(.manager, hub: "h1", setting: "s1"))
            let id = try await lead.tools.database.read {
                try $0.first("select id from person where email_key = 'manager@example.org'")?.text("id") ?? ""
            }
            _ = try await lead.post(Self.path, form(version: 1, "note=of+her&with=\(id)"))
            _ = try await lead.post(Self.path, form(version: 2, "note=of+her+again&with=\(id)"))
            let tools = lead.tools
            try await tools.database.write { try People.forget(id, Rooms.holdings, tools, $0) }
            let page = try await lead.get(Self.path).text
            #expect(!page.contains("of her"))
        }
    }
}
