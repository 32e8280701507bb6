internal import Civil

/// How far a hub has come with its preparation.
struct ReadinessProgress: Sendable, Equatable {
    let done: Int
    let all: Int

    var isReady: Bool { done == all }

    /// The rule, pure: each question answered is one, the choice of pilot or whole area is one, each tip done is one. A tip with a day
    /// and not done counts as nothing yet.
    init(answered: Int, hasChosenScope: Bool, tipsDone: Int) {
        done = answered + (hasChosenScope ? 1 : 0) + tipsDone
        all = ReadinessQuestion.all.count + 1 + ReadinessTip.all.count
    }
}

/// How a tip stands.
enum TipStanding: Sendable, Equatable {
    case open, planned(Day), overdue(Day), done(Day)

    init(planned: Day?, done: Day?, today: Day) {
        if let done {
            self = .done(done)
        } else if let planned {
            self = planned < today ? .overdue(planned) : .planned(planned)
        } else {
            self = .open
        }
    }
}

/// Whether it is time to decide on more than the pilot.
enum PilotStanding: Sendable, Equatable {
    case notChosen, whole
    case running(until: Day?)
    /// The pilot's time is over and nobody has decided.
    case toDecide(since: Day)
    case decided

    /// The rule, pure: the day after a pilot's last day a decision is due.
    init(scope: PilotScope?, until: Day?, isDecided: Bool, today: Day) {
        switch scope {
        case nil: self = .notChosen
        case .whole: self = .whole
        case .pilot where isDecided: self = .decided
        case .pilot:
            if let until, until < today { self = .toDecide(since: until) } else { self = .running(until: until) }
        }
    }
}

/// Where a hub begins.
enum PilotScope: String, Sendable, CaseIterable {
    case pilot, whole

    var words: String { self == .pilot ? "With a pilot" : "Everywhere at once" }
}

/// What comes after a pilot.
enum PilotDecision: String, Sendable, CaseIterable {
    case scaleUp = "scale-up", goOn = "go-on", stop

    var words: String {
        switch self {
        case .scaleUp: "Go on to the whole area"
        case .goOn: "Go on with the pilot"
        case .stop: "Stop"
        }
    }
}
