internal import ArgumentParser
internal import Civil
internal import Directory
internal import Files
internal import House
internal import Safekeeping
internal import Store

/// `eyhub import`
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Loads a register, places or a list; the same file again changes nothing.",
        discussion: """
            KIND is ofsted, schools, postcodes, wards, deprivation, feed (the per-authority Ofsted feed, XML or JSON) or list (any \
            spreadsheet, CSV or XLSX). A file compressed with gzip is read as it is. Either the whole file is loaded or nothing. \
            KIND everything brings the folder of “eyhub export --everything” into an empty database.
            """)

    /// What a file can be.
    enum Kind {
        case register(LoadKind)
        /// A folder, not a file: a whole database.
        case everything
    }

    @Argument(help: "What the file is.", transform: importKind)
    var kind: Kind

    @Argument(help: "The file; for everything, the folder.")
    var file: String

    @OptionGroup var database: DatabaseOption

    @Flag(help: "Say what would change, and change nothing.")
    var preview = false

    @Option(
        name: .customLong("as-of"),
        help: ArgumentHelp("The day the file speaks for. (default: the day in its name, else today)", valueName: "day"),
        transform: day)
    var asOf: Day?

    @Option(
        help: ArgumentHelp("Where to write the rejected rows, each with its line and the reason.", valueName: "file"))
    var rejects: String?

    @Option(
        help: ArgumentHelp(
            "Which column of a list is which of ours, such as \"Provider name=name\". May be repeated.",
            valueName: "theirs=ours"),
        transform: mapped)
    var map: [String] = []

    @Option(
        help: ArgumentHelp("The hub whose own settings a list brings, by its name in addresses.", valueName: "slug"))
    var hub: String?

    @Flag(help: "Print one JSON object.")
    var json = false

    func validate() throws {
        guard case .everything = kind else { return }
        if preview || asOf != nil || rejects != nil || !map.isEmpty || hub != nil || json {
            throw ValidationError("“import everything” takes no option but --database.")
        }
    }

    func run() async throws {
        switch kind {
        case .register(let kind): try await load(kind)
        case .everything: try await importEverything()
        }
    }

    private func importEverything() async throws {
        let outcome = try await Safekeeping.ours(progress: ProgressOnScreen.rows()).importEverything(from: file) {
            try Databases.open(database.address)
        }
        Output.say("Imported \(KeepingWords.amount(outcome)).")
        for remark in outcome.remarks { Output.complain(remark) }
    }

    private func load(_ kind: LoadKind) async throws {
        let tools = try await database.open()
        let request = LoadRequest(
            kind, source: .file(file), fileName: fileName,
            editionDay: asOf ?? FileDay.inName(fileName) ?? tools.clock.today, mapping: try mapping(),
            hub: try await hub.asyncMap { try await hubID($0, tools) })
        let loader = Loader(tools: tools)
        let progress = json ? nil : ProgressOnScreen.make()
        let report =
            preview
            ? try await loader.preview(request, progress: progress)
            : try await loader.apply(request, progress: progress)
        if let rejects { try FileOutput.write(try await loader.rejectsCSV(report.id) ?? [], to: rejects) }
        await tools.database.close()
        Output.say(json ? report.json.text : LoadWords(report: report, isPreview: preview).text)
        guard report.rejected == 0 else {
            throw Refused(
                """
                \(report.rejected) of \(report.read) rows \(report.rejected == 1 ? "was" : "were") rejected\
                \(rejects.map { ", see \($0)" } ?? "; --rejects FILE writes them with the reasons").
                """)
        }
    }

    private var fileName: String { file.split(separator: "/").last.map(String.init) ?? file }

    private func mapping() throws -> ListMapping? {
        map.isEmpty ? nil : try ListMapping(text: map.joined(separator: ","))
    }
}

private func importKind(_ text: String) throws -> ImportCommand.Kind {
    if text == "everything" { return .everything }
    guard let kind = LoadKind(rawValue: text) else {
        let all = LoadKind.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("“\(text)” is not something we can load. KIND is one of \(all), everything.")
    }
    return .register(kind)
}

/// Checks a mapping when the command is read, so that a wrong one is wrong usage.
private func mapped(_ text: String) throws -> String {
    do {
        _ = try ListMapping(text: text)
        return text
    } catch {
        throw ValidationError(error.message)
    }
}

/// The id of the hub with this name in addresses.
func hubID(_ slug: String, _ tools: Tools) async throws -> String {
    let row = try await tools.database.read { try $0.first("select id from hub where slug = \(slug)") }
    guard let row else {
        throw Refused("There is no hub “\(slug)”. Its name in addresses is what stands after /hubs/.")
    }
    return row.text("id")
}

extension Optional {
    fileprivate func asyncMap<T>(_ body: (Wrapped) async throws -> T) async rethrows -> T? {
        guard let self else { return nil }
        return try await body(self)
    }
}
