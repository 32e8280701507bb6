internal import Page
internal import Planning

extension DraftPage {
    /// One row for each area: what it has, how far its settings have to go, and what it lacks.
    var areaTable: Table {
        var columns = [
            Table.Column("\(scheme.word.prefix(1).uppercased())\(scheme.word.dropFirst())"),
            Table.Column("Settings", align: .number), Table.Column("Places", align: .number),
        ]
        if scheme.divides == .wards { columns.append(Table.Column("Base")) }
        columns += [
            Table.Column("To the base", align: .number), Table.Column("Deprivation", align: .number),
            Table.Column("Lacks"),
        ]
        var table = Table("The \(scheme.plural) of this plan", columns: columns, rows: figures.areas.map(row))
        table.isCaptionHidden = true
        return table
    }

    private func row(_ area: AreaFigures) -> Table.Row {
        let settings: HTML = scheme.divides == .settings ? room(area) : plan.balance == .settings ? share(area) : ""
        let places: HTML = plan.balance == .places ? share(area) : ""
        let far: HTML =
            if let mean = area.mean, let longest = area.longest {
                "\(Measure.distance(mean))<br><span class=\"quiet-line\">at most \(Measure.distance(longest))</span>"
            } else { "–" }
        var cells: [HTML] = [
            name(area), "\(area.settings.count)\(settings)",
            "\(grouped(area.places))\(area.withoutPlaces > 0 ? "+" : "")\(places)",
        ]
        if scheme.divides == .wards { cells.append(base(area)) }
        cells += [
            far, "\(area.decile.map { Measure.decimal($0) } ?? "not known")",
            area.lacks.isEmpty ? "nothing" : area.lacks.html { "\(Tag($0, .warning)) " },
        ]
        return Table.Row(cells)
    }

    /// Settings of each type, area by area, under the marks they have on the map.
    var typeTable: Table {
        let marks = Mark.allCases.filter { mark in figures.areas.contains { $0.count(mark) > 0 } }
        var table = Table(
            "Settings of each type",
            columns: [Table.Column("\(scheme.word.prefix(1).uppercased())\(scheme.word.dropFirst())")]
                + marks.map { Table.Column(DraftPage.title($0), align: .number) },
            rows: figures.areas.map { area in
                Table.Row(["\(area.area.name)"] + marks.map { "\(area.count($0))\(more(area, $0))" as HTML })
            })
        table.isCaptionHidden = true
        return table
    }

    private static func title(_ mark: Mark) -> String {
        switch mark {
        case .childminder: "Childminders"
        case .dayNursery: "Day nurseries"
        case .preschool: "Pre-schools"
        case .school: "Schools"
        case .outOfSchool: "Out of school"
        case .group: "Groups, health"
        }
    }

    /// What is worth knowing apart under one mark.
    private func more(_ area: AreaFigures, _ mark: Mark) -> HTML {
        let part: (count: Int, one: String, several: String)? =
            switch mark {
            case .childminder: (area.count(.homeChildcarer, .domestic), "other home", "other homes")
            case .school: (area.count(.nurserySchool), "nursery school", "nursery schools")
            case .group: (area.count(.childrensCentre), "children’s centre", "children’s centres")
            default: nil
            }
        guard let part, part.count > 0 else { return "" }
        let words = part.count == 1 ? part.one : part.several
        return "<br><span class=\"quiet-line\">\(part.count) \(words)</span>"
    }

    /// The area's name with its colour, as on the map; in a draft it leads to where it can be changed.
    private func name(_ area: AreaFigures) -> HTML {
        let swatch: HTML = scheme.divides == .wards ? "\(areaSwatch(area.position)) " : ""
        guard isDraft, mayDraw else { return "\(swatch)\(area.area.name)" }
        return "\(swatch)<a href=\"\(link: "\(path)/areas/\(area.area.id)")\">\(area.area.name)</a>"
    }

    private func share(_ area: AreaFigures) -> HTML {
        let text = Measure.signed(area.share)
        return abs(area.share) > plan.tolerance + 1e-9
            ? "<br>\(Tag(text, .warning))" : "<br><span class=\"quiet-line\">\(text)</span>"
    }

    private func room(_ area: AreaFigures) -> HTML {
        area.area.capacity.map { "<br><span class=\"quiet-line\">of \($0)</span>" } ?? ""
    }

    private func base(_ area: AreaFigures) -> HTML {
        guard let base = area.base else { return Tag("no base", .warning).html }
        let locked: HTML = area.area.isBaseLocked ? ", chosen by hand" : ""
        let name: HTML = "\(base.name ?? base.type.name)"
        return """
            \(maySeeRecords ? "<a href=\"/staff/settings/\(segment: base.id)\">\(name)</a>" : name)<br>\
            <span class="quiet-line">\(base.type.name.lowercased())\(locked)</span>
            """
    }
}
