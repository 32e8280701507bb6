internal import ArgumentParser
internal import House
internal import Identity
internal import Server
internal import Store

/// `eyhub role`
struct RoleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "role", abstract: "Who is what: roles, given and ended at once, without an invitation.",
        subcommands: [List.self, Give.self, End.self])

    /// `eyhub role list`
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "The roles in force.",
            discussion: "A line for each, with tabs between: id, address, name, role, over what, since when.")

        @Argument(help: "Only of the person with this e-mail address.") var email: String?
        @OptionGroup var database: DatabaseOption

        func run() async throws {
            let tools = try await database.openWhatIsThere()
            for line in try await RoleDesk.all(of: email, tools, Rooms.placeBook(tools)) {
                Output.say([line.id, line.email, line.name, line.role.rawValue, line.over, line.since].joined(separator: "\t"))
            }
            await tools.database.close()
        }
    }

    /// `eyhub role give`
    struct Give: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "give", abstract: "Gives somebody a role, from now on.",
            discussion: """
                The person must be there (“eyhub user add”). An administrator is over everything; a coordinator over a mini-hub; managers and \
                practitioners are in a setting; all others over a hub. A role they hold already is left as it is.
                """)

        @Argument(help: "Their e-mail address.") var email: String
        @Argument(help: ArgumentHelp("What they will be: \(Role.allCases.map(\.rawValue).joined(separator: ", "))."), transform: readRole)
        var role: Role
        @Option(help: ArgumentHelp("The hub, by its name in addresses.", valueName: "slug")) var hub: String?
        @Option(help: ArgumentHelp("The mini-hub, by its name or id.", valueName: "name")) var area: String?
        @Option(help: ArgumentHelp("The setting, by its id in addresses or its name.", valueName: "id")) var setting: String?
        @Option(help: ArgumentHelp("For a steering member: the sector they speak for.", valueName: "text")) var sector: String?
        @OptionGroup var database: DatabaseOption

        func run() async throws {
            let tools = try await database.openWhatIsThere()
            var place = RoleDesk.Place(hubID: nil, area: area, setting: setting, sector: sector)
            if let hub { place.hubID = try await hubID(hub, tools) }
            let given = try await RoleDesk.give(role, to: email, over: place, tools, Rooms.placeBook(tools))
            await tools.database.close()
            Output.say("\(email) is: \(given).")
        }
    }

    /// `eyhub role end`
    struct End: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "end", abstract: "Ends a role now.",
            discussion: "The account stays, with what was done and the other roles. The last administrator’s role cannot be ended.")

        @Argument(help: "The role’s id, as “eyhub role list” shows it.") var id: String
        @OptionGroup var database: DatabaseOption

        func run() async throws {
            let tools = try await database.openWhatIsThere()
            let email = try await RoleDesk.end(id, tools)
            await tools.database.close()
            Output.say("The role of \(email) has ended.")
        }
    }
}

private func readRole(_ text: String) throws -> Role {
    guard let role = Role(rawValue: text) else {
        throw ValidationError("There is no role “\(text)”. There are: \(Role.allCases.map(\.rawValue).joined(separator: ", ")).")
    }
    return role
}
