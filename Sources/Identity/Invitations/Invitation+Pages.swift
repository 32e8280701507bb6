internal import Civil
internal import House
internal import Page
internal import Store

extension Identity {
    /// Inviting people, one by one or from a pasted list, and answering an invitation.
    var invitationRoutes: [Route] {
        [
            route(.get, "/staff/people/invite", .invitePeople, "Invite people") { try await $0.invitePage($1, errors: FieldErrors()) },
            route(.post, "/staff/people/invite", .invitePeople, "Invite people", at: Self.atInvitedPlace) { try await $0.invite($1) },
            route(.post, "/staff/people/invitations/{invitation}/withdraw", .invitePeople, "Take an invitation back", at: Self.atInvitation)
            {
                try await $0.withdraw($1)
            },
            route(.get, "/invitation/{token}", .arrive, "Answer an invitation") { try await $0.invitationPage($1) },
            route(.post, "/invitation/{token}", .arrive, "Answer an invitation") { try await $0.answerInvitation($1) },
        ]
    }

    static let invitationDays = 14
    /// People invited with one form.
    private static let most = 500

    /// Where the role of a form would be held. A form that does not say it invites nobody: it is shown again, with what was typed.
    private static func atInvitedPlace(_ request: Request, _ session: any Session) throws -> Whereabouts {
        guard let role = Role(rawValue: request.form["role"] ?? "") else { return .several }
        if role == .administrator { return whereabouts(of: RoleGrant(.administrator)) }
        let scope = InviteScope(request.form["over"] ?? "")
        guard scope.fits(role.level) else { return .several }
        return whereabouts(of: RoleGrant(role, hub: scope.hubID, area: scope.areaID, setting: scope.settingID))
    }

    private static func atInvitation(_ request: Request, _ session: any Session) throws -> Whereabouts {
        guard let row = try session.first("select * from invitation where id = \(request.parameter("invitation"))") else {
            throw Refusal.notFound("There is no such invitation.")
        }
        return whereabouts(of: RoleGrant(row))
    }

    private func invite(_ request: Request) async throws -> Answer {
        // Another page knows already whom to invite; names and addresses have no place in an address.
        if request.form["prepare"] == "yes" { return try await invitePage(request, errors: FieldErrors()) }
        var reader = FormReader(request.form)
        let role = Role(rawValue: request.form["role"] ?? "")
        if role == nil { reader.fail("role", "Choose what they will be.") }
        // An administrator is over everything, whatever the form says.
        let scope = InviteScope(role == .administrator ? "" : request.form["over"] ?? "")
        if let role, !scope.fits(role.level) { reader.fail("over", scope.complaint(role)) }
        let sector = reader.optionalText("sector", max: 60)
        let time = RoleTime.read(&reader, today: tools.clock.today)
        let list = InviteList(request.form["people"] ?? "")
        let people = list.people
        if people.isEmpty && list.wrong.isEmpty { reader.fail("people", "Write at least one name with an e-mail address.") }
        if !list.wrong.isEmpty { reader.fail("people", Self.complaint(list.wrong)) }
        if people.count > Self.most {
            reader.fail(
                "people", "These are \(people.count) people. Invite at most \(Self.most) at once: take some out, and paste them next.")
        }
        guard let role, reader.errors.isEmpty else { return try await invitePage(request, errors: reader.errors) }
        let tools = tools
        let book = book
        let grant = RoleGrant(role, hub: scope.hubID, area: scope.areaID, setting: scope.settingID, sector: sector)
        let sent = try await tools.database.write { session -> Int in
            try InviteScope.check(scope, book, session)
            let expires = tools.clock.now.adding(seconds: Identity.invitationDays * 86_400)
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
                    insert into invitation (id, token_hash, name, email, role, hub_id, area_id, setting_id, sector, from_day, last_day,
                        invited_by, created_at, expires_at)
                    values (\(id), \(Secrets.hash(token)), \(person.name), \(person.email), \(role), \(grant.hubID), \(grant.areaID),
                        \(grant.settingID), \(sector), \(time.first), \(time.last), \(tools.asker.auditName), \(tools.clock.now),
                        \(expires))
                    """)
                try Outbox.post(
                    IdentityLetters(site: tools.site, look: try tools.look(ofHub: grant.hubID, session)).invitation(
                        name: person.name, email: person.email, role: "\(role.name), \(over)\(time.words(on: tools.clock.today))",
                        token: token,
                        by: tools.asker.name,
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
        return """
            We could not read \(shown)\(others). Each line needs a name, a comma and a whole e-mail address in plain letters, such as amina@example.org. \
            Nobody was invited yet.
            """
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
        guard let (row, over, look) = found else { return try await noInvitation(request) }
        let role: Role = row.code("role") ?? .practitioner
        let days = RoleTime(row).words(on: tools.clock.today)
        let form = Form.post(
            request.path, "Yes, I join",
            fields: [
                Field.text("name", "Your name, as others should see it").filled(row.text("name")),
                .checkbox("shared", "Other people use this device", hint: "We sign you out after half an hour without use."),
            ])
        var frame = tools.frame(
            "You are invited", for: .stranger, at: "/sign-in",
            content:
                "<p>You would be: <strong>\(role.name)</strong>, \(over)\(days).</p>\(form)<p>You would rather not? Then close this page.</p>"
        )
        frame.wearForStrangers(look)
        frame.lead = "Join \(look?.name ?? tools.site.name)."
        frame.isListed = false
        return .page(frame.html)
    }

    /// Whoever has the link is told what became of it. One that nobody was sent may be any of these.
    private func noInvitation(_ request: Request) async throws -> Answer {
        let tools = tools
        let gone = try await tools.database.read { session in
            try session.first("select * from invitation where token_hash = \(Secrets.hash(request.parameter("token")))").map {
                ($0, try tools.look(ofHub: RoleGrant($0).hubID, session))
            }
        }
        let isAnswered = gone.map { $0.0.textOrNil("accepted_at") != nil } ?? false
        let words =
            switch gone?.0 {
            case _ where isAnswered: "You said yes to it already. From now on you sign in with the address it came to."
            case .some(let row) where row.textOrNil("withdrawn_at") != nil:
                "It was taken back, or a newer one took its place: look for a later letter, or ask whoever invited you."
            case .some: "It is more than \(Self.invitationDays) days old. Ask whoever invited you for a new one."
            case nil:
                "It was answered, taken back, or is more than \(Self.invitationDays) days old. Copy the whole address from the letter, or ask whoever invited you for a new one."
            }
        var frame = tools.frame(
            isAnswered ? "You have joined already" : "This invitation no longer works", for: .stranger, at: "/sign-in",
            content: "<p>\(words)</p>")
        frame.wearForStrangers(gone?.1)
        frame.isListed = false
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
            let days = RoleTime(row)
            try Roles.give(RoleGrant(row), time: days, to: person.id, tools, session)
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
                            "\(person.name) took your invitation: \(role.name), \(try Identity.over(RoleGrant(row), book, session))\(days.words(on: tools.clock.today))."
                        ],
                        path: "/staff/people"), session)
            }
            return try Sessions.begin(for: person.id, device: request.origin.device, isShared: isShared, tools, session)
        }
        guard let cookie else { return try await noInvitation(request) }
        return enter(cookie, next: "/account?done=joined")
    }

    private func trimmedName(_ text: String) -> String? {
        var reader = FormReader(FormData([("name", text)]))
        return reader.optionalText("name", max: 200)
    }
}
