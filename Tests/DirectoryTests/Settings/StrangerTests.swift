import Directory
import Foundation
import House
import Store
import StoreTestKit
import TestKit
import Testing

/// `docs/rules/what-strangers-see.md`, over every public page, file and API answer there is.
@Suite("What strangers see") struct StrangerTests {
    /// Words and figures that stand in the data and must stand in no public answer.
    static let secrets: [String] = [
        "Hidden", "Amina", "7 Secret Street", "020 7946", "Z1 1AC", "51.5123", "0.0123", "Team only", "refuge@example",
    ]

    private func fill(_ house: TestHouse) async throws {
        try await house.database.write { session in
            try SampleRows.places(session)
            try SampleRows.add(
                .init(id: "open", name: "Larkspur Lane Nursery", postcode: "Z1 1AA", latitude: 51.51, longitude: 0.005, urn: "EY123456"),
                session)
            try session.run("update setting set note = 'Team only' where id = 'open'")
            try SampleRows.add(
                .init(
                    id: "home", type: .childminder, name: "Amina Begum", postcode: "Z1 1AC", latitude: 51.5123, longitude: 0.0123,
                    telephone: "020 7946 0000", address: "7 Secret Street", urn: "EY222222"), session)
            try SampleRows.add(
                .init(id: "domestic", type: .domestic, name: "Amina’s Place", postcode: "Z1 1AC", latitude: 51.5123, longitude: 0.0123),
                session)
            try SampleRows.add(
                .init(
                    id: "secret", name: "Hidden Refuge Crèche", ward: "W1", isSecret: true, email: "refuge@example.org",
                    address: "Hidden Road", urn: "EY333333"), session)
            try SampleRows.add(.init(id: "gone", name: "Hidden Since It Is Gone", status: "gone"), session)
            try SampleRows.add(.init(id: "closed", name: "Hidden Since It Is Closed", status: "closed"), session)
            try session.run(
                "insert into hub (id, name, slug, is_sample, created_at) values ('h', 'Exham Hub', 'exham', 0, '2026-01-01T00:00:00Z')")
            for ward in ["W1", "W2"] { try session.run("insert into hub_ward (hub_id, ward_code) values ('h', \(ward))") }
            try session.run(
                """
                insert into scheme (id, hub_id, name, word, divides, created_at)
                values ('sc', 'h', 'Mini-hubs', 'mini-hub', 'wards', '2026-01-01T00:00:00Z')
                """)
            try session.run(
                """
                insert into plan (id, scheme_id, name, status, from_day, balanced_by, tolerance, seed, notes, edition, created_at, updated_at)
                values ('p', 'sc', 'First', 'published', '2026-01-01', 'settings', 0.1, 1, '', 1, '2026-01-01T00:00:00Z',
                    '2026-01-01T00:00:00Z')
                """)
            try session.run(
                "insert into area (id, plan_id, name, position, base_id, is_base_locked) values ('a', 'p', 'Waterside', 1, 'open', 0)")
            for ward in ["W1", "W2"] {
                try session.run(
                    "insert into area_ward (plan_id, ward_code, area_id, is_locked) values ('p', \(ward), 'a', 0)")
            }
        }
    }

    /// Every stranger's address: each route with every record's id in it, and every link found on the way.
    private func walk(_ house: TestHouse, _ visit: (String, TestHouse.Reply) -> Void) async throws -> Int {
        let values: [String: [String]] = [
            "id": ["open", "home", "domestic", "secret", "gone", "closed"], "slug": ["exham"], "hub": ["exham"], "area": ["a"],
            "scheme": ["sc"], "plan": ["p"],
        ]
        var queue: [String] = []
        for route in house.directory.routes where route.audience == .stranger && route.method == .get {
            var addresses = [""]
            for part in route.pattern.split(separator: "/") {
                let choices = part.hasPrefix("{") ? values[String(part.dropFirst().dropLast())] ?? ["x"] : [String(part)]
                addresses = addresses.flatMap { address in choices.map { "\(address)/\($0)" } }
            }
            queue += addresses.map { $0.isEmpty ? "/" : $0 }
        }
        queue += ["hidden", "amina", "EY333333", "EY222222", "Z1 1AC"].flatMap { word in
            ["/settings?q=", "/settings.csv?q=", "/settings.json?q=", "/settings?view=map&older=yes&q="].map {
                $0 + word.split(separator: " ").joined(separator: "+")
            }
        }
        queue += ["/settings?near=Z1+1AA&miles=25&view=map", "/settings?hub=exham&view=map", "/settings?area=a&view=map"]
        var seen: Set<String> = []
        while let address = queue.popLast() {
            guard seen.count < 600, seen.insert(address).inserted else { continue }
            let reply = try await house.get(address)
            visit(address, reply)
            guard reply.contentType.hasPrefix("text/html") else { continue }
            for link in HTMLDocument(reply.text).all("a").compactMap({ $0["href"] })
            where link.hasPrefix("/") && !link.hasPrefix("/staff") {
                queue.append(String(link.prefix { $0 != "#" }))
            }
        }
        return seen.count
    }

    @Test(arguments: TestEngine.all) func noPublicAnswerTellsWhatMustNotBeTold(engine: TestEngine) async throws {
        try await TestHouse.open(on: engine) { house in
            try await fill(house)
            let count = try await walk(house) { address, reply in
                for secret in Self.secrets where reply.text.contains(secret) {
                    // What somebody typed comes back in the search box; that is theirs, not ours.
                    let typed = address.lowercased().contains(secret.lowercased().split(separator: " ").joined(separator: "+"))
                    if !typed { Issue.record("\(address) tells “\(secret)”") }
                }
                // The house of the tests has no PDF maker, which is said with 503.
                #expect(reply.status < 500 || address.hasSuffix(".pdf"), "\(address)")
            }
            #expect(count > 25)
        }
    }

    /// The walk would notice: the same data without its protection is told.
    @Test(arguments: TestEngine.all) func theWalkFindsASecretThatIsLetOut(engine: TestEngine) async throws {
        try await TestHouse.open(on: engine) { house in
            try await fill(house)
            try await house.database.write { session in
                try session.run(
                    "update setting set is_secret = 0, version = \(try session.count("select version + 1 from directory_version"))")
                try session.run("update directory_version set version = version + 1")
            }
            var told: Set<String> = []
            _ = try await walk(house) { _, reply in told.formUnion(Self.secrets.filter { reply.text.contains($0) }) }
            #expect(told.contains("Hidden"))
        }
    }

    @Test(arguments: TestEngine.all) func aHomeShowsOnlyWhatItAgreedTo(engine: TestEngine) async throws {
        try await TestHouse.open(on: engine) { house in
            try await fill(house)
            for field in ["name", "address", "postcode", "telephone"] {
                _ =
                    _ = try await house.database.write { session in
                        try session.run(
                            "insert into agreed_field (setting_id, field, from_at) values ('home', \(field), '2026-01-01T00:00:00Z')")
                    }
            }
            let page = try await house.page("/settings/home")
            #expect(page.contains("Amina Begum") && page.contains("020 7946 0000"))
            #expect(!page.contains("7 Secret Street") && !page.contains("Z1 1AC") && !page.contains("51.5123"))
        }
    }
}
