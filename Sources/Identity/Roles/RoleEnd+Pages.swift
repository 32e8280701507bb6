internal import Civil
internal import House
internal import Page
internal import Store

/// How a role ends: at once, or with a day; and one that has not begun, taken back.
extension Identity {
    static func atRoleToCome(_ request: Request, _ session: any Session) throws -> Whereabouts {
        guard let row = try session.first("select * from role_to_come where id = \(request.parameter("coming"))") else {
            throw Refusal.notFound("This role has begun, or was taken back already.")
        }
        return whereabouts(of: RoleGrant(row))
    }

    /// Under the day since when a role is held: its last, if it has one.
    static func until(_ row: Row) -> HTML? { row.day("last_day").map { "<br>until \($0.medium)" } }

    func confirmEnd(_ request: Request) async throws -> Answer { try await endPage(request, errors: FieldErrors()) }

    private func endPage(_ request: Request, errors: FieldErrors) async throws -> Answer {
        let id = request.parameter("role")
        let book = book
        let found = try await tools.database.read { session in
            try session.first("select r.*, p.name from role r join person p on p.id = r.person_id where r.id = \(id) and r.to_at is null")
                .map { ($0, try Identity.over(RoleGrant($0), book, session)) }
        }
        guard let (row, over) = found else { throw Refusal.notFound("This role has ended already.") }
        let role: Role = row.code("role") ?? .practitioner
        let path = "/staff/people/roles/\(id)"
        let last = row.day("last_day")
        let confirm = Confirm(
            "End this role now?", action: "\(path)/end", confirm: "End the role now", cancel: Link("Leave it", "/staff/people"),
            consequences: [
                "\(row.text("name")) is no longer \(role.name.lowercased()), \(over), from this moment.",
                "Their account stays, with what they did and their other roles.",
            ], isDanger: true)
        var form = Form.post(
            "\(path)/last-day", last == nil ? "Set the last day" : "Change the last day",
            fields: [
                Field.date("until", "Their last day", hint: "It ends by itself with this day. For example, 31 July 2027 or 31/7/2027.")
                    .filled(last?.medium ?? "")
            ])
        if request.method == .post { form.values = request.form }
        form.errors = errors
        let goOn: HTML? = last.map { day in
            "<p>It ends with \(day.medium). \(Button("Let it go on instead", action: "\(path)/last-day", hidden: [("until", "")], style: .small))</p>"
        }
        var frame = tools.frame(
            "End a role", for: .staff, at: "/staff/people",
            content: "\(Columns("\(Card("On a day to come", "\(goOn)\(form)"))", "\(confirm)"))")
        frame.lead = "<bdi>\(row.text("name"))</bdi>: \(role.name), <bdi>\(over)</bdi>."
        frame.breadcrumbs = [Link("People", "/staff/people")]
        frame.errors = errors
        return .page(frame.html, status: errors.isEmpty ? 200 : 422)
    }

    func endRole(_ request: Request) async throws -> Answer {
        let tools = tools
        let book = book
        try await tools.database.write { session in
            let id = request.parameter("role")
            try Roles.end(id, tools, session)
            guard let row = try session.first("select * from role where id = \(id)") else { return }
            try RolesToCome.tellOfEnd(row, book, tools, session)
        }
        return .redirect(to: "/staff/people?done=ended")
    }

    func setLastDay(_ request: Request) async throws -> Answer {
        var reader = FormReader(request.form)
        let time = RoleTime.read(&reader, today: tools.clock.today)
        guard reader.errors.isEmpty else { return try await endPage(request, errors: reader.errors) }
        do {
            try await setLastDay(time.last, request)
        } catch let refusal as Refusal where refusal.status == 400 {
            var errors = FieldErrors()
            errors.add("until", refusal.message)
            return try await endPage(request, errors: errors)
        }
        return .redirect(to: "/staff/people?done=\(time.last == nil ? "no-last-day" : "last-day")")
    }

    /// Sets it, and tells whose role it is.
    private func setLastDay(_ last: Day?, _ request: Request) async throws {
        let (tools, book) = (tools, book)
        try await tools.database.write { session in
            let id = request.parameter("role")
            try Roles.setLastDay(last, of: id, tools, session)
            guard let row = try session.first("select * from role where id = \(id)") else { return }
            let grant = RoleGrant(row)
            let role = "\(grant.role.name.lowercased()), \(try Identity.over(grant, book, session))"
            let news =
                last.map { News("A role of yours will end", ["You are \(role), until \($0.medium)."], path: "/account") }
                ?? News("A role of yours goes on", ["You are \(role), until somebody ends it."], path: "/account")
            try tools.tell(row.text("person_id"), news, session)
        }
    }

    func takeBackRole(_ request: Request) async throws -> Answer {
        let tools = tools
        let id = request.parameter("coming")
        let isTaken = try await tools.database.write { try RolesToCome.takeBack(id, tools, $0) }
        return .redirect(to: "/staff/people?done=\(isTaken ? "coming-back" : "answered")")
    }

    /// The roles that begin later, for the page of people.
    func comingCard(_ rows: [RolesToCome.Line]) -> Card {
        let items = rows.html { line in
            var button = Button("Take back", action: "/staff/people/roles-to-come/\(line.id)/take-back", style: .small)
            button.about = "the role of \(line.name)"
            return """
                <li><bdi>\(line.name)</bdi>, \(line.grant.role.name), <bdi>\(line.over)</bdi>\(line.time.words(on: tools.clock.today)) \
                \(line.mayTakeBack ? button.html : nil)</li>
                """
        }
        return Card("Begins later", "<ul class=\"listing\">\(items)</ul>")
    }
}
