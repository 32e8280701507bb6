import Civil
import House
import Store
import StoreTestKit
import Testing

@testable import Identity
@testable import Server

/// Roles that begin on a day to come and end with one (docs/rules/permissions.md).
@Suite struct RoleTimeTests {
    private static let today = TestEngine.clock.now.dayInLondon

    private func withHouse(_ engine: TestEngine, _ body: @Sendable (_ house: TestHouse, _ lead: TestHouse) async throws -> Void)
        async throws
    {
        try await engine.withDatabase(Rooms.migrations) { database in
            let house = try await TestHouse(database: database, rooms: LoadedHouse.rooms).withAdministrator()
            try await PlacedSettings.make(house.tools)
            try await body(house, try await house.signedIn("lead@example.org", RoleGrant(.hubLead, hub: "h1")))
        }
    }

    private func look(_ house: TestHouse) async throws {
        let tools = house.tools.serving(.house).telling(by: Identity.newsDesk(SecretBox(secret: "a secret key of the tests")))
        try await RolesToCome(tools: tools, book: Rooms.placeBook(tools)).run()
    }

    private func roleID(of email: String, _ house: TestHouse) async throws -> String {
        try await house.tools.database.read { session in
            try session.first(
                "select r.id from role r join person p on p.id = r.person_id where p.email = \(email) and r.to_at is null")?.text("id")
                ?? ""
        }
    }

    private func day(_ days: Int) -> String { Self.today.adding(days: days).iso }

    @Test(
        "A role with a last day allows nothing from the moment it is over, and its record closes at that midnight",
        arguments: TestEngine.all)
    func ends(engine: TestEngine) async throws {
        try await withHouse(engine) { house, lead in
            let mentor = try await house.signedIn("mentor@example.org", RoleGrant(.mentor, hub: "h1"))
            let id = try await roleID(of: "mentor@example.org", house)
            let (path, last) = ("/staff/people/roles/\(id)", Self.today.adding(days: 30))
            #expect(try await lead.post("\(path)/last-day", "until=\(last.iso)").header("Location") == "/staff/people?done=last-day")
            #expect(try await lead.get("/staff/people").text.contains("until \(last.medium)"))
            #expect(try await lead.get("\(path)/end").text.contains("It ends with \(last.medium)."))
            let account = try await mentor.get("/account").text
            #expect(account.contains("until \(last.medium)"))
            // Until its last day is over it is a role like any other; the look that comes by changes nothing.
            _ = try await house.tools.database.write { try $0.run("update role set last_day = \(day(0)) where id = \(id)") }
            try await look(house)
            #expect(try await mentor.get("/staff/settings").status == 200)
            // Over, and nobody has looked yet.
            _ = try await house.tools.database.write { try $0.run("update role set last_day = \(day(-2)) where id = \(id)") }
            #expect(try await mentor.get("/staff/settings").status == 403)
            #expect(try await mentor.get("/account").text.contains("You have no role at the moment"))
            try await look(house)
            try await look(house)
            let row = try await house.tools.database.read { try $0.first("select * from role where id = \(id)") }
            #expect(row?.instant("to_at") == Instant.inLondon(Self.today.adding(days: -1), hour: 0))
            #expect(!(try await lead.get("/staff/people").text.contains("mentor@example.org")))
            let told = try await house.tools.database.read { session in
                try session.count("select count(*) from audit where action = 'identity.role.ended' and who = 'house'")
            }
            #expect(told == 1)
            #expect(try await lead.get("\(path)/end").status == 404)
        }
    }

    @Test("A last day is changed and taken away, and what cannot be is said and kept", arguments: TestEngine.all)
    func changes(engine: TestEngine) async throws {
        try await withHouse(engine) { house, lead in
            _ = try await house.signedIn("mentor@example.org", RoleGrant(.mentor, hub: "h1"))
            let path = "/staff/people/roles/\(try await roleID(of: "mentor@example.org", house))"
            for (wrong, words) in [
                (day(-1), "This day is over"), (day(4_000), "within ten years"), ("31/2/2027", "Enter a real date"),
                ("soon", "Enter a real date"),
            ] {
                let answered = try await lead.post("\(path)/last-day", "until=\(wrong.replacing("/", with: "%2F"))")
                #expect(answered.status == 422 && answered.text.contains(words) && answered.text.contains("value=\"\(wrong)\""), "\(wrong)")
            }
            _ = try await lead.post("\(path)/last-day", "until=\(day(3))")
            #expect(try await lead.post("\(path)/last-day", "until=").header("Location") == "/staff/people?done=no-last-day")
            #expect(!(try await lead.get("/staff/people").text.contains("<br>until")))
            let trail = try await lead.get("/staff/audit?words=last+day").text
            #expect(trail.contains("Set the last day of a role") && trail.contains(Self.today.adding(days: 3).medium))
            // Not theirs to do.
            let other = try await house.signedIn("other@example.org", RoleGrant(.hubLead, hub: "h2"))
            #expect(try await other.post("\(path)/last-day", "until=\(day(3))").status == 404)
        }
    }

    @Test("The only administrator without an end can be given none, nor forgotten", arguments: TestEngine.all)
    func lastAdministrator(engine: TestEngine) async throws {
        try await engine.withDatabase(Rooms.migrations) { database in
            let house = try TestHouse(database: database, rooms: LoadedHouse.rooms)
            let ada = try await house.signedIn("ada@example.org", RoleGrant(.administrator))
            _ = try await house.signedIn("bo@example.org", RoleGrant(.administrator))
            let (first, second) = (try await roleID(of: "ada@example.org", house), try await roleID(of: "bo@example.org", house))
            #expect(try await ada.post("/staff/people/roles/\(second)/last-day", "until=\(day(9))").status == 303)
            for (way, status) in [("last-day", 422), ("end", 400)] {
                let refused = try await ada.post("/staff/people/roles/\(first)/\(way)", "until=\(day(9))")
                #expect(refused.status == status && refused.text.contains("last administrator"), "\(way)")
            }
            let id = try await house.tools.database.read {
                try $0.first("select id from person where email = 'ada@example.org'")?.text("id")
            }
            let forgotten = try await ada.post("/staff/people/\(id ?? "")/forget", "")
            #expect(forgotten.status == 400 && forgotten.text.contains("last administrator"))
        }
    }

    @Test("An invitation says from when until when; what begins later gives nothing before its day", arguments: TestEngine.all)
    func begins(engine: TestEngine) async throws {
        try await withHouse(engine) { house, lead in
            let invite = "/staff/people/invite"
            let (first, last) = (Self.today.adding(days: 20), Self.today.adding(days: 90))
            let form = "people=Amina%2C+amina%40example.org&role=mentor&over=hub%3Ah1"
            for (wrong, words) in [
                ("from=\(day(90))&until=\(day(20))", "before the first"), ("from=\(day(500))", "within a year"),
                ("until=\(day(-1))", "This day is over"),
            ] {
                let answered = try await lead.post(invite, "\(form)&\(wrong)")
                #expect(answered.status == 422 && answered.text.contains(words) && answered.text.contains("amina@example.org"), "\(wrong)")
            }
            #expect(try await lead.post(invite, "\(form)&from=\(first.iso)&until=\(last.iso)").status == 303)
            let days = "from \(first.medium), until \(last.medium)"
            #expect(try await lead.get("/staff/people").text.contains(days))
            var amina = house.asStranger
            let link = try #require(try await amina.link(inLetterTo: "amina@example.org"))
            #expect(try await amina.get(link).text.contains(days))
            amina.cookie = amina.sessionCookie(in: try await amina.post(link, "name=Amina"))
            #expect(try await amina.get("/account").text.contains(days))
            #expect(try await amina.get("/staff/settings").status == 403)
            let list = try await lead.get("/staff/people").text
            #expect(list.contains("Begins later") && list.contains("Amina"))
            // The day has come.
            try await look(house)
            #expect(try await amina.get("/staff/settings").status == 403)
            _ = try await house.tools.database.write { try $0.run("update role_to_come set from_day = \(day(0))") }
            try await look(house)
            try await look(house)
            let begun = try await lead.get("/staff/people").text
            #expect(!begun.contains("Begins later") && begun.contains("until \(last.medium)"))
            let roles = try await house.tools.database.read { session in
                try session.count(
                    "select count(*) from role r join person p on p.id = r.person_id where p.email = 'amina@example.org' and r.to_at is null"
                )
            }
            #expect(roles == 1)
            #expect(try await amina.get("/account").text.contains("until \(last.medium)"))
        }
    }

    @Test("What has not begun is taken back by whoever may invite there, and goes with forgetting", arguments: TestEngine.all)
    func takenBack(engine: TestEngine) async throws {
        try await withHouse(engine) { house, lead in
            func give(_ email: String) async throws -> String {
                let tools = house.tools
                return try await tools.database.write { session in
                    let person = try People.findOrMake(name: "Amina", email: email, tools, session)
                    let time = RoleTime(first: Self.today.adding(days: 20))
                    _ = try Roles.give(RoleGrant(.mentor, hub: "h1"), time: time, to: person.id, tools, session)
                    // Given again with other days it is one role still.
                    return try Roles.give(RoleGrant(.mentor, hub: "h1"), time: time, to: person.id, tools, session)
                }
            }
            let id = try await give("amina@example.org")
            let path = "/staff/people/roles-to-come/\(id)/take-back"
            let other = try await house.signedIn("other@example.org", RoleGrant(.hubLead, hub: "h2"))
            #expect(try await other.post(path, "").status == 404)
            #expect(try await lead.post(path, "").status == 303)
            #expect(try await lead.post(path, "").status == 404)
            _ = try await give("amina@example.org")
            let person = try await house.tools.database.read { try $0.first("select id from person where email = 'amina@example.org'") }
            #expect(try await house.post("/staff/people/\(person?.text("id") ?? "")/forget", "").status == 303)
            let left = try await house.tools.database.read { try $0.count("select count(*) from role_to_come") }
            #expect(left == 0)
        }
    }
}
