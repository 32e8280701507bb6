internal import ArgumentParser

/// `eyhub plan`: the thinking of the house on its own, without a database.
struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Draws plans from files, without a database.",
        subcommands: [PlanAreasCommand.self, PlanHostsCommand.self])
}
