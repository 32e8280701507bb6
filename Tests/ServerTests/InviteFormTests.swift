import House
import Store
import StoreTestKit
import Testing

@testable import Identity
@testable import Server

/// Inviting is asked in steps: as what, where, whom.
@Suite struct InviteFormTests {
    private let path = "/staff/people/invite"
    private let list = "people=Amina+Begum%2C+amina%40example.org"

    private func withHouse(_ engine: TestEngine, _ body: @Sendable (_ house: TestHouse, _ lead: TestHouse) async throws -> Void)
        async throws
    {
        try await engine.withDatabase(Rooms.migrations) { database in
            let house = try TestHouse(database: database, rooms: LoadedHouse.rooms)
            try await PlacedSettings.make(house.tools)
            try await body(house, try await house.signedIn("lead@example.org", RoleGrant(.hubLead, hub: "h1")))
        }
    }

    private func invited(_ house: TestHouse) async throws -> Int {
        try await house.tools.database.read { try $0.count("select count(*) from invitation") }
    }

    @Test("Who forgets to say where is asked again and keeps the list", arguments: TestEngine.all)
    func keepsTheList(engine: TestEngine) async throws {
        try await withHouse(engine) { house, lead in
            for wrong in ["role=mentor", "role=mentor&over=", "role=mentor&over=nonsense", "role=coordinator&over=hub%3Ah1", ""] {
                let answered = try await lead.post(path, "\(list)&\(wrong)")
                #expect(answered.status == 422 && answered.text.contains("Amina Begum, amina@example.org"), "\(wrong)")
            }
            let none = try await invited(house)
            #expect(none == 0)
            // A place that is said is still asked about.
            #expect(try await lead.post(path, "\(list)&role=mentor&over=hub%3Ah2").status == 404)
            #expect(try await lead.post(path, "\(list)&role=administrator").status == 403)
        }
    }

    @Test("Each step asks what the role needs and no more", arguments: TestEngine.all)
    func steps(engine: TestEngine) async throws {
        try await withHouse(engine) { house, lead in
            let first = try await lead.get(path).text
            #expect(first.contains("value=\"manager\"") && !first.contains("name=\"people\"") && !first.contains("Poppy"))
            #expect(!first.contains("value=\"administrator\""))
            #expect(try await lead.get("\(path)?step=1").status == 422)
            // One hub is not asked for.
            let mentor = try await lead.get("\(path)?role=mentor").text
            #expect(mentor.contains("name=\"over\" value=\"hub:h1\"") && mentor.contains("name=\"people\""))
            #expect(!mentor.contains("name=\"sector\""))
            #expect(try await lead.get("\(path)?role=steering").text.contains("name=\"sector\""))
            let two = try await lead.signedIn("lead@example.org", RoleGrant(.hubLead, hub: "h2"))
            let both = try await two.get("\(path)?role=mentor").text
            #expect(
                both.contains("value=\"hub:h1\"") && both.contains("value=\"hub:h2\"") && !both.contains("type=\"hidden\" name=\"over\""))
        }
    }

    @Test("A setting is found by a part of its name, among those of one's own hubs", arguments: TestEngine.all)
    func findsTheSetting(engine: TestEngine) async throws {
        try await withHouse(engine) { house, lead in
            let asked = try await lead.get("\(path)?role=manager").text
            #expect(asked.contains("name=\"find\"") && !asked.contains("name=\"people\"") && !asked.contains("Poppy"))
            #expect(try await lead.get("\(path)?role=manager&find=+").status == 422)
            let found = try await lead.get("\(path)?role=manager&find=pop").text
            #expect(found.contains("Poppy Pre-school") && found.contains("over=setting%3As2%3Ah1") && !found.contains("Larkspur"))
            #expect(try await lead.get("\(path)?role=manager&find=far").text.contains("No setting’s name holds"))
            let chosen = try await lead.get("\(path)?role=manager&over=setting:s2:h1").text
            #expect(chosen.contains("Poppy Pre-school") && chosen.contains("name=\"people\""))
            // An address made up tells nobody what lies in another hub.
            for foreign in ["setting:s4:h2", "setting:s4:h1", "setting:s4"] {
                let told = try await lead.get("\(path)?role=manager&over=\(foreign)").text
                #expect(!told.contains("Far Away") && told.contains("name=\"find\""), "\(foreign)")
            }
        }
    }

    @Test("A manager of a setting in no hub invites a colleague into it, and into no other", arguments: TestEngine.all)
    func managerWithoutHub(engine: TestEngine) async throws {
        try await withHouse(engine) { house, lead in
            try await house.tools.database.write { _ = try $0.run("update setting set ward_code = null where id = 's4'") }
            let manager = try await house.signedIn("mo@example.org", RoleGrant(.manager, setting: "s4"))
            // Nothing to choose: it is the only one.
            let form = try await manager.get("\(path)?role=practitioner").text
            #expect(form.contains("name=\"over\" value=\"setting:s4\"") && form.contains("Far Away Nursery"))
            #expect(try await manager.post(path, "\(list)&role=practitioner&over=setting%3As4").status == 303)
            for other in ["setting%3As1", "setting%3As1%3Ah1"] {
                #expect([403, 404].contains(try await manager.post(path, "\(list)&role=practitioner&over=\(other)").status))
            }
            let joining = try #require(try await house.link(inLetterTo: "amina@example.org"))
            #expect(try await house.asStranger.post(joining, "name=Amina").status == 303)
            let given = try await house.tools.database.read {
                try $0.count("select count(*) from role where role = 'practitioner' and setting_id = 's4' and hub_id is null")
            }
            #expect(given == 1)
        }
    }

    @Test("Another page hands over whom to invite in a form; nothing is sent before the button is pressed", arguments: TestEngine.all)
    func prepares(engine: TestEngine) async throws {
        try await withHouse(engine) { house, lead in
            let form = try await lead.post(path, "\(list)&prepare=yes&role=champion&over=hub%3Ah1")
            #expect(form.status == 200 && form.text.contains("Amina Begum, amina@example.org"))
            let none = try await invited(house)
            #expect(none == 0)
        }
    }

    @Test("Whoever opens an invitation again is told what became of it", arguments: TestEngine.all)
    func answeredBefore(engine: TestEngine) async throws {
        try await withHouse(engine) { house, lead in
            _ = try await lead.post(path, "\(list)&role=mentor&over=hub%3Ah1")
            let first = try #require(try await house.link(inLetterTo: "amina@example.org"))
            _ = try await lead.post(path, "\(list)&role=mentor&over=hub%3Ah1")
            let second = try #require(try await house.link(inLetterTo: "amina@example.org"))
            let stranger = house.asStranger
            let replaced = try await stranger.get(first)
            #expect(replaced.status == 410 && replaced.text.contains("a newer one took its place"))
            #expect(try await stranger.post(second, "name=Amina").status == 303)
            let joined = try await stranger.get(second)
            #expect(joined.status == 410 && joined.text.contains("You have joined already") && joined.text.contains("href=\"/sign-in\""))
            let made = try await stranger.get("/invitation/nobody-was-sent-this")
            #expect(made.status == 410 && !made.text.contains("You have joined"))
        }
    }

    @Test("Who has joined finds the next step on top of the account page", arguments: TestEngine.all)
    func nextStep(engine: TestEngine) async throws {
        try await withHouse(engine) { house, lead in
            for (role, next) in [("mentor", "/second-step/set-up"), ("funder", "/start")] {
                let email = "\(role)@example.org"
                _ = try await lead.post(path, "people=\(role)%40example.org&role=\(role)&over=hub%3Ah1")
                let link = try #require(try await house.link(inLetterTo: email))
                var joined = house.asStranger
                let entered = try await joined.post(link, "name=Jo")
                joined.cookie = house.sessionCookie(in: entered)
                let account = try await joined.get(entered.header("Location") ?? "").text
                #expect(account.contains("class=\"button\" href=\"\(next)\""), "\(role)")
            }
        }
    }
}

/// What an API token may do is chosen under headings.
@Suite struct DeedGroupTests {
    @Test("Every deed stands under one heading that says what it is about")
    func everyDeedOnce() {
        let groups = DeedGroup.all(Rooms.deeds.filter { !$0.isForEverybody && !$0.isOwnAccount })
        let codes = groups.flatMap { $0.deeds.map(\.code) }
        #expect(codes.sorted() == Rooms.deeds.filter { !$0.isForEverybody && !$0.isOwnAccount }.map(\.code).sorted())
        #expect(groups.allSatisfy { $0.deeds.count <= 15 } && !groups.contains { $0.heading == "Everything else" })
    }
}
