internal import Civil
internal import Directory
internal import House
internal import Identity
internal import Store

/// The needs survey of one term.
struct NeedSurvey: Sendable {
    let id: String
    let hubID: String
    let term: Term
    let fromDay: Day
    let closesDay: Day
    /// Set when it was closed before its day.
    let closedAt: Instant?
    /// From the day after this only sums are kept.
    let sumsDay: Day
    let isSummed: Bool
    let remindedAt: Instant?

    init?(_ row: Row) {
        guard let season = Term.Season(rawValue: row.int("term_season")), let from = row.day("from_day"),
            let closes = row.day("closes_day"),
            let sums = row.day("sums_day")
        else { return nil }
        id = row.text("id")
        hubID = row.text("hub_id")
        term = Term(year: row.int("term_year"), season: season)
        fromDay = from
        closesDay = closes
        closedAt = row.instant("closed_at")
        sumsDay = sums
        isSummed = row.textOrNil("summed_at") != nil
        remindedAt = row.instant("reminded_at")
    }

    /// Answers can be given and changed.
    func isOpen(on today: Day) -> Bool { closedAt == nil && fromDay <= today && today <= closesDay }
    /// Nothing can be changed any more, so results may be shown.
    func isClosed(on today: Day) -> Bool { closedAt != nil || closesDay < today }
}

/// Surveys as they stand in the database.
enum Surveys {
    /// A hub's, the newest term first.
    static func all(_ hubs: [String], _ session: any Session) throws -> [NeedSurvey] {
        try session.all("select * from need_survey where hub_id in \(list: hubs) order by from_day desc, id desc").compactMap(
            NeedSurvey.init)
    }

    static func find(_ id: String, hub: String, _ session: any Session) throws -> NeedSurvey {
        guard let survey = try session.first("select * from need_survey where id = \(id) and hub_id = \(hub)").flatMap({ NeedSurvey($0) })
        else { throw Refusal.notFound("There is no survey at this address.") }
        return survey
    }

    static func questions(_ survey: String, _ session: any Session) throws -> [NeedQuestion] {
        try session.all(
            """
            select q.* from survey_question s join need_question q on q.id = s.question_id where s.survey_id = \(survey)
            order by s.position, q.id
            """
        ).compactMap(NeedQuestion.init)
    }

    /// Opens the survey of a term with the questions the hub asks now. Throws where the term has one.
    static func open(
        _ term: Term, from: Day, closes: Day, _ ground: HubGround, _ tools: Tools, _ session: any Session
    ) throws -> String {
        try session.lock("eyhub.need-survey.\(ground.id)")
        guard
            try session.count(
                """
                select count(*) from need_survey where hub_id = \(ground.id) and term_year = \(term.year)
                and term_season = \(term.season.rawValue)
                """) == 0
        else { throw Refusal.badRequest("There is a survey of \(term.name) already. A term has one.") }
        let questions = try NeedQuestions.made(ground.id, tools, session)
        let id = tools.ids.next()
        try session.run(
            """
            insert into need_survey (id, hub_id, term_year, term_season, from_day, closes_day, sums_day, opened_at, by_whom)
            values (\(id), \(ground.id), \(term.year), \(term.season.rawValue), \(from), \(closes),
                \(max(term.next.last, Term(of: closes).next.last)), \(tools.clock.now), \(tools.asker.auditName))
            on conflict (hub_id, term_year, term_season) do nothing
            """)
        for (place, question) in questions.enumerated() {
            try session.run("insert into survey_question (survey_id, question_id, position) values (\(id), \(question.id), \(place))")
        }
        let asked = try whomToAsk(ground, session)
        let sectors = Dictionary(asked.map { ($0.type.sector, 1) }, uniquingKeysWith: +)
        for (sector, count) in sectors.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            try session.run(
                "insert into survey_sector (survey_id, sector, asked, answered) values (\(id), \(sector.rawValue), \(count), 0)")
        }
        try Audit.log(session, tools, action: "network.needs.opened", subject: "survey:\(id)", after: "\(term.name), to \(closes.iso)")
        return id
    }

    /// The settings a survey asks: members, and those whose people have an account.
    static func whomToAsk(_ ground: HubGround, _ session: any Session) throws -> [HubGround.Place] {
        let members = Set(try Memberships.now(ground.id, session).keys)
        let people = Set(try PeopleBook.of(hub: ground.id, roles: [.manager, .practitioner], session).compactMap(\.settingID))
        return ground.settings.filter { members.contains($0.id) || people.contains($0.id) }
    }

    /// Ends it now. What ties people to their answers goes at once.
    static func close(_ survey: NeedSurvey, _ tools: Tools, _ session: any Session) throws {
        try session.lock("eyhub.need-survey.\(survey.id)")
        try session.run("update need_survey set closed_at = \(tools.clock.now) where id = \(survey.id) and closed_at is null")
        try cutThreads(survey.id, session)
        try Audit.log(session, tools, action: "network.needs.closed", subject: "survey:\(survey.id)")
    }

    /// From here on nobody can tell which answers are whose.
    static func cutThreads(_ survey: String, _ session: any Session) throws {
        try session.run("update survey_reply set sheet_id = null where survey_id = \(survey) and sheet_id is not null")
        try session.run("delete from survey_link where survey_id = \(survey)")
    }

    // MARK: Letters

    /// Writes to the members' managers who have not answered, each with a link of their own. Returns to how many.
    static func write(_ survey: NeedSurvey, _ ground: HubGround, _ tools: Tools, _ session: any Session) throws -> Int {
        let members = Set(try Memberships.now(ground.id, session).keys)
        let answered = Set(
            try session.all("select distinct setting_id from survey_reply where survey_id = \(survey.id)").map { $0.text("setting_id") })
        let people = try PeopleBook.of(hub: ground.id, roles: [.manager, .practitioner], session)
        // Where nobody manages, as at many childminders', whoever works there.
        let bySetting = Dictionary(grouping: people.filter { $0.settingID != nil }, by: { $0.settingID ?? "" })
        let asked = bySetting.flatMap { setting, people -> [PeopleBook.Entry] in
            guard members.contains(setting), !answered.contains(setting) else { return [] }
            let managers = people.filter { $0.role == .manager }
            return managers.isEmpty ? people : managers
        }.sorted { ($0.name, $0.id, $0.settingID ?? "") < ($1.name, $1.id, $1.settingID ?? "") }
        let addresses = try PeopleBook.addresses(of: asked.map(\.id), session)
        let until = Instant.inLondon(survey.closesDay.adding(days: 1), hour: 3)
        let starts = Instant.inLondon(survey.fromDay, hour: 8)
        let look = try tools.look(ofHub: ground.id, session)
        var written = 0
        for person in asked {
            guard let address = addresses[person.id], let setting = person.settingID else { continue }
            let key = PersonalKey.new()
            try session.run(
                """
                insert into survey_link (token_hash, survey_id, person_id, setting_id)
                values (\(key.hash), \(survey.id), \(person.id), \(setting))
                """)
            let title = ground.settings.first { $0.id == setting }?.title ?? "your setting"
            try Outbox.post(
                SurveyLetter(site: tools.site, look: look, hub: ground.name, survey: survey).letter(
                    to: person, at: address, setting: title, key: key.value, until: until, from: starts),
                in: session, ids: tools.ids, clock: tools.clock)
            written += 1
        }
        try Audit.log(session, tools, action: "network.needs.written", subject: "survey:\(survey.id)", after: "\(written) letters")
        return written
    }

    static func remind(_ survey: NeedSurvey, _ ground: HubGround, _ tools: Tools, _ session: any Session) throws -> Int {
        let isFirst = try session.run(
            "update need_survey set reminded_at = \(tools.clock.now) where id = \(survey.id) and reminded_at is null")
        guard isFirst == 1 else { throw Refusal.badRequest("Who has not answered was reminded already. Once is enough.") }
        return try write(survey, ground, tools, session)
    }
}
