import Civil
import Foundation
import House
import Store
import StoreTestKit
import Testing

@testable import Identity
@testable import Server

@Suite struct AccountTests {
    private func withYasmin(_ engine: TestEngine, _ body: @Sendable (TestHouse) async throws -> Void) async throws {
        try await engine.withDatabase(Rooms.migrations) { database in
            var house = try TestHouse(database: database, rooms: LoadedHouse.rooms)
            try await PeopleDesk.add(name: "Yasmin Begum", email: "yasmin@example.org", isAdministrator: false, house.tools)
            house.cookie = try await house.tools.signedInCookie(email: "yasmin@example.org")
            try await body(house)
        }
    }

    @Test(
        "A passphrase is changed by whoever knows the old one, typed into a box that hides it and that password managers know",
        arguments: TestEngine.all)
    func changesPassphrase(engine: TestEngine) async throws {
        try await withYasmin(engine) { house in
            #expect(try await house.post("/account/passphrase", "new=four+wet+paper+boats").status == 303)
            let page = try await house.get("/account").text
            for hint in ["current-password", "new-password"] {
                let box = page.split(separator: "<").first { $0.hasPrefix("input") && $0.contains("autocomplete=\"\(hint)\"") }
                #expect(box?.contains("type=\"password\"") == true, "\(hint)")
            }
            for old in ["", "old=four+wet+paper+boat", "old=FOUR+wet+paper+boats", "old=four+wet+paper+boats+"] {
                let refused = try await house.post("/account/passphrase", "\(old)&new=seven+dry+stone+walls")
                #expect(refused.status == 422 && refused.text.contains("This is not your passphrase"), "\(old)")
            }
            #expect(try await house.post("/account/passphrase", "old=four+wet+paper+boats&new=seven+dry+stone+walls").status == 303)
            let stranger = house.asStranger
            let old = try await stranger.post("/sign-in", "account=yasmin%40example.org&passphrase=four+wet+paper+boats")
            #expect(old.status != 303)
            #expect(try await stranger.post("/sign-in", "account=yasmin%40example.org&passphrase=seven+dry+stone+walls").status == 303)
        }
    }

    @Test("Length counts, from twelve to two hundred characters of any kind; one's own name and common ones are refused")
    func passphraseRule() {
        func fault(_ text: String) -> String? { PassphraseRule.fault(text, name: "Yasmin Begum", email: "yasmin@example.org") }
        let long = String(repeating: "kite and ", count: 30)
        for good in ["abcdefgh ijk", "98124701 8253", "§±!@£$%^&*()_", "শিশু যত্ন কেন্দ্র", String(long.prefix(64)), String(long.prefix(200))] {
            #expect(fault(good) == nil, "\(good)")
        }
        for bad in ["abcdefgh ij", String(long.prefix(201)), "aaaaaaaaaaaaaa", "yasmin begum!", "password1234", "Early Years Hub"] {
            #expect(fault(bad) != nil, "\(bad)")
        }
    }

    @Test("Common ones are refused as they are, dressed up with digits and signs, and said twice; words added to them help")
    func commonPassphrases() throws {
        func fault(_ text: String) -> String? { PassphraseRule.fault(text, name: "Yasmin Begum", email: "yasmin@example.org") }
        let common = PassphraseWords.common
        let long = common.filter { $0.count >= PassphraseRule.shortest }
        #expect(common.count > 12_000 && long.count > 4_000)
        for word in long { #expect(fault(word) != nil, "\(word)") }
        for word in ["dragon", "liverpool", "sunshine", "christopher", "princess", "football"] {
            for dressed in ["\(word)\(word)", "\(word)123456", "2026\(word)2026", "\(word.uppercased())!!!1999", "\(word)-\(word)-\(word)"]
            {
                #expect(dressed.count < PassphraseRule.shortest || fault(dressed) != nil, "\(dressed)")
            }
            #expect(fault("\(word) kettle otter") == nil, "\(word)")
        }
        for bad in ["P@ssw0rd!!2026", "5un5h1ne12345", "qwertyqwerty", "iloveyou2026!"] { #expect(fault(bad) != nil, "\(bad)") }
        // A line of symbols or of other writing is not mistaken for nothing.
        for good in ["§±!@£$%^&*()_x", "রাত দিন বই নদী", "48 1592 7730 26", "wet kettle, dry boots"] { #expect(fault(good) == nil, "\(good)") }
    }

    @Test("Words of our work and the names of one's hub and settings are refused; they are listed for people", arguments: TestEngine.all)
    func wordsOfTheField(engine: TestEngine) async throws {
        func fault(_ text: String) -> String? {
            PassphraseRule.fault(
                text, name: "Yasmin Begum", email: "yasmin@example.org", places: ["Riverside Hub", "Larkspur Lane Nursery"])
        }
        for bad in [
            "nursery-school", "EarlyYears2026!", "Riverside Hub 1", "larkspur lane", "Larkspur2026!!!", "yasmin at nursery",
            "Ofsted Outstanding",
            "children'splay", "Summer Welcome 25",
        ] { #expect(fault(bad) != nil, "\(bad)") }
        for good in ["Larkspur kettle otter", "nursery of wet otters", "seven outstanding boats"] { #expect(fault(good) == nil, "\(good)") }
        let page = try String(contentsOfFile: "\(LoadedHouse.data)/../../docs/rules/signing-in.md", encoding: .utf8)
        let listed = Set(page.split { !$0.isLetter }.map(String.init))
        #expect(PassphraseWords.field.filter { !listed.contains($0) } == [])
        // Through the page: the name of one's own setting.
        try await engine.withDatabase(Rooms.migrations) { database in
            let house = try TestHouse(database: database, rooms: LoadedHouse.rooms)
            try await PlacedSettings.make(house.tools)
            let manager = try await house.signedIn("lara@example.org", RoleGrant(.manager, hub: "h1", setting: "s1"))
            let refused = try await manager.post("/account/passphrase", "new=Larkspur+Nursery+1")
            #expect(refused.status == 422 && refused.text.contains("names of your hub and setting"))
            let elsewhere = try await house.signedIn("poppy@example.org", RoleGrant(.manager, hub: "h1", setting: "s2"))
            #expect(try await elsewhere.post("/account/passphrase", "new=Larkspur+Nursery+1").status == 303)
        }
    }

    @Test(
        "A session ends after its longest time, however much it is used, and at once when an administrator says so",
        arguments: TestEngine.all)
    func sessionsEndInAnyCase(engine: TestEngine) async throws {
        try await withYasmin(engine) { house in
            #expect(try await house.get("/account").status == 200)
            let begun = house.tools.clock.now.adding(seconds: -Sessions.longestSeconds)
            _ = try await house.tools.database.write { try $0.run("update session set created_at = \(begun)") }
            #expect(try await house.get("/account").status == 303)

            var devices = [house, house]
            for index in devices.indices { devices[index].cookie = try await house.tools.signedInCookie(email: "yasmin@example.org") }
            for device in devices { #expect(try await device.get("/account").status == 200) }
            try await PeopleDesk.signOut(email: "Yasmin@example.org", house.tools)
            for device in devices { #expect(try await device.get("/account").status == 303) }
            let trail = try await house.tools.database.read {
                try $0.count("select count(*) from audit where who = 'command-line' and action = 'identity.session.ended-all'")
            }
            #expect(trail == 1)
        }
    }

    @Test(
        "The list of one's sign-ins holds those that are good: on a shared device no longer than half an hour without use",
        arguments: TestEngine.all)
    func listsGoodSessions(engine: TestEngine) async throws {
        try await withYasmin(engine) { house in
            let tools = house.tools
            for (device, minutes) in [("Library tablet", 31), ("Nursery tablet", 29)] {
                _ = try await tools.database.write { session in
                    let id = try session.first("select id from person")?.text("id") ?? ""
                    let cookie = try Sessions.begin(for: id, device: device, isShared: true, tools, session)
                    let seen = tools.clock.now.adding(seconds: -minutes * 60)
                    return try session.run("update session set seen_at = \(seen) where cookie_hash = \(Secrets.hash(cookie))")
                }
            }
            let page = try await house.get("/account").text
            #expect(page.contains("Nursery tablet") && !page.contains("Library tablet"))
        }
    }

    @Test("Sign-ins and refusals stand in the trail with who, when and how", arguments: TestEngine.all)
    func signInsAreLogged(engine: TestEngine) async throws {
        try await withYasmin(engine) { house in
            _ = try await house.post("/account/passphrase", "new=four+wet+paper+boats")
            let stranger = house.asStranger
            _ = try await stranger.post("/sign-in", "account=yasmin%40example.org&passphrase=wrong+wrong+wrong")
            _ = try await stranger.post("/sign-in", "account=yasmin%40example.org&passphrase=four+wet+paper+boats")
            let actions = try await house.tools.database.read { session in
                try session.all("select action from audit where at = \(house.tools.clock.now) order by id").map { $0.text("action") }
            }
            for action in ["identity.passphrase.changed", "identity.refused.passphrase", "identity.signed-in.passphrase"] {
                #expect(actions.contains(action), "\(action)")
            }
        }
    }

    @Test("The doors of the demonstration are in the demonstration only")
    func noDemoDoors() async throws {
        let house = try await TestHouse.empty()
        func patterns(isDemo: Bool) -> Set<String> {
            Set(
                Rooms(house.tools, secrets: SecretBox(secret: "a secret key of the tests"), isDemo: isDemo).all.flatMap(\.routes).map(
                    \.pattern))
        }
        let more = patterns(isDemo: true).subtracting(patterns(isDemo: false))
        #expect(!more.isEmpty)
        #expect(!patterns(isDemo: false).contains { $0.contains("demo") })
    }
}
