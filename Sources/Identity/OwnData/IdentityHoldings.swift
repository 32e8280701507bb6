internal import Civil
public import House
internal import Store

extension Identity {
    /// What this room, the outbox and the audit trail hold about a person (`docs/rules/retention.md`).
    public static let holdings: [Holding] = [
        Holding(
            "person", ["name", "email", "email_key", "passphrase", "second_step_secret", "second_step_waiting"], "Who you are",
            fate: "Goes. The line stays without name or address, so that what was done keeps its doer.",
            rows: { try $1.all("select name, email, mail_wish, created_at, second_step_at from person where id = \($0)") },
            forget: { id, tools, session in
                try session.run(
                    """
                    update person set name = 'Somebody who left', email = null, email_key = null, passphrase = null,
                        second_step_secret = null, second_step_waiting = null, second_step_at = null, mail_wish = 'none', forgotten_at = \(tools.clock.now)
                    where id = \(id)
                    """)
            }),
        Holding(
            "person_word", ["person_id"], "The words you are found by", fate: "Go.",
            rows: { try $1.all("select word from person_word where person_id = \($0) order by word") },
            forget: { id, _, session in try PersonWords.clear(id, session) }),
        Holding(
            "role", ["person_id", "given_by", "ended_by"], "Your roles",
            fate: "End today. That the role was held stays, without the name: reports count on it.",
            rows: {
                try $1.all(
                    "select role, hub_id, area_id, setting_id, sector, from_at, last_day, to_at from role where person_id = \($0) order by from_at"
                )
            },
            forget: { id, tools, session in
                try session.run(
                    "update role set to_at = \(tools.clock.now), ended_by = \(tools.asker.auditName) where person_id = \(id) and to_at is null"
                )
            }),
        Holding(
            "role_to_come", ["person_id", "given_by"], "Your roles that begin later", fate: "Go.",
            rows: {
                try $1.all(
                    """
                    select role, hub_id, area_id, setting_id, sector, from_day, last_day, made_at from role_to_come
                    where person_id = \($0) order by from_day, id
                    """)
            },
            forget: { id, _, session in try session.run("delete from role_to_come where person_id = \(id)") }),
        Holding(
            "session", ["person_id"], "Where you signed in", fate: "Goes.",
            rows: { try $1.all("select device, created_at, seen_at, ended_at from session where person_id = \($0) order by created_at") },
            forget: { id, _, session in try session.run("delete from session where person_id = \(id)") }),
        Holding(
            "sign_in_link", ["person_id"], "Links you signed in with", fate: "Goes.",
            rows: { try $1.all("select created_at, expires_at, used_at from sign_in_link where person_id = \($0) order by created_at") },
            forget: { id, _, session in try session.run("delete from sign_in_link where person_id = \(id)") }),
        Holding(
            "recovery_code", ["person_id"], "Your recovery codes", fate: "Goes.",
            rows: { try $1.all("select created_at, used_at from recovery_code where person_id = \($0) order by code_hash") },
            forget: { id, _, session in try session.run("delete from recovery_code where person_id = \(id)") }),
        Holding(
            "invitation", ["person_id", "name", "email", "invited_by"], "Your invitations",
            fate: "Name and address go. That somebody was invited stays.",
            rows: { id, session in
                try session.all(
                    """
                    select name, email, role, created_at, expires_at, accepted_at, withdrawn_at from invitation
                    where person_id = \(id)
                        or (person_id is null and lower(email) = (select email_key from person where id = \(id))) order by created_at
                    """)
            },
            forget: { id, tools, session in
                try session.run(
                    """
                    update invitation set name = '', email = '', withdrawn_at = coalesce(withdrawn_at, \(tools.clock.now))
                    where person_id = \(id)
                        or (person_id is null and lower(email) = (select email_key from person where id = \(id)))
                    """)
            }),
        Holding(
            "contact_card", ["person_id", "telephone", "helps_with"], "What colleagues see of you", fate: "Goes.",
            rows: {
                try $1.all("select telephone, shows_email, helps_with, agreed_at from contact_card where person_id = \($0)")
            },
            forget: { id, _, session in try session.run("delete from contact_card where person_id = \(id)") }),
        Holding(
            "claim", ["person_id", "name", "email", "said", "decided_by"], "Settings you asked to look after",
            fate: "Name, address and what you wrote go. That somebody asked stays.",
            rows: { id, session in
                try session.all(
                    """
                    select setting_id, name, email, said, created_at, confirmed_at, decision, decided_at, answer from claim
                    where person_id = \(id)
                        or (person_id is null and lower(email) = (select email_key from person where id = \(id))) order by created_at
                    """)
            },
            forget: { id, tools, session in
                try session.run(
                    """
                    update claim set name = '', email = '', said = null, decided_at = coalesce(decided_at, \(tools.clock.now)),
                        decision = coalesce(decision, 'no')
                    where person_id = \(id)
                        or (person_id is null and lower(email) = (select email_key from person where id = \(id)))
                    """)
            }),
        Holding(
            "api_token", ["person_id"], "Your tokens for programs", fate: "Goes.",
            rows: {
                try $1.all(
                    "select name, deeds, created_at, expires_at, used_on, revoked_at from api_token where person_id = \($0) order by created_at"
                )
            },
            forget: { id, _, session in try session.run("delete from api_token where person_id = \(id)") }),
        Holding(
            "outbox", ["person_id", "to_address", "to_name"], "Letters to you",
            fate: "Go. Of those that left, the kind and the time stay.",
            rows: { id, session in
                // An invitation went to an address before anybody stood behind it.
                try session.all(
                    """
                    select kind, to_address, subject, created_at, state, sent_at, case when secret_until is null then text_body end as text
                    from outbox
                    where person_id = \(id) or lower(to_address) = (select email_key from person where id = \(id)) order by created_at
                    """)
            },
            forget: { id, _, session in
                try session.run(
                    """
                    update outbox set person_id = \(id)
                    where person_id is null and lower(to_address) = (select email_key from person where id = \(id))
                    """)
                _ = try Outbox.forget(id, in: session)
            }),
        Holding(
            "held_notice", ["person_id"], "Notices waiting for you", fate: "Go.",
            rows: {
                try $1.all("select subject, text, created_at, due_at from held_notice where person_id = \($0) order by created_at, id")
            },
            forget: { id, _, session in try session.run("delete from held_notice where person_id = \(id)") }),
        Holding(
            "person_change", ["person_id", "before", "after", "by_whom"], "Your earlier names and addresses",
            fate: "Go. That something was corrected, when and by whom, stays in the trail, without the names.",
            rows: {
                try $1.all(
                    """
                    select what, before, after, made_at, done_at, ended_at, stopped_at from person_change where person_id = \($0)
                    order by made_at, id
                    """)
            },
            forget: { id, _, session in try session.run("delete from person_change where person_id = \(id)") }),
        Holding(
            "audit", ["who"], "What you did here, and what was done about you",
            fate: "Stays by number, without the name, as long as the trail is kept: others must be able to see what was done.",
            rows: {
                // Of whoever else did something only that they did it: who it was is theirs.
                let me = "person:\($0)"
                return try $1.all(
                    """
                    select id, at, case when who = \(me) then who else 'others' end as who, action, subject, before, after, hub_id from audit
                    where who = \(me) or subject = \(me) order by at, id
                    """)
            }),
    ]
}
