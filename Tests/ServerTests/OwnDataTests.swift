import Civil
import House
import Store
import StoreTestKit
import Testing

@testable import Identity
@testable import Server

/// The rules of docs/rules/retention.md.
@Suite struct OwnDataTests {
    private func withHouse(_ engine: TestEngine, _ body: @Sendable (TestHouse) async throws -> Void) async throws {
        try await engine.withDatabase(Rooms.migrations) { database in
            try await body(TestHouse(database: database, rooms: LoadedHouse.rooms).withAdministrator())
        }
    }

    /// Names of columns that hold a person of the network, wherever they stand.
    private static let telling: Set<String> = [
        "person_id", "email_key", "to_address", "to_name", "by_whom", "who", "given_by", "ended_by", "invited_by", "decided_by",
        "passphrase",
    ]
    /// Tables whose names and addresses are of settings, hubs and files, not of people of the network.
    private static let others: Set<String> = [
        "setting", "registration", "hub", "ward", "authority", "scheme", "plan", "area", "upload", "load", "migration", "register_place",
        "load_change", "setting_draft", "picture",
    ]

    @Test("A column that names a person stands in a holding, with how it is told and forgotten", arguments: TestEngine.all)
    func everyPersonColumnIsHeld(engine: TestEngine) async throws {
        try await withHouse(engine) { house in
            let tables = try await house.tools.database.read { try $0.tables().map { ($0.name, $0.columns.map(\.name)) } }
            let held = Dictionary(Rooms.holdings.map { ($0.table, Set($0.columns)) }, uniquingKeysWith: { $0.union($1) })
            for (table, columns) in tables {
                for column in columns {
                    let isTelling =
                        Self.telling.contains(column) || (["name", "email", "telephone"].contains(column) && !Self.others.contains(table))
                    if table == "api_token" && column == "name" { continue }
                    if isTelling { #expect(held[table]?.contains(column) == true, "\(table).\(column) is in no holding") }
                }
            }
            for (table, columns) in held {
                let there = try #require(tables.first { $0.0 == table }?.1, "\(table) is not a table")
                #expect(columns.isSubset(of: there), "\(table)")
            }
        }
    }

    @Test("Everything under a person's name is told to them and to nobody else", arguments: TestEngine.all)
    func tellsAll(engine: TestEngine) async throws {
        try await withHouse(engine) { house in
            try await PeopleDesk.add(name: "Yasmin Begum", email: "yasmin@example.org", isAdministrator: false, house.tools)
            _ = try await house.asStranger.post("/sign-in/link", "email=yasmin%40example.org")
            var yasmin = house
            yasmin.cookie = try await house.tools.signedInCookie(email: "yasmin@example.org")
            _ = try await yasmin.post("/account/mail", "wish=weekly")
            let page = try await yasmin.get("/account/data")
            let file = try await yasmin.get("/account/data.json")
            #expect(page.status == 200 && file.status == 200)
            for known in ["Yasmin Begum", "yasmin@example.org"] {
                #expect(page.text.contains(known) && file.text.contains(known), "\(known)")
            }
            // The file has the codes for programs, the page words for people.
            for code in ["sign-in-link", "identity.mail-wish.changed"] {
                #expect(file.text.contains("\"\(code)\"") && !page.text.contains(code), "\(code)")
            }
            for words in ["once a week, on Monday at 8am", "Link to sign in", "Chose when to get notices", "Somebody else"] {
                #expect(page.text.contains(words), "\(words)")
            }
            #expect(!file.text.contains("ada@example.org") && !file.text.contains("scrypt"))
            #expect(try await yasmin.get("/staff/people/x/forget").status == 403)
        }
    }

    @Test("The words of letters are theirs to take along, but for those that open a door", arguments: TestEngine.all)
    func letters(engine: TestEngine) async throws {
        try await withHouse(engine) { house in
            try await PeopleDesk.add(name: "Yasmin Begum", email: "yasmin@example.org", isAdministrator: false, house.tools)
            var yasmin = house
            yasmin.cookie = try await house.tools.signedInCookie(email: "yasmin@example.org")
            _ = try await house.asStranger.post("/sign-in/link", "email=yasmin%40example.org")
            let id = try await house.tools.database.read {
                try $0.first("select id from person where email_key = 'yasmin@example.org'")?.text("id") ?? ""
            }
            _ = try await house.post("/staff/people/\(id)/correct", "name=Yasmin+Bloom&email=yasmin%40example.org&sure=yes")
            let file = try await yasmin.get("/account/data.json").text
            #expect(file.contains("corrected your name. This is how others see it now: Yasmin Bloom"))
            #expect(!file.contains("/sign-in/open/"))
        }
    }

    @Test("Another format asked for without signing in, from their address, is told and forgotten too", arguments: TestEngine.all)
    func asksWithoutSigningIn(engine: TestEngine) async throws {
        try await withHouse(engine) { house in
            try await PlacedSettings.make(house.tools)
            try await PeopleDesk.add(name: "Yasmin Begum", email: "yasmin@example.org", isAdministrator: false, house.tools)
            try await house.tools.database.write { session in
                for (id, email, decided) in [("f1", "Yasmin@Example.org", nil as String?), ("f2", "other@example.org", "yasmin")] {
                    let me = try session.first("select id from person where email_key = 'yasmin@example.org'")?.text("id") ?? ""
                    try session.run(
                        """
                        insert into format_request (id, hub_id, what, format, name, email, telephone, asked_at, asked_day, due_day,
                            is_due_certain, decided_by)
                        values (\(id), 'h1', \("Page \(id)"), 'braille', \("Name \(id)"), \(email), '020 7946 0001', \(TestEngine.clock.now),
                            '2026-11-22', '2026-12-01', 1, \(decided.map { _ in "person:\(me)" }))
                        """)
                }
            }
            var yasmin = house
            yasmin.cookie = try await house.tools.signedInCookie(email: "yasmin@example.org")
            let file = try await yasmin.get("/account/data.json").text
            #expect(file.contains("Name f1") && file.contains("Page f2") && !file.contains("Name f2"))
            let id = try await house.tools.database.read {
                try $0.first("select id from person where email_key = 'yasmin@example.org'")?.text("id") ?? ""
            }
            #expect(try await house.post("/staff/people/\(id)/forget", "").status == 303)
            let left = try await house.tools.database.read {
                try $0.all("select name, coalesce(email, '-') as email from format_request order by id").map {
                    [$0.text("name"), $0.text("email")]
                }
            }
            #expect(left == [["", "-"], ["Name f2", "other@example.org"]])
        }
    }

    @Test("Of letters to somebody forgotten the page of mail says so, and has no link without words", arguments: TestEngine.all)
    func forgottenLetters(engine: TestEngine) async throws {
        try await withHouse(engine) { house in
            try await PeopleDesk.add(name: "Yasmin Begum", email: "yasmin@example.org", isAdministrator: false, house.tools)
            _ = try await house.asStranger.post("/sign-in/link", "email=yasmin%40example.org")
            let id = try await house.tools.database.write { session in
                try session.run("update outbox set state = 'sent', sent_at = \(TestEngine.clock.now)")
                return try session.first("select id from person where email_key = 'yasmin@example.org'")?.text("id") ?? ""
            }
            let look = try await house.get("/staff/people/\(id)/forget").text
            #expect(look.contains("Where others wrote the name in their own words") && look.contains("backups made before"))
            #expect(try await house.post("/staff/people/\(id)/forget", "").status == 303)
            let list = try await house.get("/staff/mail").text
            #expect(list.contains("A letter to somebody forgotten") && !list.contains("<bdi></bdi></a>"))
            let path = try #require(list.firstMatch(of: /\/staff\/mail\/[0-9a-z-]{20,}/)).output
            let page = try await house.get(String(path))
            #expect(page.status == 200 && page.text.contains("somebody who was forgotten since"))
        }
    }

    @Test("A forgotten person leaves no name and no way in; what they did stays by number", arguments: TestEngine.all)
    func forgets(engine: TestEngine) async throws {
        try await withHouse(engine) { house in
            try await PeopleDesk.add(name: "Yasmin Begum", email: "yasmin@example.org", isAdministrator: true, house.tools)
            _ = try await house.asStranger.post("/sign-in/link", "email=yasmin%40example.org")
            var yasmin = house
            yasmin.cookie = try await house.tools.signedInCookie(email: "yasmin@example.org")
            #expect(try await yasmin.post("/account/mail", "wish=weekly").status == 303)
            let id = try await house.tools.database.read {
                try $0.first("select id from person where email_key = 'yasmin@example.org'")?.text("id") ?? ""
            }
            let look = try await house.get("/staff/people/\(id)/forget")
            #expect(look.status == 200 && look.text.contains("Forget Yasmin Begum?"))
            #expect(try await house.post("/staff/people/\(id)/forget", "").status == 303)

            #expect(try await yasmin.get("/account").status == 303)
            let dump = try await house.tools.database.read { session in
                try session.tables().map { table -> String in
                    var text = ""
                    try session.each(rowOf: table) { text += $0.map { $0.text ?? "" }.joined(separator: " ") + "\n" }
                    return text
                }.joined()
            }
            #expect(!dump.lowercased().contains("yasmin"))
            let wrote = try await house.tools.database.read { try $0.count("select count(*) from audit where who = \("person:\(id)")") }
            #expect(wrote > 0)
            #expect(try await house.get("/staff/people/\(id)/forget").status == 404)
            // The one who is left stays.
            let ada = try await house.tools.database.read {
                try $0.first("select id from person where email_key = 'ada@example.org'")?.text("id") ?? ""
            }
            #expect(try await house.post("/staff/people/\(ada)/forget", "").status == 400)
        }
    }
}
