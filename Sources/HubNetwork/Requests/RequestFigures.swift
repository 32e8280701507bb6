internal import Civil

/// How many ask, and how soon they are answered (`docs/rules/request-board.md`). Pure.
struct RequestFigures: Sendable, Equatable {
    let waiting: Int
    let overdue: Int
    /// First answered this term.
    let answeredThisTerm: Int
    /// Half of what was answered within a year took so many working days or fewer; nil while nothing was.
    let medianDays: Int?
    /// To whom requests were passed on and still wait, with how many.
    let passed: [Passed]

    struct Passed: Sendable, Equatable {
        let to: String
        let waiting: Int
        let answered: Int
    }

    /// `requests` are those that stand by themselves: what was merged into another counts with it.
    init(_ requests: [NeedRequest], on today: Day) {
        waiting = requests.count(where: \.isWaiting)
        overdue = requests.count { $0.isOverdue(on: today) }
        let term = Term(of: today)
        answeredThisTerm = requests.count { $0.answeredAt.map { Term(of: $0.dayInLondon) == term } ?? false }
        let days = requests.compactMap { request -> Int? in
            guard let answered = request.answeredAt?.dayInLondon, answered.days(to: today) <= 365 else { return nil }
            return WorkingDays.count(from: request.askedAt.dayInLondon, to: answered)
        }.sorted()
        medianDays = days.isEmpty ? nil : days[(days.count - 1) / 2]
        let byPartner = Dictionary(grouping: requests.filter { $0.passedTo != nil }, by: { $0.passedTo ?? "" })
        passed = byPartner.map { to, sent in
            Passed(to: to, waiting: sent.count(where: \.isWaiting), answered: sent.count { $0.answeredAt != nil })
        }.sorted { ($1.waiting, $0.to) < ($0.waiting, $1.to) }
    }
}
