internal import Civil
internal import Directory
internal import House
internal import Page
internal import Store

/// Opening a term's survey, and its questions.
extension Network {
    private static func code(_ term: Term) -> String { "\(term.year)-\(term.season.rawValue)" }

    func openSurveyPage(_ request: Request) async throws -> Answer { .page(openSurveyHTML(request, FieldErrors())) }

    private func openSurveyHTML(_ request: Request, _ errors: FieldErrors) -> HTML {
        let (slug, today) = (request.parameter("hub"), tools.clock.today)
        let now = Term(of: today)
        let fields: [Field] = [
            Field.select("term", "Which term", choices: [now, now.next].map { Choice(Self.code($0), $0.name) }).filled(Self.code(now)),
            Field.date("from", "Opens on").filled(today.medium),
            Field.date("closes", "Closes at the end of").filled(today.adding(days: 14).medium),
            Field.checkbox(
                "letters", "Write to members’ managers, each with a link of their own",
                hint: "With the link they answer without signing in. Where nobody manages, whoever works there gets it."
            ).filled("yes"),
        ]
        var form = Form.post("/staff/network/\(slug)/new-survey", "Open the survey", fields: fields)
        form.values = request.method == .post ? request.form : nil
        form.errors = errors
        form.cancel = Link("Leave it", "/staff/network/\(slug)/needs")
        var frame = frame("Open the needs survey", hub: slug, section: .needs)
        frame.breadcrumbs = [Link("What members need", "/staff/network/\(slug)/needs")]
        frame.errors = errors
        frame.content = """
            \(form)<p class="quiet">The questions are taken as they stand now. \
            <a href="\(link: "/staff/network/\(slug)/survey-questions")">Read or change them first</a></p>
            """
        return frame.html
    }

    func openSurvey(_ request: Request) async throws -> Answer {
        let (slug, today, tools) = (request.parameter("hub"), tools.clock.today, tools)
        let terms = [Term(of: today), Term(of: today).next]
        var reader = FormReader(request.form)
        let code = reader.choice("term", from: terms.map(Self.code), missing: "Choose the term.")
        let from = reader.day("from") ?? today
        let closes = reader.day("closes") ?? today.adding(days: 14)
        if from < today { reader.fail("from", "This day has passed. Choose today or a later day.") }
        if closes < from { reader.fail("closes", "It would close before it opens. Choose a later day.") }
        if from.days(to: closes) > 92 { reader.fail("closes", "A survey of a term is open for three months at most.") }
        let writes = reader.flag("letters")
        let hub = try await tools.database.read { try Network.hubID(request, $0) }
        let taken = try await tools.database.read { try Surveys.all([hub], $0) }.map { Self.code($0.term) }
        if let code, taken.contains(code) { reader.fail("term", "This term has a survey already. A term has one.") }
        guard let term = terms.first(where: { Self.code($0) == code }), reader.errors.isEmpty else {
            return .page(openSurveyHTML(request, reader.errors), status: 422)
        }
        let letters = try await tools.database.write { session in
            let ground = try HubGround.of(slug, on: today, session)
            let id = try Surveys.open(term, from: from, closes: closes, ground, tools, session)
            return writes ? try Surveys.write(try Surveys.find(id, hub: ground.id, session), ground, tools, session) : 0
        }
        return .redirect(to: "/staff/network/\(slug)/needs?done=opened&letters=\(letters)")
    }

    // MARK: The questions

    private struct Questions: Sendable {
        let asked: [NeedQuestion]
        let leftOut: [NeedQuestion]
    }

    private func questions(_ request: Request) async throws -> Questions {
        try await tools.database.read { session in
            let hub = try Network.hubID(request, session)
            let own = try NeedQuestions.now(hub, session)
            // Those whose newest version is not asked any more.
            let out = try session.all(
                """
                select q.* from need_question q where q.hub_id = \(hub) and q.retired_at is not null and not exists (
                    select 1 from need_question o where o.hub_id = q.hub_id and o.code = q.code and o.version > q.version)
                order by q.position, q.id
                """
            ).compactMap(NeedQuestion.init)
            return Questions(asked: own.isEmpty && out.isEmpty ? NeedQuestion.usual : own, leftOut: out)
        }
    }

    func questionsPage(_ request: Request) async throws -> Answer {
        .page(questionsHTML(try await questions(request), request, FieldErrors(), notices: []))
    }

    private func questionsHTML(_ questions: Questions, _ request: Request, _ errors: FieldErrors, notices: [Notice]) -> HTML {
        let slug = request.parameter("hub")
        let path = "/staff/network/\(slug)/survey-questions"
        let isUsual = questions.asked.contains { $0.id.isEmpty }
        let typed = request.method == .post ? request.form : nil
        var frame = frame("The questions of the survey", hub: slug, section: .needs)
        frame.breadcrumbs = [Link("What members need", "/staff/network/\(slug)/needs")]
        frame.lead = "Asked each term in the same words, answers can be compared. Other words begin a new version of the question."
        frame.errors = errors
        frame.notices = notices
        let cards = questions.asked.html { question in card(question, path, isUsual: isUsual, typed, errors) }
        let out = questions.leftOut.html { question in
            var again = Button("Ask it again", action: path, hidden: [("do", "again"), ("question", question.id)], style: .small)
            again.about = ": \(question.words)"
            return "<li><bdi>\(question.words)</bdi> \(again)</li>"
        }
        let leftOut: HTML? = out.isEmpty ? nil : Card("Left out", "<ul class=\"listing\">\(out)</ul>").html
        var adding = Form.post(
            path, "Add the question",
            fields: [
                .text("new_words", "The question", hint: "For a score write a sentence one agrees with or not."),
                Field.radios("new_kind", "How it is answered", choices: NeedQuestion.Kind.allCases.map { Choice($0.rawValue, $0.name) }),
                Field.textArea("new_choices", "The list", hint: "Only for a list: one choice on each line.", rows: 4).optional(),
            ])
        adding.hidden = [("do", "add")]
        adding.values = typed
        adding.errors = errors
        let start: HTML? =
            isUsual
            ? Card(
                "The usual questions",
                "<p>These are asked until you write your own.</p>\(Button("Make them ours, to change them", action: path, hidden: [("do", "make")], style: .quiet))"
            ).html : nil
        let more: HTML? =
            isUsual
            ? nil
            : Disclosure(
                "Add a question", adding.html,
                isOpen: errors["new_words"] != nil || errors["new_kind"] != nil || errors["new_choices"] != nil
            ).html
        frame.content = "\(start)\(cards)\(more)\(leftOut)"
        return frame.html
    }

    private func card(_ question: NeedQuestion, _ path: String, isUsual: Bool, _ typed: FormData?, _ errors: FieldErrors) -> HTML {
        let choices: HTML? =
            question.choices.isEmpty ? nil : "<ul>\(question.choices.html { "<li><bdi>\($0.label)</bdi></li>" })</ul>"
        let about: HTML = "<p class=\"quiet\">\(question.kind.name), version \(question.version)</p>\(choices)"
        if isUsual { return Card(question.words, about).html }
        let isTyped = typed?["question"] == question.id
        var fields = Self.fields(question)
        for index in fields.indices { fields[index].id = "\(fields[index].name)-\(question.id)" }
        var form = Form.post(path, "Save as the next version", fields: fields)
        form.hidden = [("do", "rewrite"), ("question", question.id)]
        if isTyped {
            form.values = typed
            form.errors = errors
        }
        var out = Button("Leave it out", action: path, hidden: [("do", "out"), ("question", question.id)], style: .small)
        out.about = ": \(question.words)"
        return Card(question.words, "\(about)\(Disclosure("Change it", form.html, isOpen: isTyped))\(out)").html
    }

    func saveQuestions(_ request: Request) async throws -> Answer {
        let (slug, tools, id) = (request.parameter("hub"), tools, request.form["question"] ?? "")
        let back = "/staff/network/\(slug)/survey-questions"
        var reader = FormReader(request.form)
        switch request.form["do"] {
        case "make":
            _ = try await tools.database.write { try NeedQuestions.made(try Network.hubID(request, $0), tools, $0) }
        case "out", "again":
            let asked = request.form["do"] == "again"
            try await tools.database.write { session in
                let hub = try Network.hubID(request, session)
                try NeedQuestions.set(asked: asked, id, hub, tools, session)
            }
        case "add":
            let words = reader.text("new_words", missing: "Write the question.", max: 300)
            let kind = reader.choice("new_kind", of: NeedQuestion.Kind.self, missing: "Choose how it is answered.")
            let labels = Self.lines(reader.optionalText("new_choices", max: 4_000))
            if kind == .choices, labels.count < 2 { reader.fail("new_choices", "Write two choices or more, one on each line.") }
            guard let words, let kind, reader.errors.isEmpty else {
                return .page(questionsHTML(try await questions(request), request, reader.errors, notices: []), status: 422)
            }
            try await tools.database.write { session in
                let hub = try Network.hubID(request, session)
                try NeedQuestions.add(kind, words: words, labels: kind == .choices ? labels : [], hub, tools, session)
            }
        default:
            let words = reader.text("words", missing: "Write the question.", max: 300)
            let labels = Self.lines(reader.optionalText("labels", max: 4_000))
            guard let words, reader.errors.isEmpty else {
                return .page(questionsHTML(try await questions(request), request, reader.errors, notices: []), status: 422)
            }
            let isSaved = try await tools.database.write { session in
                try NeedQuestions.rewrite(id, words: words, labels: labels, try Network.hubID(request, session), tools, session)
            }
            guard isSaved else {
                return try await questionClash(request, words: words, labels: labels)
            }
        }
        return .redirect(to: back)
    }

    /// Somebody rewrote the question meanwhile, or left it out: then what was typed can be saved over theirs, or asked anew.
    private func questionClash(_ request: Request, words: String, labels: [String]) async throws -> Answer {
        let (slug, id) = (request.parameter("hub"), request.form["question"] ?? "")
        let path = "/staff/network/\(slug)/survey-questions"
        let now = try await tools.database.read { session -> NeedQuestion? in
            let hub = try Network.hubID(request, session)
            let code = try session.first("select code from need_question where id = \(id) and hub_id = \(hub)")?.text("code")
            return try NeedQuestions.now(hub, session).first { $0.code == code }
        }
        guard let now else {
            let mine = ([words] + labels).joined(separator: "; ")
            let notice = Notice.error(
                "Somebody left this question out while you were writing.", "You wrote: “\(mine)”. Ask it again below, or add yours.")
            return .page(
                questionsHTML(try await questions(request), request.with(form: FormData()), FieldErrors(), notices: [notice]), status: 409)
        }
        let versions = TwoVersions(
            rows: [
                ("The words", now.words, words),
                ("The list", now.choices.map(\.label).joined(separator: "\n"), labels.joined(separator: "\n")),
            ], action: path, fields: Self.fields(now), typed: request.form, known: [("do", "rewrite"), ("question", now.id)],
            back: Link("The questions of the survey", path))
        return versions.answer(in: frame(TwoVersions.heading, hub: slug, section: .needs))
    }

    private static func fields(_ question: NeedQuestion) -> [Field] {
        var fields: [Field] = [Field.text("words", "The words").filled(question.words)]
        if question.kind == .choices {
            fields.append(
                Field.textArea("labels", "The list", hint: "One on each line. A line left as it is keeps its count.", rows: 8)
                    .filled(question.choices.map(\.label).joined(separator: "\n")))
        }
        return fields
    }

    private static func lines(_ text: String?) -> [String] {
        var seen: Set<String> = []
        return (text ?? "").split(separator: "\n").map { line in
            String(line.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
        }.filter { !$0.isEmpty && seen.insert($0).inserted }
    }
}
