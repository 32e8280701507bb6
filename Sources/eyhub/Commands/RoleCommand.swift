internal import ArgumentParser
internal import Civil
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
            discussion:
                "A line for each, with tabs between: id, address, name, role, over what, since when, and the last day if it has one.")

        @Argument(help: "Only of the person with this e-mail address.") var email: String?
        @OptionGroup var database: DatabaseOption

        func run() async throws {
            let tools = try await database.openWhatIsThere()
            for line in try await RoleDesk.all(of: email, tools, Rooms.placeBook(tools)) {
                Output.say([line.id, line.email, line.name, line.role.rawValue, line.over, line.since, line.until].joined(separator: "\t"))
            }
            await tools.database.close()
        }
    }

    /// `eyhub role give`
    struct Give: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "give", abstract: "Gives somebody a role, from now on or from a day to come.",
            discussion: """
                The person must be there (“eyhub user add”). An administrator is over everything; a coordinator over a mini-hub; managers and \
                practitioners are in a setting; all others over a hub. A role they hold already is left as it is, but for its last day.
                """)

        @Argument(help: "Their e-mail address.") var email: String
        @Argument(help: ArgumentHelp("What they will be: \(Role.allCases.map(\.rawValue).joined(separator: ", "))."), transform: readRole)
        var role: Role
        @Option(help: ArgumentHelp("The hub, by its name in addresses.", valueName: "slug")) var hub: String?
        @Option(help: ArgumentHelp("The mini-hub, by its name or id.", valueName: "name")) var area: String?
        @Option(help: ArgumentHelp("The setting, by its id in addresses or its name.", valueName: "id")) var setting: String?
        @Option(help: ArgumentHelp("For a steering member: the sector they speak for.", valueName: "text")) var sector: String?
        @Option(help: ArgumentHelp("The first day, if it is to begin later: 2027-01-01.", valueName: "day"), transform: day)
        var from: Day?
        @Option(help: ArgumentHelp("The last day, if it is to end by itself: 2027-07-31.", valueName: "day"), transform: day)
        var until: Day?
        @OptionGroup var database: DatabaseOption

        func run() async throws {
            let tools = try await database.openWhatIsThere()
            var place = RoleDesk.Place(hubID: nil, area: area, setting: setting, sector: sector)
            if let hub { place.hubID = try await hubID(hub, tools) }
            let given = try await RoleDesk.give(
                role, to: email, over: place, time: RoleTime(first: from, last: until), tools, Rooms.placeBook(tools))
            await tools.database.close()
            Output.say("\(email) is: \(given).")
        }
    }

    /// `eyhub role end`
    struct End: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "end", abstract: "Ends a role, now or with a day to come.",
            discussion: "The account stays, with what was done and the other roles. The last administrator’s role cannot be ended.")

        @Argument(help: "The role’s id, as “eyhub role list” shows it.") var id: String
        @Option(help: ArgumentHelp("With the end of this day, instead of now: 2027-07-31.", valueName: "day"), transform: day)
        var on: Day?
        @Flag(help: "Not at all: takes its last day away, so that it goes on.") var never = false
        @OptionGroup var database: DatabaseOption

        func validate() throws {
            if on != nil, never { throw ValidationError("Either --on or --never: a role cannot end and go on.") }
        }

        func run() async throws {
            let tools = try await database.openWhatIsThere()
            let isNow = on == nil && !never
            let email = try await isNow ? RoleDesk.end(id, tools) : RoleDesk.setLastDay(on, of: id, tools)
            await tools.database.close()
            let end = on.map { "ends with \($0.medium)" } ?? "goes on"
            Output.say("The role of \(email) \(isNow ? "has ended" : end).")
        }
    }
}

private func readRole(_ text: String) throws -> Role {
    guard let role = Role(rawValue: text) else {
        throw ValidationError("There is no role “\(text)”. There are: \(Role.allCases.map(\.rawValue).joined(separator: ", ")).")
    }
    return role
}
