import Civil
import House
import Hummingbird
import NIOCore
import Store
import StoreTestKit
import Testing

@testable import Identity
@testable import Server

/// The rules of docs/rules/mail.md on notices, digests and the way out of them.
@Suite struct NoticeTests {
    private static let box = SecretBox(secret: "a secret key of the tests")

    /// A house, and tools as the rooms have them, at the moment the house's clock says or a later one.
    private func withHouse(_ engine: TestEngine, _ body: @Sendable (TestHouse) async throws -> Void) async throws {
        try await engine.withDatabase(Rooms.migrations) { database in
            try await body(TestHouse(database: database, rooms: LoadedHouse.rooms).withAdministrator())
        }
    }

    private static func tools(_ database: any Database, after seconds: Int = 0) -> Tools {
        let clock = Clock.fixed(TestEngine.clock.now.adding(seconds: seconds))
        return Tools(
            database: database, clock: clock, ids: .random(clock: clock),
            site: Site(name: "Test hub", doors: [], address: "https://hub.example.org")
        ).serving(.stranger).telling(by: Identity.newsDesk(box))
    }

    private static func digests(_ database: any Database, after seconds: Int) async throws -> Int {
        try await Digests(tools: tools(database, after: seconds), box: box).sendDue()
    }

    private static func person(_ email: String, _ choice: MailChoice, _ database: any Database) async throws -> String {
        let tools = tools(database)
        return try await database.write { session in
            let person = try People.findOrMake(name: "Yasmin Begum", email: email, tools, session)
            try Notices.choose(choice, for: person.id, at: tools.clock.now, session)
            return person.id
        }
    }

    private static func tell(_ id: String, _ subject: String, _ database: any Database, after seconds: Int = 0) async throws {
        let tools = tools(database, after: seconds)
        try await database.write { try tools.tell(id, News(subject, ["It did <happen>."], path: "/staff/people"), $0) }
    }

    private static func letters(_ database: any Database, to id: String) async throws -> [PostedLetter] {
        try await database.read { try Outbox.letters(to: id, in: $0) }
    }

    /// The clock of the tests stands at 9:30 on a Sunday: to Monday 8am, and to Tuesday 8am.
    private static let toMonday = 22 * 3_600 + 1_800
    private static let day = 86_400

    @Test("What is kept for a day comes as one letter at eight, and once", arguments: TestEngine.all)
    func dailyIsOneLetter(engine: TestEngine) async throws {
        try await withHouse(engine) { house in
            let database = house.tools.database
            let id = try await Self.person("yasmin@example.org", .daily, database)
            try await Self.tell(id, "First news", database)
            try await Self.tell(id, "Second news", database, after: 3_600)
            let early = try await Self.digests(database, after: Self.toMonday - 1)
            let none = try await Self.letters(database, to: id)
            #expect(early == 0 && none.isEmpty)
            let sent = try await Self.digests(database, after: Self.toMonday)
            let again = try await Self.digests(database, after: Self.toMonday + 60)
            #expect(sent == 1 && again == 0)
            let letters = try await Self.letters(database, to: id)
            let letter = try #require(letters.first)
            #expect(letters.count == 1 && letter.kind == "digest" && letter.subject == "Test hub: 2 notices for you")
            guard case .text(let text, let html) = letter.body else { throw Refusal.notFound("no text") }
            for words in ["First news", "Second news", "It did <happen>.", "https://hub.example.org/staff/people", "once a day"] {
                #expect(text.contains(words), "\(words)")
            }
            #expect(html?.contains("It did &lt;happen&gt;.") == true && html?.contains("First news") == true)
            #expect(letter.unsubscribe?.hasPrefix("https://hub.example.org/unsubscribe/\(id).") == true)
            #expect(text.contains(letter.unsubscribe ?? "?") && html?.contains(letter.unsubscribe ?? "?") == true)
        }
    }

    @Test("Who chose weekly hears on Monday at eight, who chose none hears nothing", arguments: TestEngine.all)
    func weeklyAndNone(engine: TestEngine) async throws {
        try await withHouse(engine) { house in
            let database = house.tools.database
            let weekly = try await Self.person("weekly@example.org", .weekly, database)
            let none = try await Self.person("none@example.org", .none, database)
            let tuesday = Self.toMonday + Self.day
            for id in [weekly, none] { try await Self.tell(id, "News", database, after: tuesday) }
            let sunday = try await Self.digests(database, after: tuesday + 5 * Self.day)
            let monday = try await Self.digests(database, after: Self.toMonday + 7 * Self.day)
            #expect(sunday == 0 && monday == 1)
            let counts = (try await Self.letters(database, to: weekly).count, try await Self.letters(database, to: none).count)
            #expect(counts == (1, 0))
        }
    }

    @Test("Links to sign in and invitations go at once, whatever was chosen", arguments: TestEngine.all)
    func urgentIsNeverHeld(engine: TestEngine) async throws {
        try await withHouse(engine) { house in
            for choice in MailChoice.allCases {
                let email = "\(choice.rawValue)@example.org"
                let id = try await Self.person(email, choice, house.tools.database)
                _ = try await house.asStranger.post("/sign-in/link", "email=\(email)")
                let letters = try await Self.letters(house.tools.database, to: id)
                #expect(letters.map(\.kind) == ["sign-in-link"] && letters.first?.dueAt == TestEngine.clock.now, "\(choice)")
                _ = try await house.post("/staff/people/invite", "role=administrator&people=\(email)")
            }
            let invitations = try await house.tools.database.read {
                try Outbox.letters(in: $0).filter { $0.kind == "invitation" && $0.dueAt == TestEngine.clock.now }.count
            }
            #expect(invitations == MailChoice.allCases.count)
        }
    }

    @Test("Two copies of the program make one letter of one person's notices", arguments: TestEngine.all)
    func twoCopiesMakeOneLetter(engine: TestEngine) async throws {
        try await engine.withAddress { address in
            let first = try Databases.open(address)
            let second = try Databases.open(address)
            try await first.migrate(Rooms.migrations, clock: TestEngine.clock)
            var people: [String] = []
            for number in 0..<12 {
                let id = try await Self.person("p\(number)@example.org", .daily, first)
                for news in ["One", "Two", "Three"] { try await Self.tell(id, news, first) }
                people.append(id)
            }
            let sent = try await withThrowingTaskGroup(of: Int.self) { group in
                for database in [first, second, first, second] {
                    group.addTask { try await Self.digests(database, after: Self.toMonday) }
                }
                return try await group.reduce(0, +)
            }
            #expect(sent == people.count)
            for id in people {
                let letters = try await Self.letters(first, to: id)
                #expect(letters.map(\.subject) == ["Test hub: 3 notices for you"])
            }
            await first.close()
            await second.close()
        }
    }

    @Test("Killed while it makes the letters, the program loses no notice and doubles none", arguments: TestEngine.all)
    func survivesDying(engine: TestEngine) async throws {
        for kept in 0..<3 {
            try await withHouse(engine) { house in
                let database = house.tools.database
                var people: [String] = []
                for number in 0..<3 {
                    people.append(try await Self.person("p\(number)@example.org", .daily, database))
                    try await Self.tell(people[number], "News", database)
                }
                await #expect(throws: DyingDatabase.Died.self) {
                    _ = try await Self.digests(DyingDatabase(database, after: kept), after: Self.toMonday)
                }
                let rest = try await Self.digests(database, after: Self.toMonday + 60)
                #expect(rest == 3 - kept)
                for id in people {
                    let count = try await Self.letters(database, to: id).count
                    #expect(count == 1)
                }
            }
        }
    }

    @Test("A digest that dies in mid-send is perhaps sent, and neither it nor its notices go out again", arguments: TestEngine.all)
    func dyingInMidSend(engine: TestEngine) async throws {
        try await withHouse(engine) { house in
            let database = house.tools.database
            let id = try await Self.person("yasmin@example.org", .daily, database)
            try await Self.tell(id, "News", database)
            _ = try await Self.digests(database, after: Self.toMonday)
            let at = Clock.fixed(TestEngine.clock.now.adding(seconds: Self.toMonday))
            let claimed = try await database.write { try Outbox.claim(by: "one", domain: "hub.test", for: 600, in: $0, clock: at) }
            #expect(claimed != nil)
            let later = Clock.fixed(at.now.adding(seconds: 601))
            try await database.write { _ = try Outbox.sweep(in: $0, clock: later) }
            let again = try await database.write { try Outbox.claim(by: "two", domain: "hub.test", for: 600, in: $0, clock: later) }
            let more = try await Self.digests(database, after: Self.toMonday + 601)
            #expect(again == nil && more == 0)
            let letters = try await Self.letters(database, to: id)
            #expect(letters.map(\.wasPerhapsSent) == [true])
        }
    }

    @Test(
        "The way out at the foot only asks when it is opened, and works from a mail program without signing in", arguments: TestEngine.all)
    func unsubscribes(engine: TestEngine) async throws {
        try await withHouse(engine) { house in
            let database = house.tools.database
            let id = try await Self.person("yasmin@example.org", .atOnce, database)
            try await Self.tell(id, "News", database)
            let letter = try #require(try await Self.letters(database, to: id).first)
            #expect(letter.kind == "notice" && letter.dueAt == TestEngine.clock.now)
            let path = try #require(letter.unsubscribe).replacing("https://hub.example.org", with: "")
            // A mail scanner opens it.
            for _ in 0..<2 {
                let asked = try await house.asStranger.get(path)
                #expect(asked.status == 200 && asked.text.contains("No more notices by e-mail?"))
            }
            let head = try await house.asStranger.send("HEAD", path)
            #expect(head.status == 200)
            func choice() async throws -> String? {
                try await database.read { try $0.first("select mail_wish from person where id = \(id)")?.text("mail_wish") }
            }
            let before = try await choice()
            #expect(before == "at-once")
            // A mail program presses the button for its reader: no cookie, no origin, no token, and it follows no redirect.
            let pressed = try await house.asStranger.send(
                "POST", path,
                headers: [("Cookie", "none=none"), ("X-Form-Token", ""), ("Content-Type", "application/x-www-form-urlencoded")],
                body: .init(buffer: .init(string: "List-Unsubscribe=One-Click")))
            #expect(pressed.status == 200 && pressed.text.contains("No more notices"))
            let after = try await choice()
            #expect(after == "none")
            _ = try await house.asStranger.post(path, "")
            let written = try await database.read {
                try $0.count("select count(*) from audit where action = 'identity.mail-wish.unsubscribed' and subject = \("person:\(id)")")
            }
            #expect(written == 1)
            try await Self.tell(id, "More news", database)
            let count = try await Self.letters(database, to: id).count
            #expect(count == 1)
            // And back again, on the account page.
            var yasmin = house
            yasmin.cookie = try await house.tools.signedInCookie(email: "yasmin@example.org")
            _ = try await yasmin.post("/account/mail", "wish=at-once")
            try await Self.tell(id, "Even more news", database)
            let more = try await Self.letters(database, to: id).count
            #expect(more == 2)
        }
    }

    @Test("Nobody can end another's notices with an address we did not write", arguments: TestEngine.all)
    func forgedAddresses(engine: TestEngine) async throws {
        try await withHouse(engine) { house in
            let database = house.tools.database
            let id = try await Self.person("yasmin@example.org", .atOnce, database)
            let other = try await Self.person("other@example.org", .atOnce, database)
            let good = Unsubscribing.path(for: id, Self.box)
            let signature = good.split(separator: ".").last ?? ""
            let foreign = Unsubscribing.path(for: id, SecretBox(secret: "another key of another installation"))
            for path in ["/unsubscribe/\(other).\(signature)", "/unsubscribe/\(id).", "/unsubscribe/\(id)", foreign, good + "x"] {
                let asked = try await house.asStranger.get(path).status
                let sent = try await house.asStranger.post(path, "").status
                #expect(asked == 404 && sent == 404, "\(path)")
            }
            let ended = try await database.read { try $0.count("select count(*) from person where mail_wish = 'none'") }
            #expect(ended == 0)
            // Only these two forms are taken without a token, wherever they come from: each address holds a key of its own.
            let open = house.routes.filter(\.isProvenByAddress).map(\.pattern)
            #expect(open == ["/unsubscribe/{key}", "/letters/stop/{key}"])
        }
    }

    @Test("What is kept follows a new choice: at once, or not at all", arguments: TestEngine.all)
    func followsTheChoice(engine: TestEngine) async throws {
        try await withHouse(engine) { house in
            let database = house.tools.database
            let id = try await Self.person("yasmin@example.org", .weekly, database)
            try await Self.tell(id, "News for later", database)
            var yasmin = house
            yasmin.cookie = try await house.tools.signedInCookie(email: "yasmin@example.org")
            let waiting = try await yasmin.get("/account").text
            #expect(waiting.contains("News for later") && waiting.contains("23 November 2026, 8am"))
            _ = try await yasmin.post("/account/mail", "wish=at-once")
            let sent = try await Self.digests(database, after: 60)
            #expect(sent == 1)
            _ = try await yasmin.post("/account/mail", "wish=daily")
            try await Self.tell(id, "News nobody wants", database)
            _ = try await yasmin.post("/account/mail", "wish=none")
            let none = try await Self.digests(database, after: 30 * Self.day)
            let page = try await yasmin.get("/account").text
            #expect(none == 0 && !page.contains("News nobody wants"))
        }
    }

    @Test(
        "Who invited somebody hears that they said yes; who lost a role hears it; nobody hears of their own deeds",
        arguments: TestEngine.all)
    func tellsOfPeople(engine: TestEngine) async throws {
        try await withHouse(engine) { house in
            let database = house.tools.database
            _ = try await house.post("/staff/people/invite", "role=administrator&people=Bea+Ives,+bea%40example.org")
            let link = try await database.read { session in
                try session.first("select text_body from outbox where kind = 'invitation'")?.text("text_body") ?? ""
            }
            let token = try #require(
                link.split(whereSeparator: \.isWhitespace).first { $0.contains("/invitation/") }?.split(separator: "/").last)
            let joined = try await house.asStranger.post("/invitation/\(token)", "name=Bea+Ives")
            #expect(joined.status == 303)
            let subjects = try await database.read { try Outbox.letters(in: $0).filter { $0.kind == "notice" }.map(\.subject) }
            #expect(subjects == ["Bea Ives said yes"])
            let roles = try await database.read { session in
                try session.all("select r.id, p.email_key from role r join person p on p.id = r.person_id order by p.email_key")
                    .map { $0.text("id") }
            }
            // Bea's is ended by Ada, then Ada tries her own, the last.
            #expect(try await house.post("/staff/people/roles/\(roles[1])/end", "").status == 303)
            let told = try await database.read { try Outbox.letters(in: $0).filter { $0.kind == "notice" }.map(\.address) }
            #expect(told == ["bea@example.org", "ada@example.org"])
        }
    }
}
