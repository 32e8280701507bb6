import Civil
import House
import Server
import Store
import StoreTestKit
import Testing

@testable import Identity

@Suite("Inviting by a list")
struct InvitationTests {
    private func list(_ count: Int) -> String {
        (1...count).map { "Person \($0), p\($0)@example.org" }.joined(separator: "\n").replacing("\n", with: "%0A").replacing(
            " ", with: "+")
    }

    private func invited(_ house: TestHouse) async throws -> [String] {
        try await house.tools.database.read { session in
            try session.all("select email from invitation where withdrawn_at is null order by email").map { $0.text("email") }
        }
    }

    @Test("The page says how many of a list were invited, who is that already, and who stood there twice", arguments: TestEngine.all)
    func saysWhatBecameOfTheList(engine: TestEngine) async throws {
        try await engine.withDatabase { database in
            let house = try await LoadedHouse.empty(database)
            let answered = try await house.post(
                "/staff/people/invite", "role=administrator&people=ADA@example.org%0Ab@example.org;c@example.org%0AB@example.org")
            #expect(answered.status == 303)
            let page = try await house.get(answered.header("Location") ?? "").text
            #expect(page.contains("2 people are invited"))
            #expect(page.contains("One person of your list is that already"))
            #expect(page.contains("One address stood there more than once"))
            let invited = try await invited(house)
            #expect(invited == ["b@example.org", "c@example.org"])
        }
    }

    @Test("Five hundred are invited at once; more are refused with everything that was pasted", arguments: TestEngine.all)
    func invitesManyAtOnce(engine: TestEngine) async throws {
        try await engine.withDatabase { database in
            let house = try await LoadedHouse.empty(database)
            let refused = try await house.post("/staff/people/invite", "role=administrator&people=\(list(501))")
            #expect(refused.status == 422)
            #expect(refused.text.contains("These are 501 people") && refused.text.contains("Person 501, p501@example.org"))
            let none = try await invited(house)
            #expect(none.isEmpty)
            let taken = try await house.post("/staff/people/invite", "role=administrator&people=\(list(500))")
            #expect(taken.status == 303)
            let all = try await invited(house)
            #expect(all.count == 500)
        }
    }

    @Test("Of many bad lines some are shown and the rest counted, and nobody is invited", arguments: TestEngine.all)
    func countsBadLines(engine: TestEngine) async throws {
        try await engine.withDatabase { database in
            let house = try await LoadedHouse.empty(database)
            let lines = (1...9).map { "Nobody+\($0)" }.joined(separator: "%0A")
            let refused = try await house.post("/staff/people/invite", "role=administrator&people=b@example.org%0A\(lines)")
            #expect(refused.status == 422)
            #expect(refused.text.contains("“Nobody 5”") && refused.text.contains("4 more lines"))
            let none = try await invited(house)
            #expect(none.isEmpty)
        }
    }

    @Test("Who was invited is told of the letter, and leaves no address behind when forgotten", arguments: TestEngine.all)
    func forgetsTheLetter(engine: TestEngine) async throws {
        try await engine.withDatabase { database in
            let house = try await LoadedHouse.empty(database)
            _ = try await house.post("/staff/people/invite", "role=administrator&people=Bea+Ives,+Bea@example.org")
            let tools = house.tools
            try await PeopleDesk.add(name: "Bea Ives", email: "bea@example.org", isAdministrator: true, tools)
            var bea = house
            bea.cookie = try await tools.signedInCookie(email: "bea@example.org")
            let told = try await bea.get("/account/data.json").text
            #expect(told.contains("invites you to Test hub"))
            #expect(told.contains("identity.person.made"))
            let id = try await tools.database.read {
                try $0.first("select id from person where email_key = 'bea@example.org'")?.text("id") ?? ""
            }
            let forgotten = try await house.post("/staff/people/\(id)/forget", "")
            #expect(forgotten.status == 303)
            let mail = try await house.get("/staff/mail").text
            #expect(!mail.lowercased().contains("bea@example.org"))
            let left = try await tools.database.read {
                try $0.count(
                    "select count(*) from outbox where lower(to_address) like '%bea%' or to_name like '%Bea%' or text_body like '%Bea%'")
            }
            #expect(left == 0)
        }
    }

    @Test("An invitation that was answered meanwhile is not said to be taken back", arguments: TestEngine.all)
    func isHonestAboutTakingBack(engine: TestEngine) async throws {
        try await engine.withDatabase { database in
            let house = try await LoadedHouse.empty(database)
            _ = try await house.post("/staff/people/invite", "role=administrator&people=Bea+Ives,+bea@example.org")
            let tools = house.tools
            let id = try await tools.database.write { session in
                let id = try #require(try session.first("select id from invitation")).text("id")
                try session.run("update invitation set accepted_at = \(tools.clock.now) where id = \(id)")
                return id
            }
            let pressed = try await house.post("/staff/people/invitations/\(id)/withdraw", "")
            let page = try await house.get(pressed.header("Location") ?? "").text
            #expect(page.contains("answered or taken back before"))
            let withdrawn = try await tools.database.read { try $0.count("select count(*) from invitation where withdrawn_at is not null") }
            #expect(withdrawn == 0)
        }
    }
}
