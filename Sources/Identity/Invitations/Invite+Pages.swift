internal import House
internal import Page
internal import Store

/// Whom to invite is asked in steps that need no script: as what, then where, then whom. Each page shows only what that role needs, and a
/// setting is looked for by its name, since a hub has hundreds.
extension Identity {
    private static let invitePath = "/staff/people/invite"
    /// Settings shown of one search.
    private static let mostFound = 30

    /// What was found for the page that asks.
    private struct Inviting: Sendable {
        /// Where the role may be held, if that is few enough to choose from.
        var choices: [Choice] = []
        /// Where it will be held, once that is known.
        var over: (value: String, name: String)?
        /// Settings whose names hold the words looked for.
        var found: [(value: String, name: String)] = []
        var isMore = false
    }

    func invitePage(_ request: Request, errors: FieldErrors) async throws -> Answer {
        let values = request.method == .post ? request.form : request.query
        guard let role = Role(rawValue: values["role"] ?? ""), InviteScope.mayGive(role, request.asker) else {
            return askRole(request, values, errors)
        }
        let isSought = role.level == .setting && InviteScope.seeksSettings(request.asker)
        let inviting = try await inviting(role, values, isSought: isSought, request.asker)
        if isSought, inviting.over == nil { return askSetting(role, inviting, values, isSent: request.method == .post) }
        return askPeople(role, inviting, request, values, errors)
    }

    private func inviting(_ role: Role, _ values: FormData, isSought: Bool, _ asker: Asker) async throws -> Inviting {
        let book = book
        let asked = InviteScope(values["over"] ?? "")
        let words = values["find"] ?? ""
        return try await tools.database.read { session in
            var inviting = Inviting(choices: try InviteScope.choices(role.level, for: asker, book, session))
            let grant = RoleGrant(role, hub: asked.hubID, area: asked.areaID, setting: asked.settingID)
            // What another page or an old address names is named here only to whoever may invite there.
            if role.level != .installation, asked.fits(role.level), asker.may(.invitePeople, at: Identity.whereabouts(of: grant)),
                (try? InviteScope.check(asked, book, session)) != nil
            {
                inviting.over = (values["over"] ?? "", try Identity.over(grant, book, session))
            } else if !isSought, inviting.choices.count == 1, let only = inviting.choices.first {
                inviting.over = (only.value, only.label)
            }
            if isSought, inviting.over == nil, words.contains(where: { !$0.isWhitespace }) {
                let hubs = try InviteScope.hubs(for: asker, book, session)
                for hub in hubs {
                    for setting in try book.settings(hub.id, String(words.prefix(100)), session) {
                        inviting.found.append(
                            ("setting:\(setting.id):\(hub.id)", hubs.count == 1 ? setting.name : "\(setting.name), \(hub.name)"))
                    }
                }
                inviting.isMore = inviting.found.count > Identity.mostFound
                inviting.found = Array(inviting.found.prefix(Identity.mostFound))
            }
            return inviting
        }
    }

    private func inviteFrame(_ content: HTML, _ errors: FieldErrors, lead: HTML? = nil, before: [Link] = []) -> Answer {
        var frame = tools.frame("Invite people", for: .staff, at: "/staff/people", content: content)
        frame.lead = lead
        frame.breadcrumbs = [Link("People", "/staff/people")] + before
        frame.errors = errors
        return .page(frame.html, status: errors.isEmpty ? 200 : 422)
    }

    /// The first question. Sent without an answer it says so; a form that lost its role keeps whom it was about.
    private func askRole(_ request: Request, _ values: FormData, _ errors: FieldErrors) -> Answer {
        var errors = errors
        if values["step"] != nil { errors.add("role", "Choose what they will be.") }
        let roles = Role.allCases.filter { InviteScope.mayGive($0, request.asker) }
            .map { Choice($0.rawValue, $0.name, hint: $0.level.invitingHint) }
        let radios = Field.radios("role", "As what?", choices: roles)
        var form: Form
        if request.method == .post {
            form = Form.post(Self.invitePath, "Go on", fields: [radios, peopleField])
            form.hidden = [("prepare", "yes")]
        } else {
            form = Form.get(Self.invitePath, "Go on", fields: [radios])
            form.submitName = ("step", "1")
        }
        form.values = values
        form.errors = errors
        form.cancel = Link("Invite nobody", "/staff/people")
        return inviteFrame("\(form)", errors, lead: "Each gets a letter with a link, which works for \(Self.invitationDays) days.")
    }

    /// In which setting: looked for by a part of its name.
    private func askSetting(_ role: Role, _ inviting: Inviting, _ values: FormData, isSent: Bool) -> Answer {
        let words = values["find"] ?? ""
        let isAsked = words.contains { !$0.isWhitespace }
        var errors = FieldErrors()
        if isSent { errors.add("find", "Find the setting first: a \(role.name.lowercased()) is in one.") }
        if values["find"] != nil, !isAsked { errors.add("find", "Write a part of its name.") }
        var form = Form.get(
            Self.invitePath, "Find it", fields: [.search("find", "In which setting?", hint: "A part of its name is enough.")])
        form.hidden = [("role", role.rawValue)]
        form.values = values
        form.errors = errors
        form.cancel = Link("Choose another role", Self.invitePath)
        let list: HTML
        if inviting.found.isEmpty {
            list =
                isAsked
                ? "<p>No setting’s name holds “<bdi>\(words)</bdi>”. Try a shorter part of it; a childminder stands under her own name.</p>"
                : ""
        } else {
            let items = inviting.found.html { value, name in
                let address = PageAddress(Self.invitePath, [("role", role.rawValue), ("over", value)])
                return "<li><a href=\"\(link: address.href)\"><bdi>\(name)</bdi></a></li>"
            }
            let more: HTML? =
                inviting.isMore ? "<p>These are the first \(Self.mostFound). Write more of its name to see fewer.</p>" : nil
            list = "\(Card("Which of these?", "<ul class=\"listing\">\(items)</ul>\(more)"))"
        }
        return inviteFrame(
            "\(form)\(list)", errors, lead: "You invite: \(role.name).", before: [Link("As what?", Self.invitePath)])
    }

    private var peopleField: Field {
        .textArea(
            "people", "Whom?",
            hint:
                "One person on each line: name and e-mail address, as in “Amina Begum, amina@example.org”. Or paste a list: from a spreadsheet, or from the address field of a letter.",
            rows: 6)
    }

    private var timeFields: Field {
        .group(
            "Only for a time?",
            [Field.date("from", "From", hint: nil).optional(), Field.date("until", "Until", hint: nil).optional()],
            hint: "As for a project, or while somebody is away: 3 March 2027, or 3/3/2027. Left empty it begins at once, and goes on.")
    }

    /// The last question, with where the role is held if there is more than one place.
    private func askPeople(
        _ role: Role, _ inviting: Inviting, _ request: Request, _ values: FormData, _ errors: FieldErrors
    ) -> Answer {
        var fields: [Field] = []
        if role.level != .installation, inviting.over == nil {
            let label = role.level.invitingQuestion
            // A mini-hub there is none of cannot be chosen: the way there is said.
            let none: HTML? =
                inviting.choices.isEmpty ? "\(InviteScope(hubID: nil, areaID: nil, settingID: nil).complaint(role))" : nil
            fields.append(
                inviting.choices.count <= 8
                    ? .radios("over", label, choices: inviting.choices, hint: none)
                    : .select("over", label, choices: inviting.choices, prompt: "Choose"))
        }
        if role == .steering {
            fields.append(
                Field.text("sector", "For which sector do they speak?", hint: "Schools, childminders, health …", width: .half).optional())
        }
        fields += [peopleField, timeFields]
        var form = Form.post(Self.invitePath, "Send the invitations", fields: fields)
        form.hidden = [("role", role.rawValue)] + (inviting.over.map { [("over", $0.value)] } ?? [])
        form.values = request.method == .post ? request.form : nil
        form.errors = errors
        form.cancel = Link("Invite nobody", "/staff/people")
        var before = [Link("As what?", Self.invitePath)]
        if role.level == .setting, InviteScope.seeksSettings(request.asker) {
            before.append(Link("In which setting?", PageAddress(Self.invitePath, [("role", role.rawValue)]).href))
        }
        let place: HTML? = inviting.over.map { ", <bdi>\($0.name)</bdi>" }
        return inviteFrame(
            "\(form)", errors,
            lead: "You invite: \(role.name)\(place). Each gets a letter with a link, which works for \(Self.invitationDays) days.",
            before: before)
    }
}

extension Role.Level {
    /// Said beside each role to choose from.
    fileprivate var invitingHint: String? {
        switch self {
        case .installation: "Over everything here"
        case .hub: nil
        case .area: "Of one mini-hub"
        case .setting: "In one setting"
        }
    }

    fileprivate var invitingQuestion: String {
        switch self {
        case .area: "Of which mini-hub?"
        case .setting: "In which setting?"
        case .installation, .hub: "In which hub?"
        }
    }
}
