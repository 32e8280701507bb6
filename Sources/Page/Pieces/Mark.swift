/// The kind of a setting as a colour **and** a shape, the same on every map, chart, badge and printed card.
public enum Mark: String, CaseIterable, Sendable {
    case childminder = "cm"
    case dayNursery = "dn"
    case preschool = "ps"
    case school = "sc"
    case outOfSchool = "oos"
    case group = "gr"

    /// What it stands for, as a legend says it.
    public var words: String {
        switch self {
        case .childminder: "childminder"
        case .dayNursery: "day nursery"
        case .preschool: "pre-school"
        case .school: "school"
        case .outOfSchool: "out of school"
        case .group: "groups and health"
        }
    }

    /// The class that carries its colour: `m-cm`.
    var colourClass: HTML { "m-\(rawValue)" }

    /// The shape on a 16 by 16 field, coloured by the class around it.
    var shape: HTML {
        switch self {
        case .childminder: "<circle cx=\"8\" cy=\"8\" r=\"6\"/>"
        case .dayNursery: "<rect x=\"2.5\" y=\"2.5\" width=\"11\" height=\"11\" rx=\"1\"/>"
        case .preschool:
            "<rect x=\"3\" y=\"3\" width=\"10\" height=\"10\" rx=\"2.5\" transform=\"rotate(45 8 8)\"/>"
        case .school: "<path d=\"M8 1.5 15 14H1z\"/>"
        case .outOfSchool: "<path d=\"M8 1l6.7 4.9-2.6 7.9H3.9L1.3 5.9z\"/>"
        case .group: "<path d=\"M6 1.5h4V6h4.5v4H10v4.5H6V10H1.5V6H6z\"/>"
        }
    }

    /// The shape as a small picture. With a label it is read out; without one it only repeats words that stand beside it.
    public func icon(label: String? = nil) -> HTML {
        guard let label else { return Self.icons[self] ?? "" }
        return """
            <svg class="mark \(colourClass)" fill="\(MapPaint.hex(self))" viewBox="0 0 16 16" role="img" \
            aria-label="\(label)">\(shape)</svg>
            """
    }
}

extension Mark {
    /// The shape with its words: what stands in a table's cell.
    public var named: HTML { named(words) }

    /// The shape with other words, such as "2 childminders".
    public func named(_ words: String) -> HTML { "<span class=\"kind\">\(icon())\(words)</span>" }
}

extension Mark {
    /// Drawn once: a long list shows hundreds.
    private static let icons: [Mark: HTML] = Dictionary(
        uniqueKeysWithValues: allCases.map { mark in
            let drawn: HTML = """
                <svg class="mark \(mark.colourClass)" fill="\(MapPaint.hex(mark))" viewBox="0 0 16 16" aria-hidden="true">\
                \(mark.shape)</svg>
                """
            return (mark, drawn)
        })
}

/// The hearth: four mini-hubs around a hub.
func hearth(colour: String = "#5B2A6E") -> HTML {
    """
    <svg class="hearth" viewBox="0 0 34 34" aria-hidden="true"><g fill="\(colour)"><circle cx="17" cy="17" r="5.4"/>\
    <circle cx="17" cy="5" r="3.6"/><circle cx="29" cy="17" r="3.6"/><circle cx="17" cy="29" r="3.6"/>\
    <circle cx="5" cy="17" r="3.6"/></g><path fill="none" stroke="\(colour)" stroke-width="1.8" \
    stroke-linecap="round" d="M8.5 8.5a12 12 0 0 1 3-2M25.5 8.5a12 12 0 0 0-3-2M8.5 25.5a12 12 0 0 0 3 2\
    M25.5 25.5a12 12 0 0 1-3 2"/></svg>
    """
}
