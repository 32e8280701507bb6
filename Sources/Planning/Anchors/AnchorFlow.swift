/// Minimum-cost flow between settings and anchors by successive shortest paths (Ahuja, Magnanti and Orlin 1993, 9.7).
///
/// It starts from every setting at its nearest anchor, which no assignment can beat, and relieves the overfull anchors
/// one setting at a time along the cheapest chain of changes; each step keeps the total the least for its loads.
struct AnchorFlow {
    private let distance: [Double]
    private let anchors: Int
    private let places: [Int]
    /// Anchor number of each setting.
    private(set) var anchorOf: [Int]
    private var members: [[Int]]
    /// Cheapest change from one anchor to another: additional metres, and the setting that would change.
    private var change: [(metres: Double, setting: Int)]

    init(settings: [AnchoredSetting], anchors list: [Anchor], places: [Int]) {
        anchors = list.count
        self.places = places
        distance = settings.flatMap { setting in
            list.map { GreatCircle.metres(from: setting.point, to: $0.point) }
        }
        let metres = distance
        let count = list.count
        anchorOf = settings.indices.map { setting in
            (0..<count).min { (metres[setting * count + $0], $0) < (metres[setting * count + $1], $1) } ?? 0
        }
        members = [[Int]](repeating: [], count: count)
        for (setting, anchor) in anchorOf.enumerated() { members[anchor].append(setting) }
        change = [(metres: Double, setting: Int)](repeating: (.infinity, -1), count: count * count)
    }

    func metres(_ setting: Int, _ anchor: Int) -> Double { distance[setting * anchors + anchor] }

    /// Moves settings until no anchor holds more than its places. Needs room for all of them.
    mutating func relieve() {
        guard (0..<anchors).contains(where: { members[$0].count > places[$0] }) else { return }
        for anchor in 0..<anchors { refresh(anchor) }
        for anchor in 0..<anchors {
            while members[anchor].count > places[anchor] {
                guard relieveOne(anchor) else { return }
            }
        }
    }

    /// Cheapest changes away from an anchor, after its members have changed.
    private mutating func refresh(_ anchor: Int) {
        for other in 0..<anchors where other != anchor {
            var best = (metres: Double.infinity, setting: -1)
            for setting in members[anchor] {
                let more = metres(setting, other) - metres(setting, anchor)
                if (more, setting) < (best.metres, best.setting) || best.setting < 0 { best = (more, setting) }
            }
            change[anchor * anchors + other] = best
        }
    }

    /// Sends one setting's worth of load along the cheapest chain to an anchor with room.
    private mutating func relieveOne(_ start: Int) -> Bool {
        var cost = [Double](repeating: .infinity, count: anchors)
        var cameFrom = [Int](repeating: -1, count: anchors)
        cost[start] = 0
        // Bellman and Ford: changes may gain metres, but no round of changes can gain any.
        for _ in 0..<anchors {
            var changed = false
            for from in 0..<anchors where cost[from] < .infinity {
                for to in 0..<anchors where to != from && to != start {
                    let reached = cost[from] + change[from * anchors + to].metres
                    // Rounding must not make a round of changes look like a gain.
                    if reached < cost[to] - 1e-7 {
                        cost[to] = reached
                        cameFrom[to] = from
                        changed = true
                    }
                }
            }
            if !changed { break }
        }
        let open = (0..<anchors).filter { members[$0].count < places[$0] && cost[$0] < .infinity }
        guard var end = open.min(by: { (cost[$0], $0) < (cost[$1], $1) }) else { return false }
        var chain = [end]
        while end != start {
            end = cameFrom[end]
            guard end >= 0, chain.count <= anchors else { return false }
            chain.append(end)
        }
        chain.reverse()
        let moves = zip(chain, chain.dropFirst()).map { (change[$0 * anchors + $1].setting, $0, $1) }
        for (setting, from, to) in moves {
            members[from].removeAll { $0 == setting }
            members[to].append(setting)
            anchorOf[setting] = to
        }
        for anchor in chain { refresh(anchor) }
        return true
    }
}
