internal import House
internal import Page
internal import Store

extension Directory {
    func correctPage(_ request: Request) async throws -> Answer {
        let (setting, wards) = try await settingToCorrect(request)
        let values = FormData(
            CorrectableField.allCases.map { ($0.rawValue, $0.value(in: setting) ?? "") })
        return correctForm(setting, wards, values: values, errors: FieldErrors())
    }

    func correct(_ request: Request) async throws -> Answer {
        let (setting, wards) = try await settingToCorrect(request)
        var (facts, errors) = SettingForm.read(request.form, isNew: false)
        var reader = FormReader(request.form)
        let reason = reader.optionalText("reason", max: 500)
        for error in reader.errors.all { errors.add(error.field, error.message) }
        let seen = request.form["version"].flatMap { Int($0) }
        guard errors.isEmpty else { return correctForm(setting, wards, values: request.form, errors: errors) }
        // The ward box is filled from the postcode: left as it was, it is not a correction of its own.
        if facts.contains(where: { $0.field == .ward && $0.value == setting.wardCode }) {
            facts.removeAll { $0.field == .ward }
        }
        let tools = tools
        let changes = facts
        let outcome = try await tools.database.write { session -> CorrectOutcome in
            guard let now = try Setting.find(setting.id, for: .staff, in: session) else { throw Directory.noSuchSetting }
            if let seen, now.version != seen { return .changedMeanwhile }
            let count = try Corrections.make(changes, for: now, reason: reason, tools: tools, in: session)
            return count == 0 ? .nothing : .saved
        }
        switch outcome {
        case .saved: return .redirect(to: "/staff/settings/\(setting.id)?done=corrected")
        case .nothing: return .redirect(to: "/staff/settings/\(setting.id)")
        case .changedMeanwhile:
            errors.add(
                "name",
                "Somebody else changed this setting while you were writing. Yours is still here; look at theirs, then save again.")
            return correctForm(setting, wards, values: request.form, errors: errors)
        }
    }

    private enum CorrectOutcome: Sendable { case saved, nothing, changedMeanwhile }

    private func correctForm(_ setting: Setting, _ wards: [Choice], values: FormData, errors: FieldErrors) -> Answer {
        let fields =
            SettingForm.fields(wards: wards, isNew: false, isGone: setting.status == .gone)
            + [Field.text("reason", "How do you know?", hint: "For example: told by the manager by telephone.").optional()]
        var form = Form.post("/staff/settings/\(setting.id)/correct", "Save the corrections", fields: fields)
        form.values = values
        form.errors = errors
        form.hidden = [("version", String(setting.version))]
        form.cancel = Link("Leave it as it is", "/staff/settings/\(setting.id)")
        var frame = tools.frame(
            "Correct a fact", for: .staff, at: "/staff/settings",
            content: """
                <p>What you write stands over the official register until you undo it. When a later edition says something else, \
                you will be asked which is right.</p>\(form)
                """)
        frame.breadcrumbs = [
            Link("Settings and map", "/staff/settings"), Link(setting.title, "/staff/settings/\(setting.id)"),
        ]
        frame.errors = errors
        return .page(frame.html, status: errors.isEmpty ? 200 : 422)
    }

    private func settingToCorrect(_ request: Request) async throws -> (Setting, [Choice]) {
        try await tools.database.read { session in
            guard let setting = try Setting.find(request.parameter("id"), for: .staff, in: session) else {
                throw Directory.noSuchSetting
            }
            let authority = try session.first(
                "select coalesce(w.authority_code, s.authority_code) as code from setting s left join ward w on w.code = s.ward_code where s.id = \(setting.id)"
            )?.textOrNil("code")
            return (setting, try SettingForm.wards(in: session, authority: authority))
        }
    }

    /// Undoes a correction, or keeps it against what the register now says.
    func decide(_ request: Request, keeps: Bool) async throws -> Answer {
        let tools = tools
        let id = request.parameter("id")
        try await tools.database.write { session in
            let standing = try Correction.standing(for: id, in: session)
            guard let correction = standing.first(where: { $0.id == request.parameter("correction") }) else {
                throw Refusal.notFound("This correction has been undone already.")
            }
            if keeps {
                try Corrections.keep(correction, of: id, tools: tools, in: session)
            } else {
                try Corrections.undo(correction, of: id, tools: tools, in: session)
            }
        }
        return .redirect(to: "/staff/settings/\(id)?done=\(keeps ? "kept" : "undone")")
    }
}
