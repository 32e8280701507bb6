import Foundation
import Testing

@Suite struct RoleVerbTests {
    @Test("Roles and tokens are listed, given, made and ended by their verbs, one line each")
    func verbs() async throws {
        try await Program.inFolder { folder in
            // A new database has nobody in it who could sign in.
            #expect(try await Program.run("user", "list", in: folder).out.isEmpty)
            for (email, name) in [("ada@example.org", "Ada Okafor"), ("bo@example.org", "Bo Li")] {
                _ = try await Program.run("user", "add", email, "--name", name, in: folder)
            }
            let corrected = try await Program.run(
                "user", "correct", "bo@example.org", "--name", "Bo Lee", "--address", "lee@example.org", in: folder)
            #expect(corrected.code == 0 && corrected.out == "lee@example.org is corrected and signed out everywhere.\n")
            #expect(try await Program.run("user", "list", in: folder).out.contains("lee@example.org\tBo Lee\t"))
            _ = try await Program.run("user", "correct", "lee@example.org", "--address", "bo@example.org", in: folder)
            let given = try await Program.run("role", "give", "ada@example.org", "administrator", in: folder)
            #expect(given.code == 0 && given.out == "ada@example.org is: Administrator, Everything here.\n")
            let list = try await Program.run("role", "list", in: folder)
            let fields = list.out.split(separator: "\t").map(String.init)
            #expect(Array(fields.dropFirst().prefix(4)) == ["ada@example.org", "Ada Okafor", "administrator", "Everything here"])
            #expect(try await Program.run("role", "list", "bo@example.org", in: folder).out.isEmpty)
            let id = try #require(fields.first)
            for (arguments, words) in [
                (["role", "end", id], "last administrator"),
                (["role", "give", "bo@example.org", "mentor"], "--hub"),
                (["role", "give", "bo@example.org", "mentor", "--hub", "nowhere"], "There is no hub “nowhere”"),
                (["role", "give", "no@example.org", "administrator"], "eyhub user add"),
                (["token", "make", "ada@example.org", "--name", "x", "--deed", "server.metrics.read"], "second step"),
                (["token", "make", "bo@example.org", "--name", "x", "--deed", "server.metrics.read"], "no role"),
                (["user", "correct", "bo@example.org"], "--name"),
                (["user", "correct", "no@example.org", "--name", "No"], "eyhub user list"),
                (["user", "correct", "bo@example.org", "--address", "ada@example.org"], "Ada Okafor has an account"),
                (["token", "revoke", "none"], "eyhub token list"),
            ] {
                let refused = await (try Running(arguments, in: folder)).outcome()
                #expect(refused.code == 1 && refused.out.isEmpty)
                #expect(refused.error.contains(words), "\(refused.error)")
                #expect(refused.error.split(separator: "\n").count == 1)
            }
            _ = try await Program.run("role", "give", "bo@example.org", "administrator", in: folder)
            let ended = try await Program.run("role", "end", id, in: folder)
            #expect(ended.code == 0 && ended.out == "The role of ada@example.org has ended.\n")
            #expect(try await Program.run("token", "list", in: folder).out.isEmpty)
        }
    }
}
