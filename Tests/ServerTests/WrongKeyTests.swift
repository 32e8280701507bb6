import Civil
import House
import Identity
import Store
import StoreTestKit
import Testing

@testable import Server

@Suite struct WrongKeyTests {
    @Test(
        "With another key than the one their second step was sealed with, people are told what is the matter and let in by a recovery code",
        arguments: TestEngine.all)
    func says(engine: TestEngine) async throws {
        try await engine.withDatabase(Rooms.migrations) { database in
            let house = try TestHouse(database: database, rooms: LoadedHouse.rooms)
            try await PeopleDesk.add(name: "Ada", email: "ada@example.org", isAdministrator: true, house.tools)
            let sealed = try SecretBox(secret: "a key that nobody has here, of another installation").seal([1, 2, 3])
            _ = try await database.write { session in
                try session.run("update person set second_step_at = \(house.tools.clock.now), second_step_secret = \(sealed)")
            }
            var here = house
            here.cookie = try await house.tools.signedInCookie(email: "ada@example.org")
            let answered = try await here.post("/second-step", "code=123456")
            #expect(answered.status == 503, "\(answered.status)")
            #expect(answered.text.contains("recovery codes"))
        }
    }

    @Test(
        "Why nobody can listen at a port is said as it is",
        arguments: [(98, "another program uses it"), (99, "no such address"), (13, "below 1024"), (24, "error 24")])
    func port(error: Int, words: String) {
        let refusal = ServeRefusal.port(443, of: .standard, error: CInt(error))
        #expect(refusal.description.hasPrefix("Port 443 of 127.0.0.1 cannot be used: "))
        #expect(refusal.description.contains(words))
    }
}
