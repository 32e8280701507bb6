internal import Civil

/// The hub's own deadlines (`docs/rules/champions.md`).
struct ChampionDeadlines: Sendable, Equatable {
    /// Days from the day an area's first champion began to its first meeting.
    var firstMeeting = 42
    /// An area that met, and then not for more than so many days, has gone quiet.
    var quiet = 120

    /// Of several ways the hub is divided, the one whose areas have champions, by its name; the first where none is chosen.
    var scheme: String?

    static let firstMeetingRange = 1...366
    static let quietRange = 14...730

    func firstMeetingDue(begun: Day) -> Day { begun.adding(days: firstMeeting) }

    /// The last day of the quiet time still counts as in touch.
    func isQuiet(lastMeeting: Day, on today: Day) -> Bool { lastMeeting.days(to: today) > quiet }
}

/// How an area stands with its first meeting.
enum FirstMeeting: Sendable, Equatable {
    /// Nobody is in office, so nothing is due.
    case nobody
    case due(Day)
    /// The day it was due, which is over.
    case overdue(Day)
    case held(Day)

    /// The rule, pure: counted from the first of the champions in office; any meeting of the area from that day on is it.
    init(begins: [Day], meetings: [Day], deadlines: ChampionDeadlines, today: Day) {
        guard let begun = begins.min() else {
            self = .nobody
            return
        }
        if let held = meetings.filter({ $0 >= begun && $0 <= today }).min() {
            self = .held(held)
            return
        }
        let due = deadlines.firstMeetingDue(begun: begun)
        self = due < today ? .overdue(due) : .due(due)
    }

    var isOverdue: Bool {
        if case .overdue = self { return true }
        return false
    }
}

/// How far an area is from being led by its providers.
enum HandoverStanding: Sendable, Equatable {
    /// The hub has not said yet what must be met.
    case noCriteria
    case missing(Int)
    case ready
    case done(Day)

    /// The rule, pure: every criterion in force must be met before a hand-over is recorded. One recorded stands whatever is asked later.
    init(criteria: Int, met: Int, recorded: Day?) {
        if let recorded {
            self = .done(recorded)
        } else if criteria == 0 {
            self = .noCriteria
        } else {
            self = met >= criteria ? .ready : .missing(criteria - met)
        }
    }
}

/// A time in office, both days within it.
struct Tenure: Sendable, Equatable {
    let from: Day
    let to: Day?

    func holds(on day: Day) -> Bool { from <= day && (to.map { day <= $0 } ?? true) }
}
