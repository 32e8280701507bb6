internal import Civil
internal import Directory
internal import House
internal import Identity
internal import Page

/// A campaign on a page: how far it is, where the gap is largest, and its list.
struct CampaignPage {
    let view: CampaignView
    let stage: CampaignStage?
    let onlyDue: Bool
    let caller: String?
    let area: String?
    let pageNumber: Int
    let mayKeep: Bool
    let errors: FieldErrors
    let typed: FormData?

    private static let size = 25
    private var path: String { view.path }

    var content: HTML {
        if view.targets.isEmpty {
            let add: Action? = mayKeep && view.campaign.isOpen ? Action("Choose whom to invite", "\(path)/add") : nil
            return
                "\(result)\(EmptyState("Nobody is on the list yet", "Pick settings by any filter of the live picture, or one by one. Partners who are no setting can be on it too.", action: add, picture: .list))\(about)"
        }
        return "\(result)\(facts)\(work)\(Columns("\(list)", "\(gap)\(reasons)\(about)"))"
    }

    private var result: HTML? {
        guard let closed = view.campaign.closedAt else { return nil }
        let words = view.campaign.result.map { "<p>\($0)</p>" as HTML }
        var back: HTML?
        if mayKeep { back = Button("Open it again", action: "\(path)/reopen", style: .small).html }
        return Card("Closed on \(closed.dayInLondon.medium)", "\(words)\(back)").html
    }

    // MARK: How far it is

    private var facts: HTML {
        let base = PageAddress(path)
        var facts = [Fact(grouped(view.targets.count), "on the list", href: base.href)]
        for stage in CampaignStage.allCases {
            let count = view.count(stage)
            if count > 0 { facts.append(Fact(grouped(count), stage.words.lowercasedFirst, href: base.with("stage", stage.rawValue).href)) }
        }
        let due = view.due.count
        if due > 0 { facts.append(Fact(grouped(due), "to ring now", href: base.with("due", "yes").href, isDue: true)) }
        let back = view.targets.count { $0.posts.last?.problem != nil }
        if back > 0 { facts.append(Fact(grouped(back), "letters came back", href: "\(path)/letter#came-back", isDue: true)) }
        return Facts(facts).html
    }

    // MARK: The list

    private var shown: [CampaignTarget] {
        view.targets.filter { target in
            (stage == nil || target.progress.stage == stage) && (!onlyDue || target.isDue(on: view.today))
                && (area == nil || target.area == area)
                && (caller == nil || target.callerID == caller || caller == "nobody" && target.callerID == nil)
        }
    }

    private var address: PageAddress {
        var query: [(String, String)] = []
        if let stage { query.append(("stage", stage.rawValue)) }
        if onlyDue { query.append(("due", "yes")) }
        if let area { query.append(("area", area)) }
        if let caller { query.append(("caller", caller)) }
        return PageAddress(path, query)
    }

    private var filter: HTML {
        var areas: [String] = []
        for target in view.targets where !areas.contains(target.area) { areas.append(target.area) }
        let callers = Set(view.targets.compactMap(\.callerID))
        let people = view.team.filter { callers.contains($0.id) }.map { Choice($0.id, $0.name) }
        let fields = [
            Field.select("stage", "How far", choices: CampaignStage.allCases.map { Choice($0.rawValue, $0.words) }, prompt: "All")
                .filled(stage?.rawValue),
            Field.select("area", "Where", choices: areas.map { Choice($0, $0) }, prompt: "Everywhere").filled(area),
            Field.select("caller", "Who rings", choices: people + [Choice("nobody", "Nobody yet")], prompt: "Anybody").filled(caller),
        ]
        let isPlain = address.query.isEmpty
        return FilterForm(action: path, fields: fields, submit: "Show", clear: isPlain ? nil : path).html
    }

    private var list: HTML {
        let shown = shown
        let paging = Paging(page: pageNumber, size: Self.size, total: shown.count, address: address, what: "on the list")
        let items = shown[paging.range].html(item)
        let lines: HTML = shown.isEmpty ? "<p>Nobody fits this.</p>" : "<ul class=\"todo\">\(items)</ul>\(paging)"
        return
            "\(filter)<h2>The list</h2>\(lines)<p class=\"take\">Take it with you: <a href=\"\(link: "\(path)/list.csv")\">Spreadsheet (CSV)</a></p>"
    }

    private func item(_ target: CampaignTarget) -> HTML {
        let progress = target.progress
        let mark: HTML = target.place.map { $0.type.mark.icon(label: $0.type.mark.words) } ?? "<span></span>"
        let tries = progress.tries > 1 ? ", \(progress.tries) times" : ""
        let tone: Tone =
            switch progress.stage {
            case .joined: .good
            case .declined: .plain
            case .tried: .warning
            default: .note
            }
        let post: HTML? = target.posts.last.flatMap { $0.problem == nil ? nil : " \(Tag("Letter came back", .bad))" }
        let due: HTML? = view.campaign.isOpen && target.isDue(on: view.today) ? " \(Tag("ring now", .warning))" : nil
        let who = view.name(of: target.callerID) ?? (target.callerID == nil ? "nobody rings yet" : "somebody who left")
        let href = "\(path)/targets/\(target.id)"
        return """
            <li>\(mark)<div><a class="thing" href="\(link: href)"><bdi>\(target.title)</bdi></a> \
            \(Tag("\(progress.stage.words)\(progress.stage == .tried ? tries : "")", tone))\(due)\(post)\
            <p>\(target.area), \(who)\(progress.lastDay.map { ", last on \($0.medium)" } ?? "")</p></div>\
            <a class="button quiet small" href="\(link: href)">Log a call\(unseen(": \(target.title)"))</a></li>
            """
    }

    // MARK: Beside it

    private var work: HTML? {
        guard view.campaign.isOpen else { return nil }
        let nobody = view.targets.count { $0.callerID == nil && !$0.progress.stage.isSettled }
        var items: [HTML] = ["<li><a href=\"/staff/calls\">Your own calls</a></li>"]
        if mayKeep {
            let without: HTML? = nobody > 0 ? " \(Tag("\(grouped(nobody)) with nobody", .warning))" : nil
            items.append("<li><a href=\"\(link: "\(path)/callers")\">Who rings whom</a>\(without)</li>")
            let uninvited = view.targets.count { $0.posts.isEmpty && $0.progress.stage == .listed }
            let waiting: HTML? = uninvited > 0 ? " \(Tag("\(grouped(uninvited)) not invited", .note))" : nil
            items.append("<li><a href=\"\(link: "\(path)/letter")\">The letter: by e-mail, on paper, or for mail merge</a>\(waiting)</li>")
            items.append("<li><a href=\"\(link: "\(path)/add")\">Put more on the list</a></li>")
        }
        return Card("What to do", "<ul class=\"listing\">\(items)</ul>").html
    }

    private var gap: HTML? {
        let gap = view.gap
        guard gap.whole.listed > 0 else { return nil }
        return CampaignGapCard(gap: gap).html
    }

    private var reasons: HTML? {
        let reasons = view.reasons
        guard !reasons.isEmpty else { return nil }
        return Card(
            "Why some declined", "<ul class=\"listing\">\(reasons.html { "<li>\($0.reason): <b>\(grouped($0.count))</b></li>" })</ul>"
        ).html
    }

    private var about: HTML {
        let campaign = view.campaign
        var parts: HTML = Details([("Asks for", "\(campaign.asks)"), ("Why", "\(campaign.purpose)"), ("Days", "\(campaign.days)")]).html
        if mayKeep {
            parts += "<p><a href=\"\(link: "\(path)/edit")\">Change this</a></p>"
            if campaign.isOpen { parts += Disclosure("Close the campaign", closing, isOpen: !errors.isEmpty).html }
        }
        return Card("About it", parts).html
    }

    private var closing: HTML {
        let joined = view.count(.joined)
        var form = Form.post(
            "\(path)/close", "Close it",
            fields: [
                Field.textArea("result", "What came of it?", rows: 3).optional()
                    .filled("\(grouped(joined)) of \(grouped(view.targets.count)) joined.")
            ])
        form.values = typed
        form.errors = errors
        return form.html
    }
}

/// The gap by area and kind: the sentence, a picture, and the table.
struct CampaignGapCard {
    let gap: CampaignGap

    var html: HTML {
        let measure = gap.measure
        let picture = chart("By area", gap.areas) { $0.area ?? "" }
        let kinds = chart("By kind", gap.types) { $0.type?.plural ?? "" }
        var table = Table(
            "Every area and kind",
            columns: [Table.Column("Where and who"), Table.Column("Settings", align: .number), Table.Column("On the list", align: .number)]
                + [
                    Table.Column("Invited", align: .number), Table.Column("Answered", align: .number),
                    Table.Column("Joined", align: .number),
                ]
                + [Table.Column("Short by", align: .number)],
            rows: gap.cells.map { cell in
                let short = gap.gap(cell)
                let points: HTML = short >= 0.5 ? "\(short, digits: 0) points" : "–"
                return Table.Row([
                    "\(cell.area ?? ""), \(cell.type?.plural.lowercasedFirst ?? "")", "\(grouped(cell.settings))",
                    "\(grouped(cell.listed))",
                    "\(grouped(cell.invited))", "\(grouped(cell.answered))", "\(grouped(cell.joined))", points,
                ])
            })
        table.isCompact = true
        table.isCaptionHidden = true
        let about = "Bars: share of \(measure.those). The line across: share of the hub’s settings of these kinds."
        return Card(
            "Is every area and kind reached?",
            "<p>\(gap.sentence)</p><p class=\"quiet-line\">\(about)</p>\(picture)\(kinds)\(Disclosure("Every area and kind", table.html))"
        ).html
    }

    private func chart(_ title: String, _ cells: [CampaignGap.Cell], _ label: (CampaignGap.Cell) -> String) -> HTML {
        guard cells.count > 1 else { return HTML() }
        var chart = BarChart(
            title, unit: "%",
            rows: cells.map { cell in
                ChartRow(
                    label(cell), gap.share(cell, of: gap.measure), mark: cell.type?.mark, compare: gap.share(cell), n: cell.settings)
            })
        let largest = cells.flatMap { [gap.share($0), gap.share($0, of: gap.measure)] }.max() ?? 100
        chart.maximum = max(20, largest)
        chart.level = 3
        chart.labelTitle = title == "By area" ? "Area" : "Kind"
        chart.valueTitle = "Share of \(gap.measure.those)"
        chart.compareTitle = "Share of settings"
        return chart.html
    }
}
