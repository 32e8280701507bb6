import Civil
import Files
import House
import Store
import StoreTestKit
import Testing

@testable import Directory
@testable import Identity
@testable import Server

/// What the command line does with roles and tokens, through the functions its verbs call.
@Suite struct DeskTests {
    private func refusal(_ body: () async throws -> Void) async -> String {
        do {
            try await body()
            return ""
        } catch {
            return (error as? Refusal)?.message ?? "\(error)"
        }
    }

    private func withHouse(_ engine: TestEngine, _ body: @Sendable (TestHouse) async throws -> Void) async throws {
        try await engine.withDatabase(Rooms.migrations) { database in
            let house = try TestHouse(database: database, rooms: LoadedHouse.rooms)
            try await body(house)
        }
    }

    private func audit(_ tools: Tools) async throws -> [String] {
        try await tools.database.read { session in
            try session.all(
                "select who, action, after, before from audit where action like 'identity.role.%' or action like 'identity.token.%' order by at, id"
            )
            .map { "\($0.text("who")) \($0.text("action")) \($0.textOrNil("after") ?? $0.textOrNil("before") ?? "")" }
        }
    }

    @Test("Roles are given and ended by the command line as by the pages, and stand in the trail", arguments: TestEngine.all)
    func roles(engine: TestEngine) async throws {
        try await withHouse(engine) { loaded in
            let tools = loaded.tools
            let book = Rooms.placeBook(tools)
            _ = try await Loader(tools: tools).apply(
                LoadRequest(
                    .wards, source: .file("\(LoadedHouse.data)/wards-2024-05-newham.geojson"), fileName: "wards.geojson",
                    editionDay: tools.clock.today))
            try await SampleHub.make(tools)
            let (hub, area, setting) = try await tools.database.read { session -> (PlaceBook.Entry, PlaceBook.Entry, PlaceBook.Entry) in
                let hub = try #require(try book.hubs(session).first { try !book.areas($0.id, session).isEmpty })
                return (
                    hub, try #require(try book.areas(hub.id, session).first), try #require(try book.settings(hub.id, "", session).first)
                )
            }
            try await PeopleDesk.add(name: "Mo Ito", email: "mo@example.org", isAdministrator: false, tools)
            func give(_ role: Role, hub: String? = nil, area: String? = nil, setting: String? = nil) async throws -> String {
                try await RoleDesk.give(
                    role, to: "MO@example.org", over: .init(hubID: hub, area: area, setting: setting, sector: nil), tools, book)
            }
            for (role, given) in [
                (Role.mentor, try await give(.mentor, hub: hub.id)),
                (.coordinator, try await give(.coordinator, hub: hub.id, area: area.name.uppercased())),
                (.manager, try await give(.manager, hub: hub.id, setting: setting.id)),
            ] { #expect(given.hasPrefix(role.name)) }
            // A second time changes nothing.
            _ = try await give(.mentor, hub: hub.id)
            let held = try await RoleDesk.all(of: "mo@example.org", tools, book)
            #expect(held.map(\.role) == [.mentor, .coordinator, .manager])
            #expect(held.map(\.over) == [hub.name, area.name, setting.name])

            for (refused, words) in [
                (await refusal { _ = try await give(.mentor) }, "Say which with --hub"),
                (await refusal { _ = try await give(.administrator, hub: hub.id) }, "over everything"),
                (await refusal { _ = try await give(.coordinator, hub: hub.id) }, "--area"),
                (await refusal { _ = try await give(.coordinator, hub: hub.id, area: "Nowhere") }, area.name),
                (await refusal { _ = try await give(.manager, setting: setting.id) }, "--hub"),
                (await refusal { _ = try await give(.manager, hub: hub.id, setting: "No such nursery") }, "No such nursery"),
                (await refusal { _ = try await RoleDesk.end("none", tools) }, "eyhub role list"),
                (await refusal { _ = try await RoleDesk.all(of: "nobody@example.org", tools, book) }, "eyhub user add"),
            ] { #expect(refused.contains(words), "\(refused)") }

            let mentor = try #require(held.first)
            #expect(try await RoleDesk.end(mentor.id, tools) == "mo@example.org")
            let again = await refusal { _ = try await RoleDesk.end(mentor.id, tools) }
            #expect(again.contains("ended already"))
            #expect(try await RoleDesk.all(of: "mo@example.org", tools, book).map(\.role) == [.coordinator, .manager])
            let trail = try await audit(tools)
            #expect(trail.contains("command-line identity.role.given mentor hub:\(hub.id)"))
            #expect(trail.contains("command-line identity.role.ended mentor hub:\(hub.id)"))
        }
    }

    @Test("The last administrator stays, whoever asks", arguments: TestEngine.all)
    func lastAdministrator(engine: TestEngine) async throws {
        try await withHouse(engine) { loaded in
            let tools = loaded.tools
            let book = Rooms.placeBook(tools)
            try await PeopleDesk.add(name: "Zoe", email: "zoe@example.org", isAdministrator: true, tools)
            var last = ""
            for line in try await RoleDesk.all(of: nil, tools, book) where line.role == .administrator {
                last = await refusal { _ = try await RoleDesk.end(line.id, tools) }
            }
            #expect(last.contains("last administrator"))
            #expect(try await RoleDesk.all(of: nil, tools, book).contains { $0.role == .administrator })
        }
    }

    @Test(
        "A token made by the command line opens what it names and nothing its owner may not; taken back it opens nothing",
        arguments: TestEngine.all)
    func tokens(engine: TestEngine) async throws {
        try await withHouse(engine) { loaded in
            let house = loaded.asStranger
            let tools = loaded.tools
            let book = Rooms.placeBook(tools)
            try await PeopleDesk.add(name: "Zoe", email: "zoe@example.org", isAdministrator: true, tools)
            func make(_ deeds: [String], name: String = "Monitoring", days: Int = 30) async throws -> String {
                try await TokenDesk.make(for: "zoe@example.org", name: name, deeds: deeds, days: days, all: Rooms.deeds, tools, book)
            }
            let early = await refusal { _ = try await make(["server.metrics.read"]) }
            #expect(early.contains("second step"))
            try await tools.database.write { session in
                _ = try session.run("update person set second_step_at = \(tools.clock.now) where email = 'zoe@example.org'")
            }
            for (refused, words) in [
                (await refusal { _ = try await make([]) }, "server.metrics.read"),
                (await refusal { _ = try await make(["no.such.deed"]) }, "“no.such.deed” is nothing"),
                (await refusal { _ = try await make(["server.metrics.read"], days: 31) }, "30, 90, 365"),
                (await refusal { _ = try await make(["server.metrics.read"], name: "  ") }, "--name"),
                (await refusal { try await TokenDesk.revoke("none", tools) }, "eyhub token list"),
            ] { #expect(refused.contains(words), "\(refused)") }

            let token = try await make(["server.metrics.read"])
            let bearer = [("Authorization", "Bearer \(token)"), ("Accept", "application/json")]
            #expect(try await house.get("/metrics", headers: bearer).status == 200)
            #expect(try await house.get("/api/v1/staff/faults", headers: bearer).status == 403)
            let line = try #require(try await TokenDesk.all(of: "zoe@example.org", tools).first)
            #expect(line.name == "Monitoring" && line.deeds == ["server.metrics.read"] && line.lastUsed != nil)
            try await TokenDesk.revoke(line.id, tools)
            #expect(try await house.get("/metrics", headers: bearer).status == 401)
            #expect(try await TokenDesk.all(of: nil, tools).isEmpty)
            let trail = try await audit(tools)
            #expect(trail.contains("command-line identity.token.made server.metrics.read"))
            #expect(trail.contains { $0.hasPrefix("command-line identity.token.revoked") })
        }
    }
}
