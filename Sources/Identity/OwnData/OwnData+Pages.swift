internal import Civil
internal import House
internal import Page
internal import Store

extension Identity {
    /// Everything held about a person: for them to read and take along, and for an administrator to forget.
    var ownDataRoutes: [Route] {
        [
            route(.get, "/account/data", .mindOwnAccount, "What is known about you") { try await $0.ownDataPage($1) },
            route(.get, "/account/data.json", .mindOwnAccount, "What is known about you, as JSON") { try await $0.ownDataJSON($1) },
            route(.get, "/staff/people/{person}/forget", .forgetPeople, "Look at what forgetting a person would do") {
                try await $0.confirmForget($1)
            },
            route(.post, "/staff/people/{person}/forget", .forgetPeople, "Forget a person") { try await $0.forget($1) },
        ]
    }

    private func held(_ id: String) async throws -> [(holding: Holding, rows: [Row])] {
        let all = allHoldings
        return try await tools.database.read { session in try all.map { ($0, try $0.rows(id, session)) } }
    }

    private func ownDataPage(_ request: Request) async throws -> Answer {
        let held = try await held(request.asker.personID ?? "")
        let parts = held.html { part in
            if part.rows.isEmpty { return Card(part.holding.words, "<p>Nothing.</p>").html }
            let names = part.rows.first?.names ?? []
            var table = Table(
                part.holding.words, columns: names.map { Table.Column(Self.heading($0)) },
                rows: part.rows.prefix(200).map { row in Table.Row(names.map { "\(Self.shown(row, $0))" }) })
            table.isCaptionHidden = true
            table.isCompact = true
            let more: HTML? = part.rows.count > 200 ? "<p>\(grouped(part.rows.count - 200)) more are in the file.</p>" : nil
            return Card(part.holding.words, "\(table)\(more)").html
        }
        var frame = tools.frame("What is known about you", for: .staff, at: "/account", content: parts)
        frame.lead = "Everything held here under your name."
        frame.breadcrumbs = [Link("Your account", "/account")]
        frame.action = Action("Take it with you (JSON)", "/account/data.json")
        return .page(frame.html)
    }

    /// A column's name in plain words.
    private static func heading(_ name: String) -> String {
        let words = name.split(separator: "_").filter { $0 != "at" && $0 != "id" && $0 != "on" }.joined(separator: " ")
        return words.isEmpty ? "When" : words.prefix(1).uppercased() + words.dropFirst()
    }

    private static func shown(_ row: Row, _ name: String) -> String { row.instant(name)?.shown ?? row.text(name) }

    private func ownDataJSON(_ request: Request) async throws -> Answer {
        let held = try await held(request.asker.personID ?? "")
        let members = held.map { part in
            (
                part.holding.table,
                JSON.array(part.rows.map { row in JSON.object(row.names.map { ($0, JSON.string(row.textOrNil($0))) }) })
            )
        }
        var answer = Answer.json(JSON.object(members).bytes)
        answer.headers.append(("Content-Disposition", "attachment; filename=\"my-data.json\""))
        return answer
    }

    func somebody(_ request: Request) async throws -> Person {
        let id = request.parameter("person")
        guard let person = try await tools.database.read({ try People.with(id: id, $0) }) else {
            throw Refusal.notFound("There is nobody of this number, or they were forgotten already.")
        }
        return person
    }

    private func confirmForget(_ request: Request) async throws -> Answer {
        let person = try await somebody(request)
        let held = try await held(person.id)
        let rows = held.map { part in Table.Row(["\(part.holding.words)", "\(part.rows.count)", "\(part.holding.fate)"]) }
        var table = Table(
            "What is known, and what becomes of it",
            columns: [Table.Column("What"), Table.Column("Entries", align: .number), Table.Column("What becomes of it")], rows: rows)
        table.isCaptionHidden = true
        let confirm = Confirm(
            "Forget \(person.name)?", action: request.path, confirm: "Forget this person", cancel: Link("Keep them", "/staff/people"),
            consequences: ["They are signed out everywhere and cannot sign in again.", "Their name and address are gone for good."],
            isDanger: true)
        var frame = tools.frame("Forget a person", for: .staff, at: "/staff/people", content: "\(table)\(confirm)")
        frame.breadcrumbs = [Link("People", "/staff/people")]
        return .page(frame.html)
    }

    private func forget(_ request: Request) async throws -> Answer {
        let person = try await somebody(request)
        let all = allHoldings
        let tools = tools
        try await tools.database.write { session in
            try session.lock("eyhub.roles")
            let isAdministrator =
                try session.count(
                    "select count(*) from role where role = 'administrator' and to_at is null and person_id = \(person.id)") > 0
            if isAdministrator, try session.count("select count(*) from role where role = 'administrator' and to_at is null") < 2 {
                throw Refusal.badRequest("This is the last administrator. Make somebody else administrator first.")
            }
            try People.forget(person.id, all, tools, session)
        }
        return .redirect(to: "/staff/people?done=forgotten")
    }
}
