/// Who hosts which meeting of a year, and why.
public struct HostPlan: Sendable, Equatable {
    /// One meeting with its host.
    public struct Choice: Sendable, Equatable {
        public let meeting: String
        public let host: String
        /// Chosen by hand before.
        public let isLocked: Bool
        /// What stands against a host chosen by hand.
        public let obstacles: [HostObstacle]
        /// How many could have hosted it, this one among them.
        public let able: Int
        /// How often it hosted before this meeting, the plan's earlier meetings counted.
        public let turnsBefore: Int
        /// How many of the others that could have hosted fewer times by then.
        public let withFewer: Int
        /// How many have hosted as often by then, this one among them.
        public let withAsMany: Int
        /// How many of those are nearer to all who come.
        public let nearer: Int
        /// Metres each who comes travels, on average; nil when it is not known who comes.
        public let metresEach: Int?
    }

    /// A meeting that nobody can host.
    public struct Unhosted: Sendable, Equatable {
        public let meeting: String
        /// How many offered to host at all, and could by their area.
        public let offered: Int
        /// The largest of them holds so many.
        public let largest: Int
        public let tooSmall: Int
        public let notStepFree: Int
        public let away: Int
        /// How many could host, but host another beside it.
        public let besideOwnTurn: Int
    }

    /// In the order of the days.
    public let choices: [Choice]
    public let unhosted: [Unhosted]
    public let fairness: HostFairness
    /// What was made the least, in the order of what matters.
    public let objective: Objective
    /// Whether it is proven that no plan is better. False only where the search was given up.
    public let isProven: Bool

    /// The figures a plan is judged by, the first first.
    public struct Objective: Sendable, Equatable {
        public let unhosted: Int
        /// Sum over the settings of their turns squared, past and planned.
        public let settings: Int
        /// Sum over the kinds of the squared distance of their turns from their fair share.
        public let kinds: Double
        public let metres: Int

        public init(unhosted: Int, settings: Int, kinds: Double, metres: Int) {
            self.unhosted = unhosted
            self.settings = settings
            self.kinds = kinds
            self.metres = metres
        }
    }
}

/// Chooses the hosts of a year: fair shares first, then least travel (`docs/rules/host-rotation.md`). The same question gives the same
/// answer, whatever order it is asked in.
///
/// - Parameters:
///   - lastHosts: for each series, who hosted its last meeting before these.
///   - effort: how many steps the search may take; what is not proven by then is the best found, and says so.
/// - Throws: a `HostRotationError` where the question makes no sense.
public func rotateHosts(
    places: [HostPlace], meetings: [HostedMeeting], lastHosts: [String: String] = [:], effort: Int = 4_000
) throws(HostRotationError) -> HostPlan {
    let problem = try HostProblem(places, meetings, lastHosts: lastHosts)
    let search = HostSearch(problem, limit: effort)
    return HostPlan(problem, hosts: problem.meetings.indices.map { search.best?.host(of: $0) }, isProven: search.isProven)
}

/// What stands against a place hosting a meeting, for one who chooses by hand.
public func hostObstacles(_ place: HostPlace, _ meeting: HostedMeeting) -> [HostObstacle] { HostProblem.obstacles(place, meeting) }

extension HostPlan {
    init(_ problem: HostProblem, hosts: [Int?], isProven: Bool) {
        var turns = problem.places.map(\.turnsBefore)
        var choices: [Choice] = []
        var unhosted: [Unhosted] = []
        var metres = 0
        for (number, meeting) in problem.meetings.enumerated() {
            guard let host = hosts[number] else {
                unhosted.append(Unhosted(problem, number))
                continue
            }
            let able = problem.places.indices.filter { $0 == host || problem.obstacles[number][$0].isEmpty }
            let equals = able.filter { turns[$0] == turns[host] }
            let way = problem.metres[number]
            let isByHand = meeting.locked == problem.places[host].id
            choices.append(
                Choice(
                    meeting: meeting.id, host: problem.places[host].id, isLocked: isByHand,
                    obstacles: isByHand ? HostProblem.obstacles(problem.places[host], meeting) : [], able: able.count,
                    turnsBefore: turns[host], withFewer: able.count { turns[$0] < turns[host] }, withAsMany: equals.count,
                    nearer: equals.count { way[$0] < way[host] },
                    metresEach: meeting.comers.isEmpty ? nil : way[host] / meeting.comers.count))
            turns[host] += 1
            metres += way[host]
        }
        self.choices = choices
        self.unhosted = unhosted
        self.isProven = isProven
        fairness = HostFairness(
            zip(problem.places, turns).map { HostFairness.Share(id: $0.id, kind: $0.kind, turns: $1) })
        let all = problem.places.reduce(0) { $0 + $1.turnsBefore } + problem.meetings.count
        // In the order of their names: a sum of fractions depends on its order in the last digit.
        let byKind = Dictionary(grouping: problem.places.indices, by: { problem.places[$0].kind }).sorted { $0.key < $1.key }
        let kinds = byKind.reduce(0.0) { sum, kind in
            let gap = Double(kind.value.reduce(0) { $0 + turns[$1] }) - Double(all * kind.value.count) / Double(problem.places.count)
            return sum + gap * gap
        }
        objective = Objective(
            unhosted: unhosted.count, settings: turns.reduce(0) { $0 + $1 * $1 }, kinds: kinds, metres: metres)
    }
}

extension HostPlan.Unhosted {
    init(_ problem: HostProblem, _ number: Int) {
        meeting = problem.meetings[number].id
        let here = problem.places.indices.filter { !problem.obstacles[number][$0].contains(.elsewhere) }
        let against = here.map { problem.obstacles[number][$0] }
        offered = here.count
        largest = here.map { problem.places[$0].holds }.max() ?? 0
        tooSmall = against.count { $0.contains { if case .tooSmall = $0 { true } else { false } } }
        notStepFree = against.count { $0.contains(.notStepFree) }
        away = against.count { $0.contains(.away) }
        // Nothing stands against them but another meeting: the plan gave them that one.
        besideOwnTurn = against.count { $0.isEmpty || $0 == [.besideOwnTurn] }
    }
}
