internal import ArgumentParser
internal import House
internal import Identity
internal import Page
internal import Server
internal import Store

/// `eyhub export`
struct ExportCommand: AsyncParsableCommand {
    /// What can be written, and the page of the same file.
    enum Kind: String, CaseIterable, ExpressibleByArgument {
        case settings

        var address: String {
            switch self {
            case .settings: "/staff/settings.csv"
            }
        }

        /// The search that finds all of them: the page's own begins with those for children under five.
        var everything: String {
            switch self {
            case .settings: "older=yes"
            }
        }
    }

    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Writes what “eyhub import list” can read.",
        discussion: "KIND is settings: every setting, or those a --filter finds, as CSV.")

    @Argument(help: "What to write.")
    var kind: Kind

    @OptionGroup var database: DatabaseOption

    @Option(help: ArgumentHelp("Where to write; standard output when left out.", valueName: "file"))
    var out: String?

    @Option(
        help: ArgumentHelp("Only what a search finds: what follows the ? in the page's address.", valueName: "query"))
    var filter: String?

    func run() async throws {
        let tools = try await database.open()
        let answer = try await answer(tools)
        await tools.database.close()
        if let out { try FileOutput.write(answer.body, to: out) } else { Output.write(answer.body) }
    }

    /// The same file as the page gives, by the same road.
    private func answer(_ tools: Tools) async throws -> Answer {
        let routes = Rooms(tools, secrets: SecretBox(secret: "")).all.flatMap(\.routes)
        guard let route = routes.first(where: { $0.method == .get && $0.pattern == kind.address }) else {
            throw Refused("This program cannot write \(kind.rawValue).")
        }
        let request = Request(
            method: .get, path: kind.address, query: try FormData(query: filter ?? kind.everything), asker: .commandLine,
            route: route)
        return try await route.answer(request)
    }
}
