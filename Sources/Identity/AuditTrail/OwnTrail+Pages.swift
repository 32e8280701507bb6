internal import Civil
internal import House
internal import Page
internal import Store

extension Identity {
    /// What was written about one's own setting (`docs/rules/own-setting.md`).
    var ownTrailRoutes: [Route] {
        let place = book.place
        return [
            route(
                .get, "/own/{id}/trail", .seeOwnTrail, "What was written about one’s own setting",
                at: { request, session in try place(request.parameter("id"), session) }
            ) { try await $0.ownTrail($1) }
        ]
    }

    private struct OwnTrail: Sendable {
        let title: String
        let entries: [TrailEntry]
        let total: Int
        let reader: TrailReader
        let names: [String: String]
    }

    private func ownTrail(_ request: Request) async throws -> Answer {
        let id = request.parameter("id")
        let size = 50
        let number = max(1, min(200, request.query["page"].flatMap { Int($0) } ?? 1))
        let words = tools.trailWords
        let asker = request.asker
        let page = try await tools.database.read { [self] session -> OwnTrail in
            let shown = words.actions.values.filter { $0.own != .nothing }.map(\.code).sorted()
            let condition: SQL = "subject = \("setting:\(id)") and action in \(list: shown)"
            let entries = try session.all(
                "select * from audit where \(condition) order by at desc, id desc limit \(size) offset \((number - 1) * size)"
            ).map(TrailEntry.init)
            let reader = try TrailReader(entries, words, hubs: [], for: asker, session)
            return OwnTrail(
                title: try book.setting(id, session)?.name ?? "Your setting", entries: entries,
                total: try session.count("select count(*) from audit where \(condition)"), reader: reader,
                names: try Identity.doers(of: entries, setting: id, reader, session))
        }
        var table = Table(
            "What was written", columns: ["When", "Who", "What", "Change"].map { Table.Column($0) },
            rows: page.entries.map { entry in
                let isWhole = words.action(entry.action)?.own == .all
                return Table.Row([
                    "\(entry.at?.shown ?? entry.moment)", "<bdi>\(page.names[entry.id] ?? "")</bdi>", "\(words.words(entry.action))",
                    isWhole ? page.reader.change(entry) : "",
                ])
            })
        table.isCaptionHidden = true
        table.paging = Paging(page: number, size: size, total: page.total, address: PageAddress("/own/\(id)/trail"), what: "entries")
        table.empty = "<p>Nothing yet. What somebody changes here from now on stands on this page.</p>"
        var frame = tools.frame("What was written about it", for: .staff, at: "/own", content: "\(table)")
        frame.breadcrumbs = [Link(page.title, "/own/\(id)")]
        frame.lead = "Who changed something about \(page.title), newest first. Of the hub’s team you see what they are, not their names."
        return .page(frame.html)
    }

    /// Who wrote each entry, for the setting's own people: colleagues by name, the hub's team by what they were then.
    private static func doers(
        of entries: [TrailEntry], setting: String, _ reader: TrailReader, _ session: any Session
    ) throws -> [String: String] {
        let people = Set(entries.filter { $0.who.hasPrefix("person:") }.map { String($0.who.dropFirst(7)) }).sorted()
        let roles = Dictionary(
            grouping: people.isEmpty ? [] : try session.all("select * from role where person_id in \(list: people) order by from_at, id"),
            by: { "person:\($0.text("person_id"))" })
        var names: [String: String] = [:]
        for entry in entries {
            guard entry.who.hasPrefix("person:") else {
                names[entry.id] = reader.name(ofWho: entry.who)
                continue
            }
            let held = roles[entry.who] ?? []
            if held.contains(where: { $0.text("setting_id") == setting }) {
                names[entry.id] = reader.name(ofWho: entry.who)
                continue
            }
            let then = held.filter { row in
                row.text("from_at") <= entry.moment && (row.textOrNil("to_at").map { $0 > entry.moment } ?? true)
            }
            let fitting = then.first { $0.textOrNil("hub_id") != nil && $0.text("hub_id") == entry.hubID } ?? then.first
            let role: Role? = fitting?.code("role")
            names[entry.id] = role?.name ?? "Somebody of the hub"
        }
        return names
    }
}
