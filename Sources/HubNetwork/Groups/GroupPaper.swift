internal import Civil
internal import Directory
internal import House
internal import Page

extension Network {
    /// Members and terms of reference as a page of paper.
    func groupPaper(_ request: Request) async throws -> Answer {
        .page(try await paper(try await groupReading(request), carriesStyles: false))
    }

    /// The same as a PDF. Where no PDF maker is installed: 503, with the page to print instead.
    func groupPDF(_ request: Request) async throws -> Answer {
        let reading = try await groupReading(request)
        guard let maker = tools.pdf else {
            var frame = frame("No PDF just now", hub: reading.ground.slug, section: .groups)
            frame.breadcrumbs = [Link(reading.book.group.title, reading.path)]
            frame.action = Action("Open the page to print", "\(reading.path)/paper")
            frame.content = """
                <p>This copy of the program has no PDF maker installed. The same is also a page made for paper: open it and print it, or \
                save it as a PDF from your browser.</p>
                """
            return .page(frame.html, status: 503)
        }
        let bytes = try await maker.pdf(ofDocument: try await paper(reading, carriesStyles: true).bytes)
        return .file(bytes, name: "group-\(reading.book.group.kind.rawValue).pdf", contentType: "application/pdf")
    }

    private func paper(_ reading: GroupReading, carriesStyles: Bool) async throws -> HTML {
        let group = reading.book.group
        var table = Table(
            "Who sits in it",
            columns: [Table.Column("Seat"), Table.Column("Name"), Table.Column("From"), Table.Column("Since")],
            rows: reading.book.seats.map { seat in
                let holder = seat.holder
                return Table.Row([
                    "<bdi>\(seat.words)</bdi>", holder.map { "<bdi>\($0.name)</bdi>" } ?? "Empty",
                    holder.flatMap(reading.origin).map { "<bdi>\($0)</bdi>" } ?? "", "\(holder?.fromDay.medium ?? "")",
                ])
            })
        table.isCaptionHidden = true
        table.isCompact = true
        let independent: HTML? = reading.book.chairTies.map {
            $0.isEmpty ? "<p>The chair is independent.</p>" : "<p>The chair comes from within the group.</p>"
        }
        let terms: HTML =
            reading.work.terms.map {
                "<h2>Terms of reference</h2>\(paragraphs($0.body))<p class=\"quiet-line\">Version \($0.number), \($0.writtenAt?.dayInLondon.medium).</p>"
            }
            ?? "<h2>Terms of reference</h2><p>Not written yet.</p>"
        let promises = reading.work.deliverables.html { item in
            "<li><bdi>\(item.words)</bdi>, by \(item.dueDay.medium)\(item.doneDay.map { ", done on \($0.medium)" })</li>"
        }
        let delivers: HTML? = promises.isEmpty ? nil : "<h2>What it delivers</h2><ul>\(promises)</ul>"
        let purpose: HTML? = group.purpose.map { paragraphs($0) }
        var frame = PrintFrame(
            site: reading.ground.name, heading: group.title,
            content: "\(purpose)<h2>Who sits in it</h2>\(table)\(independent)\(terms)\(delivers)")
        try await dress(&frame, hub: reading.ground.id)
        frame.dateLine = "As on \(tools.clock.today.long)"
        let ends = group.endsDay.map { ", to end by \($0.medium)" } ?? ""
        let rhythm = group.rhythm.map { ". It meets \($0.name.lowercasedFirst)" } ?? ""
        frame.lead = "\(group.kind.name) since \(group.beginsDay.medium)\(ends)\(rhythm)."
        frame.carriesStyles = carriesStyles
        return frame.html
    }
}
