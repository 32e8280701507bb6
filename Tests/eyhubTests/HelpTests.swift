import Foundation
import Testing

@Suite struct HelpTests {
    static let verbs: [[String]] = [
        [], ["serve"], ["demo"], ["import"], ["export"], ["check"], ["plan"], ["plan", "areas"], ["backup"],
        ["restore"], ["doctor"], ["key"], ["key", "change"], ["user"], ["user", "correct"], ["role"], ["role", "list"], ["role", "give"],
        ["role", "end"], ["token"],
        ["token", "list"],
        ["token", "make"], ["token", "revoke"],
    ]

    @Test("The help of each verb is as it was last looked at (EYHUB_RECORD=1 writes it anew)")
    func helpIsAsLookedAt() async throws {
        var all = ""
        for verb in HelpTests.verbs {
            let outcome = await (try Running(verb + ["--help"], in: "/", environment: ["COLUMNS": "100"])).outcome()
            #expect(outcome.code == 0)
            #expect(outcome.error.isEmpty)
            all += "$ eyhub \((verb + ["--help"]).joined(separator: " "))\n\(outcome.out)\n"
        }
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
            "Snapshots/help.txt")
        if ProcessInfo.processInfo.environment["EYHUB_RECORD"] == "1" { try Data(all.utf8).write(to: file) }
        #expect(all == (try String(contentsOf: file, encoding: .utf8)))
    }

    @Test("docs/cli.md names every verb and every option of it")
    func everyOptionIsDocumented() async throws {
        let page = try String(contentsOfFile: "\(Program.project)/docs/cli.md", encoding: .utf8)
        let dump = try await Program.run("--experimental-dump-help").out
        let root = try JSONDecoder().decode(Dump.self, from: Data(dump.utf8)).command
        #expect(root.subcommands?.isEmpty == false)
        for (verb, command) in root.all(after: "eyhub")
        where command.subcommands?.contains(where: { $0.commandName != "help" }) != true {
            let section = try #require(
                page.components(separatedBy: "\n## ").first { $0.hasPrefix("`\(verb)") }, "\(verb) has no section")
            for option in command.options where option != "--help" && option != "--version" {
                #expect(section.contains("`\(option)"), "\(verb) \(option)")
            }
        }
        for common in ["--help", "--version", "EYHUB_DATABASE", "Exit codes"] { #expect(page.contains(common)) }
    }

    private struct Dump: Decodable { let command: Command }

    private struct Command: Decodable {
        struct Argument: Decodable {
            struct Name: Decodable {
                let kind: String
                let name: String
            }
            let kind: String
            let shouldDisplay: Bool
            let names: [Name]?
        }

        let commandName: String
        let subcommands: [Command]?
        let arguments: [Argument]?

        var options: [String] {
            (arguments ?? []).filter { $0.kind != "positional" && $0.shouldDisplay }
                .flatMap { ($0.names ?? []).filter { $0.kind == "long" }.map { "--\($0.name)" } }
        }

        func all(after words: String) -> [(String, Command)] {
            [(words, self)]
                + (subcommands ?? []).filter { $0.commandName != "help" }.flatMap {
                    $0.all(after: "\(words) \($0.commandName)")
                }
        }
    }
}
