internal import Store

/// Who has asked how much of late, in this copy of the program's memory: several copies count each for itself.
///
/// Each has a bucket of tokens that fills by itself; a request takes one.
final class RequestCounter: Sendable {
    enum Key: Hashable, Sendable {
        /// Everybody at one address who is not known to be signed in.
        case address(String)
        /// The session or token, by a number made of what the browser or program sent.
        case papers(Int)
    }

    private struct Bucket {
        var tokens: Double
        var at: ContinuousClock.Instant
    }

    private struct State {
        var buckets: [Key: Bucket] = [:]
        /// Papers that were found good, and when.
        var known: [Int: ContinuousClock.Instant] = [:]
    }

    /// More are never remembered, so that nobody fills the memory with addresses.
    static let most = 50_000
    /// Papers that were good are taken to be good for so long. All that hangs on it is who counts a request.
    static let trust: Duration = .seconds(600)

    private let address: RequestAllowance
    private let session: RequestAllowance
    private let state = Locked(State())

    init(address: RequestAllowance, session: RequestAllowance) {
        self.address = address
        self.session = session
    }

    /// Remembers that these papers are somebody's: from now on they are counted by themselves, not by their address.
    func know(_ papers: Int, now: ContinuousClock.Instant = .now) {
        state.withLock { state in
            if state.known.count >= RequestCounter.most { state.known = state.known.filter { now - $0.value < RequestCounter.trust } }
            if state.known.count < RequestCounter.most { state.known[papers] = now }
        }
    }

    /// Counts one request. Returns the seconds to wait when there were too many, nil when it may go on.
    func take(address asker: String, papers: Int?, now: ContinuousClock.Instant = .now) -> Int? {
        state.withLock { state in
            let isKnown = papers.flatMap { state.known[$0] }.map { now - $0 < RequestCounter.trust } ?? false
            let key: Key = isKnown ? .papers(papers ?? 0) : .address(asker)
            let allowance = isKnown ? session : self.address
            if state.buckets.count >= RequestCounter.most { forget(&state, now) }
            var bucket = state.buckets[key] ?? Bucket(tokens: allowance.burst, at: now)
            bucket.tokens = min(allowance.burst, bucket.tokens + (now - bucket.at) / .seconds(1) * allowance.perSecond)
            bucket.at = now
            defer { state.buckets[key] = bucket }
            guard bucket.tokens < 1 else {
                bucket.tokens -= 1
                return nil
            }
            return max(1, Int(((1 - bucket.tokens) / allowance.perSecond).rounded(.up)))
        }
    }

    /// Drops buckets that have had time to fill again; all of them if that makes no room.
    private func forget(_ state: inout State, _ now: ContinuousClock.Instant) {
        let longest = max(address.burst / address.perSecond, session.burst / session.perSecond)
        state.buckets = state.buckets.filter { (now - $0.value.at) / .seconds(1) < longest }
        if state.buckets.count >= RequestCounter.most { state.buckets = [:] }
    }
}
