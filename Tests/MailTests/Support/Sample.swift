import Civil
import Mail
import Store
import StoreTestKit

/// Letters and helpers that several suites share.
enum Sample {
    /// 22 November 2026, 9:30.
    static let now = Instant(seconds: 1_795_339_800)

    static func notice(to address: String = "ann@example.org", subject: String = "News") -> Letter {
        Letter(
            .notice, to: address, name: "Ann", personID: "p1", subject: subject, text: "Hello.",
            unsubscribe: "https://hub.example.org/stop/1")
    }

    static func link(to address: String = "ann@example.org") -> Letter {
        Letter(
            .signInLink, to: address, subject: "Sign in", text: "https://hub.example.org/link/secret-word",
            html: "<a href='https://hub.example.org/link/secret-word'>Sign in</a>", secretUntil: now.adding(seconds: 900))
    }

    /// Posts letters one after the other and returns their ids.
    static func post(_ letters: [Letter], in database: any Database, at moment: Instant = now) async throws -> [String] {
        let clock = Clock.fixed(moment)
        let ids = IDMaker.random(clock: clock)
        return try await database.write { session in
            try letters.map { try Outbox.post($0, in: session, ids: ids, clock: clock) }
        }
    }

    static func letter(_ id: String, in database: any Database) async throws -> PostedLetter? {
        try await database.read { try Outbox.letter(id, in: $0) }
    }

    /// A claimed letter, for tests of the message alone.
    static func claimed(_ letter: Letter) async throws -> ClaimedLetter? {
        let sqlite = TestEngine.all[0]
        return try await sqlite.withDatabase(Outbox.migrations) { database in
            _ = try await post([letter], in: database)
            return try await database.write {
                try Outbox.claim(by: "test", domain: "hub.example.org", for: 60, in: $0, clock: .fixed(now))
            }
        }
    }
}
