internal import House
internal import Page
internal import Store

/// Finding the other setting that this one doubles or shares its place with.
enum Pairing: Sendable {
    case merge, samePlace

    var heading: String { self == .merge ? "Which record is the same setting?" : "Which setting shares its place?" }
    var verb: String { self == .merge ? "merge" : "same-place" }
    var choose: String { self == .merge ? "Compare and merge" : "Mark as one place" }
}

extension Directory {
    func pairPage(_ request: Request, _ pairing: Pairing) async throws -> Answer {
        let setting = try await staffSetting(request.parameter("id"))
        let path = "/staff/settings/\(setting.id)/\(pairing.verb)"
        let candidates = try await candidates(for: setting, typed: request.query["q"])
        let rows = candidates.map { entry -> Table.Row in
            let action: HTML =
                pairing == .merge
                ? "<a href=\"\(path)/\(segment: entry.id)\">\(pairing.choose)\(unseen(": \(entry.title)"))</a>"
                : "\(Button(pairing.choose, action: "\(path)/\(entry.id)", style: .small))"
            return Table.Row([
                "\(entry.type.mark.icon()) <a href=\"/staff/settings/\(segment: entry.id)\">\(entry.title)</a>",
                "\(entry.type.name)", "\(entry.postcode)", "\(entry.urns.joined(separator: ", "))", action,
            ])
        }
        var table = Table(
            "Settings it may be",
            columns: [
                Table.Column("Setting"), Table.Column("Kind"), Table.Column("Postcode"), Table.Column("Number"),
                Table.Column("Choose", titleHidden: true),
            ], rows: rows)
        table.empty = "<p>None found. Try part of its name, its postcode or its register number.</p>"
        let form = FilterForm(
            action: path,
            fields: [Field.search("q", "Part of its name, its postcode or its number").filled(request.query["q"])],
            submit: "Look for it")
        var frame = tools.frame(pairing.heading, for: .staff, at: "/staff/settings", content: "\(form)\(table)")
        frame.breadcrumbs = crumbs(setting)
        return .page(frame.html)
    }

    /// What was typed, or else what has a like name or the same postcode.
    private func candidates(for setting: Setting, typed: String?) async throws -> [FinderEntry] {
        var searches: [SettingSearch] = []
        func add(_ name: String, near: String = "") {
            var search = SettingSearch()
            search.name = name
            search.near = near
            search.miles = 0.1
            search.includesOlder = true
            searches.append(search)
        }
        if let typed, !typed.isEmpty {
            add(typed)
        } else {
            if let postcode = setting.postcode { add("", near: postcode) }
            if let name = setting.name { add(name) }
        }
        var found: [FinderEntry] = []
        for search in searches {
            var (resolved, scope, index) = try await finder.prepare(search)
            scope.hubID = setting.hubID
            resolved.page = 1
            let hits = index.find(resolved, in: scope, for: .staff).hits.map(\.entry)
            found += hits.filter { entry in entry.id != setting.id && !found.contains { $0.id == entry.id } }
        }
        // Who acts on both must reach both: what is another hub's is not offered.
        let (asker, candidates) = (tools.asker, Array(found.prefix(100)))
        let place = try await tools.database.read { session in
            let one = try Directory.whereabouts(ofSetting: setting.id, session)
            return try candidates.filter { other in
                let place = try Directory.whereabouts(ofSetting: other.id, session)
                return asker.may(
                    .joinRecords, at: Whereabouts(hubs: one.hubs.intersection(place.hubs), areas: one.areas.intersection(place.areas)))
            }
        }
        return Array(place.prefix(25))
    }

    func confirmMerge(_ request: Request) async throws -> Answer {
        let (gone, kept) = try await pair(request)
        let rows = CorrectableField.allCases.map { field in
            Difference.Row(
                field.label, before: field.words(field.value(in: gone)), after: field.words(field.value(in: kept)))
        }
        let confirm = Confirm(
            "Merge “\(gone.title)” into “\(kept.title)”?", action: "/staff/settings/\(gone.id)/merge/\(kept.id)",
            confirm: "Merge the two records", cancel: Link("Leave them apart", "/staff/settings/\(gone.id)"),
            consequences: [
                "The facts of “\(kept.title)” stay as they are.",
                "The register numbers and inspections of “\(gone.title)” move over to it.", "You can undo this later.",
            ], isDanger: false)
        var frame = tools.frame(
            "Are these one setting?", for: .staff, at: "/staff/settings",
            content: """
                \(Card("This record, and the one it goes into", "\(Difference(rows))"))\(confirm)
                """)
        frame.breadcrumbs = crumbs(gone)
        return .page(frame.html)
    }

    func merge(_ request: Request) async throws -> Answer {
        let (gone, kept) = try await pair(request)
        let tools = tools
        try await tools.database.write { session in
            guard let now = try Setting.find(gone.id, for: .staff, in: session), now.mergedInto == nil,
                let into = try Setting.find(kept.id, for: .staff, in: session), into.mergedInto == nil
            else { throw Refusal.badRequest("One of the two has been merged already. Look at it again before you go on.") }
            _ = try Merging.merge(now, into: into, tools: tools, in: session)
        }
        return .redirect(to: "/staff/settings/\(kept.id)?done=merged")
    }

    func undoMerge(_ request: Request) async throws -> Answer {
        let tools = tools
        let gone = try await tools.database.write { session in
            try Merging.undo(request.parameter("merge"), tools: tools, in: session)
        }
        guard let gone else { throw Refusal.notFound("This merge has been undone already.") }
        return .redirect(to: "/staff/settings/\(gone)?done=unmerged")
    }

    func markSamePlace(_ request: Request) async throws -> Answer {
        let (one, other) = try await pair(request)
        let tools = tools
        try await tools.database.write { session in
            let site = other.siteID ?? one.siteID ?? tools.ids.next()
            let version = try Directory.touch(session)
            try session.run(
                "update setting set site_id = \(site), version = \(version) where id in \(list: [one.id, other.id])")
            try Audit.log(
                session, tools, action: "directory.setting.same-place", subject: "setting:\(one.id)", after: other.title)
        }
        return .redirect(to: "/staff/settings/\(one.id)?done=same-place")
    }

    func unmarkSamePlace(_ request: Request) async throws -> Answer {
        let tools = tools
        let id = request.parameter("id")
        let other = request.form["other"] ?? ""
        try await tools.database.write { session in
            let version = try Directory.touch(session)
            try session.run("update setting set site_id = null, version = \(version) where id = \(other)")
            try Audit.log(session, tools, action: "directory.setting.same-place-undone", subject: "setting:\(id)", before: other)
        }
        return .redirect(to: "/staff/settings/\(id)?done=unmarked")
    }

    // MARK: What they share

    private func staffSetting(_ id: String) async throws -> Setting {
        guard let setting = try await tools.database.read({ try Setting.find(id, for: .staff, in: $0) }) else {
            throw Directory.noSuchSetting
        }
        return setting
    }

    private func pair(_ request: Request) async throws -> (Setting, Setting) {
        let one = try await staffSetting(request.parameter("id"))
        let other = try await staffSetting(request.parameter("other"))
        guard one.id != other.id else { throw Refusal.badRequest("A setting cannot be paired with itself. Choose another.") }
        return (one, other)
    }

    private func crumbs(_ setting: Setting) -> [Link] {
        [Link("Settings and map", "/staff/settings"), Link(setting.title, "/staff/settings/\(setting.id)")]
    }
}
