internal import Civil

/// How one attempt to send a letter ended.
public enum Delivery: Sendable, Equatable {
    /// The mail server took the letter on.
    case accepted
    /// Not just now: the server said so (4xx), or could not be reached. The reason is for the page that shows mail.
    case later(String)
    /// Never: the server refused this letter (5xx); `bounced` when it is the address that is wrong.
    case refused(String, bounced: Bool)
    /// The letter was handed over, and no answer came.
    case inDoubt(String)
}

/// What becomes of a letter after an attempt. Pure, so that the rule can be read and tested: `docs/rules/mail.md`.
enum Verdict: Equatable {
    case sent
    case again(at: Instant, reason: String)
    case failed(reason: String, bounced: Bool, perhapsSent: Bool)

    /// Seconds from one attempt to the next: 1 min, 5 min, 30 min, 2 h, 6 h, 24 h. After the seventh attempt nobody tries again.
    static let waits: [Int] = [60, 300, 1_800, 7_200, 21_600, 86_400]

    static let doubt = "It is not known whether this was sent, so it was not sent again."
    static let ranOut = "What was in it ran out before it could be sent."

    /// - Parameter attempts: how many there have been, this one included.
    init(after delivery: Delivery, attempts: Int, ifInDoubt: IfInDoubt, secretUntil: Instant?, now: Instant) {
        switch delivery {
        case .accepted: self = .sent
        case .refused(let reason, let bounced): self = .failed(reason: reason, bounced: bounced, perhapsSent: false)
        case .later(let reason):
            self = Verdict.again(reason, perhapsSent: false, attempts: attempts, secretUntil: secretUntil, now: now)
        case .inDoubt(let reason):
            switch ifInDoubt {
            case .leave: self = .failed(reason: "\(Verdict.doubt) \(reason)", bounced: false, perhapsSent: true)
            case .sendAgain:
                self = Verdict.again(reason, perhapsSent: true, attempts: attempts, secretUntil: secretUntil, now: now)
            }
        }
    }

    private static func again(_ reason: String, perhapsSent: Bool, attempts: Int, secretUntil: Instant?, now: Instant) -> Verdict {
        guard attempts >= 1, attempts <= waits.count else {
            return .failed(reason: reason, bounced: false, perhapsSent: perhapsSent)
        }
        let next = now.adding(seconds: waits[attempts - 1])
        if let secretUntil, next >= secretUntil {
            return .failed(reason: "\(ranOut) \(reason)", bounced: false, perhapsSent: perhapsSent)
        }
        return .again(at: next, reason: reason)
    }
}
