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

    func held(_ id: String) async throws -> [(holding: Holding, rows: [Row])] {
        let all = allHoldings
        return try await tools.database.read { session in try all.map { ($0, try $0.rows(id, session)) } }
    }

    private func ownDataPage(_ request: Request) async throws -> Answer {
        let held = try await held(request.asker.personID ?? "")
        let places = try await placeNames(in: held.flatMap(\.rows))
        let (deeds, shown) = (allDeeds, 200)
        let written = held.first { $0.holding.table == "audit" }?.rows ?? []
        let trail = try await ownTrail(Array(written.suffix(shown)), request.asker)
        let parts = held.filter { !$0.rows.isEmpty }.html { part in
            // What stands in no row needs no column.
            let names = (part.rows.first?.names ?? []).filter { name in part.rows.contains { !$0.text(name).isEmpty } }
            var table =
                part.holding.table == "audit"
                ? trail
                : Table(
                    part.holding.words, columns: names.map { Table.Column(OwnDataWords.heading($0)) },
                    rows: part.rows.prefix(shown).map { row in
                        Table.Row(names.map { TrailReader.folded(OwnDataWords.shown(row, $0, in: part.holding.table, places, deeds)) })
                    })
            table.isCaptionHidden = true
            table.isWide = table.columns.count > 4
            let more: HTML? = part.rows.count > shown ? "<p>\(grouped(part.rows.count - shown)) more are in the file.</p>" : nil
            return Card(part.holding.words, "\(table)\(more)").html
        }
        var frame = tools.frame("What is known about you", for: .staff, at: "/account", content: "\(parts)\(Self.nothingHeld(held))")
        frame.lead = "Everything held here under your name."
        frame.breadcrumbs = [Link("Your account", "/account")]
        frame.action = Action("Take it with you (JSON)", "/account/data.json")
        return .page(frame.html)
    }

    /// What the hubs, areas and settings of some rows are called, by their ids.
    private func placeNames(in rows: [Row]) async throws -> [String: String] {
        func ids(_ column: String) -> Set<String> { Set(rows.compactMap { $0.names.contains(column) ? $0.textOrNil(column) : nil }) }
        let (hubs, areas, settings) = (ids("hub_id"), ids("area_id"), ids("setting_id"))
        let book = book
        return try await tools.database.read { session in
            var names: [String: String] = [:]
            for hub in try book.hubs(session) where hubs.contains(hub.id) {
                names[hub.id] = hub.name
                if !areas.isEmpty { for area in try book.areas(hub.id, session) { names[area.id] = area.name } }
            }
            // Beyond these somebody reads the file.
            for setting in try settings.isEmpty ? [] : book.settingsWithIDs(Array(settings.sorted().prefix(1_000)), session) {
                names[setting.id] = setting.name
            }
            return names
        }
    }

    /// The kinds of things of which nothing is held, in one place: there are many.
    private static func nothingHeld(_ held: [(holding: Holding, rows: [Row])]) -> HTML? {
        let words = held.filter(\.rows.isEmpty).map(\.holding.words)
        guard !words.isEmpty else { return nil }
        return Card("Nothing is held of these", "<ul class=\"listing\">\(words.html { "<li>\($0)</li>" })</ul>").html
    }

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
        let rows = held.filter { !$0.rows.isEmpty }.map { part in
            Table.Row(["\(part.holding.words)", "\(part.rows.count)", "\(part.holding.fate)"])
        }
        var table = Table(
            "What is known, and what becomes of it",
            columns: [Table.Column("What"), Table.Column("Entries", align: .number), Table.Column("What becomes of it")], rows: rows)
        table.isCaptionHidden = true
        let confirm = Confirm(
            "Forget \(person.name)?", action: request.path, confirm: "Forget this person", cancel: Link("Keep them", "/staff/people"),
            consequences: [
                "They are signed out everywhere and cannot sign in again.", "Their name and address are gone for good.",
                "Where others wrote the name in their own words, such as in the note of a contact, it stays: find and correct it there.",
                "Letters to others that name them stay until their time is over (“Clearing away” says when). So do backups made before.",
            ],
            isDanger: true)
        var frame = tools.frame("Forget a person", for: .staff, at: "/staff/people", content: "\(table)\(confirm)\(Self.nothingHeld(held))")
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
            if isAdministrator, try !Roles.hasAdministrator(besides: person.id, session) {
                throw Refusal.badRequest("This is the last administrator. Make somebody else administrator first.")
            }
            try People.forget(person.id, all, tools, session)
        }
        return .redirect(to: "/staff/people?done=forgotten")
    }
}
