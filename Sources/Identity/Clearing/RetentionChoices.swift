internal import Civil
internal import House
internal import Store

/// The periods an administrator chose in place of the standard ones (`docs/rules/retention.md`).
enum RetentionChoices {
    /// Somebody else chose another period meanwhile.
    struct Clash: Error {}

    /// The rules with the periods that hold now.
    static func applied(to rules: [Retention], _ session: any Session) throws -> [Retention] {
        let rows = try session.all("select rule, amount, unit from retention_choice")
        let chosen = Dictionary(
            rows.map { ($0.text("rule"), ($0.int("amount"), $0.text("unit"))) }, uniquingKeysWith: { first, _ in first })
        return rules.map { rule in
            // A rule that came to count in another unit has its standard period: 90 days must not become 90 years.
            guard let (amount, unit) = chosen[rule.code], unit == rule.standard.unit else { return rule }
            return rule.kept(amount)
        }
    }

    static func applied(to rule: Retention, _ session: any Session) throws -> Retention {
        try applied(to: [rule], session).first ?? rule
    }

    /// Keeps it for so long from now on, over the period that was seen. The standard period takes the choice away.
    static func choose(_ amount: Int, for rule: Retention, over seen: Int, _ tools: Tools, _ session: any Session) throws -> Retention {
        try session.lock("eyhub.retention")
        let before = try applied(to: rule, session)
        guard before.period.amount == seen else { throw Clash() }
        let after = rule.kept(amount)
        guard after.period != before.period else { return after }
        try session.run("delete from retention_choice where rule = \(rule.code)")
        if after.isChanged {
            try session.run(
                """
                insert into retention_choice (rule, amount, unit, changed_at)
                values (\(rule.code), \(amount), \(rule.standard.unit), \(tools.clock.now))
                """)
        }
        try Audit.log(
            session, tools, action: "identity.retention.changed", subject: "retention:\(rule.code)", before: before.period.words,
            after: after.period.words)
        return after
    }
}
