/// Branch and bound over the pairs of meetings that the network leaves open: a cheapest flow is a bound; where one place hosts both of a
/// pair, either it takes the first and none beside it, or it does not take the first.
struct HostSearch {
    private let problem: HostProblem
    private let limit: Int
    private let beside: [[Int]]
    private(set) var best: HostFlow?
    /// False when the search was given up before everything was looked at.
    private(set) var isProven = true
    private(set) var visited = 0

    init(_ problem: HostProblem, limit: Int) {
        self.problem = problem
        self.limit = limit
        var beside = [[Int]](repeating: [], count: problem.meetings.count)
        for (one, other) in problem.conflicts {
            beside[one].append(other)
            beside[other].append(one)
        }
        self.beside = beside
        var flow = HostFlow(HostNetwork(problem))
        for meeting in problem.meetings.indices { _ = flow.place(meeting) }
        visit(flow)
    }

    private mutating func visit(_ flow: HostFlow) {
        if let best, flow.cost >= best.cost { return }
        // Without any answer yet it goes on: the first way down always ends.
        guard visited < limit || best == nil else {
            isProven = false
            return
        }
        visited += 1
        let hosts = problem.meetings.indices.map(flow.host)
        guard let (one, _) = problem.conflicts.first(where: { hosts[$0] != nil && hosts[$0] == hosts[$1] }), let host = hosts[one] else {
            best = flow
            return
        }
        let ways = [taking(host, at: one, flow), refusing(host, at: one, flow)].compactMap { $0 }
        for way in ways.sorted(by: { $0.cost < $1.cost }) { visit(way) }
    }

    /// The place hosts this meeting, and none that stands beside it.
    private func taking(_ host: Int, at meeting: Int, _ flow: HostFlow) -> HostFlow? {
        var flow = flow
        let network = flow.network
        var moved = [meeting]
        guard flow.lift(meeting) else { return nil }
        // Taking one out may bring the place to another: asked again until nothing beside holds it.
        while let next = beside[meeting].first(where: { flow.carries(network.way[$0][host]) }) {
            guard flow.lift(next) else { return nil }
            moved.append(next)
        }
        for other in network.way[meeting].indices where other != host && network.way[meeting][other] >= 0 {
            flow.close(network.way[meeting][other])
        }
        flow.close(network.nobody[meeting])
        for other in beside[meeting] where network.way[other][host] >= 0 { flow.close(network.way[other][host]) }
        for one in moved where !flow.place(one) { return nil }
        return flow
    }

    private func refusing(_ host: Int, at meeting: Int, _ flow: HostFlow) -> HostFlow? {
        var flow = flow
        guard flow.lift(meeting) else { return nil }
        flow.close(flow.network.way[meeting][host])
        return flow.place(meeting) ? flow : nil
    }
}
