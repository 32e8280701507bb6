internal import Civil
internal import House
internal import Page
internal import Store

extension Directory {
    /// All hubs, with what each looks after.
    func hubList(_ request: Request) async throws -> Answer {
        let today = tools.clock.today
        let asker = tools.asker
        let rows = try await tools.database.read { session in
            try Hubs.all(session).filter { asker.knows(hub: $0.id) }.map { hub in
                let wards = try session.count("select count(*) from hub_ward where hub_id = \(hub.id)")
                let settings = try session.count(
                    """
                    select count(*) from setting s where s.status = 'open' and s.is_early_years = 1
                    and s.type <> 'childminder-agency'
                    and \(hub.settings)
                    """)
                let schemes = try Schemes.of(hub, session)
                let inForce = try schemes.filter { try Plans.inForce($0, on: today, session) != nil }
                return (hub: hub, wards: wards, settings: settings, schemes: inForce)
            }
        }
        var table = Table(
            "Hubs",
            columns: [
                Table.Column("Hub"), Table.Column("Wards", align: .number), Table.Column("Settings", align: .number),
                Table.Column("Divided into"),
            ],
            rows: rows.map { row in
                let invented: HTML = row.hub.isSample ? " \(Tag("Invented, to try things out", .note))" : ""
                let schemes = row.schemes.map(\.name).joined(separator: ", ")
                return Table.Row([
                    "<a href=\"\(link: row.hub.staffPath)\">\(row.hub.name)</a>\(invented)", "\(row.wards)",
                    "\(grouped(row.settings))", schemes.isEmpty ? "Not divided yet" : "\(schemes)",
                ])
            })
        table.isCaptionHidden = true
        table.empty =
            EmptyState(
                "No hub yet",
                """
                A hub looks after the settings of some wards. Say which wards, and the program draws mini-hubs that are near to \
                call on and alike in size.
                """, action: Action("Make a hub", "/staff/hubs/new"), picture: .map
            ).html
        let isDivided = rows.contains { !$0.schemes.isEmpty }
        let areas: HTML? =
            isDivided
            ? "<p class=\"take\">Take the areas with you, ward by ward: <a href=\"/staff/areas.csv\">Spreadsheet (CSV)</a></p>" : nil
        var frame = tools.frame("Hubs and areas", for: .staff, at: request.path, content: "\(table)\(areas)")
        frame.lead = "Each hub, the wards it looks after, and how it is divided."
        if !rows.isEmpty && asker.isAdministrator { frame.action = Action("Make a hub", "/staff/hubs/new") }
        return .page(frame.html)
    }
}
