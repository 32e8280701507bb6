/// How a chart's parts are told apart: by the mark of a kind of setting, or by one of eight paints in turn.
public enum ChartPaint: Sendable, Equatable {
    case mark(Mark)
    case tint(Int)

    var colourClass: HTML {
        switch self {
        case .mark(let mark): mark.colourClass
        case .tint(let tint): "s\(MapPaint.index(tint))"
        }
    }

    /// The light form, for print.
    var hex: HTML {
        switch self {
        case .mark(let mark): MapPaint.hex(mark)
        case .tint(let tint): HTML(stringLiteral: Self.strong[MapPaint.index(tint)])
        }
    }

    private static let strong: [StaticString] = [
        "#5B2A6E", "#0F766E", "#C2410C", "#1D4ED8", "#4D5B00", "#9F1239", "#8A4B00", "#575163",
    ]

    /// The shape, or a square of the colour, in front of a name.
    var key: HTML {
        switch self {
        case .mark(let mark): mark.icon()
        case .tint:
            """
            <svg class="mark \(colourClass)" fill="\(hex)" viewBox="0 0 16 16" aria-hidden="true"><rect x="2" y="2" width="12" height="12" \
            rx="2"/></svg>
            """
        }
    }
}

/// What every chart has: a title that says the finding, the picture, a line about it and the table.
struct ChartFrame {
    let finding: String
    let level: Int
    let picture: HTML
    let note: HTML
    let count: Int?
    let table: Table
    let isTableOpen: Bool

    var html: HTML {
        let counted: HTML = count.map { "n = \(grouped($0))." } ?? ""
        let line: HTML =
            note.isEmpty && counted.isEmpty ? "" : "<p class=\"chart-note\">\(note)\(note.isEmpty ? "" : " ")\(counted)</p>"
        return """
            <div class="chart">\(headingLine(finding, level: level))\(picture)\(line)\
            \(table.rows.isEmpty ? nil : Disclosure("The table", table.html, isOpen: isTableOpen))</div>
            """
    }
}

/// A value with its unit as people read it: `52%`, `1,204`, `3.5 km`.
func chartValue(_ value: Double, unit: String) -> String {
    guard value.isFinite else { return "–" }
    let isWhole = abs(value - value.rounded()) < 0.05
    let number =
        isWhole && abs(value) < 1e15 ? grouped(Int(value.rounded())) : fixed(value, digits: 1)
    if unit.isEmpty { return number }
    return unit == "%" ? "\(number)%" : "\(number) \(unit)"
}

/// The next round number at or above a value, so that an axis ends on one: 1, 2, 2.5, 5 or 10 times a power of ten.
func roundedUp(_ value: Double) -> Double {
    guard value.isFinite, value > 0 else { return 1 }
    var power = 1.0
    while power * 10 <= value { power *= 10 }
    while power > value { power /= 10 }
    for step in [1.0, 2, 2.5, 5, 10] where step * power >= value { return step * power }
    return 10 * power
}

/// A share of a whole in hundredths, for `width="52.3%"`.
func percentage(_ part: Double, of whole: Double) -> HTML {
    guard part.isFinite, whole.isFinite, whole > 0 else { return "0%" }
    return "\(max(0, min(100, part / whole * 100)), digits: 2)%"
}
