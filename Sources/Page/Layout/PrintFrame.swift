/// A document to hand round a room: letters, sign-in sheets, directories, certificates. A4, for WeasyPrint and for a
/// browser's own printing; the page numbers and running lines come from `@page` in `paper.css`.
public struct PrintFrame: Component {
    /// What kind of paper it is.
    public enum Kind: String, Sendable {
        /// A list, a plan or a report.
        case plain
        /// A letter with room for an address and a signature.
        case letter
        /// Cards to cut out, such as table cards.
        case cards
        /// One page with a frame round it.
        case certificate
    }

    public var site: String
    public var heading: String
    public var content: HTML
    /// The hub's own logo.
    public var logo: InlinePicture?
    /// The funder's line at the foot of every page.
    public var funder: String?
    /// Beside the line.
    public var funderLogo: InlinePicture?
    /// The colour of the mark, as `#5b2a6e`; ours when nil. WeasyPrint gives the mark no colour from a stylesheet.
    public var markColour: String?
    /// One more stylesheet: its address for a browser, and what is in it for a document that carries its styles.
    public var stylesheet: (path: String, content: HTML)?
    /// "As on Tuesday 3 March 2026".
    public var dateLine: String?
    public var lead: HTML?
    /// To whom a letter goes, one line each.
    public var address: String?
    public var isLandscape = false
    public var kind = Kind.plain
    public var language = "en"
    /// Puts the stylesheet into the document, for WeasyPrint, which then needs no server. Never for a browser: the
    /// security policy forbids styles inside a page.
    public var carriesStyles = false

    public init(site: String, heading: String, content: HTML) {
        self.site = site
        self.heading = heading
        self.content = content
    }

    /// The funder's line comes first in the document, because a running element is repeated only from where it stands.
    public var html: HTML {
        """
        <!doctype html>
        <html lang="\(language)"><head><meta charset="utf-8"><title>\(heading) – \(site)</title>\
        <meta name="viewport" content="width=device-width, initial-scale=1">\(styles)</head>\
        <body class="paper \(kind.rawValue)\(isLandscape ? " landscape" : "")">\
        <footer class="funder"><p>\(funderLogo)\(funder ?? site)</p></footer>\
        <header class="letterhead"><p class="site">\(hearth(colour: markColour ?? "#5B2A6E"))<bdi>\(site)</bdi></p>\
        \(logo)</header>\
        <main>\(address.map { "<p class=\"address\">\($0)</p>" as HTML })\(dateLine.map { "<p class=\"date\">\($0)</p>" as HTML })<h1><bdi>\(heading)</bdi></h1>\
        \(lead.map { "<p class=\"lead\">\($0)</p>" as HTML })\(content)</main></body></html>

        """
    }

    /// The stylesheet, by address or in the document itself.
    var styles: HTML {
        guard carriesStyles else {
            let more = stylesheet.map { "<link rel=\"stylesheet\" href=\"\(link: $0.path)\">" as HTML }
            return "<link rel=\"stylesheet\" href=\"\(Assets.path("paper.css"))\">\(more)"
        }
        return "<style>\(HTML(bytes: Assets.paper))\(stylesheet?.content)</style>"
    }
}
