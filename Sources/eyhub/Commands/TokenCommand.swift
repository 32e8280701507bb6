internal import ArgumentParser
internal import House
internal import Identity
internal import Server
internal import Store

/// `eyhub token`
struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Tokens, with which programs ask the API in somebody’s name.",
        subcommands: [List.self, Make.self, Revoke.self])

    /// `eyhub token list`
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "The tokens in force. The tokens themselves are kept nowhere.",
            discussion: "A line for each, with tabs between: id, address, name, what it may, until when, last used.")

        @Argument(help: "Only of the person with this e-mail address.") var email: String?
        @OptionGroup var database: DatabaseOption

        func run() async throws {
            let tools = try await database.openWhatIsThere()
            for line in try await TokenDesk.all(of: email, tools) {
                Output.say(
                    [line.id, line.email, line.name, line.deeds.joined(separator: " "), line.until, line.lastUsed ?? "never"].joined(
                        separator: "\t"))
            }
            await tools.database.close()
        }
    }

    /// `eyhub token make`
    struct Make: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "make", abstract: "Makes a token and prints it, this once.",
            discussion: """
                It can do no more than its owner may and no more than the deeds named. Programs send it as “Authorization: Bearer …”. Keep it as \
                you would a key.
                """)

        @Argument(help: "The e-mail address of the person in whose name the program asks.") var email: String
        @Option(help: ArgumentHelp("What it is for, such as Monitoring.", valueName: "text")) var name: String
        @Option(
            name: .customLong("deed"),
            help: ArgumentHelp("What it may do, such as server.metrics.read. May be repeated.", valueName: "code"))
        var deeds: [String] = []
        @Option(help: ArgumentHelp("For how many days: 30, 90 or 365.", valueName: "n")) var days = 90
        @OptionGroup var database: DatabaseOption

        func run() async throws {
            let tools = try await database.openWhatIsThere()
            let token = try await TokenDesk.make(
                for: email, name: name, deeds: deeds, days: days, all: Rooms.deeds, tools, Rooms.placeBook(tools))
            await tools.database.close()
            Output.say(token)
        }
    }

    /// `eyhub token revoke`
    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "revoke", abstract: "Takes a token back: it opens nothing any more.")

        @Argument(help: "The token’s id, as “eyhub token list” shows it.") var id: String
        @OptionGroup var database: DatabaseOption

        func run() async throws {
            let tools = try await database.openWhatIsThere()
            try await TokenDesk.revoke(id, tools)
            await tools.database.close()
            Output.say("The token is taken back.")
        }
    }
}
