internal import Civil
internal import Directory
internal import House
internal import Identity
internal import Page
internal import Store

extension Deed {
    static let keepNeeds = Deed(
        "network.needs.keep", "Open and close the needs survey, and write its questions",
        [.administrator: .anywhere, .hubLead: .ownHub, .coordinator: .ownHub])
    static let answerNeeds = Deed(
        "network.needs.answer", "Answer the needs survey for one’s own setting", [.manager: .ownSetting, .practitioner: .ownSetting])
}

extension Network {
    static let needDeeds: [Deed] = [.keepNeeds, .answerNeeds]

    /// The hub named in the address; the survey named there too must be its own.
    static func atSurvey(_ request: Request, _ session: any Session) throws -> Whereabouts {
        let place = try atHub(request, session)
        _ = try Surveys.find(request.parameter("survey"), hub: place.hubs.first ?? "", session)
        return place
    }

    /// The survey that asks members what they need.
    var needRoutes: [Route] {
        let hub = "/staff/network/{hub}"
        let one = "\(hub)/needs/{survey}"
        return [
            route(.get, "\(hub)/needs", .seeNetwork, "What members need", at: Self.atHub) { try await $0.needsPage($1) },
            route(.get, "\(hub)/new-survey", .keepNeeds, "Open the needs survey of a term", at: Self.atHub) {
                try await $0.openSurveyPage($1)
            },
            route(.post, "\(hub)/new-survey", .keepNeeds, "Open the needs survey of a term", at: Self.atHub) {
                try await $0.openSurvey($1)
            },
            route(.get, "\(hub)/survey-questions", .keepNeeds, "The questions of the needs survey", at: Self.atHub) {
                try await $0.questionsPage($1)
            },
            route(.post, "\(hub)/survey-questions", .keepNeeds, "Write the questions of the needs survey", at: Self.atHub) {
                try await $0.saveQuestions($1)
            },
            route(.get, one, .seeNetwork, "The results of a needs survey", at: Self.atSurvey) { try await $0.surveyPage($1) },
            route(.get, "\(one)/results.csv", .seeNetwork, "The results of a needs survey as a table", at: Self.atSurvey) {
                try await $0.surveyCSV($1)
            },
            route(.get, "\(one)/close", .keepNeeds, "Ask before closing a needs survey", at: Self.atSurvey) {
                try await $0.confirmClosing($1)
            },
            route(.post, "\(one)/close", .keepNeeds, "Close a needs survey", at: Self.atSurvey) { try await $0.closeSurvey($1) },
            route(.post, "\(one)/remind", .keepNeeds, "Write once more to those who have not answered", at: Self.atSurvey) {
                try await $0.remindSurvey($1)
            },
            route(.get, "/own/{id}/needs", .answerNeeds, "Say what one’s own setting needs", at: Self.atOwnSetting) {
                try await $0.ownNeedsPage($1)
            },
            route(.post, "/own/{id}/needs", .answerNeeds, "Say what one’s own setting needs", at: Self.atOwnSetting) {
                try await $0.answerOwnNeeds($1)
            },
            route(.get, "/needs/{token}", .arrive, "Answer the needs survey by the link in a letter") { try await $0.linkedNeedsPage($1) },
            route(.post, "/needs/{token}", .arrive, "Answer the needs survey by the link in a letter") {
                try await $0.answerLinkedNeeds($1)
            },
        ]
    }

    /// A survey that waits for the answers of somebody's setting.
    static func needDues(clock: Clock) -> [Due] {
        [
            Due(
                .answerNeeds, "/own-hub", one: "survey asks what your setting needs", several: "surveys ask what your settings need",
                count: { asker, session in try waitingSettings(asker, on: clock.today, session).count })
        ]
    }

    /// The asker's own settings for which an open survey has nothing of theirs yet.
    static func waitingSettings(_ asker: Asker, on today: Day, _ session: any Session) throws -> [String] {
        let settings = Set(asker.hats.filter { Deed.answerNeeds.reaches[$0.role] != nil }.compactMap(\.settingID)).sorted()
        guard let me = asker.personID, !settings.isEmpty else { return [] }
        return try settings.filter { setting in
            let hubs = try Directory.whereabouts(ofSetting: setting, session).hubs.sorted()
            return try session.count(
                """
                select count(*) from need_survey s where s.hub_id in \(list: hubs) and s.closed_at is null and s.from_day <= \(today)
                and s.closes_day >= \(today) and not exists (
                    select 1 from survey_reply r where r.survey_id = s.id and r.person_id = \(me) and r.setting_id = \(setting))
                """) > 0
        }
    }

    static let needHoldings: [Holding] = [
        Holding(
            "survey_reply", ["person_id"], "What you answered to the hub’s surveys, while it can still be told that it was you",
            fate:
                "Your answers go while they can be told to be yours. After a survey has closed nobody can tell, so they stay without a name.",
            rows: {
                try $1.all(
                    """
                    select s.from_day, s.closes_day, r.setting_id, q.words, m.value, m.body from survey_reply r
                    join need_survey s on s.id = r.survey_id left join survey_mark m on m.sheet_id = r.sheet_id
                    left join need_question q on q.id = m.question_id where r.person_id = \($0) order by s.from_day, r.setting_id, q.position
                    """)
            },
            forget: { id, _, session in
                for row in try session.all("select sheet_id from survey_reply where person_id = \(id) and sheet_id is not null") {
                    let sheet = row.text("sheet_id")
                    try session.run("delete from survey_reply where sheet_id = \(sheet)")
                    try SurveySheets.tear(sheet, session)
                }
            }),
        Holding(
            "survey_link", ["person_id"], "Links to surveys you were sent", fate: "Go.",
            rows: { try $1.all("select survey_id, setting_id from survey_link where person_id = \($0) order by survey_id") },
            forget: { id, _, session in try session.run("delete from survey_link where person_id = \(id)") }),
        written("need_question", "Questions you wrote for surveys", "select written_at, words from need_question where by_whom ="),
        written("need_survey", "Surveys you opened", "select opened_at, from_day, closes_day from need_survey where by_whom ="),
    ]

    static let needRetention: [Retention] = [
        Retention(
            "survey-threads", "Which answers to a needs survey are whose", .none,
            .fixed("Those who answer are told that it is cut when the survey closes."), then: "with the next clearing after it closed; cut",
            in: "need_survey", .each { id, _, session in try Surveys.cutThreads(id, session) }
        ) {
            """
            (closed_at is not null or closes_day < \($0.dayInLondon)) and (
                exists (select 1 from survey_reply r where r.survey_id = need_survey.id and r.sheet_id is not null)
                or exists (select 1 from survey_link l where l.survey_id = need_survey.id))
            """
        },
        Retention(
            "survey-sheets", "Answers to a needs survey, sheet by sheet, and who answered", .none,
            .fixed("The day is the end of the next term; results are kept as sums only."),
            then: "at the end of the term after it; added up, then deleted", in: "need_survey",
            .each { id, tools, session in try SurveySheets.addUp(id, tools, session) }
        ) { "summed_at is null and sums_day < \($0.dayInLondon)" },
    ]
}
