internal import Civil
internal import Directory
internal import House
internal import Identity
internal import Page
internal import Store

extension Network {
    private struct SignatureReading: Sendable {
        let agreement: Agreement
        let signature: Signature
        let hub: HubGround
        let title: String?
        let event: SigningEvent?
        let hasPhoto: Bool
        let names: [String: String]
    }

    private func readSignature(_ request: Request) async throws -> SignatureReading {
        let today = tools.clock.today
        return try await tools.database.read { session in
            guard let signature = try Signatures.with(id: request.parameter("signature"), session) else { throw Agreements.none }
            let names = try PeopleBook.names([signature.by, signature.withdrawal?.by ?? ""], session)
            return SignatureReading(
                agreement: try Agreements.with(id: request.parameter("agreement"), session), signature: signature,
                hub: try HubGround.of(request.parameter("hub"), on: today, session),
                title: try signature.settingID.flatMap { try Directory.titles(of: [$0], session)[$0] },
                event: try signature.eventID.map { try SigningEvents.with(id: $0, session) },
                hasPhoto: try signature.sheetID.map { try SigningSheets.with(id: $0, session).photo != nil } ?? false, names: names)
        }
    }

    /// One signature with all that is known of it, and what may be done.
    func signaturePage(_ request: Request, errors: FieldErrors) async throws -> Answer {
        let reading = try await readSignature(request)
        let (agreement, signature) = (reading.agreement, reading.signature)
        let slug = reading.hub.slug
        let path = "\(agreement.path(slug))/signatures/\(signature.id)"
        var frame = frame("Signature of \(signature.shownName)", hub: slug, section: .pledges)
        frame.breadcrumbs = [
            Link("Pledges and agreements", "/staff/network/\(slug)/pledges"), Link(agreement.title, agreement.path(slug)),
            Link("Signatures", "\(agreement.path(slug))/signatures"),
        ]
        frame.errors = errors
        frame.notices = signatureNotices(request.query["done"])
        let version = agreement.version(signature.versionID)
        let setting: HTML =
            signature.settingID.map {
                "<a href=\"/staff/network/\(segment: slug)/settings/\(segment: $0)\"><bdi>\(reading.title ?? "A setting")</bdi></a>"
            }
            ?? "“<bdi>\(signature.settingWords)</bdi>” \(Tag("Not found", .warning))"
        let how: HTML =
            "\(signature.how.words)\(reading.event.map { ", “\($0.title)”" })\(signature.how == .paper ? ", by \(reading.names[signature.by] ?? "the team")" : "")"
        var rows: [(String, HTML)] = [
            ("Name", "<bdi>\(signature.shownName)</bdi>"), ("Role, as written", "<bdi>\(signature.role)</bdi>"), ("For", setting),
            ("Signed on", "\(signature.day.medium)"), ("Received", "\(signature.at.shown)"), ("How", how),
            (
                "Text",
                "<a href=\"\(link: "\(agreement.path(slug))/versions/\(signature.versionID)")\">Version \(version?.number ?? 0)</a>, fingerprint <code class=\"fingerprint\">\(signature.fingerprint)</code>"
            ),
        ]
        if version?.text.needsBoth == true {
            rows.append(
                (
                    "For the hub",
                    signature.countersignedAt.map {
                        "<bdi>\(signature.countersignedName ?? "The hub lead")</bdi>, \($0.dayInLondon.medium)"
                    } ?? "\(Tag("Not yet", .note))"
                ))
        }
        if let withdrawal = signature.withdrawal {
            let by = reading.names[withdrawal.by] ?? "somebody of the setting"
            rows.append(("Taken back", "\(withdrawal.at.shown), by \(by). <q>\(withdrawal.because)</q>"))
        } else if signature.renewedBy != nil {
            rows.append(
                ("Renewed", "<a href=\"\(link: "\(agreement.path(slug))/signatures/\(signature.renewedBy ?? "")")\">See the newer one</a>"))
        }
        var facts = Details(rows)
        facts.unknown = "not said"
        let photo: HTML? =
            reading.hasPhoto
            ? Card(
                "The paper",
                "<a href=\"\(link: "\(path)/photo")\"><img class=\"paper-photo\" src=\"\(link: "\(path)/photo")\" alt=\"Photo of the signed paper\"></a>"
            ).html
            : nil
        let state = signature.state(agreement, on: tools.clock.today)
        frame.lead = "\(state.map { "\($0.words)." as HTML })"
        frame.content = Columns("\(Card(nil, facts.html))\(photo)", doing(reading, state, path, errors, request)).html
        return .page(frame.html, status: errors.isEmpty ? 200 : 422)
    }

    private func signatureNotices(_ done: String?) -> [Notice] {
        switch done {
        case "withdrawn": [.success("Struck out. It counts nowhere, and stays known with its reason.")]
        case "restored": [.success("It is back.")]
        case "matched": [.success("Saved.")]
        case "countersigned": [.success("Signed for the hub.")]
        case "already": [.warning("They have signed already: this is the signature.", "Nothing was added, and nothing is lost.")]
        case "entered": [.success("Saved.", "It stands with its name, role and day, and never changes.")]
        default: []
        }
    }

    private func doing(
        _ reading: SignatureReading, _ state: SigningRule.State?, _ path: String, _ errors: FieldErrors, _ request: Request
    ) -> HTML {
        let (agreement, signature) = (reading.agreement, reading.signature)
        var cards: [HTML] = []
        if state == .waiting, may(.writePledges, hub: agreement.hubID) {
            let button = Button(
                "Sign for the hub", action: "\(agreement.path(reading.hub.slug))/countersign", hidden: [("signature", signature.id)])
            cards.append(Card("The hub’s part", "<p>You sign as \(tools.asker.name), for \(reading.hub.name).</p>\(button)").html)
        }
        guard may(.enterPledges, hub: agreement.hubID) else { return cards.joined }
        if signature.settingID == nil, signature.withdrawal == nil {
            var form = Form.post(
                "\(path)/match", "That is the one",
                fields: [
                    .select(
                        "setting", "Which setting is it?", choices: reading.hub.settings.map { Choice($0.id, $0.title) },
                        prompt: "Choose a setting")
                ])
            form.errors = errors
            cards.append(Card("The setting was not found", form.html).html)
        }
        if signature.withdrawal != nil {
            cards.append(Card("It was struck out", Button("Bring it back", action: "\(path)/restore", style: .quiet).html).html)
        } else {
            var form = Form.post(
                "\(path)/withdraw", "Strike it out", fields: [.text("because", "Why?", hint: "For example: signed for the wrong setting.")])
            form.errors = errors
            form.values = request.method == .post ? request.form : nil
            let more = Disclosure("Strike it out", form.html, isOpen: errors["because"] != nil)
            cards.append(
                Card("Something is wrong with it", "<p>A signature is never changed. Strike it out, and let them sign again.</p>\(more)")
                    .html)
        }
        return cards.joined
    }
}
