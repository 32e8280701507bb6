import Civil
import House
import Store
import StoreTestKit
import Testing

@testable import Directory

/// The areas as a spreadsheet: what is in force and what is coming, ward by ward.
@Suite struct AreaCSVTests {
    private func lines(_ visit: AreaVisit, _ address: String = "/staff/areas.csv") async throws -> [String] {
        let page = try await visit.get(address)
        #expect(page.status == 200, "\(page.text)")
        return page.text.split(whereSeparator: \.isNewline).map(String.init)
    }

    @Test(arguments: TestEngine.all)
    func `each ward of a published plan has a line with its area and base, and drafts have none`(
        _ engine: TestEngine
    ) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let fixture = AreaFixture(database)
            let visit = AreaVisit(room: fixture.room)
            let header = "\u{FEFF}Hub,Scheme,Area,Ward code,Ward,Base ID,Base,From,To"
            let none = try await lines(visit)
            #expect(none == [header])
            try await fixture.lay(columns: 3, rows: 2)
            let hub = try await fixture.hub()
            let scheme = try await fixture.scheme(hub)
            let territory = try await database.read { try Territory.of(hub, $0) }
            let tools = fixture.tools
            let plans = try await database.write { session in
                try [2, 3].map { count in
                    let plan = Plan(id: tools.ids.next(), schemeID: scheme.id, name: "Draft \(count)", tolerance: 0.4)
                    let drawn = try Drawing(territory, plan).draw(count: count, word: "mini-hub") { tools.ids.next() }
                    try Plans.insert(plan, drawn.state, session, tools)
                    return plan
                }
            }
            let drafts = try await lines(visit)
            #expect(drafts == [header])
            let today = tools.clock.today
            _ = try await database.write { try Publishing.publish(plans[0], from: today, edition: 1, $0, tools) }
            let published = try await lines(visit)
            #expect(published.count == 7)
            let state = try await database.read { try Plans.state(of: plans[0].id, $0) }
            for area in state.areas {
                let base = try #require(area.baseID)
                for ward in state.wards(of: area.id) {
                    let line = try #require(published.first { $0.contains(ward) })
                    #expect(line.hasPrefix("Fern Hub,Mini-hubs,\(area.name),\(ward),"))
                    #expect(line.contains(base) && line.hasSuffix(",\(today.iso),"), "\(line)")
                }
            }
            // One that is coming stands below the one in force, which then has a last day.
            _ = try await database.write {
                try Publishing.publish(plans[1], from: today.adding(days: 10), edition: 1, $0, tools)
            }
            let both = try await lines(visit)
            #expect(both.count == 13)
            #expect(both[1].hasSuffix(",\(today.iso),\(today.adding(days: 9).iso)"))
            #expect(both[12].hasSuffix(",\(today.adding(days: 10).iso),"))
        }
    }

    @Test(arguments: TestEngine.all)
    func `one hub can be asked for, networks stand without wards, and what is not understood is refused`(
        _ engine: TestEngine
    ) async throws {
        try await engine.withDatabase(Directory.migrations) { database in
            let fixture = AreaFixture(database)
            let visit = AreaVisit(room: fixture.room)
            try await fixture.lay(columns: 2, rows: 1)
            let hub = try await fixture.hub("=Fern, \"A\" Hub")
            _ = try await fixture.hub("Other Hub")
            let scheme = try await fixture.scheme(hub, word: "network", divides: .settings)
            let tools = fixture.tools
            let school = try await database.read {
                try $0.first("select id, name from setting where type = 'school' order by id")
            }
            let base = try #require(school)
            let plan = Plan(id: tools.ids.next(), schemeID: scheme.id, name: "Draft 1")
            try await database.write { session in
                let area = PlanState.Area(id: tools.ids.next(), name: "North", baseID: base.text("id"), isBaseLocked: true)
                try Plans.insert(plan, PlanState(areas: [area]), session, tools)
                try Publishing.publish(plan, from: tools.clock.today, edition: 1, session, tools)
            }
            let own = try await lines(visit, "/staff/areas.csv?hub=\(hub.slug)")
            #expect(own.count == 2)
            // What begins like a formula is no formula in a spreadsheet.
            #expect(own[1].hasPrefix("\"'=Fern, \"\"A\"\" Hub\",Mini-hubs,North,,,\(base.text("id")),\(base.text("name")),"))
            let other = try await lines(visit, "/staff/areas.csv?hub=other-hub")
            #expect(other.count == 1)
            let unknown = try await visit.get("/staff/areas.csv?hub=nobody")
            #expect(unknown.status == 404 && unknown.text.contains("other-hub"))
            let wrong = try await visit.get("/staff/areas.csv?near=E16")
            #expect(wrong.status == 400 && wrong.text.contains("hub="))
            let page = try await visit.get("/staff/hubs")
            #expect(page.holds("/staff/areas.csv"))
        }
    }
}
