internal import Civil
internal import Directory
internal import House
internal import Identity
internal import Page
internal import Store

/// Somebody who answers for a setting: signed in, or by the link in a letter.
struct NeedsAnswering: Sendable {
    let title: String
    let sector: Sector
    let personID: String
    let settingID: String
    /// The survey that is open, if there is one.
    let survey: NeedSurvey?
    let questions: [NeedQuestion]
    let before: SurveyAnswers?

    static func of(
        setting: String, person: String, only survey: String? = nil, on today: Day, _ session: any Session
    ) throws -> NeedsAnswering {
        let hubs = try Directory.whereabouts(ofSetting: setting, session).hubs.sorted()
        let open = try Surveys.all(hubs, session).first { $0.isOpen(on: today) && (survey == nil || $0.id == survey) }
        return NeedsAnswering(
            title: try Directory.titles(of: [setting], session)[setting] ?? "your setting",
            sector: (try Directory.types(of: [setting], session)[setting] ?? .other).sector, personID: person, settingID: setting,
            survey: open, questions: try open.map { try Surveys.questions($0.id, session) } ?? [],
            before: try open.flatMap { try SurveySheets.answers($0.id, person: person, setting: setting, session) })
    }

    // MARK: The form

    private static let scale: [Choice] = [
        Choice("5", "5: fully agree"), Choice("4", "4"), Choice("3", "3"), Choice("2", "2"), Choice("1", "1: not at all"),
    ]

    func form(_ action: String, typed: FormData?, errors: FieldErrors) -> HTML {
        let fields = questions.map { question -> Field in
            let name = "q-\(question.id)"
            switch question.kind {
            case .choices:
                return Field.checkboxes(
                    name, question.words, choices: question.choices.map { Choice($0.value, $0.label) }, hint: "Any number of them."
                ).filled(all: before?.values(question.id) ?? [])
            case .scale:
                return Field.radios(name, question.words, choices: Self.scale).optional().filled(before?.values(question.id).first)
            case .words:
                return Field.textArea(
                    name, question.words,
                    hint: "The hub’s team reads it without your name. Write nothing that tells who you are, and no child’s name.", rows: 4
                ).optional().filled(before?.body(question.id))
            }
        }
        var form = Form.post(action, before == nil ? "Send my answers" : "Change my answers", fields: fields)
        form.values = typed
        form.errors = errors
        form.hidden = [("survey", survey?.id ?? "")]
        return """
            \(form)<p class="quiet">While the survey is open you can change what you answered, so until then the program knows which \
            answers are yours and shows it to nobody but you. When it closes that is cut for good. Results are shown by sector, and never \
            about fewer than five people.</p>
            """
    }

    func read(_ reader: inout FormReader) -> SurveyAnswers? {
        var answers = SurveyAnswers()
        for question in questions {
            let name = "q-\(question.id)"
            switch question.kind {
            case .choices:
                for value in reader.many(name, from: question.values) {
                    answers.marks.append(SurveyAnswers.Mark(questionID: question.id, value: value, body: ""))
                }
            case .scale:
                if let value = reader.optionalChoice(name, from: question.values) {
                    answers.marks.append(SurveyAnswers.Mark(questionID: question.id, value: value, body: ""))
                }
            case .words:
                if let body = reader.optionalText(name, max: 20_000) {
                    answers.marks.append(SurveyAnswers.Mark(questionID: question.id, value: "", body: body))
                }
            }
        }
        if answers.marks.isEmpty, reader.errors.isEmpty, let first = questions.first {
            reader.fail("q-\(first.id)", "Answer one question or more.")
        }
        return reader.errors.isEmpty ? answers : nil
    }
}

extension Network {
    private func hand(_ answers: SurveyAnswers, _ answering: NeedsAnswering, _ survey: NeedSurvey) async throws {
        let tools = tools
        try await tools.database.write { session in
            try SurveySheets.hand(
                in: answers, survey, person: answering.personID, setting: answering.settingID, sector: answering.sector, tools, session)
        }
    }

    // MARK: Signed in

    private func ownAnswering(_ request: Request) async throws -> NeedsAnswering {
        let (id, today) = (request.parameter("id"), tools.clock.today)
        guard let me = request.asker.personID else { throw Refusal.signIn }
        let wanted = request.form["survey"]
        return try await tools.database.read { try NeedsAnswering.of(setting: id, person: me, only: wanted, on: today, $0) }
    }

    func ownNeedsPage(_ request: Request) async throws -> Answer {
        .page(ownNeedsHTML(try await ownAnswering(request), request, FieldErrors()))
    }

    private func ownNeedsHTML(_ answering: NeedsAnswering, _ request: Request, _ errors: FieldErrors) -> HTML {
        let id = request.parameter("id")
        var frame = ownFrame("What you need", setting: id, title: answering.title, section: .needs)
        frame.errors = errors
        if request.query["done"] == "sent" { frame.notices = [.success("Thank you. You can change your answers until the survey closes.")] }
        guard let survey = answering.survey else {
            frame.content =
                EmptyState(
                    "No survey is open",
                    "Each term the hub asks what you need. Between surveys you can ask the hub something at any time.",
                    action: Action("Ask the hub", "/own/\(id)/requests"), picture: .letter
                ).html
            return frame.html
        }
        frame.lead = "A few questions for \(survey.term.name), open until \(survey.closesDay.long)."
        frame.content = answering.form("/own/\(id)/needs", typed: request.method == .post ? request.form : nil, errors: errors)
        return frame.html
    }

    func answerOwnNeeds(_ request: Request) async throws -> Answer {
        let answering = try await ownAnswering(request)
        guard let survey = answering.survey else {
            throw Refusal.badRequest("This survey has closed, so nothing can be answered or changed any more.")
        }
        var reader = FormReader(request.form)
        guard let answers = answering.read(&reader) else {
            return .page(ownNeedsHTML(answering, request, reader.errors), status: 422)
        }
        try await hand(answers, answering, survey)
        return .redirect(to: "/own/\(request.parameter("id"))/needs?done=sent")
    }

    // MARK: By the link in a letter

    private func linkedAnswering(_ request: Request) async throws -> (NeedsAnswering, HubLook?)? {
        let tools = tools
        let (hash, today) = (PersonalKey.hash(of: request.parameter("token")), tools.clock.today)
        return try await tools.database.read { session in
            guard let link = try session.first("select * from survey_link where token_hash = \(hash)") else { return nil }
            let answering = try NeedsAnswering.of(
                setting: link.text("setting_id"), person: link.text("person_id"), only: link.text("survey_id"), on: today, session)
            return try answering.survey.map { (answering, try tools.look(ofHub: $0.hubID, session)) }
        }
    }

    private func noSurvey() -> Answer {
        var frame = tools.frame("This link has ended", for: .stranger, at: "/needs")
        frame.isListed = false
        frame.content =
            "<p>The survey has closed or is not open yet, or the link is not whole. Copy all of it from the letter, or sign in and look on your setting’s page.</p>"
        return .page(frame.html, status: 404)
    }

    func linkedNeedsPage(_ request: Request) async throws -> Answer {
        guard let (answering, look) = try await linkedAnswering(request) else { return noSurvey() }
        return .page(linkedHTML(answering, look, request, FieldErrors()))
    }

    private func linkedHTML(_ answering: NeedsAnswering, _ look: HubLook?, _ request: Request, _ errors: FieldErrors) -> HTML {
        var frame = tools.frame("What does \(answering.title) need?", for: .stranger, at: "/needs")
        frame.wearForStrangers(look)
        frame.isListed = false
        frame.errors = errors
        frame.lead = answering.survey.map { "A few questions for \($0.term.name), open until \($0.closesDay.long)." }
        if request.query["done"] == "sent" { frame.notices = [.success("Thank you. You can change your answers until the survey closes.")] }
        frame.content = answering.form(request.path, typed: request.method == .post ? request.form : nil, errors: errors)
        return frame.html
    }

    func answerLinkedNeeds(_ request: Request) async throws -> Answer {
        guard let (answering, look) = try await linkedAnswering(request), let survey = answering.survey else { return noSurvey() }
        var reader = FormReader(request.form)
        guard let answers = answering.read(&reader) else {
            return .page(linkedHTML(answering, look, request, reader.errors), status: 422)
        }
        try await hand(answers, answering, survey)
        return .redirect(to: "\(request.path)?done=sent")
    }
}
