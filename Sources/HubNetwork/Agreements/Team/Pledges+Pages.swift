internal import Civil
internal import Directory
internal import House
internal import Page
internal import Store

extension Network {
    /// The pledges and agreements of a hub, and making a new one.
    var pledgeRoutes: [Route] {
        let base = "/staff/network/{hub}/pledges"
        let one = "\(base)/{agreement}"
        return [
            route(.get, "/staff/pledges", .seePledges, "Pledges and agreements: choose a hub") { room, _ in
                try await room.chooseHub(for: .pledges)
            },
            route(.get, base, .seePledges, "A hub’s pledges and agreements", at: Self.atHub) { try await $0.pledgesPage($1) },
            route(.get, "\(base)/new", .writePledges, "Begin a pledge or an agreement", at: Self.atHub) {
                try await $0.newPledgePage($1, errors: FieldErrors())
            },
            route(.post, "\(base)/new", .writePledges, "Begin a pledge or an agreement", at: Self.atHub) { try await $0.makePledge($1) },
            route(.get, one, .seePledges, "A pledge or an agreement", at: Self.atAgreement) { try await $0.agreementPage($1) },
            route(.post, "\(one)/close", .writePledges, "Close a pledge for signing", at: Self.atAgreement) {
                try await $0.setOpen($1, isOpen: false)
            },
            route(.post, "\(one)/reopen", .writePledges, "Open a pledge for signing again", at: Self.atAgreement) {
                try await $0.setOpen($1, isOpen: true)
            },
        ]
    }

    private func pledgesPage(_ request: Request) async throws -> Answer {
        let today = tools.clock.today
        let slug = request.parameter("hub")
        let (hub, pictures) = try await tools.database.read { session in
            let ground = try HubGround.of(slug, on: today, session)
            return (
                ground,
                try Agreements.of(hub: ground.id, session).map {
                    SigningPicture(agreement: $0, hub: ground, signatures: try Signatures.of($0, session), today: today)
                }
            )
        }
        let base = "/staff/network/\(slug)/pledges"
        var frame = frame("Pledges and agreements of \(hub.name)", hub: slug, section: .pledges)
        frame.lead = "What settings promise one another and the hub, who has signed, and who has not."
        frame.notices = request.query["done"] == "discarded" ? [.success("The draft is gone.")] : []
        let mayWrite = may(.writePledges, hub: hub.id)
        if mayWrite, !pictures.isEmpty { frame.action = Action("Write another", "\(base)/new") }
        frame.content =
            pictures.isEmpty
            ? EmptyState(
                "No pledge yet",
                "A pledge is a few promises that every setting can sign, on its page, at an event by phone, or on paper. You start from a sample and write it your way.",
                action: mayWrite ? Action("Write the hub’s pledge", "\(base)/new") : nil, picture: .letter
            ).html
            : pictures.html { pledgeCard($0, slug) }
        return .page(frame.html)
    }

    private func pledgeCard(_ picture: SigningPicture, _ slug: String) -> HTML {
        let agreement = picture.agreement
        let path = agreement.path(slug)
        let state: HTML =
            "<p>\(agreement.kind.name) \(agreement.tag)\(agreement.draft != nil && agreement.current != nil ? " \(Tag("A draft is open", .note))" as HTML : HTML())</p>"
        var card = Card(agreement.title, "\(state)\(agreement.current == nil ? HTML() : signingFacts(picture, slug).html)")
        card.link = Link("Open “\(agreement.title)”", agreement.current == nil ? "\(path)/draft" : path)
        return card.html
    }

    /// Both counts, everywhere: signatures of people, and the settings behind them.
    func signingFacts(_ picture: SigningPicture, _ slug: String) -> Facts {
        let settings = "\(picture.agreement.path(slug))/settings"
        let signed = picture.settings(.signed).count
        let all = picture.hub.settings.count
        var facts = [
            Fact(grouped(picture.counting.count), "signatures that count", href: "\(picture.agreement.path(slug))/signatures"),
            Fact(grouped(picture.people), picture.people == 1 ? "person" : "people"),
            Fact(
                grouped(signed), "of \(grouped(all)) settings have signed\(picture.share.map { ", \($0)%" } ?? "")",
                href: "\(settings)?show=signed"),
            Fact(grouped(picture.settings(.missing).count), "settings have not", href: "\(settings)?show=missing"),
        ]
        let due = picture.settings(.due).count
        if due > 0 { facts.append(Fact(grouped(due), "to renew", href: "\(settings)?show=due", isDue: true)) }
        let waiting = picture.waiting.count
        if waiting > 0 {
            facts.append(
                Fact(
                    grouped(waiting), "wait for the hub’s signature", href: "\(picture.agreement.path(slug))/signatures?show=waiting",
                    isDue: true))
        }
        return Facts(facts)
    }

    // MARK: A new one

    private static let starts: [(value: String, label: String, hint: String)] = [
        (
            "sample-pledge", "A pledge, from our sample",
            "Four aims: talking with each other, flexible hours, easy moves, learning together."
        ),
        (
            "sample-collaboration", "A collaboration agreement, from our sample",
            "Who does what, and how we treat each other. The hub signs it too."
        ),
        ("pledge", "A pledge, from an empty page", ""), ("collaboration", "A collaboration agreement, from an empty page", ""),
    ]

    private func newPledgePage(_ request: Request, errors: FieldErrors) async throws -> Answer {
        let slug = request.parameter("hub")
        let base = "/staff/network/\(slug)/pledges"
        let choices = Self.starts.map { Choice($0.value, $0.label, hint: $0.hint.isEmpty ? nil : $0.hint) }
        var form = Form.post("\(base)/new", "Begin the draft", fields: [.radios("start", "What do you want to write?", choices: choices)])
        form.errors = errors
        form.cancel = Link("Leave it", base)
        var frame = frame("A new pledge or agreement", hub: slug, section: .pledges, content: form.html)
        frame.breadcrumbs = [Link("Pledges and agreements", base)]
        frame.lead = "You get a draft to change as you like. Nobody sees it before you publish it."
        frame.errors = errors
        return .page(frame.html, status: errors.isEmpty ? 200 : 422)
    }

    private func makePledge(_ request: Request) async throws -> Answer {
        var reader = FormReader(request.form)
        let start = reader.choice("start", from: Self.starts.map(\.value), missing: "Choose what you want to write.")
        guard let start else { return try await newPledgePage(request, errors: reader.errors) }
        let tools = tools
        let slug = request.parameter("hub")
        let id = try await tools.database.write { session in
            let hub = try Network.hubID(request, session)
            let name = try Directory.hubs(session).first { $0.id == hub }?.name ?? "our hub"
            let text: AgreementText =
                switch start {
                case "sample-pledge": .samplePledge(of: name)
                case "sample-collaboration": .sampleCollaboration(of: name)
                case "pledge": AgreementText(title: "Our pledge", renews: true)
                default: AgreementText(title: "Our collaboration agreement", needsBoth: true)
                }
            return try Agreements.create(start.hasSuffix("pledge") ? .pledge : .collaboration, text, hub: hub, tools, session)
        }
        return .redirect(to: "/staff/network/\(slug)/pledges/\(id)/draft")
    }

    private func setOpen(_ request: Request, isOpen: Bool) async throws -> Answer {
        let tools = tools
        let id = request.parameter("agreement")
        try await tools.database.write { try Agreements.set(isOpen: isOpen, id, tools, $0) }
        return .redirect(to: "/staff/network/\(request.parameter("hub"))/pledges/\(id)?done=\(isOpen ? "reopened" : "closed")")
    }
}
