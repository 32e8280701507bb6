internal import Civil
internal import Directory
internal import Files
internal import House
internal import Page
internal import Planning

extension Network {
    func hostingPaper(_ request: Request) async throws -> Answer {
        .page(try await printedYear(try await hostingYear(request), carriesStyles: false))
    }

    /// The year as a PDF. Where no PDF maker is installed: 503, saying so, with the page to print instead.
    func hostingPDF(_ request: Request) async throws -> Answer {
        let page = try await hostingYear(request)
        guard let maker = tools.pdf else {
            let base = "/staff/network/\(page.rotation.ground.slug)/hosting"
            var frame = frame("No PDF just now", hub: page.rotation.ground.slug, section: .hosting)
            frame.action = Action("Open the page to print", "\(base)/paper?year=\(page.year.start)")
            frame.content = """
                <p>This copy of the program has no PDF maker installed. The year is also a page made for paper: open it and print it, or save \
                it as a PDF from your browser.</p>
                """
            return .page(frame.html, status: 503)
        }
        let bytes = try await maker.pdf(ofDocument: try await printedYear(page, carriesStyles: true).bytes)
        return .file(bytes, name: "\(page.rotation.ground.slug)-hosts-\(page.year.start).pdf", contentType: "application/pdf")
    }

    private func printedYear(_ page: HostingPage, carriesStyles: Bool) async throws -> HTML {
        let rows = page.gatherings.filter { !$0.isCancelled }.map { gathering in
            let state = gathering.isNoted || gathering.hostState == .agreed ? "" : " (draft)"
            let host: HTML =
                page.host(gathering).isEmpty ? (gathering.isNoted ? "" : "no host yet") : "<bdi>\(page.host(gathering))</bdi>\(state)"
            return Table.Row([
                "\(gathering.day.long)", "<bdi>\(gathering.title)</bdi>", "\(gathering.place)", host,
                "about \(gathering.expected)\(gathering.needsStepFree ? ", step-free" : "")",
            ])
        }
        var table = Table(
            "The year’s meetings",
            columns: [
                Table.Column("Day"), Table.Column("Meeting"), Table.Column("Of"), Table.Column("Host"), Table.Column("People"),
            ], rows: rows)
        table.isCaptionHidden = true
        table.isCompact = true
        table.empty = "<p>No meetings are planned in this year.</p>"
        var frame = PrintFrame(
            site: page.rotation.ground.name, heading: "Who hosts in \(page.year.name)",
            content: """
                \(table)<p>Settings take it in turns. \(HostingPage.words(page.rotation.fairness))</p>\
                <p class="quiet-line">If a day does not suit you, tell the hub’s team soon: it is easily changed.</p>
                """)
        try await dress(&frame, hub: page.rotation.ground.id)
        frame.dateLine = "As on \(tools.clock.today.long)"
        frame.isLandscape = true
        frame.carriesStyles = carriesStyles
        return frame.html
    }

    func hostingCSV(_ request: Request) async throws -> Answer {
        let page = try await hostingYear(request)
        var writer = CSVWriter(byteOrderMark: true)
        writer.write(texts: ["Day", "Meeting", "Of", "People expected", "Step-free needed", "Host", "State", "Why", "Settings there"])
        for gathering in page.gatherings {
            let state =
                gathering.isCancelled
                ? "called off" : gathering.isNoted ? "held" : gathering.hostID == nil ? "no host yet" : gathering.hostState.rawValue
            writer.write([
                .text(gathering.day.iso), .text(gathering.title), .text(gathering.place), .number(gathering.expected),
                .text(gathering.needsStepFree ? "yes" : "no"), .text(page.host(gathering)), .text(state), .text(gathering.because ?? ""),
                gathering.isNoted ? .number(page.there[gathering.id] ?? 0) : .empty,
            ])
        }
        return .file(
            writer.bytes, name: "\(page.rotation.ground.slug)-hosts-\(page.year.start).csv", contentType: "text/csv; charset=utf-8")
    }
}
