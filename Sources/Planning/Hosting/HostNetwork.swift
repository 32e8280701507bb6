/// The question as a network: from each meeting by whoever could host it, and by their kind, to the end. Turns of a setting and of a kind
/// cost more the more there are (Ahuja, Magnanti and Orlin 1993, 14), so that the cheapest flow is the fairest choice.
///
/// Meetings that one place may not both host are brought together in pairs: both reach the place by one gate that lets one through. Pairs
/// left over are the search's business (``HostSearch``).
struct HostNetwork: Sendable {
    struct Arc: Sendable {
        let from: Int
        let to: Int
        let capacity: Int
        /// What the first turn on it costs.
        let first: HostCost
        /// How much more each turn after it costs.
        let step: HostCost
    }

    private(set) var arcs: [Arc] = []
    private(set) var leaving: [[Int]]
    private(set) var entering: [[Int]]
    /// For each meeting and place the arc that says it hosts, or -1.
    private(set) var way: [[Int]]
    private(set) var nobody: [Int] = []
    let end: Int

    init(_ problem: HostProblem) {
        let (meetings, places) = (problem.meetings.count, problem.places.count)
        let kinds = Set(problem.places.map(\.kind)).sorted()
        let numbers = Dictionary(uniqueKeysWithValues: kinds.enumerated().map { ($1, $0) })
        let turnsBefore = problem.places.reduce(0) { $0 + $1.turnsBefore }
        end = meetings + places + kinds.count
        leaving = [[Int]](repeating: [], count: end + 1)
        entering = leaving
        way = [[Int]](repeating: [Int](repeating: -1, count: places), count: meetings)
        let pairs = Self.pairs(problem)
        for meeting in 0..<meetings {
            nobody.append(add(meeting, end, 1, HostCost(unhosted: 1)))
            for place in 0..<places where problem.may(place, meeting) {
                let cost = HostCost(
                    metres: problem.metres[meeting][place], waited: max(0, problem.places[place].lastTurn ?? 0))
                if let other = pairs[meeting], problem.may(place, other) {
                    // The gate is made with the first of the pair and found again by the second.
                    let made = other < meeting ? way[other][place] : -1
                    let gate = made >= 0 ? arcs[made].to : addNode()
                    if made < 0 { _ = add(gate, meetings + place, 1, .zero) }
                    way[meeting][place] = add(meeting, gate, 1, cost)
                } else {
                    way[meeting][place] = add(meeting, meetings + place, 1, cost)
                }
            }
        }
        for (number, place) in problem.places.enumerated() {
            _ = add(
                meetings + number, meetings + places + (numbers[place.kind] ?? 0), meetings,
                HostCost(settings: 2 * place.turnsBefore + 1), HostCost(settings: 2))
        }
        for (number, kind) in kinds.enumerated() {
            let own = problem.places.filter { $0.kind == kind }
            let before = own.reduce(0) { $0 + $1.turnsBefore }
            // (turns - share)², times the number of places, where the share is all turns there will be by the number of places.
            let share = 2 * (turnsBefore + meetings) * own.count
            _ = add(
                meetings + places + number, end, meetings, HostCost(kinds: places * (2 * before + 1) - share),
                HostCost(kinds: 2 * places))
        }
    }

    private mutating func addNode() -> Int {
        leaving.append([])
        entering.append([])
        return leaving.count - 1
    }

    private mutating func add(_ from: Int, _ to: Int, _ capacity: Int, _ first: HostCost, _ step: HostCost = .zero) -> Int {
        arcs.append(Arc(from: from, to: to, capacity: capacity, first: first, step: step))
        leaving[from].append(arcs.count - 1)
        entering[to].append(arcs.count - 1)
        return arcs.count - 1
    }

    /// Each meeting with the one it shares gates with.
    private static func pairs(_ problem: HostProblem) -> [Int: Int] {
        var pairs: [Int: Int] = [:]
        for (one, other) in problem.conflicts where pairs[one] == nil && pairs[other] == nil {
            pairs[one] = other
            pairs[other] = one
        }
        return pairs
    }
}
