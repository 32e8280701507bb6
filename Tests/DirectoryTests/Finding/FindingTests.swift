import Directory
import Foundation
import Store
import StoreTestKit
import Testing

@Suite struct FindingTests {
    private func withSettings(_ engine: TestEngine, _ body: @Sendable (TestHouse) async throws -> Void) async throws {
        try await TestHouse.open(on: engine) { house in
            try await house.database.write { session in
                try SampleRows.places(session)
                try SampleRows.add(
                    .init(
                        id: "n1", postcode: "Z1 1AA", latitude: 51.51, longitude: 0.005, outcome: "oeif-2", urn: "EY123456"),
                    session)
                try SampleRows.add(
                    .init(
                        id: "n2", type: .preschool, name: "Café Élan Pré-School", postcode: "Z1 1AB", ward: "W2",
                        latitude: 51.51, longitude: 0.03, places: 24), session)
                try SampleRows.add(
                    .init(id: "n3", type: .school, name: "Tidemill Primary", ward: "W2", latitude: 51.515, longitude: 0.031),
                    session)
                try SampleRows.add(.init(id: "c1", type: .childminder, name: nil, places: 6), session)
                try SampleRows.add(
                    .init(
                        id: "c2", type: .childminder, name: "Amina Begum", postcode: "Z1 1AA", latitude: 51.5101, longitude: 0.0051,
                        places: 6, telephone: "020 7946 0000", address: "7 Secret Street"), session)
                try SampleRows.add(
                    .init(
                        id: "club", type: .outOfSchool, name: "Holiday Club", places: nil, registers: "VCR", isEarlyYears: false),
                    session)
            }
            try await body(house)
        }
    }

    private func names(_ house: TestHouse, _ address: String) async throws -> String { try await house.page(address) }

    @Test(arguments: TestEngine.all) func aPartOfANameFindsItWhateverItsCaseAndAccents(engine: TestEngine) async throws {
        try await withSettings(engine) { house in
            for query in ["lark", "LANE nurs", "larkspur"] {
                let page = try await house.page("/settings?q=\(query.split(separator: " ").joined(separator: "+"))")
                #expect(page.contains("Larkspur Lane Nursery") && !page.contains("Tidemill"))
            }
            let accents = try await house.page("/settings?q=cafe+elan")
            #expect(accents.contains("Café Élan Pré-School"))
        }
    }

    @Test(arguments: TestEngine.all) func aLetterOrTwoAmissIsForgivenAndSaid(engine: TestEngine) async throws {
        try await withSettings(engine) { house in
            for query in ["larkspr", "lakrspur", "tidemil+prmary"] {
                let page = try await house.page("/settings?q=\(query)")
                #expect(page.contains("nearest names"), "\(query)")
            }
            let none = try await house.page("/settings?q=zzzzzz")
            #expect(none.contains("No setting fits all of this"))
        }
    }

    @Test(arguments: TestEngine.all) func aRegisterNumberFindsItsSetting(engine: TestEngine) async throws {
        try await withSettings(engine) { house in
            for number in ["EY123456", "ey123456"] {
                let page = try await house.page("/settings?q=\(number)")
                #expect(page.contains("Larkspur Lane Nursery"))
            }
        }
    }

    @Test(arguments: TestEngine.all) func aPostcodeSortsByDistanceAndKeepsToIt(engine: TestEngine) async throws {
        try await withSettings(engine) { house in
            let near = try await house.page("/settings?near=z11aa&miles=0.5")
            #expect(near.contains("Larkspur Lane Nursery") && !near.contains("Tidemill"))
            // A postcode typed where the name goes is a place too.
            let typed = try await house.page("/settings?q=Z1+1AA&miles=5")
            let first = try #require(typed.range(of: "Larkspur")), second = try #require(typed.range(of: "Tidemill"))
            #expect(first.lowerBound < second.lowerBound)
            let unknown = try await house.get("/settings?near=ZZ99+9ZZ")
            #expect(unknown.status == 422 && unknown.text.contains("not one we know"))
        }
    }

    @Test(arguments: TestEngine.all) func eachConditionNarrowsTheList(engine: TestEngine) async throws {
        try await withSettings(engine) { house in
            let cases: [(String, String, String)] = [
                ("type=school", "Tidemill", "Larkspur"), ("ward=W2", "Tidemill", "Larkspur"),
                ("places=30", "Larkspur", "Café"), ("outcome=oeif-2", "Larkspur", "Tidemill"),
                ("register=EYR&q=cafe", "Café", "Larkspur"),
            ]
            for (query, found, missing) in cases {
                let page = try await house.page("/settings?\(query)")
                #expect(page.contains(found) && !page.contains(missing), "\(query)")
            }
            let young = try await house.page("/settings")
            let all = try await house.page("/settings?older=yes")
            #expect(!young.contains("Holiday Club") && all.contains("Holiday Club"))
        }
    }

    @Test(arguments: TestEngine.all) func aStrangerIsNeverToldWhereAChildminderLives(engine: TestEngine) async throws {
        try await withSettings(engine) { house in
            for address in [
                "/settings", "/settings?view=map", "/settings.csv", "/settings.json", "/api/v1/settings", "/settings/c2",
                "/api/v1/settings/c2", "/settings?near=Z1+1AA", "/settings?q=amina", "/settings/n1",
            ] {
                let reply = try await house.get(address)
                #expect(reply.status == 200)
                for secret in ["Amina", "7 Secret Street", "020 7946", "51.5101", "0.0051"] {
                    #expect(!reply.text.contains(secret), "\(address) tells \(secret)")
                }
            }
            // Staff see her.
            let staff = try await house.page("/staff/settings?q=amina")
            #expect(staff.contains("Amina Begum"))
        }
    }

    @Test(arguments: TestEngine.all) func aStrangerFindsAChildminderByWhatStrangersAreTold(engine: TestEngine) async throws {
        try await withSettings(engine) { house in
            let page = try await house.page("/settings?q=childminder+riverside")
            #expect(page.contains("settings/c2") && !page.contains("Larkspur"))
        }
    }

    @Test(arguments: TestEngine.all) func distanceToAChildminderIsToTheMiddleOfHerWardForEverybody(engine: TestEngine) async throws {
        try await withSettings(engine) { house in
            let answer = try await house.get("/api/v1/staff/settings?q=amina&near=Z1+1AA")
            // The middle of Riverside lies 346 m east of the postcode; her house would be 13 m away.
            #expect(answer.text.contains("\"metres\":346"))
        }
    }

    @Test(arguments: TestEngine.all) func theListIsASpreadsheetAndJSONAtTheSameAddress(engine: TestEngine) async throws {
        try await withSettings(engine) { house in
            let csv = try await house.get("/settings.csv?type=school")
            #expect(csv.contentType.hasPrefix("text/csv") && csv.text.contains("Tidemill Primary"))
            #expect(csv.text.split(whereSeparator: \.isNewline).count == 2)
            let json = try await house.get("/settings.json?type=school")
            #expect(json.text.contains("\"total\":1"))
            let wrong = try await house.get("/settings.csv?near=nonsense")
            #expect(wrong.status == 400)
        }
    }

    @Test(arguments: TestEngine.all) func aChangeIsFoundAtOnce(engine: TestEngine) async throws {
        try await withSettings(engine) { house in
            _ = try await house.page("/settings")
            try await house.database.write { try SampleRows.add(.init(id: "x", name: "Brand New Nursery"), $0) }
            let page = try await house.page("/settings?q=brand+new")
            #expect(page.contains("Brand New Nursery") && !page.contains("nearest names"))
        }
    }

    @Test(arguments: TestEngine.all) func hostileQueriesAreOnlyWords(engine: TestEngine) async throws {
        try await withSettings(engine) { house in
            for query in [
                "q=%27%3B+drop+table+setting%3B--", "q=%3Cscript%3Ealert(1)%3C/script%3E", "q=%00%00", "page=99999999999999999999",
                "miles=-1&near=Z1+1AA", "miles=NaN&near=Z1+1AA", "type=nonsense", "sort=name;drop", "ward=%22%3E%3Csvg+onload=alert(1)%3E",
                "page=-5",
                "q=" + String(repeating: "a", count: 5_000), "hub=none", "area=none",
            ] {
                let reply = try await house.get("/settings?\(query)")
                #expect([200, 422].contains(reply.status), "\(query)")
                #expect(!reply.text.contains("<script>alert") && !reply.text.contains("<svg onload"))
            }
            let page = try await house.page("/settings")
            #expect(page.contains("Larkspur"))
        }
    }
}
