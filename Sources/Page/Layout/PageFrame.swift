/// The one layout every page stands in. Fill in what the page has; the rest leaves no trace.
public struct PageFrame: Component {
    /// The hub's name.
    public var site: String
    public var siteHref = "/"
    /// The address of the hub's own logo, beside the mark.
    public var logo: String?
    /// The `h1`: where you are, in the words of the work.
    public var heading: String
    /// The document's title when it should say more than the heading.
    public var title: String?
    /// The rooms of the house, down the left on wide screens and at the foot on phones.
    public var rooms: [Link] = []
    /// The commonest places, in the bar at the thumb on phones; the first four are shown.
    public var places: [Link] = []
    /// The way back, outermost first, without the page itself.
    public var breadcrumbs: [Link] = []
    /// The other pages about the same thing, in a line under the heading: one is where the person is.
    public var sections: [Link] = []
    /// A sentence under the heading.
    public var lead: HTML?
    /// The one thing most people come here to do.
    public var action: Action?
    public var notices: [Notice] = []
    /// Drawn as "There is a problem" on top; the title then starts with "Problem:".
    public var errors = FieldErrors()
    public var content: HTML
    /// At most one helpful column on the right.
    public var aside: HTML?
    public var account: Account?
    /// Where all that was written about the thing of this page can be read.
    public var trail: Link?
    /// What was searched for; `nil` leaves the search box out.
    public var search: String? = ""
    public var searchHref = "/settings"
    /// BCP 47 code of the page's language; right-to-left languages turn the page round.
    public var language = "en"
    /// Where the facts come from, one line each.
    public var attribution: [HTML] = []
    /// A line above every page, where something holds for all of them.
    public var banner: HTML?
    /// What a hub itself says at the foot of its pages.
    public var footing = HTML()
    public var accessibleFormatsHref = "/accessible-formats"
    /// Loads the page again after so many seconds; for pages that show progress.
    public var refreshSeconds: Int?
    /// Names of our own scripts, such as `map.js`.
    public var scripts: [String] = []
    /// More stylesheets by address, such as a hub's own colour.
    public var stylesheets: [String] = []
    /// Whether the bar on top carries a line in the colour of the page, as the pages of a hub do.
    public var hasColourLine = false
    /// Other addresses of the same facts, such as JSON or CSV: title, type, address.
    public var alternates: [(title: String, type: String, href: String)] = []
    /// Whether search engines may list the page.
    public var isListed = true

    public init(site: String, heading: String, content: HTML = "") {
        self.site = site
        self.heading = heading
        self.content = content
    }

    /// The whole document.
    public var html: HTML {
        """
        <!doctype html>
        <html lang="\(language)"\(attribute: "dir", value: isRightToLeft ? "rtl" : nil)>\(head)<body>\
        <a class="skip" href="#main">Skip to the main part of the page</a>\
        \(banner.map { "<aside class=\"banner\" aria-label=\"About this site\">\($0)</aside>" as HTML })\
        \(top)<div class="wrap">\(roomList)\(mainPart)</div>\(foot)\(thumbBar)</body></html>

        """
    }

    private var isRightToLeft: Bool {
        ["ar", "fa", "he", "ps", "sd", "ur", "yi"].contains(String(language.prefix { $0 != "-" }).lowercased())
    }
}

/// The person who is signed in.
public struct Account: Sendable, Equatable {
    public var name: String
    /// What they are here: "Hub coordinator".
    public var role: String
    public var href: String
    /// What else they are and may be with one press: the words, and the hidden fields of the form.
    public var others: [Other] = []
    /// Where the form of `others` is sent.
    public var changeAction = ""

    public init(name: String, role: String, href: String) {
        self.name = name
        self.role = role
        self.href = href
    }

    /// Another of their roles.
    public struct Other: Sendable, Equatable {
        public var label: String
        public var value: String

        public init(_ label: String, value: String) {
            self.label = label
            self.value = value
        }
    }

    /// Where the button that signs out sends its form; nil leaves it out.
    public var signOutAction: String?

    /// The page to come back to, sent along with the form.
    public var back = ""
}
