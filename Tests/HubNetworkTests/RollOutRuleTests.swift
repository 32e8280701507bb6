import Civil
import Testing

@testable import HubNetwork

/// The rules of docs/rules/roll-out.md that need no database.
@Suite struct RollOutRuleTests {
    private let start = Day(daysSince1970: 20_000)

    @Test("A step is overdue the day after its day, until it is done; without a day it is never late")
    func standing() {
        let due = start.adding(days: 10)
        #expect(StepStanding(due: due, done: nil, today: due) == .toCome)
        #expect(StepStanding(due: due, done: nil, today: due.adding(days: 1)) == .overdue)
        #expect(StepStanding(due: due, done: due.adding(days: 5), today: due.adding(days: 9)) == .done)
        #expect(StepStanding(due: nil, done: nil, today: due) == .undated)
        #expect(StepStanding(due: nil, done: due, today: due) == .done)
    }

    @Test("A counted day is the start and so many days; a step without a count has none")
    func counted() {
        #expect(RollOutRule.due(start: start, offset: 0) == start)
        #expect(RollOutRule.due(start: start, offset: 63) == start.adding(days: 63))
        #expect(RollOutRule.due(start: start, offset: nil) == nil)
    }

    @Test("Moving a step by one place changes two places and no more; at either end nothing moves", arguments: 1...6)
    func moves(count: Int) {
        let order = (1...count).map { "step \($0)" }
        for (index, id) in order.enumerated() {
            for up in [true, false] {
                let moved = RollOutRule.moved(id, up: up, in: order)
                #expect(moved.sorted() == order.sorted())
                let isAtEnd = index == (up ? 0 : count - 1)
                #expect((moved == order) == isAtEnd)
                if !isAtEnd {
                    #expect(moved.firstIndex(of: id) == index + (up ? -1 : 1))
                    #expect(RollOutRule.moved(id, up: !up, in: moved) == order)
                }
            }
        }
        #expect(RollOutRule.moved("not there", up: true, in: order) == order)
    }

    @Test("Southampton’s sample has thirteen steps in the order of their days; Telford’s goes through every area")
    func samples() {
        #expect(RollOutSample.thirteen.steps.count == 13)
        #expect(RollOutSample.localities.steps.contains(where: \.isPerArea) && RollOutSample.localities.steps.contains { !$0.isPerArea })
        for sample in RollOutSample.all {
            let offsets = sample.steps.map(\.offset)
            #expect(offsets == offsets.sorted() && offsets.first == 0)
            #expect(Set(sample.steps.map(\.title)).count == sample.steps.count)
        }
    }
}
