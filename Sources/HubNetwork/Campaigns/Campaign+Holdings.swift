internal import Civil
internal import House
internal import Store

extension Network {
    /// What campaigns hold about people: those who keep them and ring, and partners who are invited.
    static let campaignHoldings: [Holding] = [
        Holding(
            "campaign", ["by_whom", "closed_by"], "Campaigns you made or closed", fate: "Stay by number, without the name.",
            rows: { id, session in
                let me = "person:\(id)"
                return try session.all(
                    "select title, made_at, closed_at from campaign where by_whom = \(me) or closed_by = \(me) order by made_at")
            }),
        Holding(
            "campaign_target", ["by_whom", "caller_id"], "Settings and partners you were to ring",
            fate: "Somebody else rings; what you logged stays.",
            rows: {
                try $1.all(
                    """
                    select k.title, t.setting_id, t.partner_id from campaign_target t join campaign k on k.id = t.campaign_id
                    where t.caller_id = \($0) order by k.from_day, t.id
                    """)
            },
            forget: { id, _, session in try session.run("update campaign_target set caller_id = null where caller_id = \(id)") }),
        Holding(
            "campaign_partner", ["name", "email", "telephone", "by_whom"], "What a hub noted of you as a partner it invites",
            fate: "Name, address and number go; that somebody of your organisation was invited stays.",
            rows: {
                try $1.all(
                    """
                    select p.name, p.organisation, p.email, p.telephone, p.made_at from campaign_partner p
                    join person on person.email_key = lower(p.email) where person.id = \($0)
                    """)
            },
            forget: { id, _, session in
                try session.run(
                    """
                    update campaign_partner set name = '', email = null, telephone = null
                    where lower(email) in (select email_key from person where id = \(id))
                    """)
            }),
        Holding(
            "campaign_post", ["address", "by_whom"], "Invitations to your address",
            fate: "The address goes; that an invitation left stays.",
            rows: {
                try $1.all(
                    """
                    select k.title, p.way, p.day from campaign_post p join campaign k on k.id = p.campaign_id
                    join person on person.email_key = lower(p.address) where person.id = \($0) order by p.at
                    """)
            },
            forget: { id, _, session in
                try session.run(
                    "update campaign_post set address = null where lower(address) in (select email_key from person where id = \(id))")
            }),
        Holding(
            "campaign_stop", ["address"], "That you want no more invitations from a hub", fate: "Goes.",
            rows: {
                try $1.all(
                    """
                    select s.at from campaign_stop s join person on person.email_key = s.address where person.id = \($0)
                    """)
            },
            forget: { id, _, session in
                try session.run("delete from campaign_stop where address in (select email_key from person where id = \(id))")
            }),
        Holding(
            "campaign_letter", ["by_whom"], "Letters of campaigns you wrote", fate: "Stay by number, without the name.",
            rows: {
                try $1.all(
                    "select subject, words, changed_at from campaign_letter where by_whom = \("person:\($0)") order by changed_at")
            }),
        Holding(
            "contact_was", ["with_person", "by_whom", "next_person"],
            "What contacts with you, or that you logged, said before they were corrected",
            fate: "What was noted about you goes with your name.",
            rows: { id, session in
                try session.all(
                    """
                    select day, how, purpose, outcome, note, next_step from contact_was
                    where with_person = \(id) or by_whom = \("person:\(id)") order by day, id
                    """)
            },
            forget: { id, _, session in
                try session.run("update contact_was set with_person = null, note = null where with_person = \(id)")
                try session.run("update contact_was set next_person = null where next_person = \(id)")
            }),
    ]

    /// Calls that are due, for the page that says what waits.
    static func callDues(clock: Clock) -> [Due] {
        [
            Due(
                .logContact, "/staff/calls", one: "call to make", several: "calls to make",
                count: { asker, session in
                    try asker.personID.map { try CallList.due(for: $0, on: clock.today, session) } ?? 0
                })
        ]
    }

    /// How long the hub keeps the names of partners it invited.
    static let campaignRetention: [Retention] = [
        Retention(
            "campaign-partners", "Names and addresses of partners a campaign invited", .years(2),
            .between(1, 6, "The next year’s campaign goes to them again; six years is the time for claims."),
            then: "after the last campaign they were on was made or closed; blanked", in: "campaign_partner",
            .blanked("name = '', email = null, telephone = null")
        ) { "used_at < \($0) and (name <> '' or email is not null or telephone is not null)" },
        Retention(
            "campaign-addresses", "Addresses a campaign’s letters went to", .years(2),
            .between(1, 6, "The hub must be able to show to whom it wrote."), then: "after they were sent; blanked",
            in: "campaign_post",
            .blanked("address = null")
        ) { "at < \($0) and address is not null" },
    ]
}
