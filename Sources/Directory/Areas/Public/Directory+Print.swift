internal import Civil
internal import House
internal import Page

extension Directory {
    /// The directory as a page of paper.
    func directoryPage(_ request: Request) async throws -> Answer {
        .page(printed(try await readPublicArea(request), carriesStyles: false))
    }

    /// The directory as a PDF. Where no PDF maker is installed: 503, saying so, with the page to print instead.
    func directoryPDF(_ request: Request) async throws -> Answer {
        let area = try await readPublicArea(request)
        guard let maker = tools.pdf else { return .page(withoutPDF(area, request), status: 503) }
        let bytes = try await maker.pdf(ofDocument: printed(area, carriesStyles: true).bytes)
        return .file(
            bytes, name: "\(Slug.of(area.name, fallback: "area"))-directory.pdf", contentType: "application/pdf")
    }

    private func printed(_ area: PublicArea, carriesStyles: Bool) -> HTML {
        var map = PublicMap.picture(
            title: "Map of \(area.name)", wards: area.wards, settings: area.settings, areas: [area], isWholeHub: false,
            links: false)
        map.tallest = 420
        var frame = PrintFrame(
            site: area.hub.name, heading: "Directory of \(area.name)",
            content: """
                \(map)\(PrintedDirectory(area))\
                <p class="quiet-line">Each setting chose what is shown of it beyond the public registers. To change what is shown \
                of yours, tell the hub.</p>\(Site.attribution.html { "<p class=\"quiet-line\">\($0)</p>" })
                """)
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
