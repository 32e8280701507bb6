import Civil
import Foundation
import Mail
import Store
import StoreTestKit
import Testing

/// A process that is killed between the mail server's yes and writing it down.
@Suite struct KilledPostmanTests {
    @Test(arguments: TestEngine.all) func aSignInLinkIsSentAgainUnderTheSameMessageID(engine: TestEngine) async throws {
        try await dying(engine, with: Sample.link()) { database, server, id in
            let early = try await round(database, server, after: 599)
            #expect(early?.state == .sending)
            let letter = try await round(database, server, after: 600)
            #expect(letter?.state == .queued && letter?.attempts == 1)
            let sent = try await round(database, server, after: 660)
            #expect(sent?.state == .sent && sent?.attempts == 2 && sent?.body == .gone)
            let received = try server.received()
            #expect(received.count == 2 && received[0].header("Message-ID") == received[1].header("Message-ID"))
            #expect(received[0].header("Message-ID") == sent?.messageID)
        }
    }

    @Test(arguments: TestEngine.all) func aNoticeIsNotSentAgainAndSaysPerhapsSent(engine: TestEngine) async throws {
        try await dying(engine, with: Sample.notice()) { database, server, id in
            let letter = try await round(database, server, after: 600)
            #expect(letter?.state == .failed && letter?.wasPerhapsSent == true)
            #expect(letter?.lastError?.contains("not known whether") == true)
            let later = try await round(database, server, after: 1_000_000)
            #expect(later?.state == .failed)
            let count = try server.received().count
            #expect(count == 1)
        }
    }

    /// Posts a letter, has another process send it, kills that before it can write so down, and hands over what is left.
    private func dying(
        _ engine: TestEngine, with letter: Letter, _ body: @Sendable (any Database, MailServer, String) async throws -> Void
    ) async throws {
        try await engine.withAddress { address in
            let database = try Databases.open(address)
            try await database.migrate(Outbox.migrations, clock: .fixed(Sample.now))
            let ids = try await Sample.post([letter], in: database)
            try await MailServer.serving(.smtps) { server in
                let child = try Child(
                    Self.program, [address, "smtps://127.0.0.1:\(server.port)", Sample.now.iso, server.certificate.file])
                let line = await child.firstLine()
                await child.kill()
                #expect(line == "answered true")
                let left = try await Sample.letter(ids[0], in: database)
                #expect(left?.state == .sending && left?.messageID != nil)
                try await body(database, server, ids[0])
            }
            await database.close()
        }
    }

    /// One round of a postman that lives, and the letter after it.
    private func round(_ database: any Database, _ server: MailServer, after seconds: Int) async throws -> PostedLetter? {
        let sender = try server.sender("smtps://127.0.0.1:PORT")
        _ = try await PostmanTests.postman(database, sender, after: seconds).round()
        return try await database.read { try Outbox.letters(in: $0).first }
    }

    /// It lies beside the tests.
    static let program: String = {
        let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
        return URL(fileURLWithPath: own).deletingLastPathComponent().appendingPathComponent("MailTestChild").path
    }()
}
