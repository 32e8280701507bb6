import House
import Testing

@testable import HubNetwork

/// The rules of docs/rules/needs-survey.md that are pure.
@Suite struct NeedsSurveyTests {
    private struct Dice {
        var state: UInt64
        mutating func next(_ sides: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % sides
        }
    }

    @Test("A sector of five or more stands by itself; those of fewer stand together")
    func groups() throws {
        let groups = try #require(Suppression.groups([.childminders: 9, .pvi: 5, .schools: 3, .health: 2]))
        #expect(groups.map(\.sectors) == [[.childminders], [.pvi], [.schools, .health]])
        #expect(groups.map(\.count) == [9, 5, 5])
        #expect(groups[2].name == "Schools, Health together")
    }

    @Test("Where the small ones are fewer than five together, the smallest of the others joins them: the total would give them away")
    func joinsTheSmallest() throws {
        let groups = try #require(Suppression.groups([.childminders: 9, .pvi: 5, .health: 2]))
        #expect(groups.map(\.sectors) == [[.childminders], [.pvi, .health]] && groups.map(\.count) == [9, 7])
        #expect(Suppression.groups([.childminders: 2, .pvi: 2]) == nil)
        #expect(Suppression.groups([.childminders: 3, .pvi: 2])?.map(\.count) == [5])
        #expect(Suppression.groups([:]) == nil)
    }

    @Test("Whatever the answers: every figure is about five people or more, and so is every difference of them")
    func groupsNeverTell() {
        var dice = Dice(state: 20_261_122)
        for _ in 0..<2_000 {
            var answered: [Sector: Int] = [:]
            for sector in Sector.allCases { answered[sector] = dice.next(3) == 0 ? 0 : dice.next(9) }
            let total = answered.values.reduce(0, +)
            guard let groups = Suppression.groups(answered) else {
                #expect(total < 5)
                continue
            }
            // They part the people without a rest, so the total less any of them is again some of them.
            #expect(groups.reduce(0) { $0 + $1.count } == total && groups.allSatisfy { $0.count >= 5 })
            let sectors = groups.flatMap(\.sectors)
            #expect(Set(sectors) == Set(answered.filter { $0.value > 0 }.keys) && sectors.count == Set(sectors).count)
        }
    }

    private func line(_ cells: [Int], of size: Int = 20) -> Suppression.Line { Suppression.line(cells, of: cells.map { _ in size }) }

    @Test("A count from one to four is hidden, and another with it so that it cannot be had from the total")
    func lines() {
        #expect(line([7, 3, 6]) == Suppression.Line(cells: [7, nil, nil], total: 16))
        #expect(line([7, 3, 2, 9]) == Suppression.Line(cells: [7, nil, nil, 9], total: 21))
        // Two and one are three: anybody could guess them, so a third goes.
        #expect(line([7, 2, 1, 9]) == Suppression.Line(cells: [nil, nil, nil, 9], total: 19))
        #expect(line([8, 5, 0]) == Suppression.Line(cells: [8, 5, 0], total: 13))
        #expect(line([]) == Suppression.Line(cells: [], total: 0))
    }

    @Test("Where a small count could still be worked out, nothing of the line is shown")
    func nothing() {
        // Nothing left to hide beside it; and a total that is itself under five.
        #expect(line([7, 0, 3, 0]) == Suppression.Line(cells: [nil, 0, nil, 0], total: 10))
        #expect(line([3, 0]) == Suppression.Line(cells: [nil, nil], total: nil))
        // Of fifteen people in groups of five and ten, fourteen: with nine and five both would stand, so it is ten and four.
        #expect(Suppression.line([4, 10], of: [5, 10]) == Suppression.Line(cells: [nil, nil], total: nil))
        // The third group’s ten stands, and of nine and five only nine and four would hide like this.
        #expect(Suppression.line([9, 4, 10], of: [9, 5, 10]) == Suppression.Line(cells: [nil, nil, nil], total: nil))
    }

    /// How many values each hidden count can have for somebody who knows the rule, what is shown, and how many answered in each group.
    private func possible(_ shown: Suppression.Line, _ sizes: [Int]) -> [Set<Int>] {
        var found = shown.cells.map { _ in Set<Int>() }
        var guess = shown.cells.map { $0 ?? 0 }
        func walk(_ at: Int) {
            if at == guess.count {
                guard Suppression.line(guess, of: sizes) == shown else { return }
                for place in guess.indices { found[place].insert(guess[place]) }
                return
            }
            if shown.cells[at] != nil { return walk(at + 1) }
            for value in 0...sizes[at] {
                guess[at] = value
                walk(at + 1)
            }
            guess[at] = 0
        }
        walk(0)
        return found
    }

    @Test("Somebody who knows the rule, the total and the size of each group can work out no count under five")
    func linesNeverTell() {
        var dice = Dice(state: 7)
        for _ in 0..<200 {
            let sizes = (0..<(2 + dice.next(2))).map { _ in 5 + dice.next(4) }
            let cells = sizes.map { dice.next($0 + 1) }
            let shown = Suppression.line(cells, of: sizes)
            for (place, cell) in cells.enumerated() where cell > 0 && cell < 5 {
                #expect(shown.cells[place] == nil)
                #expect(possible(shown, sizes)[place].count > 1, "\(cells) of \(sizes)")
            }
            if let total = shown.total { #expect(total == cells.reduce(0, +) && (total == 0 || total >= 5)) }
        }
    }

    private let equal = NeedQuestion(id: "q1", code: "equal", kind: .scale, words: "Equal?")

    private func counts(_ question: String, _ bySector: [Sector: [String: Int]]) -> SurveyCounts {
        SurveyCounts(all: [
            question: bySector.mapValues { values in
                values.merging([SurveyCounts.anybody: values.values.reduce(0, +)]) { first, _ in first }
            }
        ])
    }

    @Test("The score is the mean of the answers, by sector and together")
    func scores() {
        let result = SurveyResult(equal, counts("q1", [.childminders: ["1": 5, "3": 5], .schools: ["5": 10]]))
        #expect(result.scores.map(\.mean) == [2, 5] && result.mean == 3.5 && result.count == 20)
        #expect(result.mean(of: .childminders) == 2 && result.mean(of: .health) == nil)
        let few = SurveyResult(equal, counts("q1", [.childminders: ["1": 4]]))
        #expect(few.groups == nil && few.mean == nil && few.scores.isEmpty && few.ticks.isEmpty)
    }

    @Test("Terms are compared only where the question had the same words")
    func trends() throws {
        let reworded = NeedQuestion(id: "q2", code: "equal", version: 2, kind: .scale, words: "Equal partners?")
        let autumn = SurveyResult(equal, counts("q1", [.schools: ["2": 6]]))
        let spring = SurveyResult(reworded, counts("q2", [.schools: ["3": 6]]))
        let summer = SurveyResult(reworded, counts("q2", [.schools: ["4": 3], .pvi: ["5": 3]]))
        let trend = try #require(
            SurveyTrend(code: "equal", [("Autumn", [autumn]), ("Spring", [spring]), ("Summer", [summer])]))
        #expect(trend.all == [nil, 3, 4.5] && trend.question.words == "Equal partners?")
        #expect(trend.sectors.map(\.sector) == [.schools] && trend.sectors[0].means == [nil, 3, nil])
        #expect(SurveyTrend(code: "gone", [("Autumn", [autumn])]) == nil)
    }

    @Test("The usual questions ask what would help, and score the partnership and its equality")
    func usual() {
        #expect(Set(NeedQuestion.usual.map(\.code)).count == NeedQuestion.usual.count)
        #expect(NeedQuestion.usual.contains { $0.code == "equal" && $0.kind == .scale && $0.words.contains("equal partner") })
        for question in NeedQuestion.usual {
            let kept = NeedQuestion.choices(in: NeedQuestion.text(of: question.choices))
            #expect(kept.elementsEqual(question.choices, by: ==), "\(question.code)")
        }
    }
}
