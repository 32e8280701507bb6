import Civil
import Directory
import House
import HubNetwork
import Store
import StoreTestKit
import Testing

@testable import Identity
@testable import Server

/// The rules of docs/rules/champions.md, through the pages.
@Suite struct ChampionTests {
    static let base = "/staff/network/hub-one/champions"
    static let today = TestEngine.clock.today

    func withHub(
        _ engine: TestEngine, areas: [String] = ["North", "South", "West"], _ body: @Sendable (_ lead: TestHouse) async throws -> Void
    ) async throws {
        try await engine.withDatabase(Rooms.migrations) { database in
            let house = try TestHouse(database: database, rooms: LoadedHouse.rooms)
            try await PlacedSettings.make(house.tools)
            try await DividedHub.divide(house, areas)
            try await body(try await house.signedIn("lead@example.org", RoleGrant(.hubLead, hub: "h1")))
        }
    }

    func typed(_ day: Day) -> String { day.medium.replacing(" ", with: "+") }
    func ago(_ days: Int) -> String { typed(Self.today.adding(days: -days)) }

    /// Names somebody and gives them an area; returns the record's id.
    @discardableResult
    func champion(
        _ lead: TestHouse, _ name: String, area: String? = nil, daysAgo: Int = 0, more: String = ""
    ) async throws -> String {
        let named = try await lead.post("\(Self.base)/new", "name=\(name.replacing(" ", with: "+"))\(more)")
        let id = try #require(named.header("Location")?.split(separator: "/").last?.split(separator: "?").first.map(String.init))
        if let area {
            let given = try await lead.post("\(Self.base)/people/\(id)/area", "area=\(area)&kind=champion&from=\(ago(daysAgo))")
            #expect(given.status == 303)
        }
        return id
    }

    /// Opens a sign-up and returns its code.
    func code(_ lead: TestHouse, _ more: String = "") async throws -> String {
        let page = try await lead.post("\(Self.base)/events", "title=The+launch\(more)").text
        return try #require(page.firstMatch(of: /\/champions\/([A-Z0-9-]{14})</)?.output.1).description
    }

    func count(_ house: TestHouse, _ sql: SQL) async throws -> Int { try await house.tools.database.read { try $0.count(sql) } }

    @Test("A first meeting is due within the hub’s own time; the day after it is on the list of what is overdue", arguments: TestEngine.all)
    func deadlines(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            try await champion(lead, "Rosa Lind", area: "p1-a1", daysAgo: 43)
            try await champion(lead, "Tom Ward", area: "p1-a2", daysAgo: 42)
            let due = "first meeting of an area is overdue"
            let list = try await lead.get(Self.base).text
            #expect(list.matches(of: /Overdue<\/bdi>/).count == 1 && list.contains("Due by \(Self.today.medium)"))
            #expect(list.contains("No champion") && list.contains("area without a champion"))
            #expect(try await lead.get("/staff").text.contains(due))
            // The hub gives itself longer, and nothing is late any more.
            #expect(try await lead.post("\(Self.base)/rule", "first=60&quiet=90").status == 303)
            #expect(try await lead.get("/staff").text.contains(due) == false)
            _ = try await lead.post("\(Self.base)/rule", "first=42&quiet=90")
            #expect(try await lead.get("/staff").text.contains(due))
            #expect(try await lead.post("\(Self.base)/rule", "first=0&quiet=90").status == 422)
            // Held, taken back, brought back.
            let early = try await lead.post("\(Self.base)/areas/p1-a1/meetings", "day=1+January+2040&people=12")
            #expect(early.status == 422 && early.text.contains("still to come"))
            #expect(try await lead.post("\(Self.base)/areas/p1-a1/meetings", "day=\(ago(2))&people=12").status == 303)
            #expect(try await lead.get("/staff").text.contains(due) == false)
            #expect(try await lead.get(Self.base).text.contains("Held on \(Self.today.adding(days: -2).medium)"))
            let meeting = try #require(
                try await lead.tools.database.read { try $0.first("select id from area_meeting")?.text("id") })
            _ = try await lead.post("\(Self.base)/meetings/\(meeting)/undo", "")
            #expect(try await lead.get("/staff").text.contains(due))
            _ = try await lead.post("\(Self.base)/meetings/\(meeting)/restore", "")
            #expect(try await lead.get("/staff").text.contains(due) == false)
        }
    }

    @Test("An area that met and then did not has gone quiet, and fewer heads are said", arguments: TestEngine.all)
    func quiet(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            try await champion(lead, "Rosa Lind", area: "p1-a1", daysAgo: 300)
            _ = try await lead.post("\(Self.base)/areas/p1-a1/meetings", "day=\(ago(200))&people=15")
            _ = try await lead.post("\(Self.base)/areas/p1-a1/meetings", "day=\(ago(121))&people=9")
            #expect(try await lead.get(Self.base).text.contains("Gone quiet"))
            #expect(try await lead.get("\(Self.base)/areas/p1-a1").text.contains("9 came last time, fewer than the time before (15)"))
            _ = try await lead.post("\(Self.base)/areas/p1-a1/meetings", "day=\(ago(120))")
            #expect(try await lead.get(Self.base).text.contains("Gone quiet") == false)
        }
    }

    @Test(
        "A manager volunteers from their own page, becomes champion with the role, and it stands on the timeline", arguments: TestEngine.all
    )
    func fromOwnPage(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            let manager = try await lead.signedIn("manager@example.org", RoleGrant(.manager, hub: "h1", setting: "s1"))
            #expect(try await manager.get("/own/s1").text.contains("/own/s1/champion"))
            // What others may see needs something to see.
            #expect(try await manager.post("/own/s1/champion", "shares=yes").status == 422)
            let stood = try await manager.post("/own/s1/champion", "email=m%40example.org&wish=p1-a1")
            #expect(stood.status == 303)
            _ = try await manager.post("/own/s1/champion", "email=m%40example.org&wish=p1-a2")
            #expect(try await count(lead, "select count(*) from champion") == 1)
            #expect(try await lead.get("/staff").text.contains("volunteer waits for an area"))
            let id = try #require(try await lead.tools.database.read { try $0.first("select id from champion")?.text("id") })
            let adviser = try await lead.signedIn("adviser@example.org", RoleGrant(.adviser, hub: "h1"))
            let link = try #require(
                try await lead.tools.database.read {
                    try $0.first("select id from person where email_key = 'adviser@example.org'")?.text("id")
                })
            #expect(try await adviser.post("\(Self.base)/people/\(id)/area", "area=p1-a1&kind=champion").status == 403)
            _ = try await lead.post("\(Self.base)/people/\(id)/area", "area=p1-a1&kind=champion&link=\(link)")
            let own = try await manager.get("/own/s1/champion").text
            #expect(own.contains("Champion of North") && own.contains("A Local authority adviser") && own.contains("Due by"))
            let role: SQL = "select count(*) from role where role = 'champion' and hub_id = 'h1' and to_at is null"
            #expect(try await count(lead, role) == 1)
            let timeline = try await lead.get("/staff/network/hub-one/settings/s1").text
            #expect(timeline.contains("A Setting manager became champion of North"))
            #expect(try await manager.get("/own/s1/timeline").text.contains("became champion of North"))
            // They stop: the role ends, what they held stays.
            _ = try await manager.post("/own/s1/champion/withdraw", "")
            #expect(try await count(lead, role) == 0)
            let history = try await lead.get("\(Self.base)/areas/p1-a1").text
            #expect(history.contains("Before, or still to begin") && history.contains("A Setting manager"))
            #expect(try await lead.get(Self.base).text.contains("areas without a champion"))
        }
    }

    @Test("A lead who ends it ends the role; a coordinator may accept and gives no role", arguments: TestEngine.all)
    func roles(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            let coordinator = try await lead.signedIn("coordinator@example.org", RoleGrant(.coordinator, hub: "h1", area: "p1-a1"))
            _ = try await lead.signedIn("manager@example.org", RoleGrant(.manager, hub: "h1", setting: "s1"))
            let person = try #require(
                try await lead.tools.database.read {
                    try $0.first("select id from person where email_key = 'manager@example.org'")?.text("id")
                })
            let id = try await champion(coordinator, "Moira", area: "p1-a1", more: "&person=\(person)")
            let role: SQL = "select count(*) from role where role = 'champion' and to_at is null"
            #expect(try await count(lead, role) == 0)
            _ = try await lead.post("\(Self.base)/people/\(id)/leave", "because=moving+away")
            _ = try await lead.post("\(Self.base)/people/\(id)/reopen", "")
            _ = try await lead.post("\(Self.base)/people/\(id)/area", "area=p1-a2&kind=champion")
            #expect(try await count(lead, role) == 1)
            _ = try await lead.post("\(Self.base)/people/\(id)/leave", "because=moving+away")
            #expect(try await count(lead, role) == 0)
            let page = try await lead.get("\(Self.base)/people/\(id)").text
            #expect(page.contains("moving away") && page.contains("Champion of") && page.contains("South"))
        }
    }

    @Test("How to reach one another is for champions who agreed themselves, and taken back with one press", arguments: TestEngine.all)
    func consent(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            var people: [TestHouse] = []
            for (number, shares) in [(1, "&shares=yes"), (2, "")] {
                let house = try await lead.signedIn("c\(number)@example.org", RoleGrant(.champion, hub: "h1"))
                let person = try #require(
                    try await lead.tools.database.read {
                        try $0.first("select id from person where email_key = \("c\(number)@example.org")")?.text("id")
                    })
                try await champion(
                    lead, "Champion \(number)", area: "p1-a\(number)", more: "&person=\(person)&email=reach\(number)%40example.org\(shares)"
                )
                people.append(house)
            }
            let (first, second) = (people[0], people[1])
            #expect(try await first.get(Self.base).text.contains("reach1@example.org"))
            #expect(try await first.get(Self.base).text.contains("reach2@example.org") == false)
            #expect(try await second.get(Self.base).text.contains("reach1@example.org") == false)
            _ = try await second.post("\(Self.base)/consent", "shares=yes")
            #expect(try await second.get(Self.base).text.contains("reach1@example.org"))
            #expect(try await first.get(Self.base).text.contains("reach2@example.org"))
            _ = try await first.post("\(Self.base)/consent", "shares=no")
            #expect(try await second.get(Self.base).text.contains("reach1@example.org") == false)
            // Others of the team see who holds which area, and no addresses.
            _ = try await second.post("/account/name", "name=Bea+Birch")
            let mentor = try await lead.signedIn("mentor@example.org", RoleGrant(.mentor, hub: "h1"))
            let seen = try await mentor.get(Self.base).text
            #expect(seen.contains("Bea Birch") && !seen.contains("reach2@example.org"))
        }
    }

    @Test("Two people write about one champion: the second sees both versions and loses nothing", arguments: TestEngine.all)
    func conflict(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            let id = try await champion(lead, "Rosa Lind")
            let path = "\(Self.base)/people/\(id)/edit"
            #expect(try await lead.post(path, "version=1&name=Rosa+Lind&note=from+the+first").status == 303)
            let late = try await lead.post(path, "version=1&name=Rosa+Lindqvist&note=from+the+second")
            #expect(late.status == 409)
            #expect(late.text.contains("from the first") && late.text.contains("from the second") && late.text.contains("Rosa Lindqvist"))
            let version = try #require(late.text.firstMatch(of: /name="version" value="([0-9]+)"/)?.output.1)
            #expect(try await lead.post(path, "version=\(version)&name=Rosa+Lindqvist&note=both").status == 303)
            #expect(try await lead.get("\(Self.base)/people/\(id)").text.contains("Rosa Lindqvist"))
            let long = String(repeating: "x", count: 20_001)
            let tooLong = try await lead.post(path, "version=9&name=Rosa&note=\(long)")
            #expect(tooLong.status == 422 && tooLong.text.contains("20,000"))
        }
    }

    @Test("A hand-over is recorded when every criterion of the hub is met, and can be taken back", arguments: TestEngine.all)
    func handover(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            let area = "\(Self.base)/areas/p1-a1"
            #expect(try await lead.post("\(area)/handover", "").status == 400)
            _ = try await lead.post("\(Self.base)/criteria", "words=They+call+the+meetings")
            _ = try await lead.post("\(Self.base)/criteria", "words=They+take+the+notes")
            let criteria = try await lead.tools.database.read {
                try $0.all("select id from handover_criterion order by position").map { $0.text("id") }
            }
            #expect(criteria.count == 2)
            _ = try await lead.post("\(area)/criteria/\(criteria[0])", "day-\(criteria[0])=\(ago(5))")
            #expect(try await lead.post("\(area)/handover", "").status == 400)
            #expect(try await lead.get(area).text.contains("1 of 2"))
            _ = try await lead.post("\(area)/criteria/\(criteria[1])", "")
            #expect(try await lead.get("\(area)/handover").text.contains("Record the hand-over"))
            #expect(try await lead.post("\(area)/handover", "note=The+school+leads").status == 303)
            #expect(try await lead.get(Self.base).text.contains("Its providers since \(Self.today.medium)"))
            // Once is enough; a criterion written later asks nothing of it.
            #expect(try await lead.post("\(area)/handover", "").status == 400)
            _ = try await lead.post("\(Self.base)/criteria", "words=One+more")
            #expect(try await lead.get(area).text.contains("Led by its providers since"))
            _ = try await lead.post("\(area)/handover/undo", "")
            #expect(try await lead.get(Self.base).text.contains("The council; 1 to meet"))
            // What is taken away asks nothing any more.
            let last = try #require(
                try await lead.tools.database.read {
                    try $0.first("select id from handover_criterion where words = 'One more'")?.text("id")
                })
            _ = try await lead.post("\(Self.base)/criteria/\(last)/remove", "")
            #expect(try await lead.get(Self.base).text.contains("ready to hand over"))
        }
    }

    @Test("Areas drawn again go on under their names: champion, meetings and criteria", arguments: TestEngine.all)
    func redrawn(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            try await champion(lead, "Rosa Lind", area: "p1-a1", daysAgo: 50)
            _ = try await lead.post("\(Self.base)/areas/p1-a1/meetings", "day=\(ago(3))")
            try await DividedHub.divide(lead, plan: "p2", ["North", "East"])
            let list = try await lead.get(Self.base).text
            #expect(list.contains("Rosa Lind") && list.contains("areas/p2-a1") && !list.contains("areas/p1-a1"))
            #expect(try await lead.get("\(Self.base)/areas/p2-a1").text.contains(Self.today.adding(days: -3).long))
            #expect(try await lead.get("\(Self.base)/areas/p1-a1").status == 404)
        }
    }

    @Test("The live picture marks the settings of an area nobody looks after, once there are champions", arguments: TestEngine.all)
    func livePicture(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            try await lead.tools.database.write { session in
                for (setting, area) in [("s1", "p1-a1"), ("s2", "p1-a2")] {
                    try session.run("insert into area_setting (plan_id, setting_id, area_id) values ('p1', \(setting), \(area))")
                }
            }
            let live = "/staff/network/hub-one?show=no-champion"
            func shown() async throws -> [String] {
                try await lead.get(live).text.matches(of: /class="thing" href="[^"]+"><bdi>([^<]+)<\/bdi>/).map { String($0.output.1) }
            }
            let before = try await shown()
            #expect(before.isEmpty)
            let id = try await champion(lead, "Rosa Lind", area: "p1-a1")
            #expect(try await shown() == ["Poppy Pre-school"])
            _ = try await lead.post("\(Self.base)/people/\(id)/area", "area=p1-a2&kind=champion")
            let after = try await shown()
            #expect(after.isEmpty)
        }
    }

    @Test("Another hub’s team finds nothing, and no record slips in under another hub’s address", arguments: TestEngine.all)
    func otherHub(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            let id = try await champion(lead, "Rosa Lind", area: "p1-a1")
            let other = try await lead.signedIn("other@example.org", RoleGrant(.hubLead, hub: "h2"))
            for path in [Self.base, "\(Self.base)/people/\(id)", "\(Self.base)/areas/p1-a1"] {
                #expect(try await other.get(path).status == 404)
            }
            let foreign = "/staff/network/hub-two/champions"
            #expect(try await other.get("\(foreign)/people/\(id)").status == 404)
            #expect(try await other.get("\(foreign)/areas/p1-a1").status == 404)
            #expect(try await other.post("\(foreign)/people/\(id)/leave", "").status == 404)
            #expect(try await other.post("\(foreign)/areas/p1-a1/meetings", "").status == 404)
            let manager = try await lead.signedIn("manager@example.org", RoleGrant(.manager, hub: "h1", setting: "s1"))
            #expect(try await manager.get(Self.base).status == 403)
            #expect(try await manager.get("/own/s2/champion").status == 403)
            let left = try await count(lead, "select count(*) from champion where left_day is not null")
            #expect(left == 0)
        }
    }

    @Test("What is held of a champion is theirs to read, and goes with them; that the area was held stays", arguments: TestEngine.all)
    func forgets(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            let administrator = try await lead.withAdministrator()
            let manager = try await lead.signedIn("manager@example.org", RoleGrant(.manager, hub: "h1", setting: "s1"))
            _ = try await manager.post("/own/s1/champion", "telephone=020+7946+0999")
            let id = try #require(try await lead.tools.database.read { try $0.first("select id from champion")?.text("id") })
            _ = try await lead.post("\(Self.base)/people/\(id)/area", "area=p1-a1&kind=champion")
            #expect(try await manager.get("/account/data.json").text.contains("020 7946 0999"))
            let person = try #require(
                try await lead.tools.database.read { try $0.first("select person_id from champion")?.text("person_id") })
            #expect(try await administrator.post("/staff/people/\(person)/forget", "").status == 303)
            let row = try #require(try await lead.tools.database.read { try $0.first("select * from champion") })
            #expect(row.text("name") == "Somebody who left" && row.textOrNil("telephone") == nil && row.textOrNil("person_id") == nil)
            #expect(try await count(lead, "select count(*) from area_post") == 1)
            // One without an account is forgotten by the team.
            let other = try await champion(lead, "Gwen Pritchard", area: "p1-a2", more: "&email=gwen%40example.org")
            #expect(try await lead.get("\(Self.base)/people/\(other)/forget").text.contains("Forget Gwen Pritchard?"))
            #expect(try await lead.post("\(Self.base)/people/\(other)/forget", "").status == 303)
            let left = try await count(lead, "select count(*) from champion where name = 'Gwen Pritchard' or email is not null")
            #expect(left == 0)
        }
    }

    @Test("Who was not accepted is blanked half a year later, and not a day before", arguments: TestEngine.all)
    func retention(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            let id = try await champion(lead, "Amina Begum", more: "&email=amina%40example.org")
            _ = try await lead.post("\(Self.base)/people/\(id)/decline", "because=no+area+free")
            let rule = try #require(Network.retention.first { $0.code == "volunteers" })
            func due(daysAgo: Int) async throws -> Int {
                let now = TestEngine.clock.now
                return try await lead.tools.database.write { session in
                    try session.run("update champion set decided_at = \(now.adding(seconds: -daysAgo * 86_400)) where id = \(id)")
                    return try rule.due(at: now, in: session)
                }
            }
            let early = try await due(daysAgo: 179)
            let late = try await due(daysAgo: 181)
            #expect(early == 0 && late == 1)
            let tools = lead.tools
            let cleared = try await tools.database.write { try rule.clear(atMost: 10, tools, in: $0) }
            #expect(cleared == 1)
            let left = try await count(lead, "select count(*) from champion where name like 'Amina%' or email is not null")
            let again = try await due(daysAgo: 181)
            #expect(left == 0 && again == 0)
        }
    }
}
