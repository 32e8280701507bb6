import Civil
import HTTPTypes
import House
import Hummingbird
import NIOCore
import Page
import Store
import StoreTestKit
import TestKit
import Testing

@testable import Identity
@testable import Server

/// Coming in: by a link, by a passphrase, with the second step; and being kept out.
@Suite struct SignInTests {
    private func withHouse(_ engine: TestEngine, _ body: @Sendable (TestHouse) async throws -> Void) async throws {
        try await engine.withDatabase(Rooms.migrations) { database in
            try await body(TestHouse(database: database, rooms: LoadedHouse.rooms))
        }
    }

    /// The value of the session's cookie that an answer set.
    private func cookie(_ answered: TestHouse.Answered, _ house: TestHouse) -> String? {
        answered.headers[values: .setCookie].first { $0.hasPrefix(house.doorkeeper.cookieName + "=") }
            .map { String($0.dropFirst(house.doorkeeper.cookieName.count + 1).prefix { $0 != ";" }) }
    }

    @Test("A link by mail signs in once; opening it, as mail scanners do, uses nothing up", arguments: TestEngine.all)
    func link(engine: TestEngine) async throws {
        try await withHouse(engine) { house in
            try await PeopleDesk.add(name: "Yasmin", email: "yasmin@example.org", isAdministrator: false, house.tools)
            let asked = try await house.post("/sign-in/link", "email=Yasmin%40example.org&next=%2Faccount")
            #expect(asked.header("Location") == "/sign-in/sent")
            let path = try #require(try await house.link(inLetterTo: "yasmin@example.org"))
            for _ in 0..<3 {
                let opened = try await house.get(path)
                #expect(opened.status == 200 && opened.text.contains("Sign me in"))
                #expect(cookie(opened, house) == nil)
            }
            let entered = try await house.post(path, "")
            #expect(entered.status == 303 && entered.header("Location") == "/account")
            var inside = house
            inside.cookie = cookie(entered, house)
            let account = try await inside.get("/account")
            #expect(account.status == 200 && account.text.contains("Yasmin"))
            let again = try await house.post(path, "")
            #expect(again.status == 410 && cookie(again, house) == nil)
        }
    }

    @Test("Whether an address is known shows in nothing that is answered", arguments: TestEngine.all)
    func noOracle(engine: TestEngine) async throws {
        try await withHouse(engine) { house in
            try await PeopleDesk.add(name: "Yasmin", email: "yasmin@example.org", isAdministrator: false, house.tools)
            let known = try await house.post("/sign-in/link", "email=yasmin%40example.org")
            let unknown = try await house.post("/sign-in/link", "email=nobody%40example.org")
            #expect(known.status == unknown.status && known.header("Location") == unknown.header("Location"))
            #expect(known.body == unknown.body)
            // Both write to the disk, so that the time of the answer tells no more than its words; of the address nothing is kept.
            let told = try await house.tools.database.read { session in
                try session.all("select * from audit where action = 'identity.refused.unknown-address'")
            }
            #expect(told.map { $0.text("who") } == ["stranger"] && told.map { $0.text("subject") } == ["nobody"])
            let isNamed = try await house.tools.database.read { session in
                try session.count("select count(*) from audit where before like '%nobody@%' or after like '%nobody@%'")
            }
            #expect(isNamed == 0)
            let wrong = try await house.post("/sign-in", "account=yasmin%40example.org&passphrase=not+this+one")
            let nobody = try await house.post("/sign-in", "account=nobody%40example.org&passphrase=not+this+one")
            #expect(wrong.status == 422 && nobody.status == 422)
            #expect(wrong.text.replacing("yasmin", with: "nobody") == nobody.text)
        }
    }

    @Test("A link is dead after fifteen minutes", arguments: TestEngine.all)
    func linkRunsOut(engine: TestEngine) async throws {
        try await withHouse(engine) { house in
            try await PeopleDesk.add(name: "Yasmin", email: "yasmin@example.org", isAdministrator: false, house.tools)
            _ = try await house.post("/sign-in/link", "email=yasmin%40example.org")
            let path = try #require(try await house.link(inLetterTo: "yasmin@example.org"))
            let past = house.tools.clock.now.adding(seconds: -1)
            _ = try await house.tools.database.write { try $0.run("update sign_in_link set expires_at = \(past)") }
            let entered = try await house.post(path, "")
            #expect(entered.status == 410 && cookie(entered, house) == nil)
        }
    }

    @Test("Who sees other people's data gets no further than the second step, and its code works once", arguments: TestEngine.all)
    func secondStep(engine: TestEngine) async throws {
        try await withHouse(engine) { house in
            try await PeopleDesk.add(name: "Ada", email: "ada@example.org", isAdministrator: true, house.tools)
            let path = try await PeopleDesk.link(email: "ada@example.org", house.tools)
            let entered = try await house.post(String(path.dropFirst(house.tools.site.address.count)), "")
            var inside = house
            inside.cookie = cookie(entered, house)
            let today = try await inside.get("/staff")
            #expect(today.status == 303 && today.header("Location")?.hasPrefix("/second-step") == true)
            let setUp = try await inside.get("/second-step/set-up")
            #expect(setUp.status == 200 && setUp.text.contains("<svg class=\"qr\""))
            let key = try #require(setUp.text.firstMatch(of: /Key: <code>([A-Z2-7]+)<\/code>/)?.1)
            // A telephone cannot take a picture of itself.
            #expect(setUp.text.contains(#"href="otpauth://totp/"#) && setUp.text.contains("secret=\(key)&amp;"))
            let secret = try #require(Base32.bytes(String(key)))
            let now = house.tools.clock.now.seconds / TimeCode.seconds
            let wrong = try await inside.post("/second-step/set-up", "code=000000")
            #expect(wrong.status == 422)
            let done = try await inside.post("/second-step/set-up", "code=\(TimeCode.code(secret: secret, step: now))")
            #expect(done.status == 200)
            let recovery = done.text.matches(of: /<li><code>([0-9A-Z-]+)<\/code>/).map { String($0.1) }
            #expect(recovery.count == 10)
            let before = inside.cookie
            inside.cookie = cookie(done, house)
            #expect(inside.cookie != before)
            #expect(try await inside.get("/staff").status == 200)
            // The value from before the second step opens nothing now.
            var old = house
            old.cookie = before
            #expect(try await old.get("/staff").header("Location")?.hasPrefix("/sign-in") == true)

            // Another sign-in: the same code is refused, the next one taken, a recovery code taken once.
            func fresh() async throws -> TestHouse {
                let path = try await PeopleDesk.link(email: "ada@example.org", house.tools)
                var other = house
                other.cookie = cookie(try await house.post(String(path.dropFirst(house.tools.site.address.count)), ""), house)
                return other
            }
            let second = try await fresh()
            #expect(try await second.post("/second-step", "code=\(TimeCode.code(secret: secret, step: now))").status == 422)
            #expect(try await second.post("/second-step", "code=\(TimeCode.code(secret: secret, step: now + 1))").status == 303)
            let code = try #require(recovery.first)
            #expect(try await fresh().post("/second-step", "code=\(code)").status == 303)
            #expect(try await fresh().post("/second-step", "code=\(code)").status == 422)
            // By the field of its own, which a telephone offers letters for; the account says how many are left.
            let asked = try await fresh().get("/second-step").text
            #expect(asked.contains("name=\"recovery\"") && asked.contains("inputmode=\"numeric\""))
            let none = try await fresh().post("/second-step", "recovery=AAAAA-BBBBB")
            #expect(none.status == 422 && none.text.contains("none of your recovery codes") && !none.text.contains("AAAAA-BBBBB"))
            var last = try await fresh()
            let taken = try await last.post("/second-step", "recovery=\(recovery[1].lowercased())")
            #expect(taken.status == 303)
            last.cookie = cookie(taken, house)
            #expect(try await last.get("/account").text.contains("You have 8 recovery codes"))
        }
    }

    @Test("A passphrase signs in; ten wrong ones shut the account's door for a while, for the right one too", arguments: TestEngine.all)
    func passphrase(engine: TestEngine) async throws {
        try await withHouse(engine) { house in
            try await PeopleDesk.add(name: "Yasmin", email: "yasmin@example.org", isAdministrator: false, house.tools)
            var inside = house
            inside.cookie = try await house.tools.signedInCookie(email: "yasmin@example.org")
            let short = try await inside.post("/account/passphrase", "new=short")
            #expect(short.status == 422 && short.text.contains("at least 12"))
            let set = try await inside.post("/account/passphrase", "new=four+wet+paper+boats")
            #expect(set.status == 303)
            let right = try await house.post(
                "/sign-in", "account=yasmin%40example.org&passphrase=four+wet+paper+boats&next=%2F%2Fevil.example")
            #expect(right.status == 303 && right.header("Location") == "/start" && cookie(right, house) != nil)
            for _ in 0..<9 { _ = try await house.post("/sign-in", "account=yasmin%40example.org&passphrase=wrong+wrong+wrong") }
            let shut = try await house.post("/sign-in", "account=YASMIN%40example.org&passphrase=four+wet+paper+boats")
            #expect(shut.status == 429 && shut.header("Retry-After") != nil && cookie(shut, house) == nil)
            // Another copy of the program on the same database shuts its door too.
            let copy = try TestHouse(database: house.tools.database, rooms: LoadedHouse.rooms)
            #expect(try await copy.post("/sign-in", "account=yasmin%40example.org&passphrase=four+wet+paper+boats").status == 429)
        }
    }

    @Test("What is kept of links, cookies and passphrases opens nothing", arguments: TestEngine.all)
    func keepsOnlyHashes(engine: TestEngine) async throws {
        try await withHouse(engine) { house in
            try await PeopleDesk.add(name: "Yasmin", email: "yasmin@example.org", isAdministrator: false, house.tools)
            let cookie = try await house.tools.signedInCookie(email: "yasmin@example.org")
            let url = try await PeopleDesk.link(email: "yasmin@example.org", house.tools)
            let token = try #require(url.split(separator: "/").last.map(String.init))
            let kept = try await house.tools.database.read { session in
                try session.all("select cookie_hash as h from session union all select token_hash from sign_in_link").map { $0.text("h") }
            }
            #expect(kept.count == 2 && !kept.contains(cookie) && !kept.contains(token))
        }
    }

    @Test("A session ends on its own device, on all others, and by itself after a day of work without use", arguments: TestEngine.all)
    func sessionsEnd(engine: TestEngine) async throws {
        try await withHouse(engine) { house in
            try await PeopleDesk.add(name: "Yasmin", email: "yasmin@example.org", isAdministrator: false, house.tools)
            var one = house
            var two = house
            one.cookie = try await house.tools.signedInCookie(email: "yasmin@example.org")
            two.cookie = try await house.tools.signedInCookie(email: "yasmin@example.org")
            #expect(try await one.post("/account/sessions/end-others", "").status == 303)
            #expect(try await one.get("/account").status == 200)
            #expect(try await two.get("/account").status == 303)
            let old = house.tools.clock.now.adding(seconds: -Sessions.idleSeconds)
            _ = try await house.tools.database.write { try $0.run("update session set seen_at = \(old)") }
            #expect(try await one.get("/account").status == 303)
            one.cookie = try await house.tools.signedInCookie(email: "yasmin@example.org")
            let out = try await one.post("/sign-out", "")
            #expect(out.status == 303 && out.headers[values: .setCookie].contains { $0.contains("Max-Age=0") })
            #expect(try await one.get("/account").status == 303)
        }
    }

    @Test(
        "A pasted list invites everybody on it; the answer makes the role, and the role ends without the person", arguments: TestEngine.all)
    func invitations(engine: TestEngine) async throws {
        try await withHouse(engine) { house in
            let admin = try await house.withAdministrator()
            let hub = "11111111-0000-7000-8000-000000000001"
            _ = try await house.tools.database.write {
                try $0.run(
                    "insert into hub (id, name, slug, is_sample, created_at) values (\(hub), 'Riverside', 'riverside', 0, '2026-01-01T00:00:00Z')"
                )
            }
            let people = "Maya%20Patel%2C%20maya%40example.org%0D%0A%22Reed%22%20%3Calison%40example.org%3E%0Anonsense"
            let wrong = try await admin.post("/staff/people/invite", "role=mentor&over=hub%3A\(hub)&people=\(people)")
            #expect(wrong.status == 422 && wrong.text.contains("nonsense"))
            #expect(try await house.link(inLetterTo: "maya@example.org") == nil)
            let sent = try await admin.post(
                "/staff/people/invite", "role=mentor&over=hub%3A\(hub)&people=\(people.replacing("%0Anonsense", with: ""))")
            #expect(sent.status == 303)
            let path = try #require(try await house.link(inLetterTo: "maya@example.org"))
            let page = try await house.get(path)
            #expect(page.status == 200 && page.text.contains("Mentor") && page.text.contains("Riverside"))
            let joined = try await house.post(path, "name=Maya+P")
            #expect(joined.status == 303)
            #expect(try await house.post(path, "name=Maya+P").status == 410)
            let list = try await admin.get("/staff/people")
            #expect(list.text.contains("Maya P") && list.text.contains("Reed"))
            // Who has not answered is shown with the address the letter went to: a slip in it is seen there.
            #expect(list.text.contains("alison@example.org"))
            let role = try #require(
                list.text.firstMatch(of: /href="(\/staff\/people\/roles\/[^"]+\/end)"[^>]*>End<span class="unseen">: Maya/)?.1)
            #expect(try await admin.get(String(role)).status == 200)
            #expect(try await admin.post(String(role), "").status == 303)
            let kept = try await house.tools.database.read {
                try $0.count("select count(*) from person where email_key = 'maya@example.org'")
            }
            #expect(kept == 1)
            var maya = house
            maya.cookie = cookie(joined, house)
            #expect(try await maya.get("/account").text.contains("You have no role"))
        }
    }

    @Test("The last administrator stays: nobody could make another", arguments: TestEngine.all)
    func lastAdministrator(engine: TestEngine) async throws {
        try await withHouse(engine) { house in
            let admin = try await house.withAdministrator()
            let role = try await house.tools.database.read { try $0.first("select id from role")?.text("id") ?? "" }
            let refused = try await admin.post("/staff/people/roles/\(role)/end", "")
            #expect(refused.status == 400 && refused.text.contains("last administrator"))
        }
    }

    @Test("A token does what it was given, no more than its owner, until it is taken back", arguments: TestEngine.all)
    func tokens(engine: TestEngine) async throws {
        try await withHouse(engine) { house in
            let admin = try await house.withAdministrator()
            let none = try await admin.post("/account/tokens", "name=Monitoring&days=30")
            #expect(none.status == 422)
            let made = try await admin.post("/account/tokens", "name=Faults&days=30&deed=directory.fault.see&deed=directory.setting.find")
            let token = try #require(made.text.firstMatch(of: /<code>([A-Za-z0-9_-]{43})<\/code>/)?.1)
            let bearer = [("Authorization", "Bearer \(token)"), ("Cookie", "")]
            #expect(try await house.get("/api/v1/staff/faults", headers: bearer).status == 200)
            #expect(try await house.get("/api/v1/staff/settings", headers: bearer).status == 200)
            #expect(try await house.get("/api/v1/staff/loads", headers: bearer).status == 403)
            #expect(try await house.get("/account", headers: bearer).status == 403)
            #expect(try await house.get("/staff/people", headers: bearer).status == 403)
            #expect(try await house.get("/api/v1/staff/faults", headers: [("Authorization", "Bearer none"), ("Cookie", "")]).status == 401)
            // A program is told, not led to a page for people; and that it is the token that lacks the deed, not its owner.
            let away = try await house.get("/metrics", headers: [("Authorization", "Bearer none"), ("Cookie", "")])
            #expect(away.status == 401 && away.header("WWW-Authenticate")?.hasPrefix("Bearer") == true)
            let other = try await house.get("/staff/mail", headers: bearer)
            #expect(other.status == 403 && other.text.contains("This token was not made for this"))
            let kept = try await house.tools.database.read { try $0.first("select id, token_hash, used_on from api_token") }
            #expect(kept?.text("token_hash") != String(token) && kept?.textOrNil("used_on") != nil)
            #expect(try await admin.post("/account/tokens/\(kept?.text("id") ?? "")/revoke", "").status == 303)
            #expect(try await house.get("/api/v1/staff/faults", headers: bearer).status == 401)
        }
    }

    @Test("A hub lead invites within the hub and makes no administrator", arguments: TestEngine.all)
    func leadsReachTheirHub(engine: TestEngine) async throws {
        try await withHouse(engine) { house in
            let tools = house.tools
            try await tools.database.write { session in
                for (id, slug) in [("h1", "one"), ("h2", "two")] {
                    try session.run(
                        "insert into hub (id, name, slug, is_sample, created_at) values (\(id), \(slug), \(slug), 0, '2026-01-01T00:00:00Z')"
                    )
                }
                let lead = try People.findOrMake(name: "Leila", email: "leila@example.org", tools, session)
                try Roles.give(RoleGrant(.hubLead, hub: "h1"), to: lead.id, tools, session)
            }
            var leila = house
            leila.cookie = try await tools.signedInCookie(email: "leila@example.org")
            let people = "people=Amina%2C%20amina%40example.org"
            #expect(try await leila.post("/staff/people/invite", "role=mentor&over=hub%3Ah1&\(people)").status == 303)
            #expect(try await leila.post("/staff/people/invite", "role=mentor&over=hub%3Ah2&\(people)").status == 404)
            #expect(try await leila.post("/staff/people/invite", "role=administrator&\(people)").status == 403)
            // Who waits is shown to the hub's team, not to a manager of one of its settings.
            #expect(try await leila.get("/staff/people").text.contains("Amina"))
            try await tools.database.write { session in
                let manager = try People.findOrMake(name: "Moira", email: "moira@example.org", tools, session)
                try Roles.give(RoleGrant(.manager, hub: "h1", setting: "s1"), to: manager.id, tools, session)
            }
            var moira = house
            moira.cookie = try await tools.signedInCookie(email: "moira@example.org")
            let seen = try await moira.get("/staff/people")
            #expect(seen.status == 200 && seen.text.contains("Moira"))
            #expect(!seen.text.contains("Amina") && !seen.text.contains("Leila"))
            #expect(try await moira.get("/staff/audit").status == 403)
        }
    }
}
