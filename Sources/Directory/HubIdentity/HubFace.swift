internal import House
internal import Page
internal import Pictures
internal import Store

/// A hub as everybody sees it: what stands in the head and at the foot of its pages and papers.
struct HubFace: Sendable {
    let hub: Hub
    let identity: HubIdentity

    static func of(_ hub: Hub, _ session: any Session) throws -> HubFace {
        HubFace(hub: hub, identity: try HubIdentity.of(hub, session))
    }

    static func path(ofPicture name: String) -> String { "/pictures/\(name)" }

    /// Whom to ring, for the foot of every page of the hub. Empty until a number is there.
    var safeguarding: HTML {
        let places = identity.safeguarding.filter { $0.missing.count < Safeguarding.Number.allCases.count }
        guard !places.isEmpty else { return "" }
        let lists = places.html { place in
            let rows = Safeguarding.Number.allCases.compactMap { number in
                place[number].flatMap { Telephone($0) }.map { (number.label, HubFace.link($0)) }
            }
            return "\(places.count > 1 ? "<h3>\(place.name)</h3>" as HTML : HTML())\(Details(rows))"
        }
        let invented: HTML =
            identity.invented.isEmpty
            ? "" : "<p><b>These numbers are invented, to show how it looks. Nobody answers them.</b></p>"
        return """
            <section class="safeguarding" aria-labelledby="worried"><h2 id="worried">Worried about a child?</h2>\
            <p>If a child is in danger now, ring <a href="tel:999">999</a>. This site takes no reports: ring the people below.</p>\
            \(invented)\(lists)</section>
            """
    }

    static func link(_ number: Telephone) -> HTML { "<a href=\"\(link: "tel:\(number.dialled)")\">\(number.text)</a>" }

    /// Who pays for the hub, with their logo.
    var funder: HTML {
        guard identity.funder != nil || identity.funderLogo != nil else { return "" }
        let picture = identity.funderLogo.map { name in
            "<img src=\"\(link: HubFace.path(ofPicture: name))\" alt=\"\(identity.funder == nil ? "Our funder’s logo" : "")\">" as HTML
        }
        return "<p class=\"funded\">\(picture)<span>\(identity.funder)</span></p>"
    }

    /// What the hub says of itself, with its film.
    var about: HTML {
        let paragraphs = (identity.introduction ?? "").split(separator: "\n\n").html { "<p>\($0)</p>" }
        let words: HTML = paragraphs.isEmpty ? "" : Card("About us", paragraphs).html
        return "\(words)\(identity.videoAddress.flatMap { OutsideFilm($0, title: identity.videoTitle) })"
    }

    /// How to ask for another format.
    var contact: HTML { contact(withForm: true) }

    func contact(withForm: Bool) -> HTML {
        var rows: [(String, HTML)] = []
        if let number = identity.formatTelephone.flatMap({ Telephone($0) }) { rows.append(("Telephone", HubFace.link(number))) }
        if let email = identity.formatEmail { rows.append(("E-mail", "<a href=\"\(link: "mailto:\(email)")\">\(email)</a>")) }
        if let address = identity.formatAddress {
            let lines = address.split(separator: "\n")
            rows.append(("By letter", lines.enumerated().html { $0 == 0 ? "\($1)" : "<br>\($1)" }))
        }
        let form = PageAddress("/accessible-formats", [("hub", hub.slug)])
        if !withForm { return rows.isEmpty ? "" : Card("Or ring or write", Details(rows).html).html }
        return Card(
            "In another format",
            """
            <p>Large print, easy read, audio, British Sign Language or another language: <a href="\(link: form.href)">ask for it</a>, and \
            you hear from us within five working days.</p>\(rows.isEmpty ? HTML() : Details(rows).html)
            """
        ).html
    }

    /// The hub's own part of the foot.
    var foot: HTML {
        guard !(safeguarding.isEmpty && funder.isEmpty) else { return "" }
        return "<div class=\"hub-foot\">\(safeguarding)\(funder)</div>"
    }
}

extension PageFrame {
    /// Puts the hub's own name, logo, colours and foot on a page.
    mutating func wear(_ face: HubFace) {
        site = face.hub.name
        siteHref = face.hub.publicPath
        hasColourLine = true
        logo = face.identity.logo.map(HubFace.path(ofPicture:))
        stylesheets += face.identity.colours.map { [$0.path] } ?? []
        footing = face.foot
        accessibleFormatsHref = PageAddress("/accessible-formats", [("hub", face.hub.slug), ("about", heading)]).href
        if !face.hub.isOpen {
            notices.insert(
                .warning(
                    "Only your team sees this page.",
                    "The hub is not open to everybody yet. <a href=\"\(link: "\(face.hub.staffPath)/opening")\">What it needs to open</a>"),
                at: 0)
            isListed = false
        }
    }
}
