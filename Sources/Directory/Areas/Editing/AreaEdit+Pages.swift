internal import House
internal import Page
internal import Planning

/// A setting that could be the base of an area.
struct BaseCandidate: Sendable {
    let setting: TerritorySetting
    /// Metres from the area's settings to it, on average.
    let mean: Double
    let longest: Double
}

extension PlanPicture {
    /// The possible bases of an area, the nearest to its settings first.
    func candidates(for area: String) -> [BaseCandidate] {
        let members = territory.counted.filter { self.area(of: $0) == area }
        let points = members.compactMap { territory.point(of: $0) }
        guard !points.isEmpty else { return [] }
        let possible = members.filter { $0.type.canBeBase && $0.point != nil }
        return possible.compactMap { setting in
            setting.point.map { point in
                let metres = points.map { GreatCircle.metres(from: $0, to: point) }
                return BaseCandidate(
                    setting: setting, mean: metres.reduce(0, +) / Double(metres.count), longest: metres.max() ?? 0)
            }
        }.sorted { ($0.mean, $0.setting.id) < ($1.mean, $1.setting.id) }
    }
}

extension Directory {
    /// One area of a draft: its name, and the settings that could be its base.
    func editArea(_ request: Request) async throws -> Answer {
        let picture = try await readPlan(request)
        return .page(try areaHTML(picture, request, errors: FieldErrors(), typed: nil))
    }

    /// Renames the area; an empty name comes back with what to do.
    func renameArea(_ request: Request) async throws -> Answer {
        let picture = try await readPlan(request)
        var reader = FormReader(request.form)
        let name = reader.text("name", missing: "Give the area a name people will know.", max: 80)
        let edition = Int(request.form["edition"] ?? "")
        guard let name, let edition else {
            return .page(try areaHTML(picture, request, errors: reader.errors, typed: request.form), status: 422)
        }
        let area = request.parameter("area")
        do {
            _ = try DraftChange.rename(area: area, to: name).applied(to: picture) { "" }
        } catch let refused as ChangeRefused {
            reader.fail("name", refused.message)
            return .page(try areaHTML(picture, request, errors: reader.errors, typed: request.form), status: 422)
        }
        let form = FormData([("what", "rename"), ("area", area), ("name", name), ("edition", String(edition))])
        return try await changeDraft(request.with(form: form))
    }

    private func areaHTML(
        _ picture: PlanPicture, _ request: Request, errors: FieldErrors, typed: FormData?
    ) throws -> HTML {
        guard let area = picture.state.area(request.parameter("area")) else {
            throw Refusal.notFound("This area is not in the draft any more. It may have been drawn again.")
        }
        let hub = picture.hub
        let path = picture.plan.path(in: hub)
        var frame = tools.frame(area.name, for: .staff, at: hub.staffPath)
        frame.title = "\(area.name) in \(picture.plan.name)"
        frame.breadcrumbs = [
            Link("Hubs and areas", "/staff/hubs"), Link(hub.name, hub.staffPath),
            Link(picture.scheme.name, picture.scheme.path(in: hub)), Link(picture.plan.name, path),
        ]
        let wards = picture.state.wards(of: area.id).map { picture.territory.name(ofWard: $0) }
        if !wards.isEmpty { frame.lead = "\(Measure.list(wards.sorted()))." }
        frame.errors = errors
        var form = Form.post(
            "\(path)/areas/\(area.id)", "Save the name",
            fields: [
                Field.text("name", "Name of the area", hint: "As people there would say it.", width: .half).filled(
                    area.name)
            ])
        form.hidden = [("edition", String(picture.plan.edition))]
        form.values = typed
        form.errors = errors
        form.cancel = Link("Back to the draft", path)
        frame.content = "\(Card("Name", form.html))\(baseCard(picture, area))"
        return frame.html
    }

    private func baseCard(_ picture: PlanPicture, _ area: PlanState.Area) -> Card {
        guard picture.scheme.divides == .wards else {
            return Card(
                "Anchor",
                "<p>A network keeps the anchor it was drawn around. For another one, draw the networks again.</p>")
        }
        let path = picture.plan.path(in: picture.hub)
        let edition = ("edition", String(picture.plan.edition))
        let candidates = picture.candidates(for: area.id)
        var table = Table(
            "Settings that could be the base, nearest first",
            columns: [
                Table.Column("Setting"), Table.Column("Kind"), Table.Column("Mean distance", align: .number),
                Table.Column("Farthest", align: .number), Table.Column("Choose", titleHidden: true),
            ],
            rows: candidates.map { candidate in
                let isBase = candidate.setting.id == area.baseID
                var button = Button(
                    "Make it the base", action: "\(path)/change",
                    hidden: [("what", "base"), ("area", area.id), ("setting", candidate.setting.id), edition],
                    style: .small)
                button.about = ": \(candidate.setting.name ?? candidate.setting.type.name)"
                let act: HTML = isBase ? Tag("The base now", .good).html : button.html
                return Table.Row(
                    [
                        "\(candidate.setting.name ?? candidate.setting.type.name)",
                        "\(candidate.setting.type.mark.icon()) \(candidate.setting.type.name)",
                        "\(Measure.distance(candidate.mean))", "\(Measure.distance(candidate.longest))", act,
                    ], current: isBase)
            })
        table.empty =
            "<p>No setting here can be a base. A children’s centre, a school or a group setting whose place is known could be.</p>"
        let free: HTML =
            area.isBaseLocked
            ? """
            <p>Chosen by hand, so drawing again keeps it.</p><div class="buttons">\(Button(
                "Let the drawing choose", action: "\(path)/change", hidden: [("what", "free-base"), ("area", area.id), edition],
                style: .small))</div>
            """ : ""
        return Card("Base", "\(free)\(table)")
    }
}
