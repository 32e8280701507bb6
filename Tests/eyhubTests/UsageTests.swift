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
            ["export", "nonsense"], ["export"], ["export", "settings", "--everything", "x"], ["export", "--everything", "x", "--out", "y"],
            ["import", "everything", "x", "--preview"], ["backup"], ["restore"], ["doctor", "--nonsense"],
            ["check", "--no-such-option"], ["role", "give", "a@example.org", "king"], ["role", "end"], ["token", "make", "a@example.org"],
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

    @Test("Others cannot reach the program before it is ready for them, and it says what is missing")
    func refusesOtherAddresses() async throws {
        try await Program.inFolder { folder in
            for address in ["0.0.0.0", "::", "192.168.0.1"] {
                let outcome = try await Program.run("serve", "--address", address, "--port", "0", in: folder)
                #expect(outcome.code == 1)
                #expect(outcome.error.contains("secret key"))
                #expect(outcome.error.split(separator: "\n").count == 1)
            }
            let name = try await Program.run("serve", "--address", "example.org", in: folder)
            #expect(name.code == 1 && name.error.contains("127.0.0.1"))
            let demo = try await Program.run("demo", "--address", "0.0.0.0", in: folder)
            #expect(demo.code == 1 && demo.error.contains("this machine only"))
        }
    }

    @Test("The first administrator comes in by the command line, and a link signs them in once")
    func makesTheFirstAdministrator() async throws {
        try await Program.inFolder { folder in
            let bad = try await Program.run("user", "add", "not an address", "--name", "Ada", in: folder)
            #expect(bad.code == 1 && bad.error.contains("e-mail address"))
            let added = try await Program.run("user", "add", "ada@example.org", "--name", "Ada Okafor", "--administrator", in: folder)
            #expect(added.code == 0)
            let list = try await Program.run("user", "list", in: folder)
            #expect(list.out == "ada@example.org\tAda Okafor\tAdministrator\n")
            let link = try await Program.run("user", "link", "ada@example.org", "--public-url", "https://hub.example.org", in: folder)
            #expect(link.out.hasPrefix("https://hub.example.org/sign-in/open/"))
            let nobody = try await Program.run("user", "link", "nobody@example.org", in: folder)
            #expect(nobody.code == 1 && nobody.error.contains("user add"))
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
            ["backup", "x.backup"], ["restore", "no-such-file"], ["check", "--backup", "no-such-file"], ["export", "--everything", "x"],
            ["import", "everything", "no-such-folder"],
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
            let add = ["user", "add", "ada@example.org", "--name", "Ada"]
            let named = try await Running(add, in: folder, environment: ["EYHUB_DATABASE": "sqlite:here.sqlite"]).outcome()
            let standard = try await Running(add, in: folder, environment: [:]).outcome()
            let option = try await Running(
                add + ["--database", "sqlite:there.sqlite"], in: folder, environment: ["EYHUB_DATABASE": "mysql:no"]
            ).outcome()
            #expect(named.code == 0 && standard.code == 0 && option.code == 0)
            let names = try FileManager.default.contentsOfDirectory(atPath: folder)
            for name in ["here.sqlite", "eyhub.sqlite", "there.sqlite"] { #expect(names.contains(name)) }
            // What only looks makes nothing: a name that was mistyped is told.
            let mistyped = try await Program.run("check", "--database", "sqlite:mistyped.sqlite", in: folder)
            #expect(mistyped.code == 1 && mistyped.error.contains("mistyped.sqlite"), "\(mistyped.error)")
            #expect(!FileManager.default.fileExists(atPath: "\(folder)/mistyped.sqlite"))
        }
    }
}
