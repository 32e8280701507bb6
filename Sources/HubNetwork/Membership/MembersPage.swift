internal import Civil
internal import Directory
internal import House
internal import Page

/// Members on a page: how many, how active by kind and area over time, and who has gone quiet.
struct MembersPage {
    enum Grouping: String, CaseIterable {
        case sector, type, area

        var words: String {
            switch self {
            case .sector: "By sector"
            case .type: "By kind"
            case .area: "By area"
            }
        }
    }

    let hub: HubGround
    let activity: Activity
    let stays: [Activity.Stay]
    let ends: [(term: Term, day: Day)]
    let today: Day
    /// What settings that are no longer open are called.
    let otherTitles: [String: String]
    let by: Grouping
    let mayStartCampaign: Bool

    private var base: String { "/staff/network/\(hub.slug)" }

    var content: HTML {
        if stays.isEmpty {
            return EmptyState(
                "No member yet",
                "A setting joins when you log a contact with “They join”, or on its own page. From then on this page shows who is active.",
                action: Action("See who is in touch", base), picture: .people
            ).html
        }
        return "\(facts)\(Columns("\(curve)\(rates)", "\(quiet)\(recent)"))"
    }

    // MARK: Now

    private var now: Activity.Count { activity.count(activity.settings, on: today) }

    private var facts: HTML {
        let now = now
        let open = hub.settings.count
        let members = hub.settings.count { activity.isMember($0.id, on: today) }
        return Facts([
            Fact(grouped(now.members), "members"), Fact(grouped(now.active), "active in this term or the last"),
            Fact(now.rate.map { "\(Int($0.rounded()))%" } ?? "–", "of members are active"),
            Fact(open == 0 ? "–" : "\(Int((Double(members) / Double(open) * 100).rounded()))%", "of the hub’s settings are members"),
        ]).html
    }

    private var ticks: [String] { ends.map { $0.day == today ? "Now" : $0.term.name } }

    private var curve: HTML {
        let counts = ends.map { activity.count(activity.settings, on: $0.day) }
        let first = counts.first?.members ?? 0
        let change = now.members - first
        let since = ends.first?.term.name ?? ""
        let finding =
            change == 0
            ? "As many members as at the end of \(since)"
            : "\(grouped(abs(change))) \(change > 0 ? "more" : "fewer") members than at the end of \(since)"
        var chart = LineChart(
            finding, ticks: ticks,
            lines: [
                ChartLine("Members", counts.map { Double($0.members) }, .tint(0)),
                ChartLine("Active", counts.map { Double($0.active) }, .tint(1)),
            ])
        chart.tickTitle = "End of"
        chart.note = "At the end of each term, and today."
        return Card("Membership over time", chart.html).html
    }

    // MARK: Rates by group

    private struct Group {
        let name: String
        let paint: ChartPaint
        let settings: [String]
    }

    private var groups: [Group] {
        let members = Set(activity.settings)
        func groups(_ name: (HubGround.Place) -> String, order: [String], _ paint: (Int, [HubGround.Place]) -> ChartPaint) -> [Group] {
            let found = Dictionary(grouping: hub.settings.filter { members.contains($0.id) }, by: name)
            func place(_ text: String) -> Int { order.firstIndex(of: text) ?? order.count }
            let names = found.keys.sorted { (place($0), $0) < (place($1), $1) }
            return names.enumerated().map { index, text in
                Group(name: text, paint: paint(index, found[text] ?? []), settings: (found[text] ?? []).map(\.id))
            }
        }
        return grouped() + (closed.isEmpty ? [] : [Group(name: "No longer open", paint: .tint(7), settings: closed)])
        func grouped() -> [Group] {
            switch by {
            case .sector: return groups({ $0.type.sector.short }, order: Sector.allCases.map(\.short)) { index, _ in .tint(index) }
            case .type:
                return groups({ $0.type.plural }, order: []) { index, places in
                    index < 1 ? .mark(places.first?.type.mark ?? .group) : .tint(index)
                }
            case .area:
                return groups({ CampaignView.area(of: $0, in: hub) }, order: CampaignView.areaOrder(hub)) { index, _ in .tint(index) }
            }
        }
    }

    /// Settings that joined once and are open no longer.
    private var closed: [String] {
        let open = Set(hub.settings.map(\.id))
        return activity.settings.filter { !open.contains($0) }
    }

    private var rates: HTML {
        let groups = groups
        let address = PageAddress("\(base)/members")
        let choose = Filters(
            "Active members", Grouping.allCases.map { Link($0.words, address.with("by", $0.rawValue).href, current: $0 == by) })
        let sums = groups.map { group in (group, activity.count(group.settings, on: today)) }
        let least = sums.filter { $0.1.members >= 3 }.min { ($0.1.rate ?? 100, $0.0.name) < ($1.1.rate ?? 100, $1.0.name) }
        let finding: String =
            least.map { group, count in
                "\(group.name): \(Int((count.rate ?? 0).rounded()))% active, the fewest"
            } ?? "Active members"
        // More lines than six cannot be told apart; the table has them all.
        let drawn = sums.sorted { ($1.1.members, $0.0.name) < ($0.1.members, $1.0.name) }.prefix(6).map(\.0.name)
        var chart = LineChart(
            finding, unit: "%", ticks: ticks,
            lines: groups.filter { drawn.contains($0.name) }.map { group in
                ChartLine(group.name, ends.map { activity.count(group.settings, on: $0.day).rate }, group.paint)
            })
        chart.tickTitle = "End of"
        chart.maximum = 100
        chart.note =
            "Active members as a share of the members, at the end of each term and today.\(groups.count > 6 ? " The six with the most members are drawn." : "")"
        var table = Table(
            "Now and a year ago",
            columns: [Table.Column(by == .area ? "Area" : by == .type ? "Kind" : "Sector"), Table.Column("Members", align: .number)]
                + [
                    Table.Column("Active", align: .number), Table.Column("Share", align: .number),
                    Table.Column("A year ago", align: .number),
                ],
            rows: sums.map { group, count in
                let before = ends.count > 3 ? activity.count(group.settings, on: ends[ends.count - 4].day).rate : nil
                return Table.Row([
                    "\(group.name)", "\(grouped(count.members))", "\(grouped(count.active))", percent(count.rate), percent(before),
                ])
            })
        table.isCompact = true
        return Card("How active", "\(choose)\(chart)\(table)").html
    }

    private func percent(_ rate: Double?) -> HTML { rate.map { "\($0, digits: 0)%" } ?? "–" }

    // MARK: Who has gone quiet

    private var quiet: HTML {
        let all = hub.settings.compactMap { place in activity.quiet(place.id, on: today).map { (place, $0) } }
        let new = all.filter { $0.1 == .new }
        let gone = all.filter { $0.1 != .new }.sorted { last($0.1) < last($1.1) }
        var parts: HTML
        if gone.isEmpty {
            parts =
                Card(
                    "Members who have gone quiet",
                    "<p>None: every member was at something in this term or the last, or has only just joined.</p>"
                ).html
        } else {
            var start: HTML?
            if mayStartCampaign {
                let address = PageAddress("\(base)/campaigns/new", gone.prefix(200).map { ("setting", $0.0.id) })
                start =
                    "<p><a class=\"button quiet\" href=\"\(link: address.href)\">Start a campaign with these \(grouped(gone.count))</a></p>"
            }
            let more: HTML? = gone.count > 40 ? "<p class=\"quiet-line\">and \(gone.count - 40) more</p>" : nil
            parts =
                Card(
                    "Members who have gone quiet: \(grouped(gone.count))",
                    "<ul class=\"todo\">\(gone.prefix(40).html(item))</ul>\(more)\(start)"
                ).html
        }
        if !new.isEmpty {
            let items = new.prefix(20).html { place, _ in
                "<li><a href=\"\(link: "\(base)/settings/\(place.id)")\"><bdi>\(place.title)</bdi></a></li>"
            }
            let more: HTML? = new.count > 20 ? "<p class=\"quiet-line\">and \(new.count - 20) more</p>" : nil
            parts += Card("New, and not seen yet: \(grouped(new.count))", "<ul class=\"listing\">\(items)</ul>\(more)").html
        }
        let still = closed.filter { activity.isMember($0, on: today) }
        if !still.isEmpty {
            let items = still.prefix(20).html { id in
                "<li><a href=\"\(link: "\(base)/settings/\(id)")\"><bdi>\(otherTitles[id] ?? "A setting")</bdi></a></li>"
            }
            parts +=
                Card(
                    "No longer open, and still members: \(grouped(still.count))",
                    "<p>Say on their pages that they left.</p><ul class=\"listing\">\(items)</ul>"
                ).html
        }
        return parts
    }

    private func last(_ quiet: Activity.Quiet) -> String {
        if case .since(let day) = quiet { return day.iso }
        return ""
    }

    private func item(_ place: HubGround.Place, _ quiet: Activity.Quiet) -> HTML {
        let words: String
        if case .since(let day) = quiet {
            words =
                activity.isActive(place.id, on: Term(of: today).previous.last)
                ? "active until last term, last seen on \(day.medium)" : "last seen on \(day.medium)"
        } else {
            words = "not seen since it joined\(activity.memberSince(place.id, on: today).map { " on \($0.medium)" } ?? "")"
        }
        return """
            <li>\(place.type.mark.icon(label: place.type.mark.words))<div><a class="thing" href="\(link: "\(base)/settings/\(place.id)")">\
            <bdi>\(place.title)</bdi></a><p>\(CampaignView.area(of: place, in: hub)), \(words)</p></div>\
            <a class="button quiet small" href="\(link: "\(base)/log?setting=\(place.id)")">Invite them\(unseen(": \(place.title)"))</a></li>
            """
    }

    /// Who came and who went since the term before this began.
    private var recent: HTML? {
        let since = Term(of: today).previous.first
        let places = Dictionary(hub.settings.map { ($0.id, $0.title) }, uniquingKeysWith: { first, _ in first })
        func line(_ stay: Activity.Stay, _ day: Day, _ word: String) -> (Day, HTML) {
            let title = places[stay.settingID] ?? otherTitles[stay.settingID] ?? "A setting"
            return (
                day, "<li><a href=\"\(link: "\(base)/settings/\(stay.settingID)")\"><bdi>\(title)</bdi></a> \(word) on \(day.medium)</li>"
            )
        }
        let joined = stays.filter { $0.joined >= since }.map { line($0, $0.joined, "joined") }
        let left = stays.compactMap { stay in stay.left.flatMap { $0 >= since ? line(stay, $0, "left") : nil } }
        let all = (joined + left).sorted { $0.0 > $1.0 }
        guard !all.isEmpty else { return nil }
        let more: HTML? = all.count > 20 ? "<p class=\"quiet-line\">and \(all.count - 20) more</p>" : nil
        return Card("Joined and left, this term and last", "<ul class=\"listing\">\(all.prefix(20).map(\.1))</ul>\(more)").html
    }
}
