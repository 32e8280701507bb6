internal import Civil
internal import House
internal import Page
internal import Store

extension Directory {
    func newSetting(_ request: Request) async throws -> Answer {
        try await newSettingForm(values: FormData(), errors: FieldErrors())
    }

    /// Adds a setting that is on no register: a stay and play, a childminder drop-in, a health centre.
    func addSetting(_ request: Request) async throws -> Answer {
        let (facts, errors) = SettingForm.read(request.form, isNew: true)
        guard errors.isEmpty else { return try await newSettingForm(values: request.form, errors: errors) }
        let values = Dictionary(facts.map { ($0.field, $0.value) }, uniquingKeysWith: { first, _ in first })
        let hub = request.form["hub"].flatMap { $0.isEmpty ? nil : $0 }
        let tools = tools
        let id = tools.ids.next()
        try await tools.database.write { session in
            let type = (values[.type] ?? nil).flatMap { SettingType(rawValue: $0) } ?? .other
            let hubID = try hub.flatMap { try session.first("select id from hub where slug = \($0)") }?.text("id")
            let version = try Directory.touch(session)
            let now = tools.clock.now
            let name: String? = values[.name] ?? nil
            try session.run(
                """
                insert into setting (id, hub_id, type, name, sort_key, address, town, postcode, place_basis, ward_code, places,
                    is_home, is_secret, is_early_years, status, telephone, email, website, note, version, created_at, updated_at,
                    checked_on)
                values (\(id), \(hubID), \(type), \(name), \(SortKey.of(name ?? type.name)), \(values[.address] ?? nil),
                    \(values[.town] ?? nil), \(values[.postcode] ?? nil), 'none', \(values[.ward] ?? nil),
                    \((values[.places] ?? nil).flatMap { Int($0) }), \(type.isHome), 0, 1, 'open', \(values[.telephone] ?? nil),
                    \(values[.email] ?? nil), \(values[.website] ?? nil), \(values[.note] ?? nil), \(version), \(now), \(now),
                    \(tools.clock.today))
                """)
            try Placing.refresh(id, in: session)
            try session.run(
                """
                update setting set authority_code = (select authority_code from ward where code = setting.ward_code),
                    authority_name = (select a.name from authority a join ward w on w.authority_code = a.code
                        where w.code = setting.ward_code) where id = \(id)
                """)
            try Audit.log(session, tools, action: "directory.setting.added", subject: "setting:\(id)", after: name ?? type.name)
        }
        return .redirect(to: "/staff/settings/\(id)?done=added")
    }

    private func newSettingForm(values: FormData, errors: FieldErrors) async throws -> Answer {
        let asker = tools.asker
        let (wards, hubs) = try await tools.database.read { session in
            (
                try SettingForm.wards(in: session, authority: nil),
                try Hubs.all(session).filter { asker.knows(hub: $0.id) }.map { Choice($0.slug, $0.name) }
            )
        }
        var fields = SettingForm.fields(wards: wards, isNew: true)
        if !hubs.isEmpty {
            fields.append(
                .select(
                    "hub", "Whose setting is it?", choices: hubs, prompt: "Everybody’s",
                    hint: "A hub’s own groups are seen in that hub only."))
        }
        var form = Form.post("/staff/settings/new", "Add this setting", fields: fields)
        form.values = values
        form.errors = errors
        form.cancel = Link("Do not add it", "/staff/settings")
        var frame = tools.frame(
            "Add a setting", for: .staff, at: "/staff/settings",
            content: """
                <p>For what no official register knows: a stay and play, a childminder drop-in, a health centre. \
                Nurseries, childminders and schools come from the registers by themselves.</p>\(form)
                """)
        frame.breadcrumbs = [Link("Settings and map", "/staff/settings")]
        frame.errors = errors
        return .page(frame.html, status: errors.isEmpty ? 200 : 422)
    }
}
