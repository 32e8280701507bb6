import Foundation
import Identity
import Store
import Testing

/// `eyhub key change`, killed as machines are.
@Suite struct KeyVerbTests {
    private static let people = 400

    private func sealed(_ address: String) async throws -> [String] {
        let database = try Databases.open(address)
        let all = try await database.read {
            try $0.all("select second_step_secret from person order by id").map { $0.text("second_step_secret") }
        }
        await database.close()
        return all
    }

    private func key(_ path: String) throws -> SecretBox {
        SecretBox(secret: try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").first.map(String.init) ?? "")
    }

    private func opens(_ box: SecretBox, _ all: [String]) -> Int { all.count { (try? box.open($0)) != nil } }

    @Test("Killed at any moment all is under the old key or under the new one; run again it ends well, and the server waits for that")
    func killed() async throws {
        try await Program.inFolder { folder in
            let address = "sqlite:\(folder)/hub.sqlite"
            let path = "\(folder)/hub.sqlite.key"
            _ = try await Program.run("user", "add", "ada@example.org", "--name", "Ada", "--database", address)
            try Data((String(repeating: "k", count: 64) + "\n").utf8).write(to: URL(fileURLWithPath: path))
            let first = try key(path)
            let database = try Databases.open(address)
            let secrets = try (0..<Self.people).map { try first.seal([UInt8($0 % 250), 7]) }
            try await database.write { session in
                try session.run("delete from role")
                for (index, secret) in secrets.enumerated() {
                    try session.run(
                        """
                        insert into person (id, name, second_step_secret, second_step_used, mail_wish, created_at)
                        values (\("p\(1_000 + index)"), 'Somebody', \(secret), 0, 'none', '2026-01-01T00:00:00Z')
                        """)
                }
                try session.run("update person set second_step_secret = \(secrets[0]) where second_step_secret is null")
            }
            await database.close()

            for milliseconds in [1, 30, 60, 90, 120, 180, 240, 300] {
                let old = try key(path)
                let run = try Running(["key", "change", "--database", address], in: folder)
                await run.killed(after: milliseconds)
                let all = try await sealed(address)
                let isWaiting = FileManager.default.fileExists(atPath: path + ".new")
                let new = isWaiting ? try? key(path + ".new") : try key(path)
                let (byOld, byNew) = (opens(old, all), new.map { opens($0, all) } ?? 0)
                #expect(byOld == all.count || byNew == all.count, "after \(milliseconds) ms: \(byOld) old, \(byNew) new of \(all.count)")
                if isWaiting {
                    let server = try await Program.run("serve", "--port", "0", "--database", address)
                    #expect(server.code == 1 && server.error.contains("eyhub key change"), "\(server.error)")
                }
                let again = try await Program.run("key", "change", "--database", address)
                #expect(again.code == 0, "\(again.error)")
                let now = try await sealed(address)
                #expect(opens(try key(path), now) == now.count && !FileManager.default.fileExists(atPath: path + ".new"))
            }
        }
    }

    @Test("With the keys in the environment both must be said, and differ; a file with half a key in it is no key")
    func says() async throws {
        try await Program.inFolder { folder in
            let address = "sqlite:\(folder)/hub.sqlite"
            _ = try await Program.run("user", "add", "ada@example.org", "--name", "Ada", "--database", address)
            let none = try await Program.run("key", "change", "--database", address)
            #expect(none.code == 1 && none.error.contains("nothing here is sealed"), "\(none.error)")
            let (one, two) = (String(repeating: "a", count: 40), String(repeating: "b", count: 40))
            for new in ["", "short", one] {
                let refused = try await Program.run(
                    "key", "change", "--database", address, more: ["EYHUB_SECRET_KEY": one, "EYHUB_NEW_SECRET_KEY": new])
                #expect(refused.code == 1 && refused.error.contains("EYHUB_NEW_SECRET_KEY"), "\(refused.error)")
            }
            let done = try await Program.run(
                "key", "change", "--database", address, more: ["EYHUB_SECRET_KEY": one, "EYHUB_NEW_SECRET_KEY": two])
            #expect(done.code == 0 && done.out.hasPrefix("Sealed anew: 0."), "\(done.error)")
            for name in ["hub.sqlite.key", "hub.sqlite.key.new"] {
                try Data("abc".utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
            }
            try Data((one + "\n").utf8).write(to: URL(fileURLWithPath: "\(folder)/hub.sqlite.key"))
            let finished = try await Program.run("key", "change", "--database", address)
            #expect(finished.code == 0, "\(finished.error)")
            let key = try String(contentsOfFile: "\(folder)/hub.sqlite.key", encoding: .utf8)
            #expect(key.utf8.count > 32 && key.hasSuffix("\n") && !key.hasPrefix(one))
        }
    }
}
