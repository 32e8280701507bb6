import House
import Store
import StoreTestKit
import Testing

@testable import Server

@Suite struct ErrorTests {
    @Test(
        "Each error has its status and its own words",
        arguments: [
            ("missing", 404, "There is no such setting. It may have closed."), ("bad", 400, "Write a whole postcode."),
            ("away", 503, "The register is being loaded."), ("busy", 503, "Somebody else is writing just now."),
            ("full", 507, "The disk is full"), ("faulty", 500, "Something in this program went wrong."),
            ("badly", 500, "It is our fault, not yours."),
        ] as [(String, Int, String)])
    func pages(how: String, status: Int, words: String) async throws {
        let house = try await TestHouse.empty()
        let page = try await house.get("/fails/\(how)")
        #expect(page.status == status)
        #expect(page.text.contains(words))
        #expect(page.text.contains("<h1"))
        #expect(page.header("Content-Type") == "text/html; charset=utf-8")
        let json = try await house.get("/api/v1/fails/\(how)")
        #expect(json.status == status)
        #expect(json.header("Content-Type") == "application/json; charset=utf-8")
        #expect(json.text.hasPrefix("{\"error\":{\"status\":\(status),\"message\":\""))
        #expect(json.text.contains(words))
    }

    @Test("Nothing of the inside of an error is shown, and the reference shown stands in the log")
    func hidesTheInside() async throws {
        let house = try await TestHouse.empty()
        let page = try await house.get("/fails/badly")
        #expect(!page.text.contains("Acacia"))
        #expect(!page.text.contains("PrivateFault"))
        let shown = try #require(page.text.split(separator: "Reference: <strong>").last?.prefix(8))
        let line = try #require(house.log.all.first { $0.contains("reference=\(shown)") })
        #expect(line.hasPrefix("error failed"))
        #expect(line.contains("PrivateFault"))
        #expect(!line.contains("Acacia"))
        let store = try await house.get("/fails/faulty")
        #expect(!store.text.contains("secret_column"))
        #expect(house.log.all.contains { $0.contains("secret_column") })
    }

    @Test("What is not our fault makes no error in the log")
    func keepsTheLogForFaults() async throws {
        let house = try await TestHouse.empty()
        _ = try await house.get("/nothing")
        _ = try await house.get("/fails/missing")
        _ = try await house.send("POST", "/list/7")
        #expect(!house.log.all.contains { $0.hasPrefix("error") })
    }

    @Test("A program that asks for JSON gets its errors in JSON")
    func negotiates() async throws {
        let house = try await TestHouse.empty()
        let json = try await house.get("/nothing", headers: [("Accept", "application/json")])
        #expect(json.header("Content-Type") == "application/json; charset=utf-8")
        let browser = try await house.get("/nothing", headers: [("Accept", "text/html,application/json;q=0.9")])
        #expect(browser.header("Content-Type") == "text/html; charset=utf-8")
    }

    @Test("A full or absent database is told as such by /ready, and /health still answers", arguments: TestEngine.all)
    func readiness(engine: TestEngine) async throws {
        try await engine.withDatabase(Rooms.migrations) { database in
            let house = try await TestHouse(database: database, rooms: LoadedHouse.rooms).withAdministrator()
            #expect(try await house.get("/ready").status == 200)
            _ = try await database.write { try $0.run("update migration set checksum = 'other'") }
            let other = try await house.get("/ready")
            #expect(other.status == 503)
            #expect(other.text.contains("another version"))
            await database.close()
            #expect(try await house.get("/ready").status == 503)
            #expect(try await house.get("/health").status == 200)
        }
    }
}
