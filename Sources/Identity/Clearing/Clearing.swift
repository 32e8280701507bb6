internal import Civil
internal import House
internal import Store

/// Clears away what has been kept its time: once a day, from three in the morning on.
///
/// Each rule is carried out in small transactions, each of which writes down what it cleared with the clearing itself. Killed at any
/// moment, the next look goes on where that one ended; several copies of the program share the work and do nothing twice.
struct Clearing: Sendable {
    let tools: Tools
    let rules: [Retention]
    /// How many things of a kind go in one transaction.
    var step = 200

    static let hour = 3

    /// A look every ten minutes; nearly always it finds that today's is done.
    var job: Job { Job("clearing", every: 600) { try await runIfDue() } }

    /// Does today's clearing, if it is past the hour and not yet done.
    func runIfDue() async throws {
        let now = tools.clock.now
        let day = now.dayInLondon
        guard now >= Instant.inLondon(day, hour: Clearing.hour) else { return }
        let rules = rules
        let done = try await tools.database.read { try Clearing.done(on: day, $0) }
        for rule in rules where !done.contains(rule.code) {
            do {
                while try await !tools.database.write({ try take(rule, on: day, $0) }) {}
            } catch StoreError.busy {
                // Another copy of the program is at it; what it leaves is there at the next look.
                return
            }
        }
    }

    /// One step of one rule. True when nothing of it is left.
    private func take(_ rule: Retention, on day: Day, _ session: any Session) throws -> Bool {
        // One copy of the program at a time.
        try session.lock("eyhub.clearing")
        if try Clearing.done(on: day, session).contains(rule.code) { return true }
        let now = tools.clock.now
        // The period that holds at this moment: it may have been changed since the last step.
        let rule = try RetentionChoices.applied(to: rule, session)
        let count = try rule.clear(atMost: step, tools, in: session)
        let isDone = count < step
        let ended = isDone ? now : nil
        try session.run(
            """
            insert into clearing (day, rule, cleared, started_at, ended_at) values (\(day), \(rule.code), \(count), \(now), \(ended))
            on conflict (day, rule) do update set cleared = clearing.cleared + excluded.cleared, ended_at = excluded.ended_at
            """)
        if count > 0 {
            try Audit.log(session, tools, action: "identity.cleared", subject: "retention:\(rule.code)", after: String(count))
        }
        return isDone
    }

    private static func done(on day: Day, _ session: any Session) throws -> Set<String> {
        Set(try session.all("select rule from clearing where day = \(day) and ended_at is not null").map { $0.text("rule") })
    }

    /// When what is due goes: at once where today's clearing is not over, else tomorrow.
    func next(_ session: any Session) throws -> Instant {
        let now = tools.clock.now
        let today = Instant.inLondon(now.dayInLondon, hour: Clearing.hour)
        if now < today { return today }
        let done = try Clearing.done(on: now.dayInLondon, session)
        if rules.contains(where: { !done.contains($0.code) }) { return now }
        return Instant.inLondon(now.dayInLondon.adding(days: 1), hour: Clearing.hour)
    }

    /// What it did last for a rule: the last day, what went that day, and what went in all the days that are remembered.
    struct Record: Sendable {
        let lastEnded: Instant?
        let lastCount: Int
        let total: Int
    }

    static func records(_ session: any Session) throws -> [String: Record] {
        let rows = try session.all(
            """
            select c.rule, c.cleared, c.ended_at, (select sum(s.cleared) from clearing s where s.rule = c.rule) as total
            from clearing c where c.day = (select max(l.day) from clearing l where l.rule = c.rule)
            """)
        return Dictionary(
            rows.map { row in
                (
                    row.text("rule"),
                    Record(lastEnded: row.instant("ended_at"), lastCount: row.int("cleared"), total: row.int("total"))
                )
            }, uniquingKeysWith: { first, _ in first })
    }
}
