import House
import Store
import StoreTestKit
import TestKit
import Testing

@testable import Identity
@testable import Server

/// The rules of docs/rules/contact-cards.md.
@Suite struct ContactCardTests {
    @Test("A colleague is found by what they agreed to show, in their own hubs only, and gone when they say so", arguments: TestEngine.all)
    func consent(engine: TestEngine) async throws {
        try await engine.withDatabase(Rooms.migrations) { database in
            let house = try TestHouse(database: database, rooms: LoadedHouse.rooms)
            try await PlacedSettings.make(house.tools)
            let chidi = try await house.signedIn("chidi@example.org", RoleGrant(.champion, hub: "h1"))
            let rosa = try await house.signedIn("rosa@example.org", RoleGrant(.practitioner, hub: "h1", setting: "s3"))
            let other = try await house.signedIn("other@example.org", RoleGrant(.champion, hub: "h2"))
            let funder = try await house.signedIn("funder@example.org", RoleGrant(.funder, hub: "h1"))
            #expect(try await rosa.get("/staff/contacts").text.contains("Nobody has said so yet"))
            let saved = try await chidi.post("/account/card", "helps_with=Makaton+signs&telephone=020+7946+0111")
            #expect(saved.header("Location") == "/account/card?done=saved")
            let found = try await rosa.get("/staff/contacts?q=makaton").text
            #expect(found.contains("020 7946 0111") && found.contains("Makaton signs") && found.contains("Hub champion, hub-one"))
            // The e-mail address was not agreed to.
            #expect(!found.contains("chidi@example.org"))
            #expect(try await !rosa.get("/staff/contacts?q=zzz").text.contains("020 7946 0111"))
            #expect(try await !other.get("/staff/contacts").text.contains("020 7946 0111"))
            #expect(try await funder.get("/staff/contacts").status == 403)
            _ = try await chidi.post("/account/card", "email=yes")
            let changed = try await rosa.get("/staff/contacts").text
            #expect(changed.contains("chidi@example.org") && !changed.contains("020 7946 0111") && !changed.contains("Makaton"))
            _ = try await chidi.post("/account/card", "")
            #expect(try await rosa.get("/staff/contacts").text.contains("Nobody has said so yet"))
            let trail = try await house.tools.database.read {
                try $0.all("select before, after from audit where action = 'identity.card.changed'").map {
                    $0.text("before") + $0.text("after")
                }
            }
            #expect(trail.count == 3 && !trail.contains { $0.contains("7946") || $0.contains("Makaton") })
        }
    }

    @Test("Too long a word is refused and kept on the page", arguments: TestEngine.all)
    func badInput(engine: TestEngine) async throws {
        try await engine.withDatabase(Rooms.migrations) { database in
            let house = try TestHouse(database: database, rooms: LoadedHouse.rooms)
            try await PlacedSettings.make(house.tools)
            let chidi = try await house.signedIn("chidi@example.org", RoleGrant(.champion, hub: "h1"))
            let long = String(repeating: "word-", count: 200)
            let refused = try await chidi.post("/account/card", "helps_with=\(long)")
            #expect(refused.status == 422 && refused.text.contains(long))
        }
    }
}
