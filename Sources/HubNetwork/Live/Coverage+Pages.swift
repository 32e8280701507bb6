internal import Civil
internal import Directory
internal import House
internal import Page
internal import Store

extension Network {
    /// The map of contacts, term by term.
    var coverageRoutes: [Route] {
        [
            route(.get, "/staff/network/{hub}/coverage", .seeNetwork, "Contacts on the map, term by term", at: Self.atHub) {
                try await $0.coveragePage($1)
            }
        ]
    }

    /// How many terms the page looks back.
    private static let coverageTerms = 6

    private func coveragePage(_ request: Request) async throws -> Answer {
        let (slug, today) = (request.parameter("hub"), tools.clock.today)
        let terms = Activity.ends(Self.coverageTerms, upTo: today).map(\.term)
        let first = terms.first?.first ?? today
        let (hub, months) = try await tools.database.read { session in
            let hub = try HubGround.of(slug, on: today, session)
            return (hub, try Contacts.months(hub.id, since: first, session))
        }
        let places = hub.settings.map { Coverage.Place($0.id, ward: $0.wardCode ?? "") }
        let page = CoveragePage(
            hub: hub, coverage: Coverage(places, months, terms: terms),
            term: terms.first { CoveragePage.code($0) == request.query["term"] } ?? Term(of: today), today: today)
        var frame = frame("Contacts on the map", hub: slug, section: .live)
        frame.breadcrumbs = [Link("The network", "/staff/network/\(slug)")]
        frame.lead = "What share of each ward’s settings the hub was in touch with, term by term."
        frame.content = page.content
        return .page(frame.html)
    }
}

extension Contacts {
    /// Which settings had a contact in which month. One row for a setting and month, however many contacts there were.
    static func months(_ hub: String, since: Day, _ session: any Session) throws -> [Coverage.Month] {
        let reached = Contact.Outcome.allCases.filter(\.isReached).map(\.rawValue)
        var months: [Coverage.Month] = []
        try session.each(
            """
            select cs.setting_id, substr(cs.day, 1, 7) as month, max(case when c.outcome in \(list: reached) then 1 else 0 end) as reached
            from contact_setting cs join contact c on c.id = cs.contact_id
            where cs.hub_id = \(hub) and cs.day >= \(since) and c.undone_at is null group by cs.setting_id, substr(cs.day, 1, 7)
            """
        ) { months.append(Coverage.Month($0.text("setting_id"), month: $0.text("month"), isReached: $0.bool("reached"))) }
        return months
    }
}

/// The page: one term large, the terms side by side, and the table.
struct CoveragePage {
    let hub: HubGround
    let coverage: Coverage
    let term: Term
    let today: Day

    static func code(_ term: Term) -> String { "\(term.season.name.lowercased())-\(term.year)" }

    private func address(_ term: Term) -> String { "/staff/network/\(hub.slug)/coverage?term=\(Self.code(term))" }

    var content: HTML {
        if hub.settings.isEmpty {
            return EmptyState(
                "No settings in this hub yet", "Load the registers and choose the hub’s wards first.",
                action: Action("See the hub", "/staff/hubs/\(hub.slug)"), picture: .map
            ).html
        }
        let choose = Filters(
            "Term", coverage.terms.reversed().map { Link($0 == Term(of: today) ? "This term" : $0.name, address($0), current: $0 == term) })
        return "\(choose)\(Columns(Card(term.name, "\(sentence)\(large)").html, Card("Ward by ward", table).html))\(overTime)"
    }

    private var sentence: HTML {
        let all = coverage.share(in: term)
        let wards = hub.wardList.map { ($0, coverage.share(ofWard: $0.code, in: term)) }.filter { $0.1.settings > 0 }
        let least = wards.min { ($0.1.percent ?? 0, $0.0.name) < ($1.1.percent ?? 0, $1.0.name) }
        let lowest = least.map { " Least in \($0.0.name): \($0.1.contacted) of \($0.1.settings)." } ?? ""
        return
            "<p>\(grouped(all.contacted)) of \(grouped(all.settings)) settings were contacted, \(grouped(all.reached)) of them reached.\(lowest)</p>"
    }

    private func shading(_ term: Term, labelled: Bool) -> [String: HubGround.Shading] {
        var shading: [String: HubGround.Shading] = [:]
        for ward in hub.wardList {
            let share = coverage.share(ofWard: ward.code, in: term)
            guard let percent = share.percent else { continue }
            shading[ward.code] = HubGround.Shading(
                shade: Coverage.shade(percent), label: labelled ? "\(Int(percent.rounded()))%" : nil,
                title: "\(ward.name): \(share.contacted) of \(share.settings) contacted")
        }
        return shading
    }

    private var large: HTML {
        hub.shadedMap(
            "Share of settings contacted in each ward, \(term.name)", id: "map", shading(term, labelled: true), legend: Coverage.legend
        ).html
    }

    private var table: HTML {
        let before = term.previous
        let hasBefore = coverage.terms.contains(before)
        var rows = hub.wardList.map { ($0.name, $0.code) }
        if coverage.share(ofWard: "", in: term).settings > 0 { rows.append(("No ward known", "")) }
        var table = Table(
            "Contacts in each ward, \(term.name)",
            columns: [Table.Column("Ward"), Table.Column("Share", align: .number)]
                + (hasBefore ? [Table.Column("Before", align: .number)] : [])
                + [Table.Column("Contacted", align: .number), Table.Column("Reached", align: .number)],
            rows: rows.map { name, code in
                let share = coverage.share(ofWard: code, in: term)
                let earlier = hasBefore ? [percent(coverage.share(ofWard: code, in: before))] : []
                return Table.Row(["\(name)", percent(share)] + earlier + [contacted(share), "\(grouped(share.reached))"])
            })
        let all = coverage.share(in: term)
        let earlier = hasBefore ? [percent(coverage.share(in: before))] : []
        table.totals = ["The hub", percent(all)] + earlier + [contacted(all), "\(grouped(all.reached))"]
        table.isCompact = true
        table.isCaptionHidden = true
        return table.html
    }

    private func contacted(_ share: Coverage.Share) -> HTML { "\(grouped(share.contacted)) of \(grouped(share.settings))" }

    private func percent(_ share: Coverage.Share) -> HTML { share.percent.map { "\($0, digits: 0)%" } ?? "–" }

    private var overTime: HTML {
        let maps = coverage.terms.enumerated().html { index, each in
            let share = coverage.share(in: each)
            var map = hub.shadedMap("\(each.name)", id: "map-\(index)", shading(each, labelled: false), legend: [])
            map.tallest = 420
            map.hasScale = false
            let now: String? = each == term ? "true" : nil
            return """
                <li><a href="\(link: address(each))"\(attribute: "aria-current", value: now)>\(map)<p><b>\(each.name)</b><br>\
                \(percent(share)) contacted</p></a></li>
                """
        }
        return Card("Term by term", "<ul class=\"small-maps\">\(maps)</ul>").html
    }
}
