import Civil
import House
import Page
import Store
import StoreTestKit
import TestKit
import Testing

@testable import Identity
@testable import Server

/// Somebody who finds a browser signed in cannot take the account over with it: what would do that is asked for again.
@Suite struct AskedAgainTests {
    private func withHouse(_ engine: TestEngine, _ body: @Sendable (TestHouse) async throws -> Void) async throws {
        try await engine.withDatabase(Rooms.migrations) { database in
            let house = try TestHouse(database: database, rooms: LoadedHouse.rooms)
            try await PeopleDesk.add(name: "Yasmin", email: "yasmin@example.org", isAdministrator: false, house.tools)
            try await body(house)
        }
    }

    private func signedIn(_ house: TestHouse) async throws -> TestHouse {
        var inside = house
        inside.cookie = try await house.tools.signedInCookie(email: "yasmin@example.org")
        return inside
    }

    /// Makes every session one that began, and took its second step, so many seconds ago.
    private func age(_ house: TestHouse, by seconds: Int) async throws {
        let past = house.tools.clock.now.adding(seconds: -seconds)
        _ = try await house.tools.database.write {
            try $0.run("update session set created_at = \(past), second_step_at = \(past), confirmed_at = null")
        }
    }

    private func idOfSession(of house: TestHouse) async throws -> String {
        let hash = Secrets.hash(house.cookie ?? "")
        return try await house.tools.database.read { try $0.first("select id from session where cookie_hash = \(hash)")?.text("id") ?? "" }
    }

    private func follow(_ answered: TestHouse.Answered, _ house: TestHouse) -> TestHouse {
        var next = house
        next.cookie = house.sessionCookie(in: answered) ?? house.cookie
        return next
    }

    @Test(
        "Within ten minutes of signing in sessions are ended at once; later the passphrase is asked for first, and what was asked is done then",
        arguments: TestEngine.all)
    func endingSessions(engine: TestEngine) async throws {
        try await withHouse(engine) { house in
            let here = try await signedIn(house)
            #expect(try await here.post("/account/passphrase", "new=four+wet+paper+boats").status == 303)
            let there = try await signedIn(house)
            let other = try await idOfSession(of: there)
            try await age(house, by: 599)
            #expect(try await here.post("/account/sessions/\(other)/end", "").header("Location") == "/account?done=ended")
            #expect(try await there.get("/account").status == 303)

            let third = try await signedIn(house)
            let last = try await idOfSession(of: third)
            try await age(house, by: 600)
            let asked = try await here.post("/account/sessions/\(last)/end", "")
            let page = try #require(asked.header("Location"))
            #expect(page == "/account/again?do=end-session&session=\(last)")
            let shown = try await here.get(page).text
            #expect(shown.contains("Sign out on that device") && shown.contains("current-password") && PageCheck.faults(in: shown).isEmpty)
            #expect(try await third.get("/account").status == 200)
            let wrong = try await here.post("/account/again", "do=end-session&session=\(last)&passphrase=four+wet+paper+boat")
            #expect(wrong.status == 422 && wrong.text.contains("This is not your passphrase") && wrong.text.contains(last))
            #expect(try await third.get("/account").status == 200)
            let done = try await here.post("/account/again", "do=end-session&session=\(last)&passphrase=four+wet+paper+boats")
            #expect(done.header("Location") == "/account?done=ended")
            #expect(try await third.get("/account").status == 303)
            // The cookie has a new value, as at signing in; the old one opens nothing.
            let now = follow(done, here)
            #expect(now.cookie != here.cookie)
            #expect(try await here.get("/account").status == 303)
            // It holds for ten minutes: the next thing is done without asking.
            #expect(try await now.post("/account/sessions/end-others", "").header("Location") == "/account?done=ended-all")
        }
    }

    @Test("One's own present session is ended without being asked, from the button on every page", arguments: TestEngine.all)
    func signsOutFromEveryPage(engine: TestEngine) async throws {
        try await withHouse(engine) { house in
            let here = try await signedIn(house)
            try await age(house, by: 3_600)
            for page in ["/", "/settings", "/account", "/account/data", "/about/permissions", "/nothing-here"] {
                let text = try await here.get(page).text
                #expect(text.contains("action=\"/sign-out\""), "\(page)")
                #expect(try await !house.get(page).text.contains("action=\"/sign-out\""), "\(page) for strangers")
            }
            #expect(try await here.post("/sign-out", "").header("Location") == "/sign-in")
            #expect(try await here.get("/account").status == 303)
        }
    }

    @Test(
        "Recovery codes are made anew, and the authenticator is changed, only after a code; the old authenticator works until the new one does",
        arguments: TestEngine.all)
    func secondStepAndCodes(engine: TestEngine) async throws {
        try await withHouse(engine) { house in
            var here = try await signedIn(house)
            let there = try await signedIn(house)
            func key(_ text: String) throws -> [UInt8] {
                let key = try #require(text.firstMatch(of: /Key: <code>([A-Z2-7]+)<\/code>/)?.1)
                return try #require(Base32.bytes(String(key)))
            }
            let step = house.tools.clock.now.seconds / TimeCode.seconds
            let old = try key(try await here.get("/second-step/set-up").text)
            let set = try await here.post("/second-step/set-up", "code=\(TimeCode.code(secret: old, step: step - 1))")
            #expect(set.status == 200)
            here = follow(set, here)

            try await age(house, by: 1_800)
            #expect(try await here.post("/account/recovery-codes", "").header("Location") == "/account/again?do=recovery-codes")
            #expect(try await here.get("/second-step/set-up").header("Location") == "/account/again?do=second-step")
            let late = try await here.post("/second-step/set-up", "code=\(TimeCode.code(secret: old, step: step))")
            #expect(late.header("Location") == "/account/again?do=second-step")
            let asked = try await here.get("/account/again?do=recovery-codes").text
            #expect(asked.contains("one-time-code") && !asked.contains("Send me a link"))
            let wrong = try await here.post("/account/again", "do=recovery-codes&code=000000")
            #expect(wrong.status == 422 && !wrong.text.contains("Keep these recovery codes"))
            let made = try await here.post("/account/again", "do=recovery-codes&code=\(TimeCode.code(secret: old, step: step))")
            let codes = made.text.matches(of: /<li><code>([0-9A-Z-]+)<\/code>/).map { String($0.1) }
            #expect(made.status == 200 && codes.count == 10)
            here = follow(made, here)

            // Another telephone: until it has shown its first code the old one counts, and looking at the page changes nothing.
            let page = try await here.get("/second-step/set-up").text
            let new = try key(page)
            #expect(new != old && page.contains("until the new one has shown its first"))
            let again = try key(try await here.get("/second-step/set-up").text)
            #expect(again == new)
            #expect(try await there.post("/second-step", "code=\(TimeCode.code(secret: old, step: step + 1))").status == 303)
            let changed = try await here.post("/second-step/set-up", "code=\(TimeCode.code(secret: new, step: step))")
            #expect(changed.status == 200 && changed.text.contains("Keep these recovery codes"))
            here = follow(changed, here)
            #expect(try await here.get("/account").status == 200)
            #expect(try await there.get("/account").status == 303)
            let fresh = try await signedIn(house)
            #expect(try await fresh.post("/second-step", "code=\(codes[0])").status == 422)
            #expect(try await fresh.post("/second-step", "code=\(TimeCode.code(secret: new, step: step + 1))").status == 303)
            let actions = try await house.tools.database.read {
                try $0.all(
                    "select action from audit where action like 'identity.second-step.%' or action like 'identity.asked-again.%' order by id"
                )
                .map { $0.text("action") }
            }
            #expect(actions == ["identity.second-step.set-up", "identity.asked-again.code", "identity.second-step.changed"])
        }
    }

    @Test(
        "Who has neither passphrase nor authenticator is sent a link, which leads back to what they wanted and ends the session it replaces",
        arguments: TestEngine.all)
    func byLink(engine: TestEngine) async throws {
        try await withHouse(engine) { house in
            let here = try await signedIn(house)
            let there = try await signedIn(house)
            try await age(house, by: 600)
            // A first passphrase would be a way in of its own: it is asked for again too.
            #expect(
                try await here.post("/account/passphrase", "new=four+wet+paper+boats").header("Location") == "/account/again?do=passphrase")
            #expect(try await here.get("/account").text.contains("/account/again?do=passphrase"))
            let page = try #require(try await here.post("/account/sessions/end-others", "").header("Location"))
            let shown = try await here.get(page).text
            #expect(shown.contains("yasmin@example.org") && !shown.contains("name=\"code\"") && !shown.contains("name=\"passphrase\""))
            let sent = try await here.post("/account/again/link", "do=end-others")
            #expect(sent.header("Location") == "/account/again?do=end-others&sent=yes")
            #expect(try await here.get("/account/again?do=end-others&sent=yes").text.contains("on its way to yasmin@example.org"))
            #expect(try await here.post("/account/again", "do=end-others").status == 303)
            #expect(try await there.get("/account").status == 200)
            let link = try #require(try await house.link(inLetterTo: "yasmin@example.org"))
            let entered = try await here.post(link, "")
            #expect(entered.header("Location") == "/account/again?do=end-others")
            let now = follow(entered, here)
            #expect(try await here.get("/account").status == 303)
            let confirm = try await now.get("/account/again?do=end-others").text
            #expect(confirm.contains("Sign out everywhere else") && !confirm.contains("Send me a link"))
            #expect(try await now.post("/account/again", "do=end-others").header("Location") == "/account?done=ended-all")
            #expect(try await there.get("/account").status == 303)
            #expect(try await now.get("/account").status == 200)
        }
    }

    @Test("It leads to what it knows and nowhere else", arguments: TestEngine.all)
    func noOpenRedirect(engine: TestEngine) async throws {
        try await withHouse(engine) { house in
            let here = try await signedIn(house)
            let strange = [
                "", "do=", "do=https://evil.example", "do=end-session", "do=end-session&session=//evil.example",
                "do=end-session&session=a%26next=b", "do=elsewhere&next=//evil.example",
            ]
            for form in strange {
                #expect(try await here.get("/account/again?\(form)").header("Location") == "/account", "\(form)")
                #expect(try await here.post("/account/again", form).header("Location") == "/account", "\(form)")
                #expect(try await here.post("/account/again/link", form).header("Location") == "/account", "\(form)")
            }
        }
    }

    @Test("Tries are counted together with those of signing in, and beyond them the right one is refused too", arguments: TestEngine.all)
    func tries(engine: TestEngine) async throws {
        try await withHouse(engine) { house in
            let here = try await signedIn(house)
            _ = try await here.post("/account/passphrase", "new=four+wet+paper+boats")
            try await age(house, by: 600)
            for _ in 0..<10 {
                #expect(try await here.post("/account/again", "do=end-others&passphrase=wrong").status == 422)
            }
            #expect(try await here.post("/account/again", "do=end-others&passphrase=four+wet+paper+boats").status == 429)
            #expect(try await house.post("/sign-in", "account=yasmin%40example.org&passphrase=four+wet+paper+boats").status == 429)
            let refused = try await house.tools.database.read {
                try $0.count("select sum(cast(after as integer)) from audit where action = 'identity.refused.passphrase'")
            }
            #expect(refused == 10)
        }
    }
}
