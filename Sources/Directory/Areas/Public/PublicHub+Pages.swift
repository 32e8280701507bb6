internal import Civil
internal import House
internal import Page
internal import Planning
internal import Store

extension Directory {
    var publicAreaRoutes: [Route] {
        [
            route(.get, "/hubs/{slug}", .look, "A hub and its areas") { try await $0.publicHubPage($1) },
            route(.get, "/hubs/{slug}/areas/{area}", .look, "An area of a hub") {
                try await $0.publicAreaPage($1)
            },
            route(.get, "/hubs/{slug}/areas/{area}/directory", .look, "The directory of an area, to print") {
                try await $0.directoryPage($1)
            },
            route(.get, "/hubs/{slug}/areas/{area}/directory.pdf", .look, "The directory of an area as a PDF") {
                try await $0.directoryPDF($1)
            },
            route(.get, "/staff/settings/{id}/agreed", .agreeFields, "What a setting agreed to show", at: Self.atSetting) {
                try await $0.agreedPage($1)
            },
            route(.post, "/staff/settings/{id}/agreed", .agreeFields, "Record what a setting agreed to show", at: Self.atSetting) {
                try await $0.saveAgreed($1)
            },
        ]
    }

    /// A hub as everybody sees it: its areas in force, with a map.
    private func publicHubPage(_ request: Request) async throws -> Answer {
        let slug = request.parameter("slug")
        let (today, asker) = (tools.clock.today, tools.asker)
        let (face, territory, areas, settings) = try await tools.database.read { session in
            let hub = try Hubs.seen(slug, by: asker, session)
            let territory = try Territory.of(hub, session)
            return (
                try HubFace.of(hub, session), territory, try PublicHub.areas(hub, on: today, session),
                try PublicHub.settings(territory, session)
            )
        }
        let hub = face.hub
        var frame = tools.frame(hub.name, for: .stranger, at: request.path)
        frame.scripts = ["map.js"]
        if hub.isSample {
            frame.notices = [.note("Everything in this hub is invented, to show what the program does.")]
        }
        frame.wear(face)
        frame.alternates = [("This hub as data", "application/json", "/api/v1/hubs/\(hub.slug)")]
        let authorities = Measure.list(Set(territory.wards.map(\.authority)).sorted())
        frame.lead =
            "\(territory.wards.count) wards of \(authorities), with \(grouped(settings.count)) settings."
        var groups: [(scheme: Scheme, areas: [PublicArea])] = []
        for area in areas {
            if groups.last?.scheme == area.scheme {
                groups[groups.count - 1].areas.append(area)
            } else {
                groups.append((area.scheme, [area]))
            }
        }
        let lists: HTML =
            groups.isEmpty
            ? EmptyState(
                "No areas yet", "This hub has not published how it is divided. Its settings are on the map.",
                picture: .map
            ).html
            : groups.html { schemeCard($0.scheme, $0.areas).html }
        let shown = groups.first { $0.scheme.divides == .wards }?.areas ?? []
        let map = PublicMap.picture(
            title: "Map of \(hub.name)", wards: territory.wards, settings: settings, areas: shown, isWholeHub: true)
        frame.content = Columns("\(face.about)\(lists)", "\(Card("Where they are", map.html))\(face.contact)").html
        return .page(frame.html)
    }

    private func schemeCard(_ scheme: Scheme, _ areas: [PublicArea]) -> Card {
        let items = areas.html { area in
            let types = area.types.prefix(4).map {
                "\($0.count) \(($0.count == 1 ? $0.type.name : $0.type.plural).lowercased())"
            }
            let base: HTML = area.base?.name.map { " Its base is \($0)." } ?? ""
            return """
                <li>\(scheme.divides == .wards ? areaSwatch(area.position) : HTML("<span></span>"))<div>\
                <a class="thing" href="\(link: area.path)">\(area.name)</a><p>\(Measure.list(types)).\(base)</p></div></li>
                """
        }
        return Card(scheme.name, "<ul class=\"todo\">\(items)</ul>")
    }

    func readPublicArea(_ request: Request) async throws -> (area: PublicArea, face: HubFace) {
        let slug = request.parameter("slug")
        let id = request.parameter("area")
        let asker = tools.asker
        return try await tools.database.read { session in
            let hub = try Hubs.seen(slug, by: asker, session)
            return (try PublicHub.area(id, of: hub, session), try HubFace.of(hub, session))
        }
    }

    /// One area as everybody sees it.
    private func publicAreaPage(_ request: Request) async throws -> Answer {
        let (area, face) = try await readPublicArea(request)
        let today = tools.clock.today
        var frame = tools.frame(area.name, for: .stranger, at: request.path)
        frame.title = "\(area.name), \(area.hub.name)"
        frame.breadcrumbs = [Link(area.hub.name, area.hub.publicPath)]
        frame.scripts = ["map.js"]
        frame.action = Action("Print the directory", "\(area.path)/directory")
        let wards = area.wards.map(\.name)
        frame.lead = "One of the \(area.scheme.plural) of \(area.hub.name): \(Measure.list(wards))."
        if !area.plan.isInForce(on: today) {
            let when =
                area.plan.last.map { "It was in force until \($0.medium)." } ?? area.plan.from.map {
                    "It will be in force from \($0.medium)."
                } ?? ""
            frame.notices = [
                .note(
                    "This is not how \(area.hub.name) is divided today.",
                    "\(when) <a href=\"\(link: area.hub.publicPath)\">See how it is today</a>")
            ]
        }
        frame.wear(face)
        let map = PublicMap.picture(
            title: "Map of \(area.name)", wards: area.wards, settings: area.settings, areas: [area], isWholeHub: false)
        frame.content =
            Columns(
                AreaDirectory(area).html, "\(Card("Where they are", map.html))\(baseCard(area))"
            ).html
        return .page(frame.html)
    }

    private func baseCard(_ area: PublicArea) -> HTML {
        guard let base = area.base else { return "" }
        return Card(
            "Its base",
            """
            <p><a href="/settings/\(segment: base.id)">\(base.name ?? base.type.name)</a>, \(base.type.name.lowercased()) in \
            \(base.wardName).</p>
            """
        ).html
    }
}

/// The map as everybody may see it: homes are counts of their ward.
enum PublicMap {
    static func picture(
        title: String, wards: [TerritoryWard], settings: [PublicSetting], areas: [PublicArea], isWholeHub: Bool,
        links: Bool = true
    ) -> MapPicture {
        var map = AreaMap(
            title: title, wards: wards,
            spots: settings.map { setting in
                AreaMap.Spot(
                    type: setting.type, ward: setting.ward, point: setting.point,
                    title: setting.name ?? setting.type.name,
                    href: links && !setting.type.isHome ? "/settings/\(setting.id)" : nil)
            })
        var areaOf: [String: PublicArea] = [:]
        for area in areas where area.scheme.divides == .wards {
            for ward in area.wards {
                map.tint[ward.code] = area.position
                areaOf[ward.code] = area
            }
        }
        if isWholeHub {
            map.areas = areas.map(\.name)
            if links { map.href = { areaOf[$0]?.path } }
            map.wardTitle = { ward in areaOf[ward.code].map { "\(ward.name), \($0.name)" } ?? ward.name }
        }
        map.bases = areas.compactMap { area in
            area.base.flatMap { base in
                base.point.map {
                    MapBase(
                        LonLat($0.longitude, $0.latitude), title: "Base of \(area.name): \(base.name ?? base.type.name)"
                    )
                }
            }
        }
        return map.picture
    }
}
