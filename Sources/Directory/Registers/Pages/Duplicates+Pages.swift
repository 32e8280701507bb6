internal import Civil
internal import House
internal import Page
internal import Store

extension Directory {
    func duplicatesPage(_ request: Request) async throws -> Answer {
        let size = 10
        let asked = max(1, min(100_000, request.query["page"].flatMap { Int($0) } ?? 1))
        let address = PageAddress("/staff/registers/duplicates")
        let (pairs, paging, decided) = try await tools.database.read { session in
            let total = try session.count("select count(*) from possible_duplicate where decision is null")
            let paging = Paging(page: asked, size: size, total: total, address: address, what: "pairs")
            return (
                try DuplicatePair.undecided(limit: size, offset: paging.offset, in: session), paging,
                try DuplicatePair.decided(limit: 20, in: session)
            )
        }
        var frame = tools.frame("Possible doubles", for: .staff, at: "/staff/registers")
        frame.breadcrumbs = [Link("Registers", "/staff/registers")]
        frame.lead =
            paging.total == 0
            ? "Nothing to decide." : "\(grouped(paging.total)) \(paging.total == 1 ? "pair" : "pairs") to decide: one setting, or two?"
        frame.notices = notice(request.query["done"])
        let list: HTML =
            pairs.isEmpty
            ? """
            \(EmptyState(
                "No pair waits for a decision",
                "When a list brings what looks like a setting you have already, the two stand here side by side.",
                action: Action("Load a list", "/staff/registers#load"), picture: .list))
            """ : "\(pairs.html(\.card))\(paging)"
        frame.content = "\(list)\(DuplicatePair.past(decided))"
        return .page(frame.html)
    }

    func decideDuplicate(_ request: Request) async throws -> Answer {
        guard let decision = request.form["decision"].flatMap(DuplicatePair.Decision.init) else {
            throw Refusal.badRequest("Choose “The same setting” or “Two settings”.")
        }
        try await change(request) { pair, tools, session in try pair.decide(decision, tools, in: session) }
        return .redirect(to: "/staff/registers/duplicates?done=\(decision.rawValue)")
    }

    func undoDuplicate(_ request: Request) async throws -> Answer {
        try await change(request) { pair, tools, session in try pair.undo(tools, in: session) }
        return .redirect(to: "/staff/registers/duplicates?done=undone")
    }

    private func change(
        _ request: Request, _ body: @escaping @Sendable (DuplicatePair, Tools, any Session) throws -> Void
    ) async throws {
        let (load, number, tools) = (request.parameter("load"), Int(request.parameter("number")) ?? -1, tools)
        try await tools.database.write { session in
            guard let pair = try DuplicatePair.find(load, number, in: session) else {
                throw Refusal.notFound("There is no such pair. The load it came from may have been thrown away.")
            }
            try body(pair, tools, session)
        }
    }

    private func notice(_ done: String?) -> [Notice] {
        switch done {
        case "same": [.success("Merged into one setting.", "You can undo it at the foot of this page, or on the setting’s own page.")]
        case "different": [.success("Kept as two settings.", "You can undo it at the foot of this page.")]
        case "undone": [.success("Undone. The two are back to be decided.")]
        default: []
        }
    }
}

extension DuplicatePair {
    /// The two side by side in what differs, the rest in a line, and the decision.
    var card: HTML {
        var rows: [Table.Row] = []
        var shared: [String] = []
        for field in CorrectableField.allCases {
            let (one, other) = (words(field, of: brought), words(field, of: known))
            if one == other {
                if let one { shared.append("\(field.label.lowercased()) “\(one)”") }
            } else {
                rows.append(Table.Row(["\(field.label)", "<bdi>\(one)</bdi>", "<bdi>\(other)</bdi>"]))
            }
        }
        var table = Table(
            "What differs between \(brought.title) and \(known.title)",
            columns: [Table.Column("What differs"), Table.Column("From the list"), Table.Column("Known before")], rows: rows)
        table.isCaptionHidden = true
        table.empty = "<p>Nothing that we know of differs.</p>"
        let same: HTML? = shared.isEmpty ? nil : "<p class=\"quiet\">The same in both: \(shared.joined(separator: ", ")).</p>"
        let place: HTML =
            kind == .list
            ? "From <bdi>\(fileName)</bdi>\(line > 0 ? ", line \(grouped(line))" : ""):"
            : "Found when <bdi>\(fileName)</bdi> was loaded. From a list:"
        let sources: HTML = """
            <p>\(why). \(place) <a href="/staff/settings/\(segment: brought.id)">\
            <bdi>\(brought.title)</bdi>\(unseen(", from the list"))</a>. Known before: \
            <a href="/staff/settings/\(segment: known.id)"><bdi>\(known.title)</bdi>\(unseen(", known before"))</a>.</p>
            """
        return Card("\(brought.title) and \(known.title)", "\(sources)\(table)\(same)\(buttons)").html
    }

    private func words(_ field: CorrectableField, of setting: Setting) -> String? {
        field == .ward ? setting.wardName ?? setting.wardCode : field.words(field.value(in: setting))
    }

    private var buttons: HTML {
        if isMoot {
            let done = Button("Leave it at that", action: path, hidden: [("decision", "same")], style: .quiet)
            return "<p>One of the two has been merged with another record since.</p>\(done)"
        }
        var same = Button("The same setting", action: path, hidden: [("decision", "same")])
        var two = Button("Two settings", action: path, hidden: [("decision", "different")], style: .quiet)
        same.about = ": \(brought.title) and \(known.title)"
        two.about = same.about
        return """
            <p class="quiet">If they are the same, the facts known before stay, and the list’s number and notes move over to them. \
            You can undo it here or on the setting’s page.</p><div class="buttons">\(same)\(two)</div>
            """
    }

    /// What was decided, with the way back.
    static func past(_ pairs: [DuplicatePair]) -> HTML? {
        guard !pairs.isEmpty else { return nil }
        let rows = pairs.map { pair -> Table.Row in
            var undo = Button("Undo", action: "\(pair.path)/undo", style: .small)
            undo.about = ": \(pair.brought.title) and \(pair.known.title)"
            return Table.Row([
                "<bdi>\(pair.brought.title)</bdi> and <a href=\"/staff/settings/\(segment: pair.known.id)\"><bdi>\(pair.known.title)</bdi></a>",
                pair.decision == .same ? "The same setting" : "Two settings", "\(pair.decidedAt?.shown)", "\(undo)",
            ])
        }
        var table = Table(
            "Decided last",
            columns: [Table.Column("Pair"), Table.Column("Decision"), Table.Column("When"), Table.Column("Undo", titleHidden: true)],
            rows: rows)
        table.isCaptionHidden = true
        return Card("Decided", id: "decided", "\(table)").html
    }
}
