import Civil
import House
import Store
import StoreTestKit
import Testing

@testable import Identity
@testable import Server

/// The rules of docs/rules/mail.md on a hub without a mail server.
@Suite struct KeptMailTests {
    private func withHouse(_ engine: TestEngine, _ body: @Sendable (TestHouse) async throws -> Void) async throws {
        try await engine.withDatabase(Rooms.migrations) { database in
            try await body(TestHouse(database: database, rooms: LoadedHouse.rooms).withAdministrator())
        }
    }

    /// Invites somebody and returns the letter's id.
    private func invite(_ house: TestHouse) async throws -> String {
        let sent = try await house.post("/staff/people/invite", "role=administrator&people=Bea+Ives,+bea%40example.org")
        #expect(sent.status == 303)
        return try await house.tools.database.read { try $0.first("select id from outbox where kind = 'invitation'")?.text("id") ?? "" }
    }

    @Test("Without a mail server an administrator hands the invitation over, and it is written down", arguments: TestEngine.all)
    func handsOver(engine: TestEngine) async throws {
        try await withHouse(engine) { house in
            let id = try await invite(house)
            // While it waits to be sent it is nobody's to read.
            #expect(try await house.post("/staff/mail/\(id)/link", "").status == 400)
            let clock = house.tools.clock
            try await house.tools.database.write { _ = try Outbox.keepDue(in: $0, clock: clock) }
            let page = try await house.get("/staff/mail/\(id)")
            #expect(
                page.text.contains("Show the link") && page.text.contains("Whoever holds this link") && !page.text.contains("/invitation/"))
            // A link alone, as a scanner or another site's picture would follow it, shows nothing.
            #expect(try await house.get("/staff/mail/\(id)/link").status == 405)
            let shown = try await house.post("/staff/mail/\(id)/link", "")
            #expect(shown.status == 200 && shown.header("Cache-Control") == "no-store")
            let token = try #require(shown.text.firstMatch(of: /\/invitation\/([A-Za-z0-9_-]+)/)?.output.1)
            let joined = try await house.asStranger.post("/invitation/\(token)", "name=Bea+Ives")
            #expect(joined.status == 303)
            let trail = try await house.tools.database.read { session in
                try session.all("select * from audit where action = 'identity.mail.link-shown'").map {
                    ($0.text("who"), $0.text("subject"))
                }
            }
            let ada = try await house.tools.database.read { try People.with(email: "ada@example.org", $0)?.id ?? "" }
            #expect(trail.map(\.0) == ["person:\(ada)"] && trail.map(\.1) == ["letter:\(id)"])
            let text = try await house.get("/staff/audit.csv").text
            #expect(!text.contains(token))
        }
    }

    @Test("A link is shown of no other letter: not of a notice, nor when it ran out, nor to anybody else", arguments: TestEngine.all)
    func showsNoOther(engine: TestEngine) async throws {
        try await withHouse(engine) { house in
            let id = try await invite(house)
            let clock = house.tools.clock
            let notice = try await house.tools.database.write { session in
                try Outbox.post(
                    Letter(.notice, to: "bea@example.org", subject: "News", text: "Hello."), in: session, ids: house.tools.ids, clock: clock
                )
            }
            try await house.tools.database.write { _ = try Outbox.keepDue(in: $0, clock: clock) }
            #expect(try await house.post("/staff/mail/\(notice)/link", "").status == 400)
            #expect(try await house.post("/staff/mail/none/link", "").status == 404)
            #expect(try await house.asStranger.post("/staff/mail/\(id)/link", "").status == 401)
            try await PeopleDesk.add(name: "Cal", email: "cal@example.org", isAdministrator: false, house.tools)
            var other = house
            other.cookie = try await house.tools.signedInCookie(email: "cal@example.org")
            #expect(try await other.post("/staff/mail/\(id)/link", "").status == 403)
            _ = try await house.tools.database.write { session in
                try session.run("update outbox set secret_until = \(clock.now) where id = \(id)")
            }
            #expect(try await house.post("/staff/mail/\(id)/link", "").status == 400)
            let page = try await house.get("/staff/mail/\(id)").text
            #expect(!page.contains("Show the link"))
            let shown = try await house.tools.database.read {
                try $0.count("select count(*) from audit where action = 'identity.mail.link-shown'")
            }
            #expect(shown == 0)
        }
    }

    @Test("A kept or failed letter is sent again by hand, one on its way is not", arguments: TestEngine.all)
    func sendsAgain(engine: TestEngine) async throws {
        try await withHouse(engine) { house in
            let id = try await invite(house)
            #expect(try await house.post("/staff/mail/\(id)/send", "").status == 400)
            let clock = house.tools.clock
            try await house.tools.database.write { _ = try Outbox.keepDue(in: $0, clock: clock) }
            #expect(try await house.post("/staff/mail/\(id)/send", "").status == 303)
            let state = try await house.tools.database.read { try Outbox.letter(id, in: $0)?.state }
            #expect(state == .queued)
        }
    }
}
