internal import Civil
internal import Directory
internal import House
internal import Identity
internal import Page
internal import Store

extension Network {
    /// Volunteering from one's own setting's page, and what became of it.
    var ownChampionRoutes: [Route] {
        let base = "/own/{id}/champion"
        return [
            route(.get, base, .standAsChampion, "Volunteer as a champion", at: Self.atOwnSetting) {
                try await $0.ownChampionPage($1, errors: FieldErrors())
            },
            route(.post, base, .standAsChampion, "Volunteer as a champion", at: Self.atOwnSetting) { try await $0.stand($1) },
            route(.post, "\(base)/consent", .standAsChampion, "Say whether other champions may reach one", at: Self.atOwnSetting) {
                try await $0.shareFromOwn($1)
            },
            route(.post, "\(base)/withdraw", .standAsChampion, "Stop standing as a champion", at: Self.atOwnSetting) {
                try await $0.withdrawFromOwn($1)
            },
        ]
    }

    /// The hub of one's own role in the setting, with oneself in it.
    private func own(_ request: Request) async throws -> (picture: ChampionPicture, me: Champion?, setting: String) {
        let (id, today, asker) = (request.parameter("id"), tools.clock.today, tools.asker)
        return try await tools.database.read { session in
            let place = try Directory.whereabouts(ofSetting: id, session)
            guard let hub = asker.hats.first(where: { $0.settingID == id })?.hubID ?? place.hubs.min() else {
                throw Refusal.notFound("This setting is in no hub, so there is nothing to be a champion of yet.")
            }
            let picture = try ChampionPicture.of(try Directory.hubSlug(hub, session), on: today, session)
            let mine = picture.people.filter { $0.personID == asker.personID && asker.personID != nil }
            return (picture, mine.last, try Directory.titles(of: [id], session)[id] ?? "Your setting")
        }
    }

    func ownChampionPage(_ request: Request, errors: FieldErrors) async throws -> Answer {
        let (picture, me, setting) = try await own(request)
        let path = "/own/\(request.parameter("id"))/champion"
        var frame = tools.frame("Being a champion", for: .staff, at: "/own")
        frame.breadcrumbs = [Link(setting, "/own/\(request.parameter("id"))")]
        frame.lead = "A champion of \(picture.hub.name) calls the meetings of one area and brings its people together."
        frame.errors = errors
        switch request.query["done"] {
        case "stood": frame.notices = [.success("You stand. The hub’s team gives you an area.")]
        case "shared": frame.notices = [.success("The other champions who agreed now see how to reach you.")]
        case "unshared": frame.notices = [.success("Taken back. Nobody but the hub’s team sees how to reach you.")]
        case "withdrawn": frame.notices = [.success("You do not stand any more. Thank you for having been there.")]
        default: break
        }
        if let me, me.leftDay == nil, me.state != .declined {
            frame.content = OwnChampion(picture: picture, me: me, path: path).content
        } else {
            var email = Field.email("email", "E-mail")
            email = email.optional()
            var form = Form.post(
                path, "I volunteer",
                fields: [
                    email, Field.telephone("telephone", "Telephone").optional(),
                    ChampionForm(picture: picture).areaField("wish", "Which area would you like?", prompt: "I do not mind"),
                    Field.checkbox(
                        "shares", "Other champions of this hub may see how to reach me",
                        hint: "You can take this back here at any time. Without it only the hub’s team sees it."),
                ])
            form.values = request.method == .post ? request.form : nil
            form.errors = errors
            form.before = "<p>You get an area, somebody of the council’s team beside you, and a day by which its people first meet.</p>"
            frame.content = Card("Would you like to be one?", form.html).html
        }
        return .page(frame.html, status: errors.isEmpty ? 200 : 422)
    }

    func stand(_ request: Request) async throws -> Answer {
        let (picture, _, _) = try await own(request)
        var reader = FormReader(request.form)
        var wish = ChampionForm.rest(&reader, name: tools.asker.name, picture.hub)
        wish.note = nil
        wish.settingSaid = nil
        wish.settingID = request.parameter("id")
        if wish.shares && wish.email == nil && wish.telephone == nil && reader.errors.isEmpty {
            reader.fail("email", "Write an e-mail address or a telephone number for the others, or take the tick away.")
        }
        guard let person = tools.asker.personID, reader.errors.isEmpty else {
            return try await ownChampionPage(request, errors: reader.errors)
        }
        let (tools, kept) = (tools, wish)
        try await tools.database.write { session in
            let id = try Champions.volunteer(kept, hub: picture.hub.id, source: .own, person: person, tools, session)
            if id != nil {
                try tools.tell(
                    whoMay: .keepChampions, at: Whereabouts(hubs: [picture.hub.id]),
                    News(
                        "\(kept.name) volunteers as a champion", ["They wait for an area."],
                        path: HubSection.champions.path(picture.hub.slug)),
                    session)
            }
        }
        return .redirect(to: "\(request.path)?done=stood")
    }

    func shareFromOwn(_ request: Request) async throws -> Answer {
        let (_, me, _) = try await own(request)
        let shares = request.form["shares"] == "yes"
        let tools = tools
        if let me { try await tools.database.write { try Champions.share(me.id, shares, tools, $0) } }
        return .redirect(to: "/own/\(request.parameter("id"))/champion?done=\(shares ? "shared" : "unshared")")
    }

    func withdrawFromOwn(_ request: Request) async throws -> Answer {
        let (picture, me, _) = try await own(request)
        let tools = tools
        let today = tools.clock.today
        if let me {
            try await tools.database.write {
                try Champions.leave(me, on: today, because: nil, hub: picture.hub.id, tools, $0)
            }
        }
        return .redirect(to: "/own/\(request.parameter("id"))/champion?done=withdrawn")
    }
}

/// What a champion sees of their own.
struct OwnChampion {
    let picture: ChampionPicture
    let me: Champion
    let path: String

    var content: HTML { Columns("\(mine)\(areas)", "\(reaching)\(stopping)").html }

    private var held: [AreaPost] { picture.posts.filter { $0.championID == me.id && $0.tenure.holds(on: picture.today) } }

    private var mine: HTML {
        guard held.isEmpty else { return "" }
        let wish = me.wishArea.map { " You would like \($0)." } ?? ""
        return Card("You volunteered", "<p>The hub’s team gives you an area.\(wish)</p>").html
    }

    private var areas: HTML {
        held.html { post in
            let area = picture.areas.first { picture.isOf($0.area, id: post.areaID, name: post.areaName) }
            let first: HTML = area.map { FirstMeetingWords.drawn($0) } ?? ""
            let others = (area?.champions ?? []).filter { $0.champion.id != me.id }.map(\.champion.name)
            return Card(
                "\(post.kind.name) of \(post.areaName)",
                Details([
                    ("Since", "\(post.tenure.from.medium)"), ("Beside you", "\(picture.name(ofLink: post.linkPerson) ?? "Nobody yet")"),
                    ("First meeting", first), ("With you", "\(others.isEmpty ? "Nobody else yet" : others.joined(separator: ", "))"),
                ]).html
            ).html
        }
    }

    private var reaching: HTML {
        let button = Button(
            me.shares ? "Do not show mine any more" : "Show the others how to reach me", action: "\(path)/consent",
            hidden: [("shares", me.shares ? "no" : "yes")], style: .quiet)
        guard me.shares else {
            return Card("The other champions", "<p>You see how to reach the others once they may see it of you.</p>\(button)").html
        }
        let others = picture.people.filter { $0.isActive && $0.shares && $0.id != me.id }
        let items = others.html { person in
            let ways = [person.email, person.telephone].compactMap { $0 }.joined(separator: ", ")
            let area = picture.posts.first { $0.championID == person.id && $0.tenure.holds(on: picture.today) }?.areaName
            return "<li><bdi>\(person.name)</bdi>\(area.map { ", \($0)" })\(ways.isEmpty ? "" : ": \(ways)")</li>"
        }
        let list: HTML = others.isEmpty ? "<p>Nobody else has agreed yet.</p>" : "<ul class=\"listing\">\(items)</ul>"
        return Card("The other champions", "\(list)\(button)").html
    }

    private var stopping: HTML {
        let form = Form.post("\(path)/withdraw", "I stop", fields: [])
        return Disclosure("I do not want to be a champion any more", "<p>What you held stays in the history.</p>\(form)").html
    }
}
