internal import ArgumentParser
internal import House
internal import Identity
internal import Server
internal import Store

/// `eyhub key`
struct KeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "The installation’s key, which seals authenticators’ secrets.", subcommands: [Change.self])

    /// `eyhub key change`
    struct Change: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "change", abstract: "Seals anew, with a new key, all that is sealed with the installation’s key.",
            discussion: """
                Stop the server first, on all machines, and make a backup. With EYHUB_SECRET_KEY set, that is the old key and \
                EYHUB_NEW_SECRET_KEY the new one; afterwards write the new one in the old one’s place. Else both are in files beside the \
                SQLite database, and a new key is made. Nobody has to do anything: authenticators go on working. Interrupted, it has done \
                all or nothing: run it again.
                """)

        @OptionGroup var database: DatabaseOption

        func run() async throws {
            let keys = try SecretKey.change(database: database.address)
            let tools = try await database.open()
            let outcome = try await KeyChange.run(from: keys.old, to: keys.new, Rooms.sealed, tools)
            await tools.database.close()
            try keys.finish()
            Output.say(
                "Sealed anew: \(outcome.changed). \(outcome.already > 0 ? "Under the new key already: \(outcome.already). " : "")\(keys.after)"
            )
            if outcome.lost > 0 {
                Output.say(
                    "Opened by neither key, and left as they are: \(outcome.lost). Whoever they belong to sets up the second step anew (“eyhub user reset-second-step”)."
                )
            }
        }
    }
}
