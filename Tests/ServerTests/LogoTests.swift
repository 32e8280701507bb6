import Civil
import Foundation
import House
import Hummingbird
import NIOCore
import Pictures
import Store
import StoreTestKit
import TestKit
import Testing

@testable import Directory
@testable import Server

/// Logos through the real server: sent in, made ours, served under names of ours.
@Suite struct LogoTests {
    /// A server with one small hub that is ready to be opened.
    private func withHub(_ engine: TestEngine, _ body: @Sendable (TestHouse, String) async throws -> Void) async throws {
        try await engine.withDatabase(Rooms.migrations) { database in
            let house = try await TestHouse(database: database, rooms: LoadedHouse.rooms).withAdministrator()
            let tools = house.tools
            let path = try await database.write { session in
                try session.run("insert into authority (code, name, edition) values ('A1', 'Fernshire', '2024')")
                try session.run(
                    """
                    insert into ward (code, name, authority_code, edition, latitude, longitude, shape)
                    values ('W1', 'Alder', 'A1', '2024', 51.5, 0.0, '0,51.5 0.01,51.5 0.01,51.51 0,51.51 0,51.5')
                    """)
                return try Hubs.create(name: "Fern Hub", wards: ["W1"], isSample: true, session, tools).staffPath
            }
            try await body(house, path)
        }
    }

    private func send(_ files: [(field: String, name: String, bytes: [UInt8])], _ house: TestHouse, _ path: String) async throws
        -> TestHouse.Answered
    {
        var body: [UInt8] = []
        func line(_ text: String) { body += Array((text + "\r\n").utf8) }
        let fields = [
            ("name", "Fern Hub"), ("day-A1", "020 7946 0001"), ("night-A1", "020 7946 0002"), ("officer-A1", "020 7946 0003"),
        ]
        for (name, value) in fields {
            line("--edge")
            line("Content-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)")
        }
        for file in files {
            line("--edge")
            line("Content-Disposition: form-data; name=\"\(file.field)\"; filename=\"\(file.name)\"\r\nContent-Type: image/svg+xml\r\n")
            body += file.bytes
            line("")
        }
        line("--edge--")
        return try await house.send(
            "POST", path, headers: TestHouse.fromHere + [("Content-Type", "multipart/form-data; boundary=edge")],
            body: RequestBody(buffer: ByteBuffer(bytes: body)))
    }

    private static let png = [UInt8](
        Data(base64Encoded: "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFklEQVQI12P8z8DAwMDAxMDAwMDAAAANHQEDK+mmyAAAAABJRU5ErkJggg==")
            ?? Data())

    @Test("A logo is served under a name of ours, as what it is, and only once the hub is open to strangers", arguments: TestEngine.all)
    func servesLogos(engine: TestEngine) async throws {
        try await withHub(engine) { house, path in
            let saved = try await send([("logo", "../../evil.svg.html", Self.png)], house, "\(path)/identity")
            #expect(saved.status == 303, "\(saved.text.prefix(2_000))")
            let page = try await house.get("/hubs/fern-hub")
            let name = String(try #require(page.text.firstMatch(of: /src="(\/pictures\/[0-9a-f]{32}\.png)"/)).output.1)
            #expect(!page.text.contains("evil"))
            let mine = try await house.get(name)
            #expect(mine.status == 200 && mine.header("Content-Type") == "image/png" && mine.header("X-Content-Type-Options") == "nosniff")
            #expect(mine.header("Cache-Control") == "no-store" && mine.body.starts(with: [0x89, 0x50, 0x4E, 0x47]))
            #expect(try await house.asStranger.get(name).status == 404)
            #expect(try await house.asStranger.get("/hubs/fern-hub").status == 404)

            #expect(try await house.post("\(path)/opening", "do=open").status == 303)
            let theirs = try await house.asStranger.get(name)
            #expect(theirs.status == 200 && theirs.header("Cache-Control") == "public, max-age=31536000, immutable")
            #expect(theirs.body == mine.body)
            #expect(try await house.asStranger.get("/hubs/fern-hub").text.contains(name))
        }
    }

    @Test("Another logo takes the place of the first, which goes; one taken away goes too", arguments: TestEngine.all)
    func letsLogosGo(engine: TestEngine) async throws {
        try await withHub(engine) { house, path in
            func kept() async throws -> Int { try await house.tools.database.read { try $0.count("select count(*) from picture") } }
            _ = try await send([("logo", "a.png", Self.png), ("funder-logo", "b.png", Self.png)], house, "\(path)/identity")
            #expect(try await kept() == 2)
            let first = try #require(try await house.get("/hubs/fern-hub").text.firstMatch(of: /\/pictures\/[0-9a-f]+\.png/)).output
            _ = try await send([("logo", "c.png", Self.png)], house, "\(path)/identity")
            #expect(try await kept() == 2)
            #expect(try await house.get(String(first)).status == 404)
            #expect(try await house.post("\(path)/identity", "name=Fern+Hub&no-logo=yes&no-funder-logo=yes").status == 303)
            #expect(try await kept() == 0)
        }
    }

    @Test("What is not a picture is refused under its field, keeps nothing, and loses nothing that was typed", arguments: TestEngine.all)
    func refusesOthers(engine: TestEngine) async throws {
        try await withHub(engine) { house, path in
            let svg = Array("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>".utf8)
            let tries: [([UInt8], String)] = [
                (svg, "SVG drawing"), (Array(Self.png.prefix(40)), "damaged or not whole"),
                ([0xFF, 0xD8, 0xFF] + svg, "damaged or not whole"),
                ([UInt8](repeating: 0x89, count: 50_000_000), "50 MB"),
            ]
            for (bytes, words) in tries {
                let answered = try await send([("logo", "logo.png", bytes)], house, "\(path)/identity")
                #expect(answered.status == 422 && answered.text.contains(words), "\(words)")
                #expect(answered.text.contains("value=\"020 7946 0001\""))
                #expect(PageCheck.faults(in: answered.text).isEmpty)
            }
            let (pictures, numbers) = try await house.tools.database.read { session in
                (try session.count("select count(*) from picture"), try session.count("select count(*) from hub_safeguarding"))
            }
            #expect(pictures == 0 && numbers == 0)
        }
    }

    @Test("The directory on paper carries the logo, the funder, the colour and the numbers in itself", arguments: TestEngine.all)
    func printsTheHub(engine: TestEngine) async throws {
        try await withHub(engine) { house, path in
            _ = try await send([("logo", "a.png", Self.png)], house, "\(path)/identity")
            let tools = house.tools
            let area = try await tools.database.write { session in
                let hub = try Hubs.named("fern-hub", session)
                let scheme = try Schemes.create(name: "Mini-hubs", word: "mini-hub", divides: .wards, for: hub, session, tools)
                let plan = Plan(id: tools.ids.next(), schemeID: scheme.id, name: "Draft 1")
                let state = PlanState(areas: [.init(id: tools.ids.next(), name: "Alder area")], areaOfWard: [:])
                try Plans.insert(plan, state, session, tools)
                try Publishing.publish(plan, from: tools.clock.today, edition: plan.edition, session, tools)
                return state.areas[0].id
            }
            let page = try await house.get("/hubs/fern-hub/areas/\(area)/directory").text
            #expect(
                page.contains("src=\"data:image/png;base64,iVBOR") && page.contains("020 7946 0003")
                    && page.contains("Worried about a child?"))
        }
    }
}
