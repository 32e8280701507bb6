import Civil
import House
import Store
import StoreTestKit
import Testing

@testable import HubNetwork
@testable import Identity
@testable import Server

/// The rules of docs/rules/readiness.md, through the pages.
@Suite struct ReadinessTests {
    private static let base = "/staff/network/hub-one/readiness"
    private static let today = TestEngine.clock.today
    private static let all = ReadinessQuestion.all.count + 1 + ReadinessTip.all.count

    private func withHub(_ engine: TestEngine, _ body: @Sendable (_ lead: TestHouse) async throws -> Void) async throws {
        try await engine.withDatabase(Rooms.migrations) { database in
            let house = try TestHouse(database: database, rooms: LoadedHouse.rooms)
            try await PlacedSettings.make(house.tools)
            try await body(try await house.signedIn("lead@example.org", RoleGrant(.hubLead, hub: "h1")))
        }
    }

    private func typed(_ day: Day) -> String { day.medium.replacing(" ", with: "+") }

    @Test("Each part is kept when it is saved, can be left, and goes on where it was; the sheet has all of it", arguments: TestEngine.all)
    func stepByStep(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            #expect(try await lead.get(Self.base).text.contains("0 of \(Self.all)"))
            let next = try await lead.post("\(Self.base)/vision", "vision=Every+child+is+known&backing=The+director")
            #expect(next.header("Location") == "\(Self.base)/roles?done=saved")
            let left = try await lead.post("\(Self.base)/roles", "people=Two+coordinators&then=leave")
            #expect(left.header("Location") == "\(Self.base)?done=saved")
            let page = try await lead.get(Self.base).text
            #expect(page.contains("3 of \(Self.all)") && page.contains("Go on: roles"))
            #expect(try await lead.get("\(Self.base)/vision").text.contains("Every child is known"))
            _ = try await lead.post("\(Self.base)/pilot", "scope=pilot&place=North&until=\(typed(Self.today.adding(days: 30)))")
            _ = try await lead.post("\(Self.base)/tip/names", "version=0&done=\(typed(Self.today))&note=from+the+register")
            #expect(try await lead.get(Self.base).text.contains("5 of \(Self.all)"))
            let paper = try await lead.get("\(Self.base)/print").text
            for words in ["Every child is known", "Two coordinators", "In North", "5 of \(Self.all)"] {
                #expect(paper.contains(words), "\(words)")
            }
            // An answer taken away counts no more.
            _ = try await lead.post("\(Self.base)/roles", "version-people=1&people=")
            #expect(try await lead.get(Self.base).text.contains("4 of \(Self.all)"))
        }
    }

    @Test("Two people answer: what only one of them changed is kept, where both wrote both versions are shown", arguments: TestEngine.all)
    func conflict(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            let adviser = try await lead.signedIn("adviser@example.org", RoleGrant(.adviser, hub: "h1"))
            _ = try await lead.post("\(Self.base)/vision", "vision=the+lead’s+words")
            let late = try await adviser.post("\(Self.base)/vision", "vision=the+adviser’s+words&backing=the+director")
            #expect(late.status == 409)
            #expect(late.text.contains("the lead’s words") && late.text.contains("the adviser’s words"))
            let kept = try await lead.get("\(Self.base)/vision").text
            #expect(kept.contains("the lead’s words") && kept.contains("the director"))
            let versions = late.text.matches(of: /name="(version-[a-z-]+)" value="([0-9]+)"/).map { "\($0.output.1)=\($0.output.2)" }
            #expect(versions.count == 2)
            let form = (versions + ["vision=both+our+words", "backing=the+director"]).joined(separator: "&")
            #expect(try await adviser.post("\(Self.base)/vision", form).status == 303)
            #expect(try await lead.get("\(Self.base)/vision").text.contains("both our words"))
            let tip = "\(Self.base)/tip/visits"
            #expect(try await lead.post(tip, "version=0&note=first").status == 303)
            let clash = try await adviser.post(tip, "version=0&note=second")
            #expect(clash.status == 409 && clash.text.contains("first") && clash.text.contains("second"))
            let pilot = "\(Self.base)/pilot"
            #expect(try await lead.post(pilot, "version=0&scope=whole").status == 303)
            let place = try await adviser.post(pilot, "version=0&scope=pilot&place=North")
            #expect(
                place.status == 409 && place.text.contains("<bdi>Everywhere at once</bdi>")
                    && place.text.contains("<bdi>With a pilot</bdi>"))
        }
    }

    @Test("A pilot asks for a decision the day after its last day, and what was decided stands", arguments: TestEngine.all)
    func pilot(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            let pilot = "\(Self.base)/pilot"
            let last = Self.today.adding(days: -1)
            _ = try await lead.post(pilot, "version=0&scope=pilot&place=North&until=\(typed(last))")
            #expect(try await lead.get(Self.base).text.contains("the pilot ended on \(last.medium)"))
            let half = try await lead.post(pilot, "version=1&scope=pilot&decision_note=it+worked")
            #expect(half.status == 422 && half.text.contains("it worked"))
            _ = try await lead.post(
                pilot, "version=1&scope=pilot&place=North&until=\(typed(last))&decision=scale-up&decision_note=it+worked")
            #expect(try await lead.get(Self.base).text.contains("go on to the whole area"))
            #expect(try await lead.post(pilot, "version=2").status == 422)
        }
    }

    @Test("A tip has a day, an owner and a tick; a day that is wrong is said and what was typed stays", arguments: TestEngine.all)
    func tips(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            let late = Self.today.adding(days: -3)
            _ = try await lead.post("\(Self.base)/tip/agreement", "version=0&planned=\(typed(late))")
            #expect(try await lead.get("\(Self.base)/tips").text.contains("Was due on \(late.medium)"))
            let wrong = try await lead.post("\(Self.base)/tip/agreement", "version=1&done=1+January+2040&note=signed+by+all")
            #expect(wrong.status == 422 && wrong.text.contains("still to come") && wrong.text.contains("signed by all"))
            #expect(try await lead.post("\(Self.base)/tip/not-one", "").status == 404)
            #expect(try await lead.post("\(Self.base)/tips", "").status == 404)
            #expect(try await lead.get("\(Self.base)/nothing").status == 404)
        }
    }

    @Test("The steering group reads it and writes nothing; another hub’s lead finds nothing", arguments: TestEngine.all)
    func reach(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            let steering = try await lead.signedIn("steering@example.org", RoleGrant(.steering, hub: "h1"))
            #expect(try await steering.get(Self.base).status == 200)
            #expect(try await steering.get("\(Self.base)/print").status == 200)
            #expect(try await steering.get("\(Self.base)/vision").status == 403)
            #expect(try await steering.post("\(Self.base)/vision", "vision=mine").status == 403)
            let other = try await lead.signedIn("other@example.org", RoleGrant(.hubLead, hub: "h2"))
            #expect(try await other.get(Self.base).status == 404)
            #expect(try await other.post("\(Self.base)/tip/names", "version=0").status == 404)
        }
    }
}
