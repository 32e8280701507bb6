import Civil
import Foundation
import House
import Page
import Store
import StoreTestKit
import TestKit
import Testing

@testable import Directory

@Suite struct RegisterPagesTroubleTests {
    private static func one() -> OfstedFile {
        var file = OfstedFile()
        file.add("EY100001")
        return file
    }

    @Test(arguments: TestEngine.all)
    func `a file that cannot be understood is refused by the names of its columns, and can be taken for another kind`(
        _ engine: TestEngine
    ) async throws {
        try await RegisterVisit.open(on: engine) { visit in
            let text = "Provider URN,Colour,Provider name\nEY100001,red,X\n"
            let id = try await visit.load(.ofsted, text)
            let page = try await visit.get("/staff/registers/\(id)")
            #expect(page.status == 200 && page.holds("could not be loaded. Nothing was changed"))
            #expect(page.holds("“Provider type”") && page.holds("“Local authority”") && page.holds("“Colour”"))
            #expect(page.holds("Take it for something else"))
            let apply = try await visit.post("/staff/registers/\(id)/apply")
            #expect(apply.status == 409 && apply.holds("must be looked at"))
            let wrong = try await visit.post("/staff/registers/\(id)/look", [("kind", ""), ("edition", "5 May 2020")])
            #expect(wrong.status == 422 && wrong.holds("Choose what the file is") && wrong.holds("5 May 2020"))
            let schools = try await visit.press("/staff/registers/\(id)/look", [("kind", "schools"), ("edition", "")])
            #expect(schools.holds("could not be loaded") && schools.holds("Schools (GIAS)"))
            #expect(try await visit.count("select count(*) from setting") == 0)
            let away = try await visit.press("/staff/registers/\(id)/throw-away")
            #expect(away.holds("Thrown away"))
            #expect(try await visit.count("select count(*) from upload_part") == 0)
            #expect(try await visit.get("/staff/registers/\(id)").status == 404)
            #expect(try await visit.post("/staff/registers/\(id)/throw-away").status == 404)
        }
    }

    @Test(arguments: TestEngine.all)
    func `rejected rows are listed with line and reason, and come as a spreadsheet`(_ engine: TestEngine) async throws {
        try await RegisterVisit.open(on: engine) { visit in
            var file = Self.one()
            file.add("NOTANUMBER", ["Provider name": "<b>Odd</b>"])
            let id = try await visit.load(.ofsted, file.text)
            let page = try await visit.get("/staff/registers/\(id)?show=rejected")
            #expect(page.holds("Line 3") && page.holds("/staff/registers/\(id)/rejects.csv") && !page.holds("<b>Odd"))
            let csv = try await visit.get("/staff/registers/\(id)/rejects.csv")
            #expect(csv.status == 200 && csv.text.hasPrefix("line,reason,Provider URN") && csv.holds("NOTANUMBER"))
            #expect(csv.headers.contains { $0.value.contains("rejected-ofsted-2021-08-31.csv") })
            #expect(try await visit.get("/staff/registers/nothing/rejects.csv").status == 404)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a file’s name is shown as words, whatever is in it`(_ engine: TestEngine) async throws {
        try await RegisterVisit.open(on: engine) { visit in
            let names: [String] = [
                "../../x<script>alert(1)</script>.csv", "C:\\temp\\a\u{202E}vsc.exe", "\u{0}\u{7}",
                String(repeating: "ন", count: 5_000),
            ]
            for name in names {
                let id = try await visit.load(.ofsted, Self.one().text, named: name)
                let page = try await visit.get("/staff/registers/\(id)")
                #expect(!page.holds("<script>alert") && !page.holds("../..") && !page.holds("\u{202E}"))
            }
            let stored = try await visit.database.read { try $0.all("select file_name from load order by id") }
            let shown: [String] = ["script>.csv", "avsc.exe", "file", String(repeating: "ন", count: 120)]
            #expect(stored.map { $0.text("file_name") } == shown)
            _ = try await visit.get("/staff/registers")
        }
    }

    @Test(arguments: TestEngine.all)
    func `a preview outlives the program, and a load that was cut off can be looked at again`(_ engine: TestEngine) async throws {
        try await RegisterVisit.open(on: engine) { visit in
            let id = try await visit.load(.ofsted, Self.one().text)
            let later = RegisterVisit(visit.database, seed: 12)
            #expect(try await later.get("/staff/registers/\(id)").holds("Apply: 1 new"))
            try await later.write("update load set status = 'waiting' where id = \(id)")
            let cut = try await later.get("/staff/registers/\(id)")
            #expect(cut.holds("It was interrupted") && cut.holds("Look at it again"))
            #expect(try await later.press("/staff/registers/\(id)/look").holds("Apply: 1 new"))
            #expect(try await later.press("/staff/registers/\(id)/apply").holds("Applied: 1 new"))
            #expect(try await later.count("select count(*) from setting") == 1)
        }
    }

    @Test(arguments: TestEngine.all)
    func `while a file is being looked at its page shows how far, and Stop ends it with nothing changed`(
        _ engine: TestEngine
    ) async throws {
        try await RegisterVisit.open(on: engine) { visit in
            let id = try await visit.load(.ofsted, Self.one().text)
            let held = try await HeldDatabase(visit.database)
            let looking = Task { try await visit.post("/staff/registers/\(id)/look") }
            await visit.waitUntilItIsWorkedOn(id, by: looking)
            let page = try await visit.get("/staff/registers/\(id)")
            #expect(page.holds("<progress") && page.holds("http-equiv=\"refresh\"") && page.holds(">Stop<"))
            #expect(try await visit.post("/staff/registers/\(id)/look").status == 303, "a second look is the first one")
            #expect(try await visit.get("/staff/registers").holds("being worked on just now"))
            #expect(try await visit.post("/staff/registers/\(id)/throw-away").status == 303)
            let stopping = try await visit.press("/staff/registers/\(id)/stop")
            #expect(stopping.holds("Stopping"))
            try await held.letGo()
            #expect(try await looking.value.status == 303)
            let after = try await visit.get("/staff/registers/\(id)")
            #expect(after.holds("Stopped. Nothing was changed") && after.holds("Look at it again"))
            #expect(try await visit.press("/staff/registers/\(id)/stop").holds("Stopped."))
            #expect(try await visit.press("/staff/registers/\(id)/look").holds("Apply: 1 new"))
        }
    }

    @Test(arguments: TestEngine.all)
    func `Stop while a file is being applied leaves everything as it was`(_ engine: TestEngine) async throws {
        try await RegisterVisit.open(on: engine) { visit in
            let id = try await visit.load(.ofsted, Self.one().text)
            let held = try await HeldDatabase(visit.database)
            let applying = Task { try await visit.post("/staff/registers/\(id)/apply") }
            await visit.waitUntilItIsWorkedOn(id, by: applying)
            #expect(try await visit.get("/staff/registers/\(id)").holds("Either all of the file is loaded or nothing"))
            // Where it waits when Stop is pressed is chance: it may have seen it before the page is there.
            let stopping = try await visit.press("/staff/registers/\(id)/stop")
            #expect(stopping.holds("Stopping") || stopping.holds("Stopped. Nothing was changed"))
            try await held.letGo()
            #expect(try await applying.value.status == 303)
            #expect(try await visit.get("/staff/registers/\(id)").holds("Stopped. Nothing was changed"))
            #expect(try await visit.count("select count(*) from setting") == 0)
            #expect(try await visit.count("select count(*) from upload") == 1)
        }
    }

    @Test(arguments: TestEngine.all)
    func `who opens the page at the moment the work ends sees how it ended, not that it was cut off`(_ engine: TestEngine) async throws {
        try await RegisterVisit.open(on: engine) { visit in
            let id = try await visit.load(.ofsted, Self.one().text)
            try await visit.write("update load set status = 'waiting' where id = \(id)")
            let key = LoadWork.Key(visit.database, id)
            #expect(LoadWork.shared.begin(key, isApplying: false))
            let overtaken = OvertakenDatabase(visit.database) {
                try await visit.write("update load set status = 'stopped' where id = \(id)")
                LoadWork.shared.end(key)
            }
            let page = try await RegisterVisit(overtaken, seed: 12).get("/staff/registers/\(id)")
            #expect(page.holds("Stopped. Nothing was changed") && !page.holds("It was interrupted"))
        }
    }

    @Test(arguments: TestEngine.all)
    func `of two people who apply at once one does it and the other is told`(_ engine: TestEngine) async throws {
        try await RegisterVisit.open(on: engine) { visit in
            let id = try await visit.load(.ofsted, Self.one().text)
            async let one = visit.post("/staff/registers/\(id)/apply")
            async let other = visit.post("/staff/registers/\(id)/apply")
            let statuses = try await [one.status, other.status].sorted()
            #expect(statuses == [303, 303] || statuses == [303, 409])
            await LoadWork.shared.wait(LoadWork.Key(visit.database, id))
            #expect(try await visit.count("select count(*) from load where status = 'applied' and new_count = 1") == 1)
            #expect(try await visit.count("select count(*) from setting") == 1)
            #expect(try await visit.count("select count(*) from audit where action = 'directory.load.applied'") == 1)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a long file is looked at while the person goes on, from parts as large as it`(_ engine: TestEngine) async throws {
        try await RegisterVisit.open(on: engine) { visit in
            var file = OfstedFile()
            // Five megabytes: several parts, and too much for memory by our own rule.
            let long = String(repeating: "x", count: 1_300)
            for number in 0..<4_000 { file.add("EY\(300_000 + number)", ["Provider address line 1": long]) }
            let text = file.text
            #expect(text.utf8.count > 5 * Uploads.partBytes)
            let id = try await visit.load(.ofsted, text)
            await LoadWork.shared.wait(LoadWork.Key(visit.database, id))
            let page = try await visit.get("/staff/registers/\(id)?show=new")
            #expect(page.holds("Apply: 4,000 new") && page.holds("the first 1,000 of 4,000"))
            #expect(try await visit.press("/staff/registers/\(id)/throw-away").holds("Thrown away"))
        }
    }

    @Test(arguments: TestEngine.all)
    func `a file applied since warns that the figures may no longer hold, and old files are let go`(_ engine: TestEngine) async throws {
        try await RegisterVisit.open(on: engine) { visit in
            let one = try await visit.load(.ofsted, Self.one().text)
            let other = try await visit.load(.ofsted, Self.one().text)
            _ = try await visit.press("/staff/registers/\(one)/apply")
            try await visit.write("update load set applied_at = '2026-11-22T11:00:00Z' where id = \(one)")
            #expect(try await visit.get("/staff/registers/\(other)").holds("applied since this one was looked at"))
            try await visit.write("update upload set created_at = '2026-01-01T00:00:00Z'")
            let uploads = try #require(visit.directory.retention.first { $0.code == "uploads" })
            let tools = visit.tools
            #expect(try await visit.database.write { try uploads.clear(atMost: 200, tools, in: $0) } > 0)
            let stale = try await visit.get("/staff/registers/\(other)")
            #expect(stale.holds("no longer kept here") && !stale.holds("/apply"))
            #expect(try await visit.post("/staff/registers/\(other)/apply").status == 409)
            #expect(try await visit.post("/staff/registers/\(other)/look").status == 409)
            #expect(try await visit.get("/staff/registers/\(other)").holds("Throw this away"))
        }
    }
}
