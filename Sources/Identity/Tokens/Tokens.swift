internal import Civil
internal import House
internal import Store

/// Tokens as they stand in the database. Only a hash of one is kept.
enum Tokens {
    /// For how many days one may be made.
    static let days = [30, 90, 365]

    /// What somebody may hand on to a program: what they may do themselves.
    static func grantable(to hats: [Hat], of all: [Deed]) -> [Deed] {
        all.filter { deed in hats.contains { deed.reaches[$0.role] != nil } }
    }

    /// Makes one and returns it: the only time it can be read.
    static func make(
        for personID: String, name: String, deeds: Set<String>, days: Int, _ tools: Tools, _ session: any Session
    ) throws -> String {
        let token = Secrets.token()
        let id = tools.ids.next()
        let now = tools.clock.now
        let codes = deeds.sorted().joined(separator: " ")
        try session.run(
            """
            insert into api_token (id, person_id, name, token_hash, deeds, created_at, expires_at)
            values (\(id), \(personID), \(name), \(Secrets.hash(token)), \(codes), \(now), \(now.adding(seconds: days * 86_400)))
            """)
        try Audit.log(session, tools, action: "identity.token.made", subject: "token:\(id)", after: codes)
        return token
    }

    /// Takes one back. False when there is none to take back.
    static func revoke(_ id: String, _ tools: Tools, _ session: any Session) throws -> Bool {
        let count = try session.run("update api_token set revoked_at = \(tools.clock.now) where id = \(id) and revoked_at is null")
        if count == 1 { try Audit.log(session, tools, action: "identity.token.revoked", subject: "token:\(id)") }
        return count == 1
    }
}
