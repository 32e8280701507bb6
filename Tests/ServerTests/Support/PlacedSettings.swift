import HTTPTypes
import House
import Store
import StoreTestKit

@testable import Identity
@testable import Server

/// Two hubs next to one another and a few settings, for tests that need no register.
enum PlacedSettings {
    static func make(_ tools: Tools) async throws {
        try await tools.database.write { session in
            try session.run("insert into authority (code, name, edition) values ('E09000001', 'Westshire', '2026-01')")
            for (hub, slug, ward) in [("h1", "hub-one", "E05000001"), ("h2", "hub-two", "E05000002")] {
                try session.run(
                    """
                    insert into ward (code, name, authority_code, edition, latitude, longitude, shape)
                    values (\(ward), \("Ward of \(slug)"), 'E09000001', '2026-01', 51.5, 0.1, '[]')
                    """)
                try session.run(
                    "insert into hub (id, name, slug, is_sample, created_at) values (\(hub), \(slug), \(slug), 0, '2026-01-01T00:00:00Z')")
                try session.run("insert into hub_ward (hub_id, ward_code) values (\(hub), \(ward))")
            }
            try add("s1", "Larkspur Nursery", type: "day-nursery", ward: "E05000001", email: "office@larkspur.example.org", session)
            try add("s2", "Poppy Pre-school", type: "pre-school", ward: "E05000001", email: nil, session)
            try add("s3", "Rosa Childminding", type: "childminder", ward: "E05000001", email: "rosa@example.org", session)
            try add("s4", "Far Away Nursery", type: "day-nursery", ward: "E05000002", email: nil, session)
            try session.run("update setting set note = 'a word of the team'")
        }
    }

    private static func add(
        _ id: String, _ name: String, type: String, ward: String, email: String?, _ session: any Session
    ) throws {
        try session.run(
            """
            insert into setting (id, type, name, sort_key, address, place_basis, ward_code, places, is_home, is_secret, is_early_years,
                status, email, version, created_at, updated_at)
            values (\(id), \(type), \(name), \(name.lowercased()), '1 Elm Road', 'none', \(ward), 20, \(type == "childminder"), 0, 1,
                'open', \(email), 1, '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z')
            """)
    }
}

extension TestHouse {
    /// The path of the link in the newest letter that waits for an address.
    func link(inLetterTo email: String) async throws -> String? {
        let text = try await tools.database.read {
            try $0.first("select text_body from outbox where to_address = \(email) order by id desc")?.text("text_body")
        }
        return text?.split(whereSeparator: \.isWhitespace).first { $0.hasPrefix("http") }.map {
            String($0.dropFirst(tools.site.address.count))
        }
    }

    /// The value of the session's cookie that an answer set.
    func sessionCookie(in answered: Answered) -> String? {
        answered.headers[values: .setCookie].first { $0.hasPrefix(doorkeeper.cookieName + "=") }
            .map { String($0.dropFirst(doorkeeper.cookieName.count + 1).prefix { $0 != ";" }) }
    }

    /// The same server, asked by somebody new with this role.
    func signedIn(_ email: String, _ grant: RoleGrant) async throws -> TestHouse {
        let tools = tools
        try await tools.database.write { session in
            let person = try People.findOrMake(name: "A \(grant.role.name)", email: email, tools, session)
            try Roles.give(grant, to: person.id, tools, session)
        }
        var house = self
        house.cookie = try await tools.signedInCookie(email: email)
        return house
    }
}
