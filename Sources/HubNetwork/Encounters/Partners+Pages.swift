internal import Civil
internal import Directory
internal import House
internal import Page
internal import Store

/// The encounters of a hub or mini-hub over some terms, with who of its settings is of which sector.
struct PartnerReading: Sendable {
    let ground: HubGround
    let area: HubGround.Area?
    let first: Term
    let last: Term
    let encounters: [Encounter]
    let guests: [SectorGuest]

    /// The settings that count.
    var settings: [HubGround.Place] {
        guard let area else { return ground.settings }
        return ground.settings.filter { $0.areas.contains(area.id) }
    }

    var sectors: [String: Sector] {
        Dictionary(settings.map { ($0.id, $0.type.sector) }, uniquingKeysWith: { first, _ in first })
    }

    var shares: PartnerShares { PartnerShares(encounters, guests: guests, sectors: sectors) }
    /// "Autumn 2026" or "Autumn 2025 to Autumn 2026".
    var termWords: String { first == last ? first.name : "\(first.name) to \(last.name)" }

    /// This term and the eight before it, the newest first.
    static func terms(before today: Day) -> [Term] {
        var terms = [Term(of: today)]
        while terms.count < 9, let oldest = terms.last { terms.append(oldest.previous) }
        return terms
    }
}

extension Term {
    /// In addresses: `2026-autumn`.
    var code: String { "\(year)-\(season.name.lowercased())" }

    init?(code: String) {
        let parts = code.split(separator: "-")
        guard parts.count == 2, let year = Int(parts[0]), (2000...2100).contains(year),
            let season = Term.Season.allCases.first(where: { $0.name.lowercased() == parts[1] })
        else { return nil }
        self.init(year: year, season: season)
    }
}

extension Network {
    var partnerRoutes: [Route] {
        let base = "/staff/network/{hub}/partners"
        return [
            route(.get, base, .seeNetwork, "How equal the partners are", at: Self.atHub) { try await $0.partnersPage($1) },
            route(.get, "\(base)/list", .seeNetwork, "Who was in the room, spoke, hosted, chaired", at: Self.atHub) {
                try await $0.partnersList($1)
            },
            route(.get, "\(base)/met", .seeNetwork, "Who met whom", at: Self.atHub) { try await $0.metPage($1) },
            route(.get, "\(base)/met/list", .seeNetwork, "The pairs that met", at: Self.atHub) { try await $0.metList($1) },
        ]
    }

    /// The terms and the mini-hub the address names; by itself this term and the two before it, and the whole hub.
    func partnerReading(_ request: Request, terms count: Int = 3) async throws -> PartnerReading {
        let today = tools.clock.today
        let slug = request.parameter("hub")
        let known = PartnerReading.terms(before: today)
        let last = request.query["to"].flatMap(Term.init(code:)) ?? known[0]
        let first = min(last, request.query["from"].flatMap(Term.init(code:)) ?? (last == known[0] ? known[count - 1] : last))
        let asked = request.query["area"]
        let books = allEncounters
        return try await tools.database.read { session in
            let ground = try HubGround.of(slug, on: today, session)
            let days = first.first...last.last
            let guests = try session.all(
                """
                select u.gathering_id, u.sector, u.spoke, u.chaired, g.area_id from gathering_guest u join gathering g on g.id = u.gathering_id
                where g.hub_id = \(ground.id) and g.cancelled_at is null and g.day >= \(days.lowerBound) and g.day <= \(days.upperBound)
                """
            ).compactMap { row -> SectorGuest? in
                guard let sector = Sector(rawValue: row.text("sector")) else { return nil }
                // A guest of another mini-hub's meeting was not in this one's room.
                if let asked, !asked.isEmpty, let area = row.textOrNil("area_id"), area != asked { return nil }
                return SectorGuest(
                    encounterID: Network.gatheringKey(row.text("gathering_id")), sector: sector, spoke: row.bool("spoke"),
                    chaired: row.bool("chaired"))
            }
            return PartnerReading(
                ground: ground, area: ground.areas.first { $0.id == asked }, first: first, last: last,
                encounters: try EncounterBook.together(books, ground.id, days, session), guests: guests)
        }
    }

    private func partnersPage(_ request: Request) async throws -> Answer {
        let reading = try await partnerReading(request)
        let page = PartnersPage(reading: reading, today: tools.clock.today)
        var frame = frame("Equal partners", hub: reading.ground.slug, section: .partners, content: page.content)
        frame.lead = "Who is in the room, speaks, hosts and chairs, beside their share of the settings."
        return .page(frame.html)
    }

    /// What is behind a number: each time a setting of the sector was there, spoke, hosted or chaired.
    private func partnersList(_ request: Request) async throws -> Answer {
        let reading = try await partnerReading(request)
        // Without a sector, all of them.
        let wanted = request.query["sector"].flatMap { $0.isEmpty ? nil : $0 }
        let sector = wanted.flatMap(Sector.init(rawValue:))
        guard (wanted == nil) == (sector == nil),
            let part = Encounter.Part(rawValue: request.query["part"] ?? Encounter.Part.present.rawValue)
        else { throw Refusal.notFound("There is no list at this address.") }
        func fits(_ one: Sector?) -> Bool { one != nil && (sector == nil || one == sector) }
        let slug = reading.ground.slug
        let sectors = reading.sectors
        let places = Dictionary(reading.settings.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let guests = Dictionary(grouping: reading.guests, by: \.encounterID)
        let rooms = reading.encounters.reversed().filter { encounter in
            encounter.parts.keys.count { sectors[$0] != nil } + (guests[encounter.id]?.count ?? 0) > 1
        }
        let rows = rooms.flatMap { room -> [Table.Row] in
            let there = room.parts.filter { fits(sectors[$0.key]) && $0.value.contains(part) }.keys.compactMap { places[$0] }
            let own = there.sorted { ($0.title, $0.id) < ($1.title, $1.id) }.map { place in
                "<a href=\"/staff/network/\(segment: slug)/settings/\(segment: place.id)\"><bdi>\(place.title)</bdi></a>" as HTML
            }
            let guest = (guests[room.id] ?? []).contains { guest in
                fits(guest.sector)
                    && (part == .present || (part == .spoke && guest.spoke) || (part == .chaired && guest.chaired))
            }
            return (own + (guest ? ["Somebody without a setting"] : [])).map { Table.Row([$0, "\(room.day.medium)", "\(room.title)"]) }
        }
        let back = PageAddress(
            "/staff/network/\(slug)/partners",
            request.query.pairs.filter { !["sector", "part", "page"].contains($0.name) }.map { ($0.name, $0.value) })
        let paging = Paging(
            page: request.query["page"].flatMap { Int($0) } ?? 1, size: 50, total: rows.count,
            address: PageAddress("\(back.path)/list", request.query.pairs.filter { $0.name != "page" }.map { ($0.name, $0.value) }),
            what: "times")
        var table = Table(
            "Each time", columns: [Table.Column("Who"), Table.Column("Day"), Table.Column("What it was")], rows: Array(rows[paging.range]))
        table.paging = paging
        table.isCaptionHidden = true
        table.empty = "<p class=\"quiet-line\">Not once in these terms.</p>"
        var frame = frame(
            "\(sector?.name ?? "Every sector"): \(PartnersPage.words(part).lowercasedFirst)", hub: slug, section: .partners,
            content: table.html)
        frame.breadcrumbs = [Link("Equal partners", back.href)]
        frame.lead = "\(reading.area?.name ?? reading.ground.name), \(reading.termWords)."
        return .page(frame.html)
    }
}
