public import House
internal import Store

extension Identity {
    /// What this room writes in the trail, in plain words.
    public static let trailWords = TrailWords(
        signInActions + refusalActions + roleActions + accountActions + mailActions, kinds: trailKinds)

    private static let signInActions: [TrailAction] = [
        TrailAction("identity.signed-in.link", "Signed in by a link"),
        TrailAction("identity.signed-in.passphrase", "Signed in by a passphrase"),
        TrailAction("identity.signed-in.demo", "Entered as one of the demonstration’s people"),
        TrailAction("identity.second-step", "Took the second step of signing in"),
        TrailAction("identity.link.sent", "Asked for a link to sign in with"),
        TrailAction("identity.link.made", "Made a link to sign in with, at the machine"),
        TrailAction("identity.session.ended", "Signed out, or ended a sign-in"),
        TrailAction("identity.session.ended-all", "Signed somebody out everywhere"),
        TrailAction("identity.asked-again.code", "Said again that it is them, by a code"),
        TrailAction("identity.asked-again.passphrase", "Said again that it is them, by the passphrase"),
    ]

    private static let refusalActions: [TrailAction] = Refused.allCases.map { TrailAction($0.action, $0.words, Refused.reading) }

    private static let roleActions: [TrailAction] = [
        TrailAction("identity.person.made", "Made an account"),
        TrailAction("identity.person.forgotten", "Forgot a person"),
        TrailAction("identity.invited", "Invited somebody", roleWords),
        TrailAction("identity.invitation.withdrawn", "Took an invitation back"),
        TrailAction("identity.joined", "Said yes to an invitation", roleWords),
        TrailAction("identity.role.given", "Gave a role", roleWords),
        TrailAction("identity.role.ended", "Ended a role", roleWords),
        TrailAction("identity.role.last-day", "Set the last day of a role", .codes([:])),
        TrailAction("identity.role.to-come", "Gave a role that begins later", roleWords),
        TrailAction("identity.role.to-come.taken-back", "Took a role back that had not begun", roleWords),
        TrailAction("identity.claim.made", "Asked to look after a setting", .nothing, own: .fact),
        TrailAction("identity.claim.confirmed", "Confirmed their address, to look after a setting", own: .fact),
        TrailAction("identity.claim.proven", "Proved to belong to a setting, by the letter to its address", own: .fact),
        TrailAction("identity.claim.accepted", "Said yes to somebody who asked to look after a setting", .codes([:]), own: .all),
        TrailAction("identity.claim.refused", "Said no to somebody who asked to look after a setting", .nothing, own: .fact),
    ]

    private static let accountActions: [TrailAction] = [
        TrailAction("identity.passphrase.changed", "Chose a new passphrase"),
        TrailAction("identity.second-step.set-up", "Set up the second step of signing in"),
        TrailAction("identity.second-step.changed", "Changed the authenticator of the second step"),
        TrailAction("identity.second-step.reset", "Took the second step away from somebody who lost it"),
        TrailAction("identity.recovery-codes.made", "Made new recovery codes"),
        TrailAction(
            "identity.card.changed", "Changed what colleagues see of them",
            .codes(["telephone": "telephone", "email": "e-mail", "helps-with": "what they help with"])),
        TrailAction("identity.token.made", "Made a token for a program", .codes([:])),
        TrailAction("identity.token.revoked", "Took back a token for a program"),
        TrailAction("identity.name.changed", "Corrected a name", .codes([:])),
        TrailAction("identity.address.asked", "Asked for another e-mail address", .codes([:])),
        TrailAction("identity.address.left", "Kept the e-mail address after all", .codes([:])),
        TrailAction("identity.address.changed", "Changed their e-mail address", .codes([:])),
        TrailAction("identity.address.stopped", "Stopped a change of their e-mail address", .codes([:])),
        TrailAction("identity.address.stopped-late", "Stopped a change of their e-mail address, which had been done", .codes([:])),
        TrailAction("identity.address.put-back", "Put their old e-mail address back", .codes([:])),
        TrailAction("identity.address.corrected", "Corrected somebody’s e-mail address", .codes([:])),
        TrailAction("identity.retention.changed", "Changed how long something is kept"),
        TrailAction("identity.key.changed", "Changed the installation’s secret key"),
        TrailAction("identity.cleared", "Cleared away what had been kept its time"),
    ]

    private static let mailActions: [TrailAction] = [
        TrailAction("identity.mail-wish.changed", "Chose when to get notices", mailWords),
        TrailAction("identity.mail-wish.unsubscribed", "Ended all notices, from a letter", mailWords),
        TrailAction("identity.mail.link-shown", "Looked at the personal link of a kept letter", .codes([:])),
        TrailAction("identity.mail.sent-again", "Sent a kept or failed letter"),
    ]

    /// "hub-lead hub:ID" as "Hub lead, Riverside".
    private static let roleWords = TrailAction.Reading.codes(
        Dictionary(uniqueKeysWithValues: Role.allCases.map { ($0.rawValue, "\($0.name),") }))
    private static let mailWords = TrailAction.Reading.codes(["at-once": "at once", "daily": "daily", "weekly": "weekly", "none": "none"])

    /// After somebody was forgotten their line stays, without a name.
    static let forgotten = "Somebody forgotten"

    private static let trailKinds: [TrailKind] = [
        TrailKind("person", "Person") { ids, session in
            try session.all("select id, name, forgotten_at from person where id in \(list: ids)").map {
                .init($0.text("id"), $0.textOrNil("forgotten_at") == nil ? $0.text("name") : forgotten)
            }
        },
        TrailKind("invitation", "Invitation") { ids, session in
            try session.all("select id, name, role from invitation where id in \(list: ids)").map {
                let role: Role? = $0.code("role")
                return .init($0.text("id"), "\($0.text("name").isEmpty ? forgotten : $0.text("name")), \(role?.name.lowercased() ?? "")")
            }
        },
        TrailKind("claim", "Wish to look after a setting") { ids, session in
            try session.all("select id, name from claim where id in \(list: ids)").map {
                .init($0.text("id"), $0.text("name").isEmpty ? forgotten : $0.text("name"))
            }
        },
        TrailKind("token", "Token for a program") { ids, session in
            try session.all("select id, name from api_token where id in \(list: ids)").map { .init($0.text("id"), $0.text("name")) }
        },
        TrailKind("session", "Sign-in") { ids, session in
            try session.all("select id, device from session where id in \(list: ids)").map { .init($0.text("id"), $0.text("device")) }
        },
        // Both names go when the person is forgotten, and the entry stays without them.
        TrailKind("change", "Correction of a name or address") { ids, session in
            try session.all("select id, before, after from person_change where id in \(list: ids)").map {
                .init($0.text("id"), "\($0.text("before")) → \($0.text("after"))")
            }
        },
        TrailKind("letter", "Letter", opens: .seeMail) { ids, session in
            try session.all("select id, subject from outbox where id in \(list: ids)").map {
                .init($0.text("id"), $0.text("subject"), page: "/staff/mail/\($0.text("id"))")
            }
        },
    ]
}
