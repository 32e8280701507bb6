public import Page

/// What every page says of the house around it: the site's name and the doors of the rooms.
public struct Site: Sendable {
    public let name: String
    public let doors: [Door]
    /// How the outside reaches us, for links in letters: `https://hub.example.org`, without a slash at its end.
    public let address: String
    /// Everything here is invented, and anybody at this machine may enter as anybody.
    public let isDemo: Bool

    public init(name: String, doors: [Door], address: String = "http://127.0.0.1:8080", isDemo: Bool = false) {
        self.name = name
        self.doors = doors
        self.address = address
        self.isDemo = isDemo
    }

    /// What stands above every page of a demonstration.
    static let demoBanner: HTML = """
        A demonstration, for this machine only: everybody in it is invented. \
        <a href="/sign-in">Enter as somebody else</a>
        """

    /// What must be shown wherever the bundled registers and maps are used.
    public static let attribution: [HTML] = [
        """
        Contains Ofsted data, DfE “Get Information About Schools” data and MHCLG data © Crown copyright, Open Government \
        Licence v3.0. Contains OS data © Crown copyright and database right 2025. Contains Royal Mail data © Royal Mail \
        copyright and database right 2025. Source: Office for National Statistics licensed under the Open Government \
        Licence v3.0.
        """
    ]
}

extension Tools {
    /// The frame of a page: heading, the rooms for staff, the attribution below.
    public func frame(_ heading: String, for audience: Audience, at path: String, content: HTML = "") -> PageFrame {
        var frame = PageFrame(site: site.name, heading: heading, content: content)
        let doors = site.doors.filter { $0.audience == audience && $0.opens(for: asker) }
        let current = doors.map(\.path).filter { path == $0 || path.hasPrefix($0 + "/") }.max { $0.count < $1.count }
        frame.rooms = doors.map { Link($0.label, $0.path, current: $0.path == current) }
        frame.places = doors.filter(\.isCommon).map { Link($0.label, $0.path, current: $0.path == current) }
        if !asker.isStranger, asker.personID != nil {
            frame.account = Account(name: asker.name, role: asker.worn?.words ?? "No role yet", href: "/account")
            // Only a browser wears hats; a program does what all of them may.
            if case .session = asker.means {
                frame.account?.others = asker.hats.filter { $0.id != asker.worn?.id }.map { Account.Other($0.words, value: $0.id) }
                frame.account?.changeAction = "/account/hat"
                frame.account?.back = here ?? ""
                frame.account?.signOutAction = "/sign-out"
            }
        }
        if audience == .staff, let look { frame.wear(look) }
        frame.siteHref = audience == .staff ? "/start" : "/"
        // Who may not search as the hub's team does searches as everybody does.
        frame.searchHref = doors.contains { $0.path == "/staff/settings" } ? "/staff/settings" : "/settings"
        frame.search = ""
        frame.attribution = Site.attribution
        if site.isDemo { frame.banner = Site.demoBanner }
        return frame
    }
}
