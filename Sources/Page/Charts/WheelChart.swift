/// Who has to do with whom, as a wheel: each part is an arc as long as its ends, and bands lead from arc to arc, as wide as what they
/// share. What a part has to do with itself is a petal, hatched. Numbers lead to the key, so that colour is never needed.
public struct WheelChart: Component {
    /// The finding, as a sentence.
    public var finding: String
    public var parts: [ChartPart]
    /// How much the parts share, in both halves alike; in the diagonal what each shares with itself.
    public var links: [[Int]]
    /// What is counted: "pairs".
    public var unit: String
    public var note = HTML()
    public var n: Int?
    /// What the parts are.
    public var labelTitle = "Who"
    public var isTableOpen = false
    public var level = 2
    /// Where the list behind a figure is, for two parts' places.
    public var href: @Sendable (Int, Int) -> String? = { _, _ in nil }

    public init(_ finding: String, unit: String, parts: [ChartPart], links: [[Int]]) {
        self.finding = finding
        self.unit = unit
        self.parts = parts
        self.links = links
    }

    public var html: HTML {
        ChartFrame(finding: finding, level: level, picture: picture, note: note, count: n, table: table, isTableOpen: isTableOpen).html
    }

    private var picture: HTML {
        let drawing = WheelDrawing(parts: parts, links: links, unit: unit)
        guard !drawing.arcs.isEmpty else { return "<p class=\"quiet-line\">No figures yet.</p>" }
        let key = drawing.arcs.html { arc in
            "<li>\(parts[arc.part].paint.key)<b>\(arc.part + 1)</b> <bdi>\(parts[arc.part].label)</bdi></li>"
        }
        return """
            <div class="wheel"><svg viewBox="0 0 360 360" role="img" aria-label="\(finding)">\(drawing.html)</svg>\
            <ul class="key">\(key)</ul></div>
            """
    }

    private var table: Table {
        var table = Table(
            "\(finding): the \(unit)", columns: [Table.Column(labelTitle)] + parts.map { Table.Column($0.label, align: .number) },
            rows: parts.indices.map { one in
                let cells: [HTML] = parts.indices.map { other in
                    let figure = "\(grouped(links[one][other]))"
                    guard links[one][other] > 0, let href = href(one, other) else { return "\(figure)" }
                    return "<a href=\"\(link: href)\">\(figure)\(unseen(" \(unit): \(parts[one].label) and \(parts[other].label)"))</a>"
                }
                return Table.Row(["\(parts[one].label)"] + cells)
            })
        table.isCompact = true
        table.isCaptionHidden = true
        return table
    }
}

/// The lines of a wheel on a field of 360 by 360.
struct WheelDrawing {
    struct Arc {
        let part: Int
        let from: Double
        let to: Double
        var middle: Double { (from + to) / 2 }
    }

    let parts: [ChartPart]
    let links: [[Int]]
    let unit: String
    /// Those that have anything, in degrees clockwise from the top.
    let arcs: [Arc]
    /// Where each part's share with each other lies on its arc.
    private let slots: [[(from: Double, to: Double)]]

    private static let middle = 180.0
    private static let inner = 138.0
    private static let outer = 150.0

    init(parts: [ChartPart], links: [[Int]], unit: String) {
        self.parts = parts
        self.links = links
        self.unit = unit
        let ends = parts.indices.map { one in parts.indices.reduce(0) { $0 + links[one][$1] } + links[one][one] }
        let all = ends.reduce(0, +)
        let shown = parts.indices.filter { ends[$0] > 0 }
        let gap = shown.count > 1 ? 4.0 : 0
        let degrees = all == 0 ? 0 : (360 - gap * Double(shown.count)) / Double(all)
        var arcs: [Arc] = []
        var slots = [[(from: Double, to: Double)]](repeating: [], count: parts.count)
        var at = 0.0
        for part in shown {
            let start = at
            // Counted backwards from its own place, so that bands to neighbours do not cross those to the far side.
            var places = [(from: Double, to: Double)](repeating: (0, 0), count: parts.count)
            for step in 0..<parts.count {
                let other = (part - step + parts.count) % parts.count
                let width = Double(links[part][other] * (other == part ? 2 : 1)) * degrees
                places[other] = (at, at + width)
                at += width
            }
            slots[part] = places
            arcs.append(Arc(part: part, from: start, to: at))
            at += gap
        }
        self.arcs = arcs
        self.slots = slots
    }

    var html: HTML {
        let bands = arcs.html { one in
            arcs.html { other in other.part >= one.part && links[one.part][other.part] > 0 ? band(one.part, other.part) : "" }
        }
        return "\(hatches)\(bands)\(arcs.html(rim))"
    }

    /// One hatch for each part that has to do with itself.
    private var hatches: HTML {
        let drawn = arcs.html { arc in
            let paint = parts[arc.part].paint
            return """
                <pattern id="hatch-\(arc.part)" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">\
                <rect class="\(paint.colourClass)" width="2.5" height="6" fill="\(paint.hex)"/></pattern>
                """
        }
        return "<defs>\(drawn)</defs>"
    }

    private func rim(_ arc: Arc) -> HTML {
        let paint = parts[arc.part].paint
        let isRound = arc.to - arc.from > 359.9
        let to = isRound ? arc.from + 359.9 : arc.to
        let place = point(arc.middle, Self.outer + 15)
        return """
            <path class="\(paint.colourClass)" fill="\(paint.hex)" d="M\(point(arc.from, Self.outer))\
            \(turn(to, Self.outer, from: arc.from))L\(point(to, Self.inner))\(turn(arc.from, Self.inner, from: to))Z"/>\
            <text class="number" text-anchor="middle" dominant-baseline="central" font-size="17" font-weight="700" fill="#23202B" \
            transform="translate(\(place))">\(arc.part + 1)</text>
            """
    }

    private func band(_ one: Int, _ other: Int) -> HTML {
        let (a, b) = (slots[one][other], slots[other][one])
        let radius = Self.inner - 2
        let title =
            "\(parts[one].label)\(one == other ? " among themselves" : " and \(parts[other].label)"): \(grouped(links[one][other])) \(unit)"
        if one == other {
            return """
                <path class="petal" fill="url(#hatch-\(one))" d="M\(point(a.from, radius))\(turn(a.to, radius, from: a.from))\
                Q\(point((a.from + a.to) / 2, 20)) \(point(a.from, radius))Z"><title>\(title)</title></path>
                """
        }
        // In the colour of the smaller, so that it is not lost among the many.
        let smaller = parts[ends(one) <= ends(other) ? one : other].paint
        return """
            <path class="band \(smaller.colourClass)" fill="\(smaller.hex)" fill-opacity=".55" d="M\(point(a.from, radius))\
            \(turn(a.to, radius, from: a.from))Q180 180 \(point(b.from, radius))\(turn(b.to, radius, from: b.from))\
            Q180 180 \(point(a.from, radius))Z"><title>\(title)</title></path>
            """
    }

    private func ends(_ part: Int) -> Double { arcs.first { $0.part == part }.map { $0.to - $0.from } ?? 0 }

    /// A place at an angle and a distance from the middle: `180.0 42.0`.
    private func point(_ degrees: Double, _ radius: Double) -> HTML {
        "\(Self.middle + radius * cosine(degrees: degrees - 90), digits: 1) \(Self.middle - radius * cosine(degrees: degrees), digits: 1)"
    }

    /// On along the circle to an angle.
    private func turn(_ to: Double, _ radius: Double, from: Double) -> HTML {
        "A\(radius, digits: 0) \(radius, digits: 0) 0 \(abs(to - from) > 180 ? 1 : 0) \(to > from ? 1 : 0) \(point(to, radius))"
    }
}
