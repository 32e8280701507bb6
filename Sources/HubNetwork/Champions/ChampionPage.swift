internal import Civil
internal import Directory
internal import House
internal import Identity
internal import Page

/// The page of one champion.
struct ChampionPage {
    let picture: ChampionPicture
    let champion: Champion
    let base: String
    let typed: FormData?
    let errors: FieldErrors
    let mayInvite: Bool

    private var path: String { "\(base)/people/\(champion.id)" }

    var lead: HTML {
        if let left = champion.leftDay { return "Left on \(left.medium)\(champion.leftBecause.map { ": \($0)" })." }
        switch champion.state {
        case .waiting: return "Volunteered \(champion.source.words) on \(champion.stoodAt?.dayInLondon.medium ?? ""). Waits for an area."
        case .declined: return "Not accepted\(champion.declinedBecause.map { ": \($0)" })."
        case .accepted: return "\(picture.setting(of: champion) ?? "Accepted")."
        }
    }

    var content: HTML {
        if champion.leftDay != nil || champion.state == .declined {
            return Columns("\(posts)\(again)", "\(facts)").html
        }
        return Columns("\(posts)\(give)", "\(facts)\(ending)").html
    }

    private var facts: HTML {
        var rows: [(String, HTML)] = [
            ("E-mail", champion.email.map { "<a href=\"\(link: "mailto:\($0)")\">\($0)</a>" } ?? ""),
            ("Telephone", champion.telephone.map { "\($0)" } ?? ""), ("Setting", setting),
            ("Area they would like", "\(champion.wishArea)"),
            ("Others may reach them", champion.shares ? "Yes, they agreed" : "No"), ("Account here", account),
        ]
        if let note = champion.note { rows.append(("Note", "\(note)")) }
        return Card("What is known", Details(rows).html).html
    }

    private var setting: HTML {
        guard let id = champion.settingID, let title = picture.title(ofSetting: id) else { return "\(champion.settingSaid)" }
        return "<a href=\"\(link: "/staff/network/\(picture.hub.slug)/settings/\(id)")\"><bdi>\(title)</bdi></a>"
    }

    private var account: HTML {
        if champion.personID != nil { return "Yes" }
        guard champion.name != Champion.nameless else { return "" }
        guard mayInvite else { return "None yet. The hub’s lead can invite them." }
        let people = champion.email.map { "\(champion.name), \($0)" } ?? "\(champion.name), "
        // A form, not a link: a name and an address have no place in an address.
        let invite = Button(
            "Invite them", action: "/staff/people/invite",
            hidden: [("prepare", "yes"), ("role", "champion"), ("over", "hub:\(picture.hub.id)"), ("people", people)], style: .small)
        return "None yet. \(invite) Then choose the account under “Change what is known”."
    }

    // MARK: Areas held

    private var posts: HTML {
        let mine = picture.posts.filter { $0.championID == champion.id }
        if mine.isEmpty { return "" }
        let items = mine.reversed().html { post in
            let isNow = post.tenure.holds(on: picture.today) && champion.leftDay == nil
            let until = post.tenure.to.map { " to \($0.medium)" } ?? ""
            let area = picture.hub.areas.first { picture.isOf($0, id: post.areaID, name: post.areaName) }
            let place: HTML =
                area.map { "<a href=\"\(link: "\(base)/areas/\($0.id)")\">\(post.areaName)</a>" } ?? "\(post.areaName)"
            let link =
                picture.name(ofLink: post.linkPerson).map { "Beside them: \($0)." } ?? "Nobody of the council stands beside them yet."
            let home = picture.title(ofSetting: post.baseID).map { " Base: \($0)." } ?? ""
            let because = post.endedBecause.map { " \($0)." } ?? ""
            return """
                <li><p><strong>\(post.kind.name) of \(place)</strong>, from \(post.tenure.from.medium)\(until).\(because)</p>\
                <p>\(link)\(home)</p>\(isNow ? changing(post) : resuming(post))</li>
                """
        }
        return Card("Areas", "<ul class=\"listing timeline\">\(items)</ul>").html
    }

    private func changing(_ post: AreaPost) -> HTML {
        let actions = "\(base)/posts/\(post.id)"
        var link = linkField.filled(post.linkPerson)
        link.id = "link-\(post.id)"
        var home = baseField.filled(post.baseID)
        home.id = "base-\(post.id)"
        var day = Field.date("day", "Until").filled(picture.today.medium)
        day.id = "day-\(post.id)"
        var because = Field.text("because", "Why?").optional()
        because.id = "because-\(post.id)"
        let linking = Form.post("\(actions)/link", "Save", fields: post.kind == .coordinator ? [link, home] : [link])
        let ending = Form.post("\(actions)/end", "End it", fields: [day, because])
        return "\(Disclosure("Who stands beside them", linking.html))\(Disclosure("It ends", ending.html))"
    }

    private func resuming(_ post: AreaPost) -> HTML? {
        guard champion.isActive, post.tenure.to != nil else { return nil }
        var button = Button("It goes on after all", action: "\(base)/posts/\(post.id)/resume", style: .small)
        button.about = ": \(post.areaName)"
        return button.html
    }

    private var linkField: Field {
        Field.select(
            "link", "Who of the council’s team stands beside them",
            choices: picture.linkPeople.map { Choice($0.id, "\($0.name), \($0.role.name.lowercased())") }, prompt: "Nobody yet")
    }

    private var baseField: Field {
        Field.select(
            "base", "Base", choices: picture.hub.settings.filter { !$0.type.isHome }.map { Choice($0.id, $0.title) },
            prompt: "None", hint: "For coordinators: the setting they work from.")
    }

    private var give: HTML {
        if picture.ownAreas.isEmpty { return "<p>The hub has no areas in force yet, so none can be given.</p>" }
        var area = ChampionForm(picture: picture).areaField("area", "Area")
        let wish = picture.ownAreas.first { $0.id == champion.wishAreaID || $0.name == champion.wishArea }
        area = area.filled(wish?.id)
        var form = Form.post(
            "\(path)/area", champion.isWaiting ? "Accept them and give the area" : "Give the area",
            fields: [
                area, Field.radios("kind", "As", choices: AreaPost.Kind.allCases.map { Choice($0.rawValue, $0.name) }).filled("champion"),
                linkField, baseField, Field.date("from", "From").filled(picture.today.medium),
                Field.date("to", "To", hint: "Leave it empty where no end is agreed.").optional(),
            ])
        form.values = typed
        form.errors = errors
        let isFirst = picture.posts.allSatisfy { $0.championID != champion.id }
        return isFirst
            ? Card("Give them an area", form.html).html : Disclosure("Give them another area", form.html, isOpen: !errors.isEmpty).html
    }

    // MARK: Ends

    private var ending: HTML {
        if champion.isWaiting {
            let form = Form.post(
                "\(path)/decline", "Do not accept",
                fields: [Field.text("because", "Why?", hint: "For the team. It goes with the name.").optional()])
            return Disclosure("Not this time", form.html).html
        }
        let form = Form.post(
            "\(path)/leave", "They stop",
            fields: [Field.date("day", "Last day").filled(picture.today.medium), Field.text("because", "Why?").optional()])
        return "\(Disclosure("They stop being a champion", form.html))\(forget)"
    }

    private var again: HTML {
        guard champion.name != Champion.nameless else { return "" }
        let button = Button("Let them wait for an area again", action: "\(path)/reopen", style: .quiet)
        return "<p>\(button)</p>\(forget)"
    }

    private var forget: HTML { "<p><a href=\"\(link: "\(path)/forget")\">Forget who it was</a>, if they wish it.</p>" }
}
