internal import Civil
internal import Directory
internal import House
internal import Identity
internal import Page
internal import Store

extension Network {
    /// What was published, with what changed, and the plain text to check.
    var versionRoutes: [Route] {
        let one = "/staff/network/{hub}/pledges/{agreement}/versions/{version}"
        return [
            route(.get, one, .seePledges, "A version of a pledge, with what changed", at: Self.atAgreement) {
                try await $0.versionPage($1)
            },
            route(.get, "\(one)/text", .seePledges, "A version as plain text, to check its fingerprint", at: Self.atAgreement) {
                try await $0.versionText($1)
            },
        ]
    }

    private func readVersion(_ request: Request) async throws -> (Agreement, Agreement.Version, by: String) {
        let (id, versionID) = (request.parameter("agreement"), request.parameter("version"))
        return try await tools.database.read { session in
            let agreement = try Agreements.with(id: id, session)
            guard let version = agreement.version(versionID), !version.isDraft else { throw Agreements.none }
            let names = try PeopleBook.names(version.publishedBy.map { [$0] } ?? [], session)
            return (agreement, version, version.publishedBy.flatMap { names[$0] } ?? "Somebody")
        }
    }

    private func versionPage(_ request: Request) async throws -> Answer {
        let (agreement, version, by) = try await readVersion(request)
        let slug = request.parameter("hub")
        let path = agreement.path(slug)
        var frame = frame("\(version.text.title), version \(version.number)", hub: slug, section: .pledges)
        frame.breadcrumbs = [Link("Pledges and agreements", "/staff/network/\(slug)/pledges"), Link(agreement.title, path)]
        frame.lead = "Published on \(version.publishedAt?.dayInLondon.medium ?? "") by \(by). It never changes."
        let before = agreement.versions.last { $0.number < version.number && !$0.isDraft }
        let changes: HTML =
            before.map { TextChanges(from: $0.text, to: version.text).html } ?? "<p>It is the first version.</p>"
        let card = Card(
            before.map { "What changed since version \($0.number)" } ?? "What changed", changes.isEmpty ? "<p>Nothing.</p>" : changes)
        let file = Card(
            "To check",
            "\(seal(version))<p class=\"more\"><a href=\"\(link: "\(path)/versions/\(version.id)/text")\">Save the plain text</a></p>")
        frame.content = Columns(Card(nil, AgreementPiece(version.text, titled: true).html).html, "\(card)\(file)").html
        return .page(frame.html)
    }

    private func versionText(_ request: Request) async throws -> Answer {
        let (_, version, _) = try await readVersion(request)
        return .file(
            Array(version.text.sealed.utf8), name: "\(SortKey.of(version.text.title))-\(version.number).txt",
            contentType: "text/plain; charset=utf-8")
    }
}
