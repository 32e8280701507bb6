internal import ArgumentParser
internal import Directory
internal import House
internal import Safekeeping
internal import Store

/// `eyhub check`
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Counts the faults in the data, each with its mend, and keeps today's completeness score.",
        discussion: "With --backup it reads a backup instead, all of it, and says whether it can be restored.")

    @OptionGroup var database: DatabaseOption

    @Option(help: ArgumentHelp("A backup to check; the database is left alone.", valueName: "file"))
    var backup: String?

    @Flag(help: "Print one JSON object.")
    var json = false

    func run() async throws {
        if let backup { return try await check(backup: backup) }
        let tools = try await database.openWhatIsThere()
        let counts = try await Checking.run(tools)
        await tools.database.close()
        if json {
            let faults = counts.map { fault, count in
                JSON.object([
                    ("fault", .string(fault.rawValue)), ("name", .string(fault.name)), ("mend", .string(fault.mend)),
                    ("count", .int(count)),
                ])
            }
            Output.say(
                JSON.object([("faults", .array(faults)), ("total", .int(counts.reduce(0) { $0 + $1.count }))]).text)
            return
        }
        for (fault, count) in counts where count > 0 { Output.say("\(count)  \(fault.name)\n    \(fault.mend)") }
        if counts.allSatisfy({ $0.count == 0 }) { Output.say("No faults found.") }
    }

    private func check(backup: String) async throws {
        let found = try await Safekeeping.ours(progress: ProgressOnScreen.rows(silent: json)).inspect(backup: backup)
        Output.say(json ? found.json(of: backup).text : found.sentences(about: backup).joined(separator: "\n"))
    }
}
