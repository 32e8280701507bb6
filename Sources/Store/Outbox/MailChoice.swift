public import Civil

/// When somebody wants their notices. Links to sign in and invitations always go at once.
public enum MailChoice: String, Sendable, CaseIterable {
    case atOnce = "at-once"
    case daily, weekly, none

    /// When a letter of this kind is due; nil when it is not to be sent at all. Daily is 8am in England, weekly 8am on Monday.
    public func due(_ kind: LetterKind, postedAt now: Instant) -> Instant? {
        if kind.isUrgent { return now }
        switch self {
        case .atOnce: return now
        case .daily: return MailChoice.morning(after: now) { _ in true }
        case .weekly: return MailChoice.morning(after: now) { $0.weekday == 1 }
        case .none: return nil
        }
    }

    /// The next 8am on a day that fits, later than now.
    private static func morning(after now: Instant, on fits: (Day) -> Bool) -> Instant {
        let today = now.dayInLondon
        for ahead in 0...7 {
            let day = today.adding(days: ahead)
            let morning = Instant.inLondon(day, hour: 8)
            if morning > now, fits(day) { return morning }
        }
        return now
    }
}
