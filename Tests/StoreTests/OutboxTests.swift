import Civil
import Store
import StoreTestKit
import Testing

@Suite struct OutboxTests {
    static let now = Instant(seconds: 1_795_339_800)
    static let notice = Letter(.notice, to: "ann@example.org", personID: "p1", subject: "News", text: "Hello", html: "<p>Hello</p>")
    static let link = Letter(
        .signInLink, to: "bea@example.org", personID: "p2", subject: "Sign in", text: "secret-word", html: "<p>secret-word</p>",
        secretUntil: now.adding(seconds: 900))

    static func post(_ letter: Letter, _ database: any Database, after seconds: Int = 0) async throws -> String {
        let clock = Clock.fixed(now.adding(seconds: seconds))
        return try await database.write { try Outbox.post(letter, in: $0, ids: .random(clock: clock), clock: clock) }
    }

    static func claim(_ database: any Database, by postman: String = "one", after seconds: Int = 0) async throws -> ClaimedLetter? {
        let clock = Clock.fixed(now.adding(seconds: seconds))
        return try await database.write { try Outbox.claim(by: postman, domain: "hub.test", for: 600, in: $0, clock: clock) }
    }

    static func mark(_ letter: ClaimedLetter, _ delivery: Delivery, _ database: any Database, after seconds: Int = 0) async throws {
        let clock = Clock.fixed(now.adding(seconds: seconds))
        try await database.write { _ = try Outbox.mark(letter, delivery, in: $0, clock: clock) }
    }

    static func sweep(_ database: any Database, after seconds: Int) async throws -> Int {
        let clock = Clock.fixed(now.adding(seconds: seconds))
        return try await database.write { try Outbox.sweep(in: $0, clock: clock) }
    }

    static func look(_ id: String, _ database: any Database) async throws -> PostedLetter {
        try #require(try await database.read { try Outbox.letter(id, in: $0) })
    }

    @Test(arguments: TestEngine.all) func aLetterAndItsChangeAreOne(engine: TestEngine) async throws {
        struct Stop: Error {}
        try await engine.withDatabase(Outbox.migrations) { database in
            await #expect(throws: Stop.self) {
                try await database.write { session in
                    let clock = Clock.fixed(Self.now)
                    try Outbox.post(Self.notice, in: session, ids: .random(clock: clock), clock: clock)
                    throw Stop()
                }
            }
            let letters = try await database.read { try Outbox.letters(in: $0) }
            #expect(letters.isEmpty)
            let id = try await Self.post(Self.notice, database)
            let letter = try await Self.look(id, database)
            #expect(letter.state == .queued && letter.body == .text("Hello", html: "<p>Hello</p>") && letter.dueAt == Self.now)
        }
    }

    @Test(arguments: TestEngine.all) func aLetterThatCouldBeMoreThanOneIsNotPosted(engine: TestEngine) async throws {
        try await engine.withDatabase(Outbox.migrations) { database in
            let wrong: [(Letter, LetterProblem)] = [
                (Letter(.notice, to: "a@b.org\r\nBcc: c@d.org", subject: "x", text: "y"), .badAddress),
                (Letter(.notice, to: "a@b.org", subject: " \n", text: "y"), .noSubject),
                (Letter(.notice, to: "a@b.org", subject: "x", text: "\n "), .noText),
                (Letter(.notice, to: "a@b.org", subject: "x", text: "y", unsubscribe: "https://x/>\r\nBcc: c@d.org"), .badUnsubscribe),
                (Letter(.signInLink, to: "a@b.org", subject: "x", text: "y"), .secretWithoutEnd),
            ]
            for (letter, problem) in wrong {
                await #expect(throws: problem) { try await Self.post(letter, database) }
            }
            let id = try await Self.post(
                Letter(.notice, to: "a@b.org", name: "Ann\r\nBcc: c@d.org", subject: "Hello\r\nBcc: c@d.org", text: "y"), database)
            let letter = try await Self.look(id, database)
            #expect(letter.subject == "Hello Bcc: c@d.org" && letter.name == "Ann Bcc: c@d.org")
        }
    }

    @Test(arguments: TestEngine.all) func aLetterIsMarkedBeforeItIsSent(engine: TestEngine) async throws {
        try await engine.withDatabase(Outbox.migrations) { database in
            let noticeID = try await Self.post(Self.notice, database)
            let linkID = try await Self.post(Self.link, database, after: 1)
            // Whom somebody waits for goes first.
            let first = try #require(try await Self.claim(database, after: 2))
            #expect(first.id == linkID && first.messageID == "<\(linkID)@hub.test>" && first.attempt == 1)
            let link = try await Self.look(linkID, database)
            #expect(link.state == .sending && link.messageID == first.messageID && link.attempts == 1)
            let second = try #require(try await Self.claim(database, by: "two", after: 2))
            #expect(second.id == noticeID)
            let third = try await Self.claim(database, after: 2)
            #expect(third == nil)
            try await Self.mark(second, .later("The mail server said: 451"), database, after: 2)
            let tooEarly = try await Self.claim(database, after: 61)
            #expect(tooEarly == nil)
            let again = try #require(try await Self.claim(database, by: "three", after: 62))
            #expect(again.messageID == second.messageID && again.attempt == 2)
            try await Self.mark(again, .accepted, database, after: 63)
            let sent = try await Self.look(noticeID, database)
            #expect(sent.state == .sent && sent.sentAt == Self.now.adding(seconds: 63) && sent.lastError == nil)
        }
    }

    @Test(arguments: TestEngine.all) func aPostmanWhoseTimeRanOutMaySayOnlyThatItWasAccepted(engine: TestEngine) async throws {
        try await engine.withDatabase(Outbox.migrations) { database in
            let id = try await Self.post(Self.link, database)
            let slow = try #require(try await Self.claim(database, by: "slow"))
            let settled = try await Self.sweep(database, after: 600)
            #expect(settled == 1)
            let quick = try #require(try await Self.claim(database, by: "quick", after: 700))
            #expect(quick.id == id && quick.messageID == slow.messageID)
            // Its failure is not the letter's any more.
            try await Self.mark(slow, .refused("550", bounced: true), database, after: 701)
            let during = try await Self.look(id, database)
            #expect(during.state == .sending && during.bouncedAt == nil)
            // Its success is true all the same, and the other's failure cannot undo it.
            try await Self.mark(slow, .accepted, database, after: 702)
            try await Self.mark(quick, .later("451"), database, after: 703)
            let after = try await Self.look(id, database)
            #expect(after.state == .sent && after.sentAt == Self.now.adding(seconds: 702))
        }
    }

    @Test(arguments: TestEngine.all) func bouncesAreRecordedAndALaterArrivalTakesThemOff(engine: TestEngine) async throws {
        try await engine.withDatabase(Outbox.migrations) { database in
            let id = try await Self.post(Self.notice, database)
            let claimed = try #require(try await Self.claim(database))
            try await Self.mark(claimed, .refused("The mail server said: 550 5.1.1 (the address)", bounced: true), database)
            let letter = try await Self.look(id, database)
            #expect(letter.state == .failed && letter.bouncedAt == Self.now && letter.bounceReason?.contains("5.1.1") == true)
            let bounce = try await database.read { try Outbox.bounce(of: "ANN@example.org", in: $0)?.reason }
            #expect(bounce == letter.bounceReason)
            _ = try await Self.post(Self.notice, database, after: 60)
            let next = try #require(try await Self.claim(database, after: 60))
            try await Self.mark(next, .accepted, database, after: 61)
            let later = try await database.read { try Outbox.bounce(of: "ann@example.org", in: $0)?.reason }
            #expect(later == nil)
        }
    }
}
