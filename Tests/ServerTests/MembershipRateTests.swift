import Civil
import House
import Store
import StoreTestKit
import Testing

@testable import Identity
@testable import Server

/// Members, who is active, and contacts on the map (docs/rules/membership.md, docs/rules/coverage.md), through the pages.
@Suite struct MembershipRateTests {
    private static let page = "/staff/network/hub-one/members"

    private func withHub(_ engine: TestEngine, _ body: @Sendable (_ lead: TestHouse) async throws -> Void) async throws {
        try await engine.withDatabase(Rooms.migrations) { database in
            let house = try TestHouse(database: database, rooms: LoadedHouse.rooms)
            try await PlacedSettings.make(house.tools)
            try await body(try await house.signedIn("lead@example.org", RoleGrant(.hubLead, hub: "h1")))
        }
    }

    private func log(_ number: Int, _ setting: String, _ how: String, _ outcome: String, _ day: String, _ lead: TestHouse) async throws {
        let answer = try await lead.post(
            "/staff/network/hub-one/log",
            "key=00000000-0000-7000-8000-0000000000\(number + 10)&setting=\(setting)&how=\(how)&outcome=\(outcome)&day=\(day)")
        #expect(answer.status == 303)
    }

    /// The figures on top of the page, by what they count.
    private func facts(_ page: String) -> [String: String] {
        let found = page.matches(of: /class="fact[^"]*"[^>]*><b>([^<]+)<\/b> <span>([^<]+)</)
        return Dictionary(found.map { (String($0.output.2), String($0.output.1)) }, uniquingKeysWith: { first, _ in first })
    }

    @Test(
        "Members and the active among them: a call is no gathering, a meeting is; who has gone quiet is one press from being invited",
        arguments: TestEngine.all)
    func rates(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            #expect(try await lead.get(Self.page).text.contains("No member yet"))
            try await log(1, "s1", "call", "joined", "10+January+2025", lead)
            try await log(2, "s2", "call", "joined", "10+January+2025", lead)
            try await log(3, "s3", "call", "joined", "10+October+2026", lead)
            try await log(4, "s1", "meeting", "spoke", "5+October+2026", lead)
            try await log(5, "s2", "meeting", "spoke", "5+February+2025", lead)
            let page = try await lead.get(Self.page).text
            let facts = facts(page)
            #expect(facts["members"] == "3" && facts["active in this term or the last"] == "1" && facts["of members are active"] == "33%")
            #expect(facts["of the hub’s settings are members"] == "100%")
            #expect(page.contains("Members who have gone quiet: 1") && page.contains("last seen on 5 February 2025"))
            #expect(page.contains("/staff/network/hub-one/log?setting=s2") && page.contains("campaigns/new?setting=s2"))
            #expect(page.contains("New, and not seen yet: 1"))
            // Each way of grouping counts every member once.
            for by in ["sector", "type", "area"] { #expect(try await lead.get("\(Self.page)?by=\(by)").status == 200) }
            _ = try await lead.post("/staff/network/hub-one/settings/s2/leave", "")
            let after = try await lead.get(Self.page).text
            #expect(self.facts(after)["members"] == "2" && after.contains("left on 22 November 2026"))
        }
    }

    @Test("The members' page takes the same number of statements whatever happened", arguments: TestEngine.all)
    func fewStatements(engine: TestEngine) async throws {
        try await engine.withDatabase(Rooms.migrations) { database in
            let counted = CountedDatabase(database)
            let house = try TestHouse(database: counted, rooms: LoadedHouse.rooms)
            try await PlacedSettings.make(house.tools)
            let lead = try await house.signedIn("lead@example.org", RoleGrant(.hubLead, hub: "h1"))
            let (members, map) = (Self.page, "/staff/network/hub-one/coverage")
            let few = await counted.counting { try? await lead.get(members) }
            let fewOnMap = await counted.counting { try? await lead.get(map) }
            for number in 1...20 { try await log(number, "s\(1 + number % 3)", "meeting", "joined", "\(number)+October+2026", lead) }
            let many = await counted.counting { try? await lead.get(members) }
            let manyOnMap = await counted.counting { try? await lead.get(map) }
            #expect(many == few && manyOnMap == fewOnMap)
        }
    }

    @Test("The map of contacts: each term counts a setting once, in the picture's words and in the table", arguments: TestEngine.all)
    func coverage(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            try await log(1, "s1", "call", "no-answer", "5+October+2026", lead)
            try await log(2, "s1", "call", "spoke", "6+October+2026", lead)
            try await log(3, "s2", "call", "spoke", "1+August+2026", lead)
            let now = try await lead.get("/staff/network/hub-one/coverage").text
            #expect(now.contains("1 of 3 settings were contacted, 1 of them reached"))
            #expect(now.contains("Least in Ward of hub-one: 1 of 3."))
            let summer = try await lead.get("/staff/network/hub-one/coverage?term=summer-2026").text
            #expect(summer.contains("Contacts in each ward, Summer 2026") && summer.contains("1 of 3 settings were contacted"))
            _ = try await lead.post("/staff/network/hub-one/contacts/00000000-0000-7000-8000-000000000013/undo", "")
            let undone = try await lead.get("/staff/network/hub-one/coverage?term=summer-2026").text
            #expect(undone.contains("0 of 3 settings were contacted"))
        }
    }
}
