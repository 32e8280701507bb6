/// One bar.
public struct ChartRow: Sendable {
    public var label: String
    public var value: Double
    public var mark: Mark?
    /// What it is held against, such as the same week last year; drawn as a line across the bar.
    public var compare: Double?
    /// How many the value rests on.
    public var n: Int?
    public var href: String?

    public init(
        _ label: String, _ value: Double, mark: Mark? = nil, compare: Double? = nil, n: Int? = nil, href: String? = nil
    ) {
        self.label = label
        self.value = value
        self.mark = mark
        self.compare = compare
        self.n = n
        self.href = href
    }
}

/// Bars lying on their side from nought, each with its figure, and the table underneath.
public struct BarChart: Component {
    /// The finding, as a sentence: "Childminders came to half as many meetings as their share".
    public var finding: String
    /// "%", "places", or nothing.
    public var unit: String
    public var rows: [ChartRow]
    /// What is counted and when.
    public var note = HTML()
    public var n: Int?
    public var labelTitle = "Kind"
    public var valueTitle = "Value"
    public var compareTitle = "Compared with"
    /// The end of the axis; by itself 100 for a percentage, else the largest value.
    public var maximum: Double?
    public var isTableOpen = false
    /// The heading's level, 2 to 4.
    public var level = 2

    public init(_ finding: String, unit: String = "", rows: [ChartRow]) {
        self.finding = finding
        self.unit = unit
        self.rows = rows
    }

    public var html: HTML {
        ChartFrame(
            finding: finding, level: level, picture: picture, note: note, count: n, table: table, isTableOpen: isTableOpen
        ).html
    }

    private var end: Double {
        let largest = rows.flatMap { [$0.value, $0.compare ?? 0] }.filter(\.isFinite).max() ?? 0
        return maximum ?? (unit == "%" ? max(100, largest) : max(largest, 1))
    }

    private var picture: HTML {
        guard !rows.isEmpty else { return "<p class=\"quiet-line\">No figures yet.</p>" }
        return "<ul class=\"bars\">\(rows.html(bar))</ul>"
    }

    private func bar(_ row: ChartRow) -> HTML {
        let paint = row.mark.map { ChartPaint.mark($0) } ?? .tint(0)
        let against = row.compare.map {
            "<line class=\"against\" x1=\"\(percentage($0, of: end))\" x2=\"\(percentage($0, of: end))\" y1=\"0\" y2=\"26\" stroke=\"#23202B\" stroke-width=\"2.5\"/>"
                as HTML
        }
        let spoken = row.compare.map { unseen(", \(compareTitle.lowercased()) \(chartValue($0, unit: unit))") }
        return """
            <li><span class="name">\(row.mark?.icon())<bdi>\(row.label)</bdi></span> <span class="bar">\
            <svg width="100%" height="26" aria-hidden="true"><rect class="track" y="4" width="100%" height="18" rx="3" \
            fill="#E6DFD6"/><rect class="\(paint.colourClass)" y="4" width="\(percentage(row.value, of: end))" height="18" \
            rx="3" fill="\(paint.hex)"/>\(against)</svg></span> <span class="figure">\(chartValue(row.value, unit: unit))\
            \(spoken)</span></li>
            """
    }

    private var table: Table {
        let hasCompare = rows.contains { $0.compare != nil }
        let hasCount = rows.contains { $0.n != nil }
        var columns: [Table.Column] = [Table.Column(labelTitle), Table.Column(valueTitle, align: .number)]
        if hasCompare { columns.append(Table.Column(compareTitle, align: .number)) }
        if hasCount { columns.append(Table.Column("Out of", align: .number)) }
        var table = Table(
            finding, columns: columns,
            rows: rows.map { row in
                let name: HTML = row.href.map { "<a href=\"\(link: $0)\">\(row.label)</a>" } ?? "\(row.label)"
                var cells: [HTML] = [name, "\(chartValue(row.value, unit: unit))"]
                if hasCompare { cells.append("\(row.compare.map { chartValue($0, unit: unit) } ?? "–")") }
                if hasCount { cells.append("\(row.n.map { grouped($0) } ?? "–")") }
                return Table.Row(cells)
            })
        table.isCompact = true
        table.isCaptionHidden = true
        return table
    }
}
