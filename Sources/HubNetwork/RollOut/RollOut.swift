internal import Civil
internal import Directory
internal import House
internal import Identity
internal import Store

/// A hub's plan of how it begins: steps with owners and days.
struct RollOut: Sendable {
    let id: String
    let title: String
    let start: Day
    let version: Int

    init?(_ row: Row) {
        guard let start = row.day("start_day") else { return nil }
        id = row.text("id")
        title = row.text("title")
        self.start = start
        version = row.int("version")
    }
}

/// One step of a roll-out.
struct RollOutStep: Sendable {
    let id: String
    let title: String
    /// Nil for the whole hub.
    let areaID: String?
    let areaName: String?
    let owner: String?
    /// Days from the start, where the day is counted and not written.
    let offset: Int?
    let due: Day?
    let done: Day?
    let note: String?
    let version: Int

    init(_ row: Row) {
        id = row.text("id")
        title = row.text("title")
        areaID = row.textOrNil("area_id")
        areaName = row.textOrNil("area_name")
        owner = row.textOrNil("owner_person")
        offset = row.intOrNil("offset_days")
        due = row.day("due_day")
        done = row.day("done_day")
        note = row.textOrNil("note")
        version = row.int("version")
    }

    func standing(on today: Day) -> StepStanding { StepStanding(due: due, done: done, today: today) }
}

/// A roll-out with all that its page shows.
struct RollOutPicture: Sendable {
    let hub: HubGround
    let plan: RollOut
    let steps: [RollOutStep]
    let team: [PeopleBook.Entry]
    let today: Day

    static func of(_ slug: String, _ id: String, on today: Day, _ session: any Session) throws -> RollOutPicture {
        let hub = try HubGround.of(slug, on: today, session)
        guard
            let plan = try session.first("select * from rollout where id = \(id) and hub_id = \(hub.id) and removed_at is null")
                .flatMap(RollOut.init)
        else { throw Refusal.notFound("There is no plan at this address. It may have been taken away.") }
        return RollOutPicture(
            hub: hub, plan: plan, steps: try steps(of: id, session),
            team: try PeopleBook.of(hub: hub.id, roles: Network.teamRoles, session),
            today: today)
    }

    static func steps(of plan: String, _ session: any Session) throws -> [RollOutStep] {
        try session.all("select * from rollout_step where rollout_id = \(plan) and removed_at is null order by position, id")
            .map(RollOutStep.init)
    }

    func name(of person: String?) -> String? { person.flatMap { id in team.first { $0.id == id }?.name } }

    /// Everybody who may own a step, once each.
    var owners: [PeopleBook.Entry] {
        var seen: Set<String> = []
        return team.filter { seen.insert($0.id).inserted }
    }

    /// The parts of the plan: the whole hub first, then each area in the order its first step stands.
    var parts: [(name: String, steps: [RollOutStep])] {
        var parts: [(name: String, steps: [RollOutStep])] = []
        for step in steps {
            let name = step.areaName ?? "The whole hub"
            if let index = parts.firstIndex(where: { $0.name == name }) {
                parts[index].steps.append(step)
            } else {
                parts.append((name, [step]))
            }
        }
        return parts.filter { $0.name == "The whole hub" } + parts.filter { $0.name != "The whole hub" }
    }

    func count(_ standing: StepStanding) -> Int { steps.count { $0.standing(on: today) == standing } }
}
