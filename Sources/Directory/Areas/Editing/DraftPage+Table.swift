internal import Page
internal import Planning

extension DraftPage {
    /// One row for each area: what it has, how far its settings have to go, and what it lacks.
    var areaTable: Table {
        let title = "\(scheme.word.prefix(1).uppercased())\(scheme.word.dropFirst())"
        var table = Table(
            "The \(scheme.plural) of this plan",
            columns: [
                Table.Column(title), Table.Column("Settings", align: .number),
                Table.Column("Childminders", align: .number),
                Table.Column("Nurseries", align: .number), Table.Column("Schools", align: .number),
                Table.Column("Others", align: .number), Table.Column("Places", align: .number),
                Table.Column("To the base", align: .number), Table.Column("Deprivation", align: .number),
            ], rows: figures.areas.map(row))
        table.isCaptionHidden = true
        return table
    }

    private func row(_ area: AreaFigures) -> Table.Row {
        let schools = area.count(.school, .nurserySchool, .specialSchool)
        let nurseries = area.count(.dayNursery, .preschool, .groupProvider)
        let others = area.settings.count - area.count(.childminder) - schools - nurseries
        let settings: HTML = scheme.divides == .settings ? room(area) : plan.balance == .settings ? share(area) : ""
        var places: HTML = plan.balance == .places ? share(area) : ""
        if area.withoutPlaces > 0 { places += "<br><span class=\"quiet-line\">\(area.withoutPlaces) not known</span>" }
        let far: HTML =
            if let mean = area.mean, let longest = area.longest {
                "\(Measure.distance(mean))<br><span class=\"quiet-line\">at most \(Measure.distance(longest))</span>"
            } else { "–" }
        return Table.Row([
            "\(name(area))\(base(area))\(lacks(area))", "\(area.settings.count)\(settings)",
            "\(area.count(.childminder))",
            "\(nurseries)", "\(schools)", "\(others)", "\(grouped(area.places))\(places)", far,
            "\(area.decile.map { Measure.decimal($0) } ?? "not known")",
        ])
    }

    /// The area's name with its colour, as on the map; in a draft it leads to where it can be changed.
    private func name(_ area: AreaFigures) -> HTML {
        let swatch: HTML = scheme.divides == .wards ? "\(areaSwatch(area.position)) " : ""
        guard isDraft else { return "\(swatch)\(area.area.name)" }
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
        guard let base = area.base else { return "<br>\(Tag("no base", .warning))" }
        if scheme.divides == .settings { return "" }
        let locked: HTML = area.area.isBaseLocked ? ", chosen by hand" : ""
        let name = base.name ?? base.type.name
        return """
            <br><span class="quiet-line">Base: <a href="/staff/settings/\(segment: base.id)">\(name)</a> \
            (\(base.type.name.lowercased())\(locked))</span>
            """
    }

    private func lacks(_ area: AreaFigures) -> HTML {
        area.lacks.isEmpty ? "" : "<br>\(area.lacks.html { "\(Tag("Lacks: \($0)", .warning)) " })"
    }
}
