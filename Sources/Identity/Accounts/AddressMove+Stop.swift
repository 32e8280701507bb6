internal import Civil
internal import House
internal import Store

/// "This was not me": the link in the letter to the old address.
extension AddressMove {
    /// What pressing it did.
    enum Stopped: Sendable, Equatable {
        /// Nothing had changed yet.
        case inTime
        case putBack
        /// The old address is another account's by now.
        case heldByAnother
    }

    /// The change a stopping link is for, while it works, and whether the account has moved since.
    static func standing(stop token: String, at now: Instant, _ session: any Session) throws -> (PersonChange, Person, hasMoved: Bool)? {
        guard
            let change = try session.first(
                "select * from person_change where stop_hash = \(Secrets.hash(token)) and stopped_at is null and stop_until > \(now)"
            ).map(PersonChange.init),
            let person = try People.with(id: change.personID, session)
        else { return nil }
        let moves = try session.count(
            "select count(*) from person_change where \(since(change)) and done_at is not null and stopped_at is null")
        return (change, person, moves > 0)
    }

    /// A thief may have asked several times: the first letter stops all that came after it.
    private static func since(_ change: PersonChange) -> SQL {
        "person_id = \(change.personID) and what = 'address' and made_at >= \(change.madeAt)"
    }

    /// Signs out everywhere, and puts back what stood before the change was asked for: the address, and with it nothing that
    /// somebody else may have set since to come in by.
    static func stop(_ token: String, _ book: PlaceBook, _ tools: Tools, _ session: any Session) throws -> Stopped? {
        try session.lock(lock)
        let now = tools.clock.now
        guard let (change, person, hasMoved) = try standing(stop: token, at: now, session) else { return nil }
        let who = "person:\(person.id)"
        try session.run(
            "update person_change set ended_at = coalesce(ended_at, \(now)), stopped_at = \(now) where \(since(change)) and stopped_at is null"
        )
        if hasMoved, let other = try People.with(email: change.before, session), other.id != person.id {
            // Whoever reads this mailbox now has an account of their own, and no part in this one but to raise the alarm.
            try Sessions.endAll(of: person.id, except: nil, tools, session)
            try Audit.log(session, tools, action: "identity.address.stopped-late", subject: who, after: "change:\(change.id)", who: who)
            return .heldByAnother
        }
        try shutOut(of: person, since: change.madeAt ?? now, tools, session)
        if hasMoved {
            try move(person, to: change.before, keeping: nil, book, tools, session)
            try post(IdentityLetters(site: tools.site).addressPutBack(person), tools, session)
        } else {
            try session.run(
                "update sign_in_link set expires_at = \(now) where person_id = \(person.id) and used_at is null and expires_at > \(now)")
            try Sessions.endAll(of: person.id, except: nil, tools, session)
        }
        try Audit.log(
            session, tools, action: hasMoved ? "identity.address.put-back" : "identity.address.stopped", subject: who,
            after: "change:\(change.id)", who: who)
        return hasMoved ? .putBack : .inTime
    }

    /// Whoever asked knew the passphrase where there was one, and may have set other ways in since.
    private static func shutOut(of person: Person, since begun: Instant, _ tools: Tools, _ session: any Session) throws {
        try session.run("update person set passphrase = null where id = \(person.id)")
        try session.run(
            """
            update person set second_step_secret = null, second_step_at = null, second_step_used = 0
            where id = \(person.id) and second_step_at >= \(begun)
            """)
        try session.run("delete from recovery_code where person_id = \(person.id) and created_at >= \(begun)")
        try session.run(
            """
            update api_token set revoked_at = \(tools.clock.now)
            where person_id = \(person.id) and revoked_at is null and created_at >= \(begun)
            """)
    }

    /// No link of before may undo what an administrator corrected.
    static func endLinks(of personID: String, _ tools: Tools, _ session: any Session) throws {
        let now = tools.clock.now
        try session.run(
            """
            update person_change set ended_at = coalesce(ended_at, \(now)), stopped_at = \(now)
            where person_id = \(personID) and what = 'address' and stop_hash is not null and stopped_at is null
            """)
    }
}
