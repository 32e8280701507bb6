internal import Civil
internal import Directory
internal import House
internal import Identity
internal import Page
internal import Store

extension Network {
    /// One pledge or agreement: who has signed, by kind of setting; the text in force; its versions; what can be done.
    func agreementPage(_ request: Request) async throws -> Answer {
        let today = tools.clock.today
        let slug = request.parameter("hub")
        let (picture, events, sheets) = try await tools.database.read { session in
            let picture = try SigningPicture.of(request.parameter("agreement"), hub: slug, on: today, session)
            return (
                picture, try SigningEvents.of(picture.agreement, session), try SigningSheets.waiting(picture.agreement, session)
            )
        }
        let agreement = picture.agreement
        let path = agreement.path(slug)
        guard let current = agreement.current else { return .redirect(to: "\(path)/draft") }
        let mayWrite = may(.writePledges, hub: agreement.hubID)
        let mayEnter = may(.enterPledges, hub: agreement.hubID)
        var frame = frame(agreement.title, hub: slug, section: .pledges)
        frame.breadcrumbs = [Link("Pledges and agreements", "/staff/network/\(slug)/pledges")]
        frame.lead = "\(agreement.kind.name), version \(current.number). \(agreement.tag)"
        frame.trail = tools.trail(of: "agreement:\(agreement.id)")
        frame.notices = agreementNotices(request.query) + pending(picture, sheets, slug, mayEnter: mayEnter)
        if mayEnter, agreement.isOpen { frame.action = Action("Let people sign at an event", "\(path)/events") }
        let text = Card("What is signed", "\(AgreementPiece(current.text))\(seal(current))")
        let doing = mayEnter || mayWrite ? deskCard(agreement, events, slug, mayWrite: mayWrite, mayEnter: mayEnter) : nil
        frame.content = "\(signingFacts(picture, slug))\(Columns("\(doing)\(text)", "\(kinds(picture, slug))\(versions(agreement, slug))"))"
        return .page(frame.html)
    }

    private func agreementNotices(_ query: FormData) -> [Notice] {
        switch query["done"] {
        case "published": [.success("Published. It can be signed from now on, and its text never changes.")]
        case "closed": [.success("Closed. Nobody can sign it, and nobody is missed in it.")]
        case "reopened": [.success("Open for signing again.")]
        case "signed": [.success("Saved.")]
        default: []
        }
    }

    private func pending(_ picture: SigningPicture, _ sheets: [SigningSheet], _ slug: String, mayEnter: Bool) -> [Notice] {
        guard mayEnter else { return [] }
        let path = picture.agreement.path(slug)
        var notices: [Notice] = []
        let unmatched = picture.unmatched.count
        if unmatched > 0 {
            notices.append(
                .warning(
                    "\(unmatched) \(unmatched == 1 ? "signature names" : "signatures name") a setting we did not find.",
                    "<a href=\"\(link: "\(path)/signatures?show=unmatched")\">Say which settings they mean</a>"))
        }
        for sheet in sheets {
            notices.append(
                .note(
                    "A sheet of \(sheet.lines.count) \(sheet.lines.count == 1 ? "signature" : "signatures") is typed and not yet saved.",
                    "<a href=\"\(link: "\(path)/sheets/\(sheet.id)")\">Look at it and save it</a>"))
        }
        return notices
    }

    /// The fingerprint, and whether the text is still what it was taken of.
    func seal(_ version: Agreement.Version) -> HTML {
        guard let fingerprint = version.fingerprint else { return "" }
        let state: HTML =
            version.isWhole
            ? "\(Tag("Unchanged", .good)) since \(version.publishedAt?.dayInLondon.medium ?? "")."
            : "\(Tag("Changed", .bad)) The text is not the one that was published. Ask whoever runs the program to look into it."
        return Disclosure(
            "How we know that the text has not changed",
            """
            <p>\(state) Its fingerprint (SHA-256) is <code class="fingerprint">\(fingerprint)</code>; every signature keeps it. Save the \
            text and check it with any program that makes such fingerprints.</p>
            """
        ).html
    }

    private func deskCard(_ agreement: Agreement, _ events: [SigningEvent], _ slug: String, mayWrite: Bool, mayEnter: Bool) -> Card {
        let path = agreement.path(slug)
        var items: [HTML] = []
        if mayEnter, agreement.isOpen {
            items.append("<li><a href=\"\(link: "\(path)/paper")\">Enter one signature from paper</a></li>")
            items.append("<li><a href=\"\(link: "\(path)/sheet")\">Enter a whole sheet of signatures</a></li>")
            for event in events.prefix(5) {
                items.append(
                    "<li><a href=\"\(link: "\(path)/events/\(event.id)")\">Code for “<bdi>\(event.title)</bdi>”</a>, \(event.days) \(event.tag(on: tools.clock.today))</li>"
                )
            }
        }
        if mayWrite {
            items.append(
                agreement.draft != nil
                    ? "<li><a href=\"\(link: "\(path)/draft")\">Go on with the draft of version \(agreement.draft?.number ?? 0)</a></li>"
                    : "<li>\(Button("Write the next version", action: "\(path)/draft", style: .quiet))</li>")
            items.append(
                agreement.isOpen
                    ? "<li>\(Button("Close it for signing", action: "\(path)/close", style: .small))</li>"
                    : "<li>\(Button("Open it for signing again", action: "\(path)/reopen", style: .quiet))</li>")
        }
        return Card("What you can do", "<ul class=\"listing\">\(items)</ul>")
    }

    /// The kinds of settings side by side, so that none is overlooked.
    private func kinds(_ picture: SigningPicture, _ slug: String) -> Card? {
        if picture.hub.settings.isEmpty { return nil }
        let settings = "\(picture.agreement.path(slug))/settings"
        let groups = Dictionary(grouping: picture.hub.settings, by: \.type).sorted {
            ($1.value.count, $0.key.rawValue) < ($0.value.count, $1.key.rawValue)
        }
        var table = Table(
            "Who has signed, by kind",
            columns: [
                Table.Column("Kind"), Table.Column("Settings", align: .number), Table.Column("Signed", align: .number),
                Table.Column("Not signed", align: .number),
            ],
            rows: groups.map { type, places in
                let signed = places.count { SigningPicture.Group.signed.holds(picture.states[$0.id]) }
                let missing = places.count { SigningPicture.Group.missing.holds(picture.states[$0.id]) }
                func link(_ group: SigningPicture.Group, _ count: Int) -> HTML {
                    let address = PageAddress(settings, [("show", group.rawValue), ("type", type.rawValue)])
                    return
                        "<a href=\"\(link: address.href)\">\(grouped(count))\(unseen(" \(type.plural.lowercased()), \(group.words.lowercased())"))</a>"
                }
                return Table.Row([
                    "\(type.mark.icon()) \(type.plural)", "\(grouped(places.count))", link(.signed, signed), link(.missing, missing),
                ])
            })
        table.isCaptionHidden = true
        table.isCompact = true
        return Card("By kind of setting", table.html)
    }

    private func versions(_ agreement: Agreement, _ slug: String) -> Card {
        let items = agreement.versions.filter { !$0.isDraft }.reversed().html { version in
            let when = version.publishedAt.map { ", published on \($0.dayInLondon.medium)" } ?? ""
            return
                "<li><a href=\"\(link: "\(agreement.path(slug))/versions/\(version.id)")\">Version \(version.number)</a>\(when)\(version.asksAgain && version.number > 1 ? ", signed anew" : "")</li>"
        }
        return Card("Versions", "<ul class=\"listing\">\(items)</ul>")
    }
}

extension SigningEvent {
    func tag(on today: Day) -> Tag {
        switch state(on: today) {
        case .open: Tag("Open now", .good)
        case .notYet: Tag("Not yet", .note)
        case .over: Tag("Over", .plain)
        case .closed: Tag("Closed", .plain)
        }
    }
}
