import Civil
import Testing

@testable import HubNetwork

/// The rules of docs/rules/readiness.md that need no database.
@Suite struct ReadinessRuleTests {
    private let today = Day(daysSince1970: 20_000)

    @Test("Every question, the choice of a pilot and every tip count one; ready is all of them")
    func progress() {
        let whole = ReadinessProgress(answered: 0, hasChosenScope: false, tipsDone: 0)
        #expect(whole.done == 0 && whole.all == ReadinessQuestion.all.count + 1 + 12 && !whole.isReady)
        #expect(ReadinessProgress(answered: 2, hasChosenScope: true, tipsDone: 3).done == 6)
        #expect(ReadinessProgress(answered: ReadinessQuestion.all.count, hasChosenScope: true, tipsDone: 12).isReady)
    }

    @Test("There are twelve tips, three, four and five, and no two questions or tips share a code")
    func tips() {
        let groups = ReadinessTip.all.reduce(into: [(String, Int)]()) { groups, tip in
            if groups.last?.0 == tip.group { groups[groups.count - 1].1 += 1 } else { groups.append((tip.group, 1)) }
        }
        #expect(groups.map(\.1) == [3, 4, 5])
        #expect(Set(ReadinessTip.all.map(\.code)).count == 12)
        #expect(Set(ReadinessQuestion.all.map(\.code)).count == ReadinessQuestion.all.count)
    }

    @Test("A tip is late the day after its day; done is done")
    func tipStanding() {
        #expect(TipStanding(planned: nil, done: nil, today: today) == .open)
        #expect(TipStanding(planned: today, done: nil, today: today) == .planned(today))
        let before = today.adding(days: -1)
        #expect(TipStanding(planned: before, done: nil, today: today) == .overdue(before))
        #expect(TipStanding(planned: before, done: today, today: today) == .done(today))
    }

    @Test("A pilot asks for a decision the day after its last day, once, and a whole area never")
    func pilot() {
        let before = today.adding(days: -1)
        #expect(PilotStanding(scope: nil, until: before, isDecided: false, today: today) == .notChosen)
        #expect(PilotStanding(scope: .whole, until: before, isDecided: false, today: today) == .whole)
        #expect(PilotStanding(scope: .pilot, until: today, isDecided: false, today: today) == .running(until: today))
        #expect(PilotStanding(scope: .pilot, until: nil, isDecided: false, today: today) == .running(until: nil))
        #expect(PilotStanding(scope: .pilot, until: before, isDecided: false, today: today) == .toDecide(since: before))
        #expect(PilotStanding(scope: .pilot, until: before, isDecided: true, today: today) == .decided)
    }
}
