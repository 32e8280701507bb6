import Foundation
import StoreTestKit
import Testing

/// The verbs that keep and bring back, on the real tables.
@Suite struct KeepingTests {
    private static let wards = "\(Program.project)/data/six-areas/ofsted-2021-08-31.csv.gz"

    private func exported(_ address: String, to folder: String) async throws -> [String: String] {
        let outcome = try await Program.run("export", "--everything", folder, "--database", address)
        #expect(outcome.code == 0, "\(outcome.error)")
        var tables: [String: String] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) where name.hasSuffix(".csv") {
            let text = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
            // The same rows on both engines, each in its own order.
            tables[name] = text.components(separatedBy: "\r\n").sorted().joined(separator: "\n")
        }
        return tables
    }

    @Test(
        "A backup taken while the server serves is restored into the other engine and into its own, with every table the same",
        arguments: TestEngine.all)
    func backsUpAndRestores(engine: TestEngine) async throws {
        try await Program.inFolder { folder in
            try await engine.withAddress { address in
                let load = try await Program.run("import", "ofsted", Self.wards, "--database", address)
                #expect(load.code == 0, "\(load.error)")
                let server = try Running(
                    ["serve", "--port", "0", "--database", address], in: folder,
                    environment: ["EYHUB_SECRET_KEY": "a key of the tests with more than thirty-two letters"])
                let listening = await server.line(beginning: "Listening")
                #expect(listening != nil)
                let file = "\(folder)/hub.backup"
                let backup = try await Program.run("backup", file, "--database", address)
                #expect(backup.code == 0 && backup.out.hasPrefix("Backed up "), "\(backup.error)")
                let again = try await Program.run("backup", file, "--database", address)
                #expect(again.code == 1 && again.error.contains("--force"))
                let forced = try await Program.run("backup", file, "--force", "--database", address)
                #expect(forced.code == 0)
                server.process.terminate()
                _ = await server.outcome()
                let check = try await Program.run("check", "--backup", file)
                #expect(check.code == 0 && check.out.hasPrefix("\(file) is whole and can be restored."), "\(check.error)")
                let before = try await exported(address, to: "\(folder)/before")
                for other in TestEngine.all {
                    try await other.withAddress { target in
                        let restore = try await Program.run("restore", file, "--database", target)
                        #expect(restore.code == 0, "\(restore.error)")
                        let after = try await exported(target, to: "\(folder)/after-\(other)")
                        #expect(after == before)
                        let twice = try await Program.run("restore", file, "--database", target)
                        #expect(twice.code == 1 && twice.error.contains("Only an empty one is filled"))
                        let use = try await Program.run("check", "--database", target)
                        #expect(use.code == 0, "\(use.error)")
                    }
                }
            }
        }
    }

    @Test("An export is imported again with every table the same", arguments: TestEngine.all)
    func exportsAndImports(engine: TestEngine) async throws {
        try await Program.inFolder { folder in
            let before = try await engine.withAddress { address in
                let load = try await Program.run("import", "ofsted", Self.wards, "--database", address)
                #expect(load.code == 0, "\(load.error)")
                return try await exported(address, to: "\(folder)/before")
            }
            for other in TestEngine.all {
                try await other.withAddress { target in
                    let outcome = try await Program.run("import", "everything", "\(folder)/before", "--database", target)
                    #expect(outcome.code == 0, "\(outcome.error)")
                    let after = try await exported(target, to: "\(folder)/after-\(other)")
                    #expect(after == before)
                }
            }
        }
    }

    @Test("Killed at any moment of a restore, the place is empty or whole, and can be restored to", arguments: TestEngine.all)
    func survivesKill(engine: TestEngine) async throws {
        try await Program.inFolder { folder in
            let file = "\(folder)/hub.backup"
            let whole = try await TestEngine.all[0].withAddress { address in
                _ = try await Program.run("import", "ofsted", Self.wards, "--database", address)
                _ = try await Program.run("backup", file, "--database", address)
                return try await exported(address, to: "\(folder)/whole")
            }
            for milliseconds in [30, 60, 90, 120, 160, 200, 250, 320, 400, 550, 800, 1_200] {
                try await engine.withAddress { address in
                    let restore = try Running(["restore", file, "--database", address], in: folder)
                    await restore.killed(after: milliseconds)
                    try await engine.untilNobodyIs(at: address)
                    let again = try await Program.run("restore", file, "--database", address)
                    #expect(again.code == 0 || again.error.contains("Only an empty one is filled"), "\(milliseconds) ms: \(again.error)")
                    let left = try await exported(address, to: "\(folder)/left-\(milliseconds)")
                    #expect(left == whole, "\(milliseconds) ms")
                }
            }
        }
    }

    @Test("A damaged backup is refused in one sentence, and no database is made for it")
    func refusesDamaged() async throws {
        try await Program.inFolder { folder in
            _ = try await Program.run("import", "ofsted", Self.wards, in: folder)
            _ = try await Program.run("backup", "hub.backup", in: folder)
            let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/hub.backup"))
            try bytes.dropLast(1_000).write(to: URL(fileURLWithPath: "\(folder)/cut.backup"))
            for verb in [["check", "--backup", "cut.backup"], ["restore", "cut.backup", "--database", "sqlite:new.sqlite"]] {
                let outcome = await (try Running(verb, in: folder)).outcome()
                #expect(outcome.code == 1 && outcome.out.isEmpty)
                #expect(outcome.error.split(separator: "\n").count == 1 && outcome.error.contains("cut short"), "\(outcome.error)")
            }
            #expect(!FileManager.default.fileExists(atPath: "\(folder)/new.sqlite"))
        }
    }

    @Test("The doctor says what is well and what is wrong, as sentences and as JSON", arguments: TestEngine.all)
    func doctor(engine: TestEngine) async throws {
        try await engine.withAddress { address in
            #expect(try await Program.run("user", "add", "ada@example.org", "--name", "Ada", "--database", address).code == 0)
            // PostgreSQL needs the key from outside; beside a file it is made.
            let key = ["EYHUB_SECRET_KEY": "a secret key of the tests, of no use elsewhere"]
            let well = try await Program.run("doctor", "--database", address, more: key)
            #expect(well.code == 0, "\(well.out)\(well.error)")
            for line in well.out.split(separator: "\n") { #expect(line.hasPrefix("ok     ") || line.hasPrefix("look   "), "\(line)") }
            let json = try await Program.run(
                "doctor", "--json", "--database", address,
                more: key.merging(["EYHUB_SMTP": "smtp://a:hidden@127.0.0.1:1"]) { first, _ in first })
            let object = try JSONSerialization.jsonObject(with: Data(json.out.utf8)) as? [String: Any]
            // Nobody answers there, and it is asked: a mail server that is only set sends nothing.
            #expect(object?["wrong"] as? Int == 1)
            let mail = (object?["findings"] as? [[String: Any]])?.first { $0["what"] as? String == "mail" }
            #expect(mail?["mark"] as? String == "wrong", "\(json.out)")
            #expect(!json.out.contains("hidden"))
            let gone = try await Program.run("doctor", "--database", "sqlite:/tmp/no-such-place/x.sqlite")
            #expect(gone.code == 1 && gone.out.contains("wrong  database: ") && gone.error == "1 thing is wrong.\n")
        }
    }
}
