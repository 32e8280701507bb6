internal import House
internal import Page
internal import Store

extension Directory {
    /// Choosing the anchors of networks: schools to tick, each with its room.
    func anchorForm(_ read: SchemeRead, _ errors: FieldErrors, _ typed: FormData?) -> HTML {
        let candidates = AnchorDrawing.candidates(read.territory)
        guard !candidates.isEmpty else {
            return "<p>None of this hub’s settings can be an anchor yet. Load the schools, or add one by hand.</p>"
        }
        let ticked = Set(typed?.all("anchor") ?? suggestedAnchors(candidates).map(\.id))
        let groups = Dictionary(grouping: candidates, by: \.type).sorted { left, right in
            anchorRank(left.key) < anchorRank(right.key)
        }
        var first = true
        let lists = groups.html { type, group in
            let rows = group.html { setting in
                defer { first = false }
                return anchorRow(setting, read.territory, ticked.contains(setting.id), isFirst: first, typed, errors)
            }
            let legend = "\(type.plural) (\(group.count))"
            let list: HTML = "<fieldset class=\"group\"><legend class=\"unseen\">\(legend)</legend>\(rows)</fieldset>"
            let isOpen = type == groups.first?.key || group.contains { ticked.contains($0.id) }
            return Disclosure(legend, list, isOpen: isOpen).html
        }
        var form = Form.post(
            "\(read.scheme.path(in: read.territory.hub))/anchors", "Draw the \(read.scheme.plural)",
            fields: [
                Field.piece(
                    """
                    <p>Tick the schools to gather around. Every setting goes to the nearest one; say how many an anchor can \
                    take, itself included, if there is a limit.</p>
                    """),
                Field.piece(errors["anchor"].map { "<p class=\"error\">\($0)</p>" } ?? ""), Field.piece(lists),
            ])
        form.errors = errors
        return form.html
    }

    private func anchorRow(
        _ setting: TerritorySetting, _ territory: Territory, _ isTicked: Bool, isFirst: Bool, _ typed: FormData?,
        _ errors: FieldErrors
    ) -> HTML {
        let name = setting.name ?? setting.type.name
        var tick = Field.checkbox("anchor", "\(name), \(territory.name(ofWard: setting.ward))", value: setting.id)
        tick.id = isFirst ? "anchor" : "anchor-\(setting.id)"
        tick.values = isTicked ? [setting.id] : []
        var room = Field.number("room-\(setting.id)", "Room at \(name)", unit: "settings").filled(
            typed?["room-\(setting.id)"])
        room.isLabelHidden = true
        room.placeholder = "no limit"
        room.error = errors["room-\(setting.id)"]
        return "<div class=\"filter-fields\">\(tick)\(room)</div>"
    }

    /// Nursery schools, where there are any: they are what networks were first built around.
    private func suggestedAnchors(_ candidates: [TerritorySetting]) -> [TerritorySetting] {
        candidates.filter { $0.type == .nurserySchool }
    }

    private func anchorRank(_ type: SettingType) -> Int {
        let order: [SettingType] = [.nurserySchool, .childrensCentre, .school, .specialSchool, .dayNursery, .preschool]
        return order.firstIndex(of: type) ?? order.count
    }

    /// Draws networks around the ticked anchors and leads to the draft.
    func drawNetworks(_ request: Request) async throws -> Answer {
        let read = try await readScheme(request)
        guard read.scheme.divides == .settings else {
            throw Refusal.badRequest("This scheme divides wards, not settings.")
        }
        var reader = FormReader(request.form)
        let candidates = AnchorDrawing.candidates(read.territory).map(\.id)
        let ticked = reader.many(
            "anchor", from: candidates, atLeast: 1, missing: "Tick at least one school to gather a network around.")
        var choices: [AnchorDrawing.Choice] = []
        for id in ticked {
            let room = reader.optionalInt(
                "room-\(id)", in: 1...100_000,
                wrong: "Write how many settings fit, in figures, or leave it empty for no limit.")
            choices.append(AnchorDrawing.Choice(settingID: id, capacity: room))
        }
        guard reader.errors.isEmpty else {
            return .page(try schemeHTML(read, request, errors: reader.errors, typed: request.form), status: 422)
        }
        let tools = tools
        let territory = read.territory
        let drawn: (state: PlanState, notes: [String])
        do {
            let chosen = choices
            drawn = try await offPool { try AnchorDrawing.draw(chosen, in: territory) { tools.ids.next() } }
        } catch let refused as ChangeRefused {
            reader.fail("anchor", refused.message)
            return .page(try schemeHTML(read, request, errors: reader.errors, typed: request.form), status: 422)
        }
        let scheme = read.scheme
        let plan = try await tools.database.write { session in
            let plan = Plan(
                id: tools.ids.next(), schemeID: scheme.id, name: try Publishing.freeName(of: scheme.id, session),
                notes: drawn.notes)
            try Plans.insert(plan, drawn.state, session, tools)
            return plan
        }
        return .redirect(to: "\(plan.path(in: read.territory.hub))?done=drawn")
    }
}
