/// What a letter is. Rooms add kinds of their own; how one is treated is kept with each letter, so that a running copy of
/// another version treats it the same.
public struct LetterKind: Sendable, Hashable {
    /// A short code, such as `sign-in-link`.
    public let code: String
    /// What to do when it cannot be known whether the letter was sent.
    public let ifInDoubt: IfInDoubt
    /// Somebody waits for it: it goes before others, and a person's choice of daily or none does not apply.
    public let isUrgent: Bool
    /// Its text opens a door; such a letter cannot be posted without `Letter.secretUntil`.
    public let isSecret: Bool

    public init(_ code: String, ifInDoubt: IfInDoubt, isUrgent: Bool = false, isSecret: Bool = false) {
        self.code = code
        self.ifInDoubt = ifInDoubt
        self.isUrgent = isUrgent
        self.isSecret = isSecret
    }

    /// A link to sign in with: without it a person stands outside; two of them do no harm, since each works once.
    public static let signInLink = LetterKind("sign-in-link", ifInDoubt: .sendAgain, isUrgent: true, isSecret: true)
    /// An invitation to join the hub.
    public static let invitation = LetterKind("invitation", ifInDoubt: .sendAgain, isUrgent: true, isSecret: true)
    /// An answer somebody waits for, who may have no page of ours to read it on.
    public static let answer = LetterKind("answer", ifInDoubt: .sendAgain, isUrgent: true)
    /// News that also stands on the person's page: one too many annoys, and one lost is not lost.
    public static let notice = LetterKind("notice", ifInDoubt: .leave)
    /// Several notices kept for one person, as one letter.
    public static let digest = LetterKind("digest", ifInDoubt: .leave)
}

/// What to do with a letter of which it cannot be known whether it was sent.
public enum IfInDoubt: String, Sendable {
    /// Send it again, under the same Message-ID: a lost letter is worse than a doubled one.
    case sendAgain = "send-again"
    /// Leave it, and say that it was perhaps sent: a doubled letter is worse than a lost one.
    case leave
}
