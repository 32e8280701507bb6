import Civil
import Foundation
import Server
import Store
import StoreTestKit
import Testing

/// `restore` and `import everything` on a database with mail in it.
@Suite struct RestoredMailTests {
    private static let now = Instant(seconds: 1_795_339_800)

    /// A letter that waits, one that is being sent, one that was sent, and a notice kept for a digest.
    private func fill(_ address: String) async throws {
        let database = try Databases.open(address)
        let clock = Clock.fixed(Self.now)
        let ids = IDMaker.random(clock: clock)
        try await database.migrate(Rooms.migrations, clock: clock)
        try await database.write { session in
            for subject in ["sent", "sending", "waiting"] {
                let letter = Letter(.notice, to: "ann@example.org", subject: subject, text: "Hello.")
                try Outbox.post(letter, in: session, ids: ids, clock: clock)
                if subject == "waiting" { continue }
                guard let claimed = try Outbox.claim(by: "one", domain: "hub.test", for: 600, in: session, clock: clock) else { continue }
                if subject == "sent" { try Outbox.mark(claimed, .accepted, in: session, clock: clock) }
            }
            try session.run(
                """
                insert into person (id, name, second_step_used, mail_wish, created_at) values ('p1', 'Ann', 0, 'daily', \(Self.now))
                """)
            try session.run(
                """
                insert into held_notice (id, person_id, subject, text, created_at, due_at)
                values ('n1', 'p1', 'News', 'Hello.', \(Self.now), \(Self.now.adding(seconds: 86_400)))
                """)
        }
        await database.close()
    }

    private func expectNothingLeaves(_ address: String) async throws {
        let database = try Databases.open(address)
        // A year later: whatever was due would be due now.
        let clock = Clock.fixed(Self.now.adding(seconds: 365 * 86_400))
        let claimed = try await database.write { session in
            try Outbox.sweep(in: session, clock: clock)
            return try Outbox.claim(by: "two", domain: "hub.test", for: 600, in: session, clock: clock)
        }
        #expect(claimed == nil)
        let letters = try await database.read { try Outbox.letters(in: $0) }
        #expect(letters.map(\.subject).sorted() == ["sending", "sent", "waiting"])
        for letter in letters where letter.subject != "sent" {
            #expect(letter.state == .kept && letter.wasPerhapsSent, "\(letter.subject)")
        }
        let held = try await database.read { session in
            (try session.count("select count(*) from held_notice"), try session.count("select count(due_at) from held_notice"))
        }
        #expect(held == (1, 0))
        await database.close()
    }

    @Test("A restored copy sends no old letter again, nor a digest of old notices", arguments: TestEngine.all)
    func restoredCopyIsSilent(engine: TestEngine) async throws {
        try await Program.inFolder { folder in
            try await engine.withAddress { address in
                try await fill(address)
                let file = "\(folder)/hub.backup"
                let backup = try await Program.run("backup", file, "--database", address)
                #expect(backup.code == 0, "\(backup.error)")
                let out = try await Program.run("export", "--everything", "\(folder)/all", "--database", address)
                #expect(out.code == 0, "\(out.error)")
                try await engine.withAddress { target in
                    let restore = try await Program.run("restore", file, "--database", target)
                    #expect(restore.code == 0, "\(restore.error)")
                    try await expectNothingLeaves(target)
                }
                try await engine.withAddress { target in
                    let load = try await Program.run("import", "everything", "\(folder)/all", "--database", target)
                    #expect(load.code == 0, "\(load.error)")
                    try await expectNothingLeaves(target)
                }
            }
        }
    }
}
