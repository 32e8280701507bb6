internal import Civil
internal import Directory
internal import House
internal import Page
internal import Store

extension Network {
    /// New contacts are new beside so many terms before.
    private static let lookBack = 6

    /// One term's encounters, and those of the terms before it.
    private func metReading(_ request: Request) async throws -> (now: PartnerReading, earlier: [Encounter]) {
        let reading = try await partnerReading(request, terms: 1)
        var first = reading.last
        for _ in 0..<Self.lookBack { first = first.previous }
        let days = first.first...reading.last.previous.last
        let hub = reading.ground.id
        let books = allEncounters
        let earlier = try await tools.database.read { try EncounterBook.together(books, hub, days, $0) }
        return (reading, earlier)
    }

    func metPage(_ request: Request) async throws -> Answer {
        let (reading, earlier) = try await metReading(request)
        let contact = CrossContact(reading.encounters.filter { reading.last.contains($0.day) }, sectors: reading.sectors, earlier: earlier)
        let base = "/staff/network/\(reading.ground.slug)/partners"
        let ways = Filters(
            "Pages",
            [Link("In the room, speaking, hosting", base), Link("Who met whom", "\(base)/met", current: true)])
        let filter = PartnersPage.filter(reading, "\(base)/met", today: tools.clock.today, isOneTerm: true)
        let place = reading.area?.name ?? reading.ground.name
        var content: HTML = "\(ways)\(filter)"
        if contact.pairs == 0 {
            content +=
                EmptyState(
                    "Nobody met in \(reading.last.name)",
                    "When it is noted who was at a meeting, the wheel shows which sectors met, and whether each keeps to its own.",
                    action: Action("To the meetings", "/staff/network/\(reading.ground.slug)/hosting"), picture: .people
                ).html
        } else {
            content += "\(facts(contact, reading, base))\(Card(nil, wheel(contact, reading, base).html))"
        }
        var frame = frame("Who met whom", hub: reading.ground.slug, section: .partners, content: content)
        frame.breadcrumbs = [Link("Equal partners", base)]
        frame.lead = "Pairs of settings that were at the same gathering or visit, each once a term. \(place), \(reading.last.name)."
        return .page(frame.html)
    }

    private func address(_ reading: PartnerReading, _ path: String) -> PageAddress {
        PageAddress(path, [("to", reading.last.code)] + (reading.area.map { [("area", $0.id)] } ?? []))
    }

    private func percent(_ share: Double) -> String { "\(Int((share * 100).rounded()))%" }

    private func facts(_ contact: CrossContact, _ reading: PartnerReading, _ base: String) -> HTML {
        let list = address(reading, "\(base)/met/list")
        var facts = [
            Fact(grouped(contact.pairs), "pairs of settings met", href: list.href),
            Fact(grouped(contact.crossing), "of them across sectors", href: list.with("show", "crossing").href),
            Fact(grouped(contact.new), "had not met in the six terms before", href: list.with("show", "new").href),
        ]
        if let index = contact.index, let chance = contact.byChance {
            facts.append(Fact("\(index)", "cross-sector index: 100 is as chance would mix them (\(percent(chance)))"))
        }
        return Facts(facts).html
    }

    private func wheel(_ contact: CrossContact, _ reading: PartnerReading, _ base: String) -> WheelChart {
        // Only those the hub has settings of.
        let there = Set(reading.sectors.values)
        let shown = Sector.allCases.indices.filter { there.contains(Sector.allCases[$0]) }
        let sectors = shown.map { Sector.allCases[$0] }
        // In the colours of the settings' own marks where a sector has one.
        let tints: [Sector: Int] = [.childminders: 2, .pvi: 0, .schools: 3, .health: 1, .council: 4, .others: 7]
        let share = contact.share.map(percent) ?? "0%"
        let finding: String
        switch contact.index {
        case .some(..<80): finding = "\(share) of the pairs cross sectors: each keeps to its own more than chance would have it"
        case .some(120...): finding = "\(share) of the pairs cross sectors: more than chance would have it"
        default: finding = "\(share) of the pairs cross sectors, about as chance would have it"
        }
        var wheel = WheelChart(
            finding, unit: "pairs", parts: sectors.map { ChartPart($0.short, .tint(tints[$0] ?? 7)) },
            links: shown.map { one in shown.map { contact.links[one][$0] } })
        wheel.note =
            "A band joins two sectors, as wide as the pairs of theirs that met, in the colour of the smaller; a hatched petal is pairs within one sector."
        wheel.n = contact.pairs
        wheel.isTableOpen = true
        wheel.labelTitle = "Sector"
        let list = address(reading, "\(base)/met/list")
        wheel.href = { one, other in list.with("one", sectors[one].rawValue).with("other", sectors[other].rawValue).href }
        return wheel
    }

    /// The pairs behind a number.
    func metList(_ request: Request) async throws -> Answer {
        let (reading, earlier) = try await metReading(request)
        let sectors = reading.sectors
        let now = reading.encounters.filter { reading.last.contains($0.day) }
        let before = CrossContact.pairs(earlier, among: sectors)
        let show = request.query["show"]
        let one = request.query["one"].flatMap(Sector.init(rawValue:))
        let other = request.query["other"].flatMap(Sector.init(rawValue:))
        let places = Dictionary(reading.settings.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        func fits(_ pair: MetPair) -> Bool {
            let (left, right) = (sectors[pair.one], sectors[pair.other])
            if show == "crossing" && left == right { return false }
            if show == "new" && before.contains(pair) { return false }
            guard let one, let other else { return true }
            return (left == one && right == other) || (left == other && right == one)
        }
        func title(_ id: String) -> String { places[id]?.title ?? "" }
        let pairs = CrossContact.pairs(now, among: sectors).filter(fits).map { pair in
            title(pair.one) <= title(pair.other) ? (pair.one, pair.other) : (pair.other, pair.one)
        }.sorted { (title($0.0), title($0.1), $0.0, $0.1) < (title($1.0), title($1.1), $1.0, $1.1) }
        let slug = reading.ground.slug
        let base = "/staff/network/\(slug)/partners/met"
        let paging = Paging(
            page: request.query["page"].flatMap { Int($0) } ?? 1, size: 50, total: pairs.count,
            address: PageAddress("\(base)/list", request.query.pairs.filter { $0.name != "page" }.map { ($0.name, $0.value) }),
            what: "pairs")
        func cell(_ id: String) -> HTML {
            let icon: HTML? = places[id].map { $0.type.mark.icon() }
            return "\(icon)<a href=\"/staff/network/\(segment: slug)/settings/\(segment: id)\"><bdi>\(title(id))</bdi></a>"
        }
        var table = Table(
            "Pairs", columns: [Table.Column("One"), Table.Column("The other"), Table.Column("Before")],
            rows: pairs[paging.range].map { pair in
                Table.Row([cell(pair.0), cell(pair.1), before.contains(MetPair(pair.0, pair.1)) ? "had met" : "new"])
            })
        table.paging = paging
        table.isCaptionHidden = true
        table.isCompact = true
        let what = [
            show == "crossing" ? "across sectors" : show == "new" ? "new contacts" : nil,
            one.map { first in other.map { $0 == first ? "within \(first.short)" : "\(first.short) and \($0.short)" } ?? first.short },
        ].compactMap { $0 }
        var frame = frame(
            "Pairs that met\(what.isEmpty ? "" : ": \(what.joined(separator: ", "))")", hub: slug, section: .partners, content: table.html)
        frame.breadcrumbs = [Link("Who met whom", address(reading, base).href)]
        frame.lead = "\(reading.area?.name ?? reading.ground.name), \(reading.last.name)."
        return .page(frame.html)
    }
}

extension Term {
    func contains(_ day: Day) -> Bool { first <= day && day <= last }
}
