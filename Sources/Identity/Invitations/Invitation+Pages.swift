internal import Civil
internal import House
internal import Page
internal import Store

extension Identity {
    /// Inviting people, one by one or from a pasted list, and answering an invitation.
    var invitationRoutes: [Route] {
        [
            route(.get, "/staff/people/invite", .invitePeople, "Invite people") { try await $0.inviteForm($1, errors: FieldErrors()) },
            route(.post, "/staff/people/invite", .invitePeople, "Invite people", at: Self.atInvitedPlace) { try await $0.invite($1) },
            route(.post, "/staff/people/invitations/{invitation}/withdraw", .invitePeople, "Take an invitation back", at: Self.atInvitation)
            {
                try await $0.withdraw($1)
            },
            route(.get, "/invitation/{token}", .arrive, "Answer an invitation") { try await $0.invitationPage($1) },
            route(.post, "/invitation/{token}", .arrive, "Answer an invitation") { try await $0.answerInvitation($1) },
        ]
    }

    private static let days = 14
    /// People invited with one form.
    private static let most = 500

    /// Where the role of a form would be held. What is left out or made up is nobody's place.
    private static func atInvitedPlace(_ request: Request, _ session: any Session) throws -> Whereabouts {
        guard let role = Role(rawValue: request.form["role"] ?? "") else { return .several }
        let scope = InviteScope(request.form["over"] ?? "")
        if role == .administrator { return whereabouts(of: RoleGrant(.administrator)) }
        return whereabouts(of: RoleGrant(role, hub: scope.hubID, area: scope.areaID, setting: scope.settingID))
    }

    private static func atInvitation(_ request: Request, _ session: any Session) throws -> Whereabouts {
        guard let row = try session.first("select * from invitation where id = \(request.parameter("invitation"))") else {
            throw Refusal.notFound("There is no such invitation.")
        }
        return whereabouts(of: RoleGrant(row))
    }

    private func inviteForm(_ request: Request, errors: FieldErrors) async throws -> Answer {
        let asker = request.asker
        let book = book
        let choices = try await tools.database.read { session in try InviteScope.choices(for: asker, book, session) }
        let roles = Role.allCases.filter { InviteScope.mayGive($0, asker) }.map { Choice($0.rawValue, $0.name) }
        var form = Form.post(
            "/staff/people/invite", "Send the invitations",
            fields: [
                .select("role", "As what?", choices: roles, prompt: "Choose"),
                .select("over", "Over what?", choices: choices, prompt: "Choose", hint: "A hub, one of its mini-hubs, or a setting."),
                .text(
                    "sector", "For which sector do they speak?", hint: "For steering members: schools, childminders, health …", width: .half
                ).optional(),
                .textArea(
                    "people", "Whom?",
                    hint:
                        "One person on each line: name and e-mail address, as in “Amina Begum, amina@example.org”. Or paste a list: from a spreadsheet, or from the address field of a letter.",
                    rows: 6),
            ])
        // Another page may know already whom to invite, and as what.
        form.values = request.method == .post ? request.form : request.query
        form.errors = errors
        form.cancel = Link("Invite nobody", "/staff/people")
        var frame = tools.frame("Invite people", for: .staff, at: "/staff/people", content: "\(form)")
        frame.lead = "Each gets a letter with a link, which works for \(Self.days) days."
        frame.breadcrumbs = [Link("People", "/staff/people")]
        frame.errors = errors
        return .page(frame.html, status: errors.isEmpty ? 200 : 422)
    }

    private func invite(_ request: Request) async throws -> Answer {
        var reader = FormReader(request.form)
        let role = Role(rawValue: request.form["role"] ?? "")
        if role == nil { reader.fail("role", "Choose what they will be.") }
        // An administrator is over everything, whatever the form says.
        let scope = InviteScope(role == .administrator ? "" : request.form["over"] ?? "")
        if let role, !scope.fits(role.level) { reader.fail("over", scope.complaint(role)) }
        let sector = reader.optionalText("sector", max: 60)
        let list = InviteList(request.form["people"] ?? "")
        let people = list.people
        if people.isEmpty && list.wrong.isEmpty { reader.fail("people", "Write at least one name with an e-mail address.") }
        if !list.wrong.isEmpty { reader.fail("people", Self.complaint(list.wrong)) }
        if people.count > Self.most {
            reader.fail(
                "people", "These are \(people.count) people. Invite at most \(Self.most) at once: take some out, and paste them next.")
        }
        guard let role, reader.errors.isEmpty else { return try await inviteForm(request, errors: reader.errors) }
        let tools = tools
        let book = book
        let grant = RoleGrant(role, hub: scope.hubID, area: scope.areaID, setting: scope.settingID, sector: sector)
        let sent = try await tools.database.write { session -> Int in
            try InviteScope.check(scope, book, session)
            let expires = tools.clock.now.adding(seconds: Identity.days * 86_400)
            let over = try Identity.over(grant, book, session)
            // Who is it already needs no letter.
            let holders = try session.all(
                """
                select p.email_key from role r join person p on p.id = r.person_id where r.role = \(role) and r.to_at is null
                and p.forgotten_at is null and coalesce(r.hub_id, '') = \(grant.hubID ?? "")
                and coalesce(r.area_id, '') = \(grant.areaID ?? "") and coalesce(r.setting_id, '') = \(grant.settingID ?? "")
                """)
            let already = Set(holders.map { $0.text("email_key") })
            let invited = people.filter { !already.contains(People.key($0.email)) }
            for person in invited {
                let token = Secrets.token()
                let id = tools.ids.next()
                // A second invitation takes the place of the first.
                try session.run(
                    """
                    update invitation set withdrawn_at = \(tools.clock.now) where lower(email) = \(People.key(person.email))
                    and role = \(role) and coalesce(hub_id, '') = \(grant.hubID ?? "") and coalesce(area_id, '') = \(grant.areaID ?? "")
                    and coalesce(setting_id, '') = \(grant.settingID ?? "") and accepted_at is null and withdrawn_at is null
                    """)
                try session.run(
                    """
                    insert into invitation (id, token_hash, name, email, role, hub_id, area_id, setting_id, sector, invited_by, created_at,
                        expires_at)
                    values (\(id), \(Secrets.hash(token)), \(person.name), \(person.email), \(role), \(grant.hubID), \(grant.areaID),
                        \(grant.settingID), \(sector), \(tools.asker.auditName), \(tools.clock.now), \(expires))
                    """)
                try Outbox.post(
                    IdentityLetters(site: tools.site, look: try tools.look(ofHub: grant.hubID, session)).invitation(
                        name: person.name, email: person.email, role: "\(role.name), \(over)", token: token, by: tools.asker.name,
                        until: expires), in: session, ids: tools.ids, clock: tools.clock)
                try Audit.log(session, tools, action: "identity.invited", subject: "invitation:\(id)", after: grant.code)
            }
            return invited.count
        }
        return .redirect(to: "/staff/people?done=invited&sent=\(sent)&already=\(people.count - sent)&doubles=\(list.doubles)")
    }

    /// One sentence for all lines that could not be read: a field shows one message.
    private static func complaint(_ wrong: [String]) -> String {
        let shown = wrong.prefix(5).map { "“\($0)”" }.joined(separator: ", ")
        let more = wrong.count - 5
        let others = more > 0 ? ", and \(more) more \(more == 1 ? "line" : "lines")" : ""
        return "We could not read \(shown)\(others). Write a name, a comma and an e-mail address. Nobody was invited yet."
    }

    private func withdraw(_ request: Request) async throws -> Answer {
        let id = request.parameter("invitation")
        let tools = tools
        let isTaken = try await tools.database.write { session -> Bool in
            let taken = try session.run(
                "update invitation set withdrawn_at = \(tools.clock.now) where id = \(id) and accepted_at is null and withdrawn_at is null")
            if taken == 1 { try Audit.log(session, tools, action: "identity.invitation.withdrawn", subject: "invitation:\(id)") }
            return taken == 1
        }
        return .redirect(to: "/staff/people?done=\(isTaken ? "withdrawn" : "answered")")
    }

    private func standing(_ token: String, _ session: any Session) throws -> Row? {
        try session.first(
            """
            select * from invitation where token_hash = \(Secrets.hash(token)) and accepted_at is null and withdrawn_at is null
            and expires_at > \(tools.clock.now)
            """)
    }

    private func invitationPage(_ request: Request) async throws -> Answer {
        let (book, tools) = (book, tools)
        let found = try await tools.database.read { [self] session in
            try standing(request.parameter("token"), session).map { row in
                (row, try Identity.over(RoleGrant(row), book, session), try tools.look(ofHub: RoleGrant(row).hubID, session))
            }
        }
        guard let (row, over, look) = found else { return noInvitation() }
        let role: Role = row.code("role") ?? .practitioner
        let form = Form.post(
            request.path, "Yes, I join",
            fields: [
                Field.text("name", "Your name, as others should see it").filled(row.text("name")),
                .checkbox("shared", "Other people use this device", hint: "We sign you out after half an hour without use."),
            ])
        var frame = tools.frame(
            "You are invited", for: .stranger, at: "/sign-in",
            content: "<p>You would be: <strong>\(role.name)</strong>, \(over).</p>\(form)<p>You would rather not? Then close this page.</p>"
        )
        frame.wearForStrangers(look)
        frame.lead = "Join \(tools.site.name)."
        frame.isListed = false
        return .page(frame.html)
    }

    private func noInvitation() -> Answer {
        var frame = tools.frame(
            "This invitation no longer works", for: .stranger, at: "/sign-in",
            content: "<p>It was answered, taken back, or is more than \(Self.days) days old. Ask whoever invited you for a new one.</p>")
        frame.action = Action("Sign in", "/sign-in")
        return .page(frame.html, status: 410)
    }

    private func answerInvitation(_ request: Request) async throws -> Answer {
        try await tools.count([(.openByAddress, request.origin.address)])
        let isShared = request.form["shared"] == "yes"
        let typed = trimmedName(request.form["name"] ?? "")
        let tools = tools
        let book = book
        let cookie = try await tools.database.write { [self] session -> String? in
            guard let row = try standing(request.parameter("token"), session) else { return nil }
            // The address is proven by the letter that reached it.
            let person = try People.findOrMake(name: typed ?? row.text("name"), email: row.text("email"), tools, session)
            guard
                try session.run(
                    "update invitation set accepted_at = \(tools.clock.now), person_id = \(person.id) where id = \(row.text("id")) and accepted_at is null"
                )
                    == 1
            else { return nil }
            try Roles.give(RoleGrant(row), to: person.id, tools, session)
            try Audit.log(
                session, tools, action: "identity.joined", subject: "person:\(person.id)", after: RoleGrant(row).code,
                who: "person:\(person.id)", hub: RoleGrant(row).hubID)
            if row.text("invited_by").hasPrefix("person:") {
                let role: Role = row.code("role") ?? .practitioner
                try tools.tell(
                    String(row.text("invited_by").dropFirst(7)),
                    News(
                        "\(person.name) said yes",
                        [
                            "\(person.name) took your invitation and is now: \(role.name), \(try Identity.over(RoleGrant(row), book, session))."
                        ],
                        path: "/staff/people"), session)
            }
            return try Sessions.begin(for: person.id, device: request.origin.device, isShared: isShared, tools, session)
        }
        guard let cookie else { return noInvitation() }
        return enter(cookie, next: "/account?done=joined")
    }

    private func trimmedName(_ text: String) -> String? {
        var reader = FormReader(FormData([("name", text)]))
        return reader.optionalText("name", max: 200)
    }
}

/// What an invitation is over, as the form says it: `hub:ID`, `area:ID:HUB`, `setting:ID:HUB`.
struct InviteScope: Sendable, Equatable {
    var hubID: String?
    var areaID: String?
    var settingID: String?

    init(hubID: String?, areaID: String?, settingID: String?) {
        self.hubID = hubID
        self.areaID = areaID
        self.settingID = settingID
    }

    init(_ text: String) {
        let parts = text.split(separator: ":").map(String.init)
        switch parts.first {
        case "hub" where parts.count == 2: hubID = parts[1]
        case "area" where parts.count == 3: (areaID, hubID) = (parts[1], parts[2])
        case "setting" where parts.count == 3: (settingID, hubID) = (parts[1], parts[2])
        default: break
        }
    }

    func fits(_ level: Role.Level) -> Bool {
        switch level {
        case .installation: hubID == nil
        case .hub: hubID != nil && areaID == nil && settingID == nil
        case .area: areaID != nil
        case .setting: settingID != nil
        }
    }

    func complaint(_ role: Role) -> String {
        switch role.level {
        case .installation: "An administrator is over everything here."
        case .hub: "A \(role.name.lowercased()) is over a hub. Choose one."
        case .area: "A \(role.name.lowercased()) is over a mini-hub. Choose one; publish a plan first if there is none."
        case .setting: "A \(role.name.lowercased()) is in a setting. Choose one."
        }
    }

    static func mayGive(_ role: Role, _ asker: Asker) -> Bool {
        if asker.isAdministrator { return true }
        if asker.hats.contains(where: { $0.role == .hubLead }) { return role != .administrator }
        return role.level == .setting
    }

    /// What somebody may invite over: their hubs with the areas of these, their settings.
    static func choices(for asker: Asker, _ book: PlaceBook, _ session: any Session) throws -> [Choice] {
        var choices: [Choice] = []
        let leads = Set(asker.hats.filter { $0.role == .hubLead }.compactMap(\.hubID))
        for hub in try book.hubs(session) where asker.isAdministrator || leads.contains(hub.id) {
            choices.append(Choice("hub:\(hub.id)", hub.name))
            for area in try book.areas(hub.id, session) { choices.append(Choice("area:\(area.id):\(hub.id)", "\(hub.name): \(area.name)")) }
            for setting in try book.settings(hub.id, "", session) {
                choices.append(Choice("setting:\(setting.id):\(hub.id)", "\(hub.name): \(setting.name)"))
            }
        }
        for hat in asker.hats where hat.role == .manager {
            if let setting = hat.settingID, let hub = hat.hubID { choices.append(Choice("setting:\(setting):\(hub)", hat.over)) }
        }
        return choices
    }

    /// The area is one of the hub's, the setting lies in it.
    static func check(_ scope: InviteScope, _ book: PlaceBook, _ session: any Session) throws {
        guard let hub = scope.hubID else { return }
        if let area = scope.areaID, try !book.areas(hub, session).contains(where: { $0.id == area }) {
            throw Refusal.badRequest("This mini-hub is not one of the hub’s. Choose again.")
        }
        if let setting = scope.settingID, try !book.place(setting, session).hubs.contains(hub) {
            throw Refusal.badRequest("This setting is not one of the hub’s. Choose again.")
        }
    }
}
