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
            for known in ["Yasmin Begum", "yasmin@example.org", "weekly", "sign-in-link"] {
                #expect(page.text.contains(known) && file.text.contains(known), "\(known)")
            }
            #expect(!file.text.contains("ada@example.org") && !file.text.contains("scrypt"))
            #expect(try await yasmin.get("/staff/people/x/forget").status == 403)
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
