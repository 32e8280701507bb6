internal import ArgumentParser
internal import Directory
internal import House
internal import Store

/// `eyhub check`
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Counts the faults in the data, each with its mend, and keeps today's completeness score.")

    @OptionGroup var database: DatabaseOption

    @Flag(help: "Print one JSON object.")
    var json = false

    func run() async throws {
        let tools = try await database.open()
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
}
