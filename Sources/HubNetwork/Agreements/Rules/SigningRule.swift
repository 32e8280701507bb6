internal import Civil

/// Whether a signature stands (`docs/rules/pledges.md`). Pure.
enum SigningRule {
    /// Where a signature, or a setting with its signatures, stands today.
    enum State: Sendable, Equatable {
        /// Signed; `until` is the first day it no longer holds.
        case holds(until: Day?)
        /// It still holds, and is to be signed again before that day.
        case due(until: Day)
        /// The setting signed; the hub has not yet.
        case waiting
        /// Its year is over since that day.
        case lapsed(on: Day)
        /// It stands under a text that the hub has asked to sign anew.
        case olderText

        /// Counted among those who have signed.
        var counts: Bool {
            switch self {
            case .holds, .due: true
            case .waiting, .lapsed, .olderText: false
            }
        }

        /// Of several signatures the one that says most for the setting stands for it.
        var rank: Int {
            switch self {
            case .holds: 0
            case .due: 1
            case .waiting: 2
            case .lapsed: 3
            case .olderText: 4
            }
        }
    }

    /// What of the signed text decides how long it stands.
    struct Terms: Sendable, Equatable {
        let number: Int
        let needsBoth: Bool
        let renews: Bool
        /// So many days before its end a signature is due to be renewed.
        let noticeDays: Int
    }

    /// The same day a year later; of 29 February the 1 March, so that no year is short.
    static func anniversary(of day: Day) -> Day {
        Day(year: day.year + 1, month: day.month, day: day.day) ?? Day(year: day.year + 1, month: 3, day: 1) ?? day.adding(days: 365)
    }

    /// `floor` is the number of the newest version that everybody was asked to sign anew.
    static func state(signedOn day: Day, isCountersigned: Bool, _ terms: Terms, floor: Int, on today: Day) -> State {
        if terms.number < floor { return .olderText }
        if terms.needsBoth && !isCountersigned { return .waiting }
        guard terms.renews else { return .holds(until: nil) }
        let end = anniversary(of: day)
        if today >= end { return .lapsed(on: end) }
        return today >= end.adding(days: -terms.noticeDays) ? .due(until: end) : .holds(until: end)
    }

    /// Where a setting stands with several signatures: by the best of them, and of equal ones by the one that holds longest.
    static func best(_ states: [State]) -> State? {
        states.min { left, right in
            if left.rank != right.rank { return left.rank < right.rank }
            return end(left) > end(right)
        }
    }

    private static func end(_ state: State) -> Int {
        switch state {
        case .holds(let until): until?.daysSince1970 ?? .max
        case .due(let until): until.daysSince1970
        case .lapsed(let on): on.daysSince1970
        case .waiting, .olderText: 0
        }
    }
}
