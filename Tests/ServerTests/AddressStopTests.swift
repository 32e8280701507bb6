import Civil
import House
import Store
import StoreTestKit
import Testing

@testable import Identity
@testable import Server

/// "This was not me": the rules of docs/rules/name-and-address.md.
@Suite struct AddressStopTests {
    @Test(
        "The old address stops a change before it is confirmed: opening only asks, it works once, everybody is signed out",
        arguments: TestEngine.all)
    func stopsInTime(engine: TestEngine) async throws {
        try await MovedAccounts.with(engine) { house in
            let thief = try await house.signedIn("anna@example.org", RoleGrant(.manager, hub: "h1", setting: "s1"))
            let confirm = try await thief.asksFor("thief@example.org")
            let stop = try #require(try await house.link("/address/stop/", to: "anna@example.org"))
            for _ in 0..<2 { #expect(try await house.get(stop).text.contains("Stop the change of your address?")) }
            #expect(try await thief.isSignedIn())
            #expect(try await house.post(stop, "").text.contains("Your address stays as it was"))
            let isIn = try await thief.isSignedIn()
            let (confirmed, again) = (try await house.post(confirm, ""), try await house.post(stop, ""))
            #expect(!isIn && confirmed.status == 410 && again.status == 410)
            #expect(try await house.entersByLink("anna@example.org"))
            #expect(try await house.count("select count(*) from audit where action = 'identity.address.stopped'") == 1)
        }
    }

    @Test(
        "For seven days after the change the old address is put back, with nothing left that was set in between", arguments: TestEngine.all)
    func putsBack(engine: TestEngine) async throws {
        try await MovedAccounts.with(engine) { house in
            var thief = try await house.signedIn("anna@example.org", RoleGrant(.manager, hub: "h1", setting: "s1"))
            let id = try await house.personID("anna@example.org")
            let now = house.tools.clock.now
            let begun = now.adding(seconds: -6 * 86_400)
            // A token of her own, from before.
            for (token, made) in [("hers", begun.adding(seconds: -1)), ("thief's", now)] {
                try await house.run(
                    """
                    insert into api_token (id, person_id, name, token_hash, deeds, created_at, expires_at)
                    values (\(token), \(id), 'A program', \(token), '', \(made), \(now.adding(seconds: 86_400)))
                    """)
            }
            let first = try await thief.asksFor("thief@example.org")
            let stop = try #require(try await house.link("/address/stop/", to: "anna@example.org"))
            thief.cookie = house.sessionCookie(in: try await thief.post(first, ""))
            let until = try await house.tools.database.read {
                try $0.first("select stop_until from person_change where done_at is not null")?.instant("stop_until")
            }
            #expect(until == now.adding(seconds: 7 * 86_400))
            // Six days go by, and the thief moves on and digs in.
            try await house.run("update person_change set made_at = \(begun), done_at = \(begun)")
            thief.cookie = house.sessionCookie(in: try await thief.post(try await thief.asksFor("thief2@example.org"), ""))
            #expect(try await thief.post("/account/passphrase", "new=four+wet+paper+boats").status == 303)
            try await house.run(
                "update person set second_step_secret = 'x', second_step_at = \(now) where id = \(id)")
            let later = try #require(try await house.link("/address/stop/", to: "thief@example.org"))

            #expect(try await house.get(stop).text.contains("Put your old address back?"))
            #expect(try await house.post(stop, "").text.contains("Your old address is back"))
            let person = try await house.tools.database.read { try People.with(id: id, $0) }
            #expect(person?.email == "anna@example.org" && person?.hasPassphrase == false && person?.hasSecondStep == false)
            let isIn = try await thief.isSignedIn()
            let enters = [
                try await house.entersByLink("anna@example.org"), try await house.entersByLink("thief@example.org"),
                try await house.entersByLink("thief2@example.org"),
            ]
            #expect(!isIn && enters == [true, false, false])
            // The thief's own letters stop nothing any more.
            #expect(try await house.post(later, "").status == 410)
            let tokens = try await house.tools.database.read {
                try $0.all("select id from api_token where revoked_at is null").map { $0.text("id") }
            }
            #expect(tokens == ["hers"])
            #expect(try await house.subjects(to: "thief2@example.org").contains { $0.hasPrefix("This address was taken off") })
        }
    }

    @Test("After seven days the link is dead, and the change stands", arguments: TestEngine.all)
    func notAfterAWeek(engine: TestEngine) async throws {
        try await MovedAccounts.with(engine) { house in
            let anna = try await house.signedIn("anna@example.org", RoleGrant(.practitioner, hub: "h1", setting: "s3"))
            let confirm = try await anna.asksFor("anna@new.example.org")
            let stop = try #require(try await house.link("/address/stop/", to: "anna@example.org"))
            #expect(try await house.post(confirm, "").status == 200)
            try await house.run("update person_change set stop_until = \(house.tools.clock.now)")
            let (got, posted) = (try await house.get(stop), try await house.post(stop, ""))
            #expect(got.status == 410 && posted.status == 410)
            #expect(try await house.entersByLink("anna@new.example.org"))
        }
    }

    @Test(
        "Has the old address another account by now, nobody's is taken: everybody is signed out and an administrator is asked",
        arguments: TestEngine.all)
    func heldByAnother(engine: TestEngine) async throws {
        try await MovedAccounts.with(engine) { house in
            let anna = try await house.signedIn("office@example.org", RoleGrant(.manager, hub: "h1", setting: "s1"))
            #expect(try await anna.post("/account/passphrase", "new=four+wet+paper+boats").status == 303)
            let confirm = try await anna.asksFor("anna@new.example.org")
            let stop = try #require(try await house.link("/address/stop/", to: "office@example.org"))
            var moved = anna
            moved.cookie = house.sessionCookie(in: try await anna.post(confirm, ""))
            let next = try await house.signedIn("office@example.org", RoleGrant(.manager, hub: "h1", setting: "s1"))
            #expect(try await house.post(stop, "").text.contains("belongs to another account"))
            let (oldIn, nextIn) = (try await moved.isSignedIn(), try await next.isSignedIn())
            #expect(!oldIn && nextIn)
            // She comes in as before.
            let entered = try await house.post("/sign-in", "account=anna%40new.example.org&passphrase=four+wet+paper+boats")
            #expect(entered.status == 303)
        }
    }
}
