internal import Civil
internal import House
internal import Page
internal import Store

extension Directory {
    /// The first page of strangers, and of staff.
    var frontRoutes: [Route] {
        [
            route(.get, "/", .look, "Home") { try await $0.home($1) },
            route(.get, "/staff", .seeHubPages, "Today") { try await $0.today($1) },
        ]
    }

    private func home(_ request: Request) async throws -> Answer {
        let (hubs, counts) = try await tools.database.read { session in
            (
                try session.all(
                    """
                    select h.slug, h.name, h.is_sample, (select count(*) from hub_ward w where w.hub_id = h.id) as wards
                    from hub h where h.opened_at is not null order by h.is_sample, h.name
                    """),
                try session.all(
                    """
                    select type, count(*) as n from setting where hub_id is null and merged_into is null and status = 'open'
                        and is_secret = 0 and is_early_years = 1 group by type
                    """)
            )
        }
        let number = counts.reduce(0) { $0 + $1.int("n") }
        let form = FilterForm(
            action: "/settings",
            fields: [
                .postcode("near", "Your postcode", hint: "For example E15 4QZ, or only E15"),
                .select(
                    "miles", "How far",
                    choices: [Choice("0.5", "half a mile"), Choice("1", "1 mile"), Choice("2", "2 miles"), Choice("5", "5 miles")]
                ).filled("1"),
            ], submit: "Find settings near me")
        let kinds = counts.compactMap { row in SettingType(rawValue: row.text("type")).map { ($0, row.int("n")) } }
            .sorted { $0.1 > $1.1 }
            .html { type, n in
                """
                <li>\(type.mark.icon()) <a href="/settings?type=\(segment: type.rawValue)">\(n == 1 ? type.name : type.plural)</a> \
                <span class="quiet">\(grouped(n))</span></li>
                """
            }
        let hubList = hubs.html { hub in
            """
            <li><a href="/hubs/\(segment: hub.text("slug"))">\(hub.text("name"))</a> \
            <span class="quiet">\(hub.int("wards")) wards\(hub.bool("is_sample") ? ", an invented example" : "")</span></li>
            """
        }
        let hubsCard: HTML = hubs.isEmpty ? "" : "\(Card("Hubs", "<ul class=\"listing\">\(hubList)</ul>"))"
        let kindsCard: HTML = counts.isEmpty ? "" : "\(Card("Kinds of setting", "<ul class=\"listing\">\(kinds)</ul>"))"
        let content: HTML = "\(form)\(Columns("\(kindsCard)", "\(hubsCard)"))"
        var frame = tools.frame("Early years near you", for: .stranger, at: "/", content: content)
        frame.lead =
            number == 0
            ? "Nurseries, childminders, schools and groups for children under five."
            : "\(grouped(number)) nurseries, childminders, schools and groups for children under five, from the official registers."
        return .page(frame.html)
    }

    /// What is due before what is merely known.
    private func today(_ request: Request) async throws -> Answer {
        let today = tools.clock.today
        let asker = tools.asker
        let dues = dues + otherDues
        let model = try await tools.database.read { try TodayPage.load(on: today, for: asker, dues, in: $0) }
        var frame = tools.frame("Today", for: .staff, at: "/staff", content: model.content)
        frame.lead = "\(today.long)"
        if model.settings == 0 && asker.isAdministrator { frame.action = Action("Load a register", "/staff/registers") }
        return .page(frame.html)
    }
}
