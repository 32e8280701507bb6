internal import Civil

/// How a step of a roll-out stands (`docs/rules/roll-out.md`).
enum StepStanding: String, Sendable, CaseIterable {
    case done, overdue, toCome = "to-come", undated

    /// The rule, pure: the day after its day a step is overdue, until it is done.
    init(due: Day?, done: Day?, today: Day) {
        if done != nil {
            self = .done
        } else if let due {
            self = due < today ? .overdue : .toCome
        } else {
            self = .undated
        }
    }

    var words: String {
        switch self {
        case .done: "Done"
        case .overdue: "Overdue"
        case .toCome: "To come"
        case .undated: "Without a day"
        }
    }
}

enum RollOutRule {
    /// The day of a step that is counted from the start. A day somebody wrote themselves is not counted and stays.
    static func due(start: Day, offset: Int?) -> Day? { offset.map { start.adding(days: $0) } }

    /// Where a step stands after it was moved by one place: the order of the others is kept. Positions are ids in their order.
    static func moved(_ id: String, up: Bool, in order: [String]) -> [String] {
        guard let index = order.firstIndex(of: id) else { return order }
        let other = up ? index - 1 : index + 1
        guard order.indices.contains(other) else { return order }
        var moved = order
        moved.swapAt(index, other)
        return moved
    }
}
