import Civil
import House
import Store
import StoreTestKit
import Testing

@testable import Identity
@testable import Server

/// The rules of docs/rules/campaigns.md, through the pages.
@Suite struct CampaignTests {
    private static let base = "/staff/network/hub-one/campaigns"

    private func withHub(_ engine: TestEngine, _ body: @Sendable (_ lead: TestHouse) async throws -> Void) async throws {
        try await engine.withDatabase(Rooms.migrations) { database in
            let house = try TestHouse(database: database, rooms: LoadedHouse.rooms)
            try await PlacedSettings.make(house.tools)
            try await body(try await house.signedIn("lead@example.org", RoleGrant(.hubLead, hub: "h1")))
        }
    }

    private func key(_ number: Int) -> String { "00000000-0000-7000-8000-0000000000\(number + 10)" }

    private func names(_ page: String) -> [String] {
        page.matches(of: /class="thing" href="[^"]+"><bdi>([^<]+)<\/bdi>/).map { String($0.output.1) }
    }

    /// A campaign with every setting of the hub, and its path.
    private func campaign(_ lead: TestHouse, picks: String = "pick=list") async throws -> String {
        let made = try await lead.post("\(Self.base)/new", "title=Autumn+drive&asks=to+join&from=1+September+2026&\(picks)")
        let location = try #require(made.header("Location")?.split(separator: "?").first.map(String.init))
        // Without anybody on it, one is led on to choose.
        let path = location.hasSuffix("/add") ? String(location.dropLast(4)) : location
        #expect(made.status == 303 && path.hasPrefix("\(Self.base)/"))
        return path
    }

    /// The line of a setting on a campaign's list.
    private func target(_ setting: String, _ lead: TestHouse) async throws -> String {
        try await lead.tools.database.read {
            try $0.first("select id from campaign_target where setting_id = \(setting) order by id desc")?.text("id") ?? ""
        }
    }

    private func count(_ sql: SQL, _ lead: TestHouse) async throws -> Int { try await lead.tools.database.read { try $0.count(sql) } }

    @Test(
        "A filter of the live picture becomes a list; settings are added by filter or one by one, once, and taken off and put back",
        arguments: TestEngine.all)
    func picks(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            let live = try await lead.get("/staff/network/hub-one?type=childminder").text
            #expect(live.contains("Start a campaign with this one") && live.contains("campaigns/new?type=childminder&amp;pick=list"))
            let form = try await lead.get("\(Self.base)/new?type=childminder&pick=list").text
            #expect(form.contains("Make it with 1 setting") && form.contains("Rosa Childminding"))
            let path = try await campaign(lead, picks: "type=childminder&pick=list")
            #expect(names(try await lead.get(path).text) == ["Rosa Childminding"])
            let more = try await lead.get("\(path)/add").text
            #expect(more.contains("Add all 2") && !more.contains("Choose Rosa Childminding"))
            _ = try await lead.post("\(path)/add", "which=ticked&setting=s2&setting=s4")
            // One of another hub cannot be slipped in.
            #expect(names(try await lead.get(path).text) == ["Poppy Pre-school", "Rosa Childminding"])
            let all = try await lead.post("\(path)/add", "which=all")
            #expect(all.header("Location") == "\(path)?done=added&count=1")
            #expect(try await lead.post("\(path)/add", "which=all").header("Location") == "\(path)?done=added&count=0")
            let target = try await target("s2", lead)
            let removed = try await lead.post("\(path)/targets/\(target)/remove", "")
            let without = try await lead.get(try #require(removed.header("Location"))).text
            #expect(names(without) == ["Larkspur Nursery", "Rosa Childminding"] && without.contains("Put it back"))
            _ = try await lead.post("\(path)/targets/\(target)/restore", "")
            #expect(names(try await lead.get(path).text).count == 3)
        }
    }

    @Test(
        "From the first try to the third to joined: tries count, the timeline shows them, and who joins is a member",
        arguments: TestEngine.all)
    func followsThrough(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            let path = try await campaign(lead)
            let line = try await target("s1", lead)
            let call = "\(path)/targets/\(line)/call"
            for (number, day, outcome) in [(1, "7+September+2026", "no-answer"), (2, "10+September+2026", "message-left")] {
                _ = try await lead.post(call, "key=\(key(number))&outcome=\(outcome)&day=\(day)")
            }
            let tried = try await lead.get("\(path)?stage=tried").text
            #expect(names(tried) == ["Larkspur Nursery"] && tried.contains("Tried, not reached, 2 times"))
            // What was logged on the ordinary page counts too.
            _ = try await lead.post(
                "/staff/network/hub-one/log", "key=\(key(3))&setting=s1&how=visit&outcome=no-answer&day=14+September+2026")
            #expect(try await lead.get("\(path)?stage=tried").text.contains("3 times"))
            _ = try await lead.post(call, "key=\(key(4))&outcome=joined&note=Gladly&day=17+September+2026")
            #expect(names(try await lead.get("\(path)?stage=joined").text) == ["Larkspur Nursery"])
            let timeline = try await lead.get("/staff/network/hub-one/settings/s1").text
            #expect(
                timeline.contains("Gladly") && timeline.contains("A member since 17 September 2026") && timeline.contains("Autumn drive"))
            // Taken back, it is tried again.
            _ = try await lead.post("/staff/network/hub-one/contacts/\(key(4))/undo", "")
            _ = try await lead.post("/staff/network/hub-one/settings/s1/leave", "")
            #expect(names(try await lead.get("\(path)?stage=tried").text) == ["Larkspur Nursery"])
        }
    }

    @Test("Whoever declines says why, and the reasons are summed up; a declined one is rung no more", arguments: TestEngine.all)
    func declines(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            let path = try await campaign(lead)
            let call = "\(path)/targets/\(try await target("s2", lead))/call"
            let without = try await lead.post(call, "key=\(key(1))&outcome=declined&note=not+for+us")
            #expect(without.status == 422 && without.text.contains("Choose why") && without.text.contains("not for us"))
            _ = try await lead.post(call, "key=\(key(1))&outcome=declined&reason=No+time+just+now")
            let page = try await lead.get(path).text
            #expect(page.contains("Why some declined") && page.contains("No time just now: <b>1</b>"))
            #expect(!names(try await lead.get("\(path)?due=yes").text).contains("Poppy Pre-school"))
            let long = String(repeating: "spoken+words+", count: 1_700)
            let tooLong = try await lead.post(call, "key=\(key(2))&outcome=spoke&note=\(long)")
            #expect(
                tooLong.status == 422 && tooLong.text.contains("Use 20,000 characters or fewer")
                    && tooLong.text.contains("spoken words spoken"))
        }
    }

    @Test("Two people who ring the same setting at once are both kept, and one form sent twice is one call", arguments: TestEngine.all)
    func twoAtOnce(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            let other = try await lead.signedIn("other@example.org", RoleGrant(.champion, hub: "h1"))
            let path = try await campaign(lead)
            let call = "\(path)/targets/\(try await target("s1", lead))/call"
            async let mine = lead.post(call, "key=\(key(1))&outcome=no-answer&note=by+me")
            async let theirs = other.post(call, "key=\(key(2))&outcome=spoke&note=by+them")
            let (first, second) = try await (mine, theirs)
            #expect(first.status == 303 && second.status == 303)
            _ = try await lead.post(call, "key=\(key(1))&outcome=no-answer&note=by+me")
            #expect(try await count("select count(*) from campaign_call", lead) == 2)
            let timeline = try await lead.get("/staff/network/hub-one/settings/s1").text
            #expect(timeline.contains("by me") && timeline.contains("by them"))
        }
    }

    @Test(
        "My calls: the next on top with its number to press; what was logged goes off the list until it is due again",
        arguments: TestEngine.all)
    func myCalls(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            try await lead.tools.database.write { _ = try $0.run("update setting set telephone = '020 7946 0001' where id = 's1'") }
            let caller = try await lead.signedIn("caller@example.org", RoleGrant(.champion, hub: "h1"))
            #expect(try await caller.get("/staff/calls").text.contains("No calls on your list"))
            let path = try await campaign(lead)
            let id = try await lead.tools.database.read {
                try $0.first("select id from person where email_key = 'caller@example.org'")?.text("id") ?? ""
            }
            let shared = try await lead.post("\(path)/callers", "how=share&caller=\(id)&scope=nobody")
            #expect(shared.header("Location") == "\(path)?done=callers&count=3")
            #expect(try await lead.post("\(path)/callers", "how=share&scope=nobody").status == 422)
            let today = try await caller.get("/staff").text
            #expect(today.contains("calls to make"))
            let calls = try await caller.get("/staff/calls").text
            #expect(calls.contains("<h2><bdi>Larkspur Nursery</bdi></h2>") && calls.contains("tel:02079460001"))
            let line = try await target("s1", lead)
            let logged = try await caller.post("\(path)/targets/\(line)/call", "key=\(key(1))&outcome=no-answer&back=calls")
            #expect(logged.header("Location") == "/staff/calls?done=\(key(1))")
            let after = try await caller.get("/staff/calls?done=\(key(1))").text
            #expect(after.contains("Logged: no answer, Larkspur Nursery") && after.contains("Take it back"))
            #expect(after.contains("<h2><bdi>Poppy Pre-school</bdi></h2>") && after.contains("from 25 November 2026"))
            // A promise to ring sooner is kept, and ticked off by the next call.
            let next = try await target("s2", lead)
            _ = try await caller.post("\(path)/targets/\(next)/call", "key=\(key(2))&outcome=message-left&due=tomorrow")
            #expect(try await caller.get("/staff/next").text.contains("Ring again: Poppy Pre-school"))
            _ = try await caller.post("\(path)/targets/\(next)/call", "key=\(key(3))&outcome=spoke")
            #expect(try await caller.get("/staff/next").text.contains("Nothing is promised"))
        }
    }

    @Test(
        "A letter with an unknown field is refused by its name; with good fields it leaves once for each edition, and says who got none",
        arguments: TestEngine.all)
    func letters(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            let path = try await campaign(lead)
            let wrong = try await lead.post("\(path)/letter", "subject=Hello&words=Dear+%7Bfriend%7D+kept+here")
            #expect(wrong.status == 422 && wrong.text.contains("There is no field {friend}") && wrong.text.contains("kept here"))
            _ = try await lead.post("\(path)/letter", "subject=From+%7Bhub%7D&words=Dear+%7Bcontact%7D,%0A%0Acome,+%7Bsetting%7D.")
            let page = try await lead.get("\(path)/letter").text
            #expect(page.contains("come, Larkspur Nursery.") && page.contains("No e-mail address is held: 1"))
            #expect(try await lead.get("\(path)/letter/send").text.contains("Send 2 letters now?"))
            #expect(try await count("select count(*) from outbox where kind = 'campaign'", lead) == 0)
            #expect(try await lead.post("\(path)/letter/send", "").header("Location") == "\(path)?done=sent&count=2")
            #expect(try await lead.post("\(path)/letter/send", "").header("Location") == "\(path)?done=sent&count=0")
            let sent = try await lead.tools.database.read {
                try $0.all("select to_address, subject, text_body from outbox where kind = 'campaign' order by to_address")
            }
            #expect(sent.map { $0.text("to_address") } == ["office@larkspur.example.org", "rosa@example.org"])
            #expect(sent.allSatisfy { $0.text("subject") == "From hub-one" })
            #expect(sent[1].text("text_body").contains("come, Rosa Childminding.") && sent[1].text("text_body").contains("/letters/stop/"))
            #expect(names(try await lead.get("\(path)?stage=invited").text) == ["Larkspur Nursery", "Rosa Childminding"])
            #expect(try await lead.get("/staff/network/hub-one/settings/s1").text.contains("Invited by e-mail: Autumn drive"))
            _ = try await lead.post("\(path)/letter", "subject=Again&words=A+reminder&again=yes")
            #expect(try await lead.post("\(path)/letter/send", "").header("Location") == "\(path)?done=sent&count=2")
        }
    }

    @Test(
        "A letter that came back is shown; whoever wants no more gets none, from a link that only asks when it is opened",
        arguments: TestEngine.all)
    func bouncesAndStops(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            let path = try await campaign(lead)
            _ = try await lead.post("\(path)/letter/send", "")
            try await lead.tools.database.write { session in
                let now = lead.tools.clock.now
                try session.run(
                    """
                    update outbox set state = 'failed', bounced_at = \(now), bounce_reason = '550 no such mailbox'
                    where to_address = 'office@larkspur.example.org'
                    """)
            }
            #expect(try await lead.get("\(path)/letter").text.contains("550 no such mailbox"))
            #expect(try await lead.get(path).text.contains("Letter came back"))
            let stop = try #require(try await stopLink(lead))
            let stranger = lead.asStranger
            #expect(try await stranger.get(stop).text.contains("Stop them"))
            #expect(try await count("select count(*) from campaign_stop", lead) == 0)
            // As a mail program does it: from nowhere, without our token.
            let stopped = try await stranger.post(stop, "List-Unsubscribe=One-Click", headers: [("X-Form-Token", "")])
            #expect(stopped.status == 200 && stopped.text.contains("No more invitations"))
            _ = try await lead.post("\(path)/letter", "subject=Again&words=A+reminder&again=yes")
            #expect(try await lead.get("\(path)/letter").text.contains("Asked for no more letters: 1"))
            #expect(try await lead.post("\(path)/letter/send", "").header("Location") == "\(path)?done=sent&count=1")
            #expect(try await stranger.get("/letters/stop/none").status == 404)
        }
    }

    private func stopLink(_ lead: TestHouse) async throws -> String? { try await lead.link(inLetterTo: "rosa@example.org") }

    @Test(
        "Paper letters are a sheet each for those without e-mail, marked as posted and unmarked; mail merge guards what a spreadsheet would run",
        arguments: TestEngine.all)
    func paper(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            try await lead.tools.database.write { _ = try $0.run("update setting set name = '=Poppy' where id = 's2'") }
            let path = try await campaign(lead)
            #expect(sheets(try await lead.get("\(path)/letter/paper").text) == 3)
            _ = try await lead.post("\(path)/letter/send", "")
            let sheet = try await lead.get("\(path)/letter/paper").text
            #expect(sheets(sheet) == 1 && sheet.contains("=Poppy"))
            #expect(sheets(try await lead.get("\(path)/letter/paper?all=yes").text) == 3)
            #expect(try await lead.get("\(path)/letter/paper?part=2").status == 404)
            // No PDF maker here: it says so, and leads to the page.
            #expect(try await lead.get("\(path)/letter/letters.pdf").status == 503)
            #expect(try await lead.post("\(path)/letter/posted", "").header("Location") == "\(path)/letter?done=posted&count=1")
            #expect(names(try await lead.get("\(path)?stage=invited").text).count == 3)
            _ = try await lead.post("\(path)/letter/unposted", "")
            #expect(names(try await lead.get("\(path)?stage=listed").text) == ["=Poppy"])
            let merge = try await lead.get("\(path)/letter/merge.csv").text
            #expect(merge.contains("'=Poppy") && merge.contains("rosa@example.org") && merge.contains("Rosa Childminding"))
            let list = try await lead.get("\(path)/list.csv").text
            #expect(list.contains("'=Poppy") && list.contains("Invited"))
        }
    }

    private func sheets(_ page: String) -> Int { page.matches(of: /<article class="sheet">/).count }

    @Test(
        "Partners who are no setting are invited, rung and counted; their own data tells them, and it goes with them",
        arguments: TestEngine.all)
    func partners(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            let path = try await campaign(lead, picks: "")
            let wrong = try await lead.post("\(path)/partners", "name=Hana&organisation=Health+visiting&sector=health&email=hana")
            #expect(wrong.status == 422 && wrong.text.contains("Health visiting"))
            _ = try await lead.post("\(path)/partners", "name=Hana&organisation=Health+visiting&sector=health&email=hana%40example.org")
            #expect(names(try await lead.get(path).text) == ["Hana, Health visiting"])
            #expect(try await lead.post("\(path)/letter/send", "").header("Location") == "\(path)?done=sent&count=1")
            let line = try await lead.tools.database.read { try $0.first("select id from campaign_target")?.text("id") ?? "" }
            _ = try await lead.post("\(path)/targets/\(line)/call", "key=\(key(1))&outcome=spoke&due=week")
            #expect(try await lead.get("/staff/next").text.contains("Ring again: Hana, Health visiting"))
            _ = try await lead.post("\(path)/targets/\(line)/call", "key=\(key(2))&outcome=joined")
            #expect(names(try await lead.get("\(path)?stage=joined").text) == ["Hana, Health visiting"])
            // Known from here on in other campaigns of the hub.
            let second = try await campaign(lead, picks: "")
            #expect(try await lead.get("\(second)/add").text.contains("Hana, Health visiting"))
            let hana = try await lead.signedIn("hana@example.org", RoleGrant(.healthPartner, hub: "h1"))
            #expect(try await hana.get("/account/data.json").text.contains("Health visiting"))
        }
    }

    @Test("Two editors: the second is shown both versions, with what they typed, and may save it anyway", arguments: TestEngine.all)
    func twoEditors(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            let path = try await campaign(lead)
            _ = try await lead.post("\(path)/edit", "version=1&title=Theirs&asks=to+join&from=1+September+2026")
            let second = try await lead.post("\(path)/edit", "version=1&title=Mine&asks=to+host&from=1+September+2026")
            #expect(second.status == 409 && second.text.contains("while you were writing"))
            #expect(
                second.text.contains("value=\"Mine\"") && second.text.contains("Theirs")
                    && second.text.contains("name=\"version\" value=\"2\""))
            #expect(try await lead.post("\(path)/edit", "version=2&title=Mine&asks=to+host&from=1+September+2026").status == 303)
            #expect(try await lead.get(path).text.contains("Mine"))
            // The letter too: one who began from other words than those that stand is asked.
            let written = try await lead.get("\(path)/letter").text
            let shown = try #require(written.firstMatch(of: /name="shown" value="([^"]+)"/)).output.1
            #expect(try await lead.post("\(path)/letter", "shown=\(shown)&subject=Theirs&words=their+words").status == 303)
            let clash = try await lead.post("\(path)/letter", "shown=\(shown)&subject=Yours&words=your+words")
            #expect(clash.status == 409 && clash.text.contains("your words") && clash.text.contains("their words"))
            // The letter cannot be sent from there: it would be theirs that goes.
            #expect(!clash.text.contains("/letter/send") && clash.text.contains("Somebody changed this while you were writing."))
            let now = try #require(clash.text.firstMatch(of: /name="shown" value="([^"]+)"/)).output.1
            #expect(try await lead.post("\(path)/letter", "shown=\(now)&subject=Yours&words=your+words").status == 303)
            let wrong = try await lead.post("\(path)/edit", "version=3&title=Mine&asks=x&from=1+September+2026&to=1+August+2026")
            #expect(wrong.status == 422)
        }
    }

    @Test(
        "A campaign is closed with its result and opened again; closed, it takes no calls and sends no letters", arguments: TestEngine.all)
    func closes(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            let path = try await campaign(lead)
            let line = try await target("s1", lead)
            _ = try await lead.post("\(path)/close", "result=Most+of+them+came")
            #expect(try await lead.get(path).text.contains("Most of them came"))
            #expect(try await lead.post("\(path)/targets/\(line)/call", "key=\(key(1))&outcome=spoke").status == 400)
            #expect(try await lead.post("\(path)/letter/send", "").status == 400)
            #expect(try await lead.get(Self.base).text.contains("<h2><bdi>Closed</bdi></h2>"))
            _ = try await lead.post("\(path)/reopen", "")
            #expect(try await lead.post("\(path)/targets/\(line)/call", "key=\(key(1))&outcome=spoke").status == 303)
        }
    }

    @Test("Another hub's campaign is not there, and a champion rings but does not keep it", arguments: TestEngine.all)
    func reach(engine: TestEngine) async throws {
        try await withHub(engine) { lead in
            let path = try await campaign(lead)
            let line = try await target("s1", lead)
            let other = try await lead.signedIn("other@example.org", RoleGrant(.hubLead, hub: "h2"))
            let champion = try await lead.signedIn("champion@example.org", RoleGrant(.champion, hub: "h1"))
            let slipped = path.replacing("hub-one", with: "hub-two")
            #expect(try await other.get(path).status == 404)
            #expect(try await other.get(slipped).status == 404)
            #expect(try await other.post("\(slipped)/targets/\(line)/call", "key=\(key(1))&outcome=spoke").status == 404)
            #expect(try await champion.get(path).status == 200)
            #expect(try await champion.post("\(path)/targets/\(line)/call", "key=\(key(1))&outcome=spoke").status == 303)
            #expect(try await champion.post("\(path)/close", "").status == 403)
            #expect(try await champion.get("\(path)/letter").status == 403)
        }
    }

    @Test("A campaign's page takes as many statements for a hundred on the list as for one", arguments: TestEngine.all)
    func fewStatements(engine: TestEngine) async throws {
        try await engine.withDatabase(Rooms.migrations) { database in
            let counted = CountedDatabase(database)
            let house = try TestHouse(database: counted, rooms: LoadedHouse.rooms)
            try await PlacedSettings.make(house.tools)
            let lead = try await house.signedIn("lead@example.org", RoleGrant(.hubLead, hub: "h1"))
            let path = try await campaign(lead, picks: "setting=s1")
            let few = await counted.counting { try? await lead.get(path) }
            try await database.write { session in
                for number in 0..<100 {
                    try session.run(
                        """
                        insert into setting (id, type, name, sort_key, place_basis, ward_code, is_home, is_secret, is_early_years, status, version,
                            created_at, updated_at)
                        values (\("n\(number)"), 'childminder', \("Number \(number)"), 'n', 'none', 'E05000001', 1, 0, 1, 'open', 1, '2026', '2026')
                        """)
                }
            }
            _ = try await lead.post("\(path)/add", "which=all")
            _ = try await lead.post("\(path)/letter/posted", "")
            let many = await counted.counting { try? await lead.get(path) }
            #expect(many == few)
        }
    }
}
