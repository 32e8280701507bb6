import Civil
import House
import Store
import StoreTestKit
import Testing

@testable import Identity
@testable import Server

/// Every refusal stands in the trail, by person, and nobody can fill it (ASVS V16.3.2, V16.3.3).
@Suite struct RefusalTests {
    private func withHouse(_ engine: TestEngine, _ body: @Sendable (_ admin: TestHouse, _ mentor: TestHouse) async throws -> Void)
        async throws
    {
        try await engine.withDatabase(Rooms.migrations) { database in
            let house = try await TestHouse(database: database, rooms: LoadedHouse.rooms).withAdministrator()
            try await PlacedSettings.make(house.tools)
            try await body(house, try await house.signedIn("mentor@example.org", RoleGrant(.mentor, hub: "h1")))
        }
    }

    private struct Line: Equatable {
        var who: String
        var action: String
        var subject: String
        var at: String
        var times: String
    }

    private func refused(_ house: TestHouse) async throws -> [Line] {
        try await house.tools.database.read { session in
            let mentor = try session.first("select id from person where email = 'mentor@example.org'")?.text("id") ?? ""
            return try session.all("select * from audit where action like 'identity.refused.%' order by action, before").map {
                Line(
                    who: $0.text("who") == "person:\(mentor)" ? "mentor" : $0.text("who"), action: String($0.text("action").dropFirst(17)),
                    subject: $0.text("subject"), at: $0.text("before"), times: $0.text("after"))
            }
        }
    }

    @Test(
        "What is not theirs to do and what is another hub’s stands in the trail, by person and without the address",
        arguments: TestEngine.all)
    func permission(engine: TestEngine) async throws {
        try await withHouse(engine) { admin, mentor in
            #expect(try await mentor.get("/staff/mail").status == 403)
            #expect(try await mentor.get("/staff/settings/s4").status == 404)
            #expect(try await mentor.post("/staff/hubs/hub-two/changes", "changes=wait").status == 404)
            // What is not there at all, or is a slip of the pen, is no refusal.
            #expect(try await mentor.get("/staff/settings/none").status == 404)
            #expect(try await mentor.get("/no/such/page").status == 404)
            let lines = try await refused(admin)
            #expect(
                lines == [
                    Line(who: "mentor", action: "deed", subject: "deed:identity.mail.see", at: "GET /staff/mail", times: "1"),
                    Line(
                        who: "mentor", action: "elsewhere", subject: "deed:directory.setting.see", at: "GET /staff/settings/{id}",
                        times: "1"),
                    Line(
                        who: "mentor", action: "elsewhere", subject: "deed:directory.hub.change", at: "POST /staff/hubs/{hub}/changes",
                        times: "1"),
                ])
            let page = try await admin.get("/staff/audit?q=refused").text
            #expect(page.contains("Was refused: not theirs to do") && page.contains("See what mail is waiting") && page.contains(">once<"))
            let lead = try await admin.signedIn("lead@example.org", RoleGrant(.hubLead, hub: "h1"))
            let seen = try await lead.get("/staff/audit?q=refused").text
            #expect(seen.contains("Was refused: a record of another hub"))
            let other = try await admin.signedIn("other@example.org", RoleGrant(.hubLead, hub: "h2"))
            #expect(try await !other.get("/staff/audit?q=refused").text.contains("Was refused:"))
        }
    }

    @Test("The same again within the hour is one line with its number, and all else is bounded", arguments: TestEngine.all)
    func counts(engine: TestEngine) async throws {
        try await withHouse(engine) { admin, mentor in
            let before = admin.tools.database.writes
            for _ in 0..<7 { #expect(try await mentor.get("/staff/mail").status == 403) }
            // Noted at once, and counted without a write for each.
            #expect(try await refused(admin).map(\.times) == ["1"])
            #expect(admin.tools.database.writes - before < 7)
            try await admin.doorkeeper.refusals.bring(to: admin.tools.database)
            #expect(try await refused(admin).map(\.times) == ["7"])
            try await admin.doorkeeper.refusals.bring(to: admin.tools.database)
            #expect(try await refused(admin).map(\.times) == ["7"])
            // Another copy of the program counts in the same line.
            let other = RefusalBook()
            let asker = try await admin.tools.database.read {
                try mentor.doorkeeper.asker(Doorkeeper.Papers(cookie: mentor.cookie), in: $0)
            }
            try await other.note(
                .deed, asker, deed: .seeMail, route: "GET /staff/mail", at: admin.tools.clock.now, in: admin.tools.database)
            #expect(try await refused(admin).map(\.times) == ["8"])
            // The next hour is another line.
            try await other.note(
                .deed, asker, deed: .seeMail, route: "GET /staff/mail", at: admin.tools.clock.now.adding(seconds: 3_600),
                in: admin.tools.database)
            #expect(try await refused(admin).map(\.times).sorted() == ["1", "8"])
            // Address after address ends in one line for all the others.
            for number in 0..<500 {
                try await other.note(
                    .deed, asker, deed: .seeMail, route: "GET /\(number)", at: admin.tools.clock.now.adding(seconds: 3_600),
                    in: admin.tools.database)
            }
            try await other.bring(to: admin.tools.database)
            let lines = try await refused(admin)
            #expect(lines.count <= RefusalBook.most + 3)
            let times = lines.map { Int($0.times) ?? 0 }.reduce(0, +)
            #expect(times == 509)
            #expect(lines.contains { $0.subject == "deed:several" })
        }
    }

    @Test("A form without the browser’s token or from another site is noted, by person where there is one", arguments: TestEngine.all)
    func forms(engine: TestEngine) async throws {
        try await withHouse(engine) { admin, mentor in
            let noToken = TestHouse.fromHere + [("X-Form-Token", "made up")]
            #expect(try await mentor.post("/account/mail", "wish=daily", headers: noToken).status == 403)
            #expect(try await mentor.post("/account/mail", "wish=daily", headers: [("Sec-Fetch-Site", "cross-site")]).status == 403)
            let lines = try await refused(admin)
            #expect(
                lines == [
                    Line(who: "mentor", action: "form", subject: "deed:account.mind", at: "POST /account/mail", times: "1"),
                    Line(who: "mentor", action: "other-site", subject: "deed:account.mind", at: "POST /account/mail", times: "1"),
                ])
        }
    }

    @Test("Strangers have one line for each reason in an hour, whatever they try", arguments: TestEngine.all)
    func strangers(engine: TestEngine) async throws {
        try await withHouse(engine) { admin, _ in
            let stranger = admin.asStranger
            let json = [("Accept", "application/json")]
            for path in ["/staff/mail", "/staff/people", "/staff/audit"] {
                let answered = try await stranger.get(path, headers: json)
                #expect(answered.status == 401, "\(path)")
            }
            for path in ["/staff/hubs", "/account/mail"] {
                let answered = try await stranger.post(path, "x=y")
                #expect(answered.status == 401, "\(path)")
            }
            for path in ["/sign-in", "/account/mail"] {
                let answered = try await stranger.post(path, "x=y", headers: [("Sec-Fetch-Site", "cross-site")])
                #expect(answered.status == 403, "\(path)")
            }
            let bearer = json + [("Authorization", "Bearer made-up")]
            #expect(try await stranger.get("/api/v1/staff/settings/s1", headers: bearer).status == 401)
            // Being led to the sign-in is no refusal.
            #expect(try await stranger.get("/staff/people").status == 303)
            #expect(try await stranger.post("/sign-in/open/made-up", "").status == 410)
            let wrong = "account=nobody%40example.org&passphrase=wrong+wrong+wrong"
            for _ in 0..<2 { #expect(try await stranger.post("/sign-in", wrong).status == 422) }
            try await admin.doorkeeper.refusals.bring(to: admin.tools.database)
            let lines = try await refused(admin)
            func line(_ action: String, _ times: String) -> Line {
                Line(who: "stranger", action: action, subject: "nobody", at: "", times: times)
            }
            #expect(
                lines == [
                    line("link", "1"), line("other-site", "2"), line("passphrase", "2"), line("sign-in", "5"), line("token", "1"),
                ])
        }
    }

    @Test("A program that goes beyond its token is noted by its owner", arguments: TestEngine.all)
    func tokens(engine: TestEngine) async throws {
        try await withHouse(engine) { admin, mentor in
            let tools = admin.tools
            try await tools.database.write { session in
                _ = try session.run("update person set second_step_at = \(tools.clock.now) where email = 'ada@example.org'")
            }
            let token = try await TokenDesk.make(
                for: "ada@example.org", name: "Figures", deeds: ["server.metrics.read"], days: 30, all: Rooms.deeds, tools,
                Rooms.placeBook(tools))
            let bearer = [("Authorization", "Bearer \(token)"), ("Accept", "application/json")]
            #expect(try await admin.asStranger.get("/staff/mail", headers: bearer).status == 403)
            let lines = try await refused(admin)
            #expect(lines.count == 1 && lines.first?.action == "token-deed" && lines.first?.who.hasPrefix("person:") == true)
        }
    }

    @Test("No entry of a refusal holds an address, a name or anything that was typed", arguments: TestEngine.all)
    func nothingPersonal(engine: TestEngine) async throws {
        try await withHouse(engine) { admin, mentor in
            _ = try await mentor.get("/staff/mail?q=Amina+Begum")
            _ = try await mentor.get("/staff/settings/s4?near=E15+4QZ")
            _ = try await mentor.post("/staff/people/invite", "people=amina%40example.org")
            let wrong = "account=zoe%40example.org&passphrase=my+own+secret+words"
            _ = try await admin.asStranger.post("/sign-in", wrong)
            let text = try await admin.tools.database.read { session in
                try session.all("select * from audit where action like 'identity.refused.%'").map { row in
                    ["id", "who", "action", "subject", "before", "after", "hub_id"].map { row.text($0) }.joined(separator: " ")
                }
            }
            #expect(text.count == 4)
            let words = Set(text.flatMap { $0.split(whereSeparator: { " /:?".contains($0) }).map(String.init) })
            for said in ["Amina", "amina@example.org", "E15", "zoe@example.org", "secret", "s4"] {
                let isThere = words.contains(said)
                #expect(!isThere, "\(said)")
            }
        }
    }
}
