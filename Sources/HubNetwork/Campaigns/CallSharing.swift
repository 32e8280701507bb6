/// Shares calls evenly among callers (`docs/rules/campaigns.md`). Pure.
enum CallSharing {
    struct Call: Sendable {
        let id: String
        /// Where it is, so that one caller gets neighbours.
        let area: String
    }

    /// Who gets which. What a caller has already counts; nobody gets a call while another has two fewer. Within that, an area stays with as
    /// few callers as possible. The same input gives the same answer.
    static func share(_ calls: [Call], among callers: [String], having: [String: Int] = [:]) -> [String: String] {
        var seen: Set<String> = []
        let callers = callers.filter { seen.insert($0).inserted }
        if callers.isEmpty { return [:] }
        var room = quotas(calls.count, callers, having)
        var given: [String: String] = [:]
        var areas: [(name: String, calls: [Call])] = []
        for call in calls {
            if let at = areas.firstIndex(where: { $0.name == call.area }) {
                areas[at].calls.append(call)
            } else {
                areas.append((call.area, [call]))
            }
        }
        // The largest areas first, each to whoever has the most room: fewest cuts.
        let order = areas.enumerated().sorted { ($1.element.calls.count, $0.offset) < ($0.element.calls.count, $1.offset) }
        for (_, area) in order {
            var left = area.calls[...]
            while !left.isEmpty {
                // Somebody whose room fits exactly or just holds it is better than somebody with room to spare.
                let fitting = callers.enumerated().filter { (room[$0.element] ?? 0) >= left.count }.min {
                    (room[$0.element] ?? 0, $0.offset) < (room[$1.element] ?? 0, $1.offset)
                }
                let widest = callers.enumerated().max { (room[$0.element] ?? 0, -$0.offset) < (room[$1.element] ?? 0, -$1.offset) }
                guard let caller = (fitting ?? widest)?.element, let free = room[caller], free > 0 else { return given }
                for call in left.prefix(free) { given[call.id] = caller }
                room[caller] = free - min(free, left.count)
                left = left.dropFirst(free)
            }
        }
        return given
    }

    /// How many more each gets: one at a time to whoever has the fewest, in the order given between equals.
    static func quotas(_ count: Int, _ callers: [String], _ having: [String: Int]) -> [String: Int] {
        var total = having
        var more: [String: Int] = [:]
        for _ in 0..<count {
            guard
                let next = callers.enumerated().min(by: {
                    (total[$0.element] ?? 0, $0.offset) < (total[$1.element] ?? 0, $1.offset)
                })?.element
            else { break }
            total[next, default: 0] += 1
            more[next, default: 0] += 1
        }
        return more
    }
}
