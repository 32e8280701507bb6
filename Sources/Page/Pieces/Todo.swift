/// One thing to do: what it is about, why now, and the button that does it.
public struct TodoItem: Component {
    public var title: String
    public var href: String
    public var mark: Mark?
    public var tag: Tag?
    public var detail: HTML
    public var action: Action?

    public init(
        _ title: String, href: String, mark: Mark? = nil, tag: Tag? = nil, detail: HTML = "", action: Action? = nil
    ) {
        self.title = title
        self.href = href
        self.mark = mark
        self.tag = tag
        self.detail = detail
        self.action = action
    }

    public var html: HTML {
        let icon: HTML = mark?.icon(label: mark?.words) ?? "<span></span>"
        return """
            <li>\(icon)<div><a class="thing" href="\(link: href)"><bdi>\(title)</bdi></a> \(tag)\
            \(detail.isEmpty ? HTML() : "<p>\(detail)</p>")</div>\(action?.drawn(style: .small))</li>
            """
    }
}

/// Things to do, the most pressing first.
public struct Todo: Component {
    public var items: [TodoItem]

    public init(_ items: [TodoItem]) { self.items = items }

    public var html: HTML { items.isEmpty ? "" : "<ul class=\"todo\">\(items)</ul>" }
}

/// How far a long job has come.
public struct ProgressLine: Component {
    public var label: String
    public var done: Int
    /// `nil` while nobody knows how much there is.
    public var total: Int?
    public var detail: String?

    public init(_ label: String, done: Int, total: Int?, detail: String? = nil) {
        self.label = label
        self.done = done
        self.total = total
        self.detail = detail
    }

    public var html: HTML {
        let words = total.map { "\(grouped(done)) of \(grouped($0))" } ?? "\(grouped(done)) so far"
        let figures = total.map { "\(attribute: "max", value: max(1, $0)) value=\"\(min(done, $0))\"" as HTML }
        return """
            <div class="progress" role="status"><p><span>\(label)</span> <b>\(words)</b></p>\
            <progress aria-label="\(label)"\(figures ?? "")>\(words)</progress>\
            \(detail.map { "<p class=\"quiet-line\">\($0)</p>" as HTML })</div>
            """
    }
}

/// Where the person is in a job of several pages.
public struct Steps: Component {
    public var steps: [Link]
    /// The place in `steps`, from 0.
    public var at: Int

    public init(_ steps: [Link], at: Int) {
        self.steps = steps
        self.at = at
    }

    public var html: HTML {
        let drawn = steps.enumerated().html { index, step in
            if index == at { return "<li class=\"now\" aria-current=\"step\"><span>\(step.label)</span></li>" }
            if index < at { return "<li class=\"past\"><a href=\"\(link: step.href)\">\(step.label)</a></li>" }
            return "<li><span>\(step.label)</span></li>"
        }
        return "<ol class=\"steps\" aria-label=\"Steps\">\(drawn)</ol>"
    }
}
