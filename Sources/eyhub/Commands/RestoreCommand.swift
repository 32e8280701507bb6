internal import ArgumentParser
internal import Safekeeping
internal import Store

/// `eyhub restore`
struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Brings a backup into an empty database.",
        discussion: """
            The file is read and checked first, then loaded wholly or not at all, and brought up to date with this program. A \
            database that holds anything is refused: nothing is ever overwritten.
            """)

    @Argument(help: "The backup.")
    var file: String

    @OptionGroup var database: DatabaseOption

    func run() async throws {
        let outcome = try await Safekeeping.ours(progress: ProgressOnScreen.rows()).restore(file) {
            try Databases.open(database.address)
        }
        Output.say("Restored \(KeepingWords.amount(outcome)) into \(Databases.hidingPassword(database.address)).")
        for remark in outcome.remarks { Output.complain(remark) }
        // The key is in no backup, and without it the first who signs in would be the one to find out.
        let key = await KeyHealth(address: database.address).finding()
        if key.mark == .wrong { Output.complain(key.sentence) }
    }
}
