import Civil
import House
import Page
import Store
import StoreTestKit
import Testing

@testable import Identity
@testable import Server

/// The trail by hub, and people with several hats.
@Suite struct SeveralHubsTests {
    private func withHouse(_ engine: TestEngine, _ body: @Sendable (TestHouse) async throws -> Void) async throws {
        try await engine.withDatabase(Rooms.migrations) { database in
            let house = try await TestHouse(database: database, rooms: LoadedHouse.rooms).withAdministrator()
            try await database.write { session in
                for (id, name) in [("h1", "Riverside"), ("h2", "Hillside")] {
                    try session.run(
                        "insert into hub (id, name, slug, is_sample, created_at) values (\(id), \(name), \(id), 0, '2026-01-01T00:00:00Z')")
                }
            }
            try await body(house)
        }
    }

    /// Somebody with these roles, signed in.
    private func house(_ house: TestHouse, as name: String, _ grants: [RoleGrant]) async throws -> TestHouse {
        let tools = house.tools
        let email = "\(name.lowercased())@example.org"
        try await tools.database.write { session in
            let person = try People.findOrMake(name: name, email: email, tools, session)
            for grant in grants { try Roles.give(grant, to: person.id, tools, session) }
        }
        var signedIn = house
        signedIn.cookie = try await tools.signedInCookie(email: email)
        return signedIn
    }

    private func invite(_ house: TestHouse, _ email: String, to hub: String) async throws {
        let sent = try await house.post("/staff/people/invite", "role=mentor&over=hub%3A\(hub)&people=\(email)")
        #expect(sent.status == 303)
    }

    @Test("A hub lead sees what was written in their hub, whoever wrote it, and nothing of another hub", arguments: TestEngine.all)
    func leadsSeeTheirHub(engine: TestEngine) async throws {
        try await withHouse(engine) { admin in
            let leila = try await house(admin, as: "Leila", [RoleGrant(.hubLead, hub: "h1")])
            let lena = try await house(admin, as: "Lena", [RoleGrant(.hubLead, hub: "h2")])
            try await invite(leila, "amina%40example.org", to: "h1")
            try await invite(admin, "bea%40example.org", to: "h1")
            try await invite(admin, "cal%40example.org", to: "h2")
            // Where it was done is found from the address of the form, too.
            let invitation = try await admin.tools.database.read {
                try $0.first("select id from invitation where email = 'amina@example.org'")?.text("id") ?? ""
            }
            #expect(try await admin.post("/staff/people/invitations/\(invitation)/withdraw", "").status == 303)
            _ = try await leila.post("/account/mail", "wish=daily")
            _ = try await admin.tools.database.write { session in
                try session.run(
                    "insert into audit (id, at, who, action, subject) values ('old', '2025-01-01T00:00:00Z', 'staff', 'old.deed', 'x:1')")
            }
            func written(_ house: TestHouse, _ query: String = "") async throws -> [String] {
                let csv = try await house.get("/staff/audit.csv\(query)")
                #expect(csv.status == 200)
                return csv.text.split(separator: "\r\n").dropFirst().map { line in
                    let cells = line.split(separator: ",", omittingEmptySubsequences: false)
                    return "\(cells[2]) \(cells[cells.count - 1])"
                }.sorted()
            }
            let first = try await written(leila)
            #expect(
                first == [
                    "identity.invitation.withdrawn Riverside", "identity.invited Riverside", "identity.invited Riverside",
                    "identity.role.given Riverside",
                ])
            let second = try await written(lena)
            #expect(second == ["identity.invited Hillside", "identity.role.given Hillside"])
            // Asking for another hub by name gives nothing more.
            let foreign = try await written(leila, "?hub=h2")
            #expect(foreign.isEmpty)
            let all = try await written(admin)
            #expect(all.contains("old.deed ") && all.contains("identity.mail-wish.changed ") && Set(first + second).isSubset(of: Set(all)))
            let narrowed = try await written(admin, "?hub=h2")
            #expect(narrowed == second)
            let own = try await written(leila, "?who=leila%40example.org")
            #expect(own == ["identity.invited Riverside"])
            let page = try await leila.get("/staff/audit").text
            #expect(page.contains("Riverside") && !page.contains("Hillside") && !page.contains("old.deed"))
        }
    }

    @Test("Who joins a hub is written in that hub's part of the trail", arguments: TestEngine.all)
    func joiningIsOfTheHub(engine: TestEngine) async throws {
        try await withHouse(engine) { admin in
            try await invite(admin, "amina%40example.org", to: "h1")
            let text = try await admin.tools.database.read { try $0.first("select text_body from outbox")?.text("text_body") ?? "" }
            let token = try #require(text.firstMatch(of: /\/invitation\/([A-Za-z0-9_-]+)/)?.output.1)
            #expect(try await admin.asStranger.post("/invitation/\(token)", "name=Amina").status == 303)
            let hubs = try await admin.tools.database.read { session in
                try session.all(
                    "select hub_id from audit where action in ('identity.joined', 'identity.role.given') and hub_id is not null"
                )
                .map { $0.text("hub_id") }
            }
            #expect(hubs == ["h1", "h1"])
        }
    }

    @Test("Hats change from any page with one press, and one comes back to that page", arguments: TestEngine.all)
    func changesHats(engine: TestEngine) async throws {
        try await withHouse(engine) { admin in
            let one = try await house(admin, as: "Una", [RoleGrant(.mentor, hub: "h1")])
            var two = try await house(admin, as: "Dua", [RoleGrant(.hubLead, hub: "h1"), RoleGrant(.mentor, hub: "h2")])
            let three = try await house(
                admin, as: "Tria", [RoleGrant(.hubLead, hub: "h1"), RoleGrant(.mentor, hub: "h2"), RoleGrant(.champion, hub: "h2")])
            for path in ["/staff", "/staff/people?q=a%26b", "/", "/staff/no-such-page", "/about/permissions"] {
                #expect(try await !one.get(path).text.contains("action=\"/account/hat\""), "\(path)")
                let page = try await two.get(path).text
                #expect(page.contains("action=\"/account/hat\"") && page.contains("Mentor, Hillside"), "\(path)")
                // Three hats are behind one press, in a list that opens without a script.
                let many = try await three.get(path).text
                #expect(many.contains("<details class=\"hats\">") && many.contains("Hub champion, Hillside"), "\(path)")
            }
            // The first page names all their hubs.
            let today = try await two.get("/staff").text
            #expect(today.contains("Your hubs") && today.contains(">Riverside</a>") && today.contains(">Hillside</a>"))
            let page = try await two.get("/staff/people?q=a%26b&done=ended").text
            let form = try #require(
                page.firstMatch(of: /action="\/account\/hat">.*?name="next" value="([^"]*)">.*?name="role" value="([^"]*)">/)?.output)
            #expect(form.1 == "/staff/people?q=a%26b")
            let answer = try await two.post("/account/hat", "next=%2Fstaff%2Fpeople%3Fq%3Da%2526b&role=\(form.2)")
            #expect(answer.status == 303 && answer.header("Location") == "/staff/people?q=a%26b")
            two.cookie = answer.header("Set-Cookie")?.split(separator: ";").first?.split(separator: "=", maxSplits: 1).last.map(String.init)
            let after = try await two.get("/staff").text
            #expect(after.contains("<span>Mentor, Hillside</span>") && after.contains("Hub lead, Riverside"))
            // Only our own pages are come back to, and only one's own hats worn.
            let away = try await two.post("/account/hat", "next=%2F%2Fevil.example&role=\(form.2)")
            #expect(away.header("Location") == "/start")
            two.cookie = away.header("Set-Cookie")?.split(separator: ";").first?.split(separator: "=", maxSplits: 1).last.map(String.init)
            #expect(try await two.post("/account/hat", "role=none").status == 404)
        }
    }

    @Test("Pages of a record lead to all that was written about it, for whoever may see it")
    func pagesLeadToTheTrail() async throws {
        let loaded = try await LoadedHouse.shared.value
        let (hub, setting) = try await loaded.tools.database.read { session in
            let hub = try #require(try session.first("select id, slug from hub where is_sample = 1"))
            let setting = try #require(try session.first("select id from setting where hub_id = \(hub.text("id")) order by id"))
            return (hub, setting.text("id"))
        }
        let tools = loaded.tools
        func signedIn(_ role: Role) async throws -> TestHouse {
            let email = "trail-\(role.rawValue)@example.org"
            try await tools.database.write { session in
                let person = try People.findOrMake(name: "Somebody", email: email, tools, session)
                try Roles.give(RoleGrant(role, hub: hub.text("id")), to: person.id, tools, session)
            }
            var house = loaded
            house.cookie = try await tools.signedInCookie(email: email)
            return house
        }
        let lead = try await signedIn(.hubLead)
        let mentor = try await signedIn(.mentor)
        for path in ["/staff/settings/\(setting)", "/staff/hubs/\(hub.text("slug"))"] {
            let page = try await lead.get(path).text
            let link = try #require(page.firstMatch(of: /href="(\/staff\/audit\?subject=[^"]+)"/)?.output.1, "\(path)")
            #expect(try await lead.get(String(link)).status == 200)
            let other = try await mentor.get(path)
            #expect(other.status == 200 && !other.text.contains("/staff/audit"), "\(path)")
        }
        let stranger = try await loaded.asStranger.get("/settings/\(setting)").text
        #expect(!stranger.contains("/staff/audit"))
    }
}
