import Civil
import House
import Mail
import Server
import Store
import StoreTestKit
import Testing

@testable import Identity

/// Digests to a real SMTP server.
@Suite struct DigestMailTests {
    private static let box = SecretBox(secret: "a secret key of the tests")

    private static func tools(_ database: any Database, after seconds: Int = 0) -> Tools {
        let clock = Clock.fixed(Sample.now.adding(seconds: seconds))
        return Tools(
            database: database, clock: clock, ids: .random(clock: clock),
            site: Site(name: "Süd hub", doors: [], address: "https://hub.example.org")
        ).serving(.stranger).telling(by: Identity.newsDesk(box))
    }

    /// Two pieces of news kept for a reader until the next day.
    private static func keep(for email: String, _ database: any Database) async throws {
        let tools = tools(database)
        try await database.write { session in
            let person = try People.findOrMake(name: "Änne", email: email, tools, session)
            try Notices.choose(.daily, for: person.id, at: tools.clock.now, session)
            for subject in ["First news", "Second news"] {
                try tools.tell(person.id, News(subject, ["It happened."], path: "/staff/people"), session)
            }
        }
    }

    private static func postman(_ server: MailServer, _ database: any Database, after seconds: Int) throws -> Postman {
        Postman(
            database: database, route: MailRoute.smtp(try server.configuration("smtps://127.0.0.1:PORT")),
            clock: .fixed(Sample.now.adding(seconds: seconds)), name: "one", wait: { _ in await Task.yield() })
    }

    @Test("A day's notices arrive as one letter, in text and HTML, with a way out that mail programs know", arguments: TestEngine.all)
    func arrivesAsOne(engine: TestEngine) async throws {
        try await MailServer.serving(.smtps) { server in
            try await engine.withDatabase(Rooms.migrations) { database in
                try await Self.keep(for: "ann@example.org", database)
                let later = 86_400
                _ = try await Self.postman(server, database, after: 3_600).round()
                let early = try server.received().count
                #expect(early == 0)
                try await Digests(tools: Self.tools(database, after: later), box: Self.box).sendDue()
                for _ in 0..<3 { _ = try await Self.postman(server, database, after: later).round() }
                let received = try server.received()
                let letter = try #require(received.first)
                #expect(received.count == 1 && letter.to == ["ann@example.org"])
                let way = try #require(letter.header("List-Unsubscribe"))
                #expect(way.hasPrefix("<https://hub.example.org/unsubscribe/") && way.hasSuffix(">"))
                #expect(letter.header("List-Unsubscribe-Post") == "List-Unsubscribe=One-Click")
                // Quoted-printable ends a long line with "=" wherever it is.
                let content = letter.content.replacing("=\r\n", with: "").replacing("=\n", with: "")
                for words in ["text/plain", "text/html", "* First news", "* Second news", "<h2>Second news</h2>"] {
                    #expect(content.contains(words), "\(words)")
                }
            }
        }
    }

    @Test("A digest whose line breaks after the server had it is not sent again", arguments: TestEngine.all)
    func inDoubtIsLeft(engine: TestEngine) async throws {
        try await MailServer.serving(.smtps) { server in
            try await engine.withDatabase(Rooms.migrations) { database in
                try await Self.keep(for: "vanish@example.org", database)
                for later in [86_400, 2 * 86_400, 9 * 86_400] {
                    try await Digests(tools: Self.tools(database, after: later), box: Self.box).sendDue()
                    _ = try await Self.postman(server, database, after: later).round()
                }
                let count = try server.received().count
                #expect(count == 1)
                let letters = try await database.read { try Outbox.letters(in: $0) }
                #expect(letters.map(\.wasPerhapsSent) == [true])
            }
        }
    }
}
