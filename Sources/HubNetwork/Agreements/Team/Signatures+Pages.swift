internal import Civil
internal import Directory
internal import House
internal import Identity
internal import Page
internal import Pictures
internal import Store

extension Network {
    /// Signatures one by one: striking out, bringing back, signing for the hub, saying which setting was meant.
    var signatureRoutes: [Route] {
        let all = "/staff/network/{hub}/pledges/{agreement}"
        let one = "\(all)/signatures/{signature}"
        return [
            route(.get, "\(all)/signatures", .seePledges, "The signatures of a pledge", at: Self.atAgreement) {
                try await $0.signaturesPage($1)
            },
            route(.post, "\(all)/countersign", .writePledges, "Sign for the hub, all that wait", at: Self.atAgreement) {
                try await $0.countersign($1)
            },
            route(.get, one, .seePledges, "A signature", at: Self.atAgreement) { try await $0.signaturePage($1, errors: FieldErrors()) },
            route(.post, "\(one)/withdraw", .enterPledges, "Strike a signature out", at: Self.atAgreement) { try await $0.withdraw($1) },
            route(.post, "\(one)/restore", .enterPledges, "Bring a signature back", at: Self.atAgreement) { try await $0.restore($1) },
            route(.post, "\(one)/match", .enterPledges, "Say which setting a signature means", at: Self.atAgreement) {
                try await $0.match($1)
            },
            route(.get, "\(one)/photo", .seePledges, "The photo of a signed paper", at: Self.atAgreement) {
                try await $0.signaturePhoto($1)
            },
        ]
    }

    private func signaturesPage(_ request: Request) async throws -> Answer {
        let today = tools.clock.today
        let slug = request.parameter("hub")
        let (picture, titles) = try await tools.database.read { session in
            let picture = try SigningPicture.of(request.parameter("agreement"), hub: slug, on: today, session)
            return (picture, try Directory.titles(of: picture.signatures.compactMap(\.settingID), session))
        }
        let agreement = picture.agreement
        let path = "\(agreement.path(slug))/signatures"
        let show = request.query["show"] ?? ""
        let shown: [Signature] =
            switch show {
            case "waiting": picture.waiting
            case "unmatched": picture.unmatched
            case "withdrawn": picture.signatures.filter { $0.withdrawal != nil }
            default: picture.signatures.filter(\.isStanding)
            }
        var frame = frame("Signatures of “\(agreement.title)”", hub: slug, section: .pledges)
        frame.breadcrumbs = [Link("Pledges and agreements", "/staff/network/\(slug)/pledges"), Link(agreement.title, agreement.path(slug))]
        frame.lead = """
            \(grouped(picture.counting.count)) \(picture.counting.count == 1 ? "signature counts" : "signatures count"), by \
            \(grouped(picture.people)) \(picture.people == 1 ? "person" : "people") for \(grouped(picture.providers)) \
            \(picture.providers == 1 ? "setting" : "settings").
            """
        if request.query["done"] == "countersigned" { frame.notices = [.success("Signed for the hub.")] }
        let views: [(String, String)] = [
            ("", "All that stand"), ("waiting", "Waiting for the hub"), ("unmatched", "Setting not found"), ("withdrawn", "Taken back"),
        ]
        let links = views.map { Link($0.1, $0.0.isEmpty ? path : "\(path)?show=\($0.0)", current: show == $0.0) }
        let address = PageAddress(path, show.isEmpty ? [] : [("show", show)])
        let paging = Paging(
            page: request.query["page"].flatMap { Int($0) } ?? 1, size: 25, total: shown.count, address: address, what: "signatures")
        var table = Table(
            "Signatures",
            columns: [
                Table.Column("Who"), Table.Column("For"), Table.Column("On"), Table.Column("How"), Table.Column("State"),
            ],
            rows: shown[paging.range].map { signature in
                let setting = signature.settingID.flatMap { titles[$0] } ?? "“\(signature.settingWords ?? "")”"
                let state: Tag = signature.withdrawal != nil ? Tag("Taken back", .bad) : picture.state(of: signature)?.tag ?? Tag("Renewed")
                return Table.Row([
                    "<a href=\"\(link: "\(path)/\(signature.id)")\"><bdi>\(signature.shownName)</bdi></a>\(signature.role.isEmpty ? nil : "<br><span class=\"quiet\">\(signature.role)</span>" as HTML?)",
                    "<bdi>\(setting)</bdi>", "\(signature.day.medium)", "\(signature.how.short)", state.html,
                ])
            })
        table.isCaptionHidden = true
        table.paging = paging
        table.empty = "<p class=\"quiet-line\">No signature here.</p>"
        let all: HTML? =
            show == "waiting" && !shown.isEmpty && may(.writePledges, hub: agreement.hubID)
            ? Button("Sign all \(shown.count) for the hub", action: "\(agreement.path(slug))/countersign").html : nil
        frame.content = "\(Filters("Show", links))\(all)\(table)"
        return .page(frame.html)
    }

    private func countersign(_ request: Request) async throws -> Answer {
        let tools = tools
        let slug = request.parameter("hub")
        let id = request.parameter("agreement")
        let one = request.form["signature"]
        let path = try await tools.database.write { session in
            let agreement = try Agreements.with(id: id, session)
            let waiting = try Signatures.of(agreement, session).filter { signature in
                signature.state(agreement, on: tools.clock.today) == .waiting && (one == nil || one == signature.id)
            }
            let signed = try Signatures.countersign(waiting.map(\.id), agreement, name: tools.asker.name, tools, session)
            for signature in signed {
                guard let person = signature.personID, let setting = signature.settingID else { continue }
                try tools.tell(
                    person,
                    News(
                        "The hub signed “\(agreement.title)” too", ["It stands from now on. Your setting’s certificate is ready."],
                        path: "/own/\(setting)/pledges/\(id)"), session)
            }
            return agreement.path(slug)
        }
        return .redirect(to: one.map { "\(path)/signatures/\($0)?done=countersigned" } ?? "\(path)/signatures?done=countersigned")
    }

    private func withdraw(_ request: Request) async throws -> Answer {
        var reader = FormReader(request.form)
        let because = reader.text("because", missing: "Say why: it stays beside the signature.", max: 500)
        guard let because else { return try await signaturePage(request, errors: reader.errors) }
        let tools = tools
        let (id, signature) = (request.parameter("agreement"), request.parameter("signature"))
        try await tools.database.write { session in
            try Signatures.withdraw(signature, because: because, Agreements.with(id: id, session), tools, session)
        }
        return .redirect(to: signaturePath(request, done: "withdrawn"))
    }

    private func restore(_ request: Request) async throws -> Answer {
        let tools = tools
        let (id, signature) = (request.parameter("agreement"), request.parameter("signature"))
        try await tools.database.write { try Signatures.restore(signature, Agreements.with(id: id, $0), tools, $0) }
        return .redirect(to: signaturePath(request, done: "restored"))
    }

    private func match(_ request: Request) async throws -> Answer {
        let tools = tools
        let today = tools.clock.today
        let (id, signature) = (request.parameter("agreement"), request.parameter("signature"))
        let wanted = request.form["setting"] ?? ""
        let isMatched = try await tools.database.write { session -> Bool in
            let ground = try HubGround.of(request.parameter("hub"), on: today, session)
            guard ground.settings.contains(where: { $0.id == wanted }) else { return false }
            try Signatures.match(signature, to: wanted, Agreements.with(id: id, session), tools, session)
            return true
        }
        guard isMatched else {
            var errors = FieldErrors()
            errors.add("setting", "Choose a setting of this hub.")
            return try await signaturePage(request, errors: errors)
        }
        return .redirect(to: signaturePath(request, done: "matched"))
    }

    private func signaturePath(_ request: Request, done: String) -> String {
        "/staff/network/\(request.parameter("hub"))/pledges/\(request.parameter("agreement"))/signatures/\(request.parameter("signature"))?done=\(done)"
    }

    private func signaturePhoto(_ request: Request) async throws -> Answer {
        let id = request.parameter("signature")
        let picture = try await tools.database.read { session -> Picture? in
            guard let sheet = try Signatures.with(id: id, session)?.sheetID, let name = try SigningSheets.with(id: sheet, session).photo
            else {
                return nil
            }
            return try Pictures.named(name, in: session)
        }
        return try Network.answer(photo: picture)
    }

    /// A photo for the team alone.
    static func answer(photo: Picture?) throws -> Answer {
        guard let photo else { throw Refusal.notFound("There is no photo. Photos of signed papers are cleared away after a time.") }
        return Answer(contentType: photo.kind.contentType, headers: [("Cache-Control", "no-store")], body: photo.bytes)
    }
}
