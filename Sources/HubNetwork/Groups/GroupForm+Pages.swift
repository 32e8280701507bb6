internal import Civil
internal import Directory
internal import House
internal import Page
internal import Store

/// The facts of a group as a form.
struct GroupForm {
    let today: Day
    let isNew: Bool

    static func values(_ group: NetworkGroup) -> FormData {
        FormData([
            ("kind", group.kind.rawValue), ("title", group.title), ("purpose", group.purpose ?? ""), ("begins", group.beginsDay.medium),
            ("ends", group.endsDay?.medium ?? ""), ("rhythm", group.rhythm?.rawValue ?? ""),
        ])
    }

    var fields: [Field] {
        var fields: [Field] = [
            .radios("kind", "What kind of group", choices: NetworkGroup.Kind.allCases.map { Choice($0.rawValue, $0.name) }),
            .text("title", "Its name", hint: "For example: Steering group, or Settling-in working group."),
            Field.textArea("purpose", "What it is for", hint: "A few sentences.", rows: 3).optional(),
            Field.date("begins", "From").filled(today.medium),
            Field.date("ends", "To end by", hint: "A task and finish group needs a day. Others may go on.").optional(),
            Field.select(
                "rhythm", "How often it should meet", choices: Rhythm.allCases.map { Choice($0.rawValue, $0.name) }, prompt: "Not said"
            ).optional(),
        ]
        if isNew {
            fields.append(
                .group(
                    "How many seats to begin with?",
                    Sector.allCases.map { Field.number("seats-\($0.rawValue)", $0.name).filled(String(Self.usual[$0] ?? 0)) },
                    hint: "Change them later as you like. The council and health are core partners of a steering group."))
        }
        return fields
    }

    private static let usual: [Sector: Int] = [.childminders: 2, .pvi: 2, .schools: 2, .health: 1, .council: 1]

    func read(_ reader: inout FormReader) -> (facts: Groups.Facts, seats: [Sector: Int])? {
        let kind = reader.choice("kind", of: NetworkGroup.Kind.self, missing: "Choose what kind of group it is.")
        let title = reader.text("title", missing: "Give the group a name.", max: 120)
        let purpose = reader.optionalText("purpose", max: 20_000)
        let begins = reader.day("begins") ?? today
        let ends = reader.day("ends")
        if kind == .task, ends == nil, reader.errors["ends"] == nil {
            reader.fail("ends", "Say by when it is to end: a task and finish group finishes.")
        }
        if let ends, ends < begins { reader.fail("ends", "This is before the group begins. Choose a later day.") }
        let rhythm = reader.optionalChoice("rhythm", from: Rhythm.allCases.map(\.rawValue)).flatMap(Rhythm.init)
        var seats: [Sector: Int] = [:]
        if isNew {
            for sector in Sector.allCases { seats[sector] = reader.optionalInt("seats-\(sector.rawValue)", in: 0...20) ?? 0 }
        }
        guard let kind, let title, reader.errors.isEmpty else { return nil }
        return (Groups.Facts(kind: kind, title: title, purpose: purpose, beginsDay: begins, endsDay: ends, rhythm: rhythm), seats)
    }
}

extension Network {
    func newGroupPage(_ request: Request) async throws -> Answer { .page(newGroupHTML(request, FieldErrors())) }

    private func newGroupHTML(_ request: Request, _ errors: FieldErrors) -> HTML {
        let slug = request.parameter("hub")
        var form = Form.post(
            "/staff/network/\(slug)/new-group", "Set it up", fields: GroupForm(today: tools.clock.today, isNew: true).fields)
        form.values = request.method == .post ? request.form : nil
        form.errors = errors
        form.cancel = Link("Leave it", "/staff/network/\(slug)/groups")
        var frame = frame("Set up a group", hub: slug, section: .groups, content: form.html)
        frame.breadcrumbs = [Link("Groups", "/staff/network/\(slug)/groups")]
        frame.errors = errors
        return frame.html
    }

    func makeGroup(_ request: Request) async throws -> Answer {
        var reader = FormReader(request.form)
        guard let (facts, seats) = GroupForm(today: tools.clock.today, isNew: true).read(&reader) else {
            return .page(newGroupHTML(request, reader.errors), status: 422)
        }
        let tools = tools
        let id = try await tools.database.write { session in
            try Groups.make(facts, hub: try Network.hubID(request, session), seats: seats, tools, session)
        }
        return .redirect(to: "/staff/network/\(request.parameter("hub"))/groups/\(id)?done=made")
    }

    func editGroupPage(_ request: Request) async throws -> Answer {
        let reading = try await groupReading(request)
        return .page(editGroupHTML(reading, GroupForm.values(reading.book.group), FieldErrors()))
    }

    private func editGroupHTML(_ reading: GroupReading, _ values: FormData, _ errors: FieldErrors) -> HTML {
        let group = reading.book.group
        var form = Form.post(
            "\(reading.path)/edit", "Save", fields: GroupForm(today: tools.clock.today, isNew: false).fields)
        form.values = values
        form.errors = errors
        form.hidden = [("version", "\(group.version)")]
        form.cancel = Link("Leave it as it is", reading.path)
        var frame = frame("Change \(group.title)", hub: reading.ground.slug, section: .groups)
        frame.breadcrumbs = [Link("Groups", "/staff/network/\(reading.ground.slug)/groups"), Link(group.title, reading.path)]
        frame.errors = errors
        frame.content = form.html
        return frame.html
    }

    func saveGroup(_ request: Request) async throws -> Answer {
        var reader = FormReader(request.form)
        let form = GroupForm(today: tools.clock.today, isNew: false)
        guard let (facts, _) = form.read(&reader) else {
            let reading = try await groupReading(request)
            return .page(editGroupHTML(reading, request.form, reader.errors), status: 422)
        }
        let (tools, id, version) = (tools, request.parameter("group"), Int(request.form["version"] ?? "") ?? 0)
        guard try await tools.database.write({ try Groups.save(facts, id, over: version, tools, $0) }) else {
            let reading = try await groupReading(request)
            let now = reading.book.group
            let versions = TwoVersions(
                rows: [
                    ("What kind of group", now.kind.name, facts.kind.name), ("Its name", now.title, facts.title),
                    ("What it is for", now.purpose, facts.purpose), ("From", now.beginsDay.medium, facts.beginsDay.medium),
                    ("To end by", now.endsDay?.medium, facts.endsDay?.medium),
                    ("How often it should meet", now.rhythm?.name, facts.rhythm?.name),
                ], action: "\(reading.path)/edit", fields: form.fields, typed: request.form, version: now.version,
                back: Link(now.title, reading.path))
            return versions.answer(in: frame(TwoVersions.heading, hub: reading.ground.slug, section: .groups))
        }
        return .redirect(to: "/staff/network/\(request.parameter("hub"))/groups/\(id)?done=saved")
    }

    func set(groupEnded: Bool, _ request: Request) async throws -> Answer {
        let (tools, id) = (tools, request.parameter("group"))
        try await tools.database.write { try Groups.set(ended: groupEnded, id, tools, $0) }
        return .redirect(to: "/staff/network/\(request.parameter("hub"))/groups/\(id)?done=\(groupEnded ? "ended" : "reopened")")
    }
}
