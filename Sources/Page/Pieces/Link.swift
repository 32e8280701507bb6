/// A place to go, with its words. Never just "here".
public struct Link: Sendable, Equatable {
    /// What the place is called.
    public var label: String
    /// Where it is, written by the program.
    public var href: String
    /// Whether the person is there now.
    public var isCurrent: Bool

    public init(_ label: String, _ href: String, current: Bool = false) {
        self.label = label
        self.href = href
        isCurrent = current
    }

    /// An `a` element; the place the person is at is told to screen readers too.
    func drawn(as current: String = "page") -> HTML {
        "<a\(attribute: "href", value: checkedLink(href))\(attribute: "aria-current", value: isCurrent ? current : nil)>\(label)</a>"
    }
}

/// Something a person does, said as a verb: "Log a visit", "Send 12 invitations".
public struct Action: Component, Equatable {
    public var label: String
    public var href: String
    /// A POST form with one button instead of a link, for what changes something at once.
    public var isPost: Bool
    /// Hidden fields of the POST form.
    public var hidden: [(name: String, value: String)] = []

    public init(_ label: String, _ href: String, post: Bool = false) {
        self.label = label
        self.href = href
        isPost = post
    }

    public var html: HTML { drawn(style: .main) }

    func drawn(style: Button.Style) -> HTML {
        guard isPost else { return "<a class=\"\(style.classes)\" href=\"\(link: href)\">\(label)</a>" }
        return Button(label, action: href, hidden: hidden.map { ($0.name, $0.value) }, style: style).html
    }

    public static func == (left: Action, right: Action) -> Bool {
        left.label == right.label && left.href == right.href && left.isPost == right.isPost
            && left.hidden.elementsEqual(right.hidden, by: ==)
    }
}

/// A POST form that is one button.
public struct Button: Component {
    /// How loud it is. One `main` on a page.
    public enum Style: Sendable {
        case main, quiet, danger, small

        var classes: HTML {
            switch self {
            case .main: "button"
            case .quiet: "button quiet"
            case .danger: "button danger"
            case .small: "button small"
            }
        }
    }

    public var label: String
    public var action: String
    public var hidden: [(name: String, value: String)]
    public var style: Style
    /// Spoken after the label where many buttons share it: "Undo", "the move of Custom House".
    public var about: String?

    public init(_ label: String, action: String, hidden: [(String, String)] = [], style: Style = .main) {
        self.label = label
        self.action = action
        self.hidden = hidden.map { (name: $0.0, value: $0.1) }
        self.style = style
    }

    public var html: HTML {
        """
        <form class="one-button" method="post" action="\(link: action)">\(hiddenFields(hidden))\
        <button class="\(style.classes)">\(label)\(about.map { unseen(" \($0)") })</button></form>
        """
    }
}

/// Hidden inputs for a form.
func hiddenFields(_ pairs: [(name: String, value: String)]) -> HTML {
    pairs.html { "<input type=\"hidden\" name=\"\($0.name)\" value=\"\($0.value)\">" }
}

/// Words for people who listen; on the page they take no room.
public func unseen(_ words: String) -> HTML { "<span class=\"unseen\">\(words)</span>" }
