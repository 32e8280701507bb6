import Foundation
import StoreTestKit
import Testing

@Suite struct ImportTests {
    private static let data = "\(Program.project)/data/six-areas"
    private static let ofsted = "\(data)/ofsted-2021-08-31.csv.gz"

    private func object(_ outcome: Program.Outcome) throws -> [String: Any] {
        try #require(
            try JSONSerialization.jsonObject(with: Data(outcome.out.utf8)) as? [String: Any], "\(outcome.error)")
    }

    private func counts(_ outcome: Program.Outcome) throws -> [String: Int] {
        try object(outcome).compactMapValues { $0 as? Int }
    }

    @Test(
        "A preview changes nothing, the first load brings all, the second nothing, and all rows are accounted for",
        arguments: TestEngine.all)
    func loadsOnce(engine: TestEngine) async throws {
        try await engine.withAddress { address in
            let preview = try await Program.run(
                "import", "ofsted", ImportTests.ofsted, "--database", address, "--preview", "--json")
            let first = try await Program.run("import", "ofsted", ImportTests.ofsted, "--database", address, "--json")
            let second = try await Program.run("import", "ofsted", ImportTests.ofsted, "--database", address, "--json")
            #expect(
                preview.code == 0 && first.code == 0 && second.code == 0,
                "\(preview.error)\(first.error)\(second.error)")
            #expect(first.error.isEmpty)
            #expect(first.out.split(separator: "\n").count == 1)
            let (before, loaded, again) = (try counts(preview), try counts(first), try counts(second))
            #expect(before["new"] == loaded["new"])
            #expect(loaded["read"] == 2_234)
            #expect(loaded["new"] == loaded["read"])
            #expect(again["unchanged"] == loaded["read"])
            #expect(again["new"] == 0 && again["changed"] == 0 && again["gone"] == 0)
            let all = try object(first)
            for name in ["read", "new", "changed", "unchanged", "gone", "rejected", "seconds", "problems"] {
                #expect(all[name] != nil, "\(name)")
            }
        }
    }

    @Test(
        "Rejected rows are written with their line and reason, the others are loaded, and the exit code says so",
        arguments: TestEngine.all)
    func writesRejects(engine: TestEngine) async throws {
        try await Program.inFolder { folder in
            try await engine.withAddress { address in
                let file = "\(Program.project)/data/samples/damaged/wrong-values.csv"
                let load = try await Program.run(
                    "import", "ofsted", file, "--database", address, "--rejects", "rejects.csv", "--json", in: folder)
                #expect(load.code == 1)
                #expect(load.error == "8 of 12 rows were rejected, see rejects.csv.\n")
                #expect(try counts(load)["new"] == 4)
                let problems = try #require(try object(load)["problems"] as? [[String: Any]])
                let rejects = try String(contentsOfFile: "\(folder)/rejects.csv", encoding: .utf8)
                let lines = rejects.split(whereSeparator: \.isNewline)
                #expect(lines.first?.hasPrefix("line,reason,") == true)
                #expect(lines.count == 1 + problems.count)
                for (line, problem) in zip(lines.dropFirst(), problems) {
                    #expect(line.hasPrefix("\(try #require(problem["line"] as? Int)),"))
                }
            }
        }
    }

    @Test("A file that cannot be understood is refused whole: nothing is loaded, the sentence says why", arguments: TestEngine.all)
    func refusesWhole(engine: TestEngine) async throws {
        try await engine.withAddress { address in
            for name in ["column-missing.csv", "empty.csv", "cut-short.csv.gz", "unclosed-quote.csv", "not-a-workbook.xlsx"] {
                let file = "\(Program.project)/data/samples/damaged/\(name)"
                let load = try await Program.run("import", "ofsted", file, "--database", address, "--json")
                #expect(load.code == 1)
                #expect(load.out.isEmpty)
                #expect(load.error.hasPrefix(name), "\(load.error)")
                #expect(load.error.split(separator: "\n").count == 1)
            }
            let left = try await Program.run("export", "settings", "--database", address)
            #expect(left.out.split(whereSeparator: \.isNewline).count == 1)
        }
    }

    @Test("What is exported can be read again as a list")
    func exportIsReadable() async throws {
        try await Program.inFolder { folder in
            _ = try await Program.run("import", "ofsted", ImportTests.ofsted, in: folder)
            let out = try await Program.run("export", "settings", "--out", "all.csv", in: folder)
            #expect(out.code == 0)
            #expect(out.out.isEmpty)
            let printed = try await Program.run("export", "settings", in: folder)
            #expect(
                printed.out
                    == String(
                        decoding: FileManager.default.contents(atPath: "\(folder)/all.csv") ?? Data(), as: UTF8.self))
            let part = try await Program.run("export", "settings", "--filter", "type=childminder", in: folder)
            #expect(part.out.utf8.count < printed.out.utf8.count)
            let again = try await Program.run("import", "list", "all.csv", "--preview", "--json", in: folder)
            #expect(try counts(again)["read"] == 2_234, "\(again.error)")
        }
    }

    @Test("Killed at any moment of a load, the database holds all of it or nothing", arguments: TestEngine.all)
    func survivesKill(engine: TestEngine) async throws {
        for milliseconds in [40, 90, 150, 250, 400, 700, 1_500] {
            try await engine.withAddress { address in
                #expect(try await Program.run("user", "add", "ada@example.org", "--name", "Ada", "--database", address).code == 0)
                let load = try Running(["import", "ofsted", ImportTests.ofsted, "--database", address], in: "/tmp")
                await load.killed(after: milliseconds)
                try await engine.untilNobodyIs(at: address)
                let left = try await Program.run("export", "settings", "--database", address)
                #expect(left.code == 0, "\(left.error)")
                let rows = left.out.split(whereSeparator: \.isNewline).count - 1
                #expect(rows == 0 || rows == 2_234, "\(rows) rows after \(milliseconds) ms")
                let again = try await Program.run(
                    "import", "ofsted", ImportTests.ofsted, "--database", address, "--json")
                let loaded = try counts(again)
                #expect(loaded["new"] == 2_234 - rows)
            }
        }
    }
}
