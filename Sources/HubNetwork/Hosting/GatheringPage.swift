internal import Civil
internal import Directory
internal import House
internal import Identity
internal import Page
internal import Planning
internal import Store

/// One meeting: what it is, who hosts it and why, who was there.
struct GatheringPage: Sendable {
    let rotation: Rotation
    let gathering: Gathering
    let roll: GatheringRoll
    let titles: [String: String]
    let mayPlan: Bool
    let mayNote: Bool

    private var base: String { "/staff/network/\(rotation.ground.slug)/hosting" }
    private var path: String { "\(base)/meetings/\(gathering.id)" }

    var content: HTML { Columns("\(facts)\(hosting)", "\(there)").html }

    private var facts: HTML {
        let details = Details([
            ("Whose", "\(gathering.place)"), ("Day", "\(gathering.day.long)"),
            ("Expected", "\(gathering.expected) people\(gathering.needsStepFree ? ", somebody needs to come in without steps" : "")"),
        ])
        var doing: HTML?
        if mayPlan {
            let off =
                gathering.isCancelled
                ? Button("Bring it back", action: "\(path)/restore", style: .quiet)
                : Button("Call it off", action: "\(path)/cancel", style: .quiet)
            doing = "<div class=\"buttons\"><a class=\"button quiet\" href=\"\(link: "\(path)/change")\">Change it</a>\(off)</div>"
        }
        let cancelled: HTML? = gathering.isCancelled ? "<p>\(Tag("called off", .bad))</p>" : nil
        return Card("What it is", "\(cancelled)\(details)\(doing)").html
    }

    private var hosting: HTML {
        if gathering.isNoted {
            let names = roll.parts.values.filter(\.hosted).map { titles[$0.settingID] ?? "A setting that is gone" }.sorted()
            let line: HTML = names.isEmpty ? "<p>Nobody of the hub.</p>" : "<p><b><bdi>\(names.joined(separator: ", "))</bdi></b></p>"
            return Card("Who hosted", line).html
        }
        let name = gathering.hostID.map { titles[$0] ?? "A setting that is gone" }
        let state: HTML? =
            gathering.hostState == .agreed ? " \(Tag("agreed", .good))" : gathering.hostState == .draft ? " \(Tag("draft", .note))" : nil
        let untold: HTML? =
            gathering.hostState == .agreed && !gathering.isTold
            ? "<p>\(Tag("not told", .warning)) Nobody there has an account. Tell them yourself.</p>" : nil
        let who: HTML =
            name.map { "<p><b><bdi>\($0)</bdi></b>\(state)\(gathering.isLocked ? " \(Tag("by hand"))" : "" as HTML)</p>" }
            ?? "<p>No host yet.</p>"
        let why: HTML? = gathering.because.map { "<p>\($0)</p>" }
        // What was chosen by hand says so already.
        let trouble: HTML? = rotation.trouble(gathering).map { "<p>\(Tag("look again", .warning)) Since it was chosen, \($0).</p>" }
        let doing: HTML? = mayPlan && !gathering.isCancelled && !gathering.isNoted ? choosing : nil
        return Card("Who hosts", "\(who)\(why)\(gathering.isLocked ? nil : trouble)\(untold)\(doing)").html
    }

    /// By hand: those that can stand first, the others with what stands against them.
    private var choosing: HTML {
        let meeting = rotation.meeting(gathering, comers: [])
        let fairness = Dictionary(rotation.fairness.settings.map { ($0.id, $0.turns) }, uniquingKeysWith: { first, _ in first })
        let choices = rotation.hosts.map { place in
            let against = hostObstacles(rotation.place(place), meeting)
            let turns = fairness[place.id] ?? 0
            let words =
                "\(place.title), \(turns == 1 ? "1 turn" : "\(turns) turns")\(against.isEmpty ? "" : ": \(against.map(\.words).joined(separator: ", "))")"
            return (isAble: against.isEmpty, choice: Choice(place.id, words))
        }
        var form = Form.post(
            "\(path)/host", "Choose and lock",
            fields: [
                Field.select(
                    "host", "Choose by hand", choices: (choices.filter(\.isAble) + choices.filter { !$0.isAble }).map(\.choice),
                    prompt: "Nobody: the rotation chooses",
                    hint: "The rotation then leaves this meeting alone."
                ).filled(gathering.hostID)
            ])
        form.hidden = [("version", "\(gathering.version)")]
        let agree: HTML? =
            gathering.hostState == .draft
            ? "<p><a class=\"button\" href=\"\(link: "\(base)/agree?meeting=\(gathering.id)")\">Agree this host and tell them</a></p>" : nil
        return "\(agree)\(Disclosure("Choose another host", form.html, isOpen: gathering.hostID == nil))"
    }

    private var there: HTML {
        var doing: HTML?
        if mayNote && !gathering.isCancelled && gathering.day <= rotation.today {
            doing =
                "<p><a class=\"button\(gathering.isNoted ? " quiet" : "" as HTML)\" href=\"\(link: "\(path)/there")\">\(gathering.isNoted ? "Change the list" : "Note who was there")</a></p>"
        }
        guard gathering.isNoted else {
            let words: HTML =
                gathering.day > rotation.today
                ? "<p>When it is over, the list of who was there stands here.</p>" : "<p>Nobody has noted it yet.</p>"
            return Card("Who was there", "\(words)\(doing)").html
        }
        let places = Dictionary(rotation.ground.settings.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let parts = roll.parts.values.sorted { (titles[$0.settingID] ?? "", $0.settingID) < (titles[$1.settingID] ?? "", $1.settingID) }
        let items = parts.html { part in
            let did = [(part.hosted, "hosted"), (part.chaired, "chaired"), (part.spoke, "spoke")].filter(\.0).map(\.1)
            let icon: HTML? = places[part.settingID].map { $0.type.mark.icon() }
            return """
                <li>\(icon)<a href="/staff/network/\(segment: rotation.ground.slug)/settings/\(segment: part.settingID)">\
                <bdi>\(titles[part.settingID] ?? "A setting")</bdi></a>\(did.isEmpty ? "" : ", \(did.joined(separator: ", "))")</li>
                """
        }
        let guests = Sector.allCases.filter { roll.guests[$0] != nil }.html { sector in
            let part = roll.guests[sector] ?? GatheringRoll.GuestPart()
            return "<li>Somebody for: \(sector.name)\(part.chaired ? ", chaired" : "")\(part.spoke ? ", spoke" : "")</li>"
        }
        let came = roll.came.map { "\($0) people from " } ?? ""
        return Card(
            "Who was there",
            "<p>\(came)\(parts.count) \(parts.count == 1 ? "setting" : "settings").</p><ul class=\"listing\">\(items)\(guests)</ul>\(doing)"
        ).html
    }
}

extension Network {
    func gatheringPage(_ request: Request) async throws -> Answer {
        let today = tools.clock.today
        let slug = request.parameter("hub")
        let id = request.parameter("gathering")
        let page = try await tools.database.read { [self] session in
            let rotation = try Rotation.read(slug, on: today, session)
            let gathering = try Gatherings.find(id, session)
            let roll = try Gatherings.roll(of: gathering, session)
            return GatheringPage(
                rotation: rotation, gathering: gathering, roll: roll,
                titles: try Directory.titles(of: Array(roll.parts.keys) + [gathering.hostID].compactMap { $0 }, session),
                mayPlan: may(.planHosting, in: rotation.ground.id), mayNote: may(.noteAttendance, in: rotation.ground.id))
        }
        var frame = frame(page.gathering.title, hub: slug, section: .hosting, content: page.content)
        frame.breadcrumbs = [Link("Hosting", "/staff/network/\(slug)/hosting?year=\(GatheringYear(of: page.gathering.day).start)")]
        frame.lead = "\(page.gathering.place), \(page.gathering.day.long)."
        frame.trail = tools.trail(of: "gathering:\(id)")
        switch request.query["done"] {
        case "changed": frame.notices = [.success("Saved.")]
        case "restored": frame.notices = [.success("It takes place after all.")]
        case "chosen": frame.notices = [.success("Locked. The rotation leaves this meeting alone.")]
        case "freed": frame.notices = [.success("The rotation may choose its host again.")]
        case "noted": frame.notices = [.success("Noted. It counts everywhere from now on.")]
        default: break
        }
        return .page(frame.html)
    }

    /// A host by hand, whatever stands against it: the page says what does.
    func chooseHost(_ request: Request) async throws -> Answer {
        let tools = tools
        let slug = request.parameter("hub")
        let id = request.parameter("gathering")
        let wanted = request.form["host"].flatMap { $0.isEmpty ? nil : $0 }
        let version = Int(request.form["version"] ?? "") ?? 0
        do {
            try await tools.database.write { session in
                let rotation = try Rotation.read(slug, on: tools.clock.today, session)
                let gathering = try Gatherings.find(id, session)
                let place = wanted.flatMap { id in rotation.hosts.first { $0.id == id } }
                if wanted != nil && place == nil { throw Refusal.badRequest("This setting has not said that it can host.") }
                let against = place.map { hostObstacles(rotation.place($0), rotation.meeting(gathering, comers: [])) } ?? []
                let because =
                    place.map { _ in
                        against.isEmpty ? "Chosen by hand." : "Chosen by hand, though \(against.map(\.words).joined(separator: " and "))."
                    }
                try Gatherings.touch(
                    gathering, version: version,
                    """
                    host_id = \(place?.id), host_state = \(place == nil ? Gathering.HostState.none : .draft), is_locked = \(place != nil),
                    because = \(because), is_told = 0
                    """, session)
                try Audit.log(
                    session, tools, action: "network.host.chosen", subject: "gathering:\(id)",
                    before: gathering.hostID.map { "setting:\($0)" }, after: place.map { "setting:\($0.id)" })
                if gathering.hostState == .agreed, let before = gathering.hostID, before != place?.id {
                    try Gatherings.tell(
                        before, gathering.hubID, "You do not host the meeting on \(gathering.day.medium) after all",
                        ["\(gathering.title) is hosted by somebody else."], tools, session)
                }
            }
        } catch is ChangedMeanwhile {
            let (gathering, titles) = try await tools.database.read { session in
                let gathering = try Gatherings.find(id, session)
                return (gathering, try Directory.titles(of: [gathering.hostID, wanted].compactMap { $0 }, session))
            }
            func name(_ host: String?) -> String { host.flatMap { titles[$0] } ?? "nobody" }
            let versions = TwoVersions(
                rows: [("Host", name(gathering.hostID), name(wanted))], action: request.path, typed: request.form,
                version: gathering.version, back: Link(gathering.title, "/staff/network/\(slug)/hosting/meetings/\(id)"))
            return versions.answer(in: frame(TwoVersions.heading, hub: slug, section: .hosting))
        }
        return .redirect(to: "/staff/network/\(slug)/hosting/meetings/\(id)?done=\(wanted == nil ? "freed" : "chosen")")
    }
}
