import Civil
import Foundation
import House
import Hummingbird
import NIOCore
import Pictures
import Store
import StoreTestKit
import TestKit
import Testing

@testable import Identity
@testable import Server

/// The rules of docs/rules/pledges.md on the ways of signing.
@Suite struct PledgeSigningTests {
    /// A code for today, made through the pages: where it leads, and its page for the team.
    private func event(_ house: PledgeHouse, first: String = "22+November+2026", last: String = "") async throws -> (String, String) {
        let made = try await house.lead.post("\(house.path)/events", "title=Launch+day&first=\(first)&last=\(last)")
        let page = String(try #require(made.header("Location")).prefix { $0 != "?" })
        let text = try await house.lead.get(page).text
        return (String(try #require(text.firstMatch(of: /href="(\/pledge\/[A-Z0-9]{12})"/)).output.1), page)
    }

    private func form(_ setting: String, _ name: String, key: Int, more: String = "") -> String {
        "key=\(PledgeHouse.key(key))&setting=\(setting)&name=\(name)&role=Manager&agree=yes\(more)"
    }

    private func signatures(_ house: PledgeHouse) async throws -> [String] {
        try await house.lead.tools.database.read {
            try $0.all("select setting_id, setting_words, name, how from signature where withdrawn_at is null order by id").map {
                [$0.textOrNil("setting_id") ?? "“\($0.text("setting_words"))”", $0.text("name"), $0.text("how")].joined(separator: " ")
            }
        }
    }

    // MARK: On the page

    @Test("A person signs for their own setting once; the second time they are told when, and nothing is added", arguments: TestEngine.all)
    func onThePage(engine: TestEngine) async throws {
        try await PledgeHouse.with(engine) { house in
            let manager = try await house.manager(of: "s1")
            let own = "/own/s1/pledges/\(house.agreement)"
            #expect(try await manager.get("/own/pledges").text.contains("Read and sign"))
            let unread = try await manager.post(own, "key=\(PledgeHouse.key(1))&role=Owner")
            #expect(unread.status == 422 && unread.text.contains("Tick the box") && unread.text.contains("value=\"Owner\""))
            for (number, done) in [(1, "signed"), (1, "signed"), (2, "already")] {
                let answered = try await manager.post(own, "key=\(PledgeHouse.key(number))&role=Owner&agree=yes")
                #expect(answered.header("Location") == "\(own)?done=\(done)")
            }
            #expect(try await manager.get("\(own)?done=already").text.contains("You have signed already, on 22 November 2026"))
            #expect(try await signatures(house) == ["s1 A Setting manager page"])
            #expect(try await manager.get("/own/s1/timeline").text.contains("Signed “Our partnership pledge”, version 1"))
            #expect(try await house.lead.get("/staff/network/hub-one/settings/s1").text.contains("A Setting manager, Owner"))
            #expect(try await manager.post("/own/s2/pledges/\(house.agreement)", "role=x&agree=yes").status == 403)
        }
    }

    @Test("Who signed takes it back; what a colleague signed is not theirs to take", arguments: TestEngine.all)
    func takesBack(engine: TestEngine) async throws {
        try await PledgeHouse.with(engine) { house in
            let manager = try await house.manager(of: "s1")
            let other = try await house.manager(of: "s1", "colleague@example.org")
            let own = "/own/s1/pledges/\(house.agreement)"
            _ = try await manager.post(own, "key=\(PledgeHouse.key(1))&role=Owner&agree=yes")
            let page = try await manager.get(own).text
            let back = String(try #require(page.firstMatch(of: /action="([^"]+\/withdraw)"/)).output.1)
            #expect(try await other.post(back, "").status == 403)
            #expect(!(try await other.get(own).text.contains("/withdraw")))
            #expect(try await manager.post(back, "because=by+mistake").header("Location") == "\(own)?done=withdrawn")
            #expect(try await signatures(house).isEmpty)
            _ = try await manager.post(own, "key=\(PledgeHouse.key(2))&role=Owner&agree=yes")
            #expect(try await signatures(house).count == 1)
        }
    }

    @Test("A text published while somebody reads the old one is not signed unread", arguments: TestEngine.all)
    func notUnread(engine: TestEngine) async throws {
        try await PledgeHouse.with(engine) { house in
            let manager = try await house.manager(of: "s1")
            let own = "/own/s1/pledges/\(house.agreement)"
            let version = try #require(try await manager.get(own).text.firstMatch(of: /name="version" value="([^"]+)"/)).output.1
            _ = try await house.lead.post("\(house.path)/draft", "")
            _ = try await house.lead.post("\(house.path)/draft/publish", "edition=1")
            let late = try await manager.post(own, "key=\(PledgeHouse.key(1))&role=Owner&agree=yes&version=\(version)")
            #expect(late.status == 422 && late.text.contains("published a new text"))
        }
    }

    // MARK: At an event

    @Test("With the code anybody signs in one go; sent twice it is one, signed twice it is told", arguments: TestEngine.all)
    func atAnEvent(engine: TestEngine) async throws {
        try await PledgeHouse.with(engine) { house in
            let (code, page) = try await event(house)
            let ask = try await house.stranger.get(code)
            #expect(ask.status == 200 && ask.text.contains("Be a Partner in Excellence") && PageCheck.faults(in: ask.text).isEmpty)
            for (key, words) in [(1, "You have signed."), (1, "You have signed."), (2, "Signed already on 22 November 2026.")] {
                let signed = try await house.stranger.post(code, form("larkspur+nursery", "Rosa+Marsh", key: key))
                #expect(signed.status == 200 && signed.text.contains(words), "\(key)")
            }
            #expect(try await signatures(house) == ["s1 Rosa Marsh phone"])
            #expect(try await house.lead.get(page).text.contains("1 signature came by it so far"))
            // The code typed from the poster works too.
            let typed = code.lowercased().replacing("/pledge/", with: "")
            #expect(try await house.stranger.get("/pledge/\(typed.prefix(4))-\(typed.dropFirst(4))").status == 200)
            // The team sees that it came by code, and strikes it out.
            let list = try await house.lead.get("\(house.path)/signatures").text
            let one = String(try #require(list.firstMatch(of: /href="([^"]+\/signatures\/[0-9a-f-]+)"/)).output.1)
            #expect(try await house.lead.get(one).text.contains("by event code, from a phone, “Launch day”"))
            #expect(try await house.lead.post("\(one)/withdraw", "").status == 422)
            _ = try await house.lead.post("\(one)/withdraw", "because=not+hers")
            #expect(try await signatures(house).isEmpty)
            // Somebody goes back to the form and signs for a second setting of theirs.
            for setting in ["Larkspur+Nursery", "Poppy+Pre-school"] {
                #expect(try await house.stranger.post(code, form(setting, "Rosa+Marsh", key: 7)).text.contains("You have signed."))
            }
            #expect(try await signatures(house).sorted() == ["s1 Rosa Marsh phone", "s2 Rosa Marsh phone"])
        }
    }

    @Test("A few letters lead to a choice, with everything typed kept; none of them is an answer too", arguments: TestEngine.all)
    func chooses(engine: TestEngine) async throws {
        try await PledgeHouse.with(engine) { house in
            let (code, _) = try await event(house)
            let choice = try await house.stranger.post(code, form("Poppy", "Ann+Lee", key: 1))
            #expect(choice.status == 200 && choice.text.contains("Which one is yours?") && choice.text.contains("value=\"Ann Lee\""))
            #expect(choice.text.contains("Poppy Pre-school") && !choice.text.contains("Larkspur"))
            #expect(try await signatures(house).isEmpty)
            _ = try await house.stranger.post(code, form("Poppy", "Ann+Lee", key: 1, more: "&choice=s2"))
            _ = try await house.stranger.post(code, form("Poppy", "Joan+Field", key: 2, more: "&choice=none"))
            // A setting that was not offered cannot be slipped in.
            #expect(try await house.stranger.post(code, form("Poppy", "Eve", key: 3, more: "&choice=s4")).status == 422)
            #expect(try await signatures(house) == ["s2 Ann Lee phone", "“Poppy” Joan Field phone"])
            // The team says which it was.
            let path = house.path
            #expect(try await house.lead.get("/staff").text.contains("signature names a setting we did not find"))
            let list = try await house.lead.get("\(path)/signatures?show=unmatched").text
            let one = String(try #require(list.firstMatch(of: /href="([^"]+\/signatures\/[0-9a-f-]+)"/)).output.1)
            #expect(try await house.lead.post("\(one)/match", "setting=s4").status == 422)
            _ = try await house.lead.post("\(one)/match", "setting=s2")
            #expect(try await signatures(house).contains("s2 Joan Field phone"))
        }
    }

    @Test("Strangers learn nothing of a home that is not shown: found or not, the page says the same", arguments: TestEngine.all)
    func tellsNothingOfHomes(engine: TestEngine) async throws {
        try await PledgeHouse.with(engine) { house in
            let (code, _) = try await event(house)
            func plain(_ text: String, _ setting: String, _ name: String) -> String {
                text.replacing(setting, with: "SETTING").replacing(name, with: "NAME")
                    .replacing(/name="token" value="[^"]+"/, with: "")
            }
            let found = try await house.stranger.post(code, form("Rosa+Childminding", "Rosa+Diaz", key: 1)).text
            let lost = try await house.stranger.post(code, form("Nobody+Childminding", "Nora+Diaz", key: 2)).text
            #expect(plain(found, "Rosa Childminding", "Rosa Diaz") == plain(lost, "Nobody Childminding", "Nora Diaz"))
            #expect(try await signatures(house) == ["s3 Rosa Diaz phone", "“Nobody Childminding” Nora Diaz phone"])
            // Neither a part of the name nor its street gives it away.
            for words in ["Rosa", "Childminding", "Elm"] {
                let asked = try await house.stranger.post(code, form(words, "Eve", key: 3)).text
                #expect(!asked.contains("Rosa Childminding"), "\(words)")
            }
        }
    }

    @Test("A code that is wrong, early, over or closed opens nothing, and says why in words", arguments: TestEngine.all)
    func codesEnd(engine: TestEngine) async throws {
        try await PledgeHouse.with(engine) { house in
            #expect(try await house.stranger.get("/pledge/AAAABBBBCCCC").status == 404)
            #expect(try await house.stranger.post("/pledge/nonsense", form("x", "y", key: 1)).status == 404)
            let (early, _) = try await event(house, first: "23+November+2026")
            let notYet = try await house.stranger.get(early)
            #expect(notYet.status == 410 && notYet.text.contains("It is open from Monday 23 November 2026"))
            let (code, page) = try await event(house)
            _ = try await house.lead.post("\(page)/close", "")
            let closed = try await house.stranger.post(code, form("Larkspur+Nursery", "Rosa", key: 1))
            #expect(closed.status == 410 && closed.text.contains("Signing is closed"))
            _ = try await house.lead.post("\(page)/reopen", "")
            #expect(try await house.stranger.get(code).status == 200)
            _ = try await house.lead.tools.database.write {
                try $0.run("update signing_event set first_day = '2026-11-01', last_day = '2026-11-21'")
            }
            let over = try await house.stranger.get(code)
            #expect(over.status == 410 && over.text.contains("open until Saturday 21 November 2026"))
            #expect(try await house.count("signature") == 0)
            // The code itself stands nowhere in the database.
            let plain = String(code.dropFirst("/pledge/".count))
            let rows = try await house.lead.tools.database.read { session in
                try session.tables().map { table in
                    var text = ""
                    try session.each(rowOf: table) { text += $0.map { $0.text ?? "" }.joined(separator: " ") }
                    return text
                }.joined()
            }
            #expect(!rows.contains(plain))
        }
    }

    @Test("Who tries codes is stopped; a hall full of people behind one address is not", arguments: TestEngine.all)
    func limitsTries(engine: TestEngine) async throws {
        try await PledgeHouse.with(engine) { house in
            let (code, _) = try await event(house)
            var statuses: [Int] = []
            for number in 0..<40 {
                let letter = Array("ABCDEFGHJK")[number % 10]
                statuses.append(
                    try await house.stranger.get("/pledge/\(String(repeating: String(letter), count: 11))\(2 + number / 10)").status)
            }
            #expect(statuses.first == 404 && statuses.last == 429)
            #expect(try await house.stranger.get(code).status == 200)
            for number in 0..<60 {
                let signed = try await house.stranger.post(code, form("Larkspur+Nursery", "Person+\(number)", key: number))
                #expect(signed.status == 200)
            }
            #expect(try await house.count("signature") == 60)
        }
    }

    @Test("Names and settings full of markup are shown as they were typed, on every page and paper", arguments: TestEngine.all)
    func showsMarkup(engine: TestEngine) async throws {
        try await PledgeHouse.with(engine) { house in
            let (code, _) = try await event(house)
            let evil = "%3Cscript%3Ealert(1)%3C/script%3E%22%27%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E"
            var pages = [try await house.stranger.post(code, form(evil, evil, key: 1)).text]
            pages.append(
                try await house.stranger.post(
                    code, "setting=Larkspur+Nursery&name=\(evil)&role=\(evil)&agree=yes&key=\(PledgeHouse.key(2))"
                ).text)
            for page in ["", "/settings", "/signatures", "/certificates/s1", "/certificates/s1?print=yes"] {
                pages.append(try await house.lead.get(house.path + page).text)
            }
            pages.append(try await house.lead.get("/staff/network/hub-one/settings/s1").text)
            for page in pages {
                #expect(!page.contains("<script>alert") && !page.contains("<img src=x"))
                #expect(page.contains("&lt;script&gt;") || !page.contains("alert(1)"))
            }
            #expect(pages[0].contains("&lt;script&gt;alert(1)"))
            let formula = try await house.stranger.post(code, form("Poppy+Pre-school", "%3DHYPERLINK(1)", key: 3))
            #expect(formula.status == 200)
            #expect(try await house.lead.get("\(house.path)/settings.csv").text.contains("'=HYPERLINK(1)"))
        }
    }

    @Test("The poster carries the code to the very page, and is no page for strangers", arguments: TestEngine.all)
    func poster(engine: TestEngine) async throws {
        try await PledgeHouse.with(engine) { house in
            let (code, page) = try await event(house)
            let poster = try await house.lead.get("\(page)/poster").text
            let letters = String(code.dropFirst("/pledge/".count))
            #expect(poster.contains("class=\"qr\"") && poster.contains("\(letters.prefix(4))-"))
            #expect(try await house.stranger.get("\(page)/poster").status == 303)
            // Without a PDF maker the page to print is offered.
            let missing = try await house.lead.get("\(page)/poster.pdf")
            #expect(missing.status == 503 && missing.text.contains("href=\"\(page)/poster\""))
        }
    }
}
