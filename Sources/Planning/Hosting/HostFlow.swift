/// A cheapest flow through the network, kept so while meetings are added, taken out and forbidden: each step sends one turn along a
/// shortest path (Ahuja, Magnanti and Orlin 1993, 9.7), which keeps the whole the cheapest for what is open.
struct HostFlow: Sendable {
    let network: HostNetwork
    private var turns: [Int16]
    private var isClosed: [Bool]
    private(set) var cost = HostCost.zero

    init(_ network: HostNetwork) {
        self.network = network
        turns = [Int16](repeating: 0, count: network.arcs.count)
        isClosed = [Bool](repeating: false, count: network.arcs.count)
    }

    /// Gives a meeting a host, or none where that is cheapest. Returns false where nothing is open to it.
    mutating func place(_ meeting: Int) -> Bool { send(from: meeting, to: network.end) }

    /// Takes a meeting out; what is left is again the cheapest.
    mutating func lift(_ meeting: Int) -> Bool { send(from: network.end, to: meeting) }

    /// Forbids an arc that carries nothing.
    mutating func close(_ arc: Int) { isClosed[arc] = true }

    func carries(_ arc: Int) -> Bool { arc >= 0 && turns[arc] > 0 }

    /// The place that hosts the meeting; nil for none.
    func host(of meeting: Int) -> Int? { network.way[meeting].firstIndex { $0 >= 0 && turns[$0] > 0 } }

    /// Bellman and Ford with a queue: costs may be negative, but no round of changes gains anything, since the flow is the cheapest.
    private mutating func send(from start: Int, to goal: Int) -> Bool {
        let count = network.leaving.count
        var reached = [HostCost](repeating: .zero, count: count)
        var isReached = [Bool](repeating: false, count: count)
        var isWaiting = [Bool](repeating: false, count: count)
        // The arc it was reached by; its complement when the arc was walked backwards.
        var cameBy = [Int](repeating: 0, count: count)
        var queue = [start]
        var next = 0
        isReached[start] = true
        while next < queue.count {
            let node = queue[next]
            next += 1
            isWaiting[node] = false
            let here = reached[node]
            func relax(_ to: Int, _ cost: HostCost, by arc: Int) {
                guard to != start, !isReached[to] || cost < reached[to] else { return }
                isReached[to] = true
                reached[to] = cost
                cameBy[to] = arc
                if !isWaiting[to] && to != goal {
                    isWaiting[to] = true
                    queue.append(to)
                }
            }
            for arc in network.leaving[node] where !isClosed[arc] && Int(turns[arc]) < network.arcs[arc].capacity {
                let line = network.arcs[arc]
                relax(line.to, here + line.first + line.step * Int(turns[arc]), by: arc)
            }
            for arc in network.entering[node] where turns[arc] > 0 {
                let line = network.arcs[arc]
                relax(line.from, here + -(line.first + line.step * (Int(turns[arc]) - 1)), by: ~arc)
            }
        }
        guard isReached[goal] else { return false }
        var node = goal
        while node != start {
            let arc = cameBy[node]
            turns[arc >= 0 ? arc : ~arc] += arc >= 0 ? 1 : -1
            node = arc >= 0 ? network.arcs[arc].from : network.arcs[~arc].to
        }
        cost = cost + reached[goal]
        return true
    }
}
