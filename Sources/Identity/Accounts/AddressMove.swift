internal import Civil
internal import House
internal import Store

/// Moving an account to another e-mail address (`docs/rules/name-and-address.md`).
enum AddressMove {
    static let confirmSeconds = 24 * 3_600
    static let stopSeconds = 7 * 86_400
    /// One at a time: two people may want the same address.
    static let lock = "eyhub.address"

    /// What waits for its letter to be opened.
    static func waiting(for personID: String, at now: Instant, _ session: any Session) throws -> PersonChange? {
        try session.first("select * from person_change where person_id = \(personID) and \(open(at: now)) order by made_at desc, id desc")
            .map(PersonChange.init)
    }

    private static func open(at now: Instant) -> SQL { "what = 'address' and done_at is null and ended_at is null and expires_at > \(now)" }

    /// Writes to both addresses. Nothing else changes until the new one is confirmed. An address somebody has already gets another letter;
    /// whoever asks cannot tell.
    static func ask(_ person: Person, for email: String, _ tools: Tools, _ session: any Session) throws {
        try session.lock(lock)
        let now = tools.clock.now
        try leave(person, tools, session)
        let (confirm, stop) = (Secrets.token(), Secrets.token())
        let id = tools.ids.next()
        let expires = now.adding(seconds: confirmSeconds)
        let stopUntil = expires.adding(seconds: stopSeconds)
        try session.run(
            """
            insert into person_change (id, person_id, what, before, after, made_at, by_whom, confirm_hash, expires_at, stop_hash, stop_until)
            values (\(id), \(person.id), 'address', \(person.email), \(email), \(now), \(tools.asker.auditName), \(Secrets.hash(confirm)),
                \(expires), \(Secrets.hash(stop)), \(stopUntil))
            """)
        // What goes to an address nobody has shown to be theirs wears no hub's look.
        let (letters, own) = (IdentityLetters(site: tools.site), try IdentityLetters.of(person, tools, session))
        let other = try People.with(email: email, session).flatMap { $0.id == person.id ? nil : $0 }
        let toNew =
            other.map { letters.addressIsKnown($0) }
            ?? letters.addressConfirm(to: email, personID: person.id, token: confirm, until: expires)
        try post(toNew, tools, session)
        try post(own.addressNotice(person, token: stop, until: stopUntil), tools, session)
        try Audit.log(session, tools, action: "identity.address.asked", subject: "person:\(person.id)", after: "change:\(id)")
    }

    /// Nothing waits any more. The links that stop it go on working.
    static func leave(_ person: Person, _ tools: Tools, _ session: any Session) throws {
        let now = tools.clock.now
        let left = try session.run(
            "update person_change set ended_at = \(now) where person_id = \(person.id) and \(open(at: now))")
        if left > 0 { try Audit.log(session, tools, action: "identity.address.left", subject: "person:\(person.id)") }
    }

    /// The change a confirming link is for, while it may still be confirmed.
    static func standing(confirm token: String, at now: Instant, _ session: any Session) throws -> (PersonChange, Person)? {
        guard
            let change = try session.first(
                "select * from person_change where confirm_hash = \(Secrets.hash(token)) and \(open(at: now))"
            ).map(PersonChange.init),
            let person = try People.with(id: change.personID, session), People.key(person.email) == People.key(change.before)
        else { return nil }
        return (change, person)
    }

    enum Confirmed: Sendable, Equatable { case done(personID: String), taken }

    /// The new address is theirs: it is the account's from now on. `kept` is their session that goes on, with its person.
    static func confirm(
        _ token: String, keeping kept: (session: String, personID: String)?, _ book: PlaceBook, _ tools: Tools, _ session: any Session
    ) throws -> Confirmed? {
        try session.lock(lock)
        let now = tools.clock.now
        guard let (change, person) = try standing(confirm: token, at: now, session) else { return nil }
        let who = "person:\(person.id)"
        if let other = try People.with(email: change.after, session), other.id != person.id {
            try session.run("update person_change set ended_at = \(now) where id = \(change.id)")
            return .taken
        }
        try session.run(
            "update person_change set done_at = \(now), stop_until = \(now.adding(seconds: stopSeconds)) where id = \(change.id)")
        try move(person, to: change.after, keeping: kept?.personID == person.id ? kept?.session : nil, book, tools, session)
        try Audit.log(session, tools, action: "identity.address.changed", subject: who, after: "change:\(change.id)", who: who)
        try post(try IdentityLetters.of(person, tools, session).addressMoved(person), tools, session)
        return .done(personID: person.id)
    }

    /// The account has another address. What would let in whoever reads the old one ends: sessions, links, invitations. Letters that wait
    /// go to the new one. Tokens for programs stay.
    static func move(
        _ person: Person, to email: String, keeping kept: String?, _ book: PlaceBook, _ tools: Tools, _ session: any Session
    ) throws {
        let now = tools.clock.now
        try session.run("update person set email = \(email), email_key = \(People.key(email)) where id = \(person.id)")
        try PersonWords.write(person.id, name: person.name, email: email, session)
        try Outbox.redirect(
            person.id, from: person.email, to: email, name: person.name, sparing: [.addressNotice], in: session)
        try session.run(
            "update sign_in_link set expires_at = \(now) where person_id = \(person.id) and used_at is null and expires_at > \(now)")
        try Sessions.endAll(of: person.id, except: kept, tools, session)
        if People.key(email) == People.key(person.email) { return }
        try moveInvitations(of: person, to: email, book, tools, session)
        try moveClaims(of: person, to: email, tools, session)
    }

    /// An invitation nobody answered yet is written again, to the new address with a new link.
    private static func moveInvitations(
        of person: Person, to email: String, _ book: PlaceBook, _ tools: Tools, _ session: any Session
    ) throws {
        let theirs: SQL = "lower(email) = \(People.key(person.email)) and person_id is null"
        let open = try session.all(
            """
            select * from invitation where \(theirs) and accepted_at is null and withdrawn_at is null and expires_at > \(tools.clock.now)
            """)
        let names = try PeopleBook.names(open.map { $0.text("invited_by") }, session)
        for row in open {
            guard let until = row.instant("expires_at") else { continue }
            let token = Secrets.token()
            let role: Role = row.code("role") ?? .practitioner
            try session.run(
                "update invitation set email = \(email), token_hash = \(Secrets.hash(token)) where id = \(row.text("id"))")
            try post(
                IdentityLetters(site: tools.site).invitation(
                    name: person.name, email: email, role: "\(role.name), \(try Identity.over(RoleGrant(row), book, session))",
                    token: token, by: names[row.text("invited_by")] ?? tools.site.name, until: until), tools, session)
        }
        // Those of before are this person's, whoever has the address next.
        try session.run("update invitation set person_id = \(person.id) where \(theirs)")
    }

    /// A claim the hub has to answer goes on under the new address; one that waits for its letter to be opened must be made again.
    private static func moveClaims(of person: Person, to email: String, _ tools: Tools, _ session: any Session) throws {
        let theirs: SQL = "lower(email) = \(People.key(person.email)) and (person_id is null or person_id = \(person.id))"
        try session.run(
            """
            update claim set decided_at = \(tools.clock.now), decision = 'no' where \(theirs) and decided_at is null and confirmed_at is null
            """)
        for row in try session.all("select id from claim where \(theirs) and decided_at is null") {
            try session.run(
                "update claim set email = \(email), confirm_hash = \(Secrets.hash(Secrets.token())) where id = \(row.text("id"))")
        }
        try session.run("update claim set person_id = \(person.id) where \(theirs) and person_id is null and decided_at is not null")
    }

    static func post(_ letter: Letter, _ tools: Tools, _ session: any Session) throws {
        try Outbox.post(letter, in: session, ids: tools.ids, clock: tools.clock)
    }
}
