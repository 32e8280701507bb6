import Civil
import Testing

@Suite struct TermTests {
    @Test("Every day of six years lies in one term, from its first to its last day, and terms follow one another")
    func everyDay() throws {
        let start = try #require(Day(year: 2023, month: 1, day: 1))
        for offset in 0..<2_191 {
            let day = start.adding(days: offset)
            let term = Term(of: day)
            #expect(term.first <= day && day <= term.last)
            #expect(term.next.previous == term && term.previous.next == term && term < term.next)
            #expect(term.next.first == term.last.adding(days: 1))
        }
    }

    @Test("The terms begin on 1 September, 1 January and 1 April")
    func begins() throws {
        for (text, name) in [
            ("2026-08-31", "Summer 2026"), ("2026-09-01", "Autumn 2026"), ("2026-12-31", "Autumn 2026"), ("2027-01-01", "Spring 2027"),
            ("2027-03-31", "Spring 2027"), ("2027-04-01", "Summer 2027"),
        ] {
            #expect(Term(of: try #require(Day(iso: text))).name == name)
        }
    }
}
