import Civil
import Store
import StoreTestKit
import Testing

/// Letters that open a door, letters that are kept, and letters of people who are forgotten.
@Suite struct OutboxSecretTests {
    private typealias Box = OutboxTests

    private func text(_ id: String, _ database: any Database) async throws -> String? {
        try await database.read { session in
            let row = try session.first("select text_body, coalesce(html_body, '') as html_body from outbox where id = \(id)")
            return row.map { $0.text("text_body") + $0.text("html_body") }
        }
    }

    @Test(arguments: TestEngine.all) func aSecretIsShownToNobodyAndWipedWhenItWasSent(engine: TestEngine) async throws {
        try await engine.withDatabase(Outbox.migrations) { database in
            let id = try await Box.post(Box.link, database)
            let waiting = try await Box.look(id, database)
            #expect(waiting.body == .hidden(until: Box.now.adding(seconds: 900)))
            let asked = try await database.read { try Outbox.secretText(of: id, in: $0, clock: .fixed(Box.now)) }
            #expect(asked == nil)
            let claimed = try #require(try await Box.claim(database))
            #expect(claimed.text == "secret-word")
            try await Box.mark(claimed, .accepted, database)
            let sent = try await Box.look(id, database)
            let left = try await text(id, database)
            #expect(sent.body == .gone && left?.isEmpty == true)
        }
    }

    @Test(arguments: TestEngine.all) func aSecretIsWipedWhenItsLetterFailedOrItRanOut(engine: TestEngine) async throws {
        try await engine.withDatabase(Outbox.migrations) { database in
            let refused = try await Box.post(Box.link, database)
            let claimed = try #require(try await Box.claim(database))
            try await Box.mark(claimed, .refused("550 no", bounced: true), database)
            let ranOut = try await Box.post(Box.link, database, after: 1)
            let nothing = try await Box.claim(database, after: 900)
            #expect(nothing == nil)
            let settled = try await Box.sweep(database, after: 900)
            #expect(settled == 1)
            for id in [refused, ranOut] {
                let letter = try await Box.look(id, database)
                let left = try await text(id, database)
                #expect(letter.state == .failed && left?.isEmpty == true && !letter.wasPerhapsSent)
                let clock = Clock.fixed(Box.now)
                let again = try await database.write { try Outbox.sendAgain(id, in: $0, clock: clock) }
                #expect(!again)
            }
            let hasWork = try await database.read { try Outbox.hasWork(in: $0, now: Box.now.adding(seconds: 901)) }
            #expect(!hasWork)
        }
    }

    @Test(arguments: TestEngine.all) func aKeptSecretCanBeHandedOverUntilItRunsOut(engine: TestEngine) async throws {
        try await engine.withDatabase(Outbox.migrations) { database in
            let link = try await Box.post(Box.link, database)
            let notice = try await Box.post(Box.notice, database)
            let clock = Clock.fixed(Box.now)
            let kept = try await database.write { try Outbox.keepDue(in: $0, clock: clock) }
            #expect(kept == 2)
            let letter = try await Box.look(link, database)
            #expect(letter.state == .kept && letter.body == .hidden(until: Box.now.adding(seconds: 900)))
            let handed = try await database.read { try Outbox.secretText(of: link, in: $0, clock: clock) }
            #expect(handed == "secret-word")
            let other = try await database.read { try Outbox.secretText(of: notice, in: $0, clock: clock) }
            #expect(other == nil)
            _ = try await Box.sweep(database, after: 900)
            let left = try await text(link, database)
            #expect(left?.isEmpty == true)
            // A notice can be sent when there is a way; a link that ran out cannot.
            let late = Clock.fixed(Box.now.adding(seconds: 901))
            let sent = try await database.write {
                (try Outbox.sendAgain(notice, in: $0, clock: late), try Outbox.sendAgain(link, in: $0, clock: late))
            }
            #expect(sent == (true, false))
            let claimed = try #require(try await Box.claim(database, after: 901))
            #expect(claimed.id == notice)
        }
    }

    @Test(arguments: TestEngine.all) func nothingOfAForgottenPersonIsLeft(engine: TestEngine) async throws {
        try await engine.withDatabase(Outbox.migrations) { database in
            let sent = try await Box.post(Box.notice, database)
            let claimed = try #require(try await Box.claim(database))
            try await Box.mark(claimed, .accepted, database)
            let queued = try await Box.post(Box.notice, database, after: 1)
            let other = try await Box.post(Box.link, database, after: 2)
            let held = try await database.read { try Outbox.letters(to: "p1", in: $0).map(\.id) }
            #expect(held == [sent, queued])
            let leaving = try await database.write { try Outbox.forget("p1", in: $0) }
            #expect(leaving == 0)
            let letter = try await Box.look(sent, database)
            #expect(letter.address.isEmpty && letter.subject.isEmpty && letter.body == .gone && letter.personID == nil)
            #expect(letter.state == .sent && letter.kind == "notice")
            let counts = try await database.read { try Outbox.counts(in: $0) }
            #expect(counts == [.queued: 1, .sending: 0, .sent: 1, .failed: 0, .kept: 0])
            let untouched = try await Box.look(other, database)
            #expect(untouched.address == "bea@example.org")
        }
    }

    @Test(arguments: TestEngine.all) func afterARestoreNothingIsSentByItself(engine: TestEngine) async throws {
        try await engine.withDatabase(Outbox.migrations) { database in
            let leaving = try await Box.post(Box.notice, database)
            _ = try #require(try await Box.claim(database))
            _ = try await Box.post(Box.link, database, after: 1)
            let kept = try await database.write { try Outbox.keepAfterRestore(in: $0) }
            #expect(kept == 2)
            let settled = try await Box.sweep(database, after: 700)
            let claimed = try await Box.claim(database, after: 700)
            #expect(settled == 0 && claimed == nil)
            let letter = try await Box.look(leaving, database)
            #expect(letter.state == .kept && letter.wasPerhapsSent)
        }
    }

    @Test(arguments: TestEngine.all) func oldTextsAreClearedAndWhatWaitsIsNot(engine: TestEngine) async throws {
        try await engine.withDatabase(Outbox.migrations) { database in
            let sent = try await Box.post(Box.notice, database)
            let claimed = try #require(try await Box.claim(database))
            try await Box.mark(claimed, .accepted, database)
            let waiting = try await Box.post(Box.notice, database, after: 1)
            let cleared = try await database.write { try Outbox.clearTexts(madeBefore: Box.now.adding(seconds: 100), in: $0) }
            #expect(cleared == 1)
            let old = try await Box.look(sent, database)
            let new = try await Box.look(waiting, database)
            #expect(old.body == .gone && old.subject == "News" && new.body != .gone)
            let since = try await database.read { try Outbox.waitingSince(in: $0, clock: .fixed(Box.now.adding(seconds: 50))) }
            #expect(since == Box.now.adding(seconds: 1))
            let page = try await database.read { try Outbox.letters(in: $0, before: waiting, limit: 10).map(\.id) }
            #expect(page == [sent])
        }
    }
}
