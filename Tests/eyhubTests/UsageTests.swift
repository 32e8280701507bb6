import Foundation
import Testing

@Suite struct UsageTests {
    @Test(
        "What is not understood is said on standard error with exit code 2, and nothing is done",
        arguments: [
            ["nonsense"], ["serve", "--port", "many"], ["serve", "--port", "70000"], ["serve", "--log-level", "loud"],
            ["import"], ["import", "ofsted"], ["import", "nonsense", "file.csv"],
            ["import", "ofsted", "x.csv", "--as-of", "yesterday"], ["import", "list", "x.csv", "--map", "name"],
            ["plan", "areas"], ["plan", "areas", "--settings", "a", "--wards", "b", "--count", "many"],
            ["export", "nonsense"],
            ["check", "--no-such-option"],
        ])
    func wrongUsage(arguments: [String]) async throws {
        try await Program.inFolder { folder in
            let outcome = await (try Running(arguments, in: folder)).outcome()
            #expect(outcome.code == 2, "\(arguments): \(outcome.error)")
            #expect(outcome.out.isEmpty)
            #expect(outcome.error.contains("Error: ") || outcome.error.contains("Usage: "))
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
        }
    }

    @Test("Any address but this machine's own is refused with the reason, before a database is made")
    func refusesOtherAddresses() async throws {
        try await Program.inFolder { folder in
            for address in ["0.0.0.0", "::", "192.168.0.1", "example.org"] {
                let outcome = try await Program.run("serve", "--address", address, in: folder)
                #expect(outcome.code == 1)
                #expect(outcome.error.contains("no sign-in yet"))
                #expect(outcome.error.split(separator: "\n").count == 1)
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
        }
    }

    @Test(
        "A file or database that is not there is refused in one plain sentence with exit code 1",
        arguments: [
            ["import", "ofsted", "no-such-file.csv"], ["import", "list", "/"], ["check", "--database", "mysql://x/y"],
            ["check", "--database", "sqlite:"], ["check", "--database", "sqlite:/proc/nothing/x.sqlite"],
            ["check", "--database", "postgres://nobody:secret@127.0.0.1:1/none"],
            ["plan", "areas", "--settings", "no.csv", "--wards", "no.geojson", "--count", "2"],
            ["export", "areas", "--filter", "hub=nobody"], ["export", "areas", "--filter", "near=E16"],
        ])
    func refusesWhatIsNotThere(arguments: [String]) async throws {
        try await Program.inFolder { folder in
            let outcome = await (try Running(arguments, in: folder)).outcome()
            #expect(outcome.code == 1, "\(arguments)")
            #expect(outcome.out.isEmpty)
            #expect(outcome.error.split(separator: "\n").count == 1, "\(outcome.error)")
            #expect(!outcome.error.contains("secret"))
            #expect(!outcome.error.contains("Error("))
        }
    }

    @Test("The database is the one of EYHUB_DATABASE when no option names one, and the option wins")
    func findsItsDatabase() async throws {
        try await Program.inFolder { folder in
            #expect(
                try await Program.run("check", in: folder, more: ["EYHUB_DATABASE": "sqlite:here.sqlite"]).code == 0)
            #expect(try await Program.run("check", in: folder).code == 0)
            let option = try await Program.run(
                "check", "--database", "sqlite:there.sqlite", in: folder, more: ["EYHUB_DATABASE": "mysql:no"])
            #expect(option.code == 0)
            let names = try FileManager.default.contentsOfDirectory(atPath: folder)
            for name in ["here.sqlite", "eyhub.sqlite", "there.sqlite"] { #expect(names.contains(name)) }
        }
    }
}
