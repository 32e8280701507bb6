import Civil
import House
import Page
import Store
import StoreTestKit
import Testing

@testable import Identity
@testable import Server

/// What happened, as whoever may see it reads it.
@Suite struct TrailTests {
    private func withHouse(_ engine: TestEngine, _ body: @Sendable (_ admin: TestHouse, _ lead: TestHouse) async throws -> Void)
        async throws
    {
        try await engine.withDatabase(Rooms.migrations) { database in
            let house = try await TestHouse(database: database, rooms: LoadedHouse.rooms).withAdministrator()
            try await PlacedSettings.make(house.tools)
            try await body(house, try await house.signedIn("lead@example.org", RoleGrant(.hubLead, hub: "h1")))
        }
    }

    private func id(_ email: String, _ house: TestHouse) async throws -> String {
        try await house.tools.database.read { try $0.first("select id from person where email = \(email)")?.text("id") ?? "" }
    }

    private let typed = "name=Larkspur+Nursery&address=1+Elm+Road&town=&postcode=&places=20&telephone=020+7946+0001&email=&website="

    @Test("Entries say in plain words who did what to which record, and what it was and is", arguments: TestEngine.all)
    func plainWords(engine: TestEngine) async throws {
        try await withHouse(engine) { admin, lead in
            let manager = try await lead.signedIn("manager@example.org", RoleGrant(.manager, hub: "h1", setting: "s1"))
            #expect(try await manager.post("/own/s1/edit", typed).status == 303)
            let page = try await lead.get("/staff/audit").text
            #expect(page.contains("Corrected the telephone of a setting"))
            #expect(page.contains("href=\"/staff/settings/s1\"><bdi>Larkspur Nursery</bdi>"))
            #expect(page.contains("Telephone:") && page.contains("nothing") && page.contains("020 7946 0001"))
            #expect(page.contains("Gave a role") && page.contains("Setting manager, hub-one, Larkspur Nursery"))
            #expect(!page.contains("identity.role.given") && !page.contains("directory.setting") && !page.contains("setting:s1<"))
            // An administrator's role is of no hub, and theirs to see.
            let all = try await admin.get("/staff/audit").text
            #expect(all.contains("<bdi>Administrator</bdi>") && all.contains("The command line"))
        }
    }

    @Test("The trail is narrowed by person, words, kind of record and days, each on its own and together", arguments: TestEngine.all)
    func narrows(engine: TestEngine) async throws {
        try await withHouse(engine) { admin, lead in
            _ = try await lead.post("/staff/hubs/hub-one/changes", "changes=wait")
            _ = try await admin.tools.database.write { session in
                for (id, at) in [("early", "2026-06-30T22:59:59Z"), ("first", "2026-06-30T23:00:00Z"), ("last", "2026-07-01T22:59:59Z")] {
                    try session.run(
                        """
                        insert into audit (id, at, who, action, subject, hub_id)
                        values (\(id), \(at), 'house', 'directory.setting.added', 'setting:s2', 'h1')
                        """)
                }
            }
            func ids(_ query: String) async throws -> Set<String> {
                let page = try await admin.get("/staff/audit?\(query)")
                #expect(page.status == 200)
                return Set(page.text.matches(of: /<th scope="row"><a href="\/staff\/audit\/([^"]+)"/).map { String($0.output.1) })
            }
            // A day is a day in England: in July it begins an hour before midnight UTC.
            #expect(try await ids("from=2026-07-01&to=2026-07-01") == ["first", "last"])
            #expect(try await ids("day=2026-07-01") == ["first", "last"])
            #expect(try await ids("to=2026-06-30").contains("early"))
            #expect(try await ids("q=added+setting") == ["early", "first", "last"])
            #expect(try await ids("kind=setting") == ["early", "first", "last"])
            #expect(try await ids("kind=setting&from=2026-07-01") == ["first", "last"])
            let wish = try await ids("q=changes+wait")
            #expect(wish.count == 1)
            #expect(try await ids("q=changes+wait&who=LEAD%40example.org") == wish)
            #expect(try await ids("q=changes+wait&who=lead") == wish)
            #expect(try await ids("kind=hub&who=lead") == wish)
            #expect(try await ids("q=changes+wait&who=ada").isEmpty)
            #expect(try await ids("who=nobody%40example.org").isEmpty)
            #expect(try await ids("q=zebra").isEmpty)
            #expect(try await ids("kind=zebra").isEmpty)
            let person = try await id("lead@example.org", admin)
            #expect(try await ids("by=person%3A\(person)") == wish)
            // Days are typed as people write them; one that is none is said.
            #expect(try await ids("from=1+July+2026&to=1/7/2026") == ["first", "last"])
            let wrong = try await admin.get("/staff/audit?from=next+week")
            #expect(wrong.status == 422 && wrong.text.contains("next week"))
            let csv = try await admin.get("/staff/audit.csv?q=changes+wait").text.split(separator: "\r\n")
            #expect(csv.count == 2)
            #expect(csv.last?.contains("directory.hub.wish") == true && csv.last?.contains("the team looks first") == true)
        }
    }

    @Test("Each entry has a page of its own, for whoever may see the entry", arguments: TestEngine.all)
    func oneEntry(engine: TestEngine) async throws {
        try await withHouse(engine) { admin, lead in
            _ = try await lead.post("/staff/hubs/hub-one/changes", "changes=wait")
            let entry = try await admin.tools.database.read {
                try $0.first("select id from audit where action = 'directory.hub.wish'")?.text("id") ?? ""
            }
            let page = try await lead.get("/staff/audit/\(entry)")
            #expect(page.status == 200 && page.text.contains("Changed whether settings’ changes wait for the team"))
            #expect(page.text.contains("they stand at once") && page.text.contains("directory.hub.wish"))
            let other = try await lead.signedIn("other@example.org", RoleGrant(.hubLead, hub: "h2"))
            #expect(try await other.get("/staff/audit/\(entry)").status == 404)
            #expect(try await admin.get("/staff/audit/\(entry)").status == 200)
            #expect(try await admin.get("/staff/audit/none").status == 404)
        }
    }

    @Test("What a token for a program may do is said in words", arguments: TestEngine.all)
    func tokensInWords(engine: TestEngine) async throws {
        try await withHouse(engine) { admin, _ in
            _ = try await admin.tools.database.write { session in
                try session.run(
                    """
                    insert into audit (id, at, who, action, subject, after)
                    values ('made', '2025-01-01T00:00:00Z', 'house', 'identity.token.made', 'token:t', 'identity.audit.see identity.mail.see')
                    """)
            }
            let page = try await admin.get("/staff/audit?to=2025-02-01").text
            let words = try ["identity.audit.see", "identity.mail.see"].map { code in
                try #require(Rooms.deeds.first { $0.code == code }).words
            }
            #expect(page.contains(HTML(text: words.joined(separator: "; ")).string) && !page.contains("identity.audit.see"))
        }
    }

    @Test("Long words are folded, and somebody forgotten has no name", arguments: TestEngine.all)
    func foldsAndForgets(engine: TestEngine) async throws {
        try await withHouse(engine) { admin, _ in
            let gone = try await admin.signedIn("gone@example.org", RoleGrant(.mentor, hub: "h1"))
            _ = try await gone.post("/account/mail", "wish=daily")
            let person = try await id("gone@example.org", admin)
            let before = try await admin.get("/staff/audit?by=person%3A\(person)").text
            #expect(before.contains("<bdi>A Mentor</bdi>") && before.contains("Chose when to get notices"))
            #expect(try await admin.post("/staff/people/\(person)/forget", "").status == 303)
            let after = try await admin.get("/staff/audit?by=person%3A\(person)").text
            #expect(after.contains("Somebody forgotten") && !after.contains("<bdi>A Mentor</bdi>"))
            let long = String(repeating: "many words ", count: 40)
            _ = try await admin.tools.database.write { session in
                try session.run(
                    """
                    insert into audit (id, at, who, action, subject, after)
                    values ('long', '2025-01-01T00:00:00Z', 'house', 'directory.hub.changed', 'hub:h1', \(long))
                    """)
            }
            let folded = try await admin.get("/staff/audit?to=2025-02-01").text
            #expect(folded.contains("<summary>many words") && folded.contains("…</summary>"))
        }
    }

    @Test("Of several hubs the newest come first whichever they are of, page by page and whole as a spreadsheet", arguments: TestEngine.all)
    func severalHubs(engine: TestEngine) async throws {
        try await withHouse(engine) { admin, _ in
            let both = try await admin.signedIn("both@example.org", RoleGrant(.hubLead, hub: "h1"))
            _ = try await admin.signedIn("both@example.org", RoleGrant(.hubLead, hub: "h2"))
            // More than one piece of the spreadsheet, many of one moment, the hubs by turns and one that is not theirs.
            let amount = 2 * TrailSheet.piece + 7
            let hubs = ["h1", "h2", "h2", "other"]
            let start = try #require(Instant(iso: "2024-01-01T00:00:00Z"))
            _ = try await admin.tools.database.write { session in
                for number in 0..<amount {
                    let id = String(10_000 + number)
                    try session.run(
                        """
                        insert into audit (id, at, who, action, subject, after, hub_id) values (\("n\(id)"), \(start.adding(seconds: number / 3 * 60)),
                            'house', 'directory.hub.changed', 'hub:h1', \("note \(id)"), \(hubs[number % 4]))
                        """)
                }
            }
            let theirs = (0..<amount).filter { $0 % 4 != 3 }.map { "n\(10_000 + $0)" }
            func ids(_ query: String) async throws -> [String] {
                try await both.get("/staff/audit?to=2025-01-01\(query)").text.matches(
                    of: /<th scope="row"><a href="\/staff\/audit\/([^"]+)"/
                ).map { String($0.output.1) }
            }
            let newest = Array(theirs.reversed())
            #expect(try await ids("") == Array(newest.prefix(TrailSearch.size)))
            #expect(try await ids("&page=3") == Array(newest.dropFirst(2 * TrailSearch.size).prefix(TrailSearch.size)))
            let pages = (newest.count + TrailSearch.size - 1) / TrailSearch.size
            #expect(try await ids("&page=\(pages)") == Array(newest.dropFirst((pages - 1) * TrailSearch.size)))
            #expect(try await ids("&hub=h1") == newest.filter { (Int($0.dropFirst()) ?? 0) % 4 == 0 }.prefix(TrailSearch.size).map { $0 })
            #expect(try await ids("&hub=other").isEmpty)
            #expect(try await ids("&by=house") == Array(newest.prefix(TrailSearch.size)))
            #expect(try await both.get("/staff/audit?to=2025-01-01").text.contains(grouped(newest.count)))
            for (asker, expected) in [(both, theirs), (admin, (0..<amount).map { "n\(10_000 + $0)" })] {
                let csv = try await asker.get("/staff/audit.csv?to=2025-01-01")
                let notes = csv.text.split(separator: "\r\n").dropFirst().map {
                    $0.split(separator: ",", omittingEmptySubsequences: false)[5]
                }
                #expect(notes == expected.map { "note \($0.dropFirst())" })
            }
        }
    }

    @Test("A page of the trail asks for the names of all its records with one look for each kind", arguments: TestEngine.all)
    func fewStatements(engine: TestEngine) async throws {
        try await withHouse(engine) { admin, _ in
            let counted = CountedDatabase(admin.tools.database)
            var house = try TestHouse(database: counted, rooms: LoadedHouse.rooms)
            house.cookie = admin.cookie
            let asked = house
            func statements() async throws -> Int {
                try await counted.counting {
                    let page = try await asked.get("/staff/audit")
                    #expect(page.status == 200)
                }
            }
            _ = try await statements()
            let few = try await statements()
            _ = try await admin.tools.database.write { session in
                for number in 0..<40 {
                    try session.run(
                        """
                        insert into audit (id, at, who, action, subject) values (\("n\(number)"), '2025-01-01T00:00:00Z', \("person:p\(number)"),
                            'directory.setting.added', \("setting:s\(number)"))
                        """)
                }
            }
            let many = try await statements()
            // The forty are settings, of which there were none: that one look more is all they cost.
            #expect(many == few + 1, "\(few), \(many)")
        }
    }

    @Test("People lists and records lead whoever may see the trail to what was written about them", arguments: TestEngine.all)
    func oneClickAway(engine: TestEngine) async throws {
        try await withHouse(engine) { admin, lead in
            let person = try await id("lead@example.org", admin)
            let link = "href=\"/staff/audit?subject=person%3A\(person)\""
            #expect(try await admin.get("/staff/people").text.contains(link))
            #expect(try await lead.get("/staff/people").text.contains(link))
            #expect(try await lead.get("/staff/settings/s1").text.contains("/staff/audit?subject=setting%3As1"))
            let coordinator = try await lead.signedIn("adviser@example.org", RoleGrant(.adviser, hub: "h1"))
            #expect(try await !coordinator.get("/staff/people").text.contains("/staff/audit"))
            let about = try await lead.get("/staff/audit?subject=person%3A\(person)").text
            #expect(about.contains("Gave a role") && about.contains("What they wrote themselves"))
        }
    }
}
