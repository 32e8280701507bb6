import Civil
import Testing

@testable import HubNetwork

/// The rules of docs/rules/pledges.md that need no database.
@Suite struct PledgeRuleTests {
    private func day(_ text: String) throws -> Day { try #require(Day(iso: text)) }

    private func state(
        signed: String, on today: String, number: Int = 1, both: Bool = false, countersigned: Bool = false, renews: Bool = true,
        notice: Int = 30,
        floor: Int = 1
    ) throws -> SigningRule.State {
        SigningRule.state(
            signedOn: try day(signed), isCountersigned: countersigned,
            SigningRule.Terms(number: number, needsBoth: both, renews: renews, noticeDays: notice), floor: floor, on: try day(today))
    }

    @Test("A signature holds a year from its day, is due so many days before, and over on the day itself")
    func holdsAYear() throws {
        let end = try day("2019-05-12")
        #expect(try state(signed: "2018-05-12", on: "2018-05-12") == .holds(until: end))
        #expect(try state(signed: "2018-05-12", on: "2019-04-11") == .holds(until: end))
        #expect(try state(signed: "2018-05-12", on: "2019-04-12") == .due(until: end))
        #expect(try state(signed: "2018-05-12", on: "2019-05-11") == .due(until: end))
        #expect(try state(signed: "2018-05-12", on: "2019-05-12") == .lapsed(on: end))
        #expect(try state(signed: "2018-05-12", on: "2030-01-01", renews: false) == .holds(until: nil))
    }

    @Test("No year is short: of 29 February it ends on 1 March, of every other day on the same day")
    func anniversaries() throws {
        #expect(SigningRule.anniversary(of: try day("2024-02-29")) == (try day("2025-03-01")))
        let first = try day("2023-01-01")
        for offset in 0..<1_500 {
            let signed = first.adding(days: offset)
            let length = signed.days(to: SigningRule.anniversary(of: signed))
            #expect(length == 365 || length == 366)
        }
    }

    @Test("An agreement of two parties waits for the hub, whatever the day; an older text counts only as such")
    func bothParties() throws {
        #expect(try state(signed: "2026-11-01", on: "2026-11-22", both: true) == .waiting)
        #expect(try state(signed: "2026-11-01", on: "2026-11-22", both: true, countersigned: true).counts)
        #expect(try state(signed: "2026-11-01", on: "2026-11-22", number: 1, floor: 2) == .olderText)
        #expect(try state(signed: "2026-11-01", on: "2026-11-22", number: 2, floor: 2).counts)
    }

    @Test("Of several signatures of a setting the best stands for it, and of equal ones the one that holds longest")
    func best() throws {
        let (sooner, later) = (try day("2027-01-01"), try day("2027-06-01"))
        #expect(SigningRule.best([]) == nil)
        #expect(SigningRule.best([.lapsed(on: sooner), .waiting, .due(until: sooner)]) == .due(until: sooner))
        #expect(SigningRule.best([.holds(until: sooner), .holds(until: later)]) == .holds(until: later))
        #expect(SigningRule.best([.holds(until: later), .holds(until: nil)]) == .holds(until: nil))
    }

    @Test("A sheet is read as people type it: commas, semicolons or columns of a spreadsheet, a name’s own commas kept")
    func readsSheets() {
        let read = SignerLine.read(
            """
            Larkspur Nursery, Rosa Marsh, manager
            Smith, Jones and Daughters Nursery, Ann Lee, owner
            Poppy Pre-school; Lee, Ann; deputy

            Rosa Childminding\tRosa Diaz\tchildminder
            Far Away, Joan
            """)
        #expect(read.problems.isEmpty)
        #expect(
            read.lines == [
                SignerLine(setting: "Larkspur Nursery", name: "Rosa Marsh", role: "manager"),
                SignerLine(setting: "Smith, Jones and Daughters Nursery", name: "Ann Lee", role: "owner"),
                SignerLine(setting: "Poppy Pre-school", name: "Lee, Ann", role: "deputy"),
                SignerLine(setting: "Rosa Childminding", name: "Rosa Diaz", role: "childminder"),
                SignerLine(setting: "Far Away", name: "Joan", role: ""),
            ])
        let wrong = SignerLine.read("Only a setting\n, , manager")
        #expect(wrong.lines.isEmpty && wrong.problems.count == 2 && wrong.problems[0].contains("Only a setting"))
        let many = SignerLine.read(Array(repeating: "A, B, C", count: SignerLine.most + 1).joined(separator: "\n"))
        #expect(many.problems.count == 1)
    }

    @Test("A code has twelve letters that nobody confuses, is read however it is typed, and every one is another")
    func codes() {
        let codes = (0..<500).map { _ in EventCode.make() }
        #expect(Set(codes).count == codes.count)
        for code in codes {
            #expect(!code.contains { "O0I1LU".contains($0) })
            #expect(EventCode.read(EventCode.shown(code).lowercased()) == code)
        }
        #expect(EventCode.read("short") == nil && EventCode.read("OOOOOOOOOOOO") == nil && EventCode.read("") == nil)
    }

    @Test("A code opens on its first day and closes after its last, or when it is closed")
    func codeDays() throws {
        let (first, last) = (try day("2026-11-22"), try day("2026-11-23"))
        func state(_ today: String, closed: Bool = false) throws -> EventCode.State {
            EventCode.state(first: first, last: last, isClosed: closed, on: try day(today))
        }
        #expect(try state("2026-11-21") == .notYet)
        #expect(try state("2026-11-22") == .open)
        #expect(try state("2026-11-23") == .open)
        #expect(try state("2026-11-24") == .over)
        #expect(try state("2026-11-22", closed: true) == .closed)
    }

    @Test("The fingerprint is of every word and of the terms: whatever changes, it changes")
    func fingerprints() {
        let text = AgreementText.sampleCollaboration(of: "the hub")
        var others: [AgreementText] = Array(repeating: text, count: 8)
        others[0].title += "."
        others[1].opening += " "
        others[2].aims[0] += "x"
        others[3].aims.swapAt(0, 1)
        others[4].duties.removeLast()
        others[5].principles.append("One more.")
        others[6].needsBoth.toggle()
        others[7].renews.toggle()
        #expect(Set(others.map(\.fingerprint) + [text.fingerprint]).count == 9)
        #expect(text.fingerprint.count == 64)
        // As `printf 'A\n\nThe setting signs it. A signature holds until it is taken back.\n' | sha256sum` has it.
        #expect(
            AgreementText(title: "A").sealed == "A\n\nThe setting signs it. A signature holds until it is taken back.\n")
    }

    @Test("Lines lose the numbers and bullets people type before them, and nothing else")
    func lines() {
        #expect(
            AgreementText.lines("1. One\n2) Two\r\n• Three\n- Four\n\n  30 hours for all  \n5.5 places") == [
                "One", "Two", "Three", "Four", "30 hours for all", "5.5 places",
            ])
    }

    @Test("What changed is told line by line, and taking the changes leads from the old text to the new")
    func changes() {
        let lists: [([String], [String])] = [
            (["a", "b", "c"], ["a", "c", "d"]), ([], ["a"]), (["a"], []), (["a", "b"], ["b", "a"]), (["x", "x", "y"], ["x", "y", "y"]),
        ]
        for (old, new) in lists {
            let lines = TextChanges.lines(old, new)
            let kept = lines.compactMap { line -> String? in if case .new = line { nil } else { Self.text(line) } }
            let now = lines.compactMap { line -> String? in if case .gone = line { nil } else { Self.text(line) } }
            #expect(kept == old && now == new)
        }
    }

    private static func text(_ line: TextChanges.Line) -> String {
        switch line {
        case .same(let text), .gone(let text), .new(let text): text
        }
    }
}
