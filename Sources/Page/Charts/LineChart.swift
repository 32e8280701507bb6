/// One line; a value for each tick, `nil` where nothing was counted.
public struct ChartLine: Sendable {
    public var label: String
    public var values: [Double?]
    public var paint: ChartPaint

    public init(_ label: String, _ values: [Double?], _ paint: ChartPaint = .tint(0)) {
        self.label = label
        self.values = values
        self.paint = paint
    }
}

/// Something over time, from nought, each line named at its end, and the table underneath.
///
/// Positions across are percentages, so the picture stretches with the page while its words keep their size.
public struct LineChart: Component {
    public var finding: String
    public var unit: String
    /// The times, oldest first: "Autumn 2024".
    public var ticks: [String]
    public var lines: [ChartLine]
    public var note = HTML()
    public var n: Int?
    public var tickTitle = "When"
    public var maximum: Double?
    public var isTableOpen = false
    public var level = 2

    public init(_ finding: String, unit: String = "", ticks: [String], lines: [ChartLine]) {
        self.finding = finding
        self.unit = unit
        self.ticks = ticks
        self.lines = lines
    }

    public var html: HTML {
        ChartFrame(
            finding: finding, level: level, picture: picture, note: note, count: n, table: table, isTableOpen: isTableOpen
        ).html
    }

    private static let top = 24.0
    private static let bottom = 214.0
    private static let dashes: [StaticString] = ["", "7 4", "2 4", "10 4 2 4"]

    private var end: Double {
        let largest = lines.flatMap(\.values).compactMap { $0 }.filter(\.isFinite).max() ?? 0
        return maximum ?? (unit == "%" && largest > 40 ? max(100, largest) : roundedUp(largest))
    }

    private func x(_ index: Int) -> HTML {
        let last = max(1, ticks.count - 1)
        return "\(10 + 88 * Double(index) / Double(last), digits: 2)%"
    }

    private func y(_ value: Double) -> Double {
        Self.bottom - max(0, min(1, value / end)) * (Self.bottom - Self.top)
    }

    private var picture: HTML {
        guard !ticks.isEmpty, lines.contains(where: { $0.values.contains { $0 != nil } }) else {
            return "<p class=\"quiet-line\">No figures yet.</p>"
        }
        let drawn = lines.enumerated().html { draw($1, at: $0) }
        return """
            <div class="lines"><svg width="100%" height="244" role="img" aria-label="\(finding)">\(grid)\(tickWords)\
            \(drawn)</svg>\(names)</div>\(key)
            """
    }

    /// Where there is no room beside the lines, their names stand under them.
    private var key: HTML {
        let entries = lines.enumerated().html { index, line in
            let last = line.values.compactMap { $0 }.last { $0.isFinite }
            return """
                <li><svg class="line-key" width="30" height="12" aria-hidden="true"><g class="line \(line.paint.colourClass)">\
                <line x1="2" x2="28" y1="6" y2="6" stroke="\(line.paint.hex)" stroke-width="2.6" stroke-linecap="round"\
                \(dash(index))/></g></svg><bdi>\(line.label)</bdi> <b>\(last.map { chartValue($0, unit: unit) })</b></li>
                """
        }
        return "<ul class=\"key under-lines\">\(entries)</ul>"
    }

    private func dash(_ index: Int) -> HTML {
        let dash = Self.dashes[index % Self.dashes.count]
        return dash.utf8CodeUnitCount == 0 ? "" : " stroke-dasharray=\"\(HTML(stringLiteral: dash))\""
    }

    private var grid: HTML {
        [0, 0.5, 1].html { part in
            let value = end * part
            let level = y(value)
            return """
                <line class="grid" x1="0" x2="100%" y1="\(level, digits: 1)" y2="\(level, digits: 1)" stroke="#E6DFD6"/>\
                <text class="axis" x="0" y="\(level - 4, digits: 1)" font-size="12.5" fill="#575163">\
                \(chartValue(value, unit: unit))</text>
                """
        }
    }

    /// At most four of the ticks get words, the first and the last always: on a phone there is room for no more.
    private var tickWords: HTML {
        let last = ticks.count - 1
        let step = max(1, (last + 2) / 3)
        return ticks.indices.html { index in
            guard index == last || (index.isMultiple(of: step) && last - index >= step) else { return "" }
            let anchor: HTML = index == 0 ? "start" : index == last ? "end" : "middle"
            let isBetween = index != 0 && index != last
            return """
                <text class="axis\(isBetween ? " between" : "")" x="\(index == 0 ? "0" : index == last ? "100%" : x(index))" y="236" font-size="12.5" \
                text-anchor="\(anchor)" fill="#575163">\(ticks[index])</text>
                """
        }
    }

    private func draw(_ line: ChartLine, at index: Int) -> HTML {
        var before: (index: Int, value: Double)?
        let pieces = zip(ticks.indices, line.values).html { place, value in
            guard let value, value.isFinite else {
                before = nil
                return ""
            }
            defer { before = (place, value) }
            let dot: HTML = """
                <circle cx="\(x(place))" cy="\(y(value), digits: 1)" r="3.6" fill="\(line.paint.hex)" stroke="none"/>
                """
            guard let before else { return dot }
            return """
                <line x1="\(x(before.index))" y1="\(y(before.value), digits: 1)" x2="\(x(place))" \
                y2="\(y(value), digits: 1)" stroke="\(line.paint.hex)" stroke-width="2.6" stroke-linecap="round"\
                \(dash(index))/>\(dot)
                """
        }
        return "<g class=\"line \(line.paint.colourClass)\">\(pieces)</g>"
    }

    /// Each line's name and last value beside its end, moved apart where lines end close together.
    private var names: HTML {
        var ends: [(line: ChartLine, value: Double, level: Double)] = lines.compactMap { line in
            let last = zip(ticks.indices, line.values).compactMap { $1 }.last { $0.isFinite }
            return last.map { (line, $0, y($0) + 4.5) }
        }
        ends.sort { $0.level > $1.level }
        for index in ends.indices.dropFirst() where ends[index - 1].level - ends[index].level < 18 {
            ends[index].level = ends[index - 1].level - 18
        }
        let drawn = ends.html { end in
            """
            <text class="\(end.line.paint.colourClass)" x="2" y="\(end.level, digits: 1)" font-size="14" font-weight="600" \
            fill="\(end.line.paint.hex)">\(end.line.label) \(chartValue(end.value, unit: unit))</text>
            """
        }
        // Some 8 units a letter of this size; long names are cut by the picture's edge, and the key below has them whole.
        let longest = ends.map { $0.line.label.count + 6 }.max() ?? 0
        return """
            <svg class="line-names" width="\(min(220, longest * 8))" height="244" aria-hidden="true">\(drawn)</svg>
            """
    }

    private var table: Table {
        var table = Table(
            finding, columns: [Table.Column(tickTitle)] + lines.map { Table.Column($0.label, align: .number) },
            rows: ticks.indices.map { index in
                let figures: [HTML] = lines.map { line in
                    let value = index < line.values.count ? line.values[index] : nil
                    return "\(value.map { chartValue($0, unit: unit) } ?? "–")"
                }
                return Table.Row(["\(ticks[index])"] + figures)
            })
        table.isCompact = true
        table.isCaptionHidden = true
        return table
    }
}
