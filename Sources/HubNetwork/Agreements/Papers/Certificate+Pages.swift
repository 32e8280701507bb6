internal import Civil
internal import Directory
internal import House
internal import Page
internal import Store

extension Network {
    /// What a setting that has signed hangs on its wall.
    var certificateRoutes: [Route] {
        let team = "/staff/network/{hub}/pledges/{agreement}/certificates/{id}"
        let own = "/own/{id}/pledges/{agreement}/certificate"
        return [
            route(.get, team, .seePledges, "The certificate of a setting that has signed", at: Self.atAgreement) {
                try await $0.certificatePage($1)
            },
            route(.get, "\(team)/certificate.pdf", .seePledges, "The certificate as a PDF", at: Self.atAgreement) {
                try await $0.certificatePDF($1)
            },
            route(.get, own, .signPledges, "The certificate of one’s own setting", at: Self.atOwnAgreement) {
                try await $0.certificatePage($1)
            },
            route(.get, "\(own)/certificate.pdf", .signPledges, "The certificate of one’s own setting as a PDF", at: Self.atOwnAgreement) {
                try await $0.certificatePDF($1)
            },
        ]
    }

    private struct Certificate: Sendable {
        let agreement: Agreement
        let paper: HubPaper
        let setting: String
        /// Those whose signatures count, the first to sign first.
        let signatures: [Signature]
        let until: Day?

        var version: Agreement.Version? { signatures.last.flatMap { agreement.version($0.versionID) } }
    }

    private func readCertificate(_ request: Request) async throws -> Certificate {
        let id = request.parameter("id")
        let today = tools.clock.today
        return try await tools.database.read { session in
            let agreement = try Agreements.with(id: request.parameter("agreement"), session)
            let all = try Signatures.of(agreement, setting: id, session)
            let counting = all.filter { $0.state(agreement, on: today)?.counts == true }
            guard !counting.isEmpty else {
                throw Refusal.notFound("There is no certificate yet: it comes once the setting has signed, and the hub where it signs too.")
            }
            var until: Day?
            switch SigningRule.best(counting.compactMap { $0.state(agreement, on: today) }) {
            case .holds(let end): until = end
            case .due(let end): until = end
            default: break
            }
            return Certificate(
                agreement: agreement, paper: try HubPaper.of(hub: agreement.hubID, session),
                setting: try Directory.titles(of: [id], session)[id] ?? "A setting", signatures: counting.reversed(), until: until)
        }
    }

    private func certificatePage(_ request: Request) async throws -> Answer {
        let certificate = try await readCertificate(request)
        if request.query["print"] != nil { return .page(drawn(certificate, carriesStyles: false)) }
        let isOwn = request.path.hasPrefix("/own")
        var frame = tools.frame("Certificate of \(certificate.setting)", for: .staff, at: isOwn ? "/own/pledges" : "/staff/network")
        let id = request.parameter("id")
        frame.breadcrumbs =
            isOwn
            ? [
                Link(certificate.setting, "/own/\(id)"),
                Link(certificate.agreement.title, "/own/\(id)/pledges/\(certificate.agreement.id)"),
            ]
            : [
                Link("Pledges and agreements", "/staff/network/\(certificate.paper.slug)/pledges"),
                Link(certificate.agreement.title, certificate.agreement.path(certificate.paper.slug)),
            ]
        frame.lead = "One page to hang up, with the hub’s name and logo."
        frame.action = Action("The certificate (PDF)", "\(request.path)/certificate.pdf")
        let names = certificate.signatures.html { "<li><bdi>\($0.signer)</bdi>, \($0.day.medium)</li>" }
        frame.content =
            Card(
                "What stands on it",
                """
                <p><strong><bdi>\(certificate.setting)</bdi></strong> has signed “\(certificate.agreement.title)”.</p><ul class="listing">\(names)</ul>\
                <p><a href="\(link: "\(request.path)?print=yes")">See it as a page to print</a></p>
                """
            ).html
        return .page(frame.html)
    }

    private func certificatePDF(_ request: Request) async throws -> Answer {
        let certificate = try await readCertificate(request)
        return try await pdf(
            drawn(certificate, carriesStyles: true), name: "certificate-\(SortKey.of(certificate.setting)).pdf", request,
            orPrint: "?print=yes")
    }

    private func drawn(_ certificate: Certificate, carriesStyles: Bool) -> HTML {
        let text = certificate.version?.text ?? AgreementText()
        // A long text would not leave room for those who signed it.
        let isShort = text.aims.reduce(0) { $0 + $1.count } < 1_100 && text.aims.count < 9
        let aims: HTML? = text.aims.isEmpty || !isShort ? nil : "<ol class=\"aims\">\(text.aims.html { "<li>\($0)</li>" })</ol>"
        let signers = certificate.signatures.prefix(4).html { "<br><bdi>\($0.signer)</bdi>, \($0.day.long)" }
        let more = certificate.signatures.count - 4
        let hub = certificate.signatures.compactMap(\.countersignedName).first
        let forHub: HTML? = hub.map { "<p>Signed for \(certificate.paper.name) by <bdi>\($0)</bdi></p>" }
        let until: HTML? = certificate.until.map { "<p class=\"quiet-line\">Holds until \($0.adding(days: -1).long)</p>" }
        var frame = PrintFrame(
            site: certificate.paper.name, heading: text.title,
            content: """
                <p class="name"><bdi>\(certificate.setting)</bdi></p>\(text.opening.split(separator: "\n").html { "<p>\($0)</p>" })\(aims)\
                <p class="signers">Signed by\(signers)\(more > 0 ? "<br>and \(more) more" as HTML : HTML())</p>\(forHub)\(until)
                """)
        certificate.paper.dress(&frame)
        frame.kind = .certificate
        frame.carriesStyles = carriesStyles
        return frame.html
    }
}
