import Civil
import Directory
import House
import HubNetwork
import Store
import StoreTestKit
import TestKit
import Testing

@testable import Identity
@testable import Server

/// The rules of docs/rules/network-measures.md, through the pages. Today is 22 November 2026.
@Suite struct PartnersTests {
    private static let base = "/staff/network/hub-one/partners"

    /// Two meetings this term, one in the spring, with who was there.
    private func withMeetings(_ engine: TestEngine, _ body: @Sendable (_ lead: TestHouse) async throws -> Void) async throws {
        try await engine.withDatabase(Rooms.migrations) { database in
            let house = try TestHouse(database: database, rooms: LoadedHouse.rooms)
            try await PlacedSettings.make(house.tools)
            let lead = try await house.signedIn("lead@example.org", RoleGrant(.hubLead, hub: "h1"))
            let rolls: [(day: String, form: String)] = [
                ("4 February 2026", "there=s1&there=s2"),
                ("7 October 2026", "there=s1&there=s2&there=s3&guest=council&hosted=s1&chaired=guest%3Acouncil"),
                ("11 November 2026", "there=s1&there=s2&hosted=s2&spoke1=s1"),
            ]
            for (number, roll) in rolls.enumerated() {
                let id = "00000000-0000-7000-8000-00000000000\(number)"
                _ = try await lead.post(
                    "/staff/network/hub-one/hosting/new",
                    "key=\(id)&title=Meeting+\(number)&area=&expected=9&days=\(roll.day.replacing(" ", with: "+"))")
                let noted = try await lead.post("/staff/network/hub-one/hosting/meetings/\(id)/there", "version=1&\(roll.form)")
                #expect(noted.status == 303)
            }
            try await body(lead)
        }
    }

    /// The cells of a table's rows, by the words of their first.
    private func rows(_ page: String) -> [String: [String]] {
        let rows = HTMLDocument(page).all("tr").compactMap { row -> (String, [String])? in
            guard let head = row.all("th").first(where: { $0["scope"] == "row" }) else { return nil }
            return (head.text, row.all("td").map(\.text))
        }
        return Dictionary(rows, uniquingKeysWith: { first, _ in first })
    }

    @Test("Each sector's times in the room, speaking, hosting and chairing, with the list behind every number", arguments: TestEngine.all)
    func shares(engine: TestEngine) async throws {
        try await withMeetings(engine) { lead in
            let page = try await lead.get("\(Self.base)?from=2026-autumn&to=2026-autumn").text
            let rows = rows(page)
            // PVI: two of the three settings, 4 of the 6 times in the room, both hosts.
            #expect(
                rows["PVI settings"] == [
                    "2 67%", "2 of 2", "4, PVI settings, in the room 67%", "1, PVI settings, spoke 100%", "2, PVI settings, hosted 100%",
                    "0 0%",
                ])
            #expect(rows["Childminders"]?.prefix(3) == ["1 33%", "1 of 2", "1, Childminders, in the room 17%"])
            #expect(rows["Council"]?.last == "1, Council, chaired 100%")
            #expect(page.contains("Childminders are 33% of the settings and 17% of those in the room"))
            let list = try await lead.get("\(Self.base)/list?from=2026-autumn&to=2026-autumn&sector=pvi&part=hosted").text
            #expect(list.contains("Larkspur Nursery") && list.contains("Poppy Pre-school") && list.contains("11 November 2026"))
            let longer = try await lead.get("\(Self.base)?from=2026-spring&to=2026-autumn").text
            #expect(longer.contains("2 of 3") || longer.contains("3 of 3"))
            #expect(try await lead.get("\(Self.base)/list?sector=nobody").status == 404)
        }
    }

    @Test("Pairs that met are counted once a term, new ones beside the six terms before, with their list", arguments: TestEngine.all)
    func met(engine: TestEngine) async throws {
        try await withMeetings(engine) { lead in
            let page = try await lead.get("\(Self.base)/met?to=2026-autumn").text
            let facts = HTMLDocument(page).all("a").filter { $0["class"] == "fact" }.map(\.text)
            #expect(facts == ["3 pairs of settings met", "2 of them across sectors", "2 had not met in the six terms before"])
            let table = rows(page)
            #expect(table["Childminders"]?.prefix(2) == ["0", "2 pairs: Childminders and PVI settings"])
            #expect(page.contains("<pattern id=\"hatch-1\""))
            let new = try await lead.get("\(Self.base)/met/list?to=2026-autumn&show=new").text
            #expect(rows(new).count == 2 && !new.contains("had met"))
            let within = try await lead.get("\(Self.base)/met/list?to=2026-autumn&one=pvi&other=pvi").text
            #expect(within.contains("had met") && within.contains("Larkspur Nursery"))
            #expect(try await lead.get("\(Self.base)/met?to=2025-autumn").text.contains("Nobody met in Autumn 2025"))
        }
    }

    @Test("A mini-hub's wheel holds the pairs that lie in it, and a logged visit with two settings counts too", arguments: TestEngine.all)
    func areas(engine: TestEngine) async throws {
        try await withMeetings(engine) { lead in
            try await HostingTests.divide(lead.tools)
            func pairs(_ query: String) async throws -> String? {
                HTMLDocument(try await lead.get("\(Self.base)/met?\(query)").text).all("a").first { $0["class"] == "fact" }?.text
            }
            let west = try await pairs("to=2026-autumn&area=a2")
            #expect(west == "1 pairs of settings met")
            let before = try await pairs("to=2026-summer")
            #expect(before == nil)
            _ = try await lead.post(
                "/staff/network/hub-one/log",
                "key=00000000-0000-7000-8000-000000000009&setting=s1&setting=s3&how=visit&outcome=spoke&day=5+May+2026")
            let after = try await pairs("to=2026-summer")
            #expect(after == "1 pairs of settings met")
        }
    }

    @Test("A hub without a gathering says what the pages will show", arguments: TestEngine.all)
    func empty(engine: TestEngine) async throws {
        try await engine.withDatabase(Rooms.migrations) { database in
            let house = try TestHouse(database: database, rooms: LoadedHouse.rooms)
            try await PlacedSettings.make(house.tools)
            let lead = try await house.signedIn("lead@example.org", RoleGrant(.hubLead, hub: "h1"))
            #expect(try await lead.get(Self.base).text.contains("No gathering in these terms"))
            #expect(try await lead.get("\(Self.base)/met").text.contains("Nobody met in Autumn 2026"))
        }
    }
}
