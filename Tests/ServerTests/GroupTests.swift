import Civil
import House
import HubNetwork
import Store
import StoreTestKit
import TestKit
import Testing

@testable import Identity
@testable import Server

/// The rules of docs/rules/groups.md, through the pages.
@Suite struct GroupTests {
    private func withHub(_ engine: TestEngine, _ body: @Sendable (_ lead: TestHouse) async throws -> Void) async throws {
        try await engine.withDatabase(Rooms.migrations) { database in
            let house = try TestHouse(database: database, rooms: LoadedHouse.rooms)
            try await PlacedSettings.make(house.tools)
            try await body(try await house.signedIn("lead@example.org", RoleGrant(.hubLead, hub: "h1")))
        }
    }

    private static let base = "/staff/network/hub-one"

    /// Sets a group up and returns its page's path.
    private func group(_ house: TestHouse, _ form: String = "kind=steering&title=Steering+group&seats-childminders=1") async throws
        -> String
    {
        let made = try await house.post("\(Self.base)/new-group", form)
        let path = try #require(made.header("Location")?.split(separator: "?").first.map(String.init))
        #expect(path.hasPrefix("\(Self.base)/groups/"))
        return path
    }

    private func ids(_ house: TestHouse, _ table: SQL) async throws -> [String] {
        try await house.tools.database.read { try $0.all("select id from \(table) order by id").map { $0.text("id") } }
    }

    private func person(_ house: TestHouse, _ email: String) async throws -> String {
        try await house.tools.database.read { try $0.first("select id from person where email_key = \(email)")?.text("id") ?? "" }
    }

    @Test(
        "A seat nobody fills is said on the page and on Today; a steering group without council or health says so too",
        arguments: TestEngine.all)
    func vacancies(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            let path = try await group(lead)
            let fresh = try await lead.get(path).text
            #expect(fresh.contains("No seat for council.") && fresh.contains("No seat for health."))
            #expect(fresh.contains("1 seat is empty."))
            let today = try await lead.get("/staff").text
            #expect(today.contains("seats in groups are empty"))
            for sector in ["council", "health"] { _ = try await lead.post("\(path)/seats", "seat_sector=\(sector)") }
            for seat in try await ids(lead, "group_seat") {
                let filled = try await lead.post("\(path)/seats/\(seat)/fill", "name=Ann+Ash&organisation=Westshire")
                #expect(filled.status == 303)
            }
            let full = try await lead.get(path).text
            #expect(!full.contains("No seat for") && !full.contains("seat is empty") && full.contains("Ann Ash"))
            let quiet = try await lead.get("/staff").text
            #expect(!quiet.contains("in groups are empty") && !quiet.contains("in a group is empty"))
        }
    }

    @Test("Who sat where stays known after they leave, and leaving can be taken back", arguments: TestEngine.all)
    func history(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            let path = try await group(lead)
            let seat = try #require(try await ids(lead, "group_seat").first)
            _ = try await lead.post("\(path)/seats/\(seat)/fill", "name=Ann+Ash&setting=s3&from=1+September+2026")
            let left = try await lead.post("\(path)/seats/\(seat)/leave", "")
            let gone = try await lead.get(try #require(left.header("Location"))).text
            #expect(gone.contains("1 seat is empty.") && gone.contains("They did not leave") && gone.contains("Ann Ash"))
            _ = try await lead.post("\(path)/seats/\(seat)/return", "")
            #expect(try await !lead.get(path).text.contains("1 seat is empty."))
            _ = try await lead.post("\(path)/seats/\(seat)/leave", "")
            _ = try await lead.post("\(path)/seats/\(seat)/fill", "name=Bea+Birch")
            let page = try await lead.get(path).text
            #expect(page.contains("Everybody who ever sat in it") && page.contains("Ann Ash") && page.contains("Bea Birch"))
            // A day before the one she left is not free.
            _ = try await lead.post("\(path)/seats/\(seat)/leave", "")
            let early = try await lead.post("\(path)/seats/\(seat)/fill", "name=Cy+Cole&from=1+January+2026")
            #expect(early.status == 422 && early.text.contains("Choose that day or a later one") && early.text.contains("Cy Cole"))
            // On the setting's timeline, for the team and for its own people.
            let manager = try await lead.signedIn("manager@example.org", RoleGrant(.manager, hub: "h1", setting: "s3"))
            for timeline in [try await lead.get("\(Self.base)/settings/s3").text, try await manager.get("/own/s3/timeline").text] {
                #expect(timeline.contains("A seat in the group “Steering group”") && timeline.contains("Ann Ash"))
            }
        }
    }

    @Test("Two people who fill one seat at once: the second is told who sits there, and keeps what they typed", arguments: TestEngine.all)
    func twoFill(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            let path = try await group(lead)
            let seat = try #require(try await ids(lead, "group_seat").first)
            _ = try await lead.post("\(path)/seats/\(seat)/fill", "name=Ann+Ash")
            let second = try await lead.post("\(path)/seats/\(seat)/fill", "name=Bea+Birch")
            #expect(second.status == 409 && second.text.contains("Ann Ash sits there") && second.text.contains("value=\"Bea Birch\""))
        }
    }

    @Test("A chair from outside is independent, and one of a sector with two seats is not", arguments: TestEngine.all)
    func chairs(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            let path = try await group(lead, "kind=strategic&title=Strategy&seats-childminders=2")
            _ = try await lead.post("\(path)/seats", "seat_chair=yes")
            let chairSeat = try await lead.tools.database.read {
                try $0.first("select id from group_seat where is_chair = 1")?.text("id") ?? ""
            }
            _ = try await lead.post("\(path)/seats/\(chairSeat)/fill", "name=Ruth+Adeyemi")
            #expect(try await lead.get(path).text.contains("Independent chair"))
            _ = try await lead.post("\(path)/seats/\(chairSeat)/leave", "")
            _ = try await lead.post("\(path)/seats/\(chairSeat)/fill", "name=Rosa+Lind&setting=s3")
            let page = try await lead.get(path).text
            #expect(page.contains("Chair from within") && page.contains("Childminders have 2 seats, and the chair is one of them."))
            // The list says who chairs, by the kind of setting they come from.
            #expect(try await lead.get("\(Self.base)/groups").text.contains("Rosa Lind"))
            #expect(try await lead.post("\(path)/seats", "seat_chair=yes").status == 400)
        }
    }

    @Test("Two who write the terms of reference at once: both texts are kept, and the second decides", arguments: TestEngine.all)
    func twoEditors(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            let path = try await group(lead)
            #expect(try await lead.post("\(path)/terms", "version=0&terms=We+meet+each+term.").status == 303)
            #expect(try await lead.post("\(path)/terms", "version=1&terms=We+meet+each+month.").status == 303)
            let clash = try await lead.post("\(path)/terms", "version=1&terms=We+meet+when+needed.")
            #expect(clash.status == 409 && clash.text.contains("Somebody changed this while you were writing."))
            for kept in ["We meet each month.", "We meet when needed.", "We meet each term.", "Set aside, written over version 2"] {
                #expect(clash.text.contains(kept), "\(kept)")
            }
            // Sent again, nothing is set aside twice.
            _ = try await lead.post("\(path)/terms", "version=1&terms=We+meet+when+needed.")
            let aside = try await lead.tools.database.read { try $0.count("select count(*) from terms_of_reference where is_aside = 1") }
            #expect(aside == 1)
            #expect(clash.text.contains("name=\"version\" value=\"2\""))
            _ = try await lead.post("\(path)/terms", "version=2&terms=We+meet+when+needed.")
            let page = try await lead.get("\(path)/terms").text
            #expect(page.contains("Version 2") && page.contains("Version 1") && page.contains("We meet each month."))
            let long = String(repeating: "a long text ", count: 1_700).replacing(" ", with: "+")
            let tooLong = try await lead.post("\(path)/terms", "version=3&terms=\(long)")
            #expect(tooLong.status == 422 && tooLong.text.contains("20,000") && tooLong.text.contains("a long text a long"))
        }
    }

    @Test("Two who change a group's facts at once: the second sees both and saves theirs knowingly", arguments: TestEngine.all)
    func twoChangeFacts(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            let path = try await group(lead)
            let facts = "kind=steering&begins=1+September+2026"
            #expect(try await lead.post("\(path)/edit", "\(facts)&title=First&version=1").status == 303)
            let clash = try await lead.post("\(path)/edit", "\(facts)&title=Second&version=1")
            #expect(clash.status == 409 && clash.text.contains("First") && clash.text.contains("Second"))
            #expect(clash.text.contains("Somebody changed this while you were writing.") && PageCheck.faults(in: clash.text).isEmpty)
            #expect(clash.text.contains("name=\"version\" value=\"2\""))
            #expect(try await lead.post("\(path)/edit", "\(facts)&title=Second&version=2").status == 303)
            #expect(try await lead.get(path).text.contains("<bdi>Second</bdi></h1>"))
        }
    }

    @Test("A task and finish group needs its end; ending closes it, and it can be taken up again", arguments: TestEngine.all)
    func taskAndFinish(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            let without = try await lead.post("\(Self.base)/new-group", "kind=task&title=Leaflet")
            #expect(
                without.status == 422 && without.text.contains("a task and finish group finishes")
                    && without.text.contains("value=\"Leaflet\""))
            let path = try await group(lead, "kind=task&title=Leaflet&begins=1+September+2026&ends=1+October+2026&seats-schools=1")
            _ = try await lead.post("\(path)/deliverables", "deliverable=A+leaflet&due=20+October+2026")
            let page = try await lead.get(path).text
            #expect(page.contains("This group was to end by 1 October 2026.") && page.contains("Overdue"))
            #expect(try await lead.get("/staff").text.contains("promise of a group is overdue"))
            let deliverable = try #require(try await ids(lead, "group_deliverable").first)
            _ = try await lead.post("\(path)/deliverables/\(deliverable)/done", "")
            #expect(try await !lead.get("/staff").text.contains("promise of a group is overdue"))
            _ = try await lead.post("\(path)/end", "")
            let ended = try await lead.get(path).text
            #expect(ended.contains("Ended on") && !ended.contains("seat is empty") && ended.contains("Take it up again"))
            _ = try await lead.post("\(path)/reopen", "")
            #expect(try await lead.get(path).text.contains("1 seat is empty."))
        }
    }

    @Test("The meetings held are set against how often it should meet", arguments: TestEngine.all)
    func rhythm(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            let path = try await group(lead, "kind=mentors&title=Mentors&begins=1+September+2025&rhythm=term")
            for day in ["1+October+2025", "1+February+2026"] {
                #expect(try await lead.post("\(path)/meetings", "met=\(day)").status == 303)
            }
            // Autumn and spring kept, summer missed; this term still runs.
            #expect(try await lead.get(path).text.contains("and did 2 of 3 times"))
            #expect(try await lead.post("\(path)/meetings", "met=1+February+2026").status == 422)
            #expect(try await lead.post("\(path)/meetings", "met=1+January+2031").text.contains("still to come"))
            let meeting = try #require(try await ids(lead, "group_meeting").first)
            _ = try await lead.post("\(path)/meetings/\(meeting)/undo", "")
            #expect(try await lead.get(path).text.contains("and did 1 of 3 times"))
            _ = try await lead.post("\(path)/meetings/\(meeting)/restore", "")
            #expect(try await lead.get(path).text.contains("and did 2 of 3 times"))
        }
    }

    @Test("A representative writes for their sector, whose people read it; others neither write nor read it", arguments: TestEngine.all)
    func sectorNotes(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            let path = try await group(lead)
            let rosa = try await lead.signedIn("rosa@example.org", RoleGrant(.practitioner, hub: "h1", setting: "s3"))
            let nursery = try await lead.signedIn("nursery@example.org", RoleGrant(.manager, hub: "h1", setting: "s1"))
            let note = "timing=before&note_day=1+December+2026&note=Earlier+meetings%2C+after+school+runs"
            #expect(try await rosa.post("/own/s3/groups", note).status == 403)
            let seat = try #require(try await ids(lead, "group_seat").first)
            let id = try await person(lead, "rosa@example.org")
            #expect(try await lead.post("\(path)/seats/\(seat)/fill", "person=\(id)").status == 303)
            #expect(try await rosa.get("/own/s3/groups").text.contains("You sit in a group"))
            #expect(try await rosa.post("/own/s3/groups", note).status == 303)
            for reader in [rosa, lead] {
                let page = try await reader.get(reader.cookie == rosa.cookie ? "/own/s3/groups" : path).text
                #expect(page.contains("Earlier meetings, after school runs"))
            }
            let elsewhere = try await nursery.get("/own/s1/groups").text
            #expect(elsewhere.contains("No seat for private") && !elsewhere.contains("Earlier meetings"))
            #expect(try await nursery.post("/own/s1/groups", note).status == 403)
            #expect(try await nursery.get(path).status == 403)
            // Of the hub's team only those who keep groups, and who sits in the seat, write and take back.
            let adviser = try await lead.signedIn("adviser@example.org", RoleGrant(.adviser, hub: "h1"))
            #expect(try await adviser.post("\(path)/notes", note).status == 403)
            let noteID = try #require(try await ids(lead, "sector_note").first)
            #expect(try await adviser.post("\(path)/notes/\(noteID)/undo", "").status == 403)
            #expect(try await lead.post("\(path)/notes/\(noteID)/undo", "").status == 303)
            #expect(try await !rosa.get("/own/s3/groups").text.contains("Earlier meetings"))
            // It is in the writer's own data, and goes with them.
            _ = try await lead.post("\(path)/notes/\(noteID)/restore", "")
            #expect(try await rosa.get("/account/data.json").text.contains("Earlier meetings"))
        }
    }

    @Test("A steering member finds the groups from their own list of rooms, and changes nothing", arguments: TestEngine.all)
    func steering(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            let path = try await group(lead)
            let steering = try await lead.signedIn("steering@example.org", RoleGrant(.steering, hub: "h1"))
            #expect(try await steering.get("/staff/groups").header("Location") == "\(Self.base)/groups")
            let page = try await steering.get(path)
            #expect(page.status == 200 && !page.text.contains("Add a seat") && !page.text.contains("End the group"))
            #expect(try await steering.post("\(path)/end", "").status == 403)
            let paper = try await steering.get("\(path)/paper")
            #expect(paper.status == 200 && paper.text.contains("Terms of reference"))
        }
    }

    @Test("Another hub's group is not there, nor its seats under one's own", arguments: TestEngine.all)
    func otherHub(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            let path = try await group(lead)
            let seat = try #require(try await ids(lead, "group_seat").first)
            let other = try await lead.signedIn("other@example.org", RoleGrant(.hubLead, hub: "h2"))
            let made = try await other.post("/staff/network/hub-two/new-group", "kind=mentors&title=Mentors")
            let own = try #require(made.header("Location")?.split(separator: "?").first.map(String.init))
            let id = try #require(path.split(separator: "/").last)
            for address in [
                path, "\(path)/terms", "\(path)/paper", "\(path)/edit", "/staff/network/hub-two/groups/\(id)", "\(own)/seats/\(seat)/fill",
            ] {
                let status = try await other.get(address).status
                #expect(status == 404, "\(address) answered \(status)")
            }
            #expect(try await other.post("\(own)/seats/\(seat)/leave", "").status == 404)
            #expect(try await other.post("/staff/network/hub-two/groups/\(id)/end", "").status == 404)
        }
    }

    @Test("Names, titles and notes that look like code are shown as they were typed", arguments: TestEngine.all)
    func attackStrings(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            let bad = "%3Cscript%3Ealert(1)%3C%2Fscript%3E%22%27%3B+drop+table+person%3B--"
            let path = try await group(lead, "kind=mentors&title=\(bad)&purpose=\(bad)&seats-schools=1")
            let seat = try #require(try await ids(lead, "group_seat").first)
            _ = try await lead.post("\(path)/seats/\(seat)/fill", "name=\(bad)&organisation=\(bad)")
            _ = try await lead.post("\(path)/deliverables", "deliverable=\(bad)&due=1+December+2026")
            _ = try await lead.post("\(path)/terms", "version=0&terms=\(bad)")
            for address in [path, "\(Self.base)/groups", "\(path)/terms", "\(path)/paper", "\(path)/edit"] {
                let page = try await lead.get(address)
                #expect(
                    page.status == 200 && !page.text.contains("<script>alert") && page.text.contains("&lt;script&gt;alert(1)"), "\(address)"
                )
            }
        }
    }
}
