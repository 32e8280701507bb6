import House
import Page
import Store
import StoreTestKit
import Testing

@testable import Identity
@testable import Server

/// An administrator puts right what somebody cannot: the rules of docs/rules/name-and-address.md.
@Suite struct PersonCorrectionTests {
    @Test(
        "An administrator gives somebody with a lost mailbox another address: asked first, both told, signed out everywhere, in the trail",
        arguments: TestEngine.all)
    func corrects(engine: TestEngine) async throws {
        try await MovedAccounts.with(engine) { house in
            let ada = try await house.withAdministrator()
            let lead = try await house.signedIn("lead@example.org", RoleGrant(.hubLead, hub: "h1"))
            let rosa = try await house.signedIn("rosa@example.org", RoleGrant(.practitioner, hub: "h1", setting: "s3"))
            let id = try await house.personID("rosa@example.org")
            _ = try await house.entersByLink("rosa@example.org")
            let link = try #require(try await house.link("/sign-in/open/", to: "rosa@example.org"))
            // What was begun before may not undo it.
            let confirm = try await rosa.asksFor("rosa@third.example.org")
            let stop = try #require(try await house.link("/address/stop/", to: "rosa@example.org"))
            let path = "/staff/people/\(id)/correct"
            #expect(try await lead.get(path).status == 403)
            #expect(try await lead.post(path, "name=X&email=x%40example.org&sure=yes").status == 403)
            #expect(try await ada.get("/staff/people").text.contains("href=\"\(path)\""))
            #expect(try await ada.get(path).text.contains("value=\"rosa@example.org\""))
            let form = "name=Rosa+%3Cb%3EBloom&email=rosa%40new.example.org"
            let asked = try await ada.post(path, form)
            #expect(asked.status == 200 && asked.text.contains("Make sure it is they who ask") && asked.text.contains("Rosa &lt;b"))
            let unchanged = try await rosa.isSignedIn()
            #expect(unchanged)
            #expect(try await ada.post(path, form + "&sure=yes").header("Location") == "/staff/people?done=corrected")
            let isIn = try await rosa.isSignedIn()
            let dead = [try await house.post(link, ""), try await house.post(confirm, ""), try await house.post(stop, "")]
            #expect(!isIn && dead.allSatisfy { $0.status == 410 })
            let enters = [try await house.entersByLink("rosa@new.example.org"), try await house.entersByLink("rosa@example.org")]
            #expect(enters == [true, false])
            for address in ["rosa@example.org", "rosa@new.example.org"] {
                #expect(try await house.subjects(to: address).contains("Your address at Test hub has changed"), "\(address)")
            }
            let old = try await house.tools.database.read {
                try $0.all("select text_body from outbox where to_address = 'rosa@example.org'").map { $0.text("text_body") }.joined()
            }
            #expect(!old.contains("rosa@new"))
            for action in ["identity.address.corrected", "identity.name.changed"] {
                let trail = try await house.tools.database.read {
                    try $0.first("select who, before, after from audit where action = \(action) and subject = \("person:" + id)")
                }
                #expect(trail?.text("who").hasPrefix("person:") == true && trail?.text("after").hasPrefix("change:") == true)
            }
            #expect(try await ada.get(path).text.contains("rosa@example.org</bdi> became <bdi>rosa@new.example.org"))
        }
    }

    @Test("A name alone is corrected without signing anybody out, and they are told", arguments: TestEngine.all)
    func nameOnly(engine: TestEngine) async throws {
        try await MovedAccounts.with(engine) { house in
            let ada = try await house.withAdministrator()
            let rosa = try await house.signedIn("rosa@example.org", RoleGrant(.practitioner, hub: "h1", setting: "s3"))
            let path = "/staff/people/\(try await house.personID("rosa@example.org"))/correct"
            #expect(try await ada.post(path, "name=Rosa+Bloom&email=rosa%40example.org&sure=yes").status == 303)
            #expect(try await rosa.get("/account").text.contains("Rosa Bloom"))
            #expect(try await house.subjects(to: "rosa@example.org") == ["Your name at Test hub was corrected"])
        }
    }

    @Test("Another account's address, nonsense, no difference and oneself are refused", arguments: TestEngine.all)
    func refuses(engine: TestEngine) async throws {
        try await MovedAccounts.with(engine) { house in
            let ada = try await house.withAdministrator()
            let rosa = try await house.signedIn("rosa@example.org", RoleGrant(.practitioner, hub: "h1", setting: "s3"))
            let path = "/staff/people/\(try await house.personID("rosa@example.org"))/correct"
            for form in [
                "name=Rosa&email=ADA%40example.org", "name=Rosa&email=nothing", "name=&email=rosa%40example.org", "",
                "name=A+Practitioner+or+childminder&email=rosa%40example.org",
            ] {
                #expect(try await ada.post(path, form + "&sure=yes").status == 422, "\(form)")
            }
            let own = "/staff/people/\(try await house.personID("ada@example.org"))/correct"
            #expect(try await ada.get(own).header("Location") == "/account")
            #expect(try await ada.post(own, "name=Ada&email=ada2%40example.org&sure=yes").status == 400)
            #expect(try await ada.get("/staff/people/none/correct").status == 404)
            #expect(try await rosa.isSignedIn())
        }
    }

    @Test("The command line does the same, by the same rules", arguments: TestEngine.all)
    func commandLine(engine: TestEngine) async throws {
        try await MovedAccounts.with(engine) { house in
            let rosa = try await house.signedIn("rosa@example.org", RoleGrant(.practitioner, hub: "h1", setting: "s3"))
            _ = try await house.signedIn("bea@example.org", RoleGrant(.hubLead, hub: "h1"))
            let tools = house.tools.serving(.commandLine)
            let book = Rooms.placeBook(tools)
            for (name, address) in [(nil, nil), ("12", nil), (nil, "x"), (nil, Optional("bea@example.org"))] {
                await #expect(throws: Refusal.self) {
                    try await PeopleDesk.correct(email: "rosa@example.org", name: name, newEmail: address, tools, book)
                }
            }
            try await PeopleDesk.correct(email: "Rosa@example.org", name: "Rosa Bloom", newEmail: "rosa@new.example.org", tools, book)
            let isIn = try await rosa.isSignedIn()
            let enters = try await house.entersByLink("rosa@new.example.org")
            #expect(!isIn && enters)
            #expect(
                try await house.count("select count(*) from audit where who = 'command-line' and action = 'identity.address.corrected'")
                    == 1)
        }
    }
}
