import House
import Store
import StoreTestKit
import TestKit
import Testing

@testable import Identity
@testable import Server

/// What docs/rules/champions.md says of names: whoever has an account is called what the account says.
@Suite struct ChampionNameTests {
    /// A champion with an account, who has had an area for a day, and a house for each of those who look.
    private func withChampion(
        _ engine: TestEngine, _ body: @Sendable (_ lead: TestHouse, _ rosa: TestHouse, _ champion: String) async throws -> Void
    ) async throws {
        let champions = ChampionTests()
        try await champions.withHub(engine) { lead in
            let rosa = try await lead.signedIn("rosa@example.org", RoleGrant(.manager, hub: "h1", setting: "s1"))
            #expect(try await rosa.post("/account/name", "name=Rosa+Formerly").status == 303)
            #expect(try await rosa.post("/own/s1/champion", "email=rosa%40example.org&wish=p1-a1").status == 303)
            let id = try await lead.tools.database.read { try $0.first("select id from champion")?.text("id") ?? "" }
            #expect(try await lead.post("\(ChampionTests.base)/people/\(id)/area", "area=p1-a1&kind=champion").status == 303)
            try await body(lead, rosa, id)
        }
    }

    @Test("A champion who puts their name right is nowhere seen under the old one", arguments: TestEngine.all)
    func newName(engine: TestEngine) async throws {
        try await withChampion(engine) { lead, rosa, id in
            let base = ChampionTests.base
            #expect(try await lead.get(base).text.contains("Rosa Formerly"))
            #expect(try await rosa.post("/account/name", "name=Ruben+Lind").status == 303)
            for page in [
                base, "\(base)/people/\(id)", "\(base)/people/\(id)/edit", "\(base)/areas/p1-a1", "/staff/network/hub-one/settings/s1",
            ] {
                let text = try await lead.get(page).text
                #expect(text.contains("Ruben Lind") && !text.contains("Rosa Formerly"), "\(page)")
            }
            // A colleague changes something else with the form as it came: the name stays the account's.
            let person = try await lead.tools.database.read { try $0.first("select person_id from champion")?.text("person_id") ?? "" }
            let version = try await lead.tools.database.read { try $0.first("select version from champion")?.int("version") ?? 0 }
            let saved = try await lead.post(
                "\(base)/people/\(id)/edit", "version=\(version)&person=\(person)&name=Rosa+Formerly&note=rings+in+the+evening")
            #expect(saved.status == 303)
            let page = try await lead.get("\(base)/people/\(id)").text
            #expect(page.contains("Ruben Lind") && page.contains("rings in the evening") && !page.contains("Rosa Formerly"))
            let trail = try await lead.tools.database.read { try Rooms.trailWords.kind("champion")?.find([id], $0).map(\.name) }
            #expect(trail == ["Ruben Lind"])
        }
    }

    @Test(
        "A champion whose role ended stays tied to their account, whatever else is changed, and is forgotten with it",
        arguments: TestEngine.all)
    func staysTied(engine: TestEngine) async throws {
        try await withChampion(engine) { lead, _, id in
            let path = "\(ChampionTests.base)/people/\(id)"
            let person = try await lead.tools.database.write { session -> String in
                try session.run("update role set to_at = from_at where person_id = (select person_id from champion)")
                return try session.first("select person_id from champion")?.text("person_id") ?? ""
            }
            let edit = HTMLDocument(try await lead.get("\(path)/edit").text)
            let offered = edit.all("option").compactMap { $0["value"] }
            #expect(offered.contains(person))
            let version = try #require(edit.all("input").first { $0["name"] == "version" }?["value"])
            #expect(try await lead.post("\(path)/edit", "version=\(version)&person=\(person)&name=Rosa&note=moved+away").status == 303)
            let tied = try await lead.tools.database.read { try $0.first("select person_id from champion")?.textOrNil("person_id") }
            #expect(tied == person)
        }
    }
}
