internal import House
internal import Page
internal import Store

extension Directory {
    /// Two plans of one scheme side by side: two maps, the figures with their differences, the wards that differ.
    func comparePage(_ request: Request) async throws -> Answer {
        let read = try await readScheme(request)
        let ids = read.plans.map(\.id)
        guard ids.count > 1 else {
            throw Refusal.badRequest("There is only one plan here. Draw another to compare it with.")
        }
        func chosen(_ name: String, _ fallback: String) -> String {
            request.query[name].flatMap { ids.contains($0) ? $0 : nil } ?? fallback
        }
        let firstID = chosen("first", ids[0])
        let secondID = chosen("second", ids[1])
        let pictures = try await tools.database.read { session in
            try [firstID, secondID].map { id in
                try PlanPicture.of(Plans.with(id: id, session), read.scheme, read.territory, session)
            }
        }
        let comparison = try await offPool { Comparison(pictures[0], pictures[1]) }
        let hub = read.territory.hub
        var frame = tools.frame("\(pictures[0].plan.name) and \(pictures[1].plan.name)", for: .staff, at: hub.staffPath)
        frame.title = "\(pictures[0].plan.name) beside \(pictures[1].plan.name)"
        frame.breadcrumbs = [
            Link("Hubs and areas", "/staff/hubs"), Link(hub.name, hub.staffPath),
            Link(read.scheme.name, read.scheme.path(in: hub)),
        ]
        frame.scripts = ["map.js"]
        if firstID == secondID {
            frame.notices = [.note("Both are the same plan.", "Choose two different ones to compare.")]
        }
        frame.lead = "\(ComparePage(comparison).finding)"
        let choices = read.plans.map { Choice($0.id, $0.name) }
        let form = FilterForm(
            action: "\(read.scheme.path(in: hub))/compare",
            fields: [
                Field.select("first", "Compare", choices: choices).filled(firstID),
                Field.select("second", "With", choices: choices).filled(secondID),
            ], submit: "Show side by side")
        frame.content = "\(ComparePage(comparison).content)\(Card("Two others", form.html))"
        return .page(frame.html)
    }
}

/// Draws a comparison.
struct ComparePage {
    let comparison: Comparison

    init(_ comparison: Comparison) { self.comparison = comparison }

    private var first: PlanPicture { comparison.first }
    private var second: PlanPicture { comparison.second }

    /// What stands out, in one sentence.
    var finding: String {
        let count = comparison.differences.count
        let wards = count == 0 ? "No ward differs" : count == 1 ? "One ward differs" : "\(count) wards differ"
        guard let one = comparison.firstFigures.mean, let other = comparison.secondFigures.mean, abs(one - other) >= 5
        else {
            return "\(wards). Journeys are as long in both."
        }
        let shorter = one < other ? first.plan.name : second.plan.name
        return "\(wards). Journeys are \(Measure.distance(abs(one - other))) shorter on average in \(shorter)."
    }

    var content: HTML {
        """
        \(Columns(map(first, id: "map-first").html, map(second, id: "map-second").html))\
        \(Card("The whole of it", totals.html))\(Card("Area by area", areas.html))\(Card("Wards that differ", wards.html))
        """
    }

    private func map(_ picture: PlanPicture, id: String) -> Card {
        var map = AreaMap(picture, title: "Map of \(picture.plan.name)")
        map.id = id
        let changed = Set(comparison.differences.map(\.ward.code))
        map.wardTitle = { ward in
            let area = picture.state.area(picture.state.areaOfWard[ward.code])?.name ?? "in no area"
            return changed.contains(ward.code)
                ? "\(ward.name), \(area) here, and elsewhere in the other" : "\(ward.name), \(area)"
        }
        if picture.scheme.divides == .settings {
            map.tint = [:]
            map.areas = []
        }
        var card = Card(picture.plan.name, map.picture.html)
        card.link = Link("Open \(picture.plan.name)", picture.plan.path(in: picture.hub))
        return card
    }

    private var totals: Table {
        let one = comparison.firstFigures
        let other = comparison.secondFigures
        func row(_ name: String, _ left: String, _ right: String, _ difference: String) -> Table.Row {
            Table.Row(["\(name)", "\(left)", "\(right)", "\(difference)"])
        }
        func distance(_ left: Double?, _ right: Double?) -> String {
            guard let left, let right else { return "–" }
            return right - left > 0 ? "+\(Measure.distance(right - left))" : Measure.distance(right - left)
        }
        var table = Table(
            "Figures of both plans",
            columns: [
                Table.Column("Figure"), Table.Column(first.plan.name, align: .number),
                Table.Column(second.plan.name, align: .number), Table.Column("Difference", align: .number),
            ],
            rows: [
                row(
                    "Mean distance to the base", one.mean.map(Measure.distance) ?? "–",
                    other.mean.map(Measure.distance) ?? "–", distance(one.mean, other.mean)),
                row(
                    "Longest distance to the base", one.longest.map(Measure.distance) ?? "–",
                    other.longest.map(Measure.distance) ?? "–", distance(one.longest, other.longest)),
                row(
                    "Farthest from the mean weight", Measure.percent(one.balance), Measure.percent(other.balance),
                    "\(Measure.signed(other.balance - one.balance))"),
                row("Areas", "\(one.areas.count)", "\(other.areas.count)", "\(other.areas.count - one.areas.count)"),
                row(
                    "Broken rules", "\(one.broken.count)", "\(other.broken.count)",
                    "\(other.broken.count - one.broken.count)"),
            ])
        table.isCaptionHidden = true
        table.isCompact = true
        return table
    }

    private var areas: Table {
        func figures(_ area: AreaFigures?) -> [HTML] {
            guard let area else { return ["–", "–", "–"] }
            return [
                "\(area.settings.count)", "\(area.mean.map(Measure.distance) ?? "–")",
                "\(area.decile.map { Measure.decimal($0) } ?? "–")",
            ]
        }
        func pair(_ left: AreaFigures?, _ right: AreaFigures?) -> Table.Row {
            let names: HTML =
                left?.area.name == right?.area.name
                ? "\(left?.area.name)" : "\(left?.area.name ?? "none") / \(right?.area.name ?? "none")"
            return Table.Row([names] + zip(figures(left), figures(right)).map { "\($0) / \($1)" as HTML })
        }
        let one = comparison.firstFigures.areas
        let other = comparison.secondFigures.areas
        let rows =
            comparison.partners.map { pair(one[$0.first], $0.second.map { other[$0] }) }
            + comparison.added.map { pair(nil, other[$0]) }
        var table = Table(
            "Each area in \(first.plan.name) / in \(second.plan.name)",
            columns: [
                Table.Column("Area"), Table.Column("Settings", align: .number),
                Table.Column("Mean distance", align: .number),
                Table.Column("Deprivation decile", align: .number),
            ], rows: rows)
        table.isCompact = true
        return table
    }

    private var wards: Table {
        var table = Table(
            "Wards in different areas",
            columns: [
                Table.Column("Ward"), Table.Column("In \(first.plan.name)"), Table.Column("In \(second.plan.name)"),
            ],
            rows: comparison.differences.map { Table.Row(["\($0.ward.name)", "\($0.first)", "\($0.second)"]) })
        table.isCaptionHidden = true
        table.empty = "<p>Every ward is in the same area in both plans.</p>"
        return table
    }
}
