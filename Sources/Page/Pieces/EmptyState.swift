/// What stands where nothing is yet: what will be here, why it matters, and the first step.
public struct EmptyState: Component {
    /// A small picture of it filled.
    public enum Picture: Sendable { case map, list, people, letter }

    public var heading: String
    public var why: HTML
    public var action: Action?
    public var picture: Picture
    /// The heading's level, 2 to 4.
    public var level = 2

    public init(_ heading: String, _ why: HTML, action: Action? = nil, picture: Picture = .list) {
        self.heading = heading
        self.why = why
        self.action = action
        self.picture = picture
    }

    public var html: HTML {
        """
        <div class="empty">\(drawing)<div>\(headingLine(heading, level: level))<p>\(why)</p>\
        \(action.map { "<p>\($0)</p>" as HTML })</div></div>
        """
    }

    private var drawing: HTML {
        "<svg class=\"sketch\" viewBox=\"0 0 120 88\" aria-hidden=\"true\">\(lines)</svg>"
    }

    private var lines: HTML {
        switch picture {
        case .map:
            """
            <path class="t0" d="M8 20 44 8l12 30-22 26-24-8z"/><path class="t1" d="m44 8 40 4 6 30-34-4z"/>\
            <path class="t2" d="m56 38 34 4-8 34-48-12z"/><path class="t3" d="m90 42 22 6-6 28-24 0z"/>\
            <circle class="m-cm" cx="32" cy="34" r="5"/><path class="m-sc" d="m70 18 6 11H64z"/>\
            <rect class="m-dn" x="60" y="52" width="9" height="9"/><circle class="m-cm" cx="97" cy="60" r="5"/>
            """
        case .list:
            """
            <rect class="sheet" x="10" y="6" width="100" height="76" rx="5"/>\
            <circle class="m-cm" cx="25" cy="24" r="5"/><path class="line" d="M38 24h44M92 24h8"/>\
            <rect class="m-dn" x="20.5" y="39.5" width="9" height="9"/><path class="line" d="M38 44h34M92 44h8"/>\
            <path class="m-sc" d="m25 58 6 11H19z"/><path class="line" d="M38 64h50M92 64h8"/>
            """
        case .people:
            """
            <circle class="t1" cx="60" cy="46" r="22"/><circle class="m-dn" cx="60" cy="13" r="8"/>\
            <circle class="m-cm" cx="93" cy="46" r="8"/><circle class="m-ps" cx="60" cy="78" r="8"/>\
            <circle class="m-sc" cx="27" cy="46" r="8"/><path class="line" d="M50 42h20M50 50h14"/>
            """
        case .letter:
            """
            <rect class="sheet" x="14" y="14" width="92" height="62" rx="5"/>\
            <path class="line" d="m16 18 44 32 44-32"/><circle class="m-ps" cx="100" cy="16" r="9"/>
            """
        }
    }
}

/// What changed: from what, to what.
public struct Difference: Component {
    /// One field that differs.
    public struct Row: Sendable {
        public var field: String
        public var before: String?
        public var after: String?

        public init(_ field: String, before: String?, after: String?) {
            self.field = field
            self.before = before
            self.after = after
        }
    }

    public var rows: [Row]

    public init(_ rows: [Row]) { self.rows = rows }

    public var html: HTML {
        """
        <dl class="difference">\(rows.html { row in
        "<div><dt>\(row.field)</dt><dd>\(side(row.before, "from")) <span class=\"arrow\" aria-hidden=\"true\">→</span> \(side(row.after, "to"))</dd></div>"
        })</dl>
        """
    }

    private func side(_ text: String?, _ word: HTML) -> HTML {
        let words: HTML = text.map { "<bdi>\($0)</bdi>" } ?? "<i>nothing</i>"
        return word.string == "from"
            ? "<del><span class=\"unseen\">from </span>\(words)</del>"
            : "<ins><span class=\"unseen\">to </span>\(words)</ins>"
    }
}
