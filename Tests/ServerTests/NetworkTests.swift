import Civil
import Directory
import House
import HubNetwork
import Store
import StoreTestKit
import TestKit
import Testing

@testable import Identity
@testable import Server

/// The rules of docs/rules/contacts.md and docs/rules/live-picture.md, through the pages.
@Suite struct NetworkTests {
    private func withHub(_ engine: TestEngine, _ body: @Sendable (_ lead: TestHouse) async throws -> Void) async throws {
        try await engine.withDatabase(Rooms.migrations) { database in
            let house = try TestHouse(database: database, rooms: LoadedHouse.rooms)
            try await PlacedSettings.make(house.tools)
            try await body(try await house.signedIn("lead@example.org", RoleGrant(.hubLead, hub: "h1")))
        }
    }

    private func key(_ number: Int) -> String { "00000000-0000-7000-8000-00000000000\(number)" }

    private func names(_ page: String) -> [String] {
        page.matches(of: /class="thing" href="[^"]+"><bdi>([^<]+)<\/bdi>/).map { String($0.output.1) }
    }

    @Test(
        "Every setting begins as never contacted; a contact with two of them shows at once in list, counts and timeline",
        arguments: TestEngine.all)
    func logsForSeveral(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            let begins = try await lead.get("/staff/network")
            #expect(begins.header("Location") == "/staff/network/hub-one")
            let fresh = try await lead.get("/staff/network/hub-one?show=never-contacted").text
            #expect(names(fresh) == ["Larkspur Nursery", "Poppy Pre-school", "Rosa Childminding"])
            let form = "key=\(key(1))&setting=s1&setting=s3&how=call&outcome=spoke&note=They+come+in+May"
            let logged = try await lead.post("/staff/network/hub-one/log", form)
            #expect(logged.header("Location") == "/staff/network/hub-one?done=logged")
            #expect(names(try await lead.get("/staff/network/hub-one?show=never-contacted").text) == ["Poppy Pre-school"])
            for setting in ["s1", "s3"] {
                let timeline = try await lead.get("/staff/network/hub-one/settings/\(setting)").text
                #expect(timeline.contains("They come in May") && timeline.contains("together with 1 others"))
            }
            // The same form sent again, as after a lost connection, is the same contact.
            _ = try await lead.post("/staff/network/hub-one/log", form)
            let count = try await lead.tools.database.read { try $0.count("select count(*) from contact") }
            #expect(count == 1)
        }
    }

    @Test("Tries count until somebody is reached, and taking a contact back counts anew", arguments: TestEngine.all)
    func countsTries(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            for (number, day, outcome) in [(1, "1+September+2026", "no-answer"), (2, "8+September+2026", "message-left")] {
                _ = try await lead.post(
                    "/staff/network/hub-one/log", "key=\(key(number))&setting=s1&how=call&outcome=\(outcome)&day=\(day)")
            }
            let tried = try await lead.get("/staff/network/hub-one?show=tried").text
            #expect(names(tried) == ["Larkspur Nursery"] && tried.contains("2 times"))
            _ = try await lead.post("/staff/network/hub-one/log", "key=\(key(3))&setting=s1&how=visit&outcome=joined&day=20+September+2026")
            #expect(names(try await lead.get("/staff/network/hub-one?show=tried").text).isEmpty)
            let page = try await lead.get("/staff/network/hub-one/settings/s1").text
            #expect(page.contains("A member since 20 September 2026"))
            _ = try await lead.post("/staff/network/hub-one/contacts/\(key(3))/undo", "")
            #expect(names(try await lead.get("/staff/network/hub-one?show=tried").text) == ["Larkspur Nursery"])
            _ = try await lead.post("/staff/network/hub-one/contacts/\(key(3))/restore", "")
            #expect(names(try await lead.get("/staff/network/hub-one?show=tried").text).isEmpty)
        }
    }

    @Test("The sums kept for each setting are those its contacts give, whatever was logged and taken back", arguments: TestEngine.all)
    func standingIsTrue(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            var dice = SeededDice(7)
            let outcomes = ["spoke", "no-answer", "message-left", "joined", "declined"]
            for number in 0..<40 {
                let id = "00000000-0000-7000-8000-0000000001\(number + 10)"
                let settings = ["s1", "s2", "s3"].filter { _ in dice.next(2) == 0 }.map { "setting=\($0)" }
                let form =
                    [
                        "key=\(id)", "how=\(["call", "meeting"][dice.next(2)])", "outcome=\(outcomes[dice.next(5)])",
                        "day=\(1 + dice.next(28))+October+2026",
                    ] + (settings.isEmpty ? ["setting=s1"] : settings)
                _ = try await lead.post("/staff/network/hub-one/log", form.joined(separator: "&"))
                if dice.next(4) == 0 { _ = try await lead.post("/staff/network/hub-one/contacts/\(id)/undo", "") }
            }
            let (kept, contacts) = try await lead.tools.database.read { session in
                (
                    try session.all("select * from standing order by setting_id"),
                    try session.all(
                        """
                        select cs.setting_id, c.day, c.how, c.outcome from contact_setting cs join contact c on c.id = cs.contact_id
                        where c.undone_at is null
                        """)
                )
            }
            let bySetting = Dictionary(grouping: contacts) { $0.text("setting_id") }
            #expect(Set(kept.map { $0.text("setting_id") }) == Set(bySetting.keys) && !kept.isEmpty)
            for line in kept { #expect(Sums(kept: line) == Sums(of: bySetting[line.text("setting_id")] ?? [])) }
        }
    }

    /// The sums of a setting's contacts: as the table keeps them, and counted plainly.
    private struct Sums: Equatable {
        let contacts: Int
        let last: String?
        let spoken: String?
        let met: String?
        let tries: Int

        init(kept line: Row) {
            contacts = line.int("contacts")
            last = line.textOrNil("last_day")
            spoken = line.textOrNil("spoken_day")
            met = line.textOrNil("met_day")
            tries = line.int("tries")
        }

        init(of rows: [Row]) {
            let all = rows.map {
                (day: $0.text("day"), how: $0.text("how"), isReached: ["spoke", "joined", "declined"].contains($0.text("outcome")))
            }
            contacts = all.count
            last = all.map(\.day).max()
            let reachedLast = all.filter(\.isReached).map(\.day).max()
            spoken = reachedLast
            met = all.filter { $0.isReached && $0.how == "meeting" }.map(\.day).max()
            tries = all.count { !$0.isReached && $0.day > reachedLast ?? "" }
        }
    }

    @Test("A promise is somebody's, overdue the day after, and ticked off once", arguments: TestEngine.all)
    func nextSteps(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            _ = try await lead.post(
                "/staff/network/hub-one/log",
                "key=\(key(1))&setting=s1&how=call&outcome=spoke&next=Send+the+dates&next_day=1+October+2026")
            #expect(try await lead.get("/staff").text.contains("next step is overdue"))
            let page = try await lead.get("/staff/next").text
            #expect(page.contains("Send the dates") && page.contains("overdue") && page.contains("Nobody’s yet"))
            _ = try await lead.post("/staff/network/hub-one/contacts/\(key(1))/done", "")
            #expect(try await lead.get("/staff/next").text.contains("Nothing is promised"))
        }
    }

    @Test("A note is the team's; the setting's own people read it only where it is shared", arguments: TestEngine.all)
    func notesAreTheTeams(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            let manager = try await lead.signedIn("manager@example.org", RoleGrant(.manager, hub: "h1", setting: "s1"))
            let other = try await lead.signedIn("other@example.org", RoleGrant(.hubLead, hub: "h2"))
            let base = "/staff/network/hub-one/log"
            _ = try await lead.post(base, "key=\(key(1))&setting=s1&how=call&outcome=spoke&note=between+us&next=Call+again")
            _ = try await lead.post(base, "key=\(key(2))&setting=s1&how=visit&outcome=spoke&note=for+all+to+read&shared=yes")
            let own = try await manager.get("/own/s1/timeline").text
            #expect(own.contains("for all to read") && !own.contains("between us") && !own.contains("Call again"))
            // Why a setting left is the team's word too.
            _ = try await lead.post("/staff/network/hub-one/settings/s1/join", "")
            _ = try await lead.post("/staff/network/hub-one/settings/s1/leave", "because=our+own+reasons")
            let left = try await manager.get("/own/s1/timeline").text
            #expect(left.contains("Left the hub") && !left.contains("our own reasons"))
            #expect(try await lead.get("/staff/network/hub-one/settings/s1").text.contains("our own reasons"))
            #expect(try await manager.get("/staff/network/hub-one/settings/s1").status == 403)
            #expect(try await manager.get("/own/s2/timeline").status == 403)
            #expect(try await other.get("/staff/network/hub-one/settings/s1").status == 404)
            #expect(try await other.post(base, "key=\(key(3))&setting=s1&how=call&outcome=spoke").status == 404)
            // A setting of another hub cannot be slipped into a contact of one's own.
            let slipped = try await other.post("/staff/network/hub-two/log", "key=\(key(3))&setting=s1&how=call&outcome=spoke")
            #expect(slipped.status == 422)
        }
    }

    @Test("A note too long, a day to come and a half-filled promise are said, and what was typed stays", arguments: TestEngine.all)
    func badInput(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            let long = String(repeating: "a long note ", count: 1_700)
            let base = "/staff/network/hub-one/log"
            let tooLong = try await lead.post(
                base, "key=\(key(1))&setting=s1&how=call&outcome=spoke&note=\(long.replacing(" ", with: "+"))")
            #expect(tooLong.status == 422 && tooLong.text.contains("a long note a long note"))
            let future = try await lead.post(base, "key=\(key(1))&setting=s1&how=call&outcome=spoke&note=kept+here&day=1+January+2030")
            #expect(future.status == 422 && future.text.contains("still to come") && future.text.contains("kept here"))
            let half = try await lead.post(base, "key=\(key(1))&setting=s1&how=call&outcome=spoke&next_day=1+January+2030")
            #expect(half.status == 422)
            #expect(try await lead.post(base, "key=\(key(1))&how=call&outcome=spoke").status == 422)
            let count = try await lead.tools.database.read { try $0.count("select count(*) from contact") }
            #expect(count == 0)
        }
    }

    @Test("What other rooms watch for stands in the picture too, and every number opens the list behind it", arguments: TestEngine.all)
    func showsOtherRooms(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            _ = try await lead.signedIn("manager@example.org", RoleGrant(.manager, hub: "h1", setting: "s1"))
            let page = try await lead.get("/staff/network/hub-one")
            let facts = page.text.matches(of: /class="fact[^"]*" href="([^"]+)"><b>([0-9,]+)<\/b>/)
            #expect(facts.count > 3)
            for fact in facts {
                let list = try await lead.get(String(fact.output.1).replacing("&amp;", with: "&")).text
                #expect(names(list).count == Int(fact.output.2), "\(fact.output.1)")
            }
            #expect(names(try await lead.get("/staff/network/hub-one?show=no-manager").text) == ["Poppy Pre-school", "Rosa Childminding"])
        }
    }

    @Test("The live picture takes ten statements or fewer, however many settings and contacts there are", arguments: TestEngine.all)
    func fewStatements(engine: TestEngine) async throws {
        try await engine.withDatabase { database in
            let counted = CountedDatabase(database)
            let house = try await LoadedHouse.empty(counted)
            try await LoadedHouse.loadWards(house)
            try await SampleHub.make(house.tools)
            // What any page of the staff takes before it begins: who is at the door, and what they may do.
            let door = await counted.counting { try? await house.get("/account/card") }
            let fresh = await counted.counting { try? await house.get("/staff/network/four-quarters-hub") }
            let hub = try #require(try await SampleHub.id(house.tools))
            _ = try await SampleContacts.make(hub: hub, house.tools)
            _ = try await SamplePledges.make(hub: hub, house.tools, SecretBox(secret: "a secret key of the tests"))
            let busy = await counted.counting { try? await house.get("/staff/network/four-quarters-hub") }
            // How the hub looks stands on each of its pages.
            let look = try await counted.counting {
                _ = try await counted.read { session in try Directory.look(ofSlug: "four-quarters-hub", session) }
            }
            #expect(busy == fresh)
            #expect(busy - door - look <= 10, "\(busy) with the door’s \(door) and the look’s \(look)")
        }
    }
}

/// Numbers by a seed, for tests that must come out the same each time.
struct SeededDice {
    private var state: UInt64
    init(_ seed: UInt64) { state = seed }

    mutating func next(_ sides: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % sides
    }
}
