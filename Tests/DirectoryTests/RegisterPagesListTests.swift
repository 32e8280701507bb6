import Civil
import House
import Page
import Store
import StoreTestKit
import TestKit
import Testing

@testable import Directory

@Suite struct RegisterPagesListTests {
    private static let list = """
        Ref,Name of provision,What is it?,P/Code,Colour
        1,Larkspur Lane Nursry,Day nursery,E15 4QZ,red
        2,Tuesday Stay and Play,Stay and play,E15 4QZ,blue
        """

    @Test(arguments: TestEngine.all)
    func `a list’s columns are guessed, shown with examples and corrected before it is looked at`(_ engine: TestEngine) async throws {
        try await RegisterVisit.open(on: engine) { visit in
            let sent = try await visit.send("council.csv", Array(Self.list.utf8), [("kind", "list"), ("edition", "1 June 2025")])
            let columns = try #require(sent.location)
            #expect(columns.hasSuffix("/columns"))
            let load = String(columns.dropLast("/columns".count))
            let page = try await visit.get(columns)
            #expect(page.holds("Name of provision") && page.holds("“Larkspur Lane Nursry”, “Tuesday Stay and Play”"))
            let chosen = page.document.all("option").filter { $0.has("selected") }.compactMap { $0["value"] }
            #expect(chosen.filter { !$0.isEmpty } == ["id", "name", "type", "postcode"])
            #expect(try await visit.get(load).holds("Say which column is which"))

            let doubled = try await visit.post(columns, [("column-0", "name"), ("column-1", "name")])
            #expect(doubled.status == 422 && doubled.holds("cannot both be"))
            let nameless = try await visit.post(columns, [("column-0", "id"), ("column-2", "type")])
            #expect(nameless.status == 422 && nameless.holds("which column has the names"))
            let stale = try await visit.post(columns, [("column-1", "zebra")])
            #expect(stale.status == 422)

            let preview = try await visit.press(
                columns, [("column-0", "id"), ("column-1", "name"), ("column-2", "type"), ("column-3", "postcode"), ("column-4", "note")])
            #expect(preview.holds("Apply: 2 new"))
            let applied = try await visit.press("\(load)/apply")
            #expect(applied.holds("Applied: 2 new"))
            #expect(try await visit.count("select count(*) from registration where register = 'list' and details = 'blue'") == 1)
            #expect(try await visit.get(columns).status == 303, "nothing to map any more")
        }
    }

    @Test(arguments: TestEngine.all)
    func `a list without a column called name, and a file that is no list`(_ engine: TestEngine) async throws {
        try await RegisterVisit.open(on: engine) { visit in
            let odd = "Our spring list,,\n,,\nA,B,C\nRose Room,E15 4QZ,12\n"
            let sent = try await visit.send("odd.csv", Array(odd.utf8), [("kind", "list")])
            let columns = try #require(sent.location)
            let page = try await visit.get(columns)
            #expect(page.holds(">A<") && page.holds("“Rose Room”") && !page.holds("Our spring list<"))
            let preview = try await visit.press(columns, [("column-0", "name"), ("column-1", "postcode"), ("column-2", "places")])
            #expect(preview.holds("Apply: 1 new") && preview.holds("Rose Room"))

            let zip = try await visit.send("broken.xlsx", [0x50, 0x4B, 3, 4, 0, 0, 0, 0], [("kind", "list")])
            let refused = try await visit.press(try #require(zip.location).replacing("/columns", with: "/look"))
            #expect(refused.holds("could not be loaded"))
            let blank = try await visit.send("blank.csv", Array("\n\n\n".utf8), [("kind", "list")])
            let next = try await visit.get(try #require(blank.location))
            #expect(next.status == 303)
            #expect(try await visit.get(try #require(next.location)).holds("could not be loaded"))
        }
    }

    @Test(arguments: TestEngine.all)
    func `columns are mapped whatever their names have in them`(_ engine: TestEngine) async throws {
        try await RegisterVisit.open(on: engine) { visit in
            let odd = "\"Called = known, as; 100% “so”\",a=b,<i>Where</i>\nRose Room,12,E15 4QZ\n"
            let sent = try await visit.send("odd.csv", Array(odd.utf8), [("kind", "list")])
            let columns = try #require(sent.location)
            #expect(try await visit.get(columns).holds("&lt;i&gt;Where"))
            let preview = try await visit.press(columns, [("column-0", "name"), ("column-1", "places"), ("column-2", "postcode")])
            #expect(preview.holds("Apply: 1 new") && preview.holds("Rose Room"))
            _ = try await visit.press("\(columns.dropLast("/columns".count))/apply")
            #expect(try await visit.count("select count(*) from setting where places = 12 and postcode = 'E15 4QZ'") == 1)
        }
    }

    @Test(arguments: TestEngine.all)
    func `an own list is taken in for its hub`(_ engine: TestEngine) async throws {
        try await RegisterVisit.open(on: engine) { visit in
            try await visit.write(
                "insert into hub (id, name, slug, is_sample, created_at) values ('h1', 'Fern Hub', 'fern', 0, '2026-01-01T00:00:00Z')")
            let sent = try await visit.send("own.csv", Array(Self.list.utf8), [("kind", "list"), ("hub", "h1")])
            let columns = try #require(sent.location)
            let page = try await visit.press(columns, [("column-1", "name"), ("column-3", "postcode")])
            #expect(page.holds("own list of Fern Hub"))
            _ = try await visit.press("\(columns.dropLast("/columns".count))/apply")
            #expect(try await visit.count("select count(*) from setting where hub_id = 'h1'") == 2)
            let stranger = try await visit.send("own.csv", Array(Self.list.utf8), [("kind", "list"), ("hub", "h9")])
            #expect(stranger.status == 422)
        }
    }

    @Test(arguments: TestEngine.all)
    func `possible doubles stand side by side and are decided, once, and undone`(_ engine: TestEngine) async throws {
        try await RegisterVisit.open(on: engine) { visit in
            let none = try await visit.get("/staff/registers/duplicates")
            #expect(none.holds("No pair waits"))
            var file = OfstedFile()
            file.add("EY100001", ["Provider name": "Larkspur Lane Nursery"])
            let first = try await visit.load(.ofsted, file.text)
            _ = try await visit.press("/staff/registers/\(first)/apply")
            let sent = try await visit.send("council.csv", Array(Self.list.utf8), [("kind", "list")])
            let columns = try #require(sent.location)
            let load = String(columns.dropLast("/columns".count))
            _ = try await visit.press(columns, [("column-0", "id"), ("column-1", "name"), ("column-3", "postcode")])
            let applied = try await visit.press("\(load)/apply")
            #expect(applied.holds("Decide on possible doubles"))
            #expect(try await visit.get("/staff/registers").holds("1 pair may be one setting"))
            let page = try await visit.get("/staff/registers/duplicates")
            #expect(page.holds("Larkspur Lane Nursry") && page.holds("Larkspur Lane Nursery"))
            #expect(page.holds("What differs") && page.holds("postcode “E15 4QZ”"))
            #expect(page.holds("council.csv") && page.holds("line 2"))

            let pair = "/staff/registers/duplicates/\(load.split(separator: "/").last ?? "")/1"
            #expect(try await visit.post(pair).status == 400)
            #expect(try await visit.post(pair.replacing("/1", with: "/7"), [("decision", "same")]).status == 404)
            let merged = try await visit.press(pair, [("decision", "same")])
            #expect(merged.holds("Merged into one setting") && merged.holds("No pair waits") && merged.holds("Undo"))
            #expect(try await visit.count("select count(*) from setting where merged_into is not null") == 1)
            #expect(
                try await visit.count(
                    """
                    select count(*) from registration r join setting s on s.id = r.setting_id where s.merged_into is null
                    """) == 3)
            #expect(try await visit.post(pair, [("decision", "different")]).status == 400, "decided already")
            let undone = try await visit.press("\(pair)/undo")
            #expect(undone.holds("back to be decided") && undone.holds("The same setting"))
            #expect(try await visit.count("select count(*) from setting where merged_into is not null") == 0)
            let apart = try await visit.press(pair, [("decision", "different")])
            #expect(apart.holds("Kept as two settings"))
            #expect(try await visit.count("select count(*) from possible_duplicate where decision = 'different'") == 1)
        }
    }
}

@Suite struct EditionGuessTests {
    @Test(arguments: [
        ("Childcare_providers-2021-08-31-v2.csv", "2021-08-31"), ("edubasealldata20240601.csv", "2024-06-01"),
        ("as at 31st August 2021.ods", "2021-08-31"), ("list 1.6.2025 final.xlsx", "2025-06-01"),
        ("postcodes-2025-10.csv.gz", "2025-10-01"), ("Wards_(May_2024)_Boundaries.geojson", "2024-05-01"),
        ("31082021.csv", "2021-08-31"),
    ])
    func `the day is read from the file’s name as publishers write it`(_ name: String, _ day: String) {
        #expect(EditionGuess.day(inName: name)?.iso == day)
    }

    @Test(arguments: ["list.csv", "", "2021.csv", "1234567890.csv", "9999-99-99", "call 020 7946 0000.csv", "v1-2-3.csv"])
    func `a name without a day gives none`(_ name: String) {
        #expect(EditionGuess.day(inName: name) == nil)
    }
}
