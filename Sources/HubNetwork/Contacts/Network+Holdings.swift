public import House
internal import Store

extension Network {
    /// What this room holds about people.
    public static let holdings: [Holding] =
        contactHoldings
        + agreementHoldings
        + campaignHoldings
        + championHoldings + rollOutHoldings + readinessHoldings
        + groupHoldings + needHoldings + requestHoldings

    private static let contactHoldings: [Holding] = [
        Holding(
            "contact", ["with_person", "by_whom", "next_person", "next_done_by"], "Contacts the hub had with you, and those you logged",
            fate: "That there was a contact stays. What was noted about you goes with your name.",
            rows: { id, session in
                try session.all(
                    """
                    select day, how, purpose, outcome, case when with_person = \(id) or by_whom = \("person:\(id)") then note end as note, next_step
                    from contact where with_person = \(id) or by_whom = \("person:\(id)") or next_person = \(id) order by day, id
                    """)
            },
            forget: { id, _, session in
                try session.run("update contact set with_person = null, note = null where with_person = \(id)")
                try session.run("update contact set next_person = null where next_person = \(id)")
            }),
        Holding(
            "membership", ["by_whom"], "Settings you entered as joining or leaving", fate: "Stays by number, without the name.",
            rows: {
                try $1.all("select setting_id, joined_day, left_day from membership where by_whom = \("person:\($0)") order by joined_day")
            }),
    ]
    public var holdings: [Holding] { Network.holdings }

    /// How long this room keeps what people wrote (`docs/rules/retention.md`).
    public static let retention: [Retention] =
        agreementRetention
        + campaignRetention
        + championRetention
        + groupRetention + needRetention
    public var retention: [Retention] { Network.retention }
}
