internal import House

/// What is shown of one question's answers: nothing in it is about fewer than five people. Pure.
struct SurveyResult: Sendable {
    /// The mean of a scored question in a sector, or in several together.
    struct Score: Sendable, Equatable {
        let group: Suppression.Group
        /// From 1 to 5.
        let mean: Double
    }

    /// How often one choice was ticked: in each group, and in all.
    struct Tick: Sendable, Equatable {
        let label: String
        let line: Suppression.Line
    }

    let question: NeedQuestion
    /// Nil when fewer than five answered.
    let groups: [Suppression.Group]?
    var count: Int { (groups ?? []).reduce(0) { $0 + $1.count } }
    /// Of a scored question.
    let scores: [Score]
    /// Of a scored question, everybody together.
    let mean: Double?
    /// Of a list: each choice.
    let ticks: [Tick]

    init(_ question: NeedQuestion, _ counts: SurveyCounts) {
        self.question = question
        let groups = Suppression.groups(counts.answered(question.id))
        self.groups = groups
        guard let groups else {
            (scores, mean, ticks) = ([], nil, [])
            return
        }
        func sum(_ sectors: [Sector]) -> Double {
            question.values.reduce(0) { $0 + Double(Int($1) ?? 0) * Double(counts.count(question.id, sectors, $1)) }
        }
        switch question.kind {
        case .scale:
            scores = groups.map { Score(group: $0, mean: sum($0.sectors) / Double($0.count)) }
            let all = groups.flatMap(\.sectors)
            mean = sum(all) / Double(groups.reduce(0) { $0 + $1.count })
            ticks = []
        case .choices:
            (scores, mean) = ([], nil)
            ticks = question.choices.map { choice in
                Tick(
                    label: choice.label,
                    line: Suppression.line(
                        groups.map { counts.count(question.id, $0.sectors, choice.value) }, of: groups.map(\.count)))
            }
        case .words: (scores, mean, ticks) = ([], nil, [])
        }
    }

    /// The mean of one sector, where it is shown by itself.
    func mean(of sector: Sector) -> Double? { scores.first { $0.group.sectors == [sector] }?.mean }
}

/// A scored question over the terms: only what was asked in the same words is compared. Pure.
struct SurveyTrend: Sendable {
    let question: NeedQuestion
    /// Names of the terms, the oldest first.
    let terms: [String]
    /// Everybody together, term by term.
    let all: [Double?]
    /// Each sector that is ever shown by itself.
    let sectors: [(sector: Sector, means: [Double?])]

    /// `results` holds the terms, the oldest first, each with its results. The words of the newest term count.
    init?(code: String, _ results: [(term: String, results: [SurveyResult])]) {
        guard let question = results.last?.results.first(where: { $0.question.code == code && $0.question.kind == .scale })?.question else {
            return nil
        }
        self.question = question
        let same = results.map { $0.results.first { $0.question.code == code && $0.question.version == question.version } }
        terms = results.map(\.term)
        all = same.map { $0?.mean }
        sectors = Sector.allCases.compactMap { sector in
            let means = same.map { $0?.mean(of: sector) }
            return means.contains { $0 != nil } ? (sector, means) : nil
        }
    }
}
