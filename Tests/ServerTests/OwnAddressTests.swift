import Civil
import House
import Store
import StoreTestKit
import Testing

@testable import Identity
@testable import Server

/// The rules of docs/rules/name-and-address.md, of one's own address.
@Suite struct OwnAddressTests {
    private static let people: [RoleGrant] = [
        RoleGrant(.hubLead, hub: "h1"), RoleGrant(.manager, hub: "h1", setting: "s1"), RoleGrant(.practitioner, hub: "h1", setting: "s3"),
    ]

    @Test(
        "A hub lead, a manager and a childminder move to another address: nothing changes until the letter to it is opened and answered",
        arguments: TestEngine.all, people)
    func moves(engine: TestEngine, grant: RoleGrant) async throws {
        try await MovedAccounts.with(engine) { house in
            let anna = try await house.signedIn("anna@example.org", grant)
            var phone = house
            phone.cookie = try await house.tools.signedInCookie(email: "anna@example.org")
            let link = try await anna.asksFor("anna+new@example.org")
            let page = try await anna.get("/account/address?done=asked").text
            #expect(page.contains("anna+new@example.org") && page.contains("Keep the old address"))
            let notice = try await house.tools.database.read {
                try $0.first("select * from outbox where to_address = 'anna@example.org' order by id desc")
            }
            // The old mailbox does not learn the new one.
            #expect(notice?.text("text_body").contains("/address/stop/") == true && notice?.text("text_body").contains("+new") == false)
            // Neither link stands in the database but in the letters that wait.
            let token = try #require(link.split(separator: "/").last.map(String.init))
            #expect(try await house.count("select count(*) from person_change where confirm_hash = \(Secrets.hash(token))") == 1)
            #expect(try await house.count("select count(*) from person_change where confirm_hash = \(token) or stop_hash = \(token)") == 0)

            // A scanner opens it, several times, and without anybody's cookie.
            for _ in 0..<3 {
                let scanned = try await house.get(link)
                #expect(scanned.status == 200 && scanned.text.contains("Yes, this is my address"))
            }
            let newKnown = try await house.entersByLink("anna+new@example.org")
            let oldKnown = try await house.entersByLink("anna@example.org")
            #expect(!newKnown && oldKnown)

            // Opened in another browser, by nobody we know.
            let done = try await house.post(link, "")
            #expect(done.status == 200 && done.text.contains("Your address is changed"))
            let (annaIn, phoneIn) = (try await anna.isSignedIn(), try await phone.isSignedIn())
            #expect(!annaIn && !phoneIn)
            let newEnters = try await house.entersByLink("anna+new@example.org")
            let oldEnters = try await house.entersByLink("anna@example.org")
            #expect(newEnters && !oldEnters)
            // Used twice.
            let (again, posted) = (try await house.get(link), try await house.post(link, ""))
            #expect(again.status == 410 && posted.status == 410)
            let id = try await house.personID("anna+new@example.org")
            #expect(try await house.count("select count(*) from role where person_id = \(id) and to_at is null") == 1)
            for action in ["identity.address.asked", "identity.address.changed"] {
                #expect(try await house.count("select count(*) from audit where action = \(action) and subject = \("person:" + id)") == 1)
            }
        }
    }

    @Test(
        "The browser that confirms stays signed in, with a new cookie; every other and every unused link ends; tokens, passphrase and the way out of notices stay",
        arguments: TestEngine.all)
    func whatEndsAndStays(engine: TestEngine) async throws {
        try await MovedAccounts.with(engine) { house in
            var anna = try await house.signedIn("anna@example.org", RoleGrant(.manager, hub: "h1", setting: "s1"))
            #expect(try await anna.post("/account/passphrase", "new=four+wet+paper+boats").status == 303)
            var phone = house
            phone.cookie = try await house.tools.signedInCookie(email: "anna@example.org")
            let id = try await house.personID("anna@example.org")
            _ = try await house.entersByLink("anna@example.org")
            let signIn = try #require(try await house.link("/sign-in/open/", to: "anna@example.org"))
            let now = house.tools.clock.now
            try await house.run(
                """
                insert into api_token (id, person_id, name, token_hash, deeds, created_at, expires_at)
                values ('t', \(id), 'A program', 'h', '', \(now), \(now.adding(seconds: 86_400)))
                """)
            try await house.run(
                """
                insert into outbox (id, kind, is_urgent, if_in_doubt, person_id, to_address, to_name, subject, text_body, created_at, due_at,
                    state, attempts, perhaps_sent)
                values ('news', 'notice', 0, 'leave', \(id), 'Anna@example.org', 'A', 'News', 'Hello.', \(now), \(now), 'queued', 0, 0)
                """)
            let stop = Unsubscribing.path(for: id, house.doorkeeper.box)
            let link = try await anna.asksFor("anna@new.example.org")
            let done = try await anna.post(link, "")
            #expect(done.header("Location") == "/account?done=address")
            let before = anna.cookie
            let oldCookie = try await anna.isSignedIn()
            anna.cookie = house.sessionCookie(in: done)
            let (newCookie, other) = (try await anna.isSignedIn(), try await phone.isSignedIn())
            #expect(!oldCookie && newCookie && !other && anna.cookie != before)
            let spent = try await house.post(signIn, "")
            #expect(spent.status == 410)
            let subjects = try await house.subjects(to: "anna@new.example.org")
            #expect(subjects.contains("News") && !subjects.contains { $0.hasPrefix("Sign in") })
            // What is about the change itself stays with the old mailbox.
            let old = try await house.subjects(to: "anna@example.org")
            #expect(old.contains { $0.hasSuffix("is to change") } && old.contains { $0.hasSuffix("has changed") })
            #expect(try await house.count("select count(*) from api_token where id = 't' and revoked_at is null") == 1)
            let entered = try await house.post("/sign-in", "account=anna%40new.example.org&passphrase=four+wet+paper+boats")
            #expect(entered.status == 303)
            #expect(try await house.post(stop, "").text.contains("You get no more notices"))
        }
    }

    @Test(
        "An address somebody has already gets a letter that says so; the asker reads the same words, and gains nothing",
        arguments: TestEngine.all)
    func noOracle(engine: TestEngine) async throws {
        try await MovedAccounts.with(engine) { house in
            let anna = try await house.signedIn("anna@example.org", RoleGrant(.manager, hub: "h1", setting: "s1"))
            _ = try await house.signedIn("bea@example.org", RoleGrant(.hubLead, hub: "h1"))
            var answers: [(Int, String?, String, [String])] = []
            for address in ["nobody@example.org", "bea@example.org"] {
                let asked = try await anna.post("/account/address", "email=\(address.replacing("@", with: "%40"))")
                let page = try await anna.get(asked.header("Location") ?? "").text.replacing(address, with: "X")
                let old = try await house.subjects(to: "anna@example.org")
                answers.append((asked.status, asked.header("Location"), page, [try #require(old.last)]))
            }
            #expect(answers[0].0 == answers[1].0 && answers[0].1 == answers[1].1 && answers[0].2 == answers[1].2)
            #expect(answers[0].3 == answers[1].3)
            #expect(try await house.subjects(to: "bea@example.org") == ["You have an account at Test hub already"])
            let link = try await house.link("/address/", to: "bea@example.org")
            #expect(link == nil)
            #expect(try await house.count("select count(*) from person where email_key = 'bea@example.org'") == 1)
        }
    }

    @Test("Two people want the same address at once: one of them has it, the other keeps theirs", arguments: TestEngine.all)
    func twoAtOnce(engine: TestEngine) async throws {
        try await MovedAccounts.with(engine) { house in
            let anna = try await house.signedIn("anna@example.org", RoleGrant(.manager, hub: "h1", setting: "s1"))
            let bea = try await house.signedIn("bea@example.org", RoleGrant(.manager, hub: "h1", setting: "s2"))
            let links = [try await anna.asksFor("office@example.org"), try await bea.asksFor("Office@example.org")]
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for link in links { group.addTask { try await house.post(link, "").status } }
                return try await group.reduce(into: [Int]()) { $0.append($1) }.sorted()
            }
            #expect(statuses == [200, 409])
            let left = try await house.tools.database.read {
                try $0.all("select email_key from person where email_key like '%@example.org' order by 1").map { $0.text("email_key") }
            }
            #expect(left.count == 2 && left.contains("office@example.org"))
            #expect(left.contains("anna@example.org") != left.contains("bea@example.org"))
            // And somebody who joined by an invitation in between.
            let stays = left.contains("anna@example.org") ? anna : bea
            let late = try await stays.asksFor("late@example.org")
            _ = try await house.signedIn("late@example.org", RoleGrant(.mentor, hub: "h1"))
            #expect(try await house.post(late, "").status == 409)
        }
    }

    @Test("A link runs out after a day, and ends when a newer one is asked for or the old address is kept", arguments: TestEngine.all)
    func runsOut(engine: TestEngine) async throws {
        try await MovedAccounts.with(engine) { house in
            let anna = try await house.signedIn("anna@example.org", RoleGrant(.manager, hub: "h1", setting: "s1"))
            let now = house.tools.clock.now
            let late = try await anna.asksFor("a1@example.org")
            let expires = try await house.tools.database.read {
                try $0.first("select expires_at from person_change")?.instant("expires_at")
            }
            #expect(expires == now.adding(seconds: 24 * 3_600))
            try await house.run("update person_change set expires_at = \(now)")
            #expect(try await house.post(late, "").status == 410)
            let first = try await anna.asksFor("a2@example.org")
            let second = try await anna.asksFor("a3@example.org")
            #expect(try await house.post(first, "").status == 410)
            #expect(try await anna.post("/account/address/leave", "").header("Location") == "/account/address?done=left")
            #expect(try await house.post(second, "").status == 410)
            #expect(try await anna.get("/account/address").text.contains("Keep the old address") == false)
            for path in ["/address/confirm/none", "/address/stop/none", "/address/confirm/%27%20or%201=1--"] {
                let (got, posted) = (try await house.get(path), try await house.post(path, ""))
                #expect(got.status == 410 && posted.status == 410, "\(path)")
            }
            #expect(try await anna.isSignedIn())
        }
    }

    @Test("What is no address is refused with words; what was typed is kept, and no letter leaves", arguments: TestEngine.all)
    func refusesNonsense(engine: TestEngine) async throws {
        try await MovedAccounts.with(engine) { house in
            let anna = try await house.signedIn("anna@example.org", RoleGrant(.manager, hub: "h1", setting: "s1"))
            for bad in [
                "", "anna", "a@b@c.org", "a%0d%0aBcc:x@example.org", "%3Cscript%3E@example.org", "a%20b@example.org", "a@ex%2Campl.org",
                "%D9%8A@example.org", "anna%40example.org", String(repeating: "a", count: 250) + "@example.org",
            ] {
                let refused = try await anna.post("/account/address", "email=\(bad)")
                #expect(refused.status == 422 && !refused.text.contains("<script>@"), "\(bad)")
            }
            #expect(try await house.count("select count(*) from outbox where kind like 'address-%'") == 0)
        }
    }

    @Test("Who signed in a while ago says again that it is them before their address is changed", arguments: TestEngine.all)
    func asksAgain(engine: TestEngine) async throws {
        try await MovedAccounts.with(engine) { house in
            let anna = try await house.signedIn("anna@example.org", RoleGrant(.manager, hub: "h1", setting: "s1"))
            #expect(try await anna.post("/account/passphrase", "new=four+wet+paper+boats").status == 303)
            let past = house.tools.clock.now.adding(seconds: -Sessions.setUpSeconds)
            try await house.run("update session set created_at = \(past), second_step_at = null, confirmed_at = null")
            let asked = try await anna.get("/account/address")
            #expect(asked.header("Location") == "/account/again?do=address")
            let refused = try await anna.post("/account/address", "email=a%40new.example.org")
            #expect(refused.header("Location") == "/account/again?do=address")
            #expect(try await house.count("select count(*) from person_change") == 0)
            let wrong = try await anna.post("/account/again", "do=address&passphrase=four+wet+paper+boat")
            #expect(wrong.status == 422 && wrong.text.contains("This is not your passphrase"))
            let shown = try await anna.post("/account/again", "do=address&passphrase=four+wet+paper+boats")
            #expect(shown.header("Location") == "/account/address")
            var known = anna
            known.cookie = house.sessionCookie(in: shown)
            _ = try await known.asksFor("a@new.example.org")

            // Who has an authenticator and did not take its step in this browser is led to it.
            let lead = try await house.signedIn("lead@example.org", RoleGrant(.hubLead, hub: "h1"))
            try await house.run(
                "update person set second_step_secret = 'x', second_step_at = \(past) where email_key = 'lead@example.org'")
            try await house.run("update session set second_step_at = null")
            #expect(try await lead.get("/account/address").header("Location")?.hasPrefix("/second-step") == true)
            #expect(try await lead.post("/account/address", "email=l3%40new.example.org").status != 422)
            #expect(try await house.count("select count(*) from outbox where to_address like 'l3@%'") == 0)
        }
    }

    @Test("Tries are limited: five a day for an account, three a day for a new address, whoever asks", arguments: TestEngine.all)
    func limits(engine: TestEngine) async throws {
        try await MovedAccounts.with(engine) { house in
            let anna = try await house.signedIn("anna@example.org", RoleGrant(.manager, hub: "h1", setting: "s1"))
            var statuses: [Int] = []
            for number in 0..<6 { statuses.append(try await anna.post("/account/address", "email=a\(number)%40new.example.org").status) }
            #expect(statuses == [303, 303, 303, 303, 303, 429])
            statuses = []
            for number in 0..<4 {
                let other = try await house.signedIn("other\(number)@example.org", RoleGrant(.manager, hub: "h1", setting: "s1"))
                statuses.append(try await other.post("/account/address", "email=Victim%40example.org").status)
            }
            #expect(statuses == [303, 303, 303, 429])
            #expect(try await house.subjects(to: "Victim@example.org").count == 3)
        }
    }

    @Test(
        "An invitation or a claim that waits at the old address goes on under the new one, and lets nobody in by the old",
        arguments: TestEngine.all)
    func invitationsFollow(engine: TestEngine) async throws {
        try await MovedAccounts.with(engine) { house in
            let ada = try await house.withAdministrator()
            let anna = try await house.signedIn("anna@example.org", RoleGrant(.manager, hub: "h1", setting: "s1"))
            let invited = try await ada.post(
                "/staff/people/invite", "role=mentor&over=hub%3Ah1&people=Anna+Old,+anna%40example.org")
            #expect(invited.status == 303)
            let old = try #require(try await house.link("/invitation/", to: "anna@example.org"))
            #expect(try await house.post("/claim/s2", "name=Anna&email=anna%40example.org").status == 200)
            let claim = try #require(try await house.link("/claim/confirm/", to: "anna@example.org"))
            #expect(try await house.post(try await anna.asksFor("anna@new.example.org"), "").status == 200)
            let (byInvitation, byClaim) = (try await house.post(old, ""), try await house.post(claim, ""))
            #expect(byInvitation.status == 410 && byClaim.status == 410)
            let new = try #require(try await house.link("/invitation/", to: "anna@new.example.org"))
            #expect(try await house.post(new, "").status == 303)
            #expect(try await house.count("select count(*) from person where email_key like 'anna%'") == 1)
            let id = try await house.personID("anna@new.example.org")
            #expect(try await house.count("select count(*) from role where person_id = \(id) and to_at is null") == 2)
            // Whoever has the old address next is not told of what was hers.
            let next = try await house.signedIn("anna@example.org", RoleGrant(.manager, hub: "h1", setting: "s1"))
            let held = try await next.get("/account/data.json").text
            #expect(!held.contains("anna@new.example.org") && !held.contains("Anna"))
        }
    }
}
