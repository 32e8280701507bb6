import Civil
import House
import Store
import StoreTestKit
import TestKit
import Testing

@testable import Identity
@testable import Server

/// A passphrase forgotten, a telephone lost: ways back in that a stranger cannot take.
@Suite struct LostAndForgottenTests {
    private func withHouse(_ engine: TestEngine, _ body: @Sendable (TestHouse) async throws -> Void) async throws {
        try await engine.withDatabase(Rooms.migrations) { database in
            let house = try TestHouse(database: database, rooms: LoadedHouse.rooms)
            try await PlacedSettings.make(house.tools)
            try await body(house)
        }
    }

    @Test(
        "Who just came by a link sets a new passphrase without the old one; later and by other ways the old one is asked for",
        arguments: TestEngine.all)
    func newPassphraseByLink(engine: TestEngine) async throws {
        try await withHouse(engine) { house in
            let rosa = try await house.signedIn("rosa@example.org", RoleGrant(.practitioner, hub: "h1", setting: "s3"))
            #expect(try await rosa.post("/account/passphrase", "new=three+blue+otters+swim").status == 303)
            // In by other ways: the old one is needed.
            #expect(try await rosa.post("/account/passphrase", "new=seven+red+herons+wade").status == 422)
            _ = try await house.post("/sign-in/link", "email=rosa%40example.org")
            let path = try #require(try await house.link(inLetterTo: "rosa@example.org"))
            let entered = try await house.post(path, "")
            var byLink = house
            byLink.cookie = house.sessionCookie(in: entered)
            let page = try await byLink.get("/account").text
            #expect(page.contains("you need not know the old one"))
            #expect(try await byLink.post("/account/passphrase", "new=seven+red+herons+wade").status == 303)
            let signedIn = try await house.post("/sign-in", "account=rosa%40example.org&passphrase=seven+red+herons+wade")
            #expect(signedIn.status == 303)
            // A quarter of an hour later the link vouches no more.
            let past = house.tools.clock.now.adding(seconds: -901)
            _ = try await house.tools.database.write { try $0.run("update session set created_at = \(past)") }
            #expect(try await byLink.post("/account/passphrase", "new=nine+green+newts+nap").status == 422)
        }
    }

    @Test(
        "An administrator takes a lost second step away: sessions end, codes go, a letter says so, nobody else may",
        arguments: TestEngine.all)
    func lostTelephone(engine: TestEngine) async throws {
        try await withHouse(engine) { house in
            let ada = try await house.withAdministrator()
            let lead = try await house.signedIn("lead@example.org", RoleGrant(.hubLead, hub: "h1"))
            let tools = house.tools
            let id = try await tools.database.write { session -> String in
                let person = try #require(try People.with(email: "lead@example.org", session))
                try session.run(
                    "update person set second_step_secret = 'sealed', second_step_at = \(tools.clock.now) where id = \(person.id)")
                try session.run(
                    "insert into recovery_code (code_hash, person_id, created_at) values ('hash', \(person.id), \(tools.clock.now))")
                return person.id
            }
            #expect(try await lead.post("/staff/people/\(id)/second-step", "").status == 403)
            #expect(try await ada.get("/staff/people/\(id)/second-step").text.contains("Make sure it is they who ask"))
            #expect(try await ada.post("/staff/people/\(id)/second-step", "").header("Location") == "/staff/people?done=second-step")
            #expect(try await lead.get("/staff").status == 303)
            let (person, codes, letters) = try await tools.database.read { session in
                (
                    try session.first("select second_step_at, second_step_secret from person where id = \(id)"),
                    try session.count("select count(*) from recovery_code where person_id = \(id)"),
                    try session.count("select count(*) from outbox where person_id = \(id) and subject = 'Your second step was taken away'")
                )
            }
            #expect(person?.textOrNil("second_step_at") == nil && person?.textOrNil("second_step_secret") == nil)
            #expect(codes == 0 && letters == 1)
        }
    }
}
