internal import Civil
internal import Directory
internal import House
internal import Page

/// How equal the partners are: one picture, its table, and what stands out.
struct PartnersPage {
    let reading: PartnerReading
    let today: Day

    private var base: String { "/staff/network/\(reading.ground.slug)/partners" }

    static func words(_ part: Encounter.Part) -> String {
        switch part {
        case .present: "In the room"
        case .spoke: "Spoke"
        case .hosted: "Hosted"
        case .chaired: "Chaired"
        }
    }

    var content: HTML {
        let shares = reading.shares
        let ways = Filters(
            "Pages", [Link("In the room, speaking, hosting", address.href, current: true), Link("Who met whom", "\(base)/met")])
        guard shares.gatherings > 0 else {
            return "\(ways)\(filter)\(empty)"
        }
        return "\(ways)\(filter)\(facts(shares))\(Card(nil, chart(shares).html))"
    }

    private var empty: HTML {
        EmptyState(
            "No gathering in these terms",
            "When it is noted who was at a meeting, this page says how often each sector was in the room, spoke, hosted and chaired.",
            action: Action("To the meetings", "/staff/network/\(reading.ground.slug)/hosting"), picture: .people
        ).html
    }

    private var address: PageAddress {
        var query = [("from", reading.first.code), ("to", reading.last.code)]
        if let area = reading.area { query.append(("area", area.id)) }
        return PageAddress(base, query)
    }

    private var filter: HTML { PartnersPage.filter(reading, base, today: today) }

    /// The terms and the mini-hub, the same on both pages.
    static func filter(_ reading: PartnerReading, _ action: String, today: Day, isOneTerm: Bool = false) -> HTML {
        let terms = PartnerReading.terms(before: today).map { Choice($0.code, $0.name) }
        var fields: [Field] = [Field.select("to", isOneTerm ? "Term" : "To", choices: terms).filled(reading.last.code)]
        if !isOneTerm { fields.insert(Field.select("from", "From", choices: terms).filled(reading.first.code), at: 0) }
        if !reading.ground.areas.isEmpty {
            let areas = reading.ground.areas.map { Choice($0.id, "\($0.name) (\($0.scheme))") }
            fields.append(Field.select("area", "Where", choices: areas, prompt: "The whole hub").filled(reading.area?.id))
        }
        return FilterForm(action: action, fields: fields, submit: "Show").html
    }

    private func list(_ sector: Sector, _ part: Encounter.Part) -> String {
        var list = address.with("sector", sector.rawValue).with("part", part.rawValue)
        list.path += "/list"
        return list.href
    }

    private func percent(_ share: Double?) -> String { share.map { "\(Int(($0 * 100).rounded()))%" } ?? "–" }

    private func facts(_ shares: PartnerShares) -> HTML {
        let facts = PartnerShares.parts.compactMap { part -> Fact? in
            guard let line = shares.shortest(part) else { return nil }
            let did = PartnersPage.words(part).lowercased()
            return Fact(
                percent(shares.share(line, part)),
                "of those \(part == .present ? "in the room" : "who \(did)") are \(line.sector.short.lowercasedFirst), who are \(percent(shares.shareOfSettings(line))) of the settings",
                href: list(line.sector, part), isDue: true)
        }
        return Facts([Fact("\(shares.gatherings)", "gatherings, \(reading.termWords)")] + facts).html
    }

    private func finding(_ shares: PartnerShares) -> String {
        guard let line = shares.shortest(.present) else { return "Every sector is in the room about as much as its share of the settings" }
        return
            "\(line.sector.short) are \(percent(shares.shareOfSettings(line))) of the settings and \(percent(shares.share(line, .present))) of those in the room"
    }

    private func chart(_ shares: PartnerShares) -> GroupedBarChart {
        let parts =
            [ChartPart("of the settings", .tint(7)), ChartPart("in the room", .tint(1))]
            + [ChartPart("spoke", .tint(3)), ChartPart("hosted", .tint(2)), ChartPart("chaired", .tint(0))]
        let rows = shares.lines.map { line in
            GroupedRow(
                line.sector.short,
                [(shares.shareOfSettings(line) * 100).rounded()]
                    + PartnerShares.parts.map { part in shares.share(line, part).map { ($0 * 100).rounded() } })
        }
        var chart = GroupedBarChart(finding(shares), parts: parts, rows: rows, table: table(shares))
        chart.note =
            "A sector’s share of everybody who was there, spoke, hosted or chaired, and of the hub’s settings. \(reading.area?.name ?? reading.ground.name), \(reading.termWords)."
        chart.isTableOpen = true
        return chart
    }

    private func table(_ shares: PartnerShares) -> Table {
        let columns =
            [Table.Column("Sector"), Table.Column("Settings", align: .number), Table.Column("At how many gatherings", align: .number)]
            + PartnerShares.parts.map { Table.Column(PartnersPage.words($0), align: .number) }
        var table = Table(
            "Times a setting or guest of the sector was there, spoke, hosted, chaired", columns: columns,
            rows: shares.lines.map { line in
                let figures = PartnerShares.parts.map { part -> HTML in
                    let count = line.counts[part] ?? 0
                    let figure: HTML =
                        count == 0
                        ? "0"
                        : "<a href=\"\(link: list(line.sector, part))\">\(grouped(count))\(unseen(", \(line.sector.short), \(PartnersPage.words(part).lowercased())"))</a>"
                    return "\(figure) <span class=\"quiet\">\(percent(shares.share(line, part)))</span>"
                }
                let settings: HTML = "\(grouped(line.settings)) <span class=\"quiet\">\(percent(shares.shareOfSettings(line)))</span>"
                return Table.Row(["\(line.sector.short)", settings, "\(line.gatherings) of \(shares.gatherings)"] + figures)
            })
        table.isCompact = true
        return table
    }
}
