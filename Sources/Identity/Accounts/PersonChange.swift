internal import Civil
internal import House
internal import Store

/// A name or an address of somebody that was corrected, or is to be (`docs/rules/name-and-address.md`).
struct PersonChange: Sendable {
    let id: String
    let personID: String
    let isAddress: Bool
    let before: String
    let after: String
    let madeAt: Instant?
    let byWhom: String
    let expiresAt: Instant?
    let isDone: Bool
    let isStopped: Bool

    init(_ row: Row) {
        id = row.text("id")
        personID = row.text("person_id")
        isAddress = row.text("what") == "address"
        before = row.text("before")
        after = row.text("after")
        madeAt = row.instant("made_at")
        byWhom = row.text("by_whom")
        expiresAt = row.instant("expires_at")
        isDone = row.textOrNil("done_at") != nil
        isStopped = row.textOrNil("stopped_at") != nil
    }

    /// What was corrected of somebody, newest first.
    static func done(of personID: String, _ session: any Session) throws -> [PersonChange] {
        try session.all("select * from person_change where person_id = \(personID) and done_at is not null order by made_at desc, id desc")
            .map(PersonChange.init)
    }

    /// Writes down a change that is done with this.
    static func note(
        _ what: String, of personID: String, from before: String, to after: String, _ action: String, _ tools: Tools,
        _ session: any Session
    ) throws {
        let id = tools.ids.next()
        let now = tools.clock.now
        try session.run(
            """
            insert into person_change (id, person_id, what, before, after, made_at, by_whom, done_at)
            values (\(id), \(personID), \(what), \(before), \(after), \(now), \(tools.asker.auditName), \(now))
            """)
        // Ids and no names: what is in the trail stays when the person is forgotten.
        try Audit.log(session, tools, action: action, subject: "person:\(personID)", after: "change:\(id)")
    }
}

extension People {
    /// Gives somebody another name, with a line of what it was. Their letters that wait go out under the new one.
    static func rename(_ person: Person, to name: String, _ tools: Tools, _ session: any Session) throws {
        if name == person.name { return }
        try session.run("update person set name = \(name) where id = \(person.id)")
        try PersonWords.write(person.id, name: name, email: person.email, session)
        try Outbox.redirect(
            person.id, from: person.email, to: person.email, name: name, sparing: [.addressNotice], in: session)
        try PersonChange.note("name", of: person.id, from: person.name, to: name, "identity.name.changed", tools, session)
    }
}
