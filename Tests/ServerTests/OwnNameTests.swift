import House
import Page
import Store
import StoreTestKit
import Testing

@testable import Identity
@testable import Server

/// The rules of docs/rules/name-and-address.md, of names.
@Suite struct OwnNameTests {
    @Test("One's own name is changed at once: on the page, in the list, on letters that wait", arguments: TestEngine.all)
    func changesAtOnce(engine: TestEngine) async throws {
        try await MovedAccounts.with(engine) { house in
            let rosa = try await house.signedIn("rosa@example.org", RoleGrant(.practitioner, hub: "h1", setting: "s3"))
            let lead = try await house.signedIn("lead@example.org", RoleGrant(.hubLead, hub: "h1"))
            _ = try await house.post("/sign-in/link", "email=rosa%40example.org")
            let page = try await rosa.get("/account")
            #expect(page.text.contains("href=\"/account/name\"") && page.text.contains("href=\"/account/address\""))
            #expect(try await rosa.get("/account/name").text.contains("value=\"A Practitioner or childminder\""))
            let changed = try await rosa.post("/account/name", "name=++Rosa%09+Martinez-O%E2%80%99Neill+")
            #expect(changed.header("Location") == "/account?done=name")
            #expect(try await rosa.get("/account?done=name").text.contains("Rosa Martinez-O’Neill"))
            #expect(try await lead.get("/staff/people").text.contains("Rosa Martinez-O’Neill"))
            let waiting = try await house.count("select count(*) from outbox where to_name = 'Rosa Martinez-O’Neill' and state = 'queued'")
            #expect(waiting == 1)
            // The link that was in that letter still works: only the name is another.
            #expect(try await house.post(try #require(try await house.link("/sign-in/open/", to: "rosa@example.org")), "").status == 303)
        }
    }

    @Test(
        "Names of any script are kept as they are; markup stays words, and what turns the text around it is taken out",
        arguments: TestEngine.all)
    func anyScript(engine: TestEngine) async throws {
        try await MovedAccounts.with(engine) { house in
            let rosa = try await house.signedIn("rosa@example.org", RoleGrant(.practitioner, hub: "h1", setting: "s3"))
            let lead = try await house.signedIn("lead@example.org", RoleGrant(.hubLead, hub: "h1"))
            let names: [(String, String)] = [
                ("ياسمين بيغم", "ياسمين بيغم"), ("שרה לוי", "שרה לוי"), ("নাসরিন", "নাসরিন"), ("李小龙", "李小龙"),
                ("می‌خواهم", "می‌خواهم"), ("Ann\u{202E}gpj.exe", "Anngpj.exe"), ("\u{2067}Bo\u{2069} Li", "Bo Li"),
                ("Cy\r\nBcc: all@example.org", "Cy Bcc: all@example.org"), ("O'Neill \"Ann\"", "O'Neill \"Ann\""),
                ("<script>alert(1)</script>", "<script>alert(1)</script>"), ("'; drop table person; --", "'; drop table person; --"),
                ("{{7*7}} ${x} %s", "{{7*7}} ${x} %s"), (String(repeating: "n", count: 200), String(repeating: "n", count: 200)),
            ]
            for (typed, kept) in names {
                let form = "name=" + MovedAccounts.encoded(typed)
                #expect(try await rosa.post("/account/name", form).status == 303, "\(kept)")
                let there = try await house.tools.database.read { try People.with(email: "rosa@example.org", $0)?.name }
                #expect(there == kept)
                for page in [try await rosa.get("/account"), try await lead.get("/staff/people")] {
                    #expect(page.status == 200 && page.text.contains(HTML(text: kept).string) && !page.text.contains("<script>alert"))
                }
            }
            for bad in ["", "   ", "%E2%80%AE", "123+456", "%F0%9F%99%82", String(repeating: "n", count: 201)] {
                #expect(try await rosa.post("/account/name", "name=\(bad)").status == 422, "\(bad)")
            }
            let last = try await house.tools.database.read { try People.with(email: "rosa@example.org", $0)?.name }
            #expect(last == names.last?.1)
        }
    }

    @Test(
        "The trail says by number that a name was changed; what it was is the person's own to read, and goes when they are forgotten",
        arguments: TestEngine.all)
    func trailWithoutNames(engine: TestEngine) async throws {
        try await MovedAccounts.with(engine) { house in
            let ada = try await house.withAdministrator()
            let rosa = try await house.signedIn("rosa@example.org", RoleGrant(.practitioner, hub: "h1", setting: "s3"))
            for name in ["Rosalind+Oldname", "Rosalind+Midname", "Rosalind+Midname", "Rosa+Newname"] {
                #expect(try await rosa.post("/account/name", "name=\(name)").status == 303)
            }
            // To be called as before is no change.
            let id = try await house.personID("rosa@example.org")
            let trail = try await house.tools.database.read {
                try $0.all("select * from audit where action = 'identity.name.changed' order by id").map { row in
                    "\(row.text("who")) \(row.text("subject")) \(row.text("before")) \(row.text("after"))"
                }
            }
            #expect(trail.count == 3 && trail.allSatisfy { $0.hasPrefix("person:\(id) person:\(id)  change:") })
            #expect(try await rosa.get("/account/data").text.contains("Rosalind Oldname"))
            #expect(try await rosa.get("/account/data.json").text.contains("Rosalind Midname"))
            let look = try await ada.get("/staff/people/\(id)/correct").text
            #expect(look.contains("Rosalind Oldname") && look.contains("Corrected before"))

            _ = try await rosa.asksFor("rosalind.elsewhere@example.org")
            #expect(try await ada.post("/staff/people/\(id)/forget", "").status == 303)
            let dump = try await house.tools.database.read { session in
                try session.tables().filter { $0.name != "setting" }.map { table -> String in
                    var text = ""
                    try session.each(rowOf: table) { text += $0.map { $0.text ?? "" }.joined(separator: " ") + "\n" }
                    return text
                }.joined().lowercased()
            }
            for gone in ["rosalind", "newname", "rosa@"] { #expect(!dump.contains(gone), "\(gone)") }
            #expect(try await house.count("select count(*) from audit where action = 'identity.name.changed'") == 3)
        }
    }

    @Test("What was signed on paper under an earlier name is still found as theirs", arguments: TestEngine.all)
    func earlierSignatures(engine: TestEngine) async throws {
        try await MovedAccounts.with(engine) { house in
            let rosa = try await house.signedIn("rosa@example.org", RoleGrant(.practitioner, hub: "h1", setting: "s3"))
            #expect(try await rosa.post("/account/name", "name=Rosa+New").status == 303)
            let id = try await house.personID("rosa@example.org")
            let found = try await house.tools.database.read { try PeopleBook.namesAndSettings(of: id, $0) }
            #expect(found.names == ["A Practitioner or childminder", "Rosa New"] && found.settings == ["s3"])
        }
    }
}
