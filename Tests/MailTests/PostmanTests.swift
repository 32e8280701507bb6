import Civil
import Mail
import Store
import StoreTestKit
import Synchronization
import Testing

@Suite struct PostmanTests {
    static func route(_ sender: any MailSender) throws -> MailRoute {
        MailRoute(sender, from: try #require(Mailbox("hub@hub.example.org")))
    }

    static func postman(
        _ database: any Database, _ sender: (any MailSender)?, after seconds: Int = 0, name: String = "one",
        report: @escaping @Sendable (MailEvent) -> Void = { _ in }
    ) throws -> Postman {
        Postman(
            database: database, route: try sender.map(route), clock: .fixed(Sample.now.adding(seconds: seconds)), name: name,
            wait: { _ in await Task.yield() }, report: report)
    }

    @Test(arguments: TestEngine.all) func twoPostmenOnOneDatabaseNeverSendOneLetterTwice(engine: TestEngine) async throws {
        try await engine.withAddress { address in
            let first = try Databases.open(address)
            let second = try Databases.open(address)
            try await first.migrate(Outbox.migrations, clock: .fixed(Sample.now))
            let ids = try await Sample.post((0..<60).map { Sample.notice(to: "p\($0)@example.org") }, in: first)
            let recorder = Recorder()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (index, database) in [first, second, first, second].enumerated() {
                    let postman = try Self.postman(database, recorder, name: "postman \(index)")
                    group.addTask { _ = try await postman.round() }
                }
                try await group.waitForAll()
            }
            let recipients = recorder.messages.map(\.recipient)
            #expect(recipients.count == 60 && Set(recipients).count == 60)
            let counts = try await first.read { try Outbox.counts(in: $0) }
            #expect(counts[.sent] == ids.count)
            await first.close()
            await second.close()
        }
    }

    @Test(arguments: TestEngine.all) func withoutAMailServerLettersAreKept(engine: TestEngine) async throws {
        try await engine.withDatabase(Outbox.migrations) { database in
            let ids = try await Sample.post([Sample.notice(), Sample.link()], in: database)
            let events = Mutex<[MailEvent]>([])
            _ = try await Self.postman(database, nil) { event in events.withLock { $0.append(event) } }.round()
            #expect(events.withLock { $0 } == [.kept(2)])
            // And stay so when there is one.
            let recorder = Recorder()
            _ = try await Self.postman(database, recorder, after: 10).round()
            let letter = try await Sample.letter(ids[0], in: database)
            #expect(letter?.state == .kept && recorder.messages.isEmpty)
        }
    }

    @Test(arguments: TestEngine.all) func aTemporaryFailureIsTriedSevenTimesUnderOneMessageID(engine: TestEngine) async throws {
        try await engine.withDatabase(Outbox.migrations) { database in
            let ids = try await Sample.post([Sample.notice()], in: database)
            let recorder = Recorder { _ in SendReport(.later("The mail server said: 451 busy")) }
            var seconds = 0
            for wait in [60, 300, 1_800, 7_200, 21_600, 86_400, 1_000_000] {
                _ = try await Self.postman(database, recorder, after: seconds).round()
                _ = try await Self.postman(database, recorder, after: seconds + wait - 1).round()
                seconds += wait
            }
            _ = try await Self.postman(database, recorder, after: seconds).round()
            #expect(recorder.messages.count == 7)
            let numbers = recorder.messages.map { HeadReader(String(decoding: $0.bytes, as: UTF8.self))["Message-ID"] }
            #expect(Set(numbers).count == 1)
            let letter = try #require(try await Sample.letter(ids[0], in: database))
            #expect(letter.state == .failed && letter.attempts == 7 && letter.lastError == "The mail server said: 451 busy")
        }
    }

    @Test(arguments: TestEngine.all) func whenTheServerIsAwayTheOtherLettersWait(engine: TestEngine) async throws {
        try await engine.withDatabase(Outbox.migrations) { database in
            _ = try await Sample.post([Sample.notice(), Sample.notice(), Sample.notice()], in: database)
            let recorder = Recorder { _ in SendReport(.later("no line"), isServerAway: true) }
            let round = try await Self.postman(database, recorder).round()
            #expect(round == .serverAway && recorder.messages.count == 1)
            let well = Recorder()
            let next = try await Self.postman(database, well, after: 60).round()
            #expect(next == .done && well.messages.count == 3)
        }
    }

    @Test(arguments: TestEngine.all) func stoppingFinishesTheLetterAtHandAndTakesNoOther(engine: TestEngine) async throws {
        try await engine.withDatabase(Outbox.migrations) { database in
            _ = try await Sample.post([Sample.notice(), Sample.notice()], in: database)
            let (started, start) = AsyncStream.makeStream(of: Void.self)
            let (released, release) = AsyncStream.makeStream(of: Void.self)
            let sender = Slow(start: start, released: released)
            let postman = try Self.postman(database, sender)
            let running = Task { await postman.run() }
            for await _ in started { break }
            running.cancel()
            release.finish()
            await running.value
            let counts = try await database.read { try Outbox.counts(in: $0) }
            #expect(counts[.sent] == 1 && counts[.queued] == 1 && counts[.sending] == 0)
        }
    }

    /// Says when it has begun and waits for leave to go on.
    private struct Slow: MailSender {
        let start: AsyncStream<Void>.Continuation
        let released: AsyncStream<Void>

        func send(_ message: Message) async -> SendReport {
            start.yield()
            for await _ in released {}
            return SendReport(.accepted)
        }
    }

    @Test(arguments: TestEngine.all) func eventsHoldNoAddressAndNoText(engine: TestEngine) async throws {
        try await engine.withDatabase(Outbox.migrations) { database in
            _ = try await Sample.post([Sample.link(), Sample.notice()], in: database)
            let events = Mutex<[MailEvent]>([])
            let recorder = Recorder { _ in SendReport(.refused("The mail server said: 550 ann@example.org", bounced: true)) }
            _ = try await Self.postman(database, recorder) { event in events.withLock { $0.append(event) } }.round()
            let told = events.withLock { $0 }
            #expect(told == [.failed(kind: "sign-in-link", attempt: 1, bounced: true), .failed(kind: "notice", attempt: 1, bounced: true)])
            let text = told.map(\.description).joined()
            #expect(!text.contains("@") && !text.contains("secret"))
        }
    }

    @Test(arguments: TestEngine.all) func aDatabaseThatIsAwayForAWhileIsWaitedFor(engine: TestEngine) async throws {
        try await engine.withDatabase { database in
            // No tables yet: every round fails, and the postman goes on.
            let events = Mutex<[MailEvent]>([])
            let (seen, see) = AsyncStream.makeStream(of: Void.self)
            let postman = try Self.postman(database, Recorder()) { event in
                events.withLock { $0.append(event) }
                see.yield()
            }
            let running = Task { await postman.run() }
            var count = 0
            for await _ in seen {
                count += 1
                if count == 2 { break }
            }
            running.cancel()
            await running.value
            #expect(events.withLock { $0 }.allSatisfy { if case .storeTrouble = $0 { true } else { false } })
        }
    }
}
