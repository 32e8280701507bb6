internal import Civil
internal import House
internal import Page
internal import Store

/// A scheme with its plans, as the hub's page lists them.
struct SchemeLine: Sendable {
    let scheme: Scheme
    let inForce: Plan?
    /// Published for a day that is still to come.
    let coming: Plan?
    let drafts: [Plan]
    let areas: [String]
}

extension Directory {
    /// A hub for staff: its wards, its settings, and how it is divided.
    func hubPage(_ request: Request) async throws -> Answer {
        let today = tools.clock.today
        let slug = request.parameter("hub")
        let (territory, lines, shown) = try await tools.database.read { session in
            let hub = try Hubs.named(slug, session)
            let territory = try Territory.of(hub, session)
            let lines = try Schemes.of(hub, session).map { scheme in
                let plans = try Plans.of(scheme, session)
                let inForce = plans.first { $0.isInForce(on: today) }
                return SchemeLine(
                    scheme: scheme, inForce: inForce,
                    coming: plans.first { $0.status == .published && ($0.from.map { $0 > today } ?? false) },
                    drafts: plans.filter { $0.status == .draft },
                    areas: try inForce.map { try Plans.state(of: $0.id, session).areas.map(\.name) } ?? [])
            }
            let first = lines.first { $0.inForce != nil && $0.scheme.divides == .wards }
            let shown = try first.flatMap { line in
                try line.inForce.map { try PlanPicture.of($0, line.scheme, territory, session) }
            }
            return (territory, lines, shown)
        }
        let hub = territory.hub
        var frame = tools.frame(hub.name, for: .staff, at: hub.staffPath)
        frame.breadcrumbs = [Link("Hubs and areas", "/staff/hubs")]
        frame.lead = "\(hubLead(territory))"
        frame.trail = tools.trail(of: "hub:\(hub.id)")
        frame.scripts = ["map.js"]
        let place = Whereabouts(hubs: [hub.id])
        let mayDraw = tools.asker.may(.drawAreas, at: place)
        if mayDraw {
            frame.action = Action(lines.isEmpty ? "Divide the hub" : "Divide it another way", "\(hub.staffPath)/schemes/new")
        }
        if hub.isSample {
            frame.notices.append(
                .note(
                    "Everything in this hub is invented.",
                    "Its settings are made up so that everything can be tried without a real name."))
        }
        frame.notices += hubNotices(request.query["done"])
        let schemes: HTML =
            lines.isEmpty
            ? EmptyState(
                "Not divided yet",
                """
                Mini-hubs put somebody near every setting. Say how many you want; the program draws them alike in size, with \
                short journeys, and you change them by hand.
                """, action: mayDraw ? Action("Divide the hub", "\(hub.staffPath)/schemes/new") : nil, picture: .map
            ).html : lines.html { schemeCard($0, hub, mayDraw).html }
        let map = shown.map { AreaMap($0) } ?? plainMap(territory)
        frame.content = Columns(schemes, "\(Card("Where they are", map.picture.html))\(hubFacts(territory))").html
        return .page(frame.html)
    }

    private func hubLead(_ territory: Territory) -> String {
        let settings = territory.counted.count
        return """
            \(territory.wards.count) \(territory.wards.count == 1 ? "ward" : "wards") of \
            \(Measure.list(Set(territory.wards.map(\.authority)).sorted())), with \(grouped(settings)) \
            \(settings == 1 ? "setting" : "settings") in them.
            """
    }

    private func hubNotices(_ done: String?) -> [Notice] {
        switch done {
        case "made":
            [
                .success(
                    "The hub is made.",
                    "Next: divide it into mini-hubs, so that somebody near can call on each setting.")
            ]
        case "wish": [.success("Saved. It holds from the next change on.")]
        case "changed": [.success("The hub’s name and wards are saved.")]
        case "closed": [.success("The hub is closed.", "Only its team sees its pages until it is opened again.")]
        default: []
        }
    }

    private func schemeCard(_ line: SchemeLine, _ hub: Hub, _ mayDraw: Bool) -> Card {
        let path = line.scheme.path(in: hub)
        let state: HTML =
            if let plan = line.inForce, let from = plan.from {
                "<p>\(Tag("In force", .good)) since \(from.medium): \(Measure.list(line.areas)).</p>"
            } else {
                "<p>\(Tag("Not published yet", .warning)) Nobody outside sees it until a plan is published.</p>"
            }
        let coming = line.coming.flatMap { plan in
            plan.from.map { "<p>\(Tag("Coming", .note)) “\(plan.name)” from \($0.medium).</p>" as HTML }
        }
        let drafts = line.drafts.prefix(5).html { plan in
            "<li><a href=\"\(link: plan.path(in: hub))\">\(plan.name)</a>, changed \(plan.updatedAt?.shown)</li>"
        }
        let list: HTML = line.drafts.isEmpty ? "" : "<p>Drafts being worked on:</p><ul>\(drafts)</ul>"
        var card = Card(line.scheme.name, "\(state)\(coming)\(list)")
        card.link = Link("All plans of \(line.scheme.name)\(mayDraw ? ", and drawing a new one" : "")", path)
        return card
    }

    private func hubFacts(_ territory: Territory) -> Card {
        var rows: [(String, HTML)] = Dictionary(grouping: territory.counted, by: \.type)
            .sorted { ($1.value.count, $0.key.rawValue) < ($0.value.count, $1.key.rawValue) }
            .map { type, group in (group.count == 1 ? type.name : type.plural, "\(grouped(group.count))" as HTML) }
        rows += LeftOut.lines(territory).map { ($0.title, "\($0.count)") }
        let path = territory.hub.staffPath
        let change: HTML? =
            tools.asker.may(.changeTerritory, at: Whereabouts(hubs: [territory.hub.id]))
            ? """
            <p><a href="\(link: "\(path)/territory")">Change the hub’s name or wards</a></p>\
            <p><a href="\(link: "\(path)/changes")">Who decides when a setting changes its facts</a></p>
            """ : nil
        return Card("Who is here", "\(Details(rows))\(change)\(identityLinks(territory.hub))")
    }

    /// Whether everybody sees it, and the ways to change that for those who may.
    private func identityLinks(_ hub: Hub) -> HTML {
        let state: HTML =
            hub.isOpen
            ? "<p>\(Tag("Open", .good)) <a href=\"\(link: hub.publicPath)\">What strangers see of this hub</a></p>"
            : """
            <p>\(Tag("Not open", .warning)) <a href="\(link: hub.publicPath)">What strangers will see of this hub</a></p>
            """
        guard Permission.answer(tools.asker.hats, .dressHub, Whereabouts(hubs: [hub.id])) == .yes else { return state }
        let open: HTML = hub.isOpen ? "" : "<p><a href=\"\(link: "\(hub.staffPath)/opening")\">Open the hub to everybody</a></p>"
        return """
            \(state)<p><a href="\(link: "\(hub.staffPath)/identity")">How the hub looks and is reached</a></p>\(open)
            """
    }

    private func plainMap(_ territory: Territory) -> AreaMap {
        AreaMap(
            title: "Map of \(territory.hub.name)", wards: territory.wards,
            spots: territory.counted.map { setting in
                AreaMap.Spot(
                    type: setting.type, ward: setting.ward, point: setting.point,
                    title: setting.name ?? setting.type.name,
                    href: nil)
            })
    }
}

/// Settings that no drawing can take into account, and why.
enum LeftOut {
    static func lines(_ territory: Territory) -> [(title: String, count: Int)] {
        var lines: [(title: String, count: Int)] = []
        let secret = territory.settings.count(where: \.isSecret)
        if territory.unplaced > 0 { lines.append(("On the register, ward not known", territory.unplaced)) }
        if territory.outside > 0 { lines.append(("The hub’s own, but in none of its wards", territory.outside)) }
        if territory.older > 0 { lines.append(("Not on the Early Years Register", territory.older)) }
        if secret > 0 { lines.append(("Kept secret, so never placed", secret)) }
        return lines
    }

    /// One sentence for the page of a plan; nil when nothing is left out.
    static func sentence(_ territory: Territory) -> String? {
        var parts: [String] = []
        let secret = territory.settings.count(where: \.isSecret)
        if territory.unplaced > 0 {
            parts.append(
                """
                \(grouped(territory.unplaced)) on the register of \
                \(Measure.list(Set(territory.wards.map(\.authority)).sorted())) whose ward is not known, most of them \
                childminders whose address is not public
                """)
        }
        if territory.outside > 0 {
            parts.append("\(grouped(territory.outside)) of the hub’s own that lie in none of its wards or have no ward")
        }
        if territory.older > 0 { parts.append("\(grouped(territory.older)) that are not on the Early Years Register") }
        if secret > 0 { parts.append("\(grouped(secret)) kept secret") }
        return parts.isEmpty ? nil : "Not counted in any area: \(Measure.list(parts))."
    }
}

extension Scheme {
    func path(in hub: Hub) -> String { "\(hub.staffPath)/schemes/\(id)" }
}

extension Plan {
    /// Its page for staff.
    func path(in hub: Hub) -> String { "\(hub.staffPath)/plans/\(id)" }
}
