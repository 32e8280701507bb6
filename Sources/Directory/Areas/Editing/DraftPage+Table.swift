internal import Page
internal import Planning

extension DraftPage {
    /// One row for each area: what it has, how far its settings have to go, and what it lacks.
    var areaTable: Table {
        let title = "\(scheme.word.prefix(1).uppercased())\(scheme.word.dropFirst())"
        var table = Table(
            "The \(scheme.plural) of this plan", columns: [
                Table.Column(title), Table.Column("Settings", align: .number), Table.Column("Childminders", align: .number),
                Table.Column("Nurseries and pre-schools", align: .number), Table.Column("Schools", align: .number),
                Table.Column("Others", align: .number), Table.Column("Places", align: .number),
                Table.Column("Deprivation", align: .number), Table.Column("Base"), Table.Column("Lacks"),
            ], rows: figures.areas.map(row))
        table.isCaptionHidden = true
        return table
    }

    private func row(_ area: AreaFigures) -> Table.Row {
        let schools = area.count(.school, .nurserySchool, .specialSchool)
        let nurseries = area.count(.dayNursery, .preschool, .groupProvider)
        let others = area.settings.count - area.count(.childminder) - schools - nurseries
        let from = scheme.divides == .wards ? share(area) : room(area)
        let places: HTML =
            area.withoutPlaces == 0
            ? "\(grouped(area.places))" : "\(grouped(area.places)) <span class=\"quiet-line\">and \(area.withoutPlaces) not known</span>"
        let decile = area.decile.map { Measure.decimal($0) } ?? "not known"
        let name: HTML =
            isDraft
            ? "<a href=\"\(link: "\(path)/areas/\(area.area.id)")\">\(area.area.name)</a>" : "\(area.area.name)"
        return Table.Row([
            "\(swatch(area))\(name)", "\(area.settings.count)\(from)", "\(area.count(.childminder))", "\(nurseries)",
            "\(schools)", "\(others)", places, "\(decile)", base(area),
            area.lacks.isEmpty ? "nothing" : "\(area.lacks.html { "\(Tag($0, .warning)) " })",
        ])
    }

    private func share(_ area: AreaFigures) -> HTML {
        let isOut = abs(area.share) > plan.tolerance + 1e-9
        let text = plan.balance == .settings ? Measure.signed(area.share) : "\(Measure.signed(area.share)) by places"
        return isOut ? " \(Tag(text, .warning))" : " <span class=\"quiet-line\">\(text)</span>"
    }

    private func room(_ area: AreaFigures) -> HTML {
        area.area.capacity.map { " <span class=\"quiet-line\">of \($0)</span>" } ?? ""
    }

    private func base(_ area: AreaFigures) -> HTML {
        guard let base = area.base else { return Tag("no base", .warning).html }
        let locked: HTML = area.area.isBaseLocked && scheme.divides == .wards ? " \(Tag("chosen by hand"))" : ""
        let far: HTML =
            if let mean = area.mean, let longest = area.longest {
                " <span class=\"quiet-line\">\(Measure.distance(mean)) on average, \(Measure.distance(longest)) at most</span>"
            } else { "" }
        return "<a href=\"/staff/settings/\(segment: base.id)\">\(base.name ?? base.type.name)</a>, \(base.type.name.lowercased())\(locked)\(far)"
    }

    /// The area's colour beside its name, as on the map.
    private func swatch(_ area: AreaFigures) -> HTML {
        scheme.divides == .wards ? "\(areaSwatch(area.position)) " : ""
    }
}
