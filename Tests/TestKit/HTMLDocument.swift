/// A page as a tree, read forgivingly: what a browser would show, near enough to walk and to check.
public struct HTMLDocument: Sendable {
    /// Holds everything; its tag is empty.
    public let root: Element
    /// Whether it begins with `<!doctype html>`.
    public let hasDoctype: Bool

    public init(_ source: String) {
        var reader = HTMLReader(source)
        root = reader.read()
        hasDoctype = reader.hasDoctype
    }

    /// Bytes that are not UTF-8 become U+FFFD.
    public init(_ bytes: some Collection<UInt8>) { self.init(String(decoding: bytes, as: UTF8.self)) }

    /// Every element of that tag in the order of the page; all elements without one.
    public func all(_ tag: String? = nil) -> [Element] { root.all(tag) }

    public func first(_ tag: String) -> Element? { root.all(tag).first }

    public func element(id: String) -> Element? { root.all().first { $0["id"] == id } }

    /// The document's title.
    public var title: String { first("title")?.text ?? "" }

    /// The words of the `h1`.
    public var heading: String { first("h1")?.text ?? "" }

    /// All words a person sees or hears, white space closed up.
    public var text: String { first("body")?.text ?? root.text }
}

/// An element of a page.
public struct Element: Sendable {
    public enum Node: Sendable {
        case element(Element)
        case text(String)
    }

    /// In lower case.
    public let tag: String
    /// In the order they stand; names in lower case, values decoded.
    public let attributes: [(name: String, value: String)]
    public internal(set) var nodes: [Node] = []

    public subscript(name: String) -> String? { attributes.first { $0.name == name }?.value }

    public func has(_ name: String) -> Bool { self[name] != nil }

    /// The child elements.
    public var children: [Element] {
        nodes.compactMap { if case .element(let element) = $0 { element } else { nil } }
    }

    /// This element's descendants of a tag, or all, in the order of the page.
    public func all(_ tag: String? = nil) -> [Element] {
        var found: [Element] = []
        collect(tag, into: &found)
        return found
    }

    private func collect(_ tag: String?, into found: inout [Element]) {
        for child in children {
            if tag == nil || child.tag == tag { found.append(child) }
            child.collect(tag, into: &found)
        }
    }

    /// The words in it, white space closed up. Scripts, styles and pictures' titles are no words.
    public var text: String {
        var raw = ""
        gather(&raw)
        return raw.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    private static let blocks: Set<String> = [
        "p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "td", "th", "tr", "dt", "dd", "section", "br", "option",
        "label", "legend", "nav", "main", "header", "footer", "figure", "caption", "summary", "form",
    ]

    private func gather(_ raw: inout String) {
        if ["script", "style", "title"].contains(tag) && tag != "" && !raw.isEmpty { return }
        for node in nodes {
            switch node {
            case .text(let text): raw += text
            case .element(let child):
                if ["script", "style", "defs"].contains(child.tag) { continue }
                if child.tag == "title" && tag != "head" { continue }
                let isBlock = Self.blocks.contains(child.tag)
                if isBlock { raw += " " }
                child.gather(&raw)
                if isBlock { raw += " " }
            }
        }
    }

    /// What a screen reader calls it: `aria-label`, its words, the names of pictures in it.
    public var name: String {
        if let label = self["aria-label"], !label.isBlank { return label }
        let words = ([text] + all("img").compactMap { $0["alt"] } + all("svg").compactMap { $0["aria-label"] })
            .filter { !$0.isBlank }
        if !words.isEmpty { return words.joined(separator: " ") }
        return self["title"] ?? ""
    }
}

extension String {
    /// Nothing but white space.
    var isBlank: Bool { allSatisfy(\.isWhitespace) }
}
