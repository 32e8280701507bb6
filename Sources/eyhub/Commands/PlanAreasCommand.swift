internal import ArgumentParser
internal import House
internal import Planning

/// `eyhub plan areas`
struct PlanAreasCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "areas", abstract: "Divides wards into balanced areas around bases.",
        discussion:
            "The rules are in docs/rules/drawing-areas.md, the answer in docs/cli.md. Files may be compressed with gzip."
    )

    @Option(help: ArgumentHelp("CSV with the columns id, lat, lon, ward, weight, can_be_base.", valueName: "file"))
    var settings: String

    @Option(help: ArgumentHelp("GeoJSON of the wards.", valueName: "file"))
    var wards: String

    @Option(help: ArgumentHelp("How many areas.", valueName: "k"))
    var count: Int

    @Option(help: ArgumentHelp("How far an area's weight may lie from the mean: 0.1 is 10 %.", valueName: "share"))
    var tolerance = AreaProblem.defaultTolerance

    @Option(
        help: ArgumentHelp(
            "CSV with the columns ward, area and, if wished, base: what is settled already.", valueName: "file"))
    var locks: String?

    @Option(help: ArgumentHelp("Where the search starts: the same seed gives the same plan.", valueName: "n"))
    var seed: UInt64 = 1

    @Flag(help: "Print one JSON object.")
    var json = false

    func run() async throws {
        let problem = try AreaProblem(
            outlines: try WardFile.read(wards), settings: try SettingFile.read(settings), count: count,
            tolerance: tolerance,
            locks: try locks.map { try LockFile.read($0) } ?? AreaLocks(), seed: seed)
        let plan = try problem.plan()
        for relaxed in plan.relaxed { Output.complain(relaxed.message) }
        let answer = PlanAnswer(plan: plan)
        if json { Output.say(answer.json.text) } else { Output.write(answer.text) }
    }
}
