internal import Civil
internal import Directory
internal import House
internal import Identity
internal import Page
internal import Store

extension Network {
    /// One champion: what is known, the areas held, and what can be done.
    func championPage(_ request: Request, errors: FieldErrors) async throws -> Answer {
        let picture = try await champions(request)
        guard let champion = picture.person(request.parameter("champion")) else { throw Refusal.notFound("There is no such champion.") }
        let base = championBase(request)
        let page = ChampionPage(
            picture: picture, champion: champion, base: base, typed: request.method == .post ? request.form : nil, errors: errors,
            mayInvite: tools.asker.may(.invitePeople, at: Whereabouts(hubs: [picture.hub.id])))
        var frame = frame(champion.name, hub: picture.hub.slug, section: .champions, content: page.content)
        frame.lead = page.lead
        frame.breadcrumbs = [Link("Champions", base)]
        frame.errors = errors
        frame.notices = notices(request.query, "\(base)/people/\(champion.id)", champion)
        if champion.name != Champion.nameless { frame.action = Action("Change what is known", "\(base)/people/\(champion.id)/edit") }
        frame.trail = tools.trail(of: "champion:\(champion.id)")
        return .page(frame.html, status: errors.isEmpty ? 200 : 422)
    }

    private func notices(_ query: FormData, _ path: String, _ champion: Champion) -> [Notice] {
        let back = Button("Take that back", action: "\(path)/reopen", style: .small).html
        return switch query["done"] {
        case "named": [.success("Kept. Give them an area, and they are a champion.")]
        case "saved": [.success("Saved.")]
        case "given": [.success("The area is given.")]
        case "ended": [.success("Ended. It stays in the history.")]
        case "resumed": [.success("They hold it again.")]
        case "linked": [.success("Saved.")]
        case "declined": [.success("Not accepted.", back)]
        case "left": [.success("They stopped. What they held stays in the history.", back)]
        case "reopened": [.success("They wait for an area again.")]
        default: []
        }
    }

    func editChampionPage(_ request: Request, errors: FieldErrors) async throws -> Answer {
        let picture = try await champions(request)
        guard let champion = picture.person(request.parameter("champion")) else { throw Refusal.notFound("There is no such champion.") }
        let path = "\(championBase(request))/people/\(champion.id)"
        var form = Form.post("\(path)/edit", "Save", fields: ChampionForm(picture: picture).fields(for: champion))
        form.values = request.method == .post ? request.form : nil
        form.errors = errors
        form.hidden = [("version", request.method == .post ? request.form["version"] ?? "" : "\(champion.version)")]
        form.cancel = Link("Leave it", path)
        var frame = frame("What is known of \(champion.name)", hub: picture.hub.slug, section: .champions, content: form.html)
        frame.breadcrumbs = [Link("Champions", championBase(request)), Link(champion.name, path)]
        frame.errors = errors
        return .page(frame.html, status: errors.isEmpty ? 200 : 422)
    }

    func saveChampion(_ request: Request) async throws -> Answer {
        let picture = try await champions(request)
        guard let champion = picture.person(request.parameter("champion")) else { throw Refusal.notFound("There is no such champion.") }
        var reader = FormReader(request.form)
        let form = ChampionForm(picture: picture)
        guard let (wish, person) = form.read(&reader, for: champion) else {
            return try await editChampionPage(request, errors: reader.errors)
        }
        let version = Int(request.form["version"] ?? "") ?? 0
        let tools = tools
        let saved = try await tools.database.write { session in
            try Champions.change(champion.id, wish, person: person, version: version, tools, session)
        }
        let path = "\(championBase(request))/people/\(champion.id)"
        if saved { return .redirect(to: "\(path)?done=saved") }
        // Somebody was faster: both versions, and what was typed stays.
        guard let now = try await champions(request).person(champion.id) else { throw Refusal.notFound("There is no such champion.") }
        let versions = TwoVersions(
            rows: [
                ("Name", now.name, wish.name), ("E-mail", now.email, wish.email), ("Telephone", now.telephone, wish.telephone),
                ("Setting", picture.setting(of: now), picture.title(ofSetting: wish.settingID) ?? wish.settingSaid),
                ("Area they would like", now.wishArea, wish.area?.name),
                ("Others may reach them", now.shares ? "yes" : "no", wish.shares ? "yes" : "no"), ("Note", now.note, wish.note),
            ], action: "\(path)/edit", fields: form.fields(for: now), typed: request.form, version: now.version,
            back: Link(now.name, path))
        return versions.answer(in: frame(TwoVersions.heading, hub: picture.hub.slug, section: .champions))
    }

    func giveArea(_ request: Request) async throws -> Answer {
        let picture = try await champions(request)
        guard let champion = picture.person(request.parameter("champion")) else { throw Refusal.notFound("There is no such champion.") }
        var reader = FormReader(request.form)
        let area = picture.ownAreas.first { $0.id == request.form["area"] }
        if area == nil { reader.fail("area", "Choose the area.") }
        let kind = reader.choice("kind", of: AreaPost.Kind.self, missing: "Say as what.")
        let from = reader.day("from") ?? tools.clock.today
        let to = reader.day("to")
        if let to, to < from { reader.fail("to", "This is before the day it begins.") }
        guard let area, let kind, reader.errors.isEmpty else { return try await championPage(request, errors: reader.errors) }
        let post = NewPost(
            kind: kind, area: area, from: from, to: to, baseID: picture.hub.settings.first { $0.id == request.form["base"] }?.id,
            linkPerson: picture.linkPeople.first { $0.id == request.form["link"] }?.id)
        let tools = tools
        try await tools.database.write { try Champions.give(post, to: champion, hub: picture.hub.id, tools, $0) }
        return .redirect(to: "\(request.path.dropLast("/area".count))?done=given")
    }

    /// A change of one champion, with nothing to read but an optional reason and day.
    private func change(
        _ request: Request, _ done: String,
        _ work: @escaping @Sendable (Champion, Day, String?, String, Tools, any Session) throws -> Void
    ) async throws -> Answer {
        let picture = try await champions(request)
        guard let champion = picture.person(request.parameter("champion")) else { throw Refusal.notFound("There is no such champion.") }
        var reader = FormReader(request.form)
        let because = reader.optionalText("because", max: 500)
        let day = reader.day("day") ?? tools.clock.today
        guard reader.errors.isEmpty else { return try await championPage(request, errors: reader.errors) }
        let tools = tools
        try await tools.database.write { try work(champion, day, because, picture.hub.id, tools, $0) }
        return .redirect(to: "\(championBase(request))/people/\(champion.id)?done=\(done)")
    }

    func decline(_ request: Request) async throws -> Answer {
        try await change(request, "declined") { champion, _, because, _, tools, session in
            try Champions.decline(champion, because: because, tools, session)
        }
    }

    func leaveChampion(_ request: Request) async throws -> Answer {
        try await change(request, "left") { champion, day, because, hub, tools, session in
            try Champions.leave(champion, on: day, because: because, hub: hub, tools, session)
        }
    }

    func reopenChampion(_ request: Request) async throws -> Answer {
        try await change(request, "reopened") { champion, _, _, _, tools, session in try Champions.reopen(champion, tools, session) }
    }

    func askForgetChampion(_ request: Request) async throws -> Answer {
        let picture = try await champions(request)
        guard let champion = picture.person(request.parameter("champion")) else { throw Refusal.notFound("There is no such champion.") }
        let path = "\(championBase(request))/people/\(champion.id)"
        var frame = frame("Forget who it was", hub: picture.hub.slug, section: .champions)
        frame.breadcrumbs = [Link("Champions", championBase(request)), Link(champion.name, path)]
        frame.content =
            Confirm(
                "Forget \(champion.name)?", action: "\(path)/forget", confirm: "Forget them", cancel: Link("Keep it", path),
                consequences: [
                    "Their name, how to reach them, and every note go for good.",
                    "That somebody held an area, from when to when, stays.",
                ]
            ).html
        return .page(frame.html)
    }

    func forgetChampion(_ request: Request) async throws -> Answer {
        let tools = tools
        let (id, today) = (request.parameter("champion"), tools.clock.today)
        let picture = try await champions(request)
        try await tools.database.write { session in
            // Who is forgotten holds nothing any more.
            if let champion = picture.person(id), champion.leftDay == nil, champion.state == .accepted {
                try Champions.leave(champion, on: today, because: nil, hub: picture.hub.id, tools, session)
            }
            try Champions.forget(id, tools, session)
        }
        return .redirect(to: "\(championBase(request))?done=forgotten")
    }

    // MARK: Areas held

    /// The change, then back to the champion of the post.
    private func changePost(
        _ request: Request, _ done: String, _ work: @escaping @Sendable (String, Day, String?, Tools, any Session) throws -> Void
    ) async throws -> Answer {
        var reader = FormReader(request.form)
        let day = reader.day("day") ?? tools.clock.today
        let because = reader.optionalText("because", max: 500)
        let tools = tools
        let id = request.parameter("post")
        let champion = try await tools.database.write { session -> String in
            try work(id, day, because, tools, session)
            return try session.first("select champion_id from area_post where id = \(id)")?.text("champion_id") ?? ""
        }
        return .redirect(to: "\(championBase(request))/people/\(champion)?done=\(done)")
    }

    func endPost(_ request: Request) async throws -> Answer {
        try await changePost(request, "ended") { try AreaWork.endPost($0, on: $1, because: $2, $3, $4) }
    }

    func resumePost(_ request: Request) async throws -> Answer {
        try await changePost(request, "resumed") { id, _, _, tools, session in try AreaWork.resumePost(id, tools, session) }
    }

    func setLink(_ request: Request) async throws -> Answer {
        let picture = try await champions(request)
        let link = picture.linkPeople.first { $0.id == request.form["link"] }?.id
        let base = picture.hub.settings.first { $0.id == request.form["base"] }?.id
        return try await changePost(request, "linked") { id, _, _, tools, session in
            try AreaWork.setLink(link, base: base, of: id, tools, session)
        }
    }
}
