import Directory
import Store
import StoreTestKit
import TestKit
import Testing

@Suite struct SettingTests {
    private func withSettings(_ engine: TestEngine, _ body: @Sendable (TestHouse) async throws -> Void) async throws {
        try await TestHouse.open(on: engine) { house in
            try await house.database.write { session in
                try SampleRows.places(session)
                try SampleRows.add(
                    .init(id: "n1", postcode: "Z1 1AA", latitude: 51.51, longitude: 0.005, urn: "EY123456"), session)
                try SampleRows.add(
                    .init(
                        id: "n2", name: "Larkspur Lane Day Nursery", postcode: "Z1 1AA", latitude: 51.51, longitude: 0.005,
                        urn: "EY654321"), session)
                try SampleRows.add(.init(id: "s1", name: "Safe House Crèche", isSecret: true, address: "1 Hidden Road"), session)
                try SampleRows.add(.init(id: "g1", name: "Gone Nursery", status: "gone"), session)
            }
            try await body(house)
        }
    }

    private func facts(_ changes: [(String, String)]) -> [(String, String)] {
        let now: [(String, String)] = [
            ("type", "day-nursery"), ("name", "Larkspur Lane Nursery"), ("address", ""), ("town", ""), ("postcode", "Z1 1AA"),
            ("ward_code", "W1"), ("places", "40"), ("telephone", ""), ("email", ""), ("website", ""), ("status", "open"),
            ("note", ""), ("reason", ""),
        ]
        return now.map { name, value in (name, changes.first { $0.0 == name }?.1 ?? value) }
    }

    @Test(arguments: TestEngine.all) func everySettingPageIsWholeForStaffAndStrangers(engine: TestEngine) async throws {
        try await withSettings(engine) { house in
            let public_ = try await house.page("/settings/n1")
            #expect(public_.contains("Larkspur Lane Nursery") && public_.contains("EY123456"))
            let staff = try await house.page("/staff/settings/n1")
            #expect(staff.contains("Correct a fact"))
            let asked1 = try await house.get("/settings/nobody")
            #expect(asked1.status == 404)
        }
    }

    @Test(arguments: TestEngine.all) func aSecretSettingIsNowhereForStrangersAndPlacedNowhere(engine: TestEngine) async throws {
        try await withSettings(engine) { house in
            for address in ["/settings/s1", "/api/v1/settings/s1"] {
                let reply = try await house.get(address)
                #expect(reply.status == 404 && !reply.text.contains("Safe House"))
            }
            for address in ["/settings", "/settings?view=map", "/settings.csv", "/settings.json?q=safe", "/settings/n1", "/"] {
                let reply = try await house.get(address)
                #expect(!reply.text.contains("Safe House") && !reply.text.contains("Hidden Road"), "\(address)")
            }
            let staff = try await house.page("/staff/settings/s1")
            #expect(staff.contains("Never shown to the public") && staff.contains("placed nowhere"))
            // A postcode given by hand does not place it either.
            _ = try await house.post("/staff/settings/s1/correct", facts([("name", "Safe House Crèche"), ("ward_code", "")]))
            let row = try await house.database.read { try $0.first("select * from setting where id = 's1'") }
            #expect(row?.realOrNil("latitude") == nil && row?.text("postcode") == "Z1 1AA")
        }
    }

    @Test(arguments: TestEngine.all) func aCorrectionStandsIsShownWithItsSourceAndCanBeUndone(engine: TestEngine) async throws {
        try await withSettings(engine) { house in
            let saved = try await house.post(
                "/staff/settings/n1/correct", facts([("name", "Larkspur House"), ("telephone", "020 7946 0001"), ("reason", "rang")]))
            #expect(saved.status == 303 && saved.location == "/staff/settings/n1?done=corrected")
            let page = try await house.page("/staff/settings/n1?done=corrected")
            #expect(page.contains("Larkspur House") && page.contains("corrected by hand"))
            #expect(page.contains("Larkspur Lane Nursery") && page.contains("rang"))
            let id = try await house.database.read {
                try $0.first("select id from correction where field = 'name' and undone_at is null")?.text("id") ?? ""
            }
            let undone = try await house.post("/staff/settings/n1/corrections/\(id)/undo")
            #expect(undone.status == 303)
            let after = try await house.page("/settings?q=larkspur+lane+nursery")
            #expect(after.contains("Larkspur Lane Nursery"))
            let asked2 = try await house.post("/staff/settings/n1/corrections/\(id)/undo")
            #expect(asked2.status == 404)
        }
    }

    @Test(arguments: TestEngine.all) func aNewPostcodeMovesTheSettingToItsWard(engine: TestEngine) async throws {
        try await withSettings(engine) { house in
            _ = try await house.post("/staff/settings/n1/correct", facts([("postcode", "z11ab")]))
            let row = try await house.database.read { try $0.first("select * from setting where id = 'n1'") }
            #expect(row?.text("ward_code") == "W2" && row?.text("postcode") == "Z1 1AB" && row?.text("place_basis") == "live")
            // A postcode nobody knows falls back to the middle of its sector.
            _ = try await house.post("/staff/settings/n1/correct", facts([("postcode", "Z1 1ZZ"), ("ward_code", "W2")]))
            let later = try await house.database.read { try $0.first("select * from setting where id = 'n1'") }
            #expect(later?.text("place_basis") == "sector" && later?.realOrNil("longitude") == 0.02)
        }
    }

    @Test(arguments: TestEngine.all) func whatCannotBeRightIsSaidAndKept(engine: TestEngine) async throws {
        try await withSettings(engine) { house in
            let reply = try await house.post(
                "/staff/settings/n1/correct",
                facts([("postcode", "nowhere"), ("places", "many"), ("email", "x"), ("name", "<b>Bold</b> & \"quoted\"")]))
            #expect(reply.status == 422 && PageCheck.faults(in: reply.text).isEmpty)
            #expect(reply.text.contains("There is a problem") && reply.text.contains("value=\"nowhere\""))
            #expect(!reply.text.contains("<b>Bold</b>"))
            let row = try await house.database.read { try $0.first("select name from setting where id = 'n1'") }
            #expect(row?.text("name") == "Larkspur Lane Nursery")
        }
    }

    @Test(arguments: TestEngine.all) func twoPeopleAtOnceLoseNothing(engine: TestEngine) async throws {
        try await withSettings(engine) { house in
            let first = try await house.post("/staff/settings/n1/correct", facts([("note", "mine")]) + [("version", "1")])
            #expect(first.status == 303)
            let second = try await house.post("/staff/settings/n1/correct", facts([("note", "theirs")]) + [("version", "1")])
            #expect(second.status == 422 && second.text.contains("Somebody else changed") && second.text.contains("theirs"))
            let row = try await house.database.read { try $0.first("select note from setting where id = 'n1'") }
            #expect(row?.text("note") == "mine")
        }
    }

    @Test(arguments: TestEngine.all) func aSettingNoRegisterKnowsIsAdded(engine: TestEngine) async throws {
        try await withSettings(engine) { house in
            let empty = try await house.post("/staff/settings/new", [])
            #expect(empty.status == 422 && empty.text.contains("Choose what kind") && empty.text.contains("Write the setting"))
            #expect(PageCheck.faults(in: empty.text).isEmpty)
            let added = try await house.post(
                "/staff/settings/new", [("type", "stay-and-play"), ("name", "Thursday Stay and Play"), ("postcode", "Z1 1AB")])
            #expect(added.status == 303)
            let page = try await house.page("/settings?q=thursday")
            #expect(page.contains("Thursday Stay and Play") && page.contains("Hillside"))
            let own = try await house.page(added.location ?? "")
            #expect(own.contains("on no official register"))
        }
    }

    @Test(arguments: TestEngine.all) func aMergeMovesTheNumbersAndIsUndone(engine: TestEngine) async throws {
        try await withSettings(engine) { house in
            let offered = try await house.page("/staff/settings/n2/merge")
            #expect(offered.contains("Larkspur Lane Nursery"))
            let confirm = try await house.page("/staff/settings/n2/merge/n1")
            #expect(confirm.contains("Merge the two records"))
            let asked3 = try await house.post("/staff/settings/n2/merge/n1")
            #expect(asked3.status == 303)
            let kept = try await house.page("/staff/settings/n1")
            #expect(kept.contains("EY654321") && kept.contains("EY123456"))
            let asked4 = try await house.get("/settings/n2")
            #expect(asked4.status == 404)
            let asked5 = try await house.post("/staff/settings/n2/merge/n1")
            #expect(asked5.status == 400)
            let merge = try await house.database.read { try $0.first("select id from merge")?.text("id") ?? "" }
            let asked6 = try await house.post("/staff/merges/\(merge)/undo")
            #expect(asked6.status == 303)
            let back = try await house.page("/settings/n2")
            #expect(back.contains("EY654321") && !back.contains("EY123456"))
        }
    }

    @Test(arguments: TestEngine.all) func twoSettingsCanShareOnePlace(engine: TestEngine) async throws {
        try await withSettings(engine) { house in
            let asked7 = try await house.post("/staff/settings/n1/same-place/n2")
            #expect(asked7.status == 303)
            let asked8 = try await house.page("/staff/settings/n1")
            #expect(asked8.contains("At the same place"))
            let asked9 = try await house.post("/staff/settings/n1/same-place/undo", [("other", "n2")])
            #expect(asked9.status == 303)
            let asked10 = try await house.page("/staff/settings/n1")
            #expect(asked10.contains("At the same place") == false)
        }
    }
}
