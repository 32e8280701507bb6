import Civil
import House
import HubNetwork
import Store
import StoreTestKit
import TestKit
import Testing

@testable import Identity
@testable import Server

/// The rules of docs/rules/needs-survey.md, through the pages.
@Suite struct NeedsSurveyTests {
    /// A hub with twelve childminders and two nurseries more than the placed ones, each with somebody of its own.
    private func withHub(_ engine: TestEngine, _ body: @Sendable (_ lead: TestHouse) async throws -> Void) async throws {
        try await engine.withDatabase(Rooms.migrations) { database in
            let house = try TestHouse(database: database, rooms: LoadedHouse.rooms)
            try await PlacedSettings.make(house.tools)
            try await house.tools.database.write { session in
                for number in 0..<14 {
                    try session.run(
                        """
                        insert into setting (id, type, name, sort_key, address, place_basis, ward_code, places, is_home, is_secret,
                            is_early_years, status, version, created_at, updated_at)
                        values (\("n\(number)"), \(number < 12 ? "childminder" : "day-nursery"), \("Setting \(number)"), \("setting \(number)"),
                            '1 Elm Road', 'none', 'E05000001', 6, \(number < 12), 0, 1, 'open', 1, '2026-01-01T00:00:00Z',
                            '2026-01-01T00:00:00Z')
                        """)
                }
            }
            try await body(try await house.signedIn("lead@example.org", RoleGrant(.hubLead, hub: "h1")))
        }
    }

    private static let base = "/staff/network/hub-one"
    private static let open = "term=2026-2&from=22+November+2026&closes=6+December+2026"

    private func survey(_ house: TestHouse) async throws -> String {
        try await house.tools.database.read { try $0.first("select id from need_survey order by id desc")?.text("id") ?? "" }
    }

    private func question(_ house: TestHouse, _ code: String) async throws -> String {
        try await house.tools.database.read {
            try $0.first("select id from need_question where code = \(code) order by version desc")?.text("id") ?? ""
        }
    }

    /// Somebody of each of the settings answers the same.
    private func answer(_ house: TestHouse, _ settings: [String], _ form: String) async throws {
        for setting in settings {
            let one = try await house.signedIn("\(setting)@example.org", RoleGrant(.practitioner, hub: "h1", setting: setting))
            let sent = try await one.post("/own/\(setting)/needs", form)
            #expect(sent.status == 303, "\(setting)")
        }
    }

    private func dump(_ house: TestHouse, _ table: String) async throws -> [[String]] {
        try await house.tools.database.read { session in
            var rows: [[String]] = []
            for shape in try session.tables() where shape.name == table {
                try session.each(rowOf: shape) { rows.append($0.map { $0.text ?? "" }) }
            }
            return rows
        }
    }

    @Test("The hub opens a term's survey once; people answer on their own page, change it, and count once", arguments: TestEngine.all)
    func answers(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            #expect(try await lead.post("\(Self.base)/new-survey", Self.open).status == 303)
            let again = try await lead.post("\(Self.base)/new-survey", Self.open)
            #expect(again.status == 422 && again.text.contains("This term has a survey already."))
            let (equal, words) = (try await question(lead, "equal"), try await question(lead, "own-words"))
            let one = try await lead.signedIn("n0@example.org", RoleGrant(.practitioner, hub: "h1", setting: "n0"))
            #expect(try await one.get("/own-hub").header("Location") == "/own/n0/needs")
            #expect(try await one.get("/own/n0/needs").text.contains("as an equal partner"))
            let empty = try await one.post("/own/n0/needs", "")
            #expect(empty.status == 422 && empty.text.contains("Answer one question or more."))
            #expect(try await one.post("/own/n0/needs", "q-\(equal)=2&q-\(words)=More+time").status == 303)
            let shown = try await one.get("/own/n0/needs").text
            #expect(shown.contains("More time") && shown.contains("Change my answers"))
            #expect(try await one.post("/own/n0/needs", "q-\(equal)=4&q-\(words)=Less+paper").status == 303)
            let sheets = try await dump(lead, "survey_sheet")
            let marks = try await dump(lead, "survey_mark").joined().joined(separator: " ")
            #expect(sheets.count == 1 && marks.contains("Less paper") && !marks.contains("More time"))
            // It waits no longer, and what is made up is refused.
            #expect(try await one.get("/own-hub").header("Location") == "/own/n0/requests")
            #expect(try await one.post("/own/n0/needs", "q-\(equal)=9").status == 422)
            #expect(try await one.post("/own/s1/needs", "q-\(equal)=4").status == 403)
        }
    }

    @Test(
        "While it is open nothing of the answers is shown, and only their giver can be told to have given them", arguments: TestEngine.all)
    func nothingWhileOpen(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            _ = try await lead.post("\(Self.base)/new-survey", Self.open)
            let (equal, words) = (try await question(lead, "equal"), try await question(lead, "own-words"))
            try await answer(lead, (0..<7).map { "n\($0)" }, "q-\(equal)=5&q-\(words)=A+secret+wish")
            let id = try await survey(lead)
            for page in ["\(Self.base)/needs", "\(Self.base)/needs/\(id)"] {
                let text = try await lead.get(page).text
                #expect(text.contains("until then nothing is shown") && !text.contains("A secret wish"))
            }
            #expect(try await lead.get("\(Self.base)/needs/\(id)/results.csv").status == 400)
            var one = lead
            one.cookie = try await lead.tools.signedInCookie(email: "n3@example.org")
            #expect(try await one.get("/account/data.json").text.contains("A secret wish"))
            #expect(try await !lead.get("/account/data.json").text.contains("A secret wish"))
        }
    }

    @Test(
        "Once closed, who answered and what was answered cannot be brought together, and nothing can be changed", arguments: TestEngine.all)
    func cutsTheThread(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            _ = try await lead.post("\(Self.base)/new-survey", Self.open)
            let equal = try await question(lead, "equal")
            try await answer(lead, (0..<6).map { "n\($0)" }, "q-\(equal)=5")
            let id = try await survey(lead)
            #expect(try await lead.get("\(Self.base)/needs/\(id)/close").text.contains("cannot be taken back"))
            #expect(try await lead.post("\(Self.base)/needs/\(id)/close", "").status == 303)
            let sheets = Set(try await dump(lead, "survey_sheet").map { $0[0] })
            let replies = try await dump(lead, "survey_reply")
            #expect(sheets.count == 6 && replies.count == 6)
            for table in ["survey_reply", "audit", "outbox"] {
                let held = try await dump(lead, table).joined().joined(separator: " ")
                for sheet in sheets { #expect(!held.contains(sheet), "\(table)") }
            }
            // A sheet's name is made by chance: those of one second share no beginning, as ids made from the time would.
            #expect(Set(sheets.map { $0.prefix(6) }).count == sheets.count)
            var one = lead
            one.cookie = try await lead.tools.signedInCookie(email: "n3@example.org")
            #expect(try await one.post("/own/n3/needs", "q-\(equal)=1").status == 400)
        }
    }

    @Test("Results are shown by sector, never about fewer than five, and the table says the same as the page", arguments: TestEngine.all)
    func suppresses(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            _ = try await lead.post("\(Self.base)/new-survey", Self.open)
            let (equal, help) = (try await question(lead, "equal"), try await question(lead, "help"))
            try await answer(lead, (0..<6).map { "n\($0)" }, "q-\(equal)=2&q-\(help)=training")
            try await answer(lead, ["n6", "n7"], "q-\(equal)=2&q-\(help)=send")
            try await answer(lead, ["n12", "n13"], "q-\(equal)=5&q-\(help)=send")
            let id = try await survey(lead)
            _ = try await lead.post("\(Self.base)/needs/\(id)/close", "")
            let page = try await lead.get("\(Self.base)/needs/\(id)").text
            // Two nurseries are few, so they stand with the childminders, who are all there is.
            #expect(page.contains("Childminders, PVI settings together") && page.contains("2.6 of 5"))
            #expect(!page.contains("(2)") && !page.contains("5.0"))
            let csv = try await lead.get("\(Self.base)/needs/\(id)/results.csv")
            #expect(csv.status == 200 && csv.header("Content-Type")?.hasPrefix("text/csv") == true)
            #expect(csv.text.contains("\"Childminders, PVI settings together\",10,,2.6"))
            // Four asked for support: under five, so neither page nor table says it.
            #expect(csv.text.contains("Support for children with additional needs,All,10,hidden"))
            #expect(csv.text.contains("All,10,6"))
            #expect(!csv.text.contains("@example.org") && !csv.text.contains("Setting 1"))
        }
    }

    @Test("Fewer than five answers in all: nothing is shown", arguments: TestEngine.all)
    func fewerThanFive(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            _ = try await lead.post("\(Self.base)/new-survey", Self.open)
            let (equal, words) = (try await question(lead, "equal"), try await question(lead, "own-words"))
            try await answer(lead, (0..<4).map { "n\($0)" }, "q-\(equal)=1&q-\(words)=Nobody+listens")
            let id = try await survey(lead)
            _ = try await lead.post("\(Self.base)/needs/\(id)/close", "")
            let page = try await lead.get("\(Self.base)/needs/\(id)").text
            #expect(page.contains("Fewer than five people answered") && !page.contains("Nobody listens") && !page.contains("1.0"))
            #expect(try await !lead.get("\(Self.base)/needs/\(id)/results.csv").text.contains(",1.0"))
        }
    }

    @Test(
        "A member's manager gets a letter with a link that answers without signing in, until the survey closes", arguments: TestEngine.all)
    func linkInALetter(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            for (setting, role) in [("n0", Role.practitioner), ("s1", .manager), ("n1", .practitioner)] {
                _ = try await lead.signedIn("\(setting)@example.org", RoleGrant(role, hub: "h1", setting: setting))
            }
            // n1 is no member, and s1's practitioner leaves the letter to its manager.
            _ = try await lead.signedIn("other@example.org", RoleGrant(.practitioner, hub: "h1", setting: "s1"))
            for setting in ["n0", "s1"] { _ = try await lead.post("\(Self.base)/settings/\(setting)/join", "") }
            let opened = try await lead.post("\(Self.base)/new-survey", "\(Self.open)&letters=yes")
            #expect(opened.header("Location")?.hasSuffix("letters=2") == true)
            for nobody in ["n1@example.org", "other@example.org"] { #expect(try await lead.link(inLetterTo: nobody) == nil) }
            let link = try #require(try await lead.link(inLetterTo: "n0@example.org"))
            let html = try await lead.tools.database.read {
                try $0.first("select html_body from outbox where to_address = 'n0@example.org' order by id desc")?.textOrNil("html_body")
            }
            #expect(html?.contains("<a href=\"http") == true && html?.contains("\(link)\">Answer the questions</a>") == true)
            let equal = try await question(lead, "equal")
            #expect(try await lead.asStranger.get(link).text.contains("as an equal partner"))
            #expect(try await lead.asStranger.post(link, "q-\(equal)=4").header("Location") == "\(link)?done=sent")
            // The same person signed in sees the same answers: one for a person and a setting.
            var one = lead
            one.cookie = try await lead.tools.signedInCookie(email: "n0@example.org")
            #expect(try await one.get("/own/n0/needs").text.contains("Change my answers"))
            #expect(try await lead.asStranger.get("/needs/nonsense").status == 404)
            // Reminded once, and only those who have not answered.
            let id = try await survey(lead)
            let reminded = try await lead.post("\(Self.base)/needs/\(id)/remind", "")
            #expect(reminded.header("Location")?.hasSuffix("letters=1") == true)
            #expect(try await lead.post("\(Self.base)/needs/\(id)/remind", "").status == 400)
            _ = try await lead.post("\(Self.base)/needs/\(id)/close", "")
            #expect(try await lead.asStranger.get(link).status == 404)
            #expect(try await lead.asStranger.post(link, "q-\(equal)=1").status == 404)
        }
    }

    @Test(
        "A question in other words is another version, and a survey that is open keeps the words it began with", arguments: TestEngine.all)
    func versions(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            _ = try await lead.post("\(Self.base)/new-survey", Self.open)
            let old = try await question(lead, "equal")
            let saved = try await lead.post("\(Self.base)/survey-questions", "do=rewrite&question=\(old)&words=Am+I+an+equal%3F")
            #expect(saved.status == 303)
            let one = try await lead.signedIn("n0@example.org", RoleGrant(.practitioner, hub: "h1", setting: "n0"))
            let form = try await one.get("/own/n0/needs").text
            #expect(form.contains("as an equal partner") && !form.contains("Am I an equal?"))
            let page = try await lead.get("\(Self.base)/survey-questions").text
            #expect(page.contains("Am I an equal?") && page.contains("version 2"))
            // Somebody else who still sees the first version is told.
            let clash = try await lead.post("\(Self.base)/survey-questions", "do=rewrite&question=\(old)&words=Are+we+heard%3F")
            #expect(clash.status == 409 && clash.text.contains("Are we heard?") && clash.text.contains("Am I an equal?"))
            #expect(clash.text.contains("Somebody changed this while you were writing.") && PageCheck.faults(in: clash.text).isEmpty)
            // What they wrote can be saved over it from there.
            let second = try await question(lead, "equal")
            #expect(clash.text.contains("name=\"question\" value=\"\(second)\"") && clash.text.contains("value=\"Are we heard?\""))
            _ = try await lead.post("\(Self.base)/survey-questions", "do=rewrite&question=\(second)&words=Are+we+heard%3F")
            let new = try await question(lead, "equal")
            _ = try await lead.post("\(Self.base)/survey-questions", "do=out&question=\(new)")
            let gone = try await lead.post("\(Self.base)/survey-questions", "do=rewrite&question=\(new)&words=Are+we+seen%3F")
            #expect(gone.status == 409 && gone.text.contains("left this question out") && gone.text.contains("Are we seen?"))
            #expect(try await lead.get("\(Self.base)/survey-questions").text.contains("Ask it again"))
            _ = try await lead.post("\(Self.base)/survey-questions", "do=again&question=\(new)")
            #expect(try await !lead.get("\(Self.base)/survey-questions").text.contains("Ask it again"))
            let added = try await lead.post(
                "\(Self.base)/survey-questions", "do=add&new_kind=choices&new_words=Which+day%3F&new_choices=Monday")
            #expect(added.status == 422 && added.text.contains("two choices or more") && added.text.contains("Which day?"))
        }
    }

    @Test("After the term that follows only sums are left, and they give the same results", arguments: TestEngine.all)
    func addsUp(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            _ = try await lead.post("\(Self.base)/new-survey", Self.open)
            let (equal, help) = (try await question(lead, "equal"), try await question(lead, "help"))
            try await answer(lead, (0..<6).map { "n\($0)" }, "q-\(equal)=2&q-\(help)=training&q-\(help)=staff")
            try await answer(lead, ["n12", "n13"], "q-\(equal)=5&q-\(help)=staff")
            let id = try await survey(lead)
            _ = try await lead.post("\(Self.base)/needs/\(id)/close", "")
            let before = try await lead.get("\(Self.base)/needs/\(id)/results.csv").text
            let tools = lead.tools
            let rule = try #require(Network.retention.first { $0.code == "survey-sheets" })
            let late = Tools(
                database: tools.database, clock: .fixed(try #require(Instant(iso: "2027-04-02T03:00:00Z"))), ids: tools.ids,
                site: tools.site)
            let early = Tools(
                database: tools.database, clock: .fixed(try #require(Instant(iso: "2027-03-31T03:00:00Z"))), ids: tools.ids,
                site: tools.site)
            let soon = try await tools.database.write { try rule.clear(atMost: 10, early, in: $0) }
            let cleared = try await tools.database.write { try rule.clear(atMost: 10, late, in: $0) }
            #expect(soon == 0 && cleared == 1)
            for table in ["survey_sheet", "survey_mark", "survey_reply", "survey_link"] {
                #expect(try await dump(lead, table).isEmpty, "\(table)")
            }
            #expect(try await lead.get("\(Self.base)/needs/\(id)/results.csv").text == before)
        }
    }

    @Test("Somebody who is forgotten takes their answers along while they can be told to be theirs", arguments: TestEngine.all)
    func forgets(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            _ = try await lead.post("\(Self.base)/new-survey", Self.open)
            let words = try await question(lead, "own-words")
            try await answer(lead, ["n0", "n1"], "q-\(words)=My+own+words")
            let admin = try await lead.asStranger.withAdministrator()
            let id = try await lead.tools.database.read {
                try $0.first("select id from person where email_key = 'n0@example.org'")?.text("id") ?? ""
            }
            #expect(try await admin.post("/staff/people/\(id)/forget", "").status == 303)
            let (sheets, replies) = (try await dump(lead, "survey_sheet"), try await dump(lead, "survey_reply"))
            #expect(sheets.count == 1 && replies.count == 1)
        }
    }

    @Test("Another hub's survey is not there, and settings answer only their own hub's", arguments: TestEngine.all)
    func otherHub(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            _ = try await lead.post("\(Self.base)/new-survey", Self.open)
            let id = try await survey(lead)
            let other = try await lead.signedIn("other@example.org", RoleGrant(.hubLead, hub: "h2"))
            for address in ["\(Self.base)/needs/\(id)", "/staff/network/hub-two/needs/\(id)", "\(Self.base)/needs/\(id)/results.csv"] {
                #expect(try await other.get(address).status == 404, "\(address)")
            }
            #expect(try await other.post("/staff/network/hub-two/needs/\(id)/close", "").status == 404)
            let far = try await lead.signedIn("far@example.org", RoleGrant(.manager, hub: "h2", setting: "s4"))
            #expect(try await far.get("/own/s4/needs").text.contains("No survey is open"))
            let mentor = try await lead.signedIn("mentor@example.org", RoleGrant(.mentor, hub: "h1"))
            #expect(try await mentor.get("\(Self.base)/needs").status == 200)
            #expect(try await mentor.get("\(Self.base)/new-survey").status == 403)
        }
    }
}
