import Civil
import House
import Store
import StoreTestKit
import Testing

@testable import Directory
@testable import Identity
@testable import Server

/// A hub's name, logo and colours on its staff pages, letters, papers and the pages strangers open by a link (docs/rules/hub-colours.md).
@Suite struct HubLookTests {
    private static let sheet = "/colours/0b5a55.css"
    private static let logo = "/pictures/0123456789abcdef0123456789abcdef.png"
    private static let name = "Fern & <b>Hub</b>"
    private static let shown = "<bdi>Fern &amp; &lt;b&gt;Hub&lt;/b&gt;</bdi>"

    /// `h1` has a name with hostile letters, a colour and a logo; `h2` chose nothing.
    private func withHubs(_ engine: TestEngine, _ body: @Sendable (_ house: TestHouse, _ lead: TestHouse) async throws -> Void) async throws
    {
        try await engine.withDatabase(Rooms.migrations) { database in
            let house = try await TestHouse(database: database, rooms: LoadedHouse.rooms).withAdministrator()
            try await PlacedSettings.make(house.tools)
            try await DividedHub.divide(house, ["North", "South"])
            try await database.write { session in
                try session.run("update hub set name = \(Self.name), opened_at = '2026-01-01T00:00:00Z' where id = 'h1'")
                try session.run(
                    "insert into hub_identity (hub_id, colour, logo, edition) values ('h1', '#0b5a55', \(String(Self.logo.dropFirst(10))), 1)"
                )
            }
            try await body(house, try await house.signedIn("lead@example.org", RoleGrant(.hubLead, hub: "h1")))
        }
    }

    private func wears(_ page: TestHouse.Answered) -> [Bool] {
        let head = page.text.split(separator: "<main").first.map(String.init) ?? ""
        return [
            head.contains(Self.sheet), head.contains("src=\"\(Self.logo)\""), head.contains(Self.shown),
            head.contains("class=\"top lined\""),
        ]
    }

    @Test("A hub’s people see its name, logo and colours on their pages; others do not, but on its own pages", arguments: TestEngine.all)
    func staffPages(engine: TestEngine) async throws {
        try await withHubs(engine) { house, lead in
            let (all, none) = ([true, true, true, true], [false, false, false, false])
            for path in ["/staff", "/account", "/staff/people", "/staff/network/hub-one", "/staff/hubs/hub-one/identity"] {
                let page = try await lead.get(path)
                #expect(page.status == 200 && wears(page) == all, "\(path)")
                // Each sheet once.
                #expect(page.text.ranges(of: Self.sheet).count == 1, "\(path)")
            }
            // An administrator is of no hub, until they are on a page of one.
            #expect(wears(try await house.get("/staff")) == none)
            #expect(wears(try await house.get("/staff/network/hub-one")) == all)
            let plain = try await house.get("/staff/network/hub-two")
            #expect(plain.text.contains("<bdi>hub-two</bdi></a>") && !plain.text.contains("/colours/"))
            // Another hub's lead sees nothing of it, not even where they are refused.
            let other = try await house.signedIn("other@example.org", RoleGrant(.hubLead, hub: "h2"))
            let refused = try await other.get("/staff/network/hub-one")
            #expect([403, 404].contains(refused.status) && wears(refused).prefix(3) == none.prefix(3))
            // What everybody reads is everybody's.
            #expect(wears(try await lead.get("/settings")) == none)
        }
    }

    @Test("The sheet of a hub’s colours holds in the light, in the dark and on paper")
    func sheet() throws {
        let colours = try #require(HubColours(stylesheetNamed: "0b5a55.css"))
        #expect(colours.stylesheet.contains("prefers-color-scheme: dark") && colours.stylesheet.contains("@media print"))
        #expect(HubColours.fault(of: colours.light) == nil)
    }

    private func html(_ house: TestHouse, to address: String) async throws -> String {
        try await house.tools.database.read { session in
            try session.first("select html_body from outbox where to_address = \(address) order by id desc")?.textOrNil("html_body") ?? ""
        }
    }

    @Test("Letters by e-mail have the hub’s name on its colour, and load nothing from anywhere", arguments: TestEngine.all)
    func letters(engine: TestEngine) async throws {
        try await withHubs(engine) { house, lead in
            _ = try await lead.post("/staff/people/invite", "people=New+One%2C+new%40example.org&role=mentor&over=hub%3Ah1")
            let stranger = house.asStranger
            _ = try await stranger.post("/sign-in/link", "email=lead%40example.org")
            _ = try await stranger.post("/sign-in/link", "email=ada%40example.org")
            for address in ["new@example.org", "lead@example.org", "ada@example.org"] {
                let letter = try await html(house, to: address)
                let isHubs = address != "ada@example.org"
                #expect(letter.contains(isHubs ? Self.shown : "<bdi>Test hub</bdi>"), "\(address): \(letter)")
                #expect(letter.contains("background-color:\(isHubs ? "#0b5a55" : "#5b2a6e");color:#ffffff"), "\(address)")
                for remote in ["src=", "url(", "<link", "@import", "<script"] { #expect(!letter.contains(remote), "\(address) \(remote)") }
            }
        }
    }

    @Test("Answers, surveys and what an administrator did to an account come in the hub’s look too", arguments: TestEngine.all)
    func lettersOfEveryKind(engine: TestEngine) async throws {
        try await withHubs(engine) { house, lead in
            func said(_ words: String, to address: String) async throws {
                let letter = try await html(house, to: address)
                #expect(letter.contains(words) && letter.contains(Self.shown), "\(address): \(letter)")
                #expect(letter.contains("background-color:#0b5a55;color:#ffffff"), "\(address)")
                // English letters go on with a capital after the greeting.
                let text = try await house.tools.database.read { session in
                    try session.first("select text_body from outbox where to_address = \(address) order by id desc")?.text("text_body")
                        ?? ""
                }
                let second = text.split(separator: "\n").dropFirst().first?.first
                #expect(second?.isUppercase == true, "\(address): \(text)")
            }
            func claim(_ name: String, _ address: String, _ answer: String, _ reason: String) async throws {
                let stranger = house.asStranger
                _ = try await stranger.post("/claim/s2", "name=\(name)&email=\(address)")
                let confirm = try #require(try await stranger.link(inLetterTo: address))
                try await said("to look after the entry of", to: address)
                #expect(try await stranger.post(confirm, "").status == 200)
                let list = try await lead.get("/staff/claims").text
                let path = try #require(list.firstMatch(of: /\/staff\/claims\/[^"?]+/).map { String($0.output) })
                #expect(try await lead.post("\(path)/\(answer)", reason).status == 303)
            }
            try await claim("Nina", "nina@example.org", "refuse", "answer=Ring+us+first")
            try await said("Ring us first", to: "nina@example.org")
            try await claim("Petra", "petra@example.org", "accept", "")
            try await said("You now look after the entry of", to: "petra@example.org")

            let lead2 = try await house.tools.database.read { try $0.first("select id from person where email = 'lead@example.org'") }
            let id = try #require(lead2).text("id")
            #expect(try await house.post("/staff/people/\(id)/second-step", "").status == 303)
            try await said("took your second step of signing in away", to: "lead@example.org")
            #expect(try await house.post("/staff/people/\(id)/correct", "name=Leila+New&email=lead%40example.org&sure=yes").status == 303)
            try await said("corrected your name", to: "lead@example.org")
        }
    }

    @Test("Somebody of two hubs gets letters of neither", arguments: TestEngine.all)
    func lettersOfTwoHubs(engine: TestEngine) async throws {
        try await withHubs(engine) { house, _ in
            _ = try await house.signedIn("lead@example.org", RoleGrant(.mentor, hub: "h2"))
            _ = try await house.asStranger.post("/sign-in/link", "email=lead%40example.org")
            let letter = try await html(house, to: "lead@example.org")
            #expect(letter.contains("<bdi>Test hub</bdi>") && !letter.contains("Fern"))
        }
    }

    @Test(
        "A hub’s papers and its pages behind a link wear its look; of one that is not open strangers see no logo", arguments: TestEngine.all
    )
    func papersAndLinks(engine: TestEngine) async throws {
        try await withHubs(engine) { house, lead in
            let base = "/staff/network/hub-one"
            let made = try await lead.post("\(base)/campaigns/new", "title=Drive&asks=to+join&from=1+September+2026&pick=list")
            let campaign = String(try #require(made.header("Location")).prefix { $0 != "?" })
            for path in ["\(base)/readiness/print", "\(base)/hosting/paper", "\(campaign)/letter/paper?all=yes"] {
                let paper = try await lead.get(path)
                #expect(paper.status == 200 && paper.text.contains(Self.sheet) && paper.text.contains(Self.shown), "\(path)")
            }
            _ = try await lead.post("\(campaign)/letter/send", "")
            let letter = try await html(house, to: "office@larkspur.example.org")
            #expect(letter.contains(Self.shown) && letter.contains("background-color:#0b5a55"))

            let stranger = house.asStranger
            let codes = try await lead.post("\(base)/champions/events", "title=The+launch").text
            let code = try #require(codes.firstMatch(of: /\/champions\/([A-Z0-9-]{14})</)?.output.1).description
            let stop = try await house.tools.database.read { try $0.first("select stop_key from campaign_post")?.text("stop_key") ?? "" }
            for path in ["/champions/\(code)", "/letters/stop/\(stop)"] {
                #expect(wears(try await stranger.get(path)) == [true, true, true, true], "\(path)")
            }
            try await house.tools.database.write { session in _ = try session.run("update hub set opened_at = null where id = 'h1'") }
            for path in ["/champions/\(code)", "/letters/stop/\(stop)"] {
                #expect(wears(try await stranger.get(path)) == [true, false, true, true], "\(path)")
            }
            // A wrong code tells of no hub.
            let wrong = try await stranger.get("/champions/ABCD-EFGH-JKMN")
            #expect(wrong.status == 404 && wears(wrong) == [false, false, false, false])
        }
    }

    @Test("Pages that say why not wear the look of the hub their reader works for", arguments: TestEngine.all)
    func errorPages(engine: TestEngine) async throws {
        try await withHubs(engine) { house, lead in
            let (all, none) = ([true, true, true, true], [false, false, false, false])
            for (path, status) in [("/staff/nothing-here", 404), ("/staff/mail", 403), ("/staff/network/hub-two", 404)] {
                let page = try await lead.get(path)
                #expect(page.status == status && wears(page) == all, "\(path)")
                #expect(wears(try await house.asStranger.get(path)) == none, "\(path)")
            }
            let other = try await house.signedIn("other@example.org", RoleGrant(.hubLead, hub: "h2"))
            // Theirs has chosen nothing, and wears nothing of the other.
            #expect(wears(try await other.get("/staff/nothing-here")).prefix(3) == none.prefix(3))
        }
    }

    @Test("From a page that says why not one signs out and changes hats as from any other", arguments: TestEngine.all)
    func formsOnErrorPages(engine: TestEngine) async throws {
        try await withHubs(engine) { house, lead in
            let field = /name="token" value="([^"]+)"/
            let usual = try #require(try await lead.get("/account").text.firstMatch(of: field)?.1)
            for path in ["/staff/nothing-here", "/staff/mail"] {
                let page = try await lead.get(path).text
                #expect(page.contains("action=\"/sign-out\"") && page.firstMatch(of: field)?.1 == usual, "\(path)")
            }
        }
    }

    @Test("The pages of a claim wear the look of an open hub, of a closed one nothing", arguments: TestEngine.all)
    func claims(engine: TestEngine) async throws {
        try await withHubs(engine) { house, _ in
            let (all, none) = ([true, true, true, true], [false, false, false, false])
            let stranger = house.asStranger
            #expect(wears(try await stranger.get("/claim/s1")) == all)
            #expect(wears(try await stranger.post("/claim/s1", "name=&email=")) == all)
            #expect(wears(try await stranger.post("/claim/s1", "name=Nina&email=nina%40example.org")) == all)
            let confirm = try #require(try await stranger.link(inLetterTo: "nina@example.org"))
            let proof = try #require(try await stranger.link(inLetterTo: "office@larkspur.example.org"))
            for path in [confirm, proof] { #expect(wears(try await stranger.get(path)) == all) }
            #expect(wears(try await stranger.post(proof, "answer=no")) == all)
            for path in [confirm, proof] {
                let gone = try await stranger.get(path)
                #expect(gone.status == 410 && wears(gone) == all)
            }
            #expect(wears(try await stranger.get("/claim/confirm/made-up")) == none)
            try await house.tools.database.write { session in _ = try session.run("update hub set opened_at = null where id = 'h1'") }
            for path in ["/claim/s1", confirm, proof] { #expect(wears(try await stranger.get(path)) == none) }
        }
    }

    @Test("The pages that end notices wear the look of the reader's one hub", arguments: TestEngine.all)
    func endingNotices(engine: TestEngine) async throws {
        try await withHubs(engine) { house, _ in
            let id = try await house.tools.database.read {
                try $0.first("select id from person where email_key = 'lead@example.org'")?.text("id") ?? ""
            }
            let path = Unsubscribing.path(for: id, house.doorkeeper.box)
            let stranger = house.asStranger
            #expect(wears(try await stranger.get(path)) == [true, true, true, true])
            #expect(wears(try await stranger.post(path, "")) == [true, true, true, true])
            #expect(wears(try await stranger.get(path + "x")) == [false, false, false, false])
        }
    }
}
