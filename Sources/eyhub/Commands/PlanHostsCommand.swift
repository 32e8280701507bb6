internal import ArgumentParser
internal import House
internal import Planning

/// `eyhub plan hosts`
struct PlanHostsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hosts", abstract: "Chooses who hosts which meeting: fair shares first, then least travel.",
        discussion: "The rules are in docs/rules/host-rotation.md, the answer in docs/cli.md. Files may be compressed with gzip.")

    @Option(
        help: ArgumentHelp(
            "CSV with the columns id, kind, holds, step_free, lat, lon, turns_before, last_turn, away.", valueName: "file"))
    var places: String

    @Option(help: ArgumentHelp("CSV with the columns id, day, series, people, step_free, host.", valueName: "file"))
    var meetings: String

    @Option(help: ArgumentHelp("CSV with the columns series, lat, lon: where those who come travel from.", valueName: "file"))
    var comers: String?

    @Flag(help: "Print one JSON object.")
    var json = false

    func run() async throws {
        let asked = try HostFiles.meetings(meetings, comers: comers)
        let plan = try rotateHosts(places: try HostFiles.places(places), meetings: asked)
        let people = Dictionary(asked.map { ($0.id, $0.people) }, uniquingKeysWith: { first, _ in first })
        if json { return Output.say(answer(plan, people).text) }
        for choice in plan.choices { Output.say("\(choice.meeting): \(choice.host). \(choice.sentence)") }
        for one in plan.unhosted { Output.say("\(one.meeting): no host. \(one.sentence(people: people[one.meeting] ?? 0))") }
        Output.say(
            "Fairness \(plan.fairness.index) of 100 between settings, \(plan.fairness.kindIndex) between kinds; \(plan.objective.metres / 1_000) km in all."
        )
        if !plan.isProven { Output.complain("The search was given up before it was proven that no plan is better.") }
    }

    private func answer(_ plan: HostPlan, _ people: [String: Int]) -> JSON {
        let choices = plan.choices.map { choice in
            JSON.object([
                ("meeting", .string(choice.meeting)), ("host", .string(choice.host)), ("because", .string(choice.sentence)),
                ("metres_each", .int(choice.metresEach)),
            ])
        }
        let unhosted = plan.unhosted.map { one in
            JSON.object([
                ("meeting", .string(one.meeting)), ("because", .string(one.sentence(people: people[one.meeting] ?? 0))),
            ])
        }
        let objective = JSON.object([
            ("unhosted", .int(plan.objective.unhosted)), ("settings", .int(plan.objective.settings)),
            ("kinds", .number(plan.objective.kinds)), ("metres", .int(plan.objective.metres)),
        ])
        let fairness = JSON.object([
            ("index", .int(plan.fairness.index)), ("largest_gap", .number(plan.fairness.largestGap)),
            ("kind_index", .int(plan.fairness.kindIndex)), ("largest_kind_gap", .number(plan.fairness.largestKindGap)),
        ])
        return .object([
            ("choices", .array(choices)), ("unhosted", .array(unhosted)), ("objective", objective), ("fairness", fairness),
            ("is_proven", .bool(plan.isProven)),
        ])
    }
}
