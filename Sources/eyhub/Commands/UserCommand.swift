internal import ArgumentParser
internal import House
internal import Identity
internal import Server
internal import Store

/// `eyhub user`
struct UserCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user", abstract: "People: the first administrator, and links to sign in with.",
        subcommands: [Add.self, Link.self, List.self, Correct.self, SignOut.self, ResetSecondStep.self])

    /// `eyhub user add`
    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "add", abstract: "Makes a person, and an administrator of them if asked.",
            discussion: "Others are invited on the page “People”. Who is there already keeps their name.")

        @Argument(help: "Their e-mail address.") var email: String
        @Option(help: "Their name, as others should see it.") var name: String
        @Flag(help: "They may do everything here.") var administrator = false
        @OptionGroup var database: DatabaseOption

        func run() async throws {
            let tools = try await database.open()
            try await PeopleDesk.add(name: name, email: email, isAdministrator: administrator, tools)
            await tools.database.close()
            Output.say(
                "\(email) is here\(administrator ? ", as administrator" : ""). Sign in at /sign-in, or with “eyhub user link \(email)”.")
        }
    }

    /// `eyhub user link`
    struct Link: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "link", abstract: "Prints a link that signs a person in once, within fifteen minutes.",
            discussion: "For whoever runs the machine, when no mail server is set up. It stands in the audit trail.")

        @Argument(help: "Their e-mail address.") var email: String
        @Option(
            name: .customLong("public-url"),
            help: ArgumentHelp("Where the server is reached. (default: $EYHUB_PUBLIC_URL, else http://127.0.0.1:8080)", valueName: "url"))
        var publicURL: String?
        @OptionGroup var database: DatabaseOption

        func run() async throws {
            let tools = try await database.openWhatIsThere(publicURL: publicURL ?? Surroundings.publicURL)
            let link = try await PeopleDesk.link(email: email, tools)
            await tools.database.close()
            Output.say(link)
        }
    }

    /// `eyhub user correct`
    struct Correct: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "correct", abstract: "Gives a person another name, another e-mail address, or both.",
            discussion:
                "For somebody who lost their mailbox; others do it on “Your account”. Make sure first that it is they who ask. With another address they are signed out everywhere, and both addresses get a letter. It stands in the audit trail."
        )

        @Argument(help: "Their e-mail address now.") var email: String
        @Option(help: "Their name from now on, as others should see it.") var name: String?
        @Option(help: ArgumentHelp("Their e-mail address from now on.", valueName: "email")) var address: String?
        @OptionGroup var database: DatabaseOption

        func run() async throws {
            let tools = try await database.open()
            try await PeopleDesk.correct(email: email, name: name, newEmail: address, tools, Rooms.placeBook(tools))
            await tools.database.close()
            Output.say("\(address ?? email) is corrected\(address == nil ? "" : " and signed out everywhere").")
        }
    }

    /// `eyhub user sign-out`
    struct SignOut: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "sign-out", abstract: "Signs a person out on all their devices at once.",
            discussion:
                "For a lost device or somebody who left. It stands in the audit trail. Tokens are taken back with “eyhub token revoke”.")

        @Argument(help: "Their e-mail address.") var email: String
        @OptionGroup var database: DatabaseOption

        func run() async throws {
            let tools = try await database.openWhatIsThere()
            try await PeopleDesk.signOut(email: email, tools)
            await tools.database.close()
            Output.say("\(email) is signed out everywhere.")
        }
    }

    /// `eyhub user reset-second-step`
    struct ResetSecondStep: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "reset-second-step", abstract: "Takes a person’s second step away, when telephone and recovery codes are lost.",
            discussion:
                "Make sure first that it is they who ask. They are signed out everywhere and get a letter. It stands in the audit trail.")

        @Argument(help: "Their e-mail address.") var email: String
        @OptionGroup var database: DatabaseOption

        func run() async throws {
            let tools = try await database.openWhatIsThere()
            try await PeopleDesk.resetSecondStep(email: email, tools)
            await tools.database.close()
            Output.say("\(email) sets up a new second step when they next sign in.")
        }
    }

    /// `eyhub user list`
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "Everybody with an account, and what they are.")

        @OptionGroup var database: DatabaseOption

        func run() async throws {
            let tools = try await database.openWhatIsThere()
            for line in try await PeopleDesk.all(tools, Rooms.placeBook(tools)) {
                Output.say("\(line.email)\t\(line.name)\t\(line.roles.joined(separator: "; "))")
            }
            await tools.database.close()
        }
    }
}
