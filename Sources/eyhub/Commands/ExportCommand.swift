internal import ArgumentParser
internal import House
internal import Identity
internal import Page
internal import Safekeeping
internal import Server
internal import Store

/// `eyhub export`
struct ExportCommand: AsyncParsableCommand {
    /// What can be written, and the page of the same file.
    enum Kind: String, CaseIterable, ExpressibleByArgument {
        case settings, areas

        var address: String {
            switch self {
            case .settings: "/staff/settings.csv"
            case .areas: "/staff/areas.csv"
            }
        }

        /// The filter that finds all of them: the page of settings by itself begins with those for children under five.
        var everything: String {
            switch self {
            case .settings: "older=yes"
            case .areas: ""
            }
        }
    }

    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Writes settings or areas as CSV, or everything.",
        discussion: """
            KIND is settings: every setting, or those a --filter finds, as “eyhub import list” can read them. Or areas: the \
            published areas ward by ward, of all hubs or of the one a --filter names, such as hub=newham-early-years-hub. With \
            --everything in its place, all tables are written into a folder, as docs/export-format.md says.
            """)

    @Argument(help: "What to write.")
    var kind: Kind?

    @Option(help: ArgumentHelp("Write all tables into this new folder, as CSV with a description.", valueName: "folder"))
    var everything: String?

    @OptionGroup var database: DatabaseOption

    @Option(help: ArgumentHelp("Where to write; standard output when left out.", valueName: "file"))
    var out: String?

    @Option(
        help: ArgumentHelp(
            "Settings: only what a search finds, as it follows the ? in the page's address. Areas: hub=NAME, as in the hub's address.",
            valueName: "query"))
    var filter: String?

    func validate() throws {
        if (kind == nil) == (everything == nil) { throw ValidationError("Give either a kind or --everything and a folder.") }
        if everything != nil, out != nil || filter != nil { throw ValidationError("--everything goes with neither --out nor --filter.") }
    }

    func run() async throws {
        if let everything { return try await exportEverything(to: everything) }
        guard let kind else { return }
        let tools = try await database.openWhatIsThere()
        let answer = try await answer(kind, tools)
        await tools.database.close()
        if let out { try FileOutput.write(answer.body, to: out) } else { Output.write(answer.body) }
    }

    private func exportEverything(to folder: String) async throws {
        let database = try database.openAsItIs()
        let outcome = try await Safekeeping.ours(progress: ProgressOnScreen.rows()).export(database, to: folder)
        await database.close()
        Output.say("Exported \(KeepingWords.amount(outcome)) to \(folder).")
        for remark in outcome.remarks { Output.complain(remark) }
    }

    /// The same file as the page gives, by the same road.
    private func answer(_ kind: Kind, _ tools: Tools) async throws -> Answer {
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
