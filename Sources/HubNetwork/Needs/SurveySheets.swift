internal import Civil
internal import House
internal import Identity
internal import Store

/// What somebody answered: by question, the values chosen and the words.
struct SurveyAnswers: Sendable, Equatable {
    struct Mark: Sendable, Equatable {
        let questionID: String
        /// Empty for own words.
        let value: String
        let body: String
    }

    var marks: [Mark] = []

    func values(_ question: String) -> [String] { marks.filter { $0.questionID == question && !$0.value.isEmpty }.map(\.value) }
    func body(_ question: String) -> String? { marks.first { $0.questionID == question && $0.value.isEmpty }?.body }
}

/// Sheets of answers, and who has handed one in.
enum SurveySheets {
    /// What somebody has answered for a setting; nil when nothing, or when it is theirs no more.
    static func answers(_ survey: String, person: String, setting: String, _ session: any Session) throws -> SurveyAnswers? {
        let rows = try session.all(
            """
            select m.question_id, m.value, m.body from survey_reply r join survey_mark m on m.sheet_id = r.sheet_id
            where r.survey_id = \(survey) and r.person_id = \(person) and r.setting_id = \(setting) order by m.question_id, m.value
            """)
        if rows.isEmpty { return nil }
        return SurveyAnswers(
            marks: rows.map { SurveyAnswers.Mark(questionID: $0.text("question_id"), value: $0.text("value"), body: $0.text("body")) })
    }

    /// Hands answers in, or changes them while the survey is open.
    static func hand(
        in answers: SurveyAnswers, _ survey: NeedSurvey, person: String, setting: String, sector: Sector, _ tools: Tools,
        _ session: any Session
    ) throws {
        try session.lock("eyhub.need-survey.\(survey.id)")
        // It may have been closed while somebody was writing.
        guard let now = try session.first("select * from need_survey where id = \(survey.id)").flatMap({ NeedSurvey($0) }),
            now.isOpen(on: tools.clock.today)
        else { throw Refusal.badRequest("This survey has closed, so nothing can be answered or changed any more.") }
        let before = try session.first(
            """
            select sheet_id from survey_reply where survey_id = \(survey.id) and person_id = \(person) and setting_id = \(setting)
            """)
        if let old = before?.textOrNil("sheet_id") { try tear(old, session) }
        // By chance alone: an id made from the time would tell who it was.
        let sheet = PersonalKey.new().value
        try session.run("insert into survey_sheet (id, survey_id, sector) values (\(sheet), \(survey.id), \(sector.rawValue))")
        for mark in answers.marks {
            try session.run(
                """
                insert into survey_mark (sheet_id, question_id, value, body)
                values (\(sheet), \(mark.questionID), \(mark.value), \(mark.body))
                """)
        }
        if before == nil {
            try session.run(
                """
                insert into survey_reply (survey_id, person_id, setting_id, sector, sheet_id)
                values (\(survey.id), \(person), \(setting), \(sector.rawValue), \(sheet))
                on conflict (survey_id, person_id, setting_id) do nothing
                """)
        } else {
            try session.run(
                """
                update survey_reply set sheet_id = \(sheet), sector = \(sector.rawValue)
                where survey_id = \(survey.id) and person_id = \(person) and setting_id = \(setting)
                """)
        }
        // That somebody answered, and nothing of what.
        try Audit.log(
            session, tools, action: before == nil ? "network.needs.answered" : "network.needs.answer-changed",
            subject: "survey:\(survey.id)", who: "person:\(person)", hub: survey.hubID)
    }

    /// Takes a sheet away with all that is on it.
    static func tear(_ sheet: String, _ session: any Session) throws {
        try session.run("update survey_reply set sheet_id = null where sheet_id = \(sheet)")
        try session.run("delete from survey_mark where sheet_id = \(sheet)")
        try session.run("delete from survey_sheet where id = \(sheet)")
    }

    /// Adds a survey's sheets up and takes them away, with the list of who answered.
    static func addUp(_ survey: String, _ tools: Tools, _ session: any Session) throws {
        try session.lock("eyhub.need-survey.\(survey)")
        // First of all, so that of two copies of the program the second sees that it is done.
        let isFirst = try session.run("update need_survey set summed_at = \(tools.clock.now) where id = \(survey) and summed_at is null")
        guard isFirst == 1 else { return }
        let counts = try SurveyCounts.of(sheets: survey, session)
        for (question, bySector) in counts.all.sorted(by: { $0.key < $1.key }) {
            for (sector, values) in bySector.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
                for (value, count) in values.sorted(by: { $0.key < $1.key }) {
                    try session.run(
                        """
                        insert into survey_sum (survey_id, question_id, sector, value, sheets)
                        values (\(survey), \(question), \(sector.rawValue), \(value), \(count))
                        """)
                }
            }
        }
        for line in try Self.turnout(survey, isSummed: false, session) {
            try session.run("delete from survey_sector where survey_id = \(survey) and sector = \(line.sector.rawValue)")
            try session.run(
                """
                insert into survey_sector (survey_id, sector, asked, answered)
                values (\(survey), \(line.sector.rawValue), \(line.asked), \(line.answered))
                """)
        }
        try session.run("delete from survey_mark where sheet_id in (select id from survey_sheet where survey_id = \(survey))")
        try session.run("delete from survey_sheet where survey_id = \(survey)")
        try session.run("delete from survey_reply where survey_id = \(survey)")
        try session.run("delete from survey_link where survey_id = \(survey)")
        try Audit.log(session, tools, action: "network.needs.added-up", subject: "survey:\(survey)")
    }

    /// How many settings of a sector were asked and answered.
    struct Turnout: Sendable {
        let sector: Sector
        let asked: Int
        let answered: Int
    }

    static func turnout(_ survey: String, isSummed: Bool, _ session: any Session) throws -> [Turnout] {
        var asked: [Sector: Int] = [:]
        var answered: [Sector: Int] = [:]
        for row in try session.all("select * from survey_sector where survey_id = \(survey)") {
            guard let sector: Sector = row.code("sector") else { continue }
            asked[sector] = row.int("asked")
            answered[sector] = row.int("answered")
        }
        if !isSummed {
            answered = [:]
            for row in try session.all(
                "select sector, count(distinct setting_id) as settings from survey_reply where survey_id = \(survey) group by sector")
            {
                guard let sector: Sector = row.code("sector") else { continue }
                answered[sector] = row.int("settings")
            }
        }
        return Sector.allCases.compactMap { sector in
            let (own, back) = (asked[sector] ?? 0, answered[sector] ?? 0)
            // A setting that was not on the list and answered all the same was asked.
            return own == 0 && back == 0 ? nil : Turnout(sector: sector, asked: max(own, back), answered: back)
        }
    }
}

/// How often each value was chosen, by question and sector. Under "#": how many people answered the question at all.
struct SurveyCounts: Sendable, Equatable {
    static let anybody = "#"

    var all: [String: [Sector: [String: Int]]] = [:]

    static func of(_ survey: NeedSurvey, _ session: any Session) throws -> SurveyCounts {
        guard survey.isSummed else { return try of(sheets: survey.id, session) }
        var counts = SurveyCounts()
        for row in try session.all("select * from survey_sum where survey_id = \(survey.id)") { counts.take(row) }
        return counts
    }

    static func of(sheets survey: String, _ session: any Session) throws -> SurveyCounts {
        var counts = SurveyCounts()
        for row in try session.all(
            """
            select m.question_id, s.sector, m.value, count(*) as sheets from survey_mark m join survey_sheet s on s.id = m.sheet_id
            where s.survey_id = \(survey) and m.value <> '' group by m.question_id, s.sector, m.value
            """)
        { counts.take(row) }
        for row in try session.all(
            """
            select m.question_id, s.sector, '#' as value, count(distinct s.id) as sheets
            from survey_mark m join survey_sheet s on s.id = m.sheet_id where s.survey_id = \(survey) group by m.question_id, s.sector
            """)
        { counts.take(row) }
        for row in try session.all(
            """
            select '' as question_id, sector, '#' as value, count(*) as sheets from survey_sheet where survey_id = \(survey)
            group by sector
            """)
        { counts.take(row) }
        return counts
    }

    private mutating func take(_ row: Row) {
        guard let sector: Sector = row.code("sector") else { return }
        all[row.text("question_id"), default: [:]][sector, default: [:]][row.text("value")] = row.int("sheets")
    }

    /// How many people of each sector answered a question; an empty one for the survey itself.
    func answered(_ question: String = "") -> [Sector: Int] { (all[question] ?? [:]).compactMapValues { $0[Self.anybody] } }

    func count(_ question: String, _ sectors: [Sector], _ value: String) -> Int {
        sectors.reduce(0) { $0 + (all[question]?[$1]?[value] ?? 0) }
    }
}
