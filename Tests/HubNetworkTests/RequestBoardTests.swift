import Civil
import House
import Page
import Testing

@testable import HubNetwork

/// The rules of docs/rules/request-board.md that are pure.
@Suite struct RequestBoardTests {
    private let today = Day(year: 2026, month: 11, day: 20)

    private func request(
        _ number: Int, _ state: NeedRequest.State = .open, asked: String = "2026-11-02", answerBy: String = "2026-11-16",
        answered: String? = nil, to: String? = nil, by: String? = nil, into: String? = nil
    ) throws -> NeedRequest {
        NeedRequest(
            id: "\(number)", hubID: "h", number: number, topic: "t", words: "w", settingID: nil, isOpenAboutAsker: false,
            askedAt: try #require(Instant(iso: "\(asked)T10:00:00Z")), by: "person:p", state: state,
            answerBy: try #require(Day(iso: answerBy)),
            answeredAt: answered.flatMap { Instant(iso: "\($0)T10:00:00Z") }, passedTo: to, passedByDay: by.flatMap { Day(iso: $0) },
            mergedInto: into, version: 1)
    }

    @Test("A request is overdue the day after its answer day; one passed on goes by the day its partner was given")
    func overdue() throws {
        let today = try #require(today)
        #expect(try request(1, answerBy: "2026-11-19").isOverdue(on: today))
        #expect(try !request(2, answerBy: "2026-11-20").isOverdue(on: today))
        #expect(try !request(3, .passed, answerBy: "2026-11-01", to: "SALT", by: "2026-11-20").isOverdue(on: today))
        #expect(try request(4, .passed, answerBy: "2026-12-01", to: "SALT", by: "2026-11-19").isOverdue(on: today))
        #expect(try !request(5, .answered, answerBy: "2026-11-01", answered: "2026-11-10").isOverdue(on: today))
        #expect(try !request(6, .closed, answerBy: "2026-11-01").isOverdue(on: today))
        // The one it was merged into waits in its place.
        #expect(try !request(7, answerBy: "2026-11-01", into: "1").isOverdue(on: today))
    }

    @Test("The time to an answer is the median of working days within a year; with two in the middle, the shorter")
    func figures() throws {
        let today = try #require(today)
        let figures = RequestFigures(
            [
                try request(1, .answered, asked: "2026-11-02", answered: "2026-11-03"),
                try request(2, .answered, asked: "2026-11-06", answered: "2026-11-09"),
                try request(3, .closed, asked: "2026-10-05", answered: "2026-10-12"),
                try request(4, .answered, asked: "2026-06-01", answered: "2026-06-15"),
                // Longer ago than a year.
                try request(5, .answered, asked: "2024-06-03", answered: "2024-06-04"),
                try request(6, answerBy: "2026-11-30"), try request(7),
            ], on: today)
        #expect(figures.waiting == 2 && figures.overdue == 1 && figures.answeredThisTerm == 3)
        // 1, 1, 5 and 10 working days: a weekend counts nothing.
        #expect(figures.medianDays == 1)
        #expect(RequestFigures([], on: today).medianDays == nil)
    }

    @Test("Each partner is listed with what waits for it and what it answered")
    func partners() throws {
        let today = try #require(today)
        let figures = RequestFigures(
            [
                try request(1, .passed, to: "Health", by: "2026-12-01"), try request(2, .answered, answered: "2026-11-10", to: "Health"),
                try request(3, .passed, to: "Area SENCo", by: "2026-12-01"), try request(4, .passed, to: "Area SENCo", by: "2026-12-01"),
            ], on: today)
        #expect(
            figures.passed == [
                RequestFigures.Passed(to: "Area SENCo", waiting: 2, answered: 0),
                RequestFigures.Passed(to: "Health", waiting: 1, answered: 1),
            ])
    }

    @Test("A number finds its request, and the one it was merged into")
    func finds() throws {
        let today = try #require(today)
        func filter(_ words: String) -> RequestFilter { RequestFilter(FormData([("q", words)])) }
        let book = RequestBook(request: try request(3), parts: [try request(7)], settings: [], joined: [])
        for words in ["3", "#3", " 7 ", "#7"] { #expect(filter(words).fits(book, on: today), "\(words)") }
        #expect(!filter("4").fits(book, on: today) && !filter("#").fits(book, on: today))
        #expect(filter("W").fits(book, on: today) && !filter("word").fits(book, on: today))
    }
}
