internal import Civil
internal import House
internal import Page

extension RegistersPage {
    /// What is loaded, kind by kind, with the edition it came in.
    var loaded: HTML {
        let rows = LoadForm.order.map { kind -> Table.Row in
            guard let held = held.first(where: { $0.kind == kind }) else {
                return Table.Row(["\(kind.name)", "<span class=\"quiet\">not loaded yet</span>", ""])
            }
            let more: HTML = held.files > 1 ? "<br><span class=\"quiet\">the newest of \(grouped(held.files)) files</span>" : ""
            return Table.Row([
                "<a href=\"\(held.last.path)\">\(kind.name)</a>",
                """
                \(held.last.edition.medium)<br><span class="quiet"><bdi>\(held.last.fileName)</bdi>, loaded \
                \(held.last.appliedAt.map { $0.dayInLondon.medium })</span>\(more)
                """,
                "\(grouped(held.records))",
            ])
        }
        var table = Table(
            "What is loaded",
            columns: [Table.Column("Kind"), Table.Column("Speaks for"), Table.Column("Records", align: .number)], rows: rows)
        table.isCaptionHidden = true
        return Card("What is loaded", "\(table)").html
    }

    /// Which files there are, in the order they are best loaded, and where they are published.
    var teaching: HTML {
        let steps = LoadForm.order.enumerated().html { index, kind in
            """
            <li><b>\(index + 1). \(kind.name)</b>\(why(kind)) \(kind.meaning)<br><span class="quiet">\(kind.source)</span></li>
            """
        }
        return """
            <ul class="listing">\(steps)</ul><p class="quiet">Ofsted’s register is published every month, schools every day, \
            postcodes four times a year. Loading the same file twice changes nothing, so you cannot do harm by trying.</p>
            """
    }

    private func why(_ kind: LoadKind) -> HTML {
        switch kind {
        case .wards: ", first, because mini-hubs are made of them."
        case .postcodes: ", next: without them no setting finds its place."
        case .deprivation, .ofsted, .schools: "."
        case .feed: ", if your authority shares it."
        case .list: ", last, so that it is matched with what is known."
        }
    }

    /// What was loaded, and what became of it.
    var past: HTML? {
        guard !history.isEmpty else { return nil }
        let rows = history.map { load in
            Table.Row([
                "<a href=\"\(load.path)\"><bdi>\(load.fileName)</bdi></a>", "\(load.kind.name)", "\(load.edition.medium)",
                "\(tag(load))", load.status == .applied || load.status == .previewed ? "\(load.summary)" : "",
                load.rejected == 0 ? "" : "\(grouped(load.rejected))", "\((load.appliedAt ?? load.createdAt)?.shown)",
            ])
        }
        var table = Table(
            "Files sent in, newest first",
            columns: [
                Table.Column("File"), Table.Column("What it is"), Table.Column("Speaks for"), Table.Column("State"),
                Table.Column("Brings"), Table.Column("Rejected", align: .number), Table.Column("When"),
            ], rows: rows)
        table.isCaptionHidden = true
        table.paging = Paging(
            page: page, size: RegistersPage.size, total: historyTotal, address: PageAddress("/staff/registers"), what: "files")
        table.json = "/api/v1/staff/loads"
        return Card("What was loaded when", id: "history", "\(table)").html
    }

    private func tag(_ load: StoredLoad) -> Tag {
        if working.contains(load.id) { return Tag("Working on it", .note) }
        let tone: Tone =
            switch load.status {
            case .applied: .good
            case .previewed, .waiting: .warning
            case .refused: .bad
            case .stopped: .plain
            }
        return Tag(load.status.words, tone)
    }
}
