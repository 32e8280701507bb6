internal import House
internal import Page
internal import Store

extension Directory {
    private struct AgreedView: Sendable {
        let id: String
        let type: SettingType
        let title: String
        let isSecret: Bool
        let agreed: Set<AgreedField>
        let facts: [AgreedField: String]
    }

    /// What a setting agreed to have shown to everybody, to be recorded as it was said.
    func agreedPage(_ request: Request) async throws -> Answer {
        let view = try await agreedView(request)
        let isOwn = request.deed == .mindSetting
        let base = isOwn ? "/own/\(view.id)" : "/staff/settings/\(view.id)"
        var frame = tools.frame(
            isOwn ? "What may be shown" : "What \(view.title) agreed to show", for: .staff, at: isOwn ? "/own" : "/staff/settings")
        frame.breadcrumbs = isOwn ? [Link(view.title, base)] : [Link("Settings and map", "/staff/settings"), Link(view.title, base)]
        if request.query["done"] == "saved" {
            frame.notices = [.success("What it agreed to is saved.", "Directories and pages show it from now on.")]
        }
        guard !view.isSecret else {
            frame.content =
                Card(
                    nil,
                    "<p>This setting is kept secret. It is never shown to strangers, so there is nothing to agree to.</p>"
                ).html
            return .page(frame.html)
        }
        let always: HTML =
            view.type.isHome
            ? """
            Without agreement everybody sees only that there is a \(view.type.name.lowercased()) in its ward. Its address and \
            place are never shown.
            """
            : """
            Its name, type and address are on the public registers and are shown to everybody. The rest is shown only if it \
            agreed.
            """
        let choices = AgreedField.allCases.filter { view.type.isHome || $0 != .name }.map { field in
            Choice(field.rawValue, field.words, hint: view.facts[field].map { "Now: \($0)" } ?? "Not known yet")
        }
        var form = Form.post(
            "\(base)/agreed", "Save what may be shown",
            fields: [
                Field.checkboxes(
                    "agreed", isOwn ? "Everybody may see" : "It agreed to show", choices: choices,
                    hint: isOwn
                        ? "Taking a tick away ends it from that moment."
                        : "Tick only what the setting itself said yes to. Taking a tick away ends the agreement."
                )
                .filled(all: view.agreed.map(\.rawValue))
            ])
        form.cancel = Link("Back to the setting", base)
        frame.lead = always
        frame.content = Card(nil, form.html).html
        return .page(frame.html)
    }

    func saveAgreed(_ request: Request) async throws -> Answer {
        let view = try await agreedView(request)
        guard !view.isSecret else {
            throw Refusal.badRequest("This setting is kept secret and is never shown to strangers.")
        }
        var reader = FormReader(request.form)
        let wanted = reader.many("agreed", from: AgreedField.allCases.map(\.rawValue)).compactMap(
            AgreedField.init(rawValue:))
        let tools = tools
        _ = try await tools.database.write { session in
            try AgreedFields.record(Set(wanted), for: view.id, session, tools)
        }
        return .redirect(to: "\(request.deed == .mindSetting ? "/own" : "/staff/settings")/\(view.id)/agreed?done=saved")
    }

    private func agreedView(_ request: Request) async throws -> AgreedView {
        let id = request.parameter("id")
        return try await tools.database.read { session in
            let row = try session.first(
                """
                select s.id, s.type, s.name, s.is_secret, s.telephone, s.email, s.website, s.authority_name, w.name as ward
                from setting s left join ward w on w.code = s.ward_code where s.id = \(id) and s.merged_into is null
                """)
            guard let row else { throw Refusal.notFound("There is no setting at this address.") }
            let type: SettingType = row.code("type") ?? .other
            var facts: [AgreedField: String] = [:]
            for field in AgreedField.allCases {
                if let fact = row.textOrNil(field.rawValue), !fact.isEmpty { facts[field] = fact }
            }
            return AgreedView(
                id: row.text("id"), type: type,
                title: SettingTitle.shown(
                    name: row.textOrNil("name"), type: type, ward: row.textOrNil("ward"),
                    authority: row.textOrNil("authority_name")),
                isSecret: row.bool("is_secret"), agreed: try AgreedFields.of(setting: id, session), facts: facts)
        }
    }
}
