/// How a small piece feels: colour and words together, never colour alone.
public enum Tone: String, Sendable { case plain, good, warning, bad, note }

/// A few words on a tinted ground: "New, not contacted".
public struct Tag: Component, Equatable {
    public var text: String
    public var tone: Tone

    public init(_ text: String, _ tone: Tone = .plain) {
        self.text = text
        self.tone = tone
    }

    public var html: HTML { "<span class=\"tag \(tone.rawValue)\"><bdi>\(text)</bdi></span>" }
}

/// A figure with what it counts, often a link to the list behind it.
public struct Fact: Component, Equatable {
    public var figure: String
    public var label: String
    public var href: String?
    /// Something waits for the person here.
    public var isDue: Bool

    public init(_ figure: String, _ label: String, href: String? = nil, isDue: Bool = false) {
        self.figure = figure
        self.label = label
        self.href = href
        self.isDue = isDue
    }

    public var html: HTML {
        let due: HTML = isDue ? " due" : ""
        let inner: HTML = "<b>\(figure)</b> <span>\(label)</span>"
        guard let href else { return "<div class=\"fact\(due)\">\(inner)</div>" }
        return "<a class=\"fact\(due)\" href=\"\(link: href)\">\(inner)</a>"
    }
}

/// Figures side by side.
public struct Facts: Component {
    public var facts: [Fact]

    public init(_ facts: [Fact]) { self.facts = facts }

    public var html: HTML {
        facts.isEmpty ? "" : "<ul class=\"facts\">\(facts.html { "<li>\($0)</li>" })</ul>"
    }
}

/// One subject on its own ground.
public struct Card: Component {
    public var heading: String?
    /// 2 for a card of the page, 3 for one inside a section.
    public var level: Int
    public var id: String?
    public var content: HTML
    /// Where there is more of it.
    public var link: Link?

    public init(_ heading: String? = nil, level: Int = 2, id: String? = nil, _ content: HTML) {
        self.heading = heading
        self.level = level
        self.id = id
        self.content = content
    }

    public var html: HTML {
        """
        <section class="card"\(attribute: "id", value: id)>\(heading.map { headingLine($0, level: level) })\(content)\
        \(link.map { "<p class=\"more\">\($0.drawn())</p>" as HTML })</section>
        """
    }
}

/// A heading of level 2, 3 or 4.
func headingLine(_ words: String, level: Int) -> HTML {
    switch level {
    case ...2: "<h2><bdi>\(words)</bdi></h2>"
    case 3: "<h3><bdi>\(words)</bdi></h3>"
    default: "<h4><bdi>\(words)</bdi></h4>"
    }
}

/// Two columns when there is room, the left one first when there is not.
public struct Columns: Component {
    public var left: HTML
    public var right: HTML

    public init(_ left: HTML, _ right: HTML) {
        self.left = left
        self.right = right
    }

    public var html: HTML { "<div class=\"two\"><div>\(left)</div><div>\(right)</div></div>" }
}

/// Names and their facts, one under the other.
public struct Details: Component {
    public var rows: [(name: String, value: HTML)]
    /// What stands for a fact that is not known.
    public var unknown = "not known"

    public init(_ rows: [(String, HTML)]) { self.rows = rows.map { (name: $0.0, value: $0.1) } }

    public var html: HTML {
        let missing: HTML = "<span class=\"unknown\">\(unknown)</span>"
        return """
            <dl class="details">\(rows.html { row in
            "<div><dt>\(row.name)</dt><dd>\(row.value.isEmpty ? missing : row.value)</dd></div>"
            })</dl>
            """
    }
}

/// Something most people do not need, one press away.
public struct Disclosure: Component {
    public var summary: String
    public var content: HTML
    public var isOpen: Bool

    public init(_ summary: String, _ content: HTML, isOpen: Bool = false) {
        self.summary = summary
        self.content = content
        self.isOpen = isOpen
    }

    public var html: HTML {
        """
        <details class="disclosure"\(attribute: "open", when: isOpen)><summary>\(summary)</summary>\
        <div>\(content)</div></details>
        """
    }
}
