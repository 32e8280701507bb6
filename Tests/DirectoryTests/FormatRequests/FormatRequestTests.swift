import Civil
import House
import Store
import StoreTestKit
import TestKit
import Testing

@testable import Directory

/// The rules of docs/rules/format-requests.md, through the room's own routes.
@Suite struct FormatRequestTests {
    private static let wish: [(String, String)] = [
        ("hub", "fern-hub"), ("what", "The directory of Alder"), ("format", "large-print"), ("name", "Aisha Example"),
        ("telephone", "020 7946 0123"),
    ]

    /// An open hub, asked on Sunday 22 November 2026.
    private func withHub(_ engine: TestEngine, _ body: @Sendable (AreaFixture, AreaVisit, Hub) async throws -> Void) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let fixture = AreaFixture(database)
            try await fixture.lay(columns: 1, rows: 1)
            let hub = try await fixture.hub()
            let tools = fixture.tools
            try await database.write { try Opening.set(hub, isOpen: true, $0, tools) }
            try await body(fixture, AreaVisit(room: fixture.room), hub)
        }
    }

    private func later(_ days: Int, _ fixture: AreaFixture) -> AreaVisit {
        let now = fixture.tools.clock.now.adding(seconds: days * 86_400)
        return AreaVisit(room: AreaFixture(fixture.tools.database, today: now).room)
    }

    @Test(
        "Anybody asks and is told the day; the hub lead sees it on the first page, overdue once the day has gone", arguments: TestEngine.all
    )
    func asksAndIsSeen(engine: TestEngine) async throws {
        try await withHub(engine) { fixture, visit, _ in
            let stranger = TestHouse(fixture.tools.database)
            let page = try await stranger.page("/accessible-formats?hub=fern-hub&about=Alder%20%26%20Co")
            #expect(page.contains("Alder &amp; Co") && page.contains("tel:999"))
            let sent = try await stranger.post("/accessible-formats", Self.wish)
            #expect(sent.status == 303)
            let thanks = try await stranger.page(try #require(sent.location))
            #expect(thanks.contains("by the end of Friday 27 November 2026"))

            #expect(try await visit.get("/staff/formats").holds("The directory of Alder"))
            let today = try await visit.get("/staff")
            #expect(today.holds("One person waits for something in another format: Fern Hub") && !today.holds("overdue"))
            #expect(try await later(5, fixture).get("/staff").holds("Due today"))
            let late = later(8, fixture)
            #expect(try await late.get("/staff").holds("1 overdue"))
            #expect(try await late.get("/staff/formats").holds("1 working day late"))
        }
    }

    @Test("The first due stands first, whichever was asked first", arguments: TestEngine.all)
    func listsTheFirstDueFirst(engine: TestEngine) async throws {
        try await withHub(engine) { fixture, visit, _ in
            for (days, what) in [(9, "Third"), (0, "First"), (4, "Second")] {
                let form = Self.wish.map { $0.0 == "what" ? ("what", what) : $0 }
                #expect(try await later(days, fixture).post("/accessible-formats", form).status == 303)
            }
            let list = try await later(9, fixture).get("/staff/formats").text
            let places = ["First", "Second", "Third"].compactMap { list.firstRange(of: "<bdi>\($0)")?.lowerBound }
            #expect(places.count == 3 && places == places.sorted())
        }
    }

    @Test("An answer is written down, can be taken back, and both are in the trail without a name", arguments: TestEngine.all)
    func isAnswered(engine: TestEngine) async throws {
        try await withHub(engine) { fixture, visit, hub in
            _ = try await visit.post("/accessible-formats", Self.wish)
            let path = try #require(
                try await visit.get("/staff/formats").text.firstMatch(of: /href="(\/staff\/hubs\/fern-hub\/formats\/[^"]+)"/)
            ).output.1
            let page = try await visit.get(String(path))
            #expect(page.holds("Aisha Example") && page.holds("tel:02079460123") && page.holds("Friday 27 November 2026"))
            let empty = try await visit.post(String(path), [("answer", " ")])
            #expect(empty.status == 422 && empty.holds("Say in a few words"))
            #expect(try await visit.postAndFollow(String(path), [("answer", "Posted in 18 point")]).holds("Posted in 18 point"))
            #expect(try await visit.get("/staff/formats").holds("Nobody is waiting"))
            #expect(try await visit.get("/staff/formats?show=answered").holds("The directory of Alder"))
            #expect(try await visit.post(String(path), [("answer", "Again")]).status == 409)
            #expect(try await visit.postAndFollow(String(path), [("do", "reopen")]).holds("waits for an answer again"))
            let trail = try await fixture.tools.database.read { session in
                try session.all("select action, before, after from audit where action like 'directory.format.%' order by id")
                    .map { "\($0.text("action")) \($0.text("before")) \($0.text("after"))" }
            }
            #expect(trail.count == 3 && trail[1].contains("waiting, due 2026-11-27 answered 2026-11-22"))
            #expect(!trail.joined().contains("Aisha") && !trail.joined().contains("7946"))
            #expect(try await visit.get("/staff/hubs/elsewhere/formats/\(path.split(separator: "/").last ?? "")").status == 404)
        }
    }

    @Test("What is missing is said under its field, and nothing typed is lost", arguments: TestEngine.all)
    func refusesWithWords(engine: TestEngine) async throws {
        try await withHub(engine) { fixture, visit, _ in
            let nothing = try await visit.post("/accessible-formats", [])
            #expect(nothing.status == 422)
            for words in [
                "Choose the hub", "Say which page", "Choose the format", "Write your name", "one of e-mail, telephone or address",
            ] {
                #expect(nothing.holds(words), "\(words)")
            }
            let language = try await visit.post("/accessible-formats", Self.wish.map { $0.0 == "format" ? ("format", "language") : $0 })
            #expect(language.status == 422 && language.holds("Say which language") && language.holds("Aisha Example"))
            #expect(try await fixture.tools.database.read { try $0.count("select count(*) from format_request") } == 0)
        }
    }

    @Test("A flood is stopped, and people of another hub are not stopped with it", arguments: TestEngine.all)
    func stopsFloods(engine: TestEngine) async throws {
        try await withHub(engine) { fixture, visit, hub in
            let tools = fixture.tools
            let other = try await fixture.hub("Other Hub")
            try await tools.database.write { try Opening.set(other, isOpen: true, $0, tools) }
            for _ in 0..<FormatRequest.mostInAnHour { #expect(try await visit.post("/accessible-formats", Self.wish).status == 303) }
            #expect(try await visit.post("/accessible-formats", Self.wish).status == 429)
            let elsewhere = Self.wish.map { $0.0 == "hub" ? ("hub", "other-hub") : $0 }
            #expect(try await visit.post("/accessible-formats", elsewhere).status == 303)
            #expect(try await later(1, fixture).post("/accessible-formats", Self.wish).status == 303)
        }
    }

    @Test("Who asked is forgotten a year after the answer, or when they wish; that they asked stays", arguments: TestEngine.all)
    func forgetsWhoAsked(engine: TestEngine) async throws {
        try await withHub(engine) { fixture, visit, _ in
            for _ in 0..<2 { _ = try await visit.post("/accessible-formats", Self.wish) }
            let paths = try await visit.get("/staff/formats").text.matches(of: /href="(\/staff\/hubs\/fern-hub\/formats\/[^"]+)"/).map {
                String($0.output.1)
            }
            try #require(paths.count == 2)
            _ = try await visit.postAndFollow(paths[0], [("answer", "Posted")])
            #expect(try await visit.get("\(paths[1])/forget").holds("They have had no answer yet"))
            #expect(try await visit.postAndFollow("\(paths[1])/forget", []).holds("Forgotten on"))
            #expect(try await visit.get(paths[0]).holds("Aisha"))
            for (days, isKept) in [(FormatRequest.keptDays - 1, true), (FormatRequest.keptDays + 1, false)] {
                _ = try await later(days, fixture).post("/accessible-formats", Self.wish)
                #expect(try await visit.get(paths[0]).holds("Aisha") == isKept, "after \(days) days")
            }
            let left = try await fixture.tools.database.read {
                try $0.count("select count(*) from format_request where cleared_at is not null and name = ''")
            }
            #expect(left == 2)
        }
    }

    @Test("A hub that is not open cannot be asked by strangers; with none open nobody is asked for anything", arguments: TestEngine.all)
    func closedHubsAreNotAsked(engine: TestEngine) async throws {
        try await withHub(engine) { fixture, _, hub in
            let tools = fixture.tools
            try await tools.database.write { try Opening.set(hub, isOpen: false, $0, tools) }
            let stranger = TestHouse(fixture.tools.database)
            #expect(try await stranger.page("/accessible-formats?hub=fern-hub").contains("No hub is open here yet"))
            #expect(try await stranger.post("/accessible-formats", Self.wish).status == 422)
        }
    }

    @Test("The page says where the bank holidays end, before and beyond their last day", arguments: TestEngine.all)
    func saysWhereKnowledgeEnds(engine: TestEngine) async throws {
        try await withHub(engine) { fixture, _, _ in
            let days = fixture.tools.clock.today.days(to: BankHolidays.england.last)
            let visit = later(days - 2, fixture)
            let thanks = try await visit.postAndFollow("/accessible-formats", Self.wish)
            #expect(thanks.holds("are not known to this program yet"))
            let list = try await visit.get("/staff/formats")
            #expect(list.holds("Bank holidays not known") && list.holds("Bank holidays are known to this program until 31 December 2027"))
        }
    }
}
