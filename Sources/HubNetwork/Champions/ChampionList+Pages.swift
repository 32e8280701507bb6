internal import Civil
internal import Directory
internal import House
internal import Identity
internal import Page
internal import Store

extension Network {
    /// The champions of a hub: what is due, area by area, who waits, how they reach one another.
    func championsPage(_ request: Request) async throws -> Answer {
        let picture = try await champions(request)
        let base = championBase(request)
        let mayKeep = Permission.answer(tools.asker.hats, .keepChampions, Whereabouts(hubs: [picture.hub.id])) == .yes
        let list = ChampionList(picture: picture, base: base, mayKeep: mayKeep, me: tools.asker.personID)
        var frame = frame("Champions of \(picture.hub.name)", hub: picture.hub.slug, section: .champions, content: list.content)
        frame.lead = "Who looks after which area, who stands beside them, and which first meetings are due."
        if mayKeep { frame.action = Action("Sign people up at an event", "\(base)/events") }
        frame.notices = notices(request.query)
        return .page(frame.html)
    }

    private func notices(_ query: FormData) -> [Notice] {
        switch query["done"] {
        case "named": [.success("Kept. Give them an area, and they are champions.")]
        case "there": [.note("They stand already. Nothing was changed.")]
        case "given": [.success("The areas are given.")]
        case "shared": [.success("The other champions who agreed now see how to reach you.")]
        case "unshared": [.success("Taken back. Nobody but the hub’s team sees how to reach you.")]
        case "forgotten": [.success("Forgotten. That somebody held the area stays.")]
        default: []
        }
    }

    /// One's own agreement, from the list: taken back or given with one press.
    func shareOwn(_ request: Request) async throws -> Answer {
        let tools = tools
        let shares = request.form["shares"] == "yes"
        try await tools.database.write { session in
            let hub = try Network.hubID(request, session)
            let rows = try session.all(
                "select id from champion where hub_id = \(hub) and person_id = \(tools.asker.personID ?? "") and left_day is null order by id"
            )
            for row in rows { try Champions.share(row.text("id"), shares, tools, session) }
        }
        return .redirect(to: "\(championBase(request))?done=\(shares ? "shared" : "unshared")")
    }
}

/// The page of a hub's champions.
struct ChampionList {
    let picture: ChampionPicture
    let base: String
    let mayKeep: Bool
    let me: String?

    var content: HTML {
        if picture.people.isEmpty && picture.posts.isEmpty {
            let empty = EmptyState(
                "No champions yet",
                """
                A champion is somebody of a setting who calls the meetings of one area and brings its people together. Ask for volunteers \
                with a code on the wall at an event, or name somebody yourself. Managers and childminders can volunteer on their own page.
                """, action: mayKeep ? Action("Name a champion", "\(base)/new") : nil, picture: .people)
            return "\(facts)\(empty)\(areas)\(rule)"
        }
        return "\(facts)\(areas)\(Columns("\(waiting)\(people)", "\(contacts)\(rule)"))"
    }

    private var facts: HTML {
        let active = picture.people.count(where: \.isActive)
        var facts = [Fact(grouped(active), active == 1 ? "champion or coordinator" : "champions and coordinators", href: "\(base)#people")]
        if !picture.waiting.isEmpty {
            facts.append(
                Fact(
                    grouped(picture.waiting.count), picture.waiting.count == 1 ? "volunteer waits" : "volunteers wait",
                    href: mayKeep ? "\(base)/give" : nil, isDue: true))
        }
        let bare = picture.withoutChampion.count
        if !picture.ownAreas.isEmpty {
            facts.append(
                Fact(
                    grouped(bare), bare == 1 ? "area without a champion" : "areas without a champion", href: "\(base)#areas",
                    isDue: bare > 0))
        }
        if !picture.overdue.isEmpty {
            facts.append(
                Fact(
                    grouped(picture.overdue.count), picture.overdue.count == 1 ? "first meeting overdue" : "first meetings overdue",
                    href: "\(base)#areas", isDue: true))
        }
        if !picture.quiet.isEmpty { facts.append(Fact(grouped(picture.quiet.count), "gone quiet", href: "\(base)#areas")) }
        return Facts(facts).html
    }

    // MARK: Who waits

    private var waiting: HTML {
        if picture.waiting.isEmpty { return "" }
        let items = picture.waiting.prefix(8).html { person in
            let name: HTML =
                mayKeep
                ? "<a class=\"thing\" href=\"\(link: "\(base)/people/\(person.id)")\"><bdi>\(person.name)</bdi></a>"
                : "<span class=\"thing\"><bdi>\(person.name)</bdi></span>"
            return "<li><span></span><div>\(name) \(Tag(person.source.words, .note))<p>\(about(person))</p></div></li>"
        }
        var card = Card("Volunteers", id: "waiting", "<ul class=\"todo\">\(items)</ul>")
        if mayKeep { card.link = Link("Give areas to all \(grouped(picture.waiting.count)) at once", "\(base)/give") }
        return card.html
    }

    private func about(_ person: Champion) -> String {
        let wish = person.wishArea.map { "would like \($0)" }
        return [picture.setting(of: person), wish].compactMap { $0 }.joined(separator: ", ")
    }

    // MARK: The areas

    private var areas: HTML {
        if picture.ownAreas.isEmpty {
            return Card(
                "Areas", id: "areas",
                "<p>The hub is not divided into areas yet. Publish a plan of mini-hubs, and give each a champion here.</p>"
            ).html
        }
        // What is late first, then what nobody looks after, then the hub's own order.
        let ordered = picture.areas.enumerated().sorted { left, right in
            (urgency(left.element), left.offset) < (urgency(right.element), right.offset)
        }.map(\.element)
        var table = Table(
            "Areas",
            columns: [
                Table.Column("Area"), Table.Column("Champions"), Table.Column("Link person"), Table.Column("First meeting"),
                Table.Column("Led by"),
            ], rows: ordered.map(row))
        table.isCaptionHidden = true
        return Card("Areas", id: "areas", table.html).html
    }

    private func urgency(_ area: AreaStanding) -> Int { area.first.isOverdue ? 0 : area.champions.isEmpty ? 1 : area.isQuiet ? 2 : 3 }

    private func row(_ area: AreaStanding) -> Table.Row {
        let champions = names(area.champions)
        let coordinators = names(area.coordinators)
        var who: HTML = area.champions.isEmpty ? Tag("No champion", .warning).html : champions
        if !area.coordinators.isEmpty { who = "\(who)<br>Coordinator: \(coordinators)" }
        let links = Set((area.champions + area.coordinators).compactMap { picture.name(ofLink: $0.post.linkPerson) }).sorted()
        return Table.Row([
            "<a href=\"\(link: "\(base)/areas/\(area.area.id)")\">\(picture.label(area.area))</a>", who,
            links.isEmpty && !area.champions.isEmpty ? Tag("Nobody yet", .note).html : "\(links.joined(separator: ", "))",
            "\(FirstMeetingWords.drawn(area))", "\(LedBy.words(area.standing))",
        ])
    }

    private func names(_ people: [(champion: Champion, post: AreaPost)]) -> HTML {
        people.enumerated().html { index, one in
            let name: HTML =
                mayKeep
                ? "<a href=\"\(link: "\(base)/people/\(one.champion.id)")\"><bdi>\(one.champion.name)</bdi></a>"
                : "<bdi>\(one.champion.name)</bdi>"
            return "\(index > 0 ? ", " : "")\(name)"
        }
    }

    // MARK: How they reach one another

    private var contacts: HTML {
        let mine = picture.people.first { $0.isActive && $0.personID == me && me != nil }
        let sharing = picture.people.filter { $0.isActive && $0.shares }
        var own: HTML = ""
        if let mine {
            let button = Button(
                mine.shares ? "Do not show mine any more" : "Show the others how to reach me", action: "\(base)/consent",
                hidden: [("shares", mine.shares ? "no" : "yes")], style: .small)
            own =
                "<p>\(mine.shares ? "The others who agreed see how to reach you." : "You see the others once they may see you.") \(button)</p>"
        }
        // Who keeps the list sees all of it; a champion sees it by agreeing to stand in it.
        guard mayKeep || mine?.shares == true else { return own.isEmpty ? "" : Card("Reaching one another", own).html }
        let items = sharing.html { person in
            let email = person.email.map { "<br><a href=\"\(link: "mailto:\($0)")\">\($0)</a>" as HTML }
            let telephone = person.telephone.map { number in
                "<br><a href=\"\(link: "tel:\(number.filter { $0.isNumber || $0 == "+" })")\">\(number)</a>" as HTML
            }
            return "<li><bdi>\(person.name)</bdi>\(areaWords(person).map { ", \($0)" })\(email)\(telephone)</li>"
        }
        let why: HTML = "<p class=\"quiet\">Only those who agreed, seen by the team and by champions who agreed too.</p>"
        let list: HTML = sharing.isEmpty ? "<p>Nobody has agreed yet.</p>" : "<ul class=\"listing\">\(items)</ul>"
        return Card("Reaching one another", "\(own)\(list)\(why)").html
    }

    private func areaWords(_ person: Champion) -> String? {
        let held = picture.posts.filter { $0.championID == person.id && $0.tenure.holds(on: picture.today) }.map(\.areaName)
        return held.isEmpty ? nil : held.joined(separator: ", ")
    }

    // MARK: Everybody, and the rule

    private var people: HTML {
        guard mayKeep else { return "" }
        let past = picture.people.filter { $0.state == .declined || $0.leftDay != nil }
        func items(_ people: [Champion], _ words: (Champion) -> String) -> HTML {
            people.html { person in
                "<li><a href=\"\(link: "\(base)/people/\(person.id)")\"><bdi>\(person.name)</bdi></a>, \(words(person))</li>"
            }
        }
        let active = picture.people.filter(\.isActive)
        let now = items(active) { areaWords($0) ?? "no area now" }
        let before = items(past) { $0.leftDay.map { "left on \($0.medium)" } ?? "not accepted" }
        let more: HTML? =
            past.isEmpty ? nil : Disclosure("Those who left or were not accepted", "<ul class=\"listing\">\(before)</ul>").html
        var card = Card("Everybody", id: "people", "<ul class=\"listing\">\(now)</ul>\(more)")
        card.link = Link("Name a champion", "\(base)/new")
        return card.html
    }

    private var rule: HTML {
        let days = picture.deadlines
        let words: HTML = """
            <p>A first meeting is due \(days.firstMeeting) days after an area’s first champion began. An area that has not met for more than \
            \(days.quiet) days has gone quiet.</p>
            """
        var card = Card("The hub’s own rule", words)
        if mayKeep { card.link = Link("Change it, and say what a hand-over needs", "\(base)/rule") }
        return card.html
    }
}

/// How a first meeting stands, in a cell.
enum FirstMeetingWords {
    static func drawn(_ area: AreaStanding) -> HTML {
        switch area.first {
        case .nobody: return ""
        case .due(let day): return "Due by \(day.medium)"
        case .overdue(let day): return "\(Tag("Overdue", .bad)) since \(day.medium)"
        case .held(let day):
            let last = area.meetings.last.map { $0.day == day ? "" : ", last met on \($0.day.medium)" } ?? ""
            return "Held on \(day.medium)\(last)\(area.isQuiet ? " \(Tag("Gone quiet", .warning))" as HTML : HTML())"
        }
    }
}

/// Who leads an area, in a few words.
enum LedBy {
    static func words(_ standing: HandoverStanding) -> String {
        switch standing {
        case .noCriteria: "The council"
        case .missing(let count): "The council; \(count) to meet"
        case .ready: "The council; ready to hand over"
        case .done(let day): "Its providers since \(day.medium)"
        }
    }
}
