/// One group of bars; a value for each part, nil where there is none.
public struct GroupedRow: Sendable {
    public var label: String
    public var values: [Double?]

    public init(_ label: String, _ values: [Double?]) {
        self.label = label
        self.values = values
    }
}

/// Several bars for each thing, side by side, to hold them against one another. Every bar says its own figure and what it is, so that
/// nobody has to tell the colours apart.
public struct GroupedBarChart: Component {
    /// The finding, as a sentence.
    public var finding: String
    public var unit = "%"
    public var parts: [ChartPart]
    public var rows: [GroupedRow]
    public var note = HTML()
    public var n: Int?
    /// The same figures with the counts behind them.
    public var table: Table
    public var isTableOpen = false
    public var level = 2

    public init(_ finding: String, parts: [ChartPart], rows: [GroupedRow], table: Table) {
        self.finding = finding
        self.parts = parts
        self.rows = rows
        self.table = table
    }

    public var html: HTML {
        ChartFrame(finding: finding, level: level, picture: picture, note: note, count: n, table: table, isTableOpen: isTableOpen).html
    }

    /// The longest bar ends before its words would leave the picture.
    private var end: Double { max(rows.flatMap(\.values).compactMap { $0 }.filter(\.isFinite).max() ?? 0, 1) / 0.6 }

    private var picture: HTML {
        guard !rows.isEmpty else { return "<p class=\"quiet-line\">No figures yet.</p>" }
        return "<ul class=\"bars grouped\">\(rows.html(group))</ul>"
    }

    private func group(_ row: GroupedRow) -> HTML {
        let bars = zip(row.values, parts).enumerated().html { number, pair in
            guard let value = pair.0, value.isFinite else { return "" }
            let top = number * 20
            return """
                <rect class="\(pair.1.paint.colourClass)" y="\(top + 3)" width="\(percentage(value, of: end))" height="14" rx="2" \
                fill="\(pair.1.paint.hex)"/><text class="beside" x="\(percentage(value, of: end))" dx="6" y="\(top + 15)" \
                font-size="13" fill="#23202B">\(chartValue(value, unit: unit)) \(pair.1.label)</text>
                """
        }
        let spoken = zip(parts, row.values).compactMap { part, value in value.map { "\(part.label) \(chartValue($0, unit: unit))" } }
        return """
            <li><span class="name"><bdi>\(row.label)</bdi></span> <span class="bar"><svg width="100%" height="\(parts.count * 20)" \
            aria-hidden="true">\(bars)</svg>\(unseen(spoken.joined(separator: ", ")))</span></li>
            """
    }
}
