import Civil
import Directory
import House
import HubNetwork
import Store
import StoreTestKit
import Testing

@testable import Identity
@testable import Server

/// Volunteering at an event, with a code from a poster.
extension ChampionTests {
    @Test("Thirty-nine people volunteer on their phones at one event, and each is given an area on one page", arguments: TestEngine.all)
    func thirtyNine(engine: TestEngine) async throws {
        let areas = (1...13).map { "Area \($0)" }
        try await withHub(engine, areas: areas) { lead in
            let stranger = lead.asStranger
            let code = try await code(lead)
            #expect(try await stranger.get("/champions/\(code)").text.contains("Area 13"))
            for number in 1...39 {
                let shares = number % 2 == 0 ? "&shares=yes" : ""
                let form = "name=Person+\(number)&email=p\(number)%40example.org&wish=p1-a\(number % 13 + 1)\(shares)"
                let thanks = try await stranger.post("/champions/\(code)", form)
                #expect(thanks.status == 200 && thanks.text.contains("You stand as a champion"))
            }
            // Once more, as people do: the same words, and nobody new.
            let again = try await stranger.post("/champions/\(code)", "name=Person+One&email=P1%40EXAMPLE.ORG")
            #expect(again.status == 200 && again.text.contains("You stand as a champion"))
            #expect(try await count(lead, "select count(*) from champion") == 39)

            let page = try await lead.get("\(Self.base)/give").text
            let asked = page.matches(of: /<select[^>]* name="area-([0-9a-f-]+)"/).map { String($0.output.1) }
            #expect(asked.count == 39)
            let wishes = try await lead.tools.database.read { session in
                try session.all("select id, wish_area_id from champion").map { "area-\($0.text("id"))=\($0.text("wish_area_id"))" }
            }
            let given = try await lead.post("\(Self.base)/give", "from=\(ago(0))&" + wishes.joined(separator: "&"))
            #expect(given.status == 303)
            #expect(try await count(lead, "select count(*) from area_post where to_day is null") == 39)
            #expect(try await count(lead, "select count(distinct champion_id) from area_post") == 39)
            #expect(try await count(lead, "select count(distinct area_id) from area_post") == 13)
            let list = try await lead.get(Self.base).text
            #expect(list.contains("<b>39</b>") && !list.contains("No champion") && !list.contains("volunteers wait"))
            // Who agreed stands with their address, who did not does not.
            #expect(list.contains("mailto:p2@example.org") && !list.contains("mailto:p1@example.org"))
        }
    }

    @Test(
        "A sign-up is open on its days and until it is closed; a wrong code tells nothing more than a closed one", arguments: TestEngine.all
    )
    func codes(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            let stranger = lead.asStranger
            let open = try await code(lead)
            let past = try await code(lead, "&from=\(ago(9))&to=\(ago(1))")
            let future = try await code(lead, "&from=\(ago(-1))&to=\(ago(-9))")
            let wrong = try await stranger.get("/champions/ABCD-EFGH-JKMN")
            for code in [past, future] {
                let page = try await stranger.get("/champions/\(code)")
                #expect(page.status == 404 && page.text == wrong.text)
                #expect(try await stranger.post("/champions/\(code)", "name=A&email=a%40example.org").status == 404)
            }
            #expect(try await stranger.get("/champions/\(open)").status == 200)
            // However it is typed from the wall.
            #expect(try await stranger.get("/champions/\(open.lowercased().replacing("-", with: ""))").status == 200)
            let event = try #require(
                try await lead.tools.database.read {
                    try $0.first("select id from champion_event where from_day = \(Self.today)")?.text("id")
                })
            _ = try await lead.post("\(Self.base)/events/\(event)/close", "")
            #expect(try await stranger.get("/champions/\(open)").text == wrong.text)
            _ = try await lead.post("\(Self.base)/events/\(event)/reopen", "")
            #expect(try await stranger.get("/champions/\(open)").status == 200)
            let renewed = try await lead.post("\(Self.base)/events/\(event)/code", "").text
            let fresh = try #require(renewed.firstMatch(of: /\/champions\/([A-Z0-9-]{14})</)?.output.1).description
            #expect(try await stranger.get("/champions/\(open)").text == wrong.text)
            #expect(try await stranger.get("/champions/\(fresh)").status == 200)
            // The poster needs the code, and the database does not have it.
            #expect(try await lead.get("\(Self.base)/events/\(event)/poster?code=\(fresh)").text.contains("class=\"qr\""))
            #expect(try await lead.get("\(Self.base)/events/\(event)/poster?code=\(open)").status == 404)
            let kept = try await lead.tools.database.read {
                try $0.all("select code_hash from champion_event").map { $0.text("code_hash") }
            }
            #expect(!kept.contains { $0.contains(fresh) || $0.contains(fresh.replacing("-", with: "")) })
            let half = try await stranger.post("/champions/\(fresh)", "name=Amina")
            #expect(half.status == 422 && half.text.contains("how we can reach you") && half.text.contains("Amina"))
        }
    }

    @Test("A hall of people may sign up from one address; who sends without end is told to wait", arguments: TestEngine.all)
    func signUpLimit(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            let code = try await code(lead)
            let stranger = lead.asStranger
            for _ in 1...400 {
                let answered = try await stranger.post("/champions/\(code)", "name=")
                #expect(answered.status == 422)
            }
            #expect(try await stranger.post("/champions/\(code)", "name=A&email=a%40example.org").status == 429)
        }
    }
}
