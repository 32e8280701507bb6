import Civil
import Directory
import Files
import Foundation
import House
import Server
import Store
import StoreTestKit

/// A server over the bundled registers with the demonstration's hubs, loaded once for all the tests that only read.
enum LoadedHouse {
    static let shared = Task { try await make() }

    /// The files of the six areas, beside the sources.
    static let data = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("data/six-areas").path

    /// A database with the same in it, for tests that write.
    static func copy() async throws -> any Database { try await make().tools.database }

    private static func make() async throws -> TestHouse {
        let database = try Databases.open("sqlite::memory:")
        try await database.migrate(Rooms.migrations, clock: TestEngine.clock)
        let house = try TestHouse(database: database, rooms: Rooms.all)
        let loader = Loader(tools: house.tools)
        let files: [(LoadKind, String)] = [
            (.wards, "wards-2024-05-newham.geojson"), (.postcodes, "postcodes-2025-10.csv.gz"),
            (.deprivation, "deprivation-2025.csv.gz"), (.ofsted, "ofsted-2021-08-31.csv.gz"),
            (.schools, "schools-2024-06.csv.gz"),
        ]
        for (kind, name) in files {
            let day = Day(iso: "2026-01-01") ?? TestEngine.clock.today
            _ = try await loader.apply(
                LoadRequest(kind, source: .file("\(data)/\(name)"), fileName: name, editionDay: day))
        }
        try await DemoHubs.newham(house.tools)
        try await SampleHub.make(house.tools)
        _ = try await Checking.run(house.tools)
        return house
    }
}
