import Civil
import Directory
import Files
import House
import Store
import StoreTestKit
import Testing

@testable import Identity
@testable import Server

/// The hub of the Barnet source: twelve wards, four mini-hubs, each with a coordinator and a base; "the coordinator had to contact people
/// several times to explain the purpose of the Hub". From the first contact to the third attempt to joined, through the pages.
@Suite struct BarnetHubTests {
    private static let miniHubs = ["North", "East", "South", "West"]

    /// Twelve of Barnet's wards as they are drawn, with a nursery, a pre-school and two childminders in each. Settings are invented.
    private func makeHub(_ tools: Tools) async throws {
        _ = try await Loader(tools: tools).apply(
            LoadRequest(
                .wards, source: .file("\(LoadedHouse.data)/wards-2024-05-barnet.geojson"), fileName: "wards-2024-05-barnet.geojson",
                editionDay: Day(iso: "2026-01-01") ?? TestEngine.clock.today))
        try await tools.database.write { session in
            let wards = try session.all("select code from ward order by name limit 12").map { $0.text("code") }
            try #require(wards.count == 12)
            try session.run(
                "insert into hub (id, name, slug, is_sample, created_at) values ('b', 'BEYA', 'beya', 0, '2026-01-01T00:00:00Z')")
            try session.run(
                "insert into scheme (id, hub_id, name, word, divides, created_at) values ('sc', 'b', 'Mini-hubs', 'mini-hub', 'wards', '2026-01-01T00:00:00Z')"
            )
            try session.run(
                """
                insert into plan (id, scheme_id, name, status, from_day, balanced_by, tolerance, seed, notes, edition, created_at, updated_at)
                values ('p', 'sc', 'Four', 'published', '2026-01-01', 'settings', 0.2, 1, '', 1, '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z')
                """)
            for (index, ward) in wards.enumerated() {
                try session.run("insert into hub_ward (hub_id, ward_code) values ('b', \(ward))")
                for (type, name) in [
                    ("day-nursery", "Nursery"), ("pre-school", "Pre-school"), ("childminder", "Ann"), ("childminder", "Bea"),
                ] {
                    let id = "\(name.lowercased())-\(index)"
                    try session.run(
                        """
                        insert into setting (id, type, name, sort_key, place_basis, ward_code, is_home, is_secret, is_early_years, status, email,
                            version, created_at, updated_at)
                        values (\(id), \(type), \("\(name) \(index)"), \(id), 'ward', \(ward), \(type == "childminder"), 0, 1, 'open',
                            \(index == 0 ? nil : "\(id)@example.org"), 1, '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z')
                        """)
                }
            }
            for (index, name) in Self.miniHubs.enumerated() {
                try session.run(
                    """
                    insert into area (id, plan_id, name, position, base_id, is_base_locked)
                    values (\("a\(index)"), 'p', \(name), \(index), \("nursery-\(index * 3)"), 1)
                    """)
                for ward in wards[(index * 3)..<(index * 3 + 3)] {
                    try session.run(
                        "insert into area_ward (plan_id, ward_code, area_id, is_locked) values ('p', \(ward), \("a\(index)"), 0)")
                }
            }
        }
    }

    private func key(_ number: Int) -> String { "00000000-0000-7000-8000-00000000\(1_000 + number)" }

    private func names(_ page: String) -> [String] {
        page.matches(of: /class="thing" href="[^"]+"><bdi>([^<]+)<\/bdi>/).map { String($0.output.1) }
    }

    private func lines(of coordinator: String, _ house: TestHouse) async throws -> [String] {
        try await house.tools.database.read {
            try $0.all(
                """
                select t.id from campaign_target t join person p on p.id = t.caller_id where p.email_key = \(coordinator) order by t.setting_id
                """
            ).map { $0.text("id") }
        }
    }

    @Test(
        "Twelve wards, four mini-hubs: everybody is listed, each mini-hub's coordinator rings its own, and the third try brings them in",
        arguments: TestEngine.all)
    func firstContactToJoined(engine: TestEngine) async throws {
        try await engine.withDatabase(Rooms.migrations) { database in
            let house = try TestHouse(database: database, rooms: LoadedHouse.rooms)
            try await makeHub(house.tools)
            let lead = try await house.signedIn("lead@example.org", RoleGrant(.hubLead, hub: "b"))
            var coordinators: [TestHouse] = []
            for index in Self.miniHubs.indices {
                coordinators.append(
                    try await house.signedIn("c\(index)@example.org", RoleGrant(.coordinator, hub: "b", area: "a\(index)")))
            }
            // The coordinator made lists of settings: here, everybody she never spoke to.
            let made = try await lead.post(
                "/staff/network/beya/campaigns/new",
                "title=Getting+to+know+you&asks=to+join+the+hub&from=1+September+2026&show=never-contacted&pick=list")
            let path = try #require(made.header("Location")?.split(separator: "?").first.map(String.init))
            #expect(try await lead.post("\(path)/callers", "how=area&scope=nobody").header("Location") == "\(path)?done=callers&count=48")
            #expect(try await lead.post("\(path)/letter/send", "").header("Location") == "\(path)?done=sent&count=44")
            #expect(try await lead.post("\(path)/letter/posted", "").header("Location") == "\(path)/letter?done=posted&count=4")
            var number = 0
            for (index, coordinator) in coordinators.enumerated() {
                let mine = try await lines(of: "c\(index)@example.org", house)
                #expect(mine.count == 12)
                // One of each kind she has, three times each; the east reaches only one.
                let chosen = stride(from: 0, to: index == 1 ? 1 : mine.count, by: 3).map { mine[$0] }
                for line in chosen {
                    for (day, outcome) in [
                        ("2+September+2026", "no-answer"), ("9+September+2026", "message-left"), ("16+September+2026", "joined"),
                    ] {
                        number += 1
                        let logged = try await coordinator.post(
                            "\(path)/targets/\(line)/call", "key=\(key(number))&outcome=\(outcome)&day=\(day)")
                        #expect(logged.status == 303)
                    }
                }
            }
            let page = try await lead.get(path).text
            let joined = try await lead.tools.database.read { try $0.count("select count(*) from membership where hub_id = 'b'") }
            #expect(joined == number / 3 && page.contains("<b>\(joined)</b> <span>joined</span>"))
            // "Balanced representation from all areas": where it is missing is said.
            #expect(page.contains("in East: they are"))
            // The timeline holds all three, and the members' page counts them.
            let timeline = try await lead.get("/staff/network/beya/settings/ann-0").text
            #expect(
                timeline.contains("Call: no answer") && timeline.contains("left word")
                    && timeline.contains("A member since 16 September 2026"))
            let members = try await lead.get("/staff/network/beya/members?by=area").text
            for area in Self.miniHubs { #expect(members.contains(area)) }
            // Nobody is left without somebody who rings.
            #expect(try await lead.get("\(path)/callers").text.contains("Everybody on the list has somebody who rings."))
            #expect(try await coordinators[1].get("/staff/calls").text.contains("1 of 12 are settled"))
        }
    }
}
