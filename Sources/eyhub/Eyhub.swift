internal import ArgumentParser

/// The command line. Thin: each verb reads its options and calls one function of a room.
struct Eyhub: AsyncParsableCommand {
    static let version = "0.1"

    static let configuration = CommandConfiguration(
        commandName: "eyhub",
        abstract: "Runs an early years hub: the settings of an area, its map, its mini-hubs.",
        discussion: """
            The database is --database, else the environment's EYHUB_DATABASE, else sqlite:eyhub.sqlite in the current folder.
            Exit codes: 0 done, 1 refused or partly rejected (said on standard error), 2 wrong usage.
            """,
        version: version,
        subcommands: [
            ServeCommand.self, DemoCommand.self, ImportCommand.self, ExportCommand.self, CheckCommand.self,
            PlanCommand.self, UserCommand.self, RoleCommand.self, TokenCommand.self, KeyCommand.self, BackupCommand.self,
            RestoreCommand.self,
            DoctorCommand.self,
        ])
}
