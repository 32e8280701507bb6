import Directory
import House
import Server
import Store
import StoreTestKit
import TestKit
import Testing

@testable import Identity

@Suite("The list of people")
struct PeoplePageTests {
    /// Gives so many people a role, each over a setting of their own, and a coordinator an area.
    private func fill(_ house: TestHouse, people: Range<Int>) async throws {
        let tools = house.tools
        let book = Rooms.placeBook(tools)
        try await tools.database.write { session in
            let hub = try #require(try session.first("select id from hub where is_sample = 1")).text("id")
            let area = try #require(try book.areas(hub, session).first)
            let settings = try session.all("select id from setting where hub_id = \(hub) order by id")
            for number in people {
                let person = try People.findOrMake(name: "Person \(number)", email: "p\(number)@example.org", tools, session)
                try Roles.give(RoleGrant(.practitioner, hub: hub, setting: settings[number].text("id")), to: person.id, tools, session)
                if number == people.lowerBound {
                    try Roles.give(RoleGrant(.coordinator, hub: hub, area: area.id), to: person.id, tools, session)
                    try Roles.give(RoleGrant(.mentor, hub: hub), to: person.id, tools, session)
                }
            }
        }
    }

    private func withHouse(_ engine: TestEngine, _ body: @Sendable (TestHouse, CountedDatabase) async throws -> Void) async throws {
        try await engine.withDatabase { database in
            let counted = CountedDatabase(database)
            let house = try await LoadedHouse.empty(counted)
            try await LoadedHouse.loadWards(house)
            try await SampleHub.make(house.tools)
            try await body(house, counted)
        }
    }

    @Test("A page of many people takes as many statements as one of few", arguments: TestEngine.all)
    func statements(engine: TestEngine) async throws {
        try await withHouse(engine) { house, counted in
            try await fill(house, people: 0..<3)
            _ = try await house.get("/staff/people")
            let few = try await counted.counting {
                let page = try await house.get("/staff/people").text
                #expect(page.contains("Person 2"))
            }
            try await fill(house, people: 3..<40)
            let many = try await counted.counting {
                let page = try await house.get("/staff/people").text
                #expect(page.contains("Person 39"))
            }
            #expect(many == few)
        }
    }

    @Test("Who has no role, not yet or not any more, is found by administrators and by nobody else", arguments: TestEngine.all)
    func withoutRole(engine: TestEngine) async throws {
        try await withHouse(engine) { house, _ in
            let tools = house.tools
            try await fill(house, people: 0..<2)
            try await tools.database.write { session in
                let hub = try #require(try session.first("select id from hub where is_sample = 1")).text("id")
                let left = try People.findOrMake(name: "Lena Left", email: "left@example.org", tools, session)
                _ = try People.findOrMake(name: "Nora Never", email: "never@example.org", tools, session)
                let gone = try People.findOrMake(name: "Gina Gone", email: "gone@example.org", tools, session)
                try People.forget(gone.id, Rooms.holdings, tools, session)
                let lead = try People.findOrMake(name: "Leila", email: "leila@example.org", tools, session)
                try Roles.give(RoleGrant(.hubLead, hub: hub), to: lead.id, tools, session)
                try Roles.give(RoleGrant(.mentor, hub: hub), to: left.id, tools, session)
                let role = try #require(try session.first("select id from role where person_id = \(left.id)"))
                try Roles.end(role.text("id"), tools, session)
            }
            #expect(try await house.get("/staff/people").text.contains("href=\"/staff/people?show=without-role\""))
            let page = try await house.get("/staff/people?show=without-role").text
            #expect(page.contains("Lena Left") && page.contains("Nora Never") && page.contains("Never had one"))
            for words in ["Person 1", "Leila", "Gina", "Somebody who left"] { #expect(!page.contains(words), "\(words)") }
            let found = try await house.get("/staff/people?show=without-role&q=nev").text
            #expect(found.contains("Nora Never") && !found.contains("Lena Left"))
            let forget = try #require(found.firstMatch(of: /\/staff\/people\/[^"\/]+\/forget/)).output
            #expect(try await house.get(String(forget)).text.contains("Forget Nora Never?"))
            var lead = house
            lead.cookie = try await tools.signedInCookie(email: "leila@example.org")
            let leads = try await lead.get("/staff/people?show=without-role").text
            #expect(leads.contains("Person 1") && !leads.contains("Lena Left") && !leads.contains("without-role"))
        }
    }

    @Test("It says what each role is over, whoever looks, and finds by name and address", arguments: TestEngine.all)
    func tells(engine: TestEngine) async throws {
        try await withHouse(engine) { house, _ in
            try await fill(house, people: 0..<5)
            let tools = house.tools
            let book = Rooms.placeBook(tools)
            let (hub, area, setting) = try await tools.database.read { session in
                let hub = try #require(try book.hubs(session).first)
                let role = try #require(try session.first("select setting_id from role where role = 'practitioner' order by id"))
                return (
                    hub, try #require(try book.areas(hub.id, session).first),
                    try #require(try book.setting(role.text("setting_id"), session))
                )
            }
            try await tools.database.write { session in
                let lead = try People.findOrMake(name: "Leila", email: "leila@example.org", tools, session)
                try Roles.give(RoleGrant(.hubLead, hub: hub.id), to: lead.id, tools, session)
                let manager = try People.findOrMake(name: "Moira", email: "moira@example.org", tools, session)
                try Roles.give(RoleGrant(.manager, hub: hub.id, setting: setting.id), to: manager.id, tools, session)
            }
            var lead = house
            lead.cookie = try await tools.signedInCookie(email: "leila@example.org")
            for house in [house, lead] {
                let page = HTMLDocument(try await house.get("/staff/people").body).text
                for words in [hub.name, area.name, setting.name, "Person 4"] { #expect(page.contains(words), "\(words)") }
                let found = try await house.get("/staff/people?q=PERSON+4").text
                #expect(found.contains("Person 4") && !found.contains("Person 3"))
                #expect(try await house.get("/staff/people?q=p3%40example").text.contains("Person 3"))
            }
            var manager = house
            manager.cookie = try await tools.signedInCookie(email: "moira@example.org")
            let own = try await manager.get("/staff/people").text
            #expect(own.contains("Moira") && own.contains("Person 0") && !own.contains("Person 4") && !own.contains("Leila"))
        }
    }
}
