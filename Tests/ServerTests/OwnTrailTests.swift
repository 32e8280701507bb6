import Civil
import House
import Store
import StoreTestKit
import Testing

@testable import Identity
@testable import Server

/// The trail of one's own setting (docs/rules/own-setting.md).
@Suite struct OwnTrailTests {
    private let typed = "name=Larkspur+House&address=1+Elm+Road&town=&postcode=&places=20&telephone=020+7946+0001&email=&website="

    private func withSetting(
        _ engine: TestEngine, _ body: @Sendable (_ lead: TestHouse, _ manager: TestHouse) async throws -> Void
    ) async throws {
        try await engine.withDatabase(Rooms.migrations) { database in
            let house = try TestHouse(database: database, rooms: LoadedHouse.rooms)
            try await PlacedSettings.make(house.tools)
            try await body(
                try await house.signedIn("lead@example.org", RoleGrant(.hubLead, hub: "h1")),
                try await house.signedIn("manager@example.org", RoleGrant(.manager, hub: "h1", setting: "s1")))
        }
    }

    @Test("A manager reads what was written about the setting: colleagues by name, the hub’s team by role", arguments: TestEngine.all)
    func reads(engine: TestEngine) async throws {
        try await withSetting(engine) { lead, manager in
            #expect(try await manager.post("/own/s1/edit", typed).status == 303)
            let corrected = try await lead.post(
                "/staff/settings/s1/correct", "field=telephone&value=020+7946+0002&telephone=020+7946+0002&reason=They+called")
            #expect(corrected.status != 500)
            try await lead.tools.database.write { session in
                let leads = try session.first("select id from person where email = 'lead@example.org'")?.text("id") ?? ""
                for (id, action, before, after) in [
                    ("a1", "directory.setting.corrected.website", "old.example.org", "new.example.org"),
                    ("a2", "directory.setting.corrected.note", "a word of the team", "another word of the team"),
                    ("a3", "directory.setting.same-place", "", "Poppy Pre-school"),
                    ("a4", "network.contact.logged", "", "call 2026-03-03 declined"),
                ] {
                    try session.run(
                        """
                        insert into audit (id, at, who, action, subject, before, after, hub_id)
                        values (\(id), \(lead.tools.clock.now), \("person:\(leads)"), \(action), 'setting:s1', \(before), \(after), 'h1')
                        """)
                }
            }
            #expect(try await manager.get("/own/s1").text.contains("href=\"/own/s1/trail\""))
            let page = try await manager.get("/own/s1/trail")
            #expect(page.status == 200)
            let text = page.text
            #expect(text.contains("Corrected the telephone of a setting") && text.contains("<bdi>A Setting manager</bdi>"))
            #expect(text.contains("new.example.org") && text.contains("<bdi>Hub lead</bdi>") && !text.contains("A Hub lead"))
            // What is the team's own, and what names others, is not in it.
            #expect(!text.contains("word of the team") && !text.contains("Poppy") && !text.contains("rather not"))
            #expect(text.contains("Marked two settings as one place") && !text.contains("Logged a contact"))
            #expect(!text.contains("lead@example.org"))
        }
    }

    @Test("Another setting’s trail is closed, and there is none for another hub’s", arguments: TestEngine.all)
    func keepsToItself(engine: TestEngine) async throws {
        try await withSetting(engine) { lead, manager in
            // Of the same hub they know that it is there, as everywhere under /own; of another hub nothing.
            #expect(try await manager.get("/own/s2/trail").status == 403)
            #expect(try await manager.get("/own/s4/trail").status == 404)
            #expect(try await manager.get("/own/none/trail").status == 404)
            let colleague = try await lead.signedIn("colleague@example.org", RoleGrant(.practitioner, hub: "h1", setting: "s1"))
            #expect(try await colleague.get("/own/s1/trail").status == 403)
            #expect(try await !colleague.get("/own/s1").text.contains("/own/s1/trail"))
            #expect(try await manager.get("/staff/audit").status == 403)
        }
    }
}
