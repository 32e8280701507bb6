internal import Civil
internal import House
internal import Page
internal import Store

extension Directory {
    /// Who asked, the first due first.
    func formatList(_ request: Request) async throws -> Answer {
        let (asker, today) = (tools.asker, tools.clock.today)
        let isAnswered = request.query["show"] == "answered"
        let requests = try await tools.database.read { session in
            let hubs = try Hubs.all(session).filter { HubDuties.may(asker, .answerFormats, $0) }
            return try FormatRequest.all(of: hubs, isAnswered: isAnswered, session)
        }
        let isSeveral = Set(requests.map(\.hub.id)).count > 1
        var table = Table(
            isAnswered ? "Answered" : "Waiting for an answer",
            columns: [Table.Column("What"), Table.Column("Format"), Table.Column(isAnswered ? "Answered" : "Due")]
                + (isSeveral ? [Table.Column("Hub")] : []),
            rows: requests.map { item in
                Table.Row(
                    [
                        "<a href=\"\(link: item.path)\"><bdi>\(item.what)</bdi></a>", "\(item.format.words)",
                        item.answeredAt.map { "\($0.dayInLondon.medium)" } ?? "\(item.due.day.medium) \(lateness(item, today))",
                    ] + (isSeveral ? ["\(item.hub.name)"] : []))
            })
        table.isCaptionHidden = true
        table.empty =
            EmptyState(
                isAnswered ? "Nothing answered yet" : "Nobody is waiting",
                """
                Every public page has a link “Accessible formats”. Who asks there for large print, easy read, audio, braille, British Sign \
                Language or another language is listed here, with the day the answer is due: five working days.
                """, picture: .people
            ).html
        let filters = Filters(
            "Which",
            [
                Link("Waiting", "/staff/formats", current: !isAnswered),
                Link("Answered", "/staff/formats?show=answered", current: isAnswered),
            ])
        var frame = tools.frame("Other formats", for: .staff, at: "/staff/formats", content: "\(filters)\(table)")
        frame.lead = "Who asked for a page or a document in a format they can use. The promise is five working days."
        if let last = Optional(BankHolidays.england.last), today.days(to: last) < 60 {
            frame.notices = [
                .warning(
                    "Bank holidays are known to this program until \(last.medium).",
                    "Days due after that pass over weekends only. A newer version of the program knows the next years.")
            ]
        }
        return .page(frame.html)
    }

    private func lateness(_ item: FormatRequest, _ today: Day) -> Tag? {
        if item.due.day < today {
            let days = WorkingDays.count(from: item.due.day, to: today)
            return Tag(days == 1 ? "1 working day late" : "\(days) working days late", .bad)
        }
        if item.due.day == today { return Tag("Today", .warning) }
        return item.due.isCertain ? nil : Tag("Bank holidays not known", .note)
    }

    private func formatOf(_ request: Request) async throws -> FormatRequest {
        let (id, slug) = (request.parameter("request"), request.parameter("hub"))
        guard let item = try await tools.database.read({ try FormatRequest.find(id, of: slug, $0) }) else {
            throw Refusal.notFound("There is no such request.")
        }
        return item
    }

    func formatPage(_ request: Request) async throws -> Answer {
        let notices: [Notice] =
            switch request.query["done"] {
            case "answered": [.success("Written down as answered.")]
            case "reopened": [.success("It waits for an answer again.")]
            case "forgotten": [.success("Who asked is forgotten.", "That somebody asked, and when they were answered, stays.")]
            default: []
            }
        return .page(formatHTML(try await formatOf(request), FieldErrors(), nil, notices))
    }

    func answerFormat(_ request: Request) async throws -> Answer {
        let item = try await formatOf(request)
        let isReopened = request.form["do"] == "reopen"
        var reader = FormReader(request.form)
        let answer = isReopened ? nil : reader.text("answer", missing: "Say in a few words what you sent or agreed, and how.", max: 1_000)
        guard reader.errors.isEmpty else { return .page(formatHTML(item, reader.errors, request.form, []), status: 422) }
        let tools = tools
        let isDone = try await tools.database.write { try item.decide(answer, $0, tools) }
        guard isDone else {
            let notice = Notice.error("Somebody else changed this meanwhile.", "Below is how it stands now.")
            return .page(formatHTML(try await formatOf(request), FieldErrors(), nil, [notice]), status: 409)
        }
        return .redirect(to: "\(item.path)?done=\(isReopened ? "reopened" : "answered")")
    }

    private func formatHTML(_ item: FormatRequest, _ errors: FieldErrors, _ typed: FormData?, _ notices: [Notice]) -> HTML {
        var frame = tools.frame(item.what, for: .staff, at: "/staff/formats")
        frame.breadcrumbs = [Link("Other formats", "/staff/formats")]
        frame.notices = notices
        frame.errors = errors
        let late = item.answeredAt == nil ? lateness(item, tools.clock.today) : nil
        frame.lead = "\(item.format.words), asked for on \(item.askedAt.dayInLondon.long). \(late)"
        let card = Card("Who asked", "\(asker(item))\(forgetLink(item))")
        let answer: HTML
        if let answeredAt = item.answeredAt {
            answer =
                Card(
                    "Answered on \(answeredAt.dayInLondon.long)",
                    "<p>\(item.answer)</p>\(Button("Not answered after all", action: item.path, hidden: [("do", "reopen")], style: .quiet))"
                ).html
        } else {
            var form = Form.post(
                item.path, "Write down as answered",
                fields: [
                    Field.textArea(
                        "answer", "What did you send or agree, and how?",
                        hint: "The program sends nothing: write or ring yourself, then note it here. Without names.", rows: 3)
                ])
            form.values = typed
            form.errors = errors
            answer = Card("Due by the end of \(item.due.day.long)", "\(FormatRequest.doubt(item.due))\(form)").html
        }
        frame.content = Columns(answer, card.html).html
        return frame.html
    }

    private func asker(_ item: FormatRequest) -> HTML {
        if let clearedAt = item.clearedAt { return "<p>Forgotten on \(clearedAt.dayInLondon.medium).</p>" }
        var rows: [(String, HTML)] = [("Name", "<bdi>\(item.name)</bdi>")]
        if let email = item.email { rows.append(("E-mail", "<a href=\"\(link: "mailto:\(email)")\">\(email)</a>")) }
        if let number = item.telephone {
            rows.append(("Telephone", "<a href=\"\(link: "tel:\(number.filter { $0.isNumber || $0 == "+" })")\">\(number)</a>"))
        }
        if let address = item.address {
            rows.append(("Address", address.split(separator: "\n").enumerated().html { $0 == 0 ? "\($1)" : "<br>\($1)" }))
        }
        if let detail = item.detail { rows.append(("They wrote", "\(detail)")) }
        rows.append(("Hub", "\(item.hub.name)"))
        return Details(rows).html
    }

    private func forgetLink(_ item: FormatRequest) -> HTML {
        guard item.clearedAt == nil, item.answeredAt != nil else { return "" }
        return
            "<p><a href=\"\(link: "\(item.path)/forget")\">Forget who asked</a>, if they wish it. It happens by itself a year after the answer.</p>"
    }

    func confirmForgetting(_ request: Request) async throws -> Answer {
        let item = try await formatOf(request)
        var frame = tools.frame("Forget who asked", for: .staff, at: "/staff/formats")
        frame.breadcrumbs = [Link("Other formats", "/staff/formats"), Link(item.what, item.path)]
        frame.content =
            Confirm(
                "Forget who asked for “\(item.what)”?", action: "\(item.path)/forget", confirm: "Forget them",
                cancel: Link("Keep it", item.path),
                consequences: [
                    "Their name, how to reach them and what they wrote go for good.",
                    item.answeredAt == nil
                        ? "They have had no answer yet, and could not be answered any more." : "That they were answered, and when, stays.",
                ]
            ).html
        return .page(frame.html)
    }

    func forgetAsker(_ request: Request) async throws -> Answer {
        let item = try await formatOf(request)
        let tools = tools
        try await tools.database.write { session in
            guard try FormatRequest.clear("id = \(item.id)", tools.clock.now, session) > 0 else { return }
            try Audit.log(
                session, tools, action: "directory.format.cleared", subject: "format:\(item.id)", before: "with a name", after: "without")
        }
        return .redirect(to: "\(item.path)?done=forgotten")
    }
}
