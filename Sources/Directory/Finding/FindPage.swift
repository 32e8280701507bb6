internal import Civil
internal import House
internal import Page

/// The page that finds settings, for strangers and for staff.
struct FindPage {
    let base: String
    let audience: Audience
    let search: SettingSearch
    let scope: FinderScope
    let results: SettingResults
    let index: FinderIndex
    let errors: FieldErrors
    let picture: MapPicture?

    var heading: String {
        if let name = scope.areaName ?? scope.hubName { return "Settings in \(name)" }
        if let ward = search.ward.flatMap({ index.wards[$0] }) { return "Settings in \(ward.name)" }
        if let authority = search.authority.flatMap({ index.authorities[$0] }) { return "Settings in \(authority)" }
        return audience == .staff ? "Settings and map" : "Find a nursery, childminder or group"
    }

    var lead: HTML? {
        if index.entries.isEmpty { return nil }
        if !errors.isEmpty { return nil }
        let near: HTML? =
            search.near.isEmpty || scope.centre == nil
            ? nil : " within \(SettingSearch.written(search.miles)) \(search.miles == 1 ? "mile" : "miles") of \(search.near.uppercased())"
        return "\(grouped(results.total)) \(results.total == 1 ? "setting" : "settings")\(near)\(older)."
    }

    private var older: HTML? { search.includesOlder ? nil : ", for children under five" }

    var content: HTML {
        if index.entries.isEmpty { return empty }
        return """
            \(form)\(views)\(forgiven)\(unplaced)\(body)
            """
    }

    private var form: FilterForm {
        FindForm(search: search, errors: errors, index: index, base: base, showsMap: picture != nil).form
    }

    private var body: HTML {
        guard let picture else { return table }
        return "\(Columns("\(table)", "\(Card("Where they are", "\(picture)"))"))"
    }

    private var views: HTML {
        let list = PageAddress(base, search.query)
        return """
            \(Filters("Show as", [
                Link("List", list.href, current: picture == nil),
                Link("List and map", list.with("view", "map").href, current: picture != nil),
            ]))
            """
    }

    /// Said when nothing matched to the letter.
    private var forgiven: HTML? {
        guard results.isForgiving else { return nil }
        return """
            <p>Nothing is called “\(search.name)” to the letter. These are the nearest names.</p>
            """
    }

    private var unplaced: HTML? {
        guard results.unplaced > 0 else { return nil }
        let one = results.unplaced == 1
        let code = search.authority ?? scope.authority
        let authority = code.flatMap { index.authorities[$0] } ?? "the area"
        let all = PageAddress(base, search.query).without("near", "miles", "q", "sort").with("authority", code)
        return """
            <p>\(grouped(results.unplaced)) more in \(authority) \(one ? "is" : "are") not placed closely enough to measure \
            a distance: the official register does not say where most childminders live. \
            <a href="\(all.href)">See all of \(authority)</a></p>
            """
    }

    private var table: HTML {
        let near = scope.centre != nil
        var columns: [Table.Column] = [Table.Column("Setting", key: near ? "name" : nil), Table.Column("Kind")]
        if near { columns.append(Table.Column("Miles", key: "distance", align: .number)) }
        columns += [
            Table.Column("Where"), Table.Column("Places", align: .number), Table.Column("Latest inspection"),
        ]
        var table = Table(
            "Settings found", columns: columns, rows: results.hits.map { Table.Row(cells($0, near: near)) })
        let address = PageAddress(base, search.query)
        let view = picture == nil ? nil : "map"
        table.isCaptionHidden = true
        table.address = address.with("view", view)
        table.sort = Sort(near && search.order != .name ? "distance" : "name")
        table.paging = Paging(
            page: search.page, size: SettingSearch.pageSize, total: results.total, address: address.with("view", view))
        table.csv = PageAddress("\(base).csv", search.query).href
        table.json = PageAddress("\(base).json", search.query).href
        table.empty = """
            <p>No setting fits all of this. Try part of the name, a longer distance, or fewer conditions. \
            <a href="\(base)">Start again</a></p>
            """
        return table.html
    }

    private func cells(_ hit: SettingResults.Hit, near: Bool) -> [HTML] {
        let entry = hit.entry
        let title = audience == .staff ? entry.title : entry.publicTitle
        var cells: [HTML] = [
            """
            \(entry.type.mark.icon()) <a href="\(base)/\(segment: entry.id)"><bdi>\(title)</bdi></a>\(tags(entry))
            """,
            "\(entry.type.name)",
        ]
        if near { cells.append(hit.metres.map { "\($0 / metresInAMile, digits: 1)" } ?? "") }
        cells += [
            place(entry), entry.places.map { $0 == 0 ? "" : "\($0)" } ?? "", outcome(entry),
        ]
        return cells
    }

    private func tags(_ entry: FinderEntry) -> HTML? {
        guard audience == .staff else { return nil }
        if entry.isSecret { return " \(Tag("Never shown", .bad))" }
        return entry.isOpen ? nil : " \(Tag("Gone from its register", .warning))"
    }

    private func place(_ entry: FinderEntry) -> HTML {
        let ward = entry.wardCode.flatMap { index.wards[$0]?.name }
        if entry.isHome && audience == .stranger {
            return ward.map { "\($0) ward" } ?? "\(authority(of: entry))"
        }
        guard let area = ward ?? entry.town ?? authority(of: entry) else { return "\(entry.postcode)" }
        return entry.postcode.map { "\(area), \($0)" } ?? "\(area)"
    }

    private func authority(of entry: FinderEntry) -> String? {
        entry.authorityCode.flatMap { index.authorities[$0] }
    }

    private func outcome(_ entry: FinderEntry) -> HTML {
        let day = entry.outcomeDay.flatMap { Day(iso: $0) }
        return "\(Outcome.words(entry.outcome, of: entry.type))\(day.map { ", \($0.short)" })"
    }

    private var empty: HTML {
        if audience == .stranger {
            return EmptyState(
                "No settings are listed yet", "The people who run this hub have not loaded the official registers yet."
            ).html
        }
        return EmptyState(
            "No settings yet",
            """
            Here you will see every nursery, childminder, school and group in your area, on a list and on a map. Start by \
            loading the official registers: it takes a few minutes.
            """, action: Action("Load a register", "/staff/registers")
        ).html
    }
}
