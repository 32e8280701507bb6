import Civil
import Foundation
import House
import Page
import Store
import StoreTestKit
import TestKit
import Testing

@testable import Directory

@Suite struct RegisterPagesTests {
    private static func two() -> OfstedFile {
        var file = OfstedFile()
        file.add("EY100001", ["Provider name": "Larkspur Lane Nursery"])
        file.add("EY100002", ["Provider name": "Little Acorns"])
        return file
    }

    @Test(arguments: TestEngine.all)
    func `with nothing loaded the page teaches which files there are and in which order`(_ engine: TestEngine) async throws {
        try await RegisterVisit.open(on: engine) { visit in
            let page = try await visit.get("/staff/registers")
            #expect(page.holds("Nothing is loaded yet"))
            let text = page.document.text
            let order: [String] = [
                "Wards, first", "Postcodes, next", "Indices of Deprivation", "Every nursery", "nursery schools",
                "Any spreadsheet",
            ]
            let places = order.map { words in text.range(of: words)?.lowerBound }
            #expect(!places.contains(nil), "\(text)")
            #expect(places.compactMap { $0 } == places.compactMap { $0 }.sorted())
            #expect(page.holds("GOV.UK") && page.holds("get-information-schools") && page.holds("Code-Point Open"))
        }
    }

    @Test(arguments: TestEngine.all)
    func `a file that is missing, empty or of no kind is asked for again with what was chosen`(_ engine: TestEngine) async throws {
        try await RegisterVisit.open(on: engine) { visit in
            let nothing = try await visit.post("/staff/registers", [("kind", "ofsted"), ("edition", "31 August 2021")])
            #expect(nothing.status == 422 && nothing.holds("There is a problem") && nothing.holds("Choose a file"))
            #expect(nothing.holds("<option value=\"ofsted\" selected") && nothing.holds("31 August 2021"))
            let unchosen = try await visit.send("", [], [("kind", "ofsted")])
            #expect(unchosen.status == 422 && unchosen.holds("Choose a file"))
            let empty = try await visit.send("ofsted.csv", [], [("kind", "ofsted")])
            #expect(empty.status == 422 && empty.holds("“ofsted.csv” is empty"))
            for kind in ["", "zebra"] {
                let page = try await visit.send("x.csv", Array("a,b\n".utf8), [("kind", kind), ("edition", "1/2/2023")])
                #expect(page.status == 422 && page.holds("Choose what the file is") && page.holds("1/2/2023"))
                #expect(page.holds("Choose “x.csv” once more"))
            }
            let ahead = try await visit.send("x.csv", Array("a\n".utf8), [("kind", "ofsted"), ("edition", "1/2/2099")])
            #expect(ahead.status == 422 && ahead.holds("still to come"))
            let never = try await visit.send("x.csv", Array("a\n".utf8), [("kind", "ofsted"), ("edition", "31/2/2021")])
            #expect(never.status == 422)
            #expect(try await visit.count("select count(*) from load") == 0)
            #expect(try await visit.count("select count(*) from upload") == 0)
        }
    }

    @Test(arguments: TestEngine.all)
    func `looking changes nothing, applying loads it once, and the same file again brings nothing`(
        _ engine: TestEngine
    ) async throws {
        try await RegisterVisit.open(on: engine) { visit in
            let id = try await visit.load(.ofsted, Self.two().text)
            let preview = try await visit.get("/staff/registers/\(id)")
            #expect(preview.holds("Apply: 2 new") && preview.holds("Nothing has changed yet"))
            #expect(preview.holds("31 August 2021") && preview.holds("Larkspur Lane Nursery"))
            #expect(preview.holds("No wards and postcodes are loaded yet"))
            #expect(try await visit.count("select count(*) from setting") == 0)
            #expect(try await visit.count("select count(*) from registration") == 0)
            #expect(try await visit.get("/staff/registers").holds("Applying it would bring: 2 new"))

            let applied = try await visit.press("/staff/registers/\(id)/apply")
            #expect(applied.holds("Applied: 2 new") && applied.holds("/staff/faults"))
            #expect(try await visit.count("select count(*) from setting") == 2)
            #expect(try await visit.count("select count(*) from upload_part") == 0, "the file is not kept once it is applied")
            #expect(try await visit.count("select count(*) from completeness") > 0)
            #expect(try await visit.count("select count(*) from audit where action = 'directory.load.applied'") == 1)

            let twice = try await visit.post("/staff/registers/\(id)/apply")
            #expect(twice.status == 409 && twice.holds("has been applied already"))
            let again = try await visit.post("/staff/registers/\(id)/look")
            #expect(again.status == 409 && again.holds("has been applied already"))
            let away = try await visit.post("/staff/registers/\(id)/throw-away")
            #expect(away.status == 409)
            #expect(try await visit.count("select count(*) from load where status = 'applied' and new_count = 2") == 1)

            let second = try await visit.load(.ofsted, Self.two().text)
            let same = try await visit.get("/staff/registers/\(second)")
            #expect(same.holds("Applying it would change nothing") && same.holds("Apply: nothing new"))
            let done = try await visit.press("/staff/registers/\(second)/apply")
            #expect(done.holds("Everything in it was known already"))
            #expect(try await visit.count("select count(*) from setting") == 2)
            #expect(try await visit.get("/staff/registers").holds("What was loaded when"))
        }
    }

    @Test(arguments: TestEngine.all)
    func `a later edition shows what changes, what is gone and what a correction disputes`(_ engine: TestEngine) async throws {
        try await RegisterVisit.open(on: engine) { visit in
            var file = Self.two()
            file.add("EY100003", ["Provider name": "Hill House"])
            let first = try await visit.load(.ofsted, file.text)
            _ = try await visit.press("/staff/registers/\(first)/apply")
            try await visit.write(
                """
                insert into correction (id, setting_id, field, value, before, by_whom, at, register_value, is_disputed)
                select 'c1', setting_id, 'name', 'Hill House & Barn', name, 'staff', '2021-10-01T00:00:00Z', name, 0
                from registration where urn = 'EY100003'
                """)
            file.rows[0]["Places"] = "55"
            file.rows[2]["Provider name"] = "Hill Villa"
            file.rows.remove(at: 1)
            let id = try await visit.load(.ofsted, file.text, named: "ofsted-2022-03-31.csv")
            let page = try await visit.get("/staff/registers/\(id)")
            #expect(page.holds("Apply: 2 changed, 1 gone"))
            #expect(page.holds("Hill House &amp; Barn") && page.holds("Hill Villa"), "what is disputed is shown first")
            let changed = try await visit.get("/staff/registers/\(id)?show=changed")
            #expect(changed.holds("Larkspur Lane Nursery") && changed.holds(">40<") && changed.holds(">55<"))
            let gone = try await visit.get("/staff/registers/\(id)?show=gone")
            #expect(gone.holds("Little Acorns") && gone.holds("Nothing is deleted"))
            _ = try await visit.get("/staff/registers/\(id)?show=nonsense&page=99999999999999999999")
            let done = try await visit.press("/staff/registers/\(id)/apply")
            #expect(done.holds("/staff/faults/disputed-correction") && done.holds("/staff/faults/gone-from-register"))
            #expect(try await visit.count("select count(*) from setting where status = 'gone'") == 1)
            let json = try await visit.get("/api/v1/staff/loads/\(id)")
            #expect(json.holds("\"status\":\"applied\"") && json.holds("\"gone\":1") && json.holds("\"what\":\"disputed\""))
            let all = try await visit.get("/api/v1/staff/loads?kind=ofsted")
            #expect(all.holds("\"total\":2"))
            #expect(try await visit.get("/api/v1/staff/loads?kind=zebra").status == 400)
        }
    }

    @Test(arguments: TestEngine.all)
    func `five hundred changed records come a page at a time`(_ engine: TestEngine) async throws {
        try await RegisterVisit.open(on: engine) { visit in
            var file = OfstedFile()
            for number in 0..<500 { file.add("EY\(200_000 + number)", ["Provider name": "Setting \(number)"]) }
            let first = try await visit.load(.ofsted, file.text)
            _ = try await visit.press("/staff/registers/\(first)/apply")
            for index in file.rows.indices { file.rows[index]["Places"] = "41" }
            let id = try await visit.load(.ofsted, file.text, named: "later-2022-01.csv")
            let page = try await visit.get("/staff/registers/\(id)?show=changed&page=3")
            #expect(page.holds("51 to 75 of 500") || page.holds("of 500"))
            #expect(page.document.all("tr").count == 26)
        }
    }
}
