internal import Civil
internal import House
internal import Store

/// What somebody was refused, and why.
public enum Refused: String, Sendable, CaseIterable {
    /// Signing in: the wrong passphrase, the wrong code, a link that is spent, a link for an address nobody has, too many tries.
    case passphrase, code, link, unknownAddress = "unknown-address", tooOften = "too-often"
    /// Not theirs to do; a record of hubs they have no part in; the second step was not taken.
    case deed, elsewhere, secondStep = "second-step"
    /// A program with a token that is not good, or for what its token does not name.
    case token, tokenDeed = "token-deed"
    /// A form without the browser's token, or from another site; a form or program of nobody we know.
    case form, otherSite = "other-site", signIn = "sign-in"

    var action: String { "identity.refused.\(rawValue)" }

    var words: String {
        switch self {
        case .passphrase: "Was refused: wrong address or passphrase"
        case .code: "Was refused: wrong code at the second step"
        case .link: "Was refused: a link to sign in that was spent or made up"
        case .unknownAddress: "Was refused: a link to sign in for an address no account has"
        case .tooOften: "Was refused: tried too often"
        case .deed: "Was refused: not theirs to do"
        case .elsewhere: "Was refused: a record of another hub"
        case .secondStep: "Was refused: the second step was not taken"
        case .token: "Was refused: a token for programs that is not good"
        case .tokenDeed: "Was refused: more than the token allows"
        case .form: "Was refused: a form that was not of their browser, or old"
        case .otherSite: "Was refused: a form from another site"
        case .signIn: "Was refused: not signed in"
        }
    }

    /// After it stands how often, before it at which address of ours.
    static let reading = TrailAction.Reading.made { text in
        guard let count = Int(text) else { return text }
        return count == 1 ? "once" : "\(count) times within the hour"
    }

    /// Writes the refusal down, or counts it in the entry of the same within the same hour: who, what, where and the hour make its key, so
    /// that any number of copies of the program count in one line. It is the one thing in the trail that is ever changed, and only its number.
    ///
    /// - Parameters:
    ///   - subject: whose account, or `deed:CODE` for what they came to do.
    ///   - route: the pattern of the address, never the address itself.
    static func write(
        _ what: Refused, who: String, subject: String, route: String? = nil, hub: String? = nil, times: Int = 1, at: Instant,
        _ session: any Session
    ) throws {
        let key = Secrets.hash(
            [at.iso.prefix(13).description, who, what.rawValue, subject, route ?? "", hub ?? ""].joined(separator: "\n"))
        try session.run(
            """
            insert into audit (id, at, who, action, subject, before, after, hub_id)
            values (\("refused-\(key)"), \(at), \(who), \(what.action), \(subject), \(route), \(String(times)), \(hub))
            on conflict (id) do update set after = cast(cast(audit.after as integer) + \(times) as text)
            """)
    }
}

extension Identity {
    /// Writes down a try to sign in that failed.
    func note(_ what: Refused, who: String = "stranger", subject: String = "nobody") async throws {
        let now = tools.clock.now
        try await tools.database.write { try Refused.write(what, who: who, subject: subject, at: now, $0) }
    }
}
