import Civil
import Directory
import House
import HubNetwork
import Store
import StoreTestKit
import TestKit
import Testing

@testable import Identity
@testable import Server

/// A hub with a published pledge, for tests of pledges and agreements.
struct PledgeHouse: Sendable {
    let lead: TestHouse
    /// The pages of the agreement, for the team.
    let path: String
    let agreement: String

    /// `h1` with its sample pledge, or its collaboration agreement, published by its lead.
    static func with(
        _ engine: TestEngine, start: String = "sample-pledge", _ body: @Sendable (PledgeHouse) async throws -> Void
    ) async throws {
        try await engine.withDatabase(Rooms.migrations) { database in
            let house = try TestHouse(database: database, rooms: LoadedHouse.rooms)
            try await PlacedSettings.make(house.tools)
            let lead = try await house.signedIn("lead@example.org", RoleGrant(.hubLead, hub: "h1"))
            let made = try await lead.post("/staff/network/hub-one/pledges/new", "start=\(start)")
            let draft = try #require(made.header("Location"))
            let path = String(draft.dropLast("/draft".count))
            let published = try await lead.post("\(path)/draft/publish", "edition=1")
            #expect(published.header("Location") == "\(path)?done=published")
            try await body(PledgeHouse(lead: lead, path: path, agreement: String(path.split(separator: "/").last ?? "")))
        }
    }

    var stranger: TestHouse { lead.asStranger }

    func manager(of setting: String, _ email: String = "manager@example.org") async throws -> TestHouse {
        try await lead.signedIn(email, RoleGrant(.manager, hub: "h1", setting: setting))
    }

    static func key(_ number: Int) -> String { "00000000-0000-7000-8000-\(String(100_000_000_000 + number))" }

    func count(_ table: SQL) async throws -> Int { try await lead.tools.database.read { try $0.count("select count(*) from \(table)") } }

    /// Enters one signature from paper, as the lead.
    @discardableResult
    func paper(_ setting: String, _ name: String, day: String = "22+November+2026", key: Int) async throws -> TestHouse.Answered {
        try await lead.post(
            "\(path)/paper", "key=\(Self.key(key))&setting=\(setting)&name=\(name.replacing(" ", with: "+"))&role=Manager&day=\(day)")
    }

    /// The figures on top of a page of the agreement, by what they count.
    func facts() async throws -> [String: String] {
        let page = try await lead.get(path).text
        let found = page.matches(of: /class="fact[^"]*"[^>]*><b>([^<]+)<\/b> <span>([^<]+)<\/span>/)
        return Dictionary(found.map { (String($0.output.2), String($0.output.1)) }, uniquingKeysWith: { first, _ in first })
    }

    /// How many settings have signed: "1 of 3".
    func settings() async throws -> String? {
        try await facts().first { $0.key.contains("settings have signed") }.map { "\($0.value) \($0.key.prefix(4))" }
    }
}

/// The rules of docs/rules/pledges.md on writing, publishing and counting.
@Suite struct AgreementTests {
    private func draft(_ title: String, aims: String, edition: Int) -> String {
        "edition=\(edition)&title=\(title)&aims=\(aims)&renews=yes&notice=30"
    }

    @Test(
        "What was signed never changes: a later draft and a later version touch neither its text nor its fingerprint",
        arguments: TestEngine.all)
    func freezes(engine: TestEngine) async throws {
        try await PledgeHouse.with(engine) { house in
            try await house.paper("s1", "Rosa Marsh", key: 1)
            let before = try await house.lead.tools.database.read { session in
                try session.all("select * from signature").map(\.values) + session.all("select * from agreement_version").map(\.values)
            }
            _ = try await house.lead.post("\(house.path)/draft", "")
            let saved = try await house.lead.post("\(house.path)/draft/save", draft("Another+pledge", aims: "Something+else", edition: 1))
            #expect(saved.header("Location") == "\(house.path)/draft?done=saved")
            let now = try await house.lead.tools.database.read { session in
                try session.all("select * from signature").map(\.values)
                    + session.all("select * from agreement_version where published_at is not null").map(\.values)
            }
            #expect(now == before)
            _ = try await house.lead.post("\(house.path)/draft/publish", "edition=2&again=no")
            let kept = try await house.lead.tools.database.read { session in
                try session.first(
                    "select s.fingerprint as of_signature, v.fingerprint as of_text, v.aims from signature s join agreement_version v on v.id = s.version_id"
                )
            }
            #expect(kept?.text("of_signature") == kept?.text("of_text") && kept?.text("aims").contains("Something else") == false)
            // The text anybody saves gives the same fingerprint, by whatever program it is made.
            let version = try #require(try await house.lead.get(house.path).text.firstMatch(of: /\/versions\/([0-9a-f-]+)/)).output.1
            let page = try await house.lead.get("\(house.path)/versions/\(version)").text
            #expect(page.contains("Unchanged") && page.contains("Something else"))
        }
    }

    @Test("A text that was altered behind the program’s back is told as changed", arguments: TestEngine.all)
    func noticesTampering(engine: TestEngine) async throws {
        try await PledgeHouse.with(engine) { house in
            #expect(try await house.lead.get(house.path).text.contains("Unchanged"))
            _ = try await house.lead.tools.database.write { try $0.run("update agreement_version set aims = 'Pay the hub'") }
            let page = try await house.lead.get(house.path).text
            #expect(!page.contains("Unchanged") && page.contains("The text is not the one that was published"))
        }
    }

    @Test("Two who write one draft: the second is told, both texts are kept, and nothing typed is lost", arguments: TestEngine.all)
    func twoEditors(engine: TestEngine) async throws {
        try await PledgeHouse.with(engine) { house in
            let other = try await house.lead.signedIn("second@example.org", RoleGrant(.hubLead, hub: "h1"))
            _ = try await house.lead.post("\(house.path)/draft", "")
            _ = try await house.lead.post("\(house.path)/draft/save", draft("Ours", aims: "First+wording", edition: 1))
            let clash = try await other.post("\(house.path)/draft/save", draft("Ours", aims: "Second+wording", edition: 1))
            #expect(clash.status == 409)
            #expect(clash.text.contains("A Hub lead changed this while you were writing"))
            #expect(
                clash.text.contains("<del>") && clash.text.contains("First wording") && clash.text.contains("Second wording</textarea>"))
            #expect(PageCheck.faults(in: clash.text).isEmpty)
            let now = try await house.lead.get("\(house.path)/draft").text
            #expect(now.contains("First wording</textarea>") && now.contains("came second, kept beside"))
            let kept = try await house.lead.tools.database.read {
                try $0.all("select aims from agreement_save where is_taken = 0").map { $0.text("aims") }
            }
            #expect(kept == ["Second wording"])
            // Saving again over what was shown is meant.
            let edition = try #require(clash.text.firstMatch(of: /name="edition" value="([0-9]+)"/)).output.1
            _ = try await other.post("\(house.path)/draft/save", draft("Ours", aims: "Second+wording", edition: Int(edition) ?? 0))
            #expect(try await house.lead.get("\(house.path)/draft").text.contains("Second wording</textarea>"))
            // Published while somebody writes: what they wrote comes back to them.
            _ = try await house.lead.post("\(house.path)/draft/publish", "edition=3")
            let late = try await other.post("\(house.path)/draft/save", draft("Ours", aims: "Too+late", edition: 3))
            #expect(late.status == 409 && late.text.contains("1. Too late"))
        }
    }

    @Test("A draft too long, without a title or with nothing in it is refused with what was typed", arguments: TestEngine.all)
    func refusesDrafts(engine: TestEngine) async throws {
        try await PledgeHouse.with(engine) { house in
            _ = try await house.lead.post("\(house.path)/draft", "")
            let long = String(repeating: "a+long+aim+", count: 2_000)
            let refused = try await house.lead.post("\(house.path)/draft/save", draft("", aims: long, edition: 1))
            #expect(
                refused.status == 422 && refused.text.contains("Use 20,000 characters or fewer")
                    && refused.text.contains("a long aim a long aim"))
            _ = try await house.lead.post("\(house.path)/draft/save", draft("Empty", aims: "", edition: 1))
            #expect(try await house.lead.post("\(house.path)/draft/publish", "edition=2").status == 400)
            // Somebody looked at an older edition.
            #expect(try await house.lead.post("\(house.path)/draft/publish", "edition=1").status == 400)
            #expect(try await house.count("agreement_version where published_at is not null") == 1)
            _ = try await house.lead.post("\(house.path)/draft/discard", "")
            #expect(try await house.count("agreement_version") == 1)
        }
    }

    @Test("A version that asks anew leaves older signatures uncounted; one that does not leaves them counted", arguments: TestEngine.all)
    func asksAnew(engine: TestEngine) async throws {
        try await PledgeHouse.with(engine) { house in
            try await house.paper("s1", "Rosa Marsh", key: 1)
            for (again, signed) in [("no", "1 of 3"), ("yes", "0 of 3")] {
                _ = try await house.lead.post("\(house.path)/draft", "")
                let edition = 1
                _ = try await house.lead.post("\(house.path)/draft/publish", "edition=\(edition)&again=\(again)")
                #expect(try await house.settings() == signed, "\(again)")
            }
            #expect(try await house.lead.get("\(house.path)/settings?show=missing").text.contains("Older text"))
            // Signing again renews: one signature stands for the person, and both are known.
            try await house.paper("s1", "rosa  MARSH", key: 2)
            #expect(try await house.facts()["signatures that count"] == "1")
            #expect(try await house.count("signature") == 2)
        }
    }

    @Test("An agreement of two parties counts once the hub has signed too; its certificate comes with that", arguments: TestEngine.all)
    func bothParties(engine: TestEngine) async throws {
        try await PledgeHouse.with(engine, start: "sample-collaboration") { house in
            let manager = try await house.manager(of: "s1")
            let own = "/own/s1/pledges/\(house.agreement)"
            let signed = try await manager.post(own, "key=\(PledgeHouse.key(1))&role=Manager&agree=yes")
            #expect(signed.header("Location") == "\(own)?done=signed")
            #expect(try await manager.get(own).text.contains("Waiting for the hub"))
            #expect(try await manager.get("\(own)/certificate").status == 404)
            #expect(try await house.lead.get("/staff").text.contains("signature waits for the hub’s own"))
            #expect(try await house.facts()["signatures that count"] == "0")
            let coordinator = try await house.lead.signedIn("co@example.org", RoleGrant(.coordinator, hub: "h1"))
            #expect(try await coordinator.post("\(house.path)/countersign", "").status == 403)
            #expect(try await coordinator.get("\(house.path)/draft/publish").status == 403)
            #expect(try await coordinator.get("\(house.path)/paper").status == 200)
            _ = try await house.lead.post("\(house.path)/countersign", "")
            #expect(try await house.facts()["signatures that count"] == "1")
            #expect(try await manager.get("\(own)/certificate").status == 200)
            let paper = try await manager.get("\(own)/certificate?print=yes").text
            #expect(paper.contains("Larkspur Nursery") && paper.contains("Signed for hub-one by <bdi>A Hub lead</bdi>"))
            #expect(!(try await house.lead.get("/staff").text.contains("waits for the hub’s own")))
        }
    }

    @Test(
        "A year later it is due, then over; signing again renews it, and taking that back brings the old one back",
        arguments: TestEngine.all)
    func renews(engine: TestEngine) async throws {
        try await PledgeHouse.with(engine) { house in
            try await house.paper("s1", "Rosa Marsh", day: "1+December+2025", key: 1)
            try await house.paper("s2", "Ann Lee", day: "1+October+2025", key: 2)
            try await house.paper("s3", "Rosa Diaz", day: "1+October+2026", key: 3)
            let live = "/staff/network/hub-one?show="
            #expect(try await house.lead.get(live + "renew-pledge").text.contains("by 1 December 2026"))
            let missing = try await house.lead.get(live + "no-pledge").text
            #expect(
                missing.contains("its year ended on 1 October 2026")
                    && !missing.contains("class=\"thing\" href=\"/staff/network/hub-one/settings/s3\""))
            #expect(try await house.facts()["to renew"] == "1")
            let renewed = try await house.paper("s1", "Rosa Marsh", key: 4)
            #expect(renewed.header("Location")?.hasSuffix("done=entered") == true)
            #expect(try await house.facts()["to renew"] == nil)
            let page = try #require(renewed.header("Location")).prefix { $0 != "?" }
            _ = try await house.lead.post("\(page)/withdraw", "because=entered+twice")
            #expect(try await house.facts()["to renew"] == "1")
            #expect(try await house.lead.get(String(page)).text.contains("entered twice"))
            _ = try await house.lead.post("\(page)/restore", "")
            #expect(try await house.facts()["to renew"] == nil)
        }
    }

    @Test("Signed by several of one setting and by one for several: people and settings are counted apart", arguments: TestEngine.all)
    func countsBoth(engine: TestEngine) async throws {
        try await PledgeHouse.with(engine) { house in
            // Somebody with an account signs for two settings: one person, two settings.
            let email = "two@example.org"
            var two = try await house.manager(of: "s1", email)
            two = try await house.manager(of: "s2", email)
            for (number, setting) in ["s1", "s2"].enumerated() {
                let signed = try await two.post(
                    "/own/\(setting)/pledges/\(house.agreement)", "key=\(PledgeHouse.key(number))&role=Manager&agree=yes")
                #expect(signed.status == 303)
            }
            // And a colleague signs for one of them on paper.
            try await house.paper("s1", "Colleague One", key: 9)
            let facts = try await house.facts()
            #expect(facts["signatures that count"] == "3" && facts["people"] == "2")
            #expect(try await house.settings() == "2 of 3")
            let list = try await house.lead.get("\(house.path)/settings.csv?show=missing").text
            #expect(list.contains("Rosa Childminding") && !list.contains("Larkspur"))
        }
    }

    @Test("Another hub’s people find none of it, whatever they put in the address", arguments: TestEngine.all)
    func keepsToItsHub(engine: TestEngine) async throws {
        try await PledgeHouse.with(engine) { house in
            let saved = try await house.paper("s1", "Rosa Marsh", key: 1)
            let signature = try #require(saved.header("Location")).prefix { $0 != "?" }
            let other = try await house.lead.signedIn("other@example.org", RoleGrant(.hubLead, hub: "h2"))
            let theirs = house.path.replacing("hub-one", with: "hub-two")
            for page in ["", "/draft", "/settings", "/settings.csv", "/signatures", "/paper", "/sheet", "/events", "/certificates/s1"] {
                #expect(try await other.get(house.path + page).status == 404, "\(page)")
                #expect(try await other.get(theirs + page).status == 404, "\(page)")
            }
            #expect(try await other.get(String(signature)).status == 404)
            #expect(try await other.post("\(signature)/withdraw", "because=x").status == 404)
            #expect(try await other.post("\(theirs)/paper", "setting=s4&name=x&key=\(PledgeHouse.key(5))").status == 404)
            let far = try await house.lead.signedIn("far@example.org", RoleGrant(.manager, hub: "h2", setting: "s4"))
            #expect(try await far.get("/own/s4/pledges/\(house.agreement)").status == 404)
            #expect(try await far.get("/own/s1/pledges/\(house.agreement)").status == 404)
            #expect(try await far.post("/own/s4/pledges/\(house.agreement)", "role=x&agree=yes").status == 404)
            #expect(try await house.count("signature") == 1)
        }
    }

    @Test(
        "Forgetting somebody takes their name from what they signed, also what was entered under it, and keeps that it was signed",
        arguments: TestEngine.all)
    func forgets(engine: TestEngine) async throws {
        try await PledgeHouse.with(engine) { house in
            // Entered from paper before she had an account, and signed on the page after.
            try await house.paper("s1", "Yasmin Begum", key: 1)
            try await PeopleDesk.add(name: "Yasmin Begum", email: "yasmin@example.org", isAdministrator: false, house.lead.tools)
            let yasmin = try await house.manager(of: "s1", "yasmin@example.org")
            _ = try await yasmin.post("/own/s1/pledges/\(house.agreement)", "key=\(PledgeHouse.key(2))&role=Owner&agree=yes")
            #expect(try await yasmin.get("/account/data").text.contains("Our partnership pledge"))
            let tools = house.lead.tools
            let names = try await tools.database.write { session in
                let id = try People.with(email: "yasmin@example.org", session)?.id ?? ""
                try People.forget(id, Rooms.holdings, tools, session)
                return try session.all("select name, role_words, name_key from signature").map { $0.text("name") + $0.text("role_words") }
            }
            #expect(!names.isEmpty && names.allSatisfy(\.isEmpty))
            #expect(try await house.settings() == "1 of 3")
        }
    }
}
