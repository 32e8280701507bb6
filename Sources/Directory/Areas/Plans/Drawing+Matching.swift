internal import Planning

extension Drawing {
    /// Which of the old areas each drawn one carries on: the one its locks name, else the one it shares most wards with.
    func match(_ drawn: [PlannedArea], to old: PlanState?) -> [PlanState.Area?] {
        var matched = [PlanState.Area?](repeating: nil, count: drawn.count)
        guard let old else { return matched }
        var free = Set(old.areas.map(\.id))
        for (index, area) in drawn.enumerated() where free.contains(area.label) {
            matched[index] = old.area(area.label)
            free.remove(area.label)
        }
        var pairs: [(shared: Int, index: Int, id: String)] = []
        for (index, area) in drawn.enumerated() where matched[index] == nil {
            var shared: [String: Int] = [:]
            for ward in area.wards { if let id = old.areaOfWard[ward] { shared[id, default: 0] += 1 } }
            for (id, count) in shared { pairs.append((count, index, id)) }
        }
        for pair in pairs.sorted(by: { ($1.shared, $0.index, $0.id) < ($0.shared, $1.index, $1.id) })
        where matched[pair.index] == nil && free.contains(pair.id) {
            matched[pair.index] = old.area(pair.id)
            free.remove(pair.id)
        }
        return matched
    }

    /// North to south as people read a map, so that colours and lists begin at the top.
    func inReadingOrder(_ areas: [PlanState.Area], _ state: PlanState) -> [PlanState.Area] {
        var sums: [String: (north: Double, count: Double)] = [:]
        for (code, area) in state.areaOfWard {
            guard let ward = territory.ward(code) else { continue }
            let before = sums[area] ?? (0, 0)
            sums[area] = (before.north + ward.centre.latitude, before.count + 1)
        }
        func north(_ area: PlanState.Area) -> Double { sums[area.id].map { $0.north / $0.count } ?? 0 }
        return areas.sorted { (north($0), $1.name) > (north($1), $0.name) }
    }

    /// Areas stay where they were in the list, so that they keep their colours; new ones come last.
    func inOldOrder(_ areas: [PlanState.Area], _ old: PlanState?) -> [PlanState.Area] {
        areas.sorted { one, other in
            let first = old?.position(one.id) ?? Int.max
            let second = old?.position(other.id) ?? Int.max
            return (first, one.name) < (second, other.name)
        }
    }

    /// The drawing's messages with the areas' names in the place of its labels.
    func notes(_ answer: AreaPlan, _ labels: [(label: String, name: String)]) -> [String] {
        func named(_ message: String) -> String {
            labels.reduce(message.replacing(" %", with: "%")) { text, label in
                text.replacing("Area \(label.label) ", with: "“\(label.name)” ")
                    .replacing("area \(label.label) ", with: "“\(label.name)” ")
            }
        }
        var notes = answer.relaxed.map { "!\(named($0.message))" } + answer.notes.map(named)
        if answer.proof == .optimal, answer.relaxed.isEmpty {
            notes.append("No other division that keeps these rules has shorter journeys: this has been proven.")
        }
        return notes.map { PlanState.tidy($0) }
    }
}

extension AreaNames {
    /// The name, or the name with the first number behind it that nobody has.
    static func distinct(_ name: String, from taken: Set<String>) -> String {
        guard taken.contains(name) else { return name }
        var number = 2
        while taken.contains("\(name) \(number)") { number += 1 }
        return "\(name) \(number)"
    }
}
