internal import Civil
internal import House
internal import Page
internal import Pictures
internal import Store

extension Directory {
    /// The directory as a page of paper.
    func directoryPage(_ request: Request) async throws -> Answer {
        let (area, face) = try await readPublicArea(request)
        return .page(printed(area, face, try await pictures(of: face), carriesStyles: false))
    }

    /// The directory as a PDF. Where no PDF maker is installed: 503, saying so, with the page to print instead.
    func directoryPDF(_ request: Request) async throws -> Answer {
        let (area, face) = try await readPublicArea(request)
        guard let maker = tools.pdf else { return .page(withoutPDF(area, request), status: 503) }
        let document = printed(area, face, try await pictures(of: face), carriesStyles: true)
        let bytes = try await maker.pdf(ofDocument: document.bytes)
        return .file(
            bytes, name: "\(Slug.of(area.name, fallback: "area"))-directory.pdf", contentType: "application/pdf")
    }

    /// The hub's logo and its funder's, to stand in the document itself.
    private func pictures(of face: HubFace) async throws -> (logo: InlinePicture?, funder: InlinePicture?) {
        try await tools.database.read { session in
            func picture(_ name: String?) throws -> InlinePicture? {
                try name.flatMap { try Pictures.named($0, in: session) }.map { InlinePicture($0.kind.contentType, $0.bytes) }
            }
            return (try picture(face.identity.logo), try picture(face.identity.funderLogo))
        }
    }

    private func printed(
        _ area: PublicArea, _ face: HubFace, _ pictures: (logo: InlinePicture?, funder: InlinePicture?), carriesStyles: Bool
    ) -> HTML {
        var map = PublicMap.picture(
            title: "Map of \(area.name)", wards: area.wards, settings: area.settings, areas: [area], isWholeHub: false,
            links: false)
        map.tallest = 420
        var frame = PrintFrame(
            site: area.hub.name, heading: "Directory of \(area.name)",
            content: """
                \(map)\(PrintedDirectory(area))\(face.safeguarding)\
                <p class="quiet-line">Each setting chose what is shown of it beyond the public registers. To change what is shown \
                of yours, tell the hub.</p>\(Site.attribution.html { "<p class=\"quiet-line\">\($0)</p>" })
                """)
        frame.logo = pictures.logo
        frame.funder = face.identity.funder
        frame.funderLogo = pictures.funder
        frame.markColour = face.identity.colours?.light.hex
        frame.stylesheet = face.identity.colours.map { ($0.path, $0.paperStylesheet) }
        frame.dateLine = "As on \(tools.clock.today.long)"
        let wards = Measure.list(area.wards.map(\.name))
        let invented: HTML = area.hub.isSample ? " Everything in it is invented." : ""
        frame.lead = "\(area.settings.count) settings in \(wards).\(invented)"
        frame.carriesStyles = carriesStyles
        return frame.html
    }

    private func withoutPDF(_ area: PublicArea, _ request: Request) -> HTML {
        var frame = tools.frame("No PDF just now", for: .stranger, at: request.path)
        frame.breadcrumbs = [Link(area.hub.name, area.hub.publicPath), Link(area.name, area.path)]
        frame.action = Action("Open the directory to print", "\(area.path)/directory")
        frame.content = """
            <p>This copy of the program has no PDF maker installed, so it cannot make the file. The directory is also a page made \
            for paper: open it and print it, or save it as a PDF from your browser.</p>
            """
        return frame.html
    }
}
