import Civil
import Directory
import House
import HubNetwork
import Store
import StoreTestKit
import Testing

@testable import Identity
@testable import Server

/// The rules of docs/rules/roll-out.md, through the pages.
@Suite struct RollOutTests {
    private static let base = "/staff/network/hub-one/rollout"
    private static let today = TestEngine.clock.today

    private func withHub(_ engine: TestEngine, _ body: @Sendable (_ lead: TestHouse) async throws -> Void) async throws {
        try await engine.withDatabase(Rooms.migrations) { database in
            let house = try TestHouse(database: database, rooms: LoadedHouse.rooms)
            try await PlacedSettings.make(house.tools)
            try await body(try await house.signedIn("lead@example.org", RoleGrant(.hubLead, hub: "h1")))
        }
    }

    private func typed(_ day: Day) -> String { day.medium.replacing(" ", with: "+") }

    /// Begins a plan so many days ago and returns its address.
    private func begin(_ lead: TestHouse, _ sample: String, daysAgo: Int = 0) async throws -> String {
        let start = typed(Self.today.adding(days: -daysAgo))
        let made = try await lead.post("\(Self.base)/new", "title=Our+plan&start=\(start)&sample=\(sample)")
        return String(try #require(made.header("Location")).prefix { $0 != "?" })
    }

    private struct Step {
        let id: String
        let title: String
        let area: String?
        let due: Day?
        let owner: String?
        let version: Int
    }

    private func steps(_ house: TestHouse) async throws -> [Step] {
        try await house.tools.database.read { session in
            try session.all("select * from rollout_step where removed_at is null order by position").map { row in
                Step(
                    id: row.text("id"), title: row.text("title"), area: row.textOrNil("area_name"), due: row.day("due_day"),
                    owner: row.textOrNil("owner_person"), version: row.int("version"))
            }
        }
    }

    private func person(_ email: String, _ house: TestHouse) async throws -> String {
        try #require(try await house.tools.database.read { try $0.first("select id from person where email_key = \(email)")?.text("id") })
    }

    @Test("Southampton’s thirteen steps get owners and days; what is late stands with its owner alone", arguments: TestEngine.all)
    func thirteenSteps(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            let plan = try await begin(lead, "thirteen-steps", daysAgo: 30)
            let adviser = try await lead.signedIn("adviser@example.org", RoleGrant(.adviser, hub: "h1"))
            let owner = try await person("adviser@example.org", lead)
            let steps = try await steps(lead)
            #expect(steps.count == 13 && steps.allSatisfy { $0.due != nil && $0.owner == nil })
            for step in steps {
                let due = typed(try #require(step.due))
                let form = "version=1&title=\(step.title.replacing(" ", with: "+"))&owner=\(owner)&due=\(due)"
                let saved = try await lead.post("\(plan)/steps/\(step.id)", form)
                #expect(saved.status == 303)
            }
            let owned = try await self.steps(lead)
            #expect(owned.map(\.due) == steps.map(\.due) && owned.allSatisfy { $0.owner == owner })
            let late = steps.count { ($0.due ?? Self.today) < Self.today }
            #expect(late > 0)
            let page = try await lead.get(plan).text
            #expect(page.contains("0 of 13 steps done, \(late) overdue") && page.contains("A Local authority adviser"))
            #expect(try await adviser.get("/staff").text.contains("of a roll-out \(late == 1 ? "is" : "are") overdue"))
            #expect(try await lead.get("/staff").text.contains("of a roll-out") == false)
            // Done today, then not after all.
            let first = "\(plan)/steps/\(steps[0].id)/done"
            _ = try await adviser.post(first, "do=do")
            #expect(try await lead.get(plan).text.contains("Done on \(Self.today.medium)"))
            _ = try await adviser.post(first, "do=undo")
            #expect(try await lead.get(plan).text.contains("0 of 13 steps done, \(late) overdue"))
            let paper = try await lead.get("\(plan)/print").text
            #expect(steps.allSatisfy { paper.contains($0.title) } && paper.contains("A Local authority adviser"))
        }
    }

    @Test("Telford’s stages stand once for every area, and the bar of each area shows its own", arguments: TestEngine.all)
    func localities(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            try await DividedHub.divide(lead, ["North", "East", "South", "West", "Middle"])
            let plan = try await begin(lead, "localities")
            let steps = try await steps(lead)
            let areas = Dictionary(grouping: steps.filter { $0.area != nil }, by: { $0.area ?? "" })
            #expect(areas.count == 5 && Set(areas.values.map(\.count)).count == 1)
            #expect(steps.contains { $0.area == nil })
            let page = try await lead.get(plan).text
            #expect(["North", "East", "South", "West", "Middle", "The whole hub"].allSatisfy { page.contains($0) })
        }
    }

    @Test("Steps move one place in their own part, go and come back, and a new one stands last", arguments: TestEngine.all)
    func order(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            let plan = try await begin(lead, "thirteen-steps")
            let before = try await steps(lead).map(\.title)
            let third = try await steps(lead)[2].id
            _ = try await lead.post("\(plan)/steps/\(third)/up", "")
            var expected = before
            expected.swapAt(1, 2)
            #expect(try await steps(lead).map(\.title) == expected)
            _ = try await lead.post("\(plan)/steps/\(third)/down", "")
            #expect(try await steps(lead).map(\.title) == before)
            let gone = try await lead.post("\(plan)/steps/\(third)/remove", "")
            #expect(try await lead.get(gone.header("Location") ?? "").text.contains("Bring it back"))
            #expect(try await steps(lead).count == 12)
            _ = try await lead.post("\(plan)/steps/\(third)/restore", "")
            #expect(try await steps(lead).map(\.title) == before)
            _ = try await lead.post("\(plan)/add", "title=Thank+everybody&offset=300")
            let last = try #require(try await steps(lead).last)
            #expect(last.title == "Thank everybody" && last.due == Self.today.adding(days: 300))
            let bad = try await lead.post("\(plan)/add", "title=&note=kept+here")
            #expect(bad.status == 422 && bad.text.contains("kept here"))
            #expect(try await lead.post("\(plan)/steps/\(third)/sideways", "").status == 404)
        }
    }

    @Test("When the first day moves, counted days move with it; written days and what is done stay", arguments: TestEngine.all)
    func movesTheStart(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            let plan = try await begin(lead, "thirteen-steps")
            let steps = try await steps(lead)
            let fixed = Self.today.adding(days: 40)
            _ = try await lead.post("\(plan)/steps/\(steps[1].id)", "version=1&title=Book+the+hall&due=\(typed(fixed))")
            _ = try await lead.post("\(plan)/steps/\(steps[2].id)/done", "")
            #expect(
                try await lead.post("\(plan)/edit", "version=1&title=Our+plan&start=\(typed(Self.today.adding(days: 7)))").status == 303)
            let moved = try await self.steps(lead)
            #expect(moved[1].due == fixed && moved[2].due == steps[2].due)
            for index in [0] + Array(3..<13) { #expect(moved[index].due == steps[index].due?.adding(days: 7)) }
            // Sent once more from the old page it is a clash, not a second move.
            let late = try await lead.post("\(plan)/edit", "version=1&title=Another+name&start=\(typed(Self.today))")
            #expect(late.status == 409 && late.text.contains("Another name") && late.text.contains("Our plan"))
        }
    }

    @Test("Two people edit one step: the second sees both versions, nothing is lost, and may save over it", arguments: TestEngine.all)
    func conflict(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            let coordinator = try await lead.signedIn("coordinator@example.org", RoleGrant(.coordinator, hub: "h1", area: "none"))
            let plan = try await begin(lead, "thirteen-steps")
            let step = try #require(try await steps(lead).first)
            let path = "\(plan)/steps/\(step.id)"
            #expect(try await lead.post(path, "version=1&title=The+lead’s+title&note=word+of+the+lead").status == 303)
            let late = try await coordinator.post(path, "version=1&title=Another+title&note=word+of+the+coordinator")
            #expect(late.status == 409 && late.text.contains("word of the lead") && late.text.contains("word of the coordinator"))
            let kept = try await steps(lead)
            #expect(kept.first?.title == "The lead’s title")
            let version = try #require(late.text.firstMatch(of: /name="version" value="([0-9]+)"/)?.output.1)
            #expect(try await coordinator.post(path, "version=\(version)&title=Another+title&note=both").status == 303)
            // What stood before is in the trail.
            let trail = try await lead.tools.database.read {
                try $0.all("select before from audit where subject = \("step:\(step.id)")").map { $0.text("before") }
            }
            #expect(trail.contains { $0.contains("word of the lead") })
            let long = try await lead.post(path, "version=9&title=T&note=\(String(repeating: "x", count: 20_001))")
            #expect(long.status == 422 && long.text.contains("20,000"))
        }
    }

    @Test("Another hub’s team finds no plan; who may not write one may read it and tick", arguments: TestEngine.all)
    func reach(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            let plan = try await begin(lead, "thirteen-steps")
            let step = try #require(try await steps(lead).first).id
            let other = try await lead.signedIn("other@example.org", RoleGrant(.hubLead, hub: "h2"))
            let slipped = plan.replacing("hub-one", with: "hub-two")
            for path in [plan, "\(plan)/steps/\(step)", slipped, "\(slipped)/steps/\(step)", "\(slipped)/print"] {
                #expect(try await other.get(path).status == 404)
            }
            #expect(try await other.post("\(slipped)/steps/\(step)/done", "").status == 404)
            let champion = try await lead.signedIn("champion@example.org", RoleGrant(.champion, hub: "h1"))
            #expect(try await champion.get(plan).status == 200)
            #expect(try await champion.get("\(plan)/steps/\(step)").status == 403)
            #expect(try await champion.post("\(plan)/steps/\(step)/done", "").status == 303)
            // Taken away and brought back.
            let gone = try await lead.post("\(plan)/remove", "")
            #expect(try await lead.get(gone.header("Location") ?? "").text.contains("Bring it back"))
            #expect(try await lead.get(plan).status == 404)
            _ = try await lead.post("\(plan)/restore", "")
            #expect(try await lead.get(plan).status == 200)
        }
    }
}
