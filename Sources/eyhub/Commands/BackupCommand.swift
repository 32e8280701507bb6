internal import ArgumentParser
internal import Safekeeping
internal import Store

/// `eyhub backup`
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Writes the whole database into one file, while it is in use.",
        discussion: """
            The file holds one moment of the database, compressed, and can be restored on SQLite and PostgreSQL alike. It holds \
            everything, secrets too: only its owner may read it. Its format is in docs/backup-format.md.
            """)

    @Argument(help: "Where to write it.")
    var file: String

    @OptionGroup var database: DatabaseOption

    @Flag(help: "Replace the file if it is there already.")
    var force = false

    func run() async throws {
        let database = try database.openAsItIs()
        let outcome = try await Safekeeping.ours(progress: ProgressOnScreen.rows())
            .backup(database, to: file, replacing: force)
        await database.close()
        Output.say("Backed up \(KeepingWords.amount(outcome)) to \(file).")
    }
}
