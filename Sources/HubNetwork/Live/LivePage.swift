internal import Civil
internal import Directory
internal import House
internal import Page

/// The live picture on a page: what stands out, the kinds side by side, and one filter for the map and the list.
struct LivePage {
    let picture: LivePicture
    let errors: FieldErrors
    let pageNumber: Int
    let mayStartCampaign: Bool
    let mayInvite: Bool

    private static let size = 25
    private var base: String { "/staff/network/\(picture.hub.slug)" }

    var content: HTML {
        if picture.hub.settings.isEmpty {
            return EmptyState(
                "No settings in this hub yet",
                "Load the registers and choose the hub’s wards; every setting in them then stands here, with whom you have spoken to and whom not.",
                action: Action("See the hub", "/staff/hubs/\(picture.hub.slug)"), picture: .map
            ).html
        }
        return "\(facts)\(filter)\(Columns("\(list)", "\(map)\(kinds)"))"
    }

    // MARK: What stands out

    private var facts: HTML {
        let area = picture.address.without("show", "type", "page")
        var facts = [Fact(grouped(picture.inArea.count), "settings", href: area.href)]
        for signal in picture.signals {
            let count = picture.count(of: signal)
            guard count > 0 else { continue }
            facts.append(
                Fact(grouped(count), words(of: signal).lowercasedFirst, href: area.with("show", signal.code).href))
        }
        return Facts(facts).html
    }

    private func words(of signal: Signal) -> String { picture.words(of: signal) }

    private var filter: HTML { LiveFilter(picture: picture, errors: errors, action: base).html }

    // MARK: The list

    private var list: HTML {
        let paging = Paging(page: pageNumber, size: Self.size, total: picture.shown.count, address: picture.address)
        let lines = Array(picture.shown[paging.range])
        if lines.isEmpty { return "<p>No setting fits all of this. <a href=\"\(link: base)\">Show every setting</a></p>" }
        let items = lines.html(item)
        return """
            <form method="get" action="\(link: "\(base)/log")"><h2>\(heading)</h2><ul class="todo">\(items)</ul>\
            <p><button class="button quiet">Log one contact with those ticked</button>\(campaignOfTicked)</p></form>\(paging)\(campaign)
            """
    }

    private var campaignOfTicked: HTML? {
        guard mayStartCampaign else { return nil }
        return " <button class=\"button quiet\" formaction=\"\(link: "\(base)/campaigns/new")\">Start a campaign with those ticked</button>"
    }

    /// The whole list as a campaign's, whatever page of it is shown.
    private var campaign: HTML? {
        guard mayStartCampaign else { return nil }
        let start = PageAddress("\(base)/campaigns/new", picture.address.query.map { ($0.name, $0.value) } + [("pick", "list")])
        let count = picture.shown.count
        return """
            <p><a href="\(link: start.href)">Start a campaign with \(count == 1 ? "this one" : "these \(grouped(count))")</a></p>
            """
    }

    private var heading: String {
        let signals = picture.signals.filter { picture.filter.signals.contains($0.code) }.map(words)
        let kind = picture.filter.type?.plural ?? "Settings"
        return signals.isEmpty
            ? "\(kind), the longest without contact first" : "\(kind): \(signals.joined(separator: ", ").lowercasedFirst)"
    }

    private func item(_ line: LivePicture.Line) -> HTML {
        let place = line.place
        // What the page was narrowed to says what to do; else the first thing seen.
        let doable = line.sightings.filter { mayInvite || !$0.path.hasPrefix("/staff/people/") }
        let first = doable.first { picture.filter.signals.contains($0.signal.code) } ?? doable.first
        let action =
            first.map { Link($0.signal.doing, path($0)) } ?? Link("Log a contact", "\(base)/log?setting=\(place.id)")
        let tags = line.sightings.filter { $0.signal != .notMember || picture.filter.signals.contains(Signal.notMember.code) }
            .prefix(4).html { " \(Tag(tagWords($0), $0.signal == .neverContacted ? .warning : .note))" }
        let last = line.standing?.lastDay.map { "Last contact on \($0.medium). " } ?? ""
        return """
            <li><label class="tick"><input type="checkbox" name="setting" value="\(place.id)">\(unseen("Choose \(place.title)"))</label>\
            <div>\(place.type.mark.icon(label: place.type.mark.words)) <a class="thing" href="\(base)/settings/\(segment: place.id)">\
            <bdi>\(place.title)</bdi></a>\(tags)<p>\(last)\(place.wardName)\(line.isMember ? ", member" : "")</p></div>\
            <a class="button quiet small" href="\(link: action.href)">\(action.label)\(unseen(": \(place.title)"))</a></li>
            """
    }

    private func tagWords(_ sighting: Sighting) -> String {
        let words = sighting.signal == .notSince ? "Not lately" : sighting.signal.words
        return sighting.detail.isEmpty ? words : "\(words): \(sighting.detail)"
    }

    private func path(_ sighting: Sighting) -> String {
        sighting.path.replacing("{hub}", with: picture.hub.slug).replacing("{setting}", with: sighting.settingID)
    }

    // MARK: Beside it

    private var map: HTML {
        let places = picture.shown.map(\.place)
        var drawn = picture.hub.map("Map of the settings in the list", of: places) { "\(base)/settings/\($0.id)" }
        drawn.detail =
            "<p class=\"quiet\">\(places.count { $0.point != nil }) of \(grouped(places.count)) as marks; homes as a number in their ward.</p>"
        let over: HTML = "<p class=\"more\"><a href=\"\(link: "\(base)/coverage")\">Contacts on the map, term by term</a></p>"
        return Card("On the map", "\(drawn)\(over)").html
    }

    /// The kinds side by side, so that no kind is overlooked.
    private var kinds: HTML {
        let shown = [Signal.neverContacted, .absent].compactMap { wanted in picture.signals.firstIndex(of: wanted).map { ($0, wanted) } }
        let area = picture.address.without("show", "type", "page")
        let columns =
            [Table.Column("Kind"), Table.Column("Settings", align: .number), Table.Column("In touch this term", align: .number)]
            + [Table.Column("Members", align: .number)] + shown.map { Table.Column($0.1.words, align: .number) }
        var table = Table(
            "The kinds side by side", columns: columns,
            rows: picture.byType.map { line in
                let type = area.with("type", line.type.rawValue)
                let counts = shown.map { index, signal in
                    "<a href=\"\(link: type.with("show", signal.code).href)\">\(grouped(line.signals[index]))</a>" as HTML
                }
                return Table.Row(
                    [
                        "\(line.type.mark.icon()) <a href=\"\(link: type.href)\">\(line.type.plural)</a>", "\(grouped(line.all))",
                        "\(grouped(line.contacted))", "\(grouped(line.members))",
                    ] + counts)
            })
        table.isCaptionHidden = true
        table.isCompact = true
        return Card("The kinds side by side", table.html).html
    }
}

extension String {
    /// For the middle of a sentence or the label of a figure.
    var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
