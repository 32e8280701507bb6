import Civil
import House
import Store
import StoreTestKit
import Testing

@testable import Identity
@testable import Server

/// The controller's own periods (docs/rules/retention.md), through the pages.
@Suite struct RetentionPageTests {
    private static let now = TestEngine.clock.now
    private static let day = 86_400

    private func withHouse(_ engine: TestEngine, _ body: @Sendable (TestHouse) async throws -> Void) async throws {
        try await engine.withDatabase(Rooms.migrations) { database in
            let house = try await TestHouse(database: database, rooms: LoadedHouse.rooms).withAdministrator()
            // Sign-ins that ended so many days ago.
            try await database.write { session in
                for days in [10, 20, 20, 40] {
                    let ended = Self.now.adding(seconds: -days * Self.day)
                    let id = house.tools.ids.next()
                    try session.run(
                        """
                        insert into session (id, cookie_hash, person_id, device, is_shared, created_at, seen_at, ended_at)
                        select \(id), \(id), id, 'A browser', 0, \(ended), \(ended), \(ended) from person
                        """)
                }
            }
            try await body(house)
        }
    }

    private static func clearing(_ database: any Database, after days: Int = 0, step: Int = 200) -> Clearing {
        let clock = Clock.fixed(now.adding(seconds: days * day))
        let tools = Tools(database: database, clock: clock, ids: .random(clock: clock), site: Site(name: "Test hub", doors: []))
        let room = LoadedHouse.rooms(tools).compactMap { $0 as? Identity }.first
        return Clearing(tools: tools.serving(.house), rules: (room?.allRetention ?? []).filter { $0.code == "sessions" }, step: step)
    }

    private func ended(_ house: TestHouse) async throws -> Int {
        try await house.tools.database.read { try $0.count("select count(*) from session where ended_at is not null") }
    }

    private func trail(_ house: TestHouse) async throws -> [String] {
        try await house.tools.database.read { session in
            try session.all("select who, subject, before, after from audit where action = 'identity.retention.changed' order by id").map {
                "\($0.text("subject")): \($0.text("before")) → \($0.text("after"))"
            }
        }
    }

    @Test("A period is looked at, chosen, kept to, written down, marked, and taken back", arguments: TestEngine.all)
    func changes(engine: TestEngine) async throws {
        try await withHouse(engine) { house in
            let path = "/staff/clearing/sessions"
            let list = try await house.get("/staff/clearing").text
            #expect(list.contains("href=\"\(path)\"") && !list.contains("Standard:"))
            let page = try await house.get(path)
            #expect(page.status == 200 && page.text.contains("14 to 365 days") && !page.text.contains("instead of"))

            // 40 days old is the one that goes as it is; the two of 20 days go with it under the shorter period.
            let preview = try await house.get("\(path)?keep=14")
            #expect(preview.status == 200 && preview.text.contains("Keep it for 14 days instead of 30 days?"))
            #expect(preview.text.contains("3 things would go") && preview.text.contains("as it is now, 1."))
            #expect(preview.text.contains("cannot be brought back"))
            let before = try await trail(house)
            #expect(before.isEmpty)

            let saved = try await house.post(path, "keep=14&was=30")
            #expect(saved.status == 303 && saved.header("Location") == "/staff/clearing?done=changed&rule=sessions")
            let after = try await house.get("/staff/clearing?done=changed&rule=sessions").text
            #expect(after.contains("Saved: kept for 14 days.") && after.contains("Standard: 30 days"))
            let written = try await trail(house)
            #expect(written == ["retention:sessions: 30 days → 14 days"])

            try await Self.clearing(house.tools.database).runIfDue()
            let left = try await ended(house)
            #expect(left == 1)

            // Back to the standard: nothing differs any more.
            let back = try await house.get(path).text
            #expect(back.contains("href=\"\(path)?keep=30\""))
            let restored = try await house.post(path, "keep=30&was=14")
            #expect(restored.status == 303)
            let rows = try await house.tools.database.read { try $0.count("select count(*) from retention_choice") }
            let end = try await house.get("/staff/clearing").text
            let all = try await trail(house)
            #expect(rows == 0 && !end.contains("Standard:"))
            #expect(all == ["retention:sessions: 30 days → 14 days", "retention:sessions: 14 days → 30 days"])
        }
    }

    @Test("Nothing outside the bounds is taken, and what is fixed stays", arguments: TestEngine.all)
    func bounds(engine: TestEngine) async throws {
        try await withHouse(engine) { house in
            for keep in ["0", "13", "366", "-30", "", "x", "1e2", "30;drop", "99999999999999999999", "%00", "14.5"] {
                let answer = try await house.post("/staff/clearing/sessions", "keep=\(keep)&was=30")
                #expect([400, 422].contains(answer.status), "\(keep) \(answer.status)")
                if keep != "%00" {
                    let looked = try await house.get("/staff/clearing/sessions?keep=\(keep)")
                    #expect(looked.status == 422 && looked.text.contains("Problem:"), "\(keep)")
                }
            }
            // The trail itself: at least a year, at most seven.
            for (keep, status) in [("0", 422), ("8", 422), ("1", 303)] {
                let answer = try await house.post("/staff/clearing/audit", "keep=\(keep)&was=6")
                #expect(answer.status == status, "\(keep)")
            }
            let fixed = try await house.get("/staff/clearing/survey-threads?keep=3")
            #expect(fixed.status == 200 && fixed.text.contains("Why it is not changed") && !fixed.text.contains("See what would go"))
            #expect(try await house.post("/staff/clearing/survey-threads", "keep=3&was=0").status == 400)
            #expect(try await house.post("/staff/clearing/sessions", "keep=60").status == 400)
            #expect(try await house.get("/staff/clearing/nothing").status == 404)
            #expect(try await house.post("/staff/clearing/nothing", "keep=3&was=3").status == 404)
            let written = try await trail(house)
            #expect(written == ["retention:audit: 6 years → 1 year"])
        }
    }

    @Test("Of two administrators at once the second is told, and nothing of theirs is done", arguments: TestEngine.all)
    func twoAtOnce(engine: TestEngine) async throws {
        try await withHouse(engine) { first in
            try await PeopleDesk.add(name: "Ben Adeyemi", email: "ben@example.org", isAdministrator: true, first.tools)
            var second = first
            second.cookie = try await first.tools.signedInCookie(email: "ben@example.org")
            let path = "/staff/clearing/people"
            #expect(try await second.get("\(path)?keep=1").text.contains("name=\"was\" value=\"2\""))
            #expect(try await first.post(path, "keep=4&was=2").status == 303)
            let told = try await second.post(path, "keep=1&was=2")
            #expect(
                told.status == 409 && told.text.contains("somebody else changed it meanwhile") && told.text.contains("kept for 4 years now")
            )
            // What they wished is there to be looked at anew, over what holds now.
            #expect(told.text.contains("Keep it for 1 year instead of 4 years?") && told.text.contains("name=\"was\" value=\"4\""))
            let written = try await trail(first)
            #expect(written == ["retention:people: 2 years → 4 years"])
        }
    }

    @Test("A change holds from the next step of a clearing that is under way", arguments: TestEngine.all)
    func holdsAtOnce(engine: TestEngine) async throws {
        try await withHouse(engine) { house in
            let database = house.tools.database
            #expect(try await house.post("/staff/clearing/sessions", "keep=14&was=30").status == 303)
            // Looks, takes one of three, and dies.
            do {
                try await Self.clearing(DyingDatabase(database, after: 1), step: 1).runIfDue()
                Issue.record("It did not die.")
            } catch is DyingDatabase.Died {}
            let midway = try await ended(house)
            #expect(midway == 3)
            #expect(try await house.post("/staff/clearing/sessions", "keep=365&was=14").status == 303)
            try await Self.clearing(database, step: 1).runIfDue()
            let end = try await ended(house)
            #expect(end == 3)
        }
    }

    @Test("What a later version no longer allows comes to the nearest bound; another unit means the standard", arguments: TestEngine.all)
    func laterVersions(engine: TestEngine) async throws {
        try await withHouse(engine) { house in
            let room = try #require(LoadedHouse.rooms(house.tools).compactMap { $0 as? Identity }.first)
            let periods = try await house.tools.database.write { session in
                for (rule, amount, unit) in [("audit", 99, "years"), ("sessions", 1, "days"), ("people", 90, "days"), ("gone", 3, "days")] {
                    try session.run(
                        "insert into retention_choice (rule, amount, unit, changed_at) values (\(rule), \(amount), \(unit), \(Self.now))")
                }
                return try RetentionChoices.applied(to: room.allRetention, session).map { ($0.code, $0.period.words) }
            }
            let known = Dictionary(periods, uniquingKeysWith: { first, _ in first })
            #expect(
                known["audit"] == "7 years" && known["sessions"] == "14 days" && known["people"] == "2 years"
                    && known["letters"] == "2 years")
        }
    }

    @Test("Every period lies within its bounds, and every bound says why")
    func boundsAreWhole() throws {
        let room = Self.clearing(try Databases.open("sqlite::memory:")).tools
        let rules = LoadedHouse.rooms(room).compactMap { $0 as? Identity }.first?.allRetention ?? []
        #expect(!rules.isEmpty)
        for rule in rules {
            #expect(rule.bounds.why.hasSuffix("."), "\(rule.code)")
            if rule.bounds.isFixed {
                #expect(rule.standard == .none, "\(rule.code)")
                #expect(!rule.kept(5).isChanged, "\(rule.code)")
            } else {
                let amount = try #require(rule.standard.amount, "\(rule.code)")
                #expect((rule.bounds.least...rule.bounds.most).contains(amount) && rule.bounds.least >= 1, "\(rule.code)")
            }
        }
    }
}
