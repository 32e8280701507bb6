internal import Civil

/// How far a campaign has come with one setting or partner (`docs/rules/campaigns.md`). Pure.
enum CampaignStage: String, Sendable, CaseIterable {
    case listed, invited, tried, answered, joined, declined

    var words: String {
        switch self {
        case .listed: "Not invited yet"
        case .invited: "Invited"
        case .tried: "Tried, not reached"
        case .answered: "Answered"
        case .joined: "Joined"
        case .declined: "Declined"
        }
    }

    /// Nobody rings any more.
    var isSettled: Bool { self == .joined || self == .declined }
}

/// What counts of one contact in a campaign, in the order it was written.
struct CampaignEvent: Sendable {
    let day: Day
    let outcome: Contact.Outcome
    /// The day that was promised for the next try, while that is open.
    var nextDay: Day?
    var reason: String?
    /// Who logged it, as the trail calls them.
    var by: String = ""
}

/// Where one line of a campaign's list stands.
struct CampaignProgress: Sendable, Equatable {
    let stage: CampaignStage
    /// Tries since somebody was last reached.
    let tries: Int
    let wasInvited: Bool
    /// Somebody was reached, whatever they said.
    let wasReached: Bool
    let lastDay: Day?
    /// When somebody should ring; nil when it is settled.
    let due: Day?
    let reason: String?

    /// Days until the next try, by what the last one came to.
    static func wait(after outcome: Contact.Outcome) -> Int {
        switch outcome {
        case .noAnswer: 3
        case .left: 7
        case .spoke: 14
        case .joined, .declined: 0
        }
    }

    /// How long a letter is given before somebody rings.
    static let waitAfterLetter = 7

    /// - Parameters:
    ///   - events: those that count, oldest first.
    ///   - invited: when a letter last left.
    ///   - begins: the first day somebody could ring.
    ///   - isMember: it is a member and joined since the campaign began.
    init(events: [CampaignEvent], invited: Day?, begins: Day, isMember: Bool) {
        let decision = events.last { $0.outcome == .joined || $0.outcome == .declined }
        let reachedAt = events.lastIndex { $0.outcome.isReached }
        tries = events.count - (reachedAt.map { $0 + 1 } ?? 0)
        wasInvited = invited != nil
        wasReached = reachedAt != nil || isMember
        lastDay = events.last?.day
        if isMember || decision?.outcome == .joined {
            stage = .joined
        } else if decision != nil {
            stage = .declined
        } else if reachedAt != nil {
            stage = .answered
        } else if !events.isEmpty {
            stage = .tried
        } else {
            stage = invited == nil ? .listed : .invited
        }
        reason = stage == .declined ? decision?.reason : nil
        if stage.isSettled {
            due = nil
        } else if let last = events.last {
            due = last.nextDay ?? last.day.adding(days: Self.wait(after: last.outcome))
        } else {
            due = max(begins, invited?.adding(days: Self.waitAfterLetter) ?? begins)
        }
    }
}
