internal import Civil
internal import Directory
internal import House
internal import Page
internal import Planning

/// A year of meetings with who hosts them and why, how fairly the turns lie, and where.
struct HostingPage: Sendable {
    let rotation: Rotation
    let year: GatheringYear
    let gatherings: [Gathering]
    let titles: [String: String]
    /// Who hosted, by meeting, where it was noted.
    let hosted: [String: [String]]
    /// How many settings were there, by meeting.
    let there: [String: Int]
    let mayPlan: Bool
    let mayNote: Bool

    private var base: String { "/staff/network/\(rotation.ground.slug)/hosting" }
    private var standing: [Gathering] { gatherings.filter { !$0.isCancelled } }

    var content: HTML {
        if gatherings.isEmpty && rotation.coming.isEmpty { return "\(years)\(nothing)\(hostsLine)" }
        return "\(years)\(facts)\(doing)\(table)\(Columns("\(kinds)\(settings)", map))\(taking)"
    }

    private var nothing: HTML {
        EmptyState(
            "No meetings planned in \(year.name)",
            "Write down the days of the year’s meetings, and the rotation says whose turn it is to host each of them.",
            action: mayPlan ? Action("Plan meetings", "\(base)/new") : nil, picture: .people
        ).html
    }

    private var years: HTML {
        let now = GatheringYear(of: rotation.today).start
        let starts = Set([year.start, now - 2, now - 1, now, now + 1]).sorted()
        return Filters(
            "School year", starts.map { Link(GatheringYear(start: $0).name, "\(base)?year=\($0)", current: $0 == year.start) }
        ).html
    }

    private var facts: HTML {
        let fairness = rotation.fairness
        let coming = standing.filter { $0.day >= rotation.today }
        let without = coming.count { $0.hostState == .none }
        let drafts = coming.count { $0.hostState == .draft }
        return Facts([
            Fact("\(standing.count)", "meetings in \(year.name)"),
            Fact("\(without)", "to come without a host", isDue: without > 0),
            Fact("\(drafts)", "hosts not agreed yet", isDue: drafts > 0),
            Fact("\(fairness.index)", "of 100: how fair between settings", href: "#fairness"),
            Fact("\(fairness.kindIndex)", "of 100: how fair between kinds", href: "#fairness"),
            Fact("\(rotation.hosts.count)", "settings can host", href: "\(base)/places"),
        ]).html
    }

    /// What the team does here, in the order it is done.
    private var doing: HTML? {
        guard mayPlan else { return nil }
        let plan = "<a class=\"button quiet\" href=\"\(link: "\(base)/new")\">Plan meetings</a>" as HTML
        guard !rotation.coming.isEmpty else { return "<div class=\"buttons\">\(plan)</div>\(hostsLine)" }
        let drafts = rotation.coming.contains { $0.hostState == .draft }
        let agree: HTML? = drafts ? Action("Agree the drafts and tell the hosts", "\(base)/agree").html : nil
        return """
            <div class="buttons">\(agree)\(Button("Let the rotation choose the hosts", action: "\(base)/draw", style: drafts ? .quiet : .main))\
            \(plan)</div><p class="quiet-line">It chooses for every meeting to come whose host is not agreed or locked. Nobody is told before \
            you agree.</p>\(hostsLine)
            """
    }

    private var hostsLine: HTML? {
        guard rotation.hosts.isEmpty else { return nil }
        return Notice.note(
            "Nobody has said yet that they can host.",
            "<p><a href=\"\(link: "\(base)/places")\">Write down who can, with room for how many</a></p>"
        ).html
    }

    /// Who hosted, or is to.
    func host(_ gathering: Gathering) -> String {
        hosts(gathering).map { titles[$0] ?? "A setting that is gone" }.joined(separator: ", ")
    }

    private func hosts(_ gathering: Gathering) -> [String] {
        gathering.isNoted ? hosted[gathering.id] ?? [] : [gathering.hostID].compactMap { $0 }
    }

    private var table: HTML {
        var table = Table(
            "The year’s meetings",
            columns: [
                Table.Column("Meeting"), Table.Column("Day"), Table.Column("People", align: .number), Table.Column("Host"),
                Table.Column("What to do", titleHidden: true),
            ], rows: gatherings.map(row))
        table.empty = "<p class=\"quiet-line\">No meetings in this year. Choose another above, or plan some.</p>"
        table.csv = "\(base)/csv?year=\(year.start)"
        return table.html
    }

    private func row(_ gathering: Gathering) -> Table.Row {
        let path = "\(base)/meetings/\(gathering.id)"
        let title: HTML = "<a href=\"\(link: path)\"><bdi>\(gathering.title)</bdi></a><br><span class=\"quiet\">\(gathering.place)</span>"
        let access: HTML? = gathering.needsStepFree ? "<br><span class=\"quiet\">step-free</span>" : nil
        return Table.Row([title, "\(gathering.day.medium)", "\(gathering.expected)\(access)", hostCell(gathering), doing(gathering, path)])
    }

    private func hostCell(_ gathering: Gathering) -> HTML {
        if gathering.isCancelled { return Tag("called off").html }
        if gathering.isNoted {
            let name = host(gathering)
            return name.isEmpty ? "<span class=\"quiet\">nobody of the hub</span>" : "<bdi>\(name)</bdi>"
        }
        guard gathering.hostID != nil else {
            if gathering.day < rotation.today { return "<span class=\"quiet\">not noted yet</span>" }
            let why: HTML? = gathering.because.map { "<br><span class=\"quiet\">\($0)</span>" }
            return "\(Tag("no host yet", .warning))\(why)"
        }
        let why = gathering.because.map { Disclosure("Why this host?", "<p class=\"quiet\">\($0)</p>") }
        let name: HTML = "<b><bdi>\(host(gathering))</bdi></b>"
        let state = gathering.hostState == .agreed ? Tag("agreed", .good) : Tag("draft", .note)
        let locked: HTML? = gathering.isLocked ? " \(Tag("by hand"))" : nil
        let untold: HTML? =
            gathering.hostState == .agreed && !gathering.isTold ? " \(Tag("no account: tell them yourself", .warning))" : nil
        let trouble: HTML? = gathering.isLocked ? nil : rotation.trouble(gathering).map { "<br>\(Tag("look again: \($0)", .warning))" }
        return "\(name) \(state)\(locked)\(untold)\(trouble)\(why)"
    }

    private func doing(_ gathering: Gathering, _ path: String) -> HTML {
        if gathering.isCancelled { return "" }
        if gathering.isNoted { return "<a href=\"\(link: "\(path)")\">\(there[gathering.id] ?? 0) settings there</a>" }
        if gathering.day <= rotation.today {
            return mayNote
                ? "<a class=\"button quiet small\" href=\"\(link: "\(path)/there")\">Who was there?\(unseen(" \(gathering.title), \(gathering.day.medium)"))</a>"
                : ""
        }
        return mayPlan ? "<a href=\"\(link: path)\">Change\(unseen(" \(gathering.title), \(gathering.day.medium)"))</a>" : ""
    }

    // MARK: Fairness

    /// What the index says, in a sentence.
    static func words(_ fairness: HostFairness) -> String {
        fairness.index == 100
            ? "No setting has had more turns than its fair share, rounded up: fairer is not possible."
            : "Of every hundred turns, \(fairness.index) went to a setting that had not had its fair share yet; 100 is as fair as can be."
    }

    private var kinds: HTML {
        let fairness = rotation.fairness
        let rows = fairness.kinds.compactMap { line in
            Sector(rawValue: line.id).map { ChartRow($0.short, Double(line.turns), compare: line.fairShare) }
        }
        let short = fairness.kinds.min { $0.gap < $1.gap }
        let name = short.flatMap { Sector(rawValue: $0.id)?.short } ?? ""
        let finding =
            fairness.largestKindGap > 1
            ? "\(name) hosted less than their share" : "Each kind has its share of the turns, within one"
        var chart = BarChart(finding, unit: "", rows: rows)
        chart.note =
            "Turns in the last two years and in the plan; the line is the fair share: all turns, divided over the settings that can host."
        chart.compareTitle = "Fair share"
        chart.valueTitle = "Turns"
        return Card(nil, id: "fairness", chart.html).html
    }

    private var settings: HTML {
        let fairness = rotation.fairness
        let places = Dictionary(rotation.hosts.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let lines = fairness.settings.sorted { left, right in
            (right.turns, places[left.id]?.title ?? "") < (left.turns, places[right.id]?.title ?? "")
        }
        var table = Table(
            "Turns of each setting",
            columns: [Table.Column("Setting"), Table.Column("Turns", align: .number), Table.Column("Room", align: .number)],
            rows: lines.prefix(60).compactMap { line in
                guard let place = places[line.id] else { return nil }
                return Table.Row([
                    "\(place.type.mark.icon()) <bdi>\(place.title)</bdi>", "\(line.turns)", "\(rotation.offers[line.id]?.holds ?? 0)",
                ])
            })
        table.isCompact = true
        table.isCaptionHidden = true
        let each = fairness.settings.first?.fairShare ?? 0
        return Card(
            "Settings",
            """
            <p>\(Self.words(fairness)) The fair share is \(each, digits: 1) turns each; the largest gap is \(fairness.largestGap, digits: 1).</p>\
            \(Disclosure("Turns of each setting", table.html))
            """
        ).html
    }

    private var map: HTML {
        let hosting = Set(standing.flatMap(hosts))
        let places = rotation.ground.settings.filter { hosting.contains($0.id) }
        let picture = rotation.ground.map("Map of the hosts of \(year.name)", of: places) {
            "/staff/network/\(rotation.ground.slug)/settings/\($0.id)"
        }
        return Card("Where the meetings are", picture.html).html
    }

    private var taking: HTML {
        """
        <p class="take">On paper: <a href="\(link: "\(base)/paper?year=\(year.start)")">A page to print</a> · \
        <a href="\(link: "\(base)/pdf?year=\(year.start)")">PDF</a></p>
        """
    }
}
