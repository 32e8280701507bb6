public import House
internal import Store

extension Identity {
    /// How long this room, the outbox and the trail keep what they hold: the table of `docs/rules/retention.md`, with its bounds.
    static func retention(allHoldings: [Holding]) -> [Retention] {
        [
            Retention(
                "attempts", "Counts of tries to sign in", .days(1),
                .between(1, 30, "Some tries are counted over a whole day; a month is enough to look into an attack."),
                then: "after the last; deleted", in: "attempt",
                key: "what || ' ' || who_hash"
            ) {
                "window_start < \($0)"
            },
            Retention(
                "sign-in-links", "Links to sign in", .days(7),
                .between(1, 90, "A link that ran out opens nothing; a day lets the page say that it was one of ours."),
                then: "after they ran out; deleted", in: "sign_in_link", key: "token_hash"
            ) {
                "expires_at < \($0)"
            },
            Retention(
                "sessions", "Ended sign-ins, with the kind of device", .days(30),
                .between(
                    14, 365,
                    "A sign-in lasts up to fourteen days; people look among their devices for one that is not theirs for a while after."),
                then: "after their last use; deleted", in: "session"
            ) {
                "coalesce(ended_at, seen_at) < \($0)"
            },
            Retention(
                "recovery-codes", "Used recovery codes", .days(30),
                .between(1, 365, "A used code is told apart from a wrong one while it is kept."), then: "after their use; deleted",
                in: "recovery_code", key: "code_hash"
            ) {
                "used_at < \($0)"
            },
            Retention(
                "tokens", "Tokens for programs", .days(90),
                .between(30, 730, "Whoever looks into what a program did needs to know whose token it was."),
                then: "after they ran out or were taken back; deleted", in: "api_token"
            ) {
                "coalesce(revoked_at, expires_at) < \($0)"
            },
            Retention(
                "notices", "Notices kept for a digest", .days(60),
                .between(14, 365, "The longest digest is a week; what waits must not be cleared before it leaves."),
                then: "after they were written; deleted", in: "held_notice"
            ) {
                "created_at < \($0)"
            },
            Retention(
                "letter-texts", "Texts of letters", .days(90),
                .between(
                    14, 365,
                    "A letter is tried again for days and handed over by hand where no mail server is; after a year nobody needs its words."
                ), then: "after they were written; deleted, and not of letters that wait",
                in: "outbox", .blanked("text_body = '', html_body = null, unsubscribe_url = null")
            ) { "created_at < \($0) and text_body <> '' and state in ('sent', 'failed', 'kept')" },
            Retention(
                "letters", "Letters: to whom, of what kind, when", .years(2),
                .between(
                    1, 6,
                    "The hub must be able to show that it wrote. Claims in contract can be made for six years (Limitation Act 1980, section 5)."
                ), then: "after they were written; deleted", in: "outbox"
            ) { "created_at < \($0) and state in ('sent', 'failed', 'kept')" },
            Retention(
                "letters-to-the-forgotten", "Letters to a forgotten person that were leaving at that moment", .none,
                .fixed("Who was forgotten is forgotten: nothing of theirs may wait."),
                then: "with the next clearing; deleted", in: "outbox"
            ) { _ in "state <> 'sending' and person_id in (select id from person where forgotten_at is not null)" },
            Retention(
                "invitations", "Names and addresses in invitations", .days(90),
                .between(30, 365, "An invitation works for up to two weeks, and is asked about for a while after."),
                then: "after they were answered, taken back or ran out; blanked", in: "invitation", .blanked("name = '', email = ''")
            ) { "(name <> '' or email <> '') and coalesce(accepted_at, withdrawn_at, expires_at) < \($0)" },
            Retention(
                "people", "People without a role", .years(2),
                .between(
                    1, 6, "Somebody who comes back within the year finds their account; funding records and claims reach six years back."),
                then: "after their last role ended; forgotten, as an administrator would",
                in: "person", .each { id, tools, session in try People.forget(id, allHoldings, tools, session) }
            ) {
                """
                forgotten_at is null and created_at < \($0)
                and not exists (select 1 from role where role.person_id = person.id and (role.to_at is null or role.to_at >= \($0)))
                """
            },
            Retention(
                "earlier-names", "Earlier names and addresses of people", .years(6),
                .between(
                    1, 7,
                    "What was signed or written under an earlier name is found by it; claims in contract can be made for six years (Limitation Act 1980, section 5)."
                ), then: "after they were corrected; deleted", in: "person_change"
            ) { "done_at < \($0)" },
            Retention(
                "unconfirmed-addresses", "New addresses nobody confirmed", .days(30),
                .between(1, 90, "Whoever was written to at an address that is not theirs may ask about it for a while."),
                then: "after the link to them ran out; deleted", in: "person_change"
            ) { "done_at is null and expires_at < \($0)" },
            Retention(
                "audit", "The trail of what was written", .years(6),
                .between(
                    1, 7,
                    "A year shows who did what in a whole funding year. Claims in contract can be made for six years (Limitation Act 1980, section 5), and records of funding are kept for up to seven."
                ), then: "after it was written; deleted", in: "audit"
            ) {
                "at < \($0)"
            },
            Retention(
                "clearings", "What was cleared away, by day", .years(6),
                .between(1, 7, "Shows for how long, and since when, the rules of this page were kept; goes with the trail."),
                then: "after that day; deleted", in: "clearing",
                key: "day || ' ' || rule"
            ) { "started_at < \($0)" },
        ]
    }

    public var retention: [Retention] { Identity.retention(allHoldings: allHoldings) }
}
