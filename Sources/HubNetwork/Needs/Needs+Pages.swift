internal import Civil
internal import Directory
internal import House
internal import Page
internal import Store

extension Network {
    private func mayKeepNeeds(_ hub: String) -> Bool {
        Permission.answer(tools.asker.hats, .keepNeeds, Whereabouts(hubs: [hub])) == .yes
    }

    func needsPage(_ request: Request) async throws -> Answer {
        let (slug, today) = (request.parameter("hub"), tools.clock.today)
        let (hub, readings) = try await tools.database.read { session in
            let hub = try Network.hubID(request, session)
            let surveys = try Surveys.all([hub], session)
            // The last six terms say enough.
            return (hub, try surveys.prefix(6).map { try SurveyReading.of($0, on: today, session) })
        }
        let base = "/staff/network/\(slug)"
        let mayKeep = mayKeepNeeds(hub)
        var frame = frame("What members need", hub: slug, section: .needs)
        frame.lead = "A few questions each term: what would help, and whether every kind of setting is an equal partner."
        frame.notices = notices(request.query)
        if mayKeep { frame.action = Action("Open the survey of a term", "\(base)/new-survey") }
        if readings.isEmpty {
            frame.content =
                EmptyState(
                    "No survey yet",
                    """
                    People answer a few short questions on their own page or by a link in a letter. When it closes you see what members need, \
                    by sector, and how equal they feel, term by term. Nobody is shown by name, and no figure is about fewer than five people.
                    """, action: mayKeep ? Action("Open the first", "\(base)/new-survey") : nil, picture: .letter
                ).html
            return .page(frame.html)
        }
        let closed = readings.filter { $0.survey.isClosed(on: today) }
        let others = readings.filter { !$0.survey.isClosed(on: today) }
        let running = others.html { Card($0.survey.term.name, "\(state($0, today))\(buttons($0, base, mayKeep, today))").html }
        let newest = closed.first.map { reading in
            "<h2>\(reading.survey.term.name)</h2>\(SurveyResultsPage(reading: reading, csv: "\(base)/needs/\(reading.survey.id)/results.csv").content)"
                as HTML
        }
        let earlier = closed.dropFirst().html {
            "<li><a href=\"\(link: "\(base)/needs/\($0.survey.id)")\">\($0.survey.term.name)</a></li>"
        }
        let earlierCard: HTML? = earlier.isEmpty ? nil : Card("Earlier terms", "<ul class=\"listing\">\(earlier)</ul>").html
        let questions: HTML? =
            mayKeep ? Card("The questions", "<p><a href=\"\(link: "\(base)/survey-questions")\">Read them, change them</a></p>").html : nil
        let trends = NeedsTrends(readings: closed.reversed())
        frame.content = Columns("\(running)\(newest)\(trends.others)", "\(trends)\(earlierCard)\(questions)").html
        return .page(frame.html)
    }

    private func notices(_ query: FormData) -> [Notice] {
        let letters = query["letters"].flatMap { Int($0) } ?? 0
        let sent = letters == 1 ? "1 letter leaves" : "\(letters) letters leave"
        switch query["done"] {
        case "opened":
            return [.success("The survey is set up.", "\(letters == 0 ? "No letters were written." : "\(sent) with a link of their own.")")]
        case "reminded": return [.success(letters == 0 ? "Everybody who can be reached has answered." : "\(sent).")]
        case "closed": return [.success("The survey is closed. Nobody can tell any more which answers are whose.")]
        case "questions": return [.success("Saved. The next survey asks this; one that is open stays as it is.")]
        default: return []
        }
    }

    /// Where a survey stands while it is not closed.
    private func state(_ reading: SurveyReading, _ today: Day) -> HTML {
        let survey = reading.survey
        if survey.fromDay > today { return "<p>It opens on \(survey.fromDay.long) and closes on \(survey.closesDay.long).</p>" }
        let asked = reading.turnout.reduce(0) { $0 + $1.asked }
        let line = reading.answered
        let answered = line.total.map { "\($0) of \(asked) settings have answered" } ?? "Fewer than five settings have answered"
        return "<p>\(answered). It closes on \(survey.closesDay.long); until then nothing is shown of what they say.</p>"
    }

    private func buttons(_ reading: SurveyReading, _ base: String, _ mayKeep: Bool, _ today: Day) -> HTML? {
        guard mayKeep else { return nil }
        let path = "\(base)/needs/\(reading.survey.id)"
        let remind: HTML =
            reading.survey.remindedAt.map { "<p class=\"quiet\">Who had not answered was reminded on \($0.dayInLondon.medium).</p>" }
            ?? Button("Write once more to those who have not answered", action: "\(path)/remind", style: .quiet).html
        return "\(remind)<p><a href=\"\(link: "\(path)/close")\">Close it early</a></p>"
    }

    // MARK: One survey

    private func reading(_ request: Request) async throws -> SurveyReading {
        let (today, id) = (tools.clock.today, request.parameter("survey"))
        return try await tools.database.read { session in
            try SurveyReading.of(try Surveys.find(id, hub: try Network.hubID(request, session), session), on: today, session)
        }
    }

    func surveyPage(_ request: Request) async throws -> Answer {
        let reading = try await reading(request)
        let (slug, today) = (request.parameter("hub"), tools.clock.today)
        let base = "/staff/network/\(slug)"
        var frame = frame("What members needed: \(reading.survey.term.name)", hub: slug, section: .needs)
        frame.breadcrumbs = [Link("What members need", "\(base)/needs")]
        frame.lead = "From \(reading.survey.fromDay.medium) to \(reading.survey.closesDay.medium)."
        frame.content =
            reading.survey.isClosed(on: today)
            ? SurveyResultsPage(reading: reading, csv: "\(base)/needs/\(reading.survey.id)/results.csv").content : state(reading, today)
        return .page(frame.html)
    }

    func surveyCSV(_ request: Request) async throws -> Answer {
        let reading = try await reading(request)
        guard reading.survey.isClosed(on: tools.clock.today) else {
            throw Refusal.badRequest("Results are shown when the survey has closed, on \(reading.survey.closesDay.medium).")
        }
        let term = reading.survey.term
        return .file(
            SurveyCSV.bytes(reading), name: "needs-\(term.season.name.lowercased())-\(term.year).csv",
            contentType: "text/csv; charset=utf-8")
    }

    func confirmClosing(_ request: Request) async throws -> Answer {
        let reading = try await reading(request)
        let base = "/staff/network/\(request.parameter("hub"))/needs"
        var frame = frame("Close the survey", hub: request.parameter("hub"), section: .needs)
        frame.breadcrumbs = [Link("What members need", base)]
        frame.content =
            Confirm(
                "Close the survey of \(reading.survey.term.name) now?", action: "\(base)/\(reading.survey.id)/close", confirm: "Close it",
                cancel: Link("Leave it open", base),
                consequences: [
                    "Nobody can answer or change an answer any more. This cannot be taken back.",
                    "What ties people to their answers is cut at once, and the results are shown.",
                ]
            ).html
        return .page(frame.html)
    }

    func closeSurvey(_ request: Request) async throws -> Answer {
        let (tools, id) = (tools, request.parameter("survey"))
        try await tools.database.write { session in
            try Surveys.close(try Surveys.find(id, hub: try Network.hubID(request, session), session), tools, session)
        }
        return .redirect(to: "/staff/network/\(request.parameter("hub"))/needs?done=closed")
    }

    func remindSurvey(_ request: Request) async throws -> Answer {
        let (tools, id, slug) = (tools, request.parameter("survey"), request.parameter("hub"))
        let letters = try await tools.database.write { session in
            let survey = try Surveys.find(id, hub: try Network.hubID(request, session), session)
            guard survey.isOpen(on: tools.clock.today) else { throw Refusal.badRequest("This survey is not open.") }
            return try Surveys.remind(survey, try HubGround.of(slug, on: tools.clock.today, session), tools, session)
        }
        return .redirect(to: "/staff/network/\(slug)/needs?done=reminded&letters=\(letters)")
    }
}
