import HTTPTypes
import House
import Store
import StoreTestKit
import TestKit
import Testing

@testable import Identity
@testable import Server

@Suite("A form in a tab that lay open")
struct StaleFormTests {
    @Test(
        "Sent after a change of hat it is asked about, and with one press it is done with all that was written", arguments: TestEngine.all)
    func losesNothing(engine: TestEngine) async throws {
        try await engine.withDatabase { database in
            var house = try await LoadedHouse.empty(database)
            let tools = house.tools
            let (email, roles) = try await tools.database.write { session in
                try session.run(
                    "insert into hub (id, name, slug, is_sample, created_at) values ('h', 'Riverside', 'riverside', 0, '2026-01-01T00:00:00Z')"
                )
                let person = try People.findOrMake(name: "Colm Brennan", email: "colm@example.org", tools, session)
                try Roles.give(RoleGrant(.mentor, hub: "h"), to: person.id, tools, session)
                try Roles.give(RoleGrant(.champion, hub: "h"), to: person.id, tools, session)
                return (person.email, try session.all("select id from role where person_id = \(person.id)").map { $0.text("id") })
            }
            house.cookie = try await tools.signedInCookie(email: email)
            let old = house.formToken
            // In another tab.
            let changed = try await house.post("/account/hat", "role=\(roles[0])")
            let cookie = try #require(changed.headers[values: .setCookie].first { $0.hasPrefix(house.doorkeeper.cookieName) })
            house.cookie = String(cookie.drop { $0 != "=" }.dropFirst().prefix { $0 != ";" })
            let form = "telephone=020+7946+0001&helps_with=Songs+%26+%22rhymes%22%0Ain+Bengali&token=\(old)"
            let asked = try await house.post("/account/card", form)
            #expect(asked.status == 403)
            let none = try await tools.database.read { try $0.count("select count(*) from contact_card") }
            #expect(none == 0)
            // The page holds all of it, and its own token.
            let page = HTMLDocument(asked.text)
            #expect(PageCheck.faults(in: page).isEmpty)
            let again = try #require(page.all("form").first { $0["action"] == "/account/card" })
            let fields = again.all("input").filter { $0["type"] == "hidden" }.map { ($0["name"] ?? "", $0["value"] ?? "") }
            #expect(fields.contains { $0 == ("helps_with", "Songs & \"rhymes\"\nin Bengali") })
            #expect(fields.contains { $0 == ("token", house.formToken) })
        }
    }

    @Test("Nothing is kept of a passphrase, of a stranger's form, or of one without any token", arguments: TestEngine.all)
    func keepsNoSecrets(engine: TestEngine) async throws {
        try await engine.withDatabase { database in
            let house = try await LoadedHouse.empty(database)
            for (asker, form) in [
                (house, "new=a+long+secret+of+mine&token=other"), (house.asStranger, "new=a+long+secret+of+mine&token=other"),
                (house, "wish=daily&more=a+long+secret+of+mine"),
            ] {
                let headers = TestHouse.fromHere + [("X-Form-Token", "")]
                let refused = try await asker.post("/account/passphrase", form, headers: headers)
                #expect(refused.status == 403)
                #expect(!refused.text.contains("secret of mine"))
            }
        }
    }
}
