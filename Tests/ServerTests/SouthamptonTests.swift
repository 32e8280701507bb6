import Civil
import Directory
import Files
import House
import Store
import StoreTestKit
import Testing

@testable import Identity
@testable import Server

/// The launch of the Southampton source, through the pages: 102 group settings and the city's childminders and schools invited, 173
/// pledges signed on one day, 39 champion volunteers, thirteen steps, first meetings due.
@Suite struct SouthamptonTests {
    private static let base = "/staff/network/southampton"
    /// Of each kind, in the order they are numbered: the group settings of the source, and as many others as sign with them.
    private static let kinds = [
        ("pre-school", "Pre-school", 62), ("day-nursery", "Nursery", 40), ("childminder", "Childminder", 51), ("school", "School", 20),
    ]
    private static let pledges = 173
    private static let volunteers = 39

    private struct City {
        let lead: TestHouse
        let settings: [(id: String, name: String)]
        let areas: [String]
    }

    /// The city's own wards, each an area of its own; the settings in them are invented.
    private func city(_ database: any Database) async throws -> City {
        let house = try TestHouse(database: database, rooms: LoadedHouse.rooms)
        _ = try await Loader(tools: house.tools).apply(
            LoadRequest(
                .wards, source: .file("\(LoadedHouse.data)/wards-2024-05-southampton.geojson"),
                fileName: "wards-2024-05-southampton.geojson", editionDay: Day(iso: "2026-01-01") ?? TestEngine.clock.today))
        let wards = try await house.tools.database.write { session in
            let wards = try session.all("select code from ward order by name").map { $0.text("code") }
            try session.run(
                "insert into hub (id, name, slug, is_sample, created_at) values ('h1', 'Southampton', 'southampton', 0, '2026-01-01T00:00:00Z')"
            )
            for ward in wards { try session.run("insert into hub_ward (hub_id, ward_code) values ('h1', \(ward))") }
            return wards
        }
        let names = wards.indices.map { "Locality \($0 + 1)" }
        try await DividedHub.divide(house, names)
        let settings = try await house.tools.database.write { session in
            for (index, ward) in wards.enumerated() {
                try session.run(
                    "insert into area_ward (plan_id, ward_code, area_id, is_locked) values ('p1', \(ward), \("p1-a\(index + 1)"), 0)")
            }
            return try Self.settings(in: wards, session)
        }
        let lead = try await house.signedIn("lead@example.org", RoleGrant(.hubLead, hub: "h1"))
        return City(lead: lead, settings: settings, areas: wards.indices.map { "p1-a\($0 + 1)" })
    }

    private static func settings(in wards: [String], _ session: any Session) throws -> [(id: String, name: String)] {
        var made: [(id: String, name: String)] = []
        for (type, word, count) in kinds {
            for number in 1...count {
                let (id, name) = ("\(type)-\(number)", "\(word) Number \(number) of the city")
                try session.run(
                    """
                    insert into setting (id, type, name, sort_key, place_basis, ward_code, is_home, is_secret, is_early_years, status, email,
                        version, created_at, updated_at)
                    values (\(id), \(type), \(name), \(name.lowercased()), 'ward', \(wards[made.count % wards.count]), \(type == "childminder"), 0,
                        1, 'open', \("\(id)@example.org"), 1, '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z')
                    """)
                made.append((id, name))
            }
        }
        return made
    }

    private func typed(_ text: String) -> String { text.replacing(" ", with: "+") }
    private func key(_ number: Int) -> String { "00000000-0000-7000-8000-\(String(100_000_000_000 + number))" }
    private func count(_ sql: SQL, _ city: City) async throws -> Int { try await city.lead.tools.database.read { try $0.count(sql) } }

    private func path(_ answered: TestHouse.Answered) throws -> String {
        String(try #require(answered.header("Location")).prefix { $0 != "?" })
    }

    @Test("The launch of a city: invited, signed, volunteered, and the first meetings due", arguments: TestEngine.all)
    func launch(engine: TestEngine) async throws {
        try await engine.withDatabase(Rooms.migrations) { database in
            let city = try await city(database)
            #expect(city.settings.count == Self.pledges)
            try await invites(city)
            try await signs(city)
            try await volunteers(city)
            try await plans(city)
            // The whole of it is on the one screen: nobody is left without a pledge, and every area has somebody.
            let live = try await city.lead.get("\(Self.base)?show=no-pledge").text
            #expect(live.contains("No setting fits all of this"))
            #expect(try await city.lead.get("\(Self.base)?show=no-champion").text.contains("No setting fits all of this"))
        }
    }

    /// A campaign over every setting; each area's part of it is seen.
    private func invites(_ city: City) async throws {
        let form = "title=Partners+in+Excellence&asks=to+come+to+the+launch&from=1+September+2026&pick=list"
        let campaign = try path(try await city.lead.post("\(Self.base)/campaigns/new", form))
        #expect(try await count("select count(*) from campaign_target where removed_at is null", city) == Self.pledges)
        let groups: SQL = """
            select count(*) from campaign_target t join setting s on s.id = t.setting_id where s.type in ('pre-school', 'day-nursery')
            """
        #expect(try await count(groups, city) == 102)
        let sent = try await city.lead.post("\(campaign)/letter/send", "")
        #expect(sent.header("Location") == "\(campaign)?done=sent&count=\(Self.pledges)")
        let page = try await city.lead.get(campaign).text
        #expect(page.contains("Locality 16") && page.contains("Childminder"))
    }

    /// 173 on one day: by telephone at the event, on their own pages, and from paper.
    private func signs(_ city: City) async throws {
        let draft = try path(try await city.lead.post("\(Self.base)/pledges/new", "start=sample-pledge"))
        let pledge = String(draft.dropLast("/draft".count))
        _ = try await city.lead.post("\(draft)/publish", "edition=1")
        let event = try await city.lead.post("\(pledge)/events", "title=Launch&first=22+November+2026")
        let poster = try await city.lead.get(try path(event)).text
        let code = String(try #require(poster.firstMatch(of: /href="(\/pledge\/[A-Z0-9]{12})"/)).output.1)
        let (byPhone, byPage) = (city.settings[..<102], city.settings[102..<110])
        let onPaper = city.settings[110...]
        for (number, setting) in byPhone.enumerated() {
            let signed = try await city.lead.asStranger.post(
                code, "key=\(key(number))&setting=\(typed(setting.name))&name=Phone+\(number)&role=Manager&agree=yes")
            #expect(signed.text.contains("You have signed."), "\(setting.name)")
        }
        for (number, setting) in byPage.enumerated() {
            let manager = try await city.lead.signedIn("m\(number)@example.org", RoleGrant(.manager, hub: "h1", setting: setting.id))
            let agreement = pledge.split(separator: "/").last ?? ""
            _ = try await manager.post("/own/\(setting.id)/pledges/\(agreement)", "key=\(key(500 + number))&role=Owner&agree=yes")
        }
        let lines = onPaper.enumerated().map { typed("\($1.name), Paper \($0), owner") }.joined(separator: "%0A")
        let sheet = try path(try await city.lead.post("\(pledge)/sheet", "lines=\(lines)&day=22+November+2026"))
        let fields = onPaper.enumerated().map { "setting-\($0)=\($1.id)" }.joined(separator: "&")
        _ = try await city.lead.post(sheet, fields)
        let page = try await city.lead.get(pledge).text
        #expect(page.contains("<b>\(Self.pledges)</b> <span>signatures that count"))
        #expect(page.contains("<b>\(Self.pledges)</b> <span>people"))
        #expect(page.contains("<b>\(Self.pledges)</b> <span>of \(Self.pledges) settings have signed"))
    }

    /// 39 volunteer on their telephones and each is given the area they asked for; the first meetings are due.
    private func volunteers(_ city: City) async throws {
        let opened = try await city.lead.post("\(Self.base)/champions/events", "title=The+launch").text
        let code = try #require(opened.firstMatch(of: /\/champions\/([A-Z0-9-]{14})</)?.output.1)
        for number in 0..<Self.volunteers {
            let wish = city.areas[number % city.areas.count]
            let stood = try await city.lead.asStranger.post(
                "/champions/\(code)", "name=Volunteer+\(number)&email=v\(number)%40example.org&wish=\(wish)")
            #expect(stood.status == 200)
        }
        let wishes = try await city.lead.tools.database.read { session in
            try session.all("select id, wish_area_id from champion").map { "area-\($0.text("id"))=\($0.text("wish_area_id"))" }
        }
        let today = typed(TestEngine.clock.today.medium)
        let given = try await city.lead.post("\(Self.base)/champions/give", "from=\(today)&" + wishes.joined(separator: "&"))
        #expect(given.status == 303)
        let page = try await city.lead.get("\(Self.base)/champions").text
        #expect(page.contains("<b>\(Self.volunteers)</b>"))
        #expect(page.matches(of: /Due by/).count == city.areas.count)
    }

    /// The thirteen steps, each with its day and somebody who does it.
    private func plans(_ city: City) async throws {
        let today = typed(TestEngine.clock.today.medium)
        let plan = try path(
            try await city.lead.post("\(Self.base)/rollout/new", "title=Our+plan&start=\(today)&sample=thirteen-steps"))
        _ = try await city.lead.signedIn("adviser@example.org", RoleGrant(.adviser, hub: "h1"))
        let (owner, steps) = try await city.lead.tools.database.read { session in
            (
                try session.first("select id from person where email_key = 'adviser@example.org'")?.text("id") ?? "",
                try session.all("select id, title, due_day from rollout_step order by position")
            )
        }
        #expect(steps.count == 13)
        for step in steps {
            let due = typed(try #require(step.day("due_day")).medium)
            let saved = try await city.lead.post(
                "\(plan)/steps/\(step.text("id"))", "version=1&title=\(typed(step.text("title")))&owner=\(owner)&due=\(due)")
            #expect(saved.status == 303)
        }
        #expect(try await count("select count(*) from rollout_step where owner_person is not null and due_day is not null", city) == 13)
        #expect(try await city.lead.get(plan).text.contains("0 of 13 steps done"))
    }
}
