/// One part of a stacked bar, the same in every row.
public struct ChartPart: Sendable {
    public var label: String
    public var paint: ChartPaint

    public init(_ label: String, _ paint: ChartPaint) {
        self.label = label
        self.paint = paint
    }
}

/// One stacked bar; a value for each part.
public struct StackedRow: Sendable {
    public var label: String
    public var values: [Double]
    public var href: String?

    public init(_ label: String, _ values: [Double], href: String? = nil) {
        self.label = label
        self.values = values
        self.href = href
    }
}

/// Bars made of parts, side by side from nought, with the figures in them where there is room, and the table underneath.
public struct StackedBarChart: Component {
    public var finding: String
    public var unit = ""
    public var parts: [ChartPart]
    public var rows: [StackedRow]
    /// Every bar as long as the others, for shares rather than counts.
    public var isShare = false
    public var note = HTML()
    public var n: Int?
    public var labelTitle = "Area"
    public var isTableOpen = false
    public var level = 2

    public init(_ finding: String, parts: [ChartPart], rows: [StackedRow]) {
        self.finding = finding
        self.parts = parts
        self.rows = rows
    }

    public var html: HTML {
        ChartFrame(
            finding: finding, level: level, picture: picture, note: note, count: n, table: table, isTableOpen: isTableOpen
        ).html
    }

    private func total(_ row: StackedRow) -> Double { row.values.filter { $0.isFinite && $0 > 0 }.reduce(0, +) }

    private var picture: HTML {
        guard !rows.isEmpty else { return "<p class=\"quiet-line\">No figures yet.</p>" }
        let longest = max(rows.map(total).max() ?? 1, 0.000_001)
        let key = parts.html { "<li>\($0.paint.key)<bdi>\($0.label)</bdi></li>" }
        return "<ul class=\"key\">\(key)</ul><ul class=\"bars stacked\">\(rows.html { bar($0, longest: longest) })</ul>"
    }

    private func bar(_ row: StackedRow, longest: Double) -> HTML {
        let sum = total(row)
        let end = isShare ? max(sum, 0.000_001) : longest
        var start = 0.0
        let pieces = zip(row.values, parts).html { value, part in
            guard value.isFinite, value > 0 else { return "" }
            defer { start += value }
            let hasRoom = value / end > 0.07
            let figure: HTML = """
                <text class="in-bar" x="\(percentage(start + value / 2, of: end))" y="19.5" text-anchor="middle" \
                font-size="13" font-weight="600" fill="#FFFFFF">\(chartValue(value, unit: ""))</text>
                """
            return """
                <rect class="\(part.paint.colourClass) piece" x="\(percentage(start, of: end))" y="2" \
                width="\(percentage(value, of: end))" height="25" fill="\(part.paint.hex)" stroke="#FFFFFF" \
                stroke-width="2"/>\(hasRoom ? figure : HTML())
                """
        }
        let spoken = zip(parts, row.values).map { "\($0.label) \(chartValue($1, unit: unit))" }.joined(separator: ", ")
        return """
            <li><span class="name"><bdi>\(row.label)</bdi></span> <span class="bar"><svg width="100%" height="29" \
            aria-hidden="true">\(pieces)</svg></span> <span class="figure">\(chartValue(sum, unit: unit))\(unseen(": \(spoken)"))</span></li>
            """
    }

    private var table: Table {
        let columns =
            [Table.Column(labelTitle)] + parts.map { Table.Column($0.label, align: .number) }
            + [Table.Column("All", align: .number)]
        var table = Table(
            finding, columns: columns,
            rows: rows.map { row in
                let name: HTML = row.href.map { "<a href=\"\(link: $0)\">\(row.label)</a>" } ?? "\(row.label)"
                let figures: [HTML] = row.values.map { "\(chartValue($0, unit: unit))" }
                return Table.Row([name] + figures + ["\(chartValue(total(row), unit: unit))"])
            })
        table.isCompact = true
        table.isCaptionHidden = true
        return table
    }
}
