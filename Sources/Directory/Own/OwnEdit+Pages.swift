internal import House
internal import Page
internal import Store

extension Directory {
    private struct OwnEdit: Sendable {
        let setting: Setting
        let waits: Bool
        let waiting: Proposal?
    }

    private func ownEditing(_ request: Request) async throws -> OwnEdit {
        let id = request.parameter("id")
        return try await tools.database.read { session in
            guard let setting = try Setting.find(id, for: .staff, in: session), setting.mergedInto == nil else {
                throw Directory.noSuchSetting
            }
            return OwnEdit(
                setting: setting, waits: try HubWishes.waits(forSetting: id, session), waiting: try Proposals.waiting(for: id, session))
        }
    }

    func ownEdit(_ request: Request) async throws -> Answer {
        let editing = try await ownEditing(request)
        // What was asked for already is what they meant.
        let values = FormData(
            OwnFacts.all.map { field in
                let asked = editing.waiting?.changes.first { $0.field == field }
                return (field.rawValue, (asked.map(\.value) ?? field.value(in: editing.setting)) ?? "")
            })
        return ownForm(editing, values: values, errors: FieldErrors())
    }

    func saveOwnEdit(_ request: Request) async throws -> Answer {
        let editing = try await ownEditing(request)
        let setting = editing.setting
        var (facts, errors) = OwnFacts.read(request.form, of: setting)
        var reader = FormReader(request.form)
        let reason = reader.optionalText("reason", max: 500)
        for error in reader.errors.all { errors.add(error.field, error.message) }
        guard errors.isEmpty else { return ownForm(editing, values: request.form, errors: errors) }
        let seen = request.form["version"].flatMap { Int($0) }
        let tools = tools
        let changes = facts
        let outcome = try await tools.database.write { session -> String? in
            guard let now = try Setting.find(setting.id, for: .staff, in: session) else { throw Directory.noSuchSetting }
            if let seen, now.version != seen { return nil }
            let waits = try HubWishes.waits(forSetting: setting.id, session)
            let changed = changes.filter { $0.field.value(in: now) != $0.value }
            let asked = waits ? changed.filter { OwnFacts.ofRecord.contains($0.field) } : []
            let saved = waits ? changed.filter { OwnFacts.contacts.contains($0.field) } : changed
            if waits || editing.waiting != nil { try Proposals.ask(asked, for: now, reason: reason, tools, session) }
            try Corrections.make(saved, for: now, reason: reason ?? "Told by the setting.", tools: tools, in: session)
            if asked.isEmpty { return saved.isEmpty ? "" : "saved" }
            return saved.isEmpty ? "asked" : "both"
        }
        guard let outcome else {
            errors.add(
                "name",
                "Somebody else changed this entry while you were writing. Yours is still here; look at theirs, then save again.")
            // Read once more: what they changed may have come after this form was looked at.
            return ownForm(try await ownEditing(request), values: request.form, errors: errors, differs: true)
        }
        return .redirect(to: "/own/\(setting.id)\(outcome.isEmpty ? "" : "?done=\(outcome)")")
    }

    /// What stands now where the form says otherwise: whoever saves again puts theirs in its place, and sees what goes.
    private func whatStands(_ setting: Setting, _ values: FormData) -> HTML {
        let rows: [(String, HTML)] = OwnFacts.all.compactMap { field in
            let stands = field.value(in: setting) ?? ""
            let typed = values[field.rawValue] ?? ""
            return stands == typed
                ? nil
                : (
                    field.label,
                    "<bdi>\(stands.isEmpty ? "Nothing" : stands)</bdi> <span class=\"quiet\">(yours: <bdi>\(typed.isEmpty ? "nothing" : typed)</bdi>)</span>"
                )
        }
        return rows.isEmpty ? HTML() : Card("What stands now", Details(rows).html).html
    }

    private func ownForm(_ editing: OwnEdit, values: FormData, errors: FieldErrors, differs: Bool = false) -> Answer {
        let setting = editing.setting
        var form = Form.post(
            "/own/\(setting.id)/edit", "Save",
            fields: OwnFacts.fields(setting)
                + [Field.text("reason", "Anything the hub should know?", hint: "For example: we moved on 1 September.").optional()])
        form.values = values
        form.errors = errors
        form.hidden = [("version", String(setting.version))]
        form.cancel = Link("Leave it as it is", "/own/\(setting.id)")
        var frame = tools.frame(
            "Change your entry", for: .staff, at: "/own", content: "\(differs ? whatStands(setting, values) : HTML())\(form)")
        frame.lead =
            editing.waits
            ? "Telephone, e-mail and website stand at once. The rest your hub’s coordinator looks at first."
            : "What you write stands at once."
        frame.breadcrumbs = [Link(setting.title, "/own/\(setting.id)")]
        frame.errors = errors
        return .page(frame.html, status: errors.isEmpty ? 200 : 422)
    }

    func withdrawOwnChange(_ request: Request) async throws -> Answer {
        let id = request.parameter("id")
        let tools = tools
        try await tools.database.write { session in
            guard let waiting = try Proposals.waiting(for: id, session) else {
                throw Refusal.badRequest("Nothing waits any more. Look at the page of your setting for what was decided.")
            }
            try Proposals.decide(waiting, .withdrawn, nil, tools, session)
        }
        return .redirect(to: "/own/\(id)?done=withdrawn")
    }
}
