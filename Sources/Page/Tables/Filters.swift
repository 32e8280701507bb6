/// Ready-made views of a list, one press each.
public struct Filters: Component {
    /// What is chosen here, read out: "Show".
    public var label: String
    public var links: [Link]

    public init(_ label: String, _ links: [Link]) {
        self.label = label
        self.links = links
    }

    public var html: HTML {
        guard !links.isEmpty else { return "" }
        return """
            <nav class="filters" aria-label="\(label)"><ul>\(links.html { "<li>\($0.drawn(as: "true"))</li>" })</ul></nav>
            """
    }
}

/// Questions that narrow a list, kept in the address.
public struct FilterForm: Component {
    public var action: String
    public var fields: [Field]
    /// Parts of the address the form must not lose, such as the order.
    public var keep: [(String, String)]
    public var submit: String
    /// The address with no filter at all, when one is set.
    public var clear: String?
    /// The less common questions, behind "More ways to narrow".
    public var more: [Field] = []
    public var isMoreOpen = false

    public init(
        action: String, fields: [Field], keep: [(String, String)] = [], submit: String = "Show", clear: String? = nil
    ) {
        self.action = action
        self.fields = fields
        self.keep = keep
        self.submit = submit
        self.clear = clear
    }

    public var html: HTML {
        let extra: HTML =
            more.isEmpty
            ? ""
            : """
            <details class="disclosure"\(attribute: "open", when: isMoreOpen)><summary>More ways to narrow</summary>\
            <div class="filter-fields">\(more)</div></details>
            """
        let clearing = clear.map { "<a href=\"\(link: $0)\">Clear the filters</a>" as HTML }
        return """
            <form class="filter-form" method="get" action="\(link: action)" novalidate>\
            \(hiddenFields(keep.map { (name: $0.0, value: $0.1) }))<div class="filter-fields">\(fields)\
            <div class="buttons"><button class="button">\(submit)</button>\(clearing)</div></div>\(extra)</form>
            """
    }
}
