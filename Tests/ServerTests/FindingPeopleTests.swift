import Foundation
import House
import Page
import Server
import Store
import StoreTestKit
import Testing

@testable import Identity

/// Finding somebody in the list of people.
@Suite struct FindingPeopleTests {
    private func withHouse(_ engine: TestEngine, _ body: @Sendable (TestHouse) async throws -> Void) async throws {
        try await engine.withDatabase { try await body(try await LoadedHouse.empty($0)) }
    }

    /// The page of those found by what was typed.
    private func page(_ typed: String, _ house: TestHouse) async throws -> String {
        let encoded = typed.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        return try await house.get("/staff/people?q=\(encoded)").text
    }

    @Test(
        "Somebody is found by the beginning of any word of their name or address, in any order, without accents", arguments: TestEngine.all)
    func finds(engine: TestEngine) async throws {
        try await withHouse(engine) { house in
            let people = [
                "Anna Kowalska": "a.kowalska@barnet.gov.uk", "Seán O'Brien": "sob@example.org", "Zoë-May Underhill": "zoe@school.example",
                "王小明": "wang@example.org", "فاطمة الزهراء": "fatima@example.org",
            ]
            let tools = house.tools
            try await tools.database.write { session in
                for (name, email) in people {
                    let person = try People.findOrMake(name: name, email: email, tools, session)
                    try Roles.give(RoleGrant(.administrator), to: person.id, tools, session)
                }
            }
            let searches: [String: [String]] = [
                "kow": ["Anna Kowalska"], "KOW an": ["Anna Kowalska"], "a.kowalska@barnet.gov.uk": ["Anna Kowalska"],
                "barnet": ["Anna Kowalska"], "sean": ["Seán O'Brien"], "Seán O’Brien": ["Seán O'Brien"], "obr": ["Seán O'Brien"],
                "zoe may": ["Zoë-May Underhill"], "underhill zoë": ["Zoë-May Underhill"], "王": ["王小明"], "الزهراء": ["فاطمة الزهراء"],
                "alska": [], "anna brien": [], "!!!": [], "%": [], "_": [], "' or 1=1 --": [],
                "anna \u{10FFFF}": ["Anna Kowalska"], "example": ["Seán O'Brien", "Zoë-May Underhill", "王小明", "فاطمة الزهراء"],
            ]
            for (typed, names) in searches {
                let page = try await page(typed, house)
                for name in people.keys {
                    let shown = HTML(text: name).string
                    #expect(page.contains("<bdi>\(shown)</bdi>") == names.contains(name), "\(typed): \(name)")
                }
                #expect(names.isEmpty == page.contains("Nobody found"), "\(typed)")
            }
        }
    }

    @Test("People who were there before words were kept are found, and nobody once forgotten", arguments: TestEngine.all)
    func findsTheOld(engine: TestEngine) async throws {
        try await withHouse(engine) { house in
            let tools = house.tools
            let person = try await tools.database.write { session in
                let person = try People.findOrMake(name: "Grace Oyelaran", email: "grace@example.org", tools, session)
                try Roles.give(RoleGrant(.administrator), to: person.id, tools, session)
                try session.run("delete from person_word")
                return person
            }
            let before = try await page("oyel", house)
            #expect(!before.contains("Grace Oyelaran"))
            try await tools.database.write { try PersonWords.writeAll($0) }
            let after = try await page("oyel", house)
            #expect(after.contains("Grace Oyelaran"))
            try await tools.database.write { session in
                try People.forget(person.id, Rooms.holdings, tools, session)
            }
            let left = try await tools.database.read { try $0.count("select count(*) from person_word where person_id = \(person.id)") }
            #expect(left == 0)
        }
    }
}
