import Civil
import Foundation
import Store
import StoreTestKit
import Testing

@testable import Safekeeping

@Suite struct DoctorTests {
    private func look(
        _ address: String, _ migrations: [Migration] = Things.first, clock: Civil.Clock = .system
    ) async -> [String: Finding.Mark] {
        let findings = await Doctor(
            program: "test", address: address, migrations: migrations, clock: clock, surroundings: []
        ).look()
        for finding in findings { #expect(finding.sentence.hasSuffix(".") || finding.sentence.hasSuffix("*"), "\(finding.sentence)") }
        return Dictionary(findings.map { ($0.what, $0.mark) }, uniquingKeysWith: { first, _ in first })
    }

    @Test("A sound database is found sound, and is as it was afterwards", arguments: TestEngine.all)
    func sound(engine: TestEngine) async throws {
        try await engine.withAddress { address in
            let database = try Databases.open(address)
            try await database.migrate(Things.first, clock: TestEngine.clock)
            await database.close()
            let before = try await Things.rows(at: address)
            let marks = await look(address)
            #expect(!marks.values.contains(.wrong), "\(marks)")
            for what in ["program", "database", "engine", "tables", "writing", "clock", "time zone"] {
                #expect(marks[what] == .ok, "\(what)")
            }
            for what in engine.engine == .sqlite ? ["integrity", "journal", "permissions", "disk"] : ["server clock"] {
                #expect(marks[what] != nil, "\(what)")
            }
            let after = try await Things.rows(at: address)
            #expect(before == after)
        }
    }

    @Test("Tables of an older version want a look, of a newer or another one are wrong", arguments: TestEngine.all)
    func steps(engine: TestEngine) async throws {
        try await engine.withAddress { address in
            let empty = await look(address.replacing("hub.sqlite", with: "other.sqlite"))
            if engine.engine == .sqlite { #expect(empty["database"] == .wrong) } else { #expect(empty["tables"] == .look) }
            let database = try Databases.open(address)
            try await database.migrate(Things.second, clock: TestEngine.clock)
            await database.close()
            let other = [Migration(room: "Test", number: 1, name: "x", ["create table x (id text)"])]
            let third = Things.second + [Migration(room: "Test", number: 3, name: "x", ["create table x (id text)"])]
            let (newer, edited, older) = (await look(address), await look(address, other), await look(address, third))
            #expect(newer["tables"] == .wrong)
            #expect(edited["tables"] == .wrong)
            #expect(older["tables"] == .look)
        }
    }

    @Test("The way to a database elsewhere is wrong when nobody said how it is guarded, and worth a look when nobody checks who answers")
    func line() async throws {
        let unsaid = await look("postgres://hub@db.invalid/hub")
        #expect(unsaid["database"] == .wrong)
        #expect(Doctor.line(.local).mark == .ok && Doctor.line(.checked(host: "db")).mark == .ok)
        #expect(Doctor.line(.said(host: "db", mode: "require")).mark == .look)
        let server = TestEngine.all.first { $0.engine == .postgresql }
        try await server?.withAddress { address in
            let marks = await look(address)
            #expect(marks["line"] == .ok)
        }
    }

    @Test("A file others may read, a damaged file, and a clock set back are wrong")
    func files() async throws {
        try await TestEngine.all[0].withAddress { address in
            let database = try Databases.open(address)
            try await database.migrate(Things.first, clock: TestEngine.clock)
            try await Things.fill(database)
            await database.close()
            let path = try #require(Databases.file(of: address))
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber
            #expect(mode?.intValue == 0o600)
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
            let (open, early) = (await look(address), await look(address, clock: .fixed(Instant(seconds: 1_000_000_000))))
            #expect(open["permissions"] == .wrong)
            #expect(early["clock"] == .wrong && early["file times"] == .wrong)
            var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
            for index in 8_192..<min(bytes.count, 40_960) { bytes[index] = 0xAA }
            try bytes.write(to: URL(fileURLWithPath: path))
            let damaged = await look(address)
            #expect(damaged["integrity"] == .wrong || damaged["database"] == .wrong)
        }
    }

    @Test("A file that may not be written is not told as a full disk; a full disk is")
    func readOnly() {
        let closed = StoreError.full("8 (attempt to write a readonly database)").forTechnician
        #expect(closed.contains("belongs to another user") && !closed.contains("full"))
        let opening = StoreError.unavailable("SQLite error 8: attempt to write a readonly database").forTechnician
        #expect(opening.contains("belongs to another user") && !opening.contains("in a minute"))
        #expect(StoreError.full("13 (database or disk is full)").forTechnician.contains("disk is full"))
    }

    @Test("A database that does not answer is wrong, in a sentence without the password")
    func unreachable() async {
        let findings = await Doctor(
            program: "test", address: "postgres://nobody:secret@127.0.0.1:1/none", migrations: [], clock: .system, surroundings: []
        ).look()
        let wrong = findings.filter { $0.mark == .wrong }
        #expect(wrong.count == 1)
        #expect(wrong.first?.sentence.contains("secret") == false)
        #expect(wrong.first?.sentence.hasPrefix("No PostgreSQL answers there.") == true, "\(wrong)")
    }

    @Test("A PostgreSQL that answers and lets nobody of that name or password in is told from one that is away")
    func shutOut() async throws {
        guard let server = TestEngine.all.first(where: { $0.engine == .postgresql }) else { return }
        try await server.withAddress { address in
            var parts = try #require(URLComponents(string: address))
            parts.user = "nobody-of-that-name"
            parts.password = "secret"
            let shut = try #require(parts.string)
            let findings = await Doctor(program: "test", address: shut, migrations: [], clock: .system, surroundings: []).look()
            let sentence = findings.first { $0.mark == .wrong }?.sentence ?? ""
            #expect(sentence.hasPrefix("PostgreSQL answers and does not let eyhub in.") && !sentence.contains("secret"), "\(sentence)")
        }
    }
}
