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

/// The rules of docs/rules/host-rotation.md, through the pages. Today is 22 November 2026.
@Suite struct HostingTests {
    private static let base = "/staff/network/hub-one/hosting"

    private func withHub(_ engine: TestEngine, _ body: @Sendable (_ lead: TestHouse) async throws -> Void) async throws {
        try await engine.withDatabase(Rooms.migrations) { database in
            let house = try TestHouse(database: database, rooms: LoadedHouse.rooms)
            try await PlacedSettings.make(house.tools)
            try await body(try await house.signedIn("lead@example.org", RoleGrant(.hubLead, hub: "h1")))
        }
    }

    private func offer(_ lead: TestHouse, _ setting: String, _ holds: Int, _ more: String = "", version: Int = 0) async throws -> Int {
        try await lead.post("\(Self.base)/places/\(setting)", "version=\(version)&willing=yes&holds=\(holds)\(more)").status
    }

    private func plan(_ lead: TestHouse, _ key: Int, _ days: String, people: Int = 10, _ more: String = "") async throws {
        let days = days.replacing(" ", with: "+").replacing(",", with: "%0A")
        let answered = try await lead.post(
            "\(Self.base)/new",
            "key=00000000-0000-7000-8000-00000000000\(key)&title=Termly+meeting&area=&days=\(days)&expected=\(people)\(more)")
        #expect(answered.status == 303)
    }

    /// Each meeting's day, host and state.
    private func hosts(_ lead: TestHouse) async throws -> [String] {
        try await lead.tools.database.read { session in
            try session.all("select day, host_id, host_state from gathering order by day, id").map {
                "\($0.text("day")) \($0.textOrNil("host_id") ?? "-") \($0.text("host_state"))"
            }
        }
    }

    private func ids(_ lead: TestHouse) async throws -> [String] {
        try await lead.tools.database.read { try $0.all("select id from gathering order by day, id").map { $0.text("id") } }
    }

    @Test(
        "A year is planned in one form, the rotation drafts its hosts with the reason, and agreeing tells them",
        arguments: TestEngine.all)
    func plansAYear(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            #expect(try await lead.get(Self.base).text.contains("No meetings planned in 2026/27"))
            let offers = (try await offer(lead, "s1", 30), try await offer(lead, "s2", 12))
            #expect(offers == (303, 303))
            try await plan(lead, 1, "13 January 2027,21/4/2027,9 June 2027")
            // The same form sent again, as after a lost connection.
            try await plan(lead, 1, "13 January 2027,21/4/2027,9 June 2027")
            let drawn = try await lead.post("\(Self.base)/draw", "")
            #expect(drawn.header("Location") == "\(Self.base)?done=drawn&count=3")
            let drafts = try await hosts(lead)
            #expect(
                drafts == ["2027-01-13 s1 draft", "2027-04-21 s2 draft", "2027-06-09 s1 draft"]
                    || drafts == ["2027-01-13 s2 draft", "2027-04-21 s1 draft", "2027-06-09 s2 draft"])
            let page = try await lead.get(Self.base).text
            #expect(page.contains("nobody has hosted fewer times") && page.contains("<b>100</b> <span>of 100: how fair between settings"))
            // Drawing again changes nothing.
            _ = try await lead.post("\(Self.base)/draw", "")
            let again = try await hosts(lead)
            #expect(again == drafts)

            let manager = try await lead.signedIn("manager@example.org", RoleGrant(.manager, hub: "h1", setting: "s1"))
            let confirm = try await lead.get("\(Self.base)/agree").text
            #expect(confirm.contains("these 3 hosts") && confirm.contains("no account there: tell them yourself"))
            let versions = HTMLDocument(confirm).all("input").filter { $0["name"] == "meeting" }.compactMap { $0["value"] }
            let form = versions.map { "meeting=\($0.replacing("~", with: "%7E"))" }.joined(separator: "&")
            let agreed = try await lead.post("\(Self.base)/agree", form)
            #expect(agreed.header("Location") == "\(Self.base)?done=agreed")
            let after = try await hosts(lead)
            #expect(after.allSatisfy { $0.hasSuffix("agreed") })
            // Once more: they are no drafts any more, and nobody is told twice.
            let twice = try await lead.post("\(Self.base)/agree", form)
            #expect(twice.header("Location") == "\(Self.base)?done=some-agreed")
            #expect(try await lead.get(Self.base).text.contains("no account: tell them yourself"))
            let own = try await manager.get("/own/s1/hosting").text
            #expect(own.contains("to come") && own.contains("2027: Termly meeting"))
            let told = try await lead.tools.database.read {
                try $0.count("select count(*) from held_notice where subject like 'You host a meeting on%'")
                    + $0.count("select count(*) from outbox where subject like '%You host a meeting on%'")
            }
            #expect(told == drafts.count { $0.contains(" s1 ") })
        }
    }

    @Test("What nobody can host is said, and a host chosen by hand stays whatever stands against it", arguments: TestEngine.all)
    func byHand(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            _ = try await offer(lead, "s1", 30, "&away=1+April+2027+to+30+April+2027")
            _ = try await offer(lead, "s2", 12)
            try await plan(lead, 1, "13 January 2027,21 April 2027", people: 20)
            _ = try await lead.post("\(Self.base)/draw", "")
            let drawn = try await hosts(lead)
            #expect(drawn == ["2027-01-13 s1 draft", "2027-04-21 - none"])
            let page = try await lead.get(Self.base).text
            #expect(page.contains("of the 2 that offered, 1 has no room for 20 (the largest holds 30), 1 cannot that day"))
            let april = try await ids(lead)[1]
            let chosen = try await lead.post("\(Self.base)/meetings/\(april)/host", "host=s2&version=2")
            #expect(chosen.status == 303)
            _ = try await lead.post("\(Self.base)/draw", "")
            let locked = try await hosts(lead)
            #expect(locked == ["2027-01-13 s1 draft", "2027-04-21 s2 draft"])
            #expect(try await lead.get("\(Self.base)/meetings/\(april)").text.contains("Chosen by hand, though it has room for 12."))
            // Set free again, it has no host.
            _ = try await lead.post("\(Self.base)/meetings/\(april)/host", "host=&version=3")
            _ = try await lead.post("\(Self.base)/draw", "")
            let free = try await hosts(lead)
            #expect(free == ["2027-01-13 s1 draft", "2027-04-21 - none"])
            // Who never offered cannot be chosen.
            let refused = try await lead.post("\(Self.base)/meetings/\(april)/host", "host=s3&version=5")
            #expect(refused.status == 400)
        }
    }

    @Test("A childminder's home hosts only by its own people's word", arguments: TestEngine.all)
    func homes(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            let unsaid = try await lead.post("\(Self.base)/places/s3", "version=0&willing=yes&holds=8")
            #expect(unsaid.status == 422 && unsaid.text.contains("A home hosts only if its own people said so."))
            let rosa = try await lead.signedIn("rosa@example.org", RoleGrant(.manager, hub: "h1", setting: "s3"))
            let said = try await rosa.post("/own/s3/hosting", "version=0&willing=yes&holds=8&away=5+March+2027")
            #expect(said.header("Location") == "/own/s3/hosting?done=saved")
            try await plan(lead, 1, "5 March 2027,6 March 2027", people: 8)
            _ = try await lead.post("\(Self.base)/draw", "")
            let drawn = try await hosts(lead)
            #expect(drawn == ["2027-03-05 - none", "2027-03-06 s3 draft"])
            #expect(try await lead.get("\(Self.base)/places").text.contains("Room for 8, not 5 March 2027"))
        }
    }

    @Test("Who was there counts in the live picture and stands on the timelines of the team and the setting", arguments: TestEngine.all)
    func noted(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            _ = try await offer(lead, "s1", 30)
            try await plan(lead, 1, "20 November 2026")
            let id = try await ids(lead)[0]
            #expect(try await lead.get("/staff").text.contains("meeting has no list yet of who was there"))
            let form = "version=1&there=s2&guest=health&hosted=s1&chaired=guest%3Ahealth&spoke1=s2&came=14"
            let saved = try await lead.post("\(Self.base)/meetings/\(id)/there", form)
            #expect(saved.header("Location") == "\(Self.base)/meetings/\(id)?done=noted")
            let page = try await lead.get("\(Self.base)/meetings/\(id)").text
            #expect(page.contains("14 people from 2 settings") && page.contains("Somebody for: Health, chaired"))
            #expect(!(try await lead.get("/staff").text.contains("meeting has no list yet")))
            let never = try await lead.get("/staff/network/hub-one?show=never-contacted").text
            #expect(!never.contains("Poppy Pre-school</bdi></a>") && never.contains("Rosa Childminding"))
            let absent = try await lead.get("/staff/network/hub-one?show=absent").text
            #expect(!absent.contains(">Poppy Pre-school</bdi></a> <span"))
            #expect(try await lead.get("/staff/network/hub-one/settings/s1").text.contains("Hosted: Termly meeting"))
            let poppy = try await lead.signedIn("poppy@example.org", RoleGrant(.manager, hub: "h1", setting: "s2"))
            #expect(try await poppy.get("/own/s2/timeline").text.contains("Spoke: Termly meeting"))
            // Noted again without Poppy, it is as if Poppy had not been there.
            _ = try await lead.post("\(Self.base)/meetings/\(id)/there", "version=2&there=s1&hosted=s1")
            #expect(try await lead.get("/staff/network/hub-one?show=never-contacted").text.contains("Poppy Pre-school"))
            // Called off, nobody was there; brought back, all are again.
            _ = try await lead.post("\(Self.base)/meetings/\(id)/cancel", "")
            #expect(!(try await lead.get("/staff/network/hub-one/settings/s1").text.contains("Hosted: Termly meeting")))
            _ = try await lead.post("\(Self.base)/meetings/\(id)/restore", "")
            #expect(try await lead.get("/staff/network/hub-one/settings/s1").text.contains("Hosted: Termly meeting"))
        }
    }

    @Test("Past turns count: whoever hosted last does not host next, and whoever hosted less comes first", arguments: TestEngine.all)
    func pastTurns(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            for setting in ["s1", "s2"] { _ = try await offer(lead, setting, 30) }
            try await plan(lead, 1, "6 March 2026,5 June 2026")
            for id in try await ids(lead) { _ = try await lead.post("\(Self.base)/meetings/\(id)/there", "version=1&there=s1&hosted=s1") }
            try await plan(lead, 2, "13 January 2027,21 April 2027,9 June 2027")
            _ = try await lead.post("\(Self.base)/draw", "")
            let drawn = try await hosts(lead)
            #expect(Array(drawn.suffix(3)) == ["2027-01-13 s2 draft", "2027-04-21 s1 draft", "2027-06-09 s2 draft"])
        }
    }

    @Test("Two people who change one meeting: the second sees both versions, and nothing is lost", arguments: TestEngine.all)
    func twoEditors(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            try await plan(lead, 1, "13 January 2027")
            let id = try await ids(lead)[0]
            let path = "\(Self.base)/meetings/\(id)/change"
            func form(_ title: String, _ version: Int) -> String {
                "version=\(version)&title=\(title)&area=&day=13+January+2027&expected=20"
            }
            let first = try await lead.post(path, form("Moderation", 1))
            #expect(first.status == 303)
            let second = try await lead.post(path, form("Language", 1))
            #expect(second.status == 409 && second.text.contains("Somebody changed this while you were writing"))
            #expect(second.text.contains("Moderation") && second.text.contains("Language"))
            let version = HTMLDocument(second.text).all("input").last { $0["name"] == "version" }?["value"]
            #expect(version == "2")
            _ = try await lead.post(path, form("Language", 2))
            let title = try await lead.tools.database.read { try $0.first("select title from gathering")?.text("title") }
            #expect(title == "Language")
            // The same for the list of who was there, and for what a setting said.
            try await plan(lead, 2, "20 November 2026")
            let past = try await ids(lead)[0]
            _ = try await lead.post("\(Self.base)/meetings/\(past)/there", "version=1&there=s1")
            let late = try await lead.post("\(Self.base)/meetings/\(past)/there", "version=1&there=s2")
            #expect(late.status == 409 && late.text.contains("Larkspur Nursery") && late.text.contains("Poppy Pre-school"))
            // What differs is shown whatever it is: guests, and how many came.
            let counted = try await lead.post("\(Self.base)/meetings/\(past)/there", "version=1&there=s1&guest=health&came=23")
            #expect(counted.status == 409 && !counted.text.contains("Both say the same"))
            #expect(counted.text.contains("How many people came") && counted.text.contains("<bdi>23</bdi>"))
            #expect(counted.text.contains("Larkspur Nursery, Health"))
            _ = try await offer(lead, "s1", 30)
            let other = try await lead.post("\(Self.base)/places/s1", "version=0&willing=yes&holds=40&away=5+March+2027")
            #expect(other.status == 409 && other.text.contains("<bdi>30</bdi>") && other.text.contains("value=\"40\""))
            #expect(PageCheck.faults(in: other.text).isEmpty && PageCheck.faults(in: counted.text).isEmpty)
        }
    }

    @Test("A meeting that grows loses its drafted host, and keeps an agreed one with what stands against it now", arguments: TestEngine.all)
    func changedAfterwards(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            _ = try await offer(lead, "s1", 30)
            try await plan(lead, 1, "13 January 2027,21 April 2027")
            _ = try await lead.post("\(Self.base)/draw", "")
            let id = try await ids(lead)[0]
            let path = "\(Self.base)/meetings/\(id)"
            func grow(_ people: Int, _ version: Int) -> String {
                "version=\(version)&title=Termly+meeting&area=&day=13+January+2027&expected=\(people)"
            }
            _ = try await lead.post("\(path)/change", grow(40, 2))
            let grown = try await hosts(lead)
            #expect(grown[0] == "2027-01-13 - none")
            #expect(try await lead.get(path).text.contains("It was changed: let the rotation choose again."))
            _ = try await lead.post("\(path)/change", grow(20, 3))
            _ = try await lead.post("\(Self.base)/draw", "")
            _ = try await lead.post("\(Self.base)/agree", "meeting=\(id)%7E5")
            let agreed = try await hosts(lead)
            #expect(agreed[0] == "2027-01-13 s1 agreed")
            _ = try await lead.post("\(path)/change", grow(40, 6))
            let kept = try await hosts(lead)
            #expect(kept[0] == "2027-01-13 s1 agreed")
            #expect(try await lead.get(path).text.contains("Since it was chosen, it has room for 30."))
            #expect(try await lead.get(Self.base).text.contains("look again: it has room for 30"))
        }
    }

    @Test("What was typed wrong is said, and nothing of it is lost", arguments: TestEngine.all)
    func badInput(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            let wrong = try await lead.post("\(Self.base)/new", "key=x&title=A+meeting&area=nowhere&days=some+day&expected=lots")
            #expect(wrong.status == 422)
            #expect(wrong.text.contains("“some day” is no day we can read") && wrong.text.contains("value=\"A meeting\""))
            let elsewhere = try await lead.post("\(Self.base)/new", "title=A&area=nowhere&days=1+March+2027&expected=3")
            #expect(elsewhere.status == 422 && elsewhere.text.contains("Choose a mini-hub from the list."))
            let away = try await offer(lead, "s1", 30, "&away=next+week")
            #expect(away == 422)
            try await plan(lead, 1, "13 January 2027")
            let id = try await ids(lead)[0]
            let early = try await lead.post("\(Self.base)/meetings/\(id)/there", "version=1&there=s1")
            #expect(early.status == 422)
            let none = try await lead.get("\(Self.base)/meetings/none")
            #expect(none.status == 404)
            let other = try await lead.signedIn("two@example.org", RoleGrant(.hubLead, hub: "h2"))
            #expect(try await other.get("/staff/network/hub-two/hosting/meetings/\(id)").status == 404)
            #expect(try await other.post("/staff/network/hub-two/hosting/meetings/\(id)/cancel", "").status == 404)
        }
    }

    @Test("The year as a spreadsheet and on paper; a title that begins like a formula is guarded", arguments: TestEngine.all)
    func onPaper(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            _ = try await lead.post("\(Self.base)/new", "title=%3DSUM(A1)&area=&days=13+January+2027&expected=10")
            let csv = try await lead.get("\(Self.base)/csv?year=2026")
            #expect(csv.header("Content-Type") == "text/csv; charset=utf-8" && csv.text.contains("2027-01-13"))
            #expect(!csv.text.contains(",=SUM"))
            let paper = try await lead.get("\(Self.base)/paper?year=2026").text
            #expect(paper.contains("Who hosts in 2026/27") && paper.contains("Wednesday 13 January 2027"))
            #expect(try await lead.get("\(Self.base)/pdf?year=2026").status == 503)
        }
    }

    @Test("A mini-hub's meeting is hosted in it, and every mini-hub has its own row of meetings", arguments: TestEngine.all)
    func miniHubs(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            try await Self.divide(lead.tools)
            for setting in ["s1", "s2"] { _ = try await offer(lead, setting, 30) }
            try await plan(lead, 1, "13 January 2027,14 April 2027", people: 10, "")
            _ = try await lead.post(
                "\(Self.base)/new", "key=00000000-0000-7000-8000-000000000009&title=Ours&area=each&days=3+March+2027&expected=10")
            _ = try await lead.post("\(Self.base)/draw", "")
            let rows = try await lead.tools.database.read {
                try $0.all("select area_name, host_id from gathering where title = 'Ours' order by area_name").map {
                    "\($0.text("area_name")) \($0.textOrNil("host_id") ?? "-")"
                }
            }
            #expect(rows == ["East s1", "West s2"])
        }
    }

    /// Two mini-hubs of hub one: Larkspur in the east, the others in the west.
    static func divide(_ tools: Tools) async throws {
        try await tools.database.write { session in
            try session.run(
                "insert into scheme (id, hub_id, name, word, divides, created_at) values ('c1', 'h1', 'Mini-hubs', 'Mini-hub', 'settings', '2026-01-01T00:00:00Z')"
            )
            try session.run(
                """
                insert into plan (id, scheme_id, name, status, from_day, balanced_by, tolerance, seed, notes, edition, created_at, updated_at)
                values ('p1', 'c1', 'The plan', 'published', '2026-01-01', 'settings', 0.1, 1, '', 1, '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z')
                """)
            for (number, area) in [("a1", "East"), ("a2", "West")].enumerated() {
                try session.run(
                    "insert into area (id, plan_id, name, position, is_base_locked) values (\(area.0), 'p1', \(area.1), \(number), 0)")
            }
            for (setting, area) in [("s1", "a1"), ("s2", "a2"), ("s3", "a2")] {
                try session.run("insert into area_setting (plan_id, area_id, setting_id) values ('p1', \(area), \(setting))")
            }
        }
    }
}
