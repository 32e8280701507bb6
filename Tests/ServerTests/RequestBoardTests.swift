import Civil
import House
import HubNetwork
import Store
import StoreTestKit
import TestKit
import Testing

@testable import Identity
@testable import Server

/// The rules of docs/rules/request-board.md, through the pages.
@Suite struct RequestBoardTests {
    private struct People: Sendable {
        let lead: TestHouse
        let nursery: TestHouse
        let preschool: TestHouse
        let rosa: TestHouse
    }

    private func withHub(_ engine: TestEngine, _ body: @Sendable (People) async throws -> Void) async throws {
        try await engine.withDatabase(Rooms.migrations) { database in
            let house = try TestHouse(database: database, rooms: LoadedHouse.rooms)
            try await PlacedSettings.make(house.tools)
            try await body(
                People(
                    lead: try await house.signedIn("lead@example.org", RoleGrant(.hubLead, hub: "h1")),
                    nursery: try await house.signedIn("nursery@example.org", RoleGrant(.manager, hub: "h1", setting: "s1")),
                    preschool: try await house.signedIn("preschool@example.org", RoleGrant(.manager, hub: "h1", setting: "s2")),
                    rosa: try await house.signedIn("rosa@example.org", RoleGrant(.practitioner, hub: "h1", setting: "s3"))))
        }
    }

    private static let board = "/staff/network/hub-one/requests"
    private static let autism = "topic=Identifying+autism&words=How+do+we+see+it+early%3F"
    private static let allergies = "topic=Food+allergies&words=Who+trains+us%3F"

    private func letters(_ house: TestHouse, to email: String) async throws -> [String] {
        try await house.tools.database.read {
            try $0.all("select subject from outbox where to_address = \(email) order by id").map { $0.text("subject") }
        }
    }

    @Test(
        "A request gets the next number, is told to the team, and others join once for a setting and can take it back",
        arguments: TestEngine.all)
    func asksAndJoins(engine: TestEngine) async throws {
        try await withHub(engine) { people in
            let asked = try await people.nursery.post("/own/s1/requests", "\(Self.autism)&shown=yes")
            #expect(asked.header("Location") == "/own/s1/requests/1?done=asked")
            #expect(try await letters(people.lead, to: "lead@example.org") == ["Larkspur Nursery asks: Identifying autism"])
            let second = try await people.rosa.post("/own/s3/requests", Self.allergies)
            #expect(second.header("Location") == "/own/s3/requests/2?done=asked")
            for _ in 0..<2 { #expect(try await people.rosa.post("/own/s3/requests/1/join", "").status == 303) }
            // Whoever asked need not join, and counts once.
            _ = try await people.nursery.post("/own/s1/requests/1/join", "")
            #expect(try await people.lead.get("\(Self.board)/1").text.contains("2 ask"))
            let seen = try await people.preschool.get("/own/s2/requests").text
            #expect(seen.contains("Larkspur Nursery") && !seen.contains("Rosa Childminding") && seen.contains("We too"))
            _ = try await people.rosa.post("/own/s3/requests/1/leave", "")
            #expect(try await people.lead.get("\(Self.board)/1").text.contains("1 asks"))
            _ = try await people.rosa.post("/own/s3/requests/1/join", "")
            let story = try await people.lead.get("\(Self.board)/1").text
            #expect(story.contains("2 ask") && story.contains("“We too” taken back"))
            // The same form sent twice asks once.
            let key = "00000000-0000-7000-8000-000000000009"
            for _ in 0..<2 { _ = try await people.preschool.post("/own/s2/requests", "\(Self.allergies)&key=\(key)") }
            let count = try await people.lead.tools.database.read { try $0.count("select count(*) from need_request") }
            #expect(count == 3)
        }
    }

    @Test("Others see who asks only where the asker wished it; the team always does", arguments: TestEngine.all)
    func whoAsks(engine: TestEngine) async throws {
        try await withHub(engine) { people in
            _ = try await people.nursery.post("/own/s1/requests", Self.autism)
            _ = try await people.rosa.post("/own/s3/requests/1/join", "")
            let others = try await people.preschool.get("/own/s2/requests/1").text
            for name in ["Larkspur", "Rosa Childminding", "A Setting manager", "A Practitioner"] {
                // The one who is signed in stands in the page's own frame.
                let body = others.split(separator: "<main", maxSplits: 1).last.map(String.init) ?? ""
                #expect(!body.contains(name), "\(name)")
            }
            let team = try await people.lead.get("\(Self.board)/1").text
            #expect(team.contains("Larkspur Nursery") && team.contains("Rosa Childminding"))
        }
    }

    @Test("Answering, passing on and closing are told to asker and joiners once each, and stay in the story", arguments: TestEngine.all)
    func story(engine: TestEngine) async throws {
        try await withHub(engine) { people in
            _ = try await people.lead.signedIn("senco@example.org", RoleGrant(.areaSENCo, hub: "h1"))
            _ = try await people.nursery.post("/own/s1/requests", Self.autism)
            _ = try await people.rosa.post("/own/s3/requests/1/join", "")
            let passed = try await people.lead.post(
                "\(Self.board)/1/pass", "version=1&pass_role=area-senco&pass_by=1+December+2026&pass_words=Can+you+help%3F")
            #expect(passed.status == 303)
            #expect(try await letters(people.lead, to: "senco@example.org") == ["A request is passed to you: Identifying autism"])
            #expect(try await people.lead.post("\(Self.board)/1/answer", "version=2&answer=Training+on+3+March").status == 303)
            #expect(try await people.lead.post("\(Self.board)/1/close", "version=3&close_words=Done").status == 303)
            for email in ["nursery@example.org", "rosa@example.org"] {
                let told = try await letters(people.lead, to: email)
                #expect(
                    told == ["Passed on: Identifying autism", "Answered: Identifying autism", "Closed: Identifying autism"], "\(email)")
            }
            for page in [try await people.lead.get("\(Self.board)/1").text, try await people.rosa.get("/own/s3/requests/1").text] {
                for word in ["Asked", "“We too”", "To Area SENCo, by 1 December 2026. Can you help?", "Training on 3 March", "Done"] {
                    #expect(page.contains(word), "\(word)")
                }
            }
            // On the setting's timeline too, and it can be taken up again.
            let timeline = try await people.nursery.get("/own/s1/timeline").text
            #expect(timeline.contains("Asked the hub: request 1") && timeline.contains("The hub answered request 1"))
            #expect(try await people.rosa.post("/own/s3/requests/1/leave", "").status == 303)
            #expect(try await people.preschool.post("/own/s2/requests/1/join", "").status == 400)
            #expect(try await people.lead.post("\(Self.board)/1/reopen", "version=4").status == 303)
            #expect(try await people.lead.get("\(Self.board)/1").text.contains("Waiting"))
        }
    }

    @Test("Two merged requests count each setting once, keep both stories, and come apart again", arguments: TestEngine.all)
    func merges(engine: TestEngine) async throws {
        try await withHub(engine) { people in
            _ = try await people.nursery.post("/own/s1/requests", Self.autism)
            _ = try await people.rosa.post("/own/s3/requests", "topic=Spotting+autism&words=Signs+at+two%3F")
            _ = try await people.preschool.post("/own/s2/requests/1/join", "")
            _ = try await people.preschool.post("/own/s2/requests/2/join", "")
            #expect(try await people.lead.post("\(Self.board)/2/merge", "version=1&into=1").status == 303)
            let root = try await people.lead.get("\(Self.board)/1").text
            #expect(root.contains("3 ask") && root.contains("Signs at two?") && root.contains("Another was merged into it"))
            #expect(try await people.lead.get(Self.board).text.matches(of: /class="thing"/).count == 1)
            #expect(try await people.lead.get("\(Self.board)?q=%232").text.contains("1. Identifying autism"))
            // Who asked the other is told of the answer; joining the other joins the one it went into.
            let version = try await people.lead.tools.database.read {
                try $0.first("select version from need_request where number = 1")?.int("version") ?? 0
            }
            #expect(try await people.lead.post("\(Self.board)/1/answer", "version=\(version)&answer=On+3+March").status == 303)
            #expect(try await letters(people.lead, to: "rosa@example.org").contains("Answered: Identifying autism"))
            #expect(try await people.rosa.get("/own/s3/requests/2").text.contains("answered together with request 1"))
            #expect(try await people.lead.post("\(Self.board)/2/answer", "version=9&answer=Apart").status == 409)
            #expect(try await people.lead.post("\(Self.board)/2/unmerge", "").status == 303)
            #expect(try await people.lead.get("\(Self.board)/1").text.contains("2 ask"))
            let apart = try await people.lead.get("\(Self.board)/2").text
            #expect(apart.contains("2 ask") && apart.contains("Taken apart again"))
        }
    }

    @Test(
        "Two coordinators who merge the same two at once, each into the other: one merge stands, and the other is told",
        arguments: TestEngine.all)
    func mergesAtOnce(engine: TestEngine) async throws {
        try await withHub(engine) { people in
            _ = try await people.nursery.post("/own/s1/requests", Self.autism)
            _ = try await people.rosa.post("/own/s3/requests", Self.allergies)
            let second = try await people.lead.signedIn("second@example.org", RoleGrant(.hubLead, hub: "h1"))
            let lead = people.lead
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                group.addTask { try await lead.post("\(Self.board)/1/merge", "version=1&into=2").status }
                group.addTask { try await second.post("\(Self.board)/2/merge", "version=1&into=1").status }
                return try await group.reduce(into: [Int]()) { $0.append($1) }
            }
            #expect(statuses.sorted() == [303, 409])
            let merged = try await lead.tools.database.read {
                try $0.count("select count(*) from need_request where merged_into is not null")
            }
            #expect(merged == 1)
        }
    }

    @Test("Eight who ask at once get eight numbers", arguments: TestEngine.all)
    func asksAtOnce(engine: TestEngine) async throws {
        try await withHub(engine) { people in
            let houses = [people.nursery, people.preschool, people.rosa, people.lead]
            let paths = ["/own/s1/requests", "/own/s2/requests", "/own/s3/requests", "/staff/network/hub-one/new-request"]
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<8 {
                    group.addTask { try await houses[number % 4].post(paths[number % 4], Self.autism).status }
                }
                return try await group.reduce(into: [Int]()) { $0.append($1) }
            }
            #expect(statuses.allSatisfy { $0 == 303 })
            let numbers = try await people.lead.tools.database.read {
                try $0.all("select number from need_request order by number").map { $0.int("number") }
            }
            #expect(numbers == Array(1...8))
        }
    }

    @Test("An answer over a request that changed meanwhile comes back with the new story and what was typed", arguments: TestEngine.all)
    func twoAnswer(engine: TestEngine) async throws {
        try await withHub(engine) { people in
            _ = try await people.nursery.post("/own/s1/requests", Self.autism)
            _ = try await people.lead.post("\(Self.board)/1/answer", "version=1&answer=Ask+Priya")
            let clash = try await people.lead.post("\(Self.board)/1/answer", "version=1&answer=Ask+Omar")
            #expect(clash.status == 409 && clash.text.contains("while you were writing"))
            #expect(
                clash.text.contains("Ask Priya") && clash.text.contains("Ask Omar") && clash.text.contains("name=\"version\" value=\"2\""))
            let answers = try await people.lead.tools.database.read {
                try $0.count("select count(*) from request_event where what = 'answered'")
            }
            #expect(answers == 1)
        }
    }

    @Test("What waits longer than the hub promised is on Today, and the promise is the hub's own", arguments: TestEngine.all)
    func promises(engine: TestEngine) async throws {
        try await withHub(engine) { people in
            _ = try await people.lead.post("/staff/network/hub-one/request-promise", "days=3")
            _ = try await people.nursery.post("/own/s1/requests", Self.autism)
            // Sunday 22 November 2026, and three working days.
            let day = try await people.lead.tools.database.read { try $0.first("select answer_by from need_request")?.text("answer_by") }
            #expect(day == "2026-11-25")
            #expect(try await !people.lead.get("/staff").text.contains("past its answer day"))
            _ = try await people.lead.tools.database.write { try $0.run("update need_request set answer_by = '2026-11-21'") }
            #expect(try await people.lead.get("/staff").text.contains("request is past its answer day"))
            let late = try await people.lead.get("\(Self.board)?show=overdue").text
            #expect(late.contains("Identifying autism") && late.contains("Overdue"))
            #expect(try await people.lead.post("/staff/network/hub-one/request-promise", "days=0").status == 400)
            #expect(try await people.lead.get("/staff/requests").header("Location") == Self.board)
        }
    }

    @Test("Words too long, nothing said and code typed into a topic: said clearly, kept, shown as typed", arguments: TestEngine.all)
    func badInput(engine: TestEngine) async throws {
        try await withHub(engine) { people in
            let long = String(repeating: "a long wish ", count: 1_700).replacing(" ", with: "+")
            let tooLong = try await people.nursery.post("/own/s1/requests", "topic=Time&words=\(long)")
            #expect(tooLong.status == 422 && tooLong.text.contains("20,000") && tooLong.text.contains("a long wish a long"))
            #expect(try await people.nursery.post("/own/s1/requests", "").status == 422)
            let bad = "%3Cimg+src%3Dx+onerror%3Dalert(1)%3E%27%3B+drop+table+setting%3B--"
            #expect(try await people.nursery.post("/own/s1/requests", "topic=\(bad)&words=\(bad)").status == 303)
            for page in [
                try await people.lead.get(Self.board), try await people.lead.get("\(Self.board)/1"),
                try await people.rosa.get("/own/s3/requests/1"), try await people.lead.get("\(Self.board)?q=\(bad)"),
            ] {
                #expect(page.status == 200 && !page.text.contains("<img src=x") && page.text.contains("&lt;img src=x"))
            }
            let unfinished = try await people.lead.post("\(Self.board)/1/pass", "version=1&pass_words=kept+words")
            #expect(unfinished.status == 422 && unfinished.text.contains("kept words"))
        }
    }

    @Test("Another hub's request is not there, and a setting speaks only for itself", arguments: TestEngine.all)
    func otherHub(engine: TestEngine) async throws {
        try await withHub(engine) { people in
            _ = try await people.nursery.post("/own/s1/requests", Self.autism)
            let other = try await people.lead.signedIn("other@example.org", RoleGrant(.hubLead, hub: "h2"))
            for address in ["\(Self.board)/1", Self.board, "/staff/network/hub-two/requests/1"] {
                #expect(try await other.get(address).status == 404, "\(address)")
            }
            #expect(try await other.post("/staff/network/hub-two/requests/1/answer", "version=1&answer=x").status == 404)
            let far = try await people.lead.signedIn("far@example.org", RoleGrant(.manager, hub: "h2", setting: "s4"))
            #expect(try await far.get("/own/s4/requests/1").status == 404)
            #expect(try await far.post("/own/s4/requests/1/join", "").status == 404)
            #expect(try await !far.get("/own/s4/requests").text.contains("Identifying autism"))
            #expect(try await people.rosa.post("/own/s1/requests", Self.allergies).status == 403)
            #expect(try await people.rosa.get("\(Self.board)/1").status == 403)
            let mentor = try await people.lead.signedIn("mentor@example.org", RoleGrant(.mentor, hub: "h1"))
            #expect(try await mentor.get("\(Self.board)/1").status == 200)
            #expect(try await mentor.post("\(Self.board)/1/answer", "version=1&answer=x").status == 403)
        }
    }

    @Test("What somebody asked is in their own data, and their words go when they are forgotten", arguments: TestEngine.all)
    func ownData(engine: TestEngine) async throws {
        try await withHub(engine) { people in
            _ = try await people.nursery.post("/own/s1/requests", "\(Self.autism)&shown=yes")
            #expect(try await people.nursery.get("/account/data.json").text.contains("How do we see it early?"))
            let admin = try await people.lead.asStranger.withAdministrator()
            let id = try await people.lead.tools.database.read {
                try $0.first("select id from person where email_key = 'nursery@example.org'")?.text("id") ?? ""
            }
            _ = try await admin.post("/staff/people/\(id)/forget", "")
            let page = try await people.lead.get("\(Self.board)/1").text
            #expect(page.contains("Identifying autism") && !page.contains("How do we see it early?"))
        }
    }
}
