internal import Civil
internal import House
internal import Store

/// Somebody of the network. One person, however many roles.
struct Person: Sendable, Equatable {
    let id: String
    let name: String
    let email: String
    let hasPassphrase: Bool
    let hasSecondStep: Bool
    let mailChoice: MailChoice
    let createdAt: Instant?

    init(_ row: Row) {
        id = row.text("id")
        name = row.text("name")
        email = row.text("email")
        hasPassphrase = row.textOrNil("passphrase") != nil
        hasSecondStep = row.textOrNil("second_step_at") != nil
        mailChoice = row.code("mail_wish") ?? .none
        createdAt = row.instant("created_at")
    }
}

enum People {
    /// An address as it is compared: people write theirs with capitals one day and without the next.
    static func key(_ email: String) -> String { email.lowercased() }

    static func with(id: String, _ session: any Session) throws -> Person? {
        try session.first("select * from person where id = \(id) and forgotten_at is null").map(Person.init)
    }

    static func with(email: String, _ session: any Session) throws -> Person? {
        try session.first("select * from person where email_key = \(key(email)) and forgotten_at is null").map(Person.init)
    }

    /// Takes out or blanks all that every room holds about a person, and writes down that it was done.
    static func forget(_ id: String, _ holdings: [Holding], _ tools: Tools, _ session: any Session) throws {
        // The person's own line last: the others are found by its address.
        for holding in holdings.reversed() { try holding.forget(id, tools, session) }
        try Audit.log(session, tools, action: "identity.person.forgotten", subject: "person:\(id)")
    }

    /// The person of this address, made if there is none yet.
    static func findOrMake(name: String, email: String, _ tools: Tools, _ session: any Session) throws -> Person {
        if let known = try with(email: email, session) { return known }
        // Somebody may be moving to this very address.
        try session.lock(AddressMove.lock)
        if let known = try with(email: email, session) { return known }
        let id = tools.ids.next()
        try session.run(
            """
            insert into person (id, name, email, email_key, second_step_used, mail_wish, created_at)
            values (\(id), \(name), \(email), \(key(email)), 0, 'at-once', \(tools.clock.now))
            """)
        try PersonWords.write(id, name: name, email: email, session)
        try Audit.log(session, tools, action: "identity.person.made", subject: "person:\(id)")
        guard let made = try with(id: id, session) else { throw Refusal.unavailable("The account could not be made. Try again.") }
        return made
    }
}
