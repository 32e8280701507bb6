internal import Civil
internal import House
internal import Page

extension LoadDifferences {
    /// The lists as chips, and the one that is shown as a table.
    func html(of load: StoredLoad) -> HTML? {
        guard let shown else { return nil }
        let address = PageAddress(load.path)
        let links = List.allCases.compactMap { list in
            counts[list].map { count in
                Link(
                    "\(list.words) (\(grouped(count)))", "\(address.with("show", list.rawValue).href)#differences",
                    current: list == shown)
            }
        }
        let chips = links.count > 1 ? Filters("Show", links) : nil
        let table = table(shown, of: load, address.with("show", shown.rawValue))
        return Card(shown.heading, id: "differences", "<p class=\"quiet\">\(shown.meaning)</p>\(chips)\(table)").html
    }

    private func table(_ shown: List, of load: StoredLoad, _ address: PageAddress) -> HTML {
        let isOfRows = shown == .rejected || shown == .remarks
        var table = Table(shown.heading, columns: shown.columns, rows: isOfRows ? problems.map(row) : items.map { row($0, shown) })
        table.isCaptionHidden = true
        let total = counts[shown] ?? 0
        table.paging = Paging(
            page: page, size: LoadDifferences.size, total: total, address: address, what: isOfRows ? "rows" : "records")
        if shown == .rejected { table.csv = "\(load.path)/rejects.csv" }
        return "\(table)\(shown == .new ? unnamed(of: load, total) : nil)"
    }

    /// Of very many new ones the first are named; those that are new to this register but known from another are not.
    private func unnamed(of load: StoredLoad, _ total: Int) -> HTML? {
        if load.new <= total { return nil }
        if total >= LoadJournal.namedNew {
            return "<p class=\"quiet\">These are the first \(grouped(total)) of \(grouped(load.new)) new ones.</p>"
        }
        let matched = load.new - total
        return """
            <p class="quiet">\(grouped(matched)) more \(matched == 1 ? "is" : "are") new in this list, but known already: matched by \
            number with a setting you have.</p>
            """
    }

    private func row(_ item: Item, _ list: List) -> Table.Row {
        let name = item.name ?? item.urn
        let title: HTML =
            item.settingID.map { "<a href=\"/staff/settings/\(segment: $0)\"><bdi>\(name)</bdi></a>" } ?? "<bdi>\(name)</bdi>"
        // A postcode or ward is its own number.
        let number = item.name == nil || item.register == "list" ? nil : item.urn
        let first: HTML = "\(title)\(number.map { "<br><span class=\"quiet\">\($0)</span>" as HTML })"
        switch list {
        case .changed, .disputed:
            return Table.Row([first, "\(differences(item))\(inspections(item))"])
        default: return Table.Row([title, "\(number)", "\(Register(rawValue: item.register)?.name)"])
        }
    }

    private func differences(_ item: Item) -> Difference? {
        let rows = item.lines.filter { !FieldWords.isAddition($0.field) }.map { line in
            Difference.Row(
                FieldWords.label(line.field), before: FieldWords.value(line.before, line.field),
                after: FieldWords.value(line.after, line.field))
        }
        return rows.isEmpty ? nil : Difference(rows)
    }

    /// An inspection comes on top of those before: it takes nothing away.
    private func inspections(_ item: Item) -> Details? {
        let rows = item.lines.filter { FieldWords.isAddition($0.field) }
        return rows.isEmpty ? nil : Details(rows.map { ("New inspection", "\($0.after)") })
    }

    private func row(_ problem: Problem) -> Table.Row {
        let row: HTML =
            problem.row.isEmpty ? "" : "<br><span class=\"quiet\"><bdi>\(problem.row.prefix(300))</bdi></span>"
        return Table.Row([problem.line == 0 ? "The whole file" : "Line \(grouped(problem.line))", "\(problem.reason)\(row)"])
    }
}

extension LoadDifferences.List {
    var heading: String {
        switch self {
        case .changed: "What changes, from what to what"
        case .new: "New"
        case .gone: "No longer on the register"
        case .back: "Back on the register"
        case .disputed: "Corrected by hand, and now different in the register"
        case .rejected: "Rows that are left out"
        case .remarks: "Taken, but worth a look"
        }
    }

    var meaning: HTML {
        switch self {
        case .changed: "What your team corrected by hand stays as it is."
        case .new: "Not known from this register before."
        case .gone: "Nothing is deleted: each becomes a candidate for closure, and you decide after asking."
        case .back: "They were gone, and this file has them again."
        case .disputed: "Your correction stays until somebody decides on the setting’s page."
        case .rejected: "Take them as a spreadsheet, mend them, and load them again."
        case .remarks: "These rows are taken in. The remark says what is odd about them."
        }
    }

    var columns: [Table.Column] {
        switch self {
        case .changed: [Table.Column("Record"), Table.Column("What differs")]
        case .disputed: [Table.Column("Setting"), Table.Column("Yours, and the register’s")]
        case .rejected, .remarks: [Table.Column("Where"), Table.Column("Why")]
        default: [Table.Column("Record"), Table.Column("Number"), Table.Column("Register")]
        }
    }
}

/// The words for a column of the registers.
enum FieldWords {
    static func label(_ field: String?) -> String {
        guard let field else { return "Record" }
        if let known = CorrectableField(rawValue: field) { return known.label }
        return labels[field] ?? field.split(separator: "_").joined(separator: " ").capitalizedFirst
    }

    static func value(_ value: String?, _ field: String?) -> String? {
        guard let value, !value.isEmpty else { return nil }
        if let field, let known = CorrectableField(rawValue: field) { return known.words(value) }
        return field?.hasSuffix("_on") == true ? Day(iso: value)?.medium ?? value : value
    }

    static func isAddition(_ field: String?) -> Bool { field == "inspection" }

    private static let labels: [String: String] = [
        "kind": "Kind in the register", "subtype": "Sort of premises", "registers": "Registers it is on",
        "registered_on": "Registered on", "person_urn": "Number of the person registered",
        "person_name": "Person registered", "authority_name": "Local authority", "deprivation_band": "Deprivation band",
        "details": "Other facts", "authority": "Local authority", "lsoa": "Small area (LSOA)",
    ]
}

extension String {
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
