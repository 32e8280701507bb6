import Foundation
import House
import Store
import StoreTestKit
import Testing

@testable import Directory
@testable import HubNetwork
@testable import Identity
@testable import Server

/// Every action the program writes into the trail has its words.
@Suite struct TrailWordsTests {
    private static let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Sources")

    private func files(under folder: String = "") throws -> [String] {
        let root = Self.sources.appendingPathComponent(folder).path
        return try FileManager.default.subpathsOfDirectory(atPath: root).filter { $0.hasSuffix(".swift") }.map {
            try String(contentsOfFile: "\(root)/\($0)", encoding: .utf8)
        }
    }

    /// What stands between the brackets of a call that begins at the index.
    private func arguments(_ text: String, from start: String.Index) -> Substring {
        var depth = 1
        var end = start
        while end < text.endIndex, depth > 0 {
            if text[end] == "(" { depth += 1 }
            if text[end] == ")" { depth -= 1 }
            end = text.index(after: end)
        }
        return text[start..<end]
    }

    private func calls(of name: String, in text: String) -> [Substring] {
        text.ranges(of: name).map { arguments(text, from: $0.upperBound) }
    }

    @Test("Every action that stands in the source has plain words, and so have those that are put together there")
    func sourceHasWords() throws {
        let known = Rooms.trailWords.actions.keys
        var whole: Set<String> = []
        var beginnings: Set<String> = []
        for text in try files() {
            for call in calls(of: "Audit.log(", in: text) {
                for match in call.matches(of: /"((?:identity|directory|network)\.[a-z0-9.-]+)("|\\\()/) {
                    if match.output.2 == "\"" { whole.insert(String(match.output.1)) } else { beginnings.insert(String(match.output.1)) }
                }
            }
        }
        for text in try files(under: "HubNetwork/Groups") {
            for call in calls(of: "log(", in: text) {
                let what = call.prefix { $0 != "," }
                for match in what.matches(of: /"([a-z.-]+)"/) { whole.insert("network.group.\(match.output.1)") }
            }
        }
        for text in try files(under: "HubNetwork/Requests") {
            for call in calls(of: "note(", in: text) {
                if let match = call.prefixMatch(of: /"([a-z-]+)"/) { whole.insert("network.request.\(match.output.1)") }
            }
        }
        for text in try files(under: "HubNetwork/Agreements/Store") {
            for match in text.matches(of: /log\("(network\.[a-z.-]+)"/) { whole.insert(String(match.output.1)) }
        }
        #expect(whole.count > 100 && beginnings.count > 5, "the walk finds what it looks for")
        #expect(whole.filter { !known.contains($0) }.sorted() == [])
        #expect(beginnings.filter { start in !known.contains { $0.hasPrefix(start) } }.sorted() == [])
    }

    @Test("What is put together from a list has words for each of the list")
    func listsHaveWords() {
        let known = Rooms.trailWords.actions
        var codes = CorrectableField.allCases.flatMap { field in
            ["corrected", "correction-undone", "correction-kept", "change-asked"].map { "directory.setting.\($0).\(field.rawValue)" }
        }
        codes += ["accepted", "declined", "withdrawn"].map { "directory.setting.change-\($0)" }
        codes += ["move", "lock", "unlock", "rename", "base", "free-base", "redraw"].map { "directory.plan.\($0)" }
        codes += ["close", "reopen", "code"].map { "network.champion.event.\($0)" }
        codes += ["removed", "restored"].map { "network.handover.criterion.\($0)" }
        codes += ["before", "after"].map { "network.group.note.\($0)" }
        codes += Refused.allCases.map(\.action)
        #expect(codes.filter { known[$0] == nil } == [])
    }

    @Test("No words are said twice of two things, none end in a full stop, none hold a code")
    func wordsAreWords() {
        let said = Rooms.trailWords.actions.values.map(\.words)
        #expect(Dictionary(grouping: said) { $0 }.filter { $0.value.count > 1 }.keys.sorted() == [])
        #expect(said.filter { $0.hasSuffix(".") || $0.contains("_") || $0.first?.isUppercase != true } == [])
        let kinds = Rooms.trailWords.kinds.map(\.code)
        #expect(Set(kinds).count == kinds.count)
    }

    @Test("The trail of the demonstration, written by every room, is told in words throughout")
    func demonstrationIsTold() async throws {
        let house = try await LoadedHouse.shared.value
        let (actions, kinds) = try await house.tools.database.read { session in
            (
                try session.all("select distinct action from audit").map { $0.text("action") },
                try session.all(
                    "select distinct substr(subject, 1, instr(subject, ':') - 1) as kind from audit where instr(subject, ':') > 0"
                )
                .map { $0.text("kind") }
            )
        }
        #expect(actions.count > 5)
        #expect(actions.filter { Rooms.trailWords.action($0) == nil }.sorted() == [])
        #expect(kinds.filter { Rooms.trailWords.kind($0) == nil && $0 != "deed" && $0 != "retention" }.sorted() == [])
    }

    @Test("Every kind of record can be looked up by name, on both engines", arguments: TestEngine.all)
    func kindsAreFound(engine: TestEngine) async throws {
        try await engine.withDatabase(Rooms.migrations) { database in
            try await database.read { session in
                for kind in Rooms.trailWords.kinds {
                    let found = try kind.find(["none", "other"], session).count
                    #expect(found == 0, "\(kind.code)")
                }
            }
        }
    }
}
