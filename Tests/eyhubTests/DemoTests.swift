import Foundation
import Testing

@Suite struct DemoTests {
    private func demo(in folder: String) throws -> Running {
        try Running(
            [
                "demo", "--database", "sqlite:demo.sqlite", "--data", "\(Program.project)/data", "--port", "0", "--log-level",
                "error",
            ], in: folder)
    }

    @Test("A demonstration that was killed half way goes on where it was; run again it makes nothing anew and loses nothing")
    func goesOnAndLosesNothing() async throws {
        try await Program.inFolder { folder in
            // setup
            let first = try demo(in: folder)
            _ = await first.line(beginning: "Wards of Hull")
            await first.killed(after: 0)

            // MUT
            let second = try demo(in: folder)
            let opened = await second.line(beginning: "Open http://127.0.0.1:")
            #expect(opened != nil)
            second.process.terminate()
            let told = await second.outcome()
            #expect(told.code == 0, "\(told.error)")
            let before = try await Program.run("export", "settings", "--database", "sqlite:demo.sqlite", in: folder)
            let third = try demo(in: folder)
            #expect(await third.line(beginning: "Open http://127.0.0.1:") != nil)
            third.process.terminate()
            let again = await third.outcome()

            // validation
            #expect(told.out.contains("Wards of Newham ............................. there already"))
            #expect(told.out.contains("Faults in the data"))
            for line in again.out.split(separator: "\n").prefix(10) { #expect(line.contains("there already"), "\(line)") }
            let after = try await Program.run("export", "settings", "--database", "sqlite:demo.sqlite", in: folder)
            #expect(after.out == before.out)
            #expect(after.out.split(whereSeparator: \.isNewline).count > 2_500)
            let areas = try await Program.run(
                "export", "areas", "--database", "sqlite:demo.sqlite", "--filter", "hub=newham-early-years-hub", in: folder)
            let lines = areas.out.split(whereSeparator: \.isNewline)
            #expect(areas.code == 0 && lines.count == 1 + 24, "\(areas.error)")
            #expect(lines.dropFirst().allSatisfy { $0.hasPrefix("Newham Early Years Hub,Mini-hubs,") && $0.contains(",E0501") })
        }
    }
}
