internal import Civil
public import House
internal import Store

/// How often something was tried lately. Kept in the database, so that a restart or another copy of the program forgets nothing;
/// kept by hash, so that the table names nobody.
public struct AttemptLimit: Sendable {
    let what: String
    let most: Int
    let seconds: Int

    /// `what` is the name it is counted under; at most so many in so many seconds.
    public init(what: String, most: Int, seconds: Int) {
        self.what = what
        self.most = most
        self.seconds = seconds
    }

    static let linkByAccount = AttemptLimit(what: "link-account", most: 5, seconds: 900)
    static let linkByAddress = AttemptLimit(what: "link-address", most: 30, seconds: 900)
    static let passphraseByAccount = AttemptLimit(what: "passphrase-account", most: 10, seconds: 900)
    static let passphraseByAddress = AttemptLimit(what: "passphrase-address", most: 50, seconds: 900)
    static let codeByAccount = AttemptLimit(what: "code-account", most: 8, seconds: 900)
    static let claimByAddress = AttemptLimit(what: "claim-address", most: 20, seconds: 3_600)
    static let claimByAccount = AttemptLimit(what: "claim-account", most: 5, seconds: 86_400)
    static let claimBySetting = AttemptLimit(what: "claim-setting", most: 5, seconds: 86_400)
    static let openByAddress = AttemptLimit(what: "open-address", most: 50, seconds: 900)

    /// Counts one try and says whether it is within the limit. The count is kept whatever comes after, so call it in a transaction of
    /// its own.
    func count(_ who: String, at now: Instant, _ session: any Session) throws -> Bool {
        let hash = Secrets.hash("\(what) \(who)")
        try session.lock("eyhub.attempt.\(hash.prefix(8))")
        let row = try session.first("select window_start, count from attempt where what = \(what) and who_hash = \(hash)")
        let start = row?.instant("window_start")
        if let start, now.seconds - start.seconds < seconds, now.seconds >= start.seconds {
            let count = (row?.int("count") ?? 0) + 1
            try session.run("update attempt set count = \(count) where what = \(what) and who_hash = \(hash)")
            return count <= most
        }
        try session.run(
            """
            insert into attempt (what, who_hash, window_start, count) values (\(what), \(hash), \(now), 1)
            on conflict (what, who_hash) do update set window_start = excluded.window_start, count = 1
            """)
        return true
    }
}

extension Tools {
    /// Counts a try against several limits at once and throws `Refusal.tooMany` when any is passed.
    public func count(_ limits: [(limit: AttemptLimit, who: String)]) async throws {
        let now = clock.now
        let isWithin = try await database.write { session in
            // Every one is counted, though one may already say no.
            try limits.map { try $0.limit.count($0.who, at: now, session) }.allSatisfy { $0 }
        }
        if !isWithin { throw Refusal.tooMany(seconds: limits.map(\.limit.seconds).max() ?? 900) }
    }
}
