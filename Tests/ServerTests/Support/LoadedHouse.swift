import Civil
import Directory
import Files
import Foundation
import House
import Identity
import Server
import Store
import StoreTestKit

/// A server over the bundled registers with the demonstration's hubs, loaded once for all the tests that only read.
enum LoadedHouse {
    static let shared = Task { try await make() }

    /// The files of the six areas, beside the sources.
    static let data = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("data/six-areas").path

    /// The same without schools and hubs, and of its own, for tests that write.
    static func small() async throws -> TestHouse {
        let house = try await empty(try Databases.open("sqlite::memory:"))
        try await load(house, [(.wards, "wards-2024-05-newham.geojson"), (.ofsted, "ofsted-2021-08-31.csv.gz")])
        return house
    }

    private static func make() async throws -> TestHouse {
        let house = try await empty(try Databases.open("sqlite::memory:"))
        try await fill(house)
        return house
    }

    /// The rooms of the house as the program has them.
    static func rooms(_ tools: Tools) -> [any Room] {
        Rooms(tools, secrets: SecretBox(secret: "a secret key of the tests"), isDemo: true, passphraseRounds: 16).all
    }

    static func empty(_ database: any Database) async throws -> TestHouse {
        try await database.migrate(Rooms.migrations, clock: TestEngine.clock)
        return try await TestHouse(database: database, rooms: LoadedHouse.rooms).withAdministrator()
    }

    static func fill(_ house: TestHouse) async throws {
        try await load(
            house,
            [
                (.wards, "wards-2024-05-newham.geojson"), (.postcodes, "postcodes-2025-10.csv.gz"),
                (.deprivation, "deprivation-2025.csv.gz"), (.ofsted, "ofsted-2021-08-31.csv.gz"),
                (.schools, "schools-2024-06.csv.gz"),
            ])
        try await DemoHubs.newham(house.tools)
        try await SampleHub.make(house.tools)
        _ = try await Checking.run(house.tools)
    }

    /// Ground for an invented hub.
    static func loadWards(_ house: TestHouse) async throws { try await load(house, [(.wards, "wards-2024-05-newham.geojson")]) }

    private static func load(_ house: TestHouse, _ files: [(LoadKind, String)]) async throws {
        let loader = Loader(tools: house.tools)
        for (kind, name) in files {
            let day = Day(iso: "2026-01-01") ?? TestEngine.clock.today
            _ = try await loader.apply(
                LoadRequest(kind, source: .file("\(data)/\(name)"), fileName: name, editionDay: day))
        }
    }
}
