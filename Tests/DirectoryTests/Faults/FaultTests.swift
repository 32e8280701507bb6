import Directory
import House
import Store
import StoreTestKit
import Testing

@Suite struct FaultTests {
    @Test(arguments: TestEngine.all) func eachFaultIsFoundWithItsMend(engine: TestEngine) async throws {
        try await TestHouse.open(on: engine) { house in
            try await house.database.write { session in
                try SampleRows.places(session)
                try SampleRows.add(.init(id: "double1", postcode: "Z1 1AA", latitude: 51.5, longitude: 0), session)
                try SampleRows.add(.init(id: "double2", postcode: "Z1 1AA", latitude: 51.5, longitude: 0), session)
                try SampleRows.add(.init(id: "noward", name: "No Ward", ward: nil), session)
                try SampleRows.add(.init(id: "noplaces", name: "No Places", places: 0, urn: "EY111111"), session)
                try SampleRows.add(.init(id: "hidden", type: .childminder, name: nil, ward: nil), session)
                try SampleRows.add(.init(id: "gone", name: "Gone", status: "gone"), session)
                try SampleRows.add(.init(id: "closed", name: "Closed", ward: nil, status: "closed"), session)
                try SampleRows.add(.init(id: "old", name: "Old Postcode", postcode: "Z1 1AC"), session)
                try session.run("update setting set place_basis = 'terminated' where id = 'old'")
                try SampleRows.add(.init(id: "far", name: "Far", postcode: "Z1 1AA", latitude: 51.5, longitude: 0), session)
                try session.run("update setting set authority_code = 'A9' where id = 'far'")
            }
            let counts = try await Checking.run(house.tools)
            let found = Dictionary(counts.map { ($0.fault.rawValue, $0.count) }, uniquingKeysWith: { $1 })
            #expect(
                found == [
                    "no-local-name": 1, "no-ward": 1, "unknown-postcode": 0, "terminated-postcode": 1, "no-places": 1,
                    "same-name-and-postcode": 2, "other-authority": 1, "gone-from-register": 1, "disputed-correction": 0,
                ])
            let page = try await house.page("/staff/faults")
            #expect(page.contains("No ward is known") && page.contains("We know"))
            for fault in Fault.allCases { _ = try await house.page("/staff/faults/\(fault.rawValue)") }
            let asked1 = try await house.page("/staff/faults/no-ward")
            #expect(asked1.contains("No Ward"))
            let asked2 = try await house.get("/staff/faults/nonsense")
            #expect(asked2.status == 404)
        }
    }

    @Test(arguments: TestEngine.all) func completenessIsTheShareOfSixFactsAndIsKeptByDay(engine: TestEngine) async throws {
        try await TestHouse.open(on: engine) { house in
            try await house.database.write { session in
                try SampleRows.places(session)
                // Five of six: no inspection. Two of six: a ward, which for a home is its address too.
                try SampleRows.add(
                    .init(
                        id: "full", postcode: "Z1 1AA", latitude: 51.5, longitude: 0, telephone: "1", address: "1 Road"), session)
                try SampleRows.add(.init(id: "thin", type: .childminder, name: nil, places: nil), session)
            }
            try await Completeness.record(house.tools)
            try await Completeness.record(house.tools)
            let rows = try await house.database.read { try $0.all("select * from completeness where scope = 'authority:A1'") }
            let scores = Dictionary(rows.map { ($0.text("type"), $0.realOrNil("score") ?? 0) }, uniquingKeysWith: { $1 })
            #expect(scores.count == 3)
            #expect(abs((scores["all"] ?? 0) - 7.0 / 12.0) < 1e-9)
            #expect(abs((scores["day-nursery"] ?? 0) - 5.0 / 6.0) < 1e-9)
            #expect(abs((scores["childminder"] ?? 0) - 2.0 / 6.0) < 1e-9)
        }
    }
}
