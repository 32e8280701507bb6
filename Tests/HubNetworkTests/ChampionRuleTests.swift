import Civil
import Testing

@testable import HubNetwork

/// The rules of docs/rules/champions.md that need no database.
@Suite struct ChampionRuleTests {
    private let begun = Day(daysSince1970: 20_000)
    private let rule = ChampionDeadlines(firstMeeting: 42, quiet: 120)

    private func first(_ begins: [Int], met: [Int] = [], today: Int) -> FirstMeeting {
        FirstMeeting(
            begins: begins.map(begun.adding), meetings: met.map(begun.adding), deadlines: rule, today: begun.adding(days: today))
    }

    @Test("A first meeting is due so many days after the first champion began; the day after it is overdue")
    func dueDays() {
        #expect(first([], today: 100) == .nobody)
        #expect(first([0], today: 0) == .due(begun.adding(days: 42)))
        #expect(first([0], today: 42) == .due(begun.adding(days: 42)))
        #expect(first([0], today: 43) == .overdue(begun.adding(days: 42)))
        // The first of several counts, in whatever order they are read.
        #expect(first([30, 0, 10], today: 43) == .overdue(begun.adding(days: 42)))
        #expect(first([30, 10], today: 43) == .due(begun.adding(days: 52)))
    }

    @Test("Any meeting from the first champion’s first day on is the first meeting; one before, or still to come, is not")
    func held() {
        #expect(first([10], met: [9], today: 60) == .overdue(begun.adding(days: 52)))
        #expect(first([10], met: [10], today: 60) == .held(begun.adding(days: 10)))
        #expect(first([10], met: [50, 20], today: 60) == .held(begun.adding(days: 20)))
        #expect(first([10], met: [61], today: 60) == .overdue(begun.adding(days: 52)))
        // Held late is held.
        #expect(first([0], met: [59], today: 60) == .held(begun.adding(days: 59)))
    }

    @Test("An area has gone quiet the day after the hub’s own time without a meeting")
    func quiet() {
        #expect(!rule.isQuiet(lastMeeting: begun, on: begun.adding(days: 120)))
        #expect(rule.isQuiet(lastMeeting: begun, on: begun.adding(days: 121)))
    }

    @Test("A hand-over is ready when every criterion is met, never without any, and what is recorded stands", arguments: 0...6)
    func handover(met: Int) {
        #expect(HandoverStanding(criteria: 6, met: met, recorded: nil) == (met == 6 ? .ready : .missing(6 - met)))
        #expect(HandoverStanding(criteria: 0, met: met, recorded: nil) == .noCriteria)
        #expect(HandoverStanding(criteria: 6, met: met, recorded: begun) == .done(begun))
    }

    @Test("A time in office holds on its first day and on its last")
    func tenure() {
        let tenure = Tenure(from: begun, to: begun.adding(days: 5))
        let held = (-1...6).filter { tenure.holds(on: begun.adding(days: $0)) }
        #expect(held == Array(0...5))
        #expect(Tenure(from: begun, to: nil).holds(on: begun.adding(days: 9_999)))
    }
}
