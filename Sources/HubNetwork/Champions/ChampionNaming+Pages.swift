internal import Civil
internal import Directory
internal import House
internal import Identity
internal import Page
internal import Store

extension Network {
    func newChampionPage(_ request: Request, errors: FieldErrors) async throws -> Answer {
        let picture = try await champions(request)
        var form = Form.post("\(championBase(request))/new", "Keep them", fields: ChampionForm(picture: picture).fields(for: nil))
        form.values = request.method == .post ? request.form : nil
        form.errors = errors
        form.cancel = Link("Name nobody", championBase(request))
        var frame = frame("Name a champion", hub: picture.hub.slug, section: .champions, content: form.html)
        frame.lead = "Somebody who agreed to look after an area. You give them the area next."
        frame.breadcrumbs = [Link("Champions", championBase(request))]
        frame.errors = errors
        return .page(frame.html, status: errors.isEmpty ? 200 : 422)
    }

    func nameChampion(_ request: Request) async throws -> Answer {
        let picture = try await champions(request)
        var reader = FormReader(request.form)
        guard let (wish, person) = ChampionForm(picture: picture).read(&reader, for: nil) else {
            return try await newChampionPage(request, errors: reader.errors)
        }
        let tools = tools
        let id = try await tools.database.write { session in
            try Champions.volunteer(wish, hub: picture.hub.id, source: .team, person: person, tools, session)
        }
        guard let id else { return .redirect(to: "\(championBase(request))?done=there") }
        return .redirect(to: "\(championBase(request))/people/\(id)?done=named")
    }

    // MARK: Areas for all who wait

    func giveAreasPage(_ request: Request, errors: FieldErrors) async throws -> Answer {
        let picture = try await champions(request)
        let base = championBase(request)
        var frame = frame("Give areas to volunteers", hub: picture.hub.slug, section: .champions)
        frame.lead = "Each is filled in with the area they would like. Whoever gets none waits on."
        frame.breadcrumbs = [Link("Champions", base)]
        frame.errors = errors
        if picture.waiting.isEmpty {
            frame.content =
                EmptyState(
                    "Nobody waits", "Who volunteers stands here until they have an area.", action: Action("Back", base), picture: .people
                )
                .html
            return .page(frame.html)
        }
        if picture.ownAreas.isEmpty {
            frame.content = EmptyState("No areas yet", "Publish a plan of mini-hubs first; then give each a champion.", picture: .map).html
            return .page(frame.html)
        }
        let choices = picture.ownAreas.map { Choice($0.id, picture.label($0)) }
        let links = picture.linkPeople.map { Choice($0.id, "\($0.name), \($0.role.name.lowercased())") }
        var fields: [Field] = [
            .date("from", "From").filled(tools.clock.today.medium),
            .select(
                "link", "Who stands beside them", choices: links, prompt: "Nobody yet", hint: "You can change it for each of them later."),
        ]
        fields += picture.waiting.prefix(200).map { person in
            let about = [picture.setting(of: person), person.wishArea.map { "would like \($0)" }].compactMap { $0 }
            let wish = picture.ownAreas.first { $0.id == person.wishAreaID || $0.name == person.wishArea }?.id
            let words = about.joined(separator: ", ")
            return Field.select("area-\(person.id)", person.name, choices: choices, prompt: "Waits on", hint: "\(words)").filled(wish)
        }
        var form = Form.post("\(base)/give", "Give these areas", fields: fields)
        form.values = request.method == .post ? request.form : nil
        form.errors = errors
        form.cancel = Link("Not now", base)
        frame.content = form.html
        return .page(frame.html, status: errors.isEmpty ? 200 : 422)
    }

    func giveAreas(_ request: Request) async throws -> Answer {
        let picture = try await champions(request)
        var reader = FormReader(request.form)
        let from = reader.day("from") ?? tools.clock.today
        let link = picture.linkPeople.first { $0.id == request.form["link"] }?.id
        let given = picture.waiting.compactMap { person in
            picture.ownAreas.first { $0.id == request.form["area-\(person.id)"] }.map { (person, $0) }
        }
        if given.isEmpty { reader.fail("from", "Choose an area for at least one of them.") }
        guard reader.errors.isEmpty else { return try await giveAreasPage(request, errors: reader.errors) }
        let tools = tools
        try await tools.database.write { session in
            for (person, area) in given {
                try Champions.give(NewPost(area: area, from: from, linkPerson: link), to: person, hub: picture.hub.id, tools, session)
            }
        }
        return .redirect(to: "\(championBase(request))?done=given")
    }
}
