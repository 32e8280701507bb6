import Civil
import House
import Store
import StoreTestKit
import Testing

@testable import Identity
@testable import Server

@Suite struct RecoveryCodeTests {
    private let hasher = PassphraseHasher(rounds: 16)

    @Test(
        "They are kept by scrypt, ten with one salt; each is found by one computation, and opens for its own person only",
        arguments: TestEngine.all)
    func keptSlowly(engine: TestEngine) async throws {
        try await engine.withDatabase(Rooms.migrations) { database in
            let tools = try TestHouse(database: database, rooms: LoadedHouse.rooms).tools
            for email in ["ada@example.org", "bea@example.org"] {
                try await PeopleDesk.add(name: "Somebody", email: email, isAdministrator: false, tools)
            }
            let ids = try await database.read { try $0.all("select id from person order by email").map { $0.text("id") } }
            let codes = RecoveryCodes.make()
            let hashes = try await RecoveryCodes.hashes(of: codes, hasher)
            // Never dearer than what ten people in a room can wait for, nor cheaper than what makes guessing hopeless.
            let costs = try await RecoveryCodes.hashes(of: Array(codes.prefix(1)), .standard)
            #expect(costs.allSatisfy { $0.hasPrefix("scrypt$8192$8$1$") })
            #expect(Set(hashes).count == 10)
            #expect(Set(hashes.map { $0.split(separator: "$").dropLast().joined(separator: "$") }).count == 1)
            for hash in hashes { #expect(hash.hasPrefix("scrypt$16$8$1$")) }
            let other = try await RecoveryCodes.hashes(of: RecoveryCodes.make(), hasher)
            #expect(hashes[0].split(separator: "$")[4] != other[0].split(separator: "$")[4])
            let now = tools.clock.now
            try await database.write { session in
                try RecoveryCodes.keep(hashes, for: ids[0], at: now, session)
                try RecoveryCodes.keep(other, for: ids[1], at: now, session)
            }
            for (code, hash) in zip(codes, hashes) {
                let (own, others) = (
                    try await RecoveryCodes.kept(RecoveryCodes.bare(code.lowercased()), of: ids[0], hasher, tools),
                    try await RecoveryCodes.kept(RecoveryCodes.bare(code), of: ids[1], hasher, tools)
                )
                #expect(own == hash && others == nil)
            }
            for wrong in ["", "ABC", "0000000000", "AAAAAAAAAA", hashes[0]] {
                let found = try await RecoveryCodes.kept(wrong, of: ids[0], hasher, tools)
                #expect(found == nil, "\(wrong)")
            }
        }
    }

    @Test("Codes from before, kept by SHA-256, still open, once; new ones take their place", arguments: TestEngine.all)
    func earlyCodes(engine: TestEngine) async throws {
        try await engine.withDatabase(Rooms.migrations) { database in
            let house = try TestHouse(database: database, rooms: LoadedHouse.rooms)
            try await PeopleDesk.add(name: "Ada", email: "ada@example.org", isAdministrator: false, house.tools)
            let id = try await database.read { try $0.first("select id from person")?.text("id") ?? "" }
            let now = house.tools.clock.now
            try await database.write { session in
                try session.run("update person set second_step_at = \(now), second_step_secret = 'sealed' where id = \(id)")
                try session.run(
                    "insert into recovery_code (code_hash, person_id, created_at) values (\(Secrets.hash("\(id) ABCDE23456")), \(id), \(now))"
                )
            }
            var here = house
            here.cookie = try await house.tools.signedInCookie(email: "ada@example.org")
            let taken = try await here.post("/second-step", "code=abcde-23456")
            #expect(taken.status == 303)
            here.cookie = house.sessionCookie(in: taken)
            #expect(try await here.post("/second-step", "code=ABCDE23456").status == 422)
            #expect(try await here.post("/account/recovery-codes", "").status == 200)
            let kept = try await database.read { try $0.all("select code_hash from recovery_code").map { $0.text("code_hash") } }
            #expect(kept.count == 10 && kept.allSatisfy { $0.hasPrefix("scrypt$") })
        }
    }
}
