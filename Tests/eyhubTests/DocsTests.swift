import Foundation
import Testing

/// The table against OWASP's standard says what is so.
@Suite struct DocsTests {
    private struct Line {
        let number: String
        let level: String
        let state: String
        let reason: String
    }

    private func lines() throws -> [Line] {
        let page = try String(contentsOfFile: "\(Program.project)/docs/asvs.md", encoding: .utf8)
        return page.split(separator: "\n").filter { $0.hasPrefix("| V") }.map { line in
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            return Line(number: cells[0], level: cells[1], state: cells.count > 3 ? cells[3] : "", reason: cells.count > 4 ? cells[4] : "")
        }
    }

    /// Every test there is, as `Suite.function`.
    private func tests() throws -> Set<String> {
        var all: Set<String> = []
        let folder = "\(Program.project)/Tests"
        let files = try #require(FileManager.default.enumerator(atPath: folder))
        for case let name as String in files where name.hasSuffix(".swift") {
            var suite = ""
            var isTest = false
            for line in try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8).split(separator: "\n") {
                let words = line.split { " :({".contains($0) }
                if let at = words.firstIndex(of: "struct"), at + 1 < words.count, words[at + 1].hasSuffix("Tests") {
                    suite = String(words[at + 1])
                }
                if line.contains("@Test") { isTest = true }
                guard isTest, let start = line.range(of: "func ") else { continue }
                all.insert("\(suite).\(line[start.upperBound...].prefix { $0 != "(" })")
                isTest = false
            }
        }
        return all
    }

    @Test("docs/asvs.md has every requirement of ASVS 5.0.0 at levels 1 and 2 once, in order")
    func everyRequirement() throws {
        let lines = try lines()
        // The standard has 70 at level 1 and 183 at level 2.
        #expect(lines.filter { $0.level == "1" }.count == 70)
        #expect(lines.filter { $0.level == "2" }.count == 183)
        let numbers = lines.map { $0.number.dropFirst().split(separator: ".").compactMap { Int($0) } }
        for (first, second) in zip(numbers, numbers.dropFirst()) { #expect(first.lexicographicallyPrecedes(second), "\(second)") }
        for line in lines {
            #expect(["met", "written", "operator", "n/a", "not yet"].contains(line.state), "\(line.number)")
            #expect(!line.reason.isEmpty, "\(line.number)")
        }
    }

    @Test("What docs/asvs.md calls met names a test there is; what it calls written names a page there is")
    func everyClaim() throws {
        let tests = try tests()
        for line in try lines() {
            let named = line.reason.split(separator: "`", omittingEmptySubsequences: false).enumerated().filter { $0.offset % 2 == 1 }
                .map { String($0.element) }
            let shown = named.filter { $0.contains("Tests.") }
            let missing = shown.filter { !tests.contains($0) }
            #expect(missing.isEmpty, "\(line.number)")
            if line.state == "met" { #expect(!shown.isEmpty, "\(line.number) is met, says no test") }
            if line.state == "written" {
                let page = line.reason.split(separator: "](").dropFirst().first?.prefix { !"#)".contains($0) }
                let path = "\(Program.project)/docs/\(page ?? "none")"
                #expect(page != nil && FileManager.default.fileExists(atPath: path), "\(line.number)")
            }
        }
    }
}
