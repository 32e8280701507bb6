internal import Civil
public import House
public import Store

/// What the command line does with people: it is how the first administrator comes in.
public enum Administrators {
    /// Whether anybody is administrator now.
    public static func exist(in database: any Database) async throws -> Bool {
        try await database.read {
            try $0.count(
                "select count(*) from role r join person p on p.id = r.person_id where r.role = 'administrator' and r.to_at is null and p.forgotten_at is null"
            ) > 0
        }
    }
}

/// People by the command line.
public enum PeopleDesk {
    /// Somebody as a list shows them.
    public struct Line: Sendable {
        public let email: String
        public let name: String
        public let roles: [String]
    }

    /// Makes the person unless they are there, and gives the role. Throws `Refusal.badRequest` for an address that is none.
    public static func add(
        name: String, email: String, isAdministrator: Bool, _ tools: Tools
    ) async throws {
        guard MailAddress.isGood(email) else { throw Refusal.badRequest(LetterProblem.badAddress.publicMessage) }
        try await tools.database.write { session in
            let person = try People.findOrMake(name: name, email: email, tools, session)
            if isAdministrator { try Roles.give(RoleGrant(.administrator), to: person.id, tools, session) }
        }
    }

    /// A link that signs the person in once, within fifteen minutes: for whoever sits at the machine and has no mail set up.
    public static func link(email: String, _ tools: Tools) async throws -> String {
        try await tools.database.write { session in
            guard let person = try People.with(email: email, session) else {
                throw Refusal.notFound("There is nobody with this address. Add them first with “eyhub user add”.")
            }
            let token = Secrets.token()
            let now = tools.clock.now
            try session.run(
                """
                insert into sign_in_link (token_hash, person_id, next, created_at, expires_at)
                values (\(Secrets.hash(token)), \(person.id), '', \(now), \(now.adding(seconds: 900)))
                """)
            try Audit.log(session, tools, action: "identity.link.made", subject: "person:\(person.id)")
            return "\(tools.site.address)/sign-in/open/\(token)"
        }
    }

    /// Ends every session of the person. Their roles, passphrase and second step stay.
    public static func signOut(email: String, _ tools: Tools) async throws {
        try await tools.database.write { session in
            guard let person = try People.with(email: email, session) else {
                throw Refusal.notFound("There is nobody with the address \(email). “eyhub user list” shows who is here.")
            }
            try Sessions.endAll(of: person.id, except: nil, tools, session)
        }
    }

    public static func all(_ tools: Tools, _ book: PlaceBook) async throws -> [Line] {
        let now = tools.clock.now
        return try await tools.database.read { session in
            try session.all("select * from person where forgotten_at is null order by email_key").map { row in
                let person = Person(row)
                return Line(
                    email: person.email, name: person.name,
                    roles: try Roles.hats(of: person.id, at: now, book, session).map(\.words))
            }
        }
    }
}
