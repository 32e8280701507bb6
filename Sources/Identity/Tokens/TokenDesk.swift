internal import Civil
public import House
internal import Store

/// Tokens for programs by the command line: the same rules and the same trail as on the pages.
public enum TokenDesk {
    /// A token in force, as a list shows it.
    public struct Line: Sendable {
        public let id: String
        public let email: String
        public let name: String
        /// Codes of deeds.
        public let deeds: [String]
        /// ISO days in England; `lastUsed` is nil for one that never was.
        public let until: String
        public let lastUsed: String?
    }

    public static var days: [Int] { Tokens.days }

    /// The tokens in force, of one person if an address is given.
    public static func all(of email: String?, _ tools: Tools) async throws -> [Line] {
        let now = tools.clock.now
        return try await tools.database.read { session in
            let owner = try email.map { try RoleDesk.person($0, session).id }
            let condition: SQL = owner.map { "t.person_id = \($0)" } ?? "1 = 1"
            return try session.all(
                """
                select t.*, p.email from api_token t join person p on p.id = t.person_id
                where t.revoked_at is null and t.expires_at > \(now) and \(condition) order by p.email_key, t.created_at, t.id
                """
            ).map { row in
                Line(
                    id: row.text("id"), email: row.text("email"), name: row.text("name"),
                    deeds: row.text("deeds").split(separator: " ").map(String.init),
                    until: row.instant("expires_at")?.dayInLondon.iso ?? "", lastUsed: row.day("used_on")?.iso)
            }
        }
    }

    /// Makes a token in somebody's name and returns it. Throws `Refusal` for what they may not do themselves, and while they owe the
    /// second step their roles ask for: a program takes none.
    public static func make(
        for email: String, name: String, deeds: [String], days: Int, all: [Deed], _ tools: Tools, _ book: PlaceBook
    ) async throws -> String {
        let name = name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard !name.isEmpty, name.count <= 100 else { throw Refusal.badRequest("Say in up to 100 letters what the token is for: --name.") }
        guard Tokens.days.contains(days) else {
            throw Refusal.badRequest("A token holds for \(Tokens.days.map(String.init).joined(separator: ", ")) days, not for \(days).")
        }
        return try await tools.database.write { session in
            let person = try RoleDesk.person(email, session)
            let hats = try Roles.hats(of: person.id, at: tools.clock.now, book, session)
            if !person.hasSecondStep, hats.contains(where: { $0.role.needsSecondStep }) {
                throw Refusal.badRequest(
                    "\(email) has a role that asks for a second step and has not set one up. They do so on their next visit to /sign-in.")
            }
            let mine = Tokens.grantable(to: hats, of: all).map(\.code)
            if deeds.isEmpty { throw Refusal.badRequest("Say what the program may do: --deed. \(choices(mine, email))") }
            if let other = deeds.first(where: { !mine.contains($0) }) {
                throw Refusal.badRequest("“\(other)” is nothing \(email) may do. \(choices(mine, email))")
            }
            return try Tokens.make(for: person.id, name: name, deeds: Set(deeds), days: days, tools, session)
        }
    }

    /// Takes a token back: from now on it opens nothing.
    public static func revoke(_ id: String, _ tools: Tools) async throws {
        try await tools.database.write { session in
            guard try Tokens.revoke(id, tools, session) else {
                throw Refusal.notFound("There is no token “\(id)” in force. “eyhub token list” shows them with their ids.")
            }
        }
    }

    private static func choices(_ deeds: [String], _ email: String) -> String {
        deeds.isEmpty ? "They have no role whose deeds a program could do." : "They may: \(deeds.joined(separator: ", "))."
    }
}
