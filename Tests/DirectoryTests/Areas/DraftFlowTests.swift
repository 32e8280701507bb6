import Foundation
import House
import Store
import StoreTestKit
import TestKit
import Testing

@testable import Directory

@Suite struct DraftFlowTests {
    /// A hub of twelve wards with a scheme, and a first draft drawn through the form.
    private func drawn(_ fixture: AreaFixture, _ visit: AreaVisit) async throws -> (hub: Hub, plan: String) {
        try await fixture.lay(columns: 4, rows: 3)
        let hub = try await fixture.hub()
        let scheme = try await visit.post(
            "\(hub.staffPath)/schemes", [("name", "Mini-hubs"), ("word", "mini-hub"), ("divides", "wards")])
        let path = try #require(scheme.location?.split(separator: "?").first.map(String.init))
        let draft = try await visit.post(
            "\(path)/draw", [("count", "4"), ("balance", "settings"), ("tolerance", "40"), ("seed", "")])
        let plan = try #require(
            draft.location?.split(separator: "?").first?.split(separator: "/").last.map(String.init))
        return (hub, plan)
    }

    @Test(arguments: TestEngine.all) func aSchemeIsSetUpAndDrawnAndEveryWrongAnswerComesBackWithWhatWasTyped(
        engine: TestEngine
    ) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let fixture = AreaFixture(database)
            let visit = AreaVisit(room: fixture.room)
            try await fixture.lay(columns: 4, rows: 3)
            let hub = try await fixture.hub()
            #expect(try await visit.get("\(hub.staffPath)/schemes/new").status == 200)
            let empty = try await visit.post("\(hub.staffPath)/schemes", [])
            #expect(empty.status == 422 && empty.holds("Choose what the areas are made of"))
            let scheme = try await visit.postAndFollow(
                "\(hub.staffPath)/schemes", [("name", "Mini-hubs"), ("word", "mini-hub"), ("divides", "wards")])
            #expect(scheme.holds("No mini-hubs drawn yet"))
            let unsaid = try await visit.post("\(scheme.path)/draw", [])
            #expect(unsaid.status == 422 && unsaid.holds("Say how many areas you want"))
            let tooMany = try await visit.post(
                "\(scheme.path)/draw", [("count", "13"), ("balance", "places"), ("tolerance", "x"), ("seed", "-1")])
            #expect(tooMany.status == 422 && tooMany.holds("Ask for 1 to 12 areas") && tooMany.holds("value=\"13\""))
            #expect(tooMany.holds("Write a whole number of per cent") && tooMany.holds("Write a whole number from 0"))
            let places = try await visit.postAndFollow(
                "\(scheme.path)/draw", [("count", "3"), ("balance", "places"), ("tolerance", "20"), ("seed", "5")])
            #expect(places.holds("The draft is drawn") && places.holds("Where places are not known"))
            #expect(places.holds("middle one of its type"))
            #expect(try await visit.get(scheme.path).holds("Draft 1"))
            #expect(try await visit.get(hub.staffPath).holds("Not published yet"))
        }
    }

    @Test(arguments: TestEngine.all) func aWardIsMovedInTwoPressesAndTheMoveIsUndone(engine: TestEngine) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let fixture = AreaFixture(database)
            let visit = AreaVisit(room: fixture.room)
            let (_, plan) = try await drawn(fixture, visit)
            let picture = try await fixture.picture(plan)
            let path = picture.plan.path(in: picture.hub)
            let ward = AreaFixture.ward(0, 0)
            let page = try await visit.get(path)
            #expect(page.holds("?ward=\(ward)#move"), "the map leads to the ward's moves without a script")
            let choice = try await visit.get("\(path)?ward=\(ward)")
            #expect(choice.holds("Move here") && choice.holds("on average") && choice.holds("Lock Alder to"))
            #expect(try await visit.get("\(path)?ward=nonsense").holds("Press a ward on the map"))
            let to = try #require(picture.state.areas.first { $0.id != picture.state.areaOfWard[ward] })
            let moved = try await visit.postAndFollow(
                "\(path)/change", [("what", "move"), ("ward", ward), ("area", to.id), ("edition", "1")])
            #expect(moved.holds("Moved Alder from") && moved.holds("to \(to.name)"))
            #expect(try await fixture.picture(plan).state.areaOfWard[ward] == to.id)
            let undone = try await visit.postAndFollow("\(path)/undo", [("edition", "2")])
            #expect(undone.holds("The last step is undone"))
            #expect(try await fixture.picture(plan).state == picture.state)
            let nothing = try await visit.post("\(path)/undo", [("edition", "3")])
            #expect(nothing.status == 422 && nothing.holds("nothing to undo"))
            for bad in [
                [("what", "move")], [("what", "fly")],
                [("what", "move"), ("ward", "x"), ("area", to.id), ("edition", "3")],
            ] {
                #expect(try await visit.post("\(path)/change", bad).status == 422)
            }
        }
    }

    @Test(arguments: TestEngine.all) func ofTwoPeopleChangingOneDraftTheSecondIsToldAndNothingIsLost(
        engine: TestEngine
    ) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let fixture = AreaFixture(database)
            let visit = AreaVisit(room: fixture.room)
            let (_, plan) = try await drawn(fixture, visit)
            let picture = try await fixture.picture(plan)
            let path = picture.plan.path(in: picture.hub)
            _ = try await visit.post(
                "\(path)/change", [("what", "lock"), ("ward", AreaFixture.ward(0, 0)), ("edition", "1")])
            let second = try await visit.post(
                "\(path)/change", [("what", "lock"), ("ward", AreaFixture.ward(3, 2)), ("edition", "1")])
            #expect(second.status == 409 && second.holds("Somebody else changed this draft"))
            #expect(second.holds("Locked Alder") && second.holds("Do it all the same"))
            #expect(try await fixture.picture(plan).state.lockedWards == [AreaFixture.ward(0, 0)])
            let again = try await visit.post(
                "\(path)/change", [("what", "lock"), ("ward", AreaFixture.ward(3, 2)), ("edition", "2")])
            #expect(again.status == 303)
            let undo = try await visit.post("\(path)/undo", [("edition", "1")])
            #expect(undo.status == 409)
            let rename = try await visit.post("\(path)/name", [("name", "Ours"), ("edition", "1")])
            #expect(rename.status == 409)
            #expect(try await fixture.picture(plan).state.lockedWards.count == 2)
        }
    }

    @Test(arguments: TestEngine.all) func manyChangesAtTheSameMomentEachHappenOnceOrAreRefused(
        engine: TestEngine
    ) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let fixture = AreaFixture(database)
            let visit = AreaVisit(room: fixture.room)
            let (_, plan) = try await drawn(fixture, visit)
            let picture = try await fixture.picture(plan)
            let path = picture.plan.path(in: picture.hub)
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for column in 0..<4 {
                    for row in 0..<3 {
                        group.addTask {
                            try await visit.post(
                                "\(path)/change",
                                [("what", "lock"), ("ward", AreaFixture.ward(column, row)), ("edition", "1")]
                            ).status
                        }
                    }
                }
                return try await group.reduce(into: [Int]()) { $0.append($1) }
            }
            #expect(statuses.count { $0 == 303 } == 1 && statuses.count { $0 == 409 } == 11)
            let after = try await fixture.picture(plan)
            #expect(after.state.lockedWards.count == 1 && after.plan.edition == 2)
        }
    }

    @Test(arguments: TestEngine.all) func areasAreRenamedBasesChosenAndDrawnAgain(engine: TestEngine) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let fixture = AreaFixture(database)
            let visit = AreaVisit(room: fixture.room)
            let (_, plan) = try await drawn(fixture, visit)
            let picture = try await fixture.picture(plan)
            let path = picture.plan.path(in: picture.hub)
            let area = picture.state.areas[0]
            let page = try await visit.get("\(path)/areas/\(area.id)")
            #expect(page.holds("nearest first") && page.holds("Make it the base") && page.holds("The base now"))
            #expect(try await visit.post("\(path)/areas/\(area.id)", [("name", ""), ("edition", "1")]).status == 422)
            let twin = try await visit.post(
                "\(path)/areas/\(area.id)", [("name", picture.state.areas[1].name), ("edition", "1")])
            #expect(twin.status == 422 && twin.holds("is called"))
            _ = try await visit.postAndFollow(
                "\(path)/areas/\(area.id)", [("name", "  Riverside   Café "), ("edition", "1")])
            #expect(try await fixture.picture(plan).state.areas[0].name == "Riverside Café")
            let candidates = picture.candidates(for: area.id)
            #expect(candidates.map(\.mean) == candidates.map(\.mean).sorted())
            let other = try #require(candidates.first { $0.setting.id != area.baseID })
            let based = try await visit.postAndFollow(
                "\(path)/change",
                [("what", "base"), ("area", area.id), ("setting", other.setting.id), ("edition", "2")])
            #expect(based.holds("chosen by hand"))
            let home = try #require(picture.territory.counted.first { $0.isHome })
            let refused = try await visit.post(
                "\(path)/change", [("what", "base"), ("area", area.id), ("setting", home.id), ("edition", "3")])
            #expect(refused.status == 422 && refused.holds("cannot be the base"))
            let redrawn = try await visit.postAndFollow("\(path)/change", [("what", "redraw"), ("edition", "3")])
            #expect(redrawn.holds("Drew the areas again"))
            let after = try await fixture.picture(plan).state
            #expect(after.area(area.id)?.baseID == other.setting.id && after.area(area.id)?.name == "Riverside Café")
            _ = try await visit.postAndFollow("\(path)/undo", [("edition", "4")])
            _ = try await visit.postAndFollow(
                "\(path)/change", [("what", "free-base"), ("area", area.id), ("edition", "5")])
            #expect(try await fixture.picture(plan).state.area(area.id)?.isBaseLocked == false)
            #expect(try await visit.get("\(path)/areas/gone").status == 404)
        }
    }

    @Test(arguments: TestEngine.all) func aHandEditThatBreaksARuleIsSaidAndKept(engine: TestEngine) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let fixture = AreaFixture(database)
            let visit = AreaVisit(room: fixture.room)
            let (_, plan) = try await drawn(fixture, visit)
            let picture = try await fixture.picture(plan)
            let path = picture.plan.path(in: picture.hub)
            // The corner ward goes to the area of the corner across.
            let to = try #require(picture.state.areaOfWard[AreaFixture.ward(3, 2)])
            let page = try await visit.postAndFollow(
                "\(path)/change", [("what", "move"), ("ward", AreaFixture.ward(0, 0)), ("area", to), ("edition", "1")])
            #expect(page.holds("does not hang together") && page.holds("You can keep it as a draft"))
            let publish = try await visit.get("\(path)/publish")
            #expect(publish.holds("does not hang together") && publish.holds("Publish it all the same"))
            let unsure = try await visit.post("\(path)/publish", [("from", "1 January 2027"), ("edition", "2")])
            #expect(unsure.status == 422 && unsure.holds("Tick this to publish it"))
            let done = try await visit.postAndFollow(
                "\(path)/publish", [("from", "1 January 2027"), ("edition", "2"), ("accept", "yes")])
            #expect(done.holds("The plan is published") && done.holds("It was published all the same"))
        }
    }

    @Test(arguments: TestEngine.all) func aDraftIsCopiedNamedAndDeletedAfterAsking(engine: TestEngine) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let fixture = AreaFixture(database)
            let visit = AreaVisit(room: fixture.room)
            let (hub, plan) = try await drawn(fixture, visit)
            let path = "\(hub.staffPath)/plans/\(plan)"
            let copy = try await visit.postAndFollow("\(path)/copy", [])
            #expect(copy.holds("This is a copy") && copy.holds("Draft 2"))
            #expect(try await visit.post("\(path)/name", [("name", ""), ("edition", "1")]).status == 422)
            let named = try await visit.postAndFollow(
                "\(path)/name", [("name", "As the team wants it"), ("edition", "1")])
            #expect(named.holds("As the team wants it"))
            #expect(try await visit.get("\(path)/delete").holds("gone for good"))
            let stale = try await visit.post("\(path)/delete", [("edition", "1")])
            #expect(stale.status == 409)
            let gone = try await visit.postAndFollow("\(path)/delete", [("edition", "2")])
            #expect(gone.holds("The draft is deleted") && !gone.holds("As the team wants it"))
            #expect(try await visit.get(path).status == 404)
            #expect(try await visit.get(copy.path).status == 200)
        }
    }

    @Test(arguments: TestEngine.all) func twoDraftsAreShownSideBySideWithTheWardsThatDiffer(
        engine: TestEngine
    ) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let fixture = AreaFixture(database)
            let visit = AreaVisit(room: fixture.room)
            let (hub, plan) = try await drawn(fixture, visit)
            let picture = try await fixture.picture(plan)
            let scheme = picture.scheme.path(in: hub)
            #expect(try await visit.get("\(scheme)/compare").status == 400)
            let copy = try await visit.postAndFollow("\(hub.staffPath)/plans/\(plan)/copy", [])
            let same = try await visit.get("\(scheme)/compare")
            #expect(same.holds("No ward differs") && same.holds("Every ward is in the same area"))
            let second = try #require(copy.path.split(separator: "/").last.map(String.init))
            let state = try await fixture.picture(second).state
            let to = try #require(state.areas.first { $0.id != state.areaOfWard[AreaFixture.ward(1, 1)] })
            _ = try await visit.postAndFollow(
                "\(copy.path)/change",
                [("what", "move"), ("ward", AreaFixture.ward(1, 1)), ("area", to.id), ("edition", "1")])
            let page = try await visit.get("\(scheme)/compare?first=\(plan)&second=\(second)")
            #expect(page.holds("One ward differs") && page.holds("Mean distance to the base"))
            #expect(page.text.components(separatedBy: "class=\"map\"").count == 3, "two maps")
            #expect(
                try await visit.get("\(scheme)/compare?first=\(plan)&second=\(plan)").holds("Both are the same plan"))
        }
    }
}
