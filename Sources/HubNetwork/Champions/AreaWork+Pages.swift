internal import Civil
internal import Directory
internal import House
internal import Identity
internal import Page
internal import Store

extension Network {
    private func standing(_ request: Request) async throws -> (picture: ChampionPicture, area: AreaStanding) {
        let picture = try await champions(request)
        guard let area = picture.hub.areas.first(where: { $0.id == request.parameter("area") }) else {
            throw Refusal.notFound("There is no area in force at this address.")
        }
        return (picture, AreaStanding(area: area, in: picture))
    }

    /// One area: who looks after it, its meetings, how far it is from being led by its providers.
    func areaWorkPage(_ request: Request, errors: FieldErrors) async throws -> Answer {
        let (picture, area) = try await standing(request)
        let mayKeep = Permission.answer(tools.asker.hats, .keepChampions, Whereabouts(hubs: [picture.hub.id])) == .yes
        let names = try await tools.database.read { try PeopleBook.names(area.ticks.map(\.by), $0) }
        let page = AreaWorkPage(
            picture: picture, area: area, base: championBase(request), mayKeep: mayKeep, names: names,
            typed: request.method == .post ? request.form : nil, errors: errors)
        var frame = frame(picture.label(area.area), hub: picture.hub.slug, section: .champions, content: page.content)
        frame.lead = page.lead
        frame.breadcrumbs = [Link("Champions", championBase(request))]
        frame.errors = errors
        frame.notices = notices(request.query, request)
        return .page(frame.html, status: errors.isEmpty ? 200 : 422)
    }

    private func notices(_ query: FormData, _ request: Request) -> [Notice] {
        switch query["done"] {
        case "met": return [.success("The meeting is recorded.")]
        case "taken":
            guard let id = query["meeting"] else { return [] }
            let back = Button("Bring it back", action: "\(championBase(request))/meetings/\(id)/restore", style: .small)
            return [.success("Taken back.", back.html)]
        case "ticked": return [.success("Saved.")]
        case "handed": return [.success("Handed over. From that day the area is led by its providers.")]
        case "back": return [.success("Taken back. The council leads the area as before.")]
        default: return []
        }
    }

    private func areaPath(_ request: Request, _ area: String) -> String { "\(championBase(request))/areas/\(area)" }

    func recordMeeting(_ request: Request) async throws -> Answer {
        let (picture, area) = try await standing(request)
        var reader = FormReader(request.form)
        let day = reader.day("day") ?? tools.clock.today
        if day > tools.clock.today { reader.fail("day", "This day is still to come. Write the day it was held.") }
        let people = reader.optionalInt("people", in: 1...2_000)
        guard reader.errors.isEmpty else { return try await areaWorkPage(request, errors: reader.errors) }
        let tools = tools
        _ = try await tools.database.write { try AreaWork.met(area.area, hub: picture.hub.id, on: day, people: people, tools, $0) }
        return .redirect(to: "\(areaPath(request, area.area.id))?done=met")
    }

    func changeMeeting(_ request: Request) async throws -> Answer {
        let (id, isUndone) = (request.parameter("meeting"), request.parameter("change") == "undo")
        guard isUndone || request.parameter("change") == "restore" else { throw Refusal.notFound("There is nothing at this address.") }
        let picture = try await champions(request)
        let tools = tools
        let row = try await tools.database.write { session -> Row? in
            try AreaWork.setMeeting(undone: isUndone, id, tools, session)
            return try session.first("select area_id, area_name from area_meeting where id = \(id)")
        }
        let area = picture.hub.areas.first { area in
            row.map { picture.isOf(area, id: $0.text("area_id"), name: $0.text("area_name")) } ?? false
        }
        guard let area else { return .redirect(to: championBase(request)) }
        let query = isUndone ? [("done", "taken"), ("meeting", id)] : [("done", "met")]
        return .redirect(to: PageAddress(areaPath(request, area.id), query).href)
    }

    func tickCriterion(_ request: Request) async throws -> Answer {
        let (picture, area) = try await standing(request)
        let criterion = request.parameter("criterion")
        var reader = FormReader(request.form)
        let isMet = request.form["do"] != "untick"
        let day = reader.day("day-\(criterion)") ?? tools.clock.today
        if isMet && day > tools.clock.today { reader.fail("day-\(criterion)", "This day is still to come.") }
        guard reader.errors.isEmpty else { return try await areaWorkPage(request, errors: reader.errors) }
        let tools = tools
        try await tools.database.write { try AreaWork.tick(criterion, area.area, hub: picture.hub, on: isMet ? day : nil, tools, $0) }
        return .redirect(to: "\(areaPath(request, area.area.id))?done=ticked")
    }

    // MARK: Hand-over

    func handoverPage(_ request: Request, errors: FieldErrors) async throws -> Answer {
        let (picture, area) = try await standing(request)
        let path = areaPath(request, area.area.id)
        guard area.standing == .ready else { return .redirect(to: path) }
        var form = Form.post(
            "\(path)/handover", "Record the hand-over",
            fields: [
                Field.date("day", "From which day").filled(tools.clock.today.medium),
                Field.textArea("note", "What was agreed", hint: "Who leads, and what the council still does.", rows: 3).optional(),
            ])
        form.values = request.method == .post ? request.form : nil
        form.errors = errors
        form.cancel = Link("Not yet", path)
        form.before = """
            <p>Every criterion is met. From that day the area counts as led by its providers; its champions and dates stay as they are. \
            It can be taken back.</p>
            """
        var frame = frame(
            "Hand \(area.area.name) over to its providers?", hub: picture.hub.slug, section: .champions, content: Card(nil, form.html).html)
        frame.breadcrumbs = [Link("Champions", championBase(request)), Link(area.area.name, path)]
        frame.errors = errors
        return .page(frame.html, status: errors.isEmpty ? 200 : 422)
    }

    func handOver(_ request: Request) async throws -> Answer {
        let (picture, area) = try await standing(request)
        var reader = FormReader(request.form)
        let day = reader.day("day") ?? tools.clock.today
        let note = reader.optionalText("note", max: 2_000)
        guard reader.errors.isEmpty else { return try await handoverPage(request, errors: reader.errors) }
        let (tools, slug, today) = (tools, request.parameter("hub"), tools.clock.today)
        try await tools.database.write { session in
            try session.lock("eyhub.handover.\(picture.hub.id)")
            // As it stands at this moment, not when the page was drawn.
            let now = AreaStanding(area: area.area, in: try ChampionPicture.of(slug, on: today, session))
            try AreaWork.handOver(now, hub: picture.hub.id, on: day, note: note, tools, session)
        }
        return .redirect(to: "\(areaPath(request, area.area.id))?done=handed")
    }

    func undoHandover(_ request: Request) async throws -> Answer {
        let (_, area) = try await standing(request)
        let tools = tools
        if let handover = area.handover {
            try await tools.database.write { try AreaWork.undoHandover(handover.id, tools, $0) }
        }
        return .redirect(to: "\(areaPath(request, area.area.id))?done=back")
    }
}

/// The page of one area of a hub's champions.
struct AreaWorkPage {
    let picture: ChampionPicture
    let area: AreaStanding
    let base: String
    let mayKeep: Bool
    let names: [String: String]
    let typed: FormData?
    let errors: FieldErrors

    private var path: String { "\(base)/areas/\(area.area.id)" }

    var lead: HTML {
        let first: HTML =
            switch area.first {
            case .nobody: "No champion looks after it yet."
            case .due(let day): "The first meeting is due by \(day.long)."
            case .overdue(let day): "The first meeting was due on \(day.long). \(Tag("Overdue", .bad))"
            case .held(let day): "The first meeting was held on \(day.long)."
            }
        return "\(first)\(area.isQuiet ? " It has not met for more than \(picture.deadlines.quiet) days." : "")"
    }

    var content: HTML { Columns("\(meetings)\(handover)", "\(people)\(past)").html }

    private var people: HTML {
        let items = (area.champions + area.coordinators).html { one in
            let name: HTML =
                mayKeep
                ? "<a href=\"\(link: "\(base)/people/\(one.champion.id)")\"><bdi>\(one.champion.name)</bdi></a>"
                : "<bdi>\(one.champion.name)</bdi>"
            let link = picture.name(ofLink: one.post.linkPerson).map { "Beside them: \($0)." } ?? "Nobody beside them yet."
            let home = picture.title(ofSetting: one.post.baseID).map { " Base: \($0)." } ?? ""
            return """
                <li><p>\(name), \(one.post.kind.name.lowercased()) since \(one.post.tenure.from.medium)</p>\
                <p class="quiet">\(picture.setting(of: one.champion).map { "\($0). " } ?? "")\(link)\(home)</p></li>
                """
        }
        let homeOfAll: HTML? = area.area.baseID.flatMap { picture.title(ofSetting: $0) }.map { "<p>Base of the area: \($0).</p>" }
        let none: HTML = "<p>Nobody yet.</p>"
        var card = Card("Who looks after it", "\(items.isEmpty ? none : "<ul class=\"listing\">\(items)</ul>")\(homeOfAll)")
        if mayKeep && area.champions.isEmpty { card.link = Link("Give it a champion", "\(base)/give") }
        return card.html
    }

    private var past: HTML {
        if area.past.isEmpty { return "" }
        let items = area.past.html { one in
            let until = one.post.tenure.to.map { " to \($0.medium)" } ?? ""
            return
                "<li><bdi>\(one.champion.name)</bdi>, \(one.post.kind.name.lowercased()), from \(one.post.tenure.from.medium)\(until)</li>"
        }
        return Card("Before, or still to begin", "<ul class=\"listing\">\(items)</ul>").html
    }

    // MARK: Meetings

    private var meetings: HTML {
        let items = area.meetings.reversed().prefix(12).html { meeting in
            var button = Button("Take back", action: "\(base)/meetings/\(meeting.id)/undo", style: .small)
            button.about = "the meeting of \(meeting.day.medium)"
            let people = meeting.people.map { ", \(grouped($0)) people" } ?? ""
            return "<li>\(meeting.day.long)\(people) \(mayKeep ? button.html : HTML())</li>"
        }
        let list: HTML = area.meetings.isEmpty ? "<p>No meeting is recorded yet.</p>" : "<ul class=\"listing\">\(items)</ul>"
        var form: HTML?
        if mayKeep {
            var asked = Form.post(
                "\(path)/meetings", "Record it",
                fields: [
                    Field.date("day", "Held on").filled(picture.today.medium),
                    Field.number("people", "How many came", unit: "people").optional(),
                ])
            asked.values = typed
            asked.errors = errors
            form = asked.html
        }
        return Card("Meetings", "\(list)\(trend)\(form)").html
    }

    private var trend: HTML? {
        let counted = area.meetings.compactMap(\.people)
        guard let last = counted.last, counted.count > 1 else { return nil }
        let before = counted[counted.count - 2]
        let words = last < before ? "fewer than" : last > before ? "more than" : "as many as"
        return "<p>\(grouped(last)) came last time, \(words) the time before (\(grouped(before))).</p>"
    }

    // MARK: Hand-over

    private var handover: HTML {
        if let handover = area.handover {
            let note: HTML? = handover.note.map { "<p>\($0)</p>" }
            let undo: HTML? = mayKeep ? Button("Take the hand-over back", action: "\(path)/handover/undo", style: .quiet).html : nil
            return Card("Led by its providers since \(handover.day.medium)", "\(note)\(list)\(undo)").html
        }
        guard !picture.criteria.isEmpty else {
            let words: HTML = "<p>The hub has not written down yet what must be met before the council lets go of an area.</p>"
            var card = Card("From council-led to provider-led", words)
            if mayKeep { card.link = Link("Write it down", "\(base)/rule") }
            return card.html
        }
        let met = Set(area.ticks.map(\.criterionID)).count
        let progress = ProgressLine("Criteria met", done: met, total: picture.criteria.count)
        let next: HTML? =
            area.standing == .ready && mayKeep ? "<p><a class=\"button\" href=\"\(link: "\(path)/handover")\">Hand it over</a></p>" : nil
        return Card("From council-led to provider-led", "\(progress)\(list)\(next)").html
    }

    private var list: HTML {
        let items = picture.criteria.html { criterion -> HTML in
            let tick = area.ticks.first { $0.criterionID == criterion.id }
            let action = "\(path)/criteria/\(criterion.id)"
            if let tick {
                let by = names[tick.by].map { ", noted by \($0)" } ?? ""
                var button = Button("Not met", action: action, hidden: [("do", "untick")], style: .small)
                button.about = "after all: \(criterion.words)"
                return
                    "<li><p>\(Tag("Met", .good)) \(criterion.words)</p><p class=\"quiet\">On \(tick.day.medium)\(by). \(mayKeep ? button.html : HTML())</p></li>"
            }
            guard mayKeep else { return "<li><p>\(criterion.words)</p></li>" }
            let day = Field.date("day-\(criterion.id)", "Met on", hint: nil).filled(picture.today.medium)
            var form = Form.post(action, "Met", fields: [day])
            form.errors = errors
            return "<li><p>\(criterion.words)</p>\(Disclosure("It is met", form.html))</li>"
        }
        return "<ul class=\"listing timeline\">\(items)</ul>"
    }
}
