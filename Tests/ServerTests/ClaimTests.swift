import Civil
import House
import Store
import StoreTestKit
import TestKit
import Testing

@testable import Identity
@testable import Server

/// The rules of docs/rules/claiming-a-setting.md.
@Suite struct ClaimTests {
    private func withHouse(_ engine: TestEngine, _ body: @Sendable (_ stranger: TestHouse, _ lead: TestHouse) async throws -> Void)
        async throws
    {
        try await engine.withDatabase(Rooms.migrations) { database in
            let house = try TestHouse(database: database, rooms: LoadedHouse.rooms)
            try await PlacedSettings.make(house.tools)
            try await body(house, try await house.signedIn("lead@example.org", RoleGrant(.hubLead, hub: "h1")))
        }
    }

    private func managers(of setting: String, _ house: TestHouse) async throws -> [String] {
        try await house.tools.database.read {
            try $0.all(
                """
                select p.email from role r join person p on p.id = r.person_id
                where r.role = 'manager' and r.setting_id = \(setting) and r.to_at is null order by p.email
                """
            ).map { $0.text("email") }
        }
    }

    @Test("Who writes from the address on record begins at once, after opening the letter and pressing", arguments: TestEngine.all)
    func byTheAddressOnRecord(engine: TestEngine) async throws {
        try await withHouse(engine) { stranger, _ in
            #expect(try await stranger.get("/settings/s3").text.contains("/claim/s3"))
            let asked = try await stranger.post("/claim/s3", "name=Rosa+Diaz&email=Rosa%40example.org")
            #expect(asked.status == 200)
            let path = try #require(try await stranger.link(inLetterTo: "Rosa@example.org"))
            #expect(try await stranger.get(path).text.contains("Is this you?"))
            #expect(try await managers(of: "s3", stranger).isEmpty)
            let entered = try await stranger.post(path, "")
            #expect(entered.header("Location") == "/own/s3?done=claimed")
            #expect(try await managers(of: "s3", stranger) == ["Rosa@example.org"])
            // Her own address is no secret to her; she is in with one hub's role, and her second step is asked for as of every manager.
            #expect(try await stranger.post(path, "").status == 410)
        }
    }

    @Test("The address on record says yes for somebody else, and only both letters together let them in", arguments: TestEngine.all)
    func byAnotherAddress(engine: TestEngine) async throws {
        try await withHouse(engine) { stranger, lead in
            _ = try await stranger.post("/claim/s1", "name=Nina+New&email=nina%40example.org")
            let proof = try #require(try await stranger.link(inLetterTo: "office@larkspur.example.org"))
            let look = try await stranger.get(proof).text
            #expect(look.contains("Nina New") && look.contains("nina@example.org"))
            #expect(try await stranger.post(proof, "answer=yes").status == 200)
            #expect(try await managers(of: "s1", stranger).isEmpty)
            let confirm = try #require(try await stranger.link(inLetterTo: "nina@example.org"))
            #expect(try await stranger.post(confirm, "").status == 303)
            #expect(try await managers(of: "s1", stranger) == ["nina@example.org"])
            #expect(try await lead.get("/staff/claims").text.contains("Nobody waits"))
        }
    }

    @Test("A no from the address on record ends it", arguments: TestEngine.all)
    func refusedByTheRecord(engine: TestEngine) async throws {
        try await withHouse(engine) { stranger, _ in
            _ = try await stranger.post("/claim/s1", "name=Mallory&email=mallory%40example.org")
            let proof = try #require(try await stranger.link(inLetterTo: "office@larkspur.example.org"))
            let confirm = try #require(try await stranger.link(inLetterTo: "mallory@example.org"))
            #expect(try await stranger.post(proof, "answer=no").status == 200)
            #expect(try await stranger.post(confirm, "").status == 410)
            #expect(try await managers(of: "s1", stranger).isEmpty)
        }
    }

    @Test("Who waits for a no from the address on record gets it; an unproven address gets nothing more", arguments: TestEngine.all)
    func toldOfTheNo(engine: TestEngine) async throws {
        try await withHouse(engine) { stranger, _ in
            for name in ["nina", "eve"] {
                _ = try await stranger.post("/claim/s1", "name=\(name)&email=\(name)%40example.org")
                let proof = try #require(try await stranger.link(inLetterTo: "office@larkspur.example.org"))
                let confirm = try #require(try await stranger.link(inLetterTo: "\(name)@example.org"))
                if name == "nina" { _ = try await stranger.post(confirm, "") }
                #expect(try await stranger.post(proof, "answer=no").text.contains("Nobody was let in"))
            }
            let told = try await stranger.tools.database.read {
                try $0.all("select to_address, text_body from outbox where kind = 'answer'").map {
                    ($0.text("to_address"), $0.text("text_body"))
                }
            }
            #expect(told.map(\.0) == ["nina@example.org"] && told.allSatisfy { $0.1.contains("the answer was no") })
        }
    }

    @Test("Who says yes last is told that they are in; who says it first, what is still missing", arguments: TestEngine.all)
    func saysWhatHappens(engine: TestEngine) async throws {
        try await withHouse(engine) { stranger, _ in
            for (name, isFirst) in [("nina", false), ("rolf", true)] {
                _ = try await stranger.post("/claim/s1", "name=\(name)&email=\(name)%40example.org")
                let proof = try #require(try await stranger.link(inLetterTo: "office@larkspur.example.org"))
                let confirm = try #require(try await stranger.link(inLetterTo: "\(name)@example.org"))
                if !isFirst { _ = try await stranger.post(confirm, "") }
                let said = try await stranger.post(proof, "answer=yes").text
                #expect(said.contains("from now on") != isFirst && said.contains("as soon as they have confirmed") == isFirst)
            }
        }
    }

    @Test("Without an address on record the hub's team decides, and the claimant gets a letter", arguments: TestEngine.all)
    func byTheTeam(engine: TestEngine) async throws {
        try await withHouse(engine) { stranger, lead in
            _ = try await stranger.post("/claim/s2", "name=Petra&email=petra%40example.org&said=I+took+over+in+May")
            // An address nobody has confirmed is shown to nobody as a claim.
            #expect(try await lead.get("/staff/claims").text.contains("Nobody waits"))
            let confirm = try #require(try await stranger.link(inLetterTo: "petra@example.org"))
            #expect(try await stranger.post(confirm, "").status == 200)
            #expect(try await lead.get("/staff").text.contains("asks to look after a setting"))
            // The team hears of it, those of other hubs do not; who asks stands on the page only.
            let news = try await lead.tools.database.read {
                try $0.all("select to_address, text_body from outbox where kind = 'notice'").map {
                    ($0.text("to_address"), $0.text("text_body"))
                }
            }
            #expect(news.map(\.0) == ["lead@example.org"] && news.allSatisfy { !$0.1.contains("Petra") })
            let list = try await lead.get("/staff/claims").text
            let path = try #require(list.firstMatch(of: /\/staff\/claims\/[^"?]+/).map { String($0.output) })
            #expect(try await lead.get(path).text.contains("I took over in May"))
            let other = try await lead.signedIn("other@example.org", RoleGrant(.hubLead, hub: "h2"))
            #expect(try await other.get(path).status == 404)
            #expect(try await other.post("\(path)/accept", "").status == 404)
            #expect(try await lead.post("\(path)/refuse", "answer=").status == 422)
            #expect(try await lead.post("\(path)/accept", "").status == 303)
            #expect(try await managers(of: "s2", stranger) == ["petra@example.org"])
            // Whoever answers second is told who was first, and loses nothing.
            let second = try await lead.post("\(path)/refuse", "answer=Petra+left+in+June")
            #expect(second.status == 409 && second.text.contains("Petra left in June") && second.text.contains("<bdi>A Hub lead</bdi>"))
            #expect(try await lead.get(path).text.contains("This was answered already"))
            #expect(try await other.get(path).status == 404)
            let told = try await lead.tools.database.read {
                try $0.first("select text_body from outbox where kind = 'answer' and to_address = 'petra@example.org'")?.text("text_body")
            }
            #expect(told?.contains("You now look after the entry of Poppy Pre-school") == true)
        }
    }

    @Test("Nothing on the pages or in a letter to an unproven address tells more than strangers know", arguments: TestEngine.all)
    func tellsNothing(engine: TestEngine) async throws {
        try await withHouse(engine) { stranger, _ in
            let page = try await stranger.get("/claim/s3").text
            #expect(!page.contains("Rosa") && page.contains("Childminder in Ward of hub-one"))
            let withRecord = try await stranger.post("/claim/s3", "name=Eve&email=eve%40example.org")
            let without = try await stranger.post("/claim/s2", "name=Eve&email=eve%40example.org")
            #expect(withRecord.body == without.body && withRecord.status == without.status)
            let letters = try await stranger.tools.database.read {
                try $0.all("select text_body, subject from outbox where to_address = 'eve@example.org'").map {
                    $0.text("text_body") + $0.text("subject")
                }
            }
            #expect(!letters.isEmpty && !letters.contains { $0.contains("Rosa") })
            for hidden in ["update setting set is_secret = 1", "update setting set is_secret = 0, status = 'closed'"] as [SQL] {
                _ = try await stranger.tools.database.write { try $0.run(hidden) }
                #expect(try await stranger.get("/claim/s1").status == 404)
                #expect(try await stranger.post("/claim/s1", "name=Eve&email=eve%40example.org").status == 404)
            }
        }
    }

    @Test("Asking too often is stopped, and a bad address keeps what was typed", arguments: TestEngine.all)
    func limits(engine: TestEngine) async throws {
        try await withHouse(engine) { stranger, _ in
            let wrong = try await stranger.post("/claim/s1", "name=Eve&email=eve%40&said=hello+there")
            #expect(wrong.status == 422 && wrong.text.contains("hello there"))
            for number in 0..<AttemptLimit.claimBySetting.most {
                #expect(try await stranger.post("/claim/s1", "name=Eve&email=eve\(number)%40example.org").status == 200)
            }
            #expect(try await stranger.post("/claim/s1", "name=Eve&email=another%40example.org").status == 429)
        }
    }

    @Test("Somebody signed in claims with the address they have", arguments: TestEngine.all)
    func signedIn(engine: TestEngine) async throws {
        try await withHouse(engine) { stranger, _ in
            let rosa = try await stranger.signedIn("rosa@example.org", RoleGrant(.parentChampion, hub: "h1"))
            #expect(try await rosa.post("/claim/s3", "name=Someone&email=else%40example.org").header("Location") == "/own/s3?done=claimed")
            #expect(try await managers(of: "s3", stranger) == ["rosa@example.org"])
        }
    }
}
