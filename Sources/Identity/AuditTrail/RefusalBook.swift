public import Civil
public import House
public import Store

/// Brings refusals into the trail without letting anybody fill it: the first of a person at an address is written at once, the same again
/// within the hour is counted here and its number brought after, once a minute. What a copy that dies has not brought yet, at most a minute's
/// numbers, is lost; that it happened is not.
///
/// Somebody who tries address after address gets so many lines an hour and then one for all others. Strangers get one for each reason.
public final class RefusalBook: Sendable {
    private struct Key: Hashable {
        let hour: Int
        let who: String
        let what: Refused
        let subject: String
        let route: String?
        let hub: String?
    }

    private struct State {
        /// How often since it was last brought, and when it was first.
        var waiting: [Key: (times: Int, at: Instant)] = [:]
        /// How many lines somebody has this hour.
        var lines: [String: Int] = [:]
        var hour = 0
    }

    /// Lines of one person within an hour.
    static let most = 40
    /// Never more people and addresses are remembered, whatever happens.
    static let mostRemembered = 20_000

    private let state = Locked(State())

    public init() {}

    /// Notes that somebody was refused. `route` is the pattern of the address they asked for, `deed` what they would have done there.
    public func note(
        _ what: Refused, _ asker: Asker, deed: Deed?, route: String, at now: Instant, in database: any Database
    ) async throws {
        guard let key = state.withLock({ count(what, asker, deed, route, now, &$0) }) else { return }
        try await database.write { try RefusalBook.write(key, 1, now, $0) }
    }

    /// Brings the numbers of what was refused again.
    public func bring(to database: any Database) async throws {
        let waiting = state.withLock { state -> [Key: (times: Int, at: Instant)] in
            defer { for key in state.waiting.keys { state.waiting[key]?.times = 0 } }
            return state.waiting.filter { $0.value.times > 0 }
        }
        guard !waiting.isEmpty else { return }
        do {
            try await database.write { session in
                for (key, value) in waiting { try RefusalBook.write(key, value.times, value.at, session) }
            }
        } catch {
            // They are brought the next time.
            state.withLock { state in for (key, value) in waiting { state.waiting[key, default: (0, value.at)].times += value.times } }
            throw error
        }
    }

    /// The key when it is the first of its hour and must be written; nil when it was counted.
    private func count(_ what: Refused, _ asker: Asker, _ deed: Deed?, _ route: String, _ now: Instant, _ state: inout State) -> Key? {
        let hour = now.seconds / 3_600
        if hour != state.hour {
            state.hour = hour
            state.lines = [:]
            state.waiting = state.waiting.filter { $0.value.times > 0 }
        }
        let who = asker.auditName
        var key =
            asker.isStranger
            ? Key(hour: hour, who: who, what: what, subject: "nobody", route: nil, hub: nil)
            : Key(hour: hour, who: who, what: what, subject: "deed:\(deed?.code ?? "several")", route: route, hub: asker.worn?.hubID)
        if state.waiting[key] == nil, state.lines[who, default: 0] >= RefusalBook.most {
            key = Key(hour: hour, who: who, what: .deed, subject: "deed:several", route: nil, hub: asker.worn?.hubID)
        }
        if state.waiting[key] != nil {
            state.waiting[key]?.times += 1
            return nil
        }
        guard state.waiting.count < RefusalBook.mostRemembered else { return nil }
        state.waiting[key] = (0, now)
        state.lines[who, default: 0] += 1
        return key
    }

    private static func write(_ key: Key, _ times: Int, _ at: Instant, _ session: any Session) throws {
        try Refused.write(
            key.what, who: key.who, subject: key.subject, route: key.route, hub: key.hub, times: times, at: at, session)
    }
}
