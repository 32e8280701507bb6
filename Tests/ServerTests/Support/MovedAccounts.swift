import House
import Store
import StoreTestKit
import Testing

@testable import Identity
@testable import Server

/// People with accounts, for tests of names and addresses.
enum MovedAccounts {
    static func with(_ engine: TestEngine, _ body: @Sendable (TestHouse) async throws -> Void) async throws {
        try await engine.withDatabase(Rooms.migrations) { database in
            let house = try TestHouse(database: database, rooms: LoadedHouse.rooms)
            try await PlacedSettings.make(house.tools)
            try await body(house)
        }
    }

    /// A value as a form sends it.
    static func encoded(_ text: String) -> String {
        text.utf8.map { "%" + String(Int($0) + 256, radix: 16).suffix(2) }.joined()
    }
}

extension TestHouse {
    func personID(_ email: String) async throws -> String {
        try #require(try await tools.database.read { try People.with(email: email, $0)?.id })
    }

    /// The path of the newest link of a kind that waits for an address, such as `/address/stop/…`.
    func link(_ start: String, to email: String) async throws -> String? {
        let texts = try await tools.database.read {
            try $0.all("select text_body from outbox where to_address = \(email) order by id desc").map { $0.text("text_body") }
        }
        let links = texts.flatMap { $0.split(whereSeparator: \.isWhitespace) }
        return links.first { $0.hasPrefix(tools.site.address + start) }.map { String($0.dropFirst(tools.site.address.count)) }
    }

    func subjects(to email: String) async throws -> [String] {
        try await tools.database.read {
            try $0.all("select subject from outbox where to_address = \(email) and state = 'queued' order by id").map { $0.text("subject") }
        }
    }

    /// Asks for another address, and returns the link in the letter to it.
    func asksFor(_ email: String) async throws -> String {
        let asked = try await post("/account/address", "email=\(MovedAccounts.encoded(email))")
        #expect(asked.header("Location") == "/account/address?done=asked", "\(asked.status)")
        return try #require(try await link("/address/confirm/", to: email))
    }

    func isSignedIn() async throws -> Bool { try await get("/account").status == 200 }

    func entersByLink(_ email: String) async throws -> Bool {
        let before = try await count("select count(*) from sign_in_link")
        _ = try await asStranger.post("/sign-in/link", "email=\(MovedAccounts.encoded(email))")
        return try await count("select count(*) from sign_in_link") > before
    }

    func count(_ query: SQL) async throws -> Int { try await tools.database.read { try $0.count(query) } }

    func run(_ statement: SQL) async throws { _ = try await tools.database.write { try $0.run(statement) } }
}
