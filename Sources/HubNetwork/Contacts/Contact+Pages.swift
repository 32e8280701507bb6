internal import Civil
internal import Directory
internal import House
internal import Identity
internal import Page
internal import Store

extension Network {
    /// Logging a contact with one setting or many.
    var contactRoutes: [Route] {
        let hub = "/staff/network/{hub}"
        return [
            route(.get, "\(hub)/log", .logContact, "Log a contact", at: Self.atHub) { try await $0.logPage($1, errors: FieldErrors()) },
            route(.post, "\(hub)/log", .logContact, "Log a contact", at: Self.atHub) { try await $0.log($1) },
            route(.post, "\(hub)/contacts/{contact}/undo", .logContact, "Take a contact back", at: Self.atHub) {
                try await $0.undo($1, undone: true)
            },
            route(.post, "\(hub)/contacts/{contact}/restore", .logContact, "Bring a contact back", at: Self.atHub) {
                try await $0.undo($1, undone: false)
            },
        ]
    }

    /// At most so many settings in one contact.
    private static let most = 100

    private func contactForm(_ request: Request) async throws -> ContactForm {
        let today = tools.clock.today
        let slug = request.parameter("hub")
        let asked = request.method == .post ? request.form.all("setting") : request.query.all("setting")
        let wanted = Set(asked.prefix(Self.most))
        let key = tools.ids.next()
        let me = tools.asker.personID
        return try await tools.database.read { session in
            let ground = try HubGround.of(slug, on: today, session)
            let chosen = ground.settings.filter { wanted.contains($0.id) }
            return ContactForm(
                hub: ground, chosen: chosen, team: try PeopleBook.of(hub: ground.id, roles: Network.teamRoles, session),
                settingPeople: chosen.count == 1 ? try PeopleBook.of(hub: ground.id, setting: chosen.first?.id, session) : [],
                today: today, me: me, key: key)
        }
    }

    /// Who does a hub's work.
    static let teamRoles: Set<Role> = Set(Deed.logContact.reaches.keys)

    private func logPage(_ request: Request, errors: FieldErrors) async throws -> Answer {
        let form = try await contactForm(request)
        let count = form.chosen.count
        let who = count == 1 ? form.chosen.first?.title ?? "" : count == 0 ? "a setting" : "\(count) settings"
        var frame = tools.frame("Log a contact with \(who)", for: .staff, at: "/staff/network")
        frame.breadcrumbs = [Link("The network", "/staff/network/\(form.hub.slug)")]
        frame.errors = errors
        frame.content = form.drawn(values: request.method == .post ? request.form : nil, errors: errors)
        frame.scripts = ["keep.js"]
        return .page(frame.html, status: errors.isEmpty ? 200 : 422)
    }

    private func log(_ request: Request) async throws -> Answer {
        let form = try await contactForm(request)
        var reader = FormReader(request.form)
        guard let new = form.read(request.form, &reader) else { return try await logPage(request, errors: reader.errors) }
        let tools = tools
        try await tools.database.write { session in
            try Contacts.log(new, tools, session)
            if new.words.outcome == .joined {
                for setting in new.words.settings { try Memberships.join(setting, new.hubID, on: new.words.day, tools, session) }
            }
        }
        let one = new.words.settings.count == 1 ? new.words.settings.first : nil
        return .redirect(to: "/staff/network/\(form.hub.slug)\(one.map { "/settings/\($0)" } ?? "")?done=logged")
    }

    private func undo(_ request: Request, undone: Bool) async throws -> Answer {
        let tools = tools
        let id = request.parameter("contact")
        let setting = try await tools.database.write { session in
            try Contacts.set(undone: undone, id, tools, session)
            return try session.first("select setting_id from contact_setting where contact_id = \(id) order by setting_id limit 1")?
                .textOrNil("setting_id")
        }
        let hub = "/staff/network/\(request.parameter("hub"))"
        return .redirect(to: "\(hub)\(setting.map { "/settings/\($0)" } ?? "")?done=\(undone ? "undone" : "restored")")
    }
}
