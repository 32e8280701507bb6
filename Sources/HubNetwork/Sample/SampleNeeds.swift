internal import Civil
internal import Directory
public import House
internal import Identity
internal import Store

/// Invented surveys of the demonstration's invented hub: three terms that are over, and one that is open.
public enum SampleNeeds {
    private static let wishes = [
        "A list of who can help with speech, with their telephone numbers.", "Evening meetings once a term.",
        "To see how another setting does its two-year-old checks.", "Somebody to ring when a child is unsettled.",
        "Help with filling our afternoon places.", "More notice before training days.",
    ]

    /// Makes them unless the hub has surveys already. Returns how many there are.
    public static func make(hub: String, _ tools: Tools) async throws -> Int {
        try await tools.database.write { session in
            let there = try session.count("select count(*) from need_survey where hub_id = \(hub)")
            if there > 0 { return there }
            let today = tools.clock.today
            let ground = try HubGround.of(try Directory.hubSlug(hub, session), on: today, session)
            let lead = try PeopleBook.of(hub: hub, roles: [.hubLead], session).first
            var dice = SampleDesk.Dice(state: 20_261_123)
            let now = Term(of: today)
            for (age, term) in [now.previous.previous.previous, now.previous.previous, now.previous].enumerated() {
                let from = term.first.adding(days: 21)
                let desk = SampleDesk.tools(tools, on: from, as: lead)
                let id = try Surveys.open(term, from: from, closes: from.adding(days: 14), ground, desk, session)
                try answer(id, term, ground, age: age, &dice, session)
                if age < 2 { try SurveySheets.addUp(id, SampleDesk.tools(tools, on: today, as: lead), session) }
            }
            let opened = SampleDesk.tools(tools, on: today.adding(days: -5), as: lead)
            _ = try Surveys.open(now, from: today.adding(days: -5), closes: today.adding(days: 12), ground, opened, session)
            return 4
        }
    }

    /// Some of the settings answer. Childminders feel less equal than others, and more so from term to term.
    private static func answer(
        _ survey: String, _ term: Term, _ ground: HubGround, age: Int, _ dice: inout SampleDesk.Dice, _ session: any Session
    ) throws {
        let questions = try Surveys.questions(survey, session)
        for (place, setting) in try Surveys.whomToAsk(ground, session).enumerated() where dice.next(10) < 6 {
            let sector = setting.type.sector
            // Sums and sheets only: nobody invented gave these answers.
            let sheet = "sample-\(term.year)-\(term.season.rawValue)-\(place)-\(dice.next(1_000_000))"
            try session.run("insert into survey_sheet (id, survey_id, sector) values (\(sheet), \(survey), \(sector.rawValue))")
            try session.run(
                """
                insert into survey_reply (survey_id, person_id, setting_id, sector)
                values (\(survey), \("sample-\(place)"), \(setting.id), \(sector.rawValue))
                """)
            for question in questions {
                for (value, body) in marks(question, sector, age: age, &dice) {
                    try session.run(
                        "insert into survey_mark (sheet_id, question_id, value, body) values (\(sheet), \(question.id), \(value), \(body))")
                }
            }
        }
    }

    private static func marks(
        _ question: NeedQuestion, _ sector: Sector, age: Int, _ dice: inout SampleDesk.Dice
    ) -> [(value: String, body: String)] {
        switch question.kind {
        case .words:
            let wish = dice.next(40)
            return wish < wishes.count ? [("", wishes[wish])] : []
        case .choices:
            let values = question.values
            let first = sector == .childminders ? 2 : 0
            return Set([values[(first + dice.next(3)) % values.count], values[dice.next(values.count)]]).sorted().map { ($0, "") }
        case .scale:
            let low = question.code == "equal" && sector == .childminders ? 1 + age / 2 : 3
            return [(String(min(5, low + dice.next(3))), "")]
        }
    }
}
