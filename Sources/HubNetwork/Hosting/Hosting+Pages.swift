internal import Civil
internal import Directory
internal import House
internal import Page
internal import Planning
internal import Store

extension Network {
    /// A year as it stands, with the names of all hosts.
    func hostingYear(_ request: Request) async throws -> HostingPage {
        let today = tools.clock.today
        let slug = request.parameter("hub")
        let now = GatheringYear(of: today)
        let asked = request.query["year"].flatMap { Int($0) }.flatMap { (2000...2100).contains($0) ? GatheringYear(start: $0) : nil }
        return try await tools.database.read { [self] session in
            let rotation = try Rotation.read(slug, on: today, session)
            let year = asked ?? now
            let gatherings = try Gatherings.of(rotation.ground.id, year.days, session)
            let parts = try session.all(
                """
                select gathering_id, setting_id, hosted from gathering_part
                where hub_id = \(rotation.ground.id) and day >= \(year.days.lowerBound) and day <= \(year.days.upperBound)
                order by gathering_id, setting_id
                """)
            let hosted = Dictionary(grouping: parts.filter { $0.bool("hosted") }, by: { $0.text("gathering_id") })
                .mapValues { $0.map { $0.text("setting_id") } }
            return HostingPage(
                rotation: rotation, year: year, gatherings: gatherings,
                titles: try Directory.titles(of: gatherings.compactMap(\.hostID) + hosted.values.joined(), session), hosted: hosted,
                there: Dictionary(grouping: parts, by: { $0.text("gathering_id") }).mapValues(\.count),
                mayPlan: may(.planHosting, in: rotation.ground.id), mayNote: may(.noteAttendance, in: rotation.ground.id))
        }
    }

    func hostingPage(_ request: Request) async throws -> Answer {
        let page = try await hostingYear(request)
        let slug = page.rotation.ground.slug
        var frame = frame("Whose turn it is to host", hub: slug, section: .hosting, content: page.content)
        frame.lead = "Fair shares first, then the shortest ways. \(page.rotation.ground.name), \(page.year.name)."
        frame.scripts = ["map.js"]
        frame.notices = hostingNotices(request.query)
        return .page(frame.html)
    }

    private func hostingNotices(_ query: FormData) -> [Notice] {
        let count = query["count"].flatMap { Int($0) } ?? 0
        switch query["done"] {
        case "planned":
            return [
                .success(
                    "\(count == 1 ? "One meeting is" : "\(count) meetings are") in the plan.",
                    "<p>Now let the rotation choose who hosts.</p>")
            ]
        case "drawn":
            return [
                .success(
                    "\(count == 1 ? "One meeting has" : "\(count) meetings have") a host.",
                    "<p>It is a draft: nobody has been told. Change what you know better, then agree it.</p>")
            ]
        case "not-proven":
            return [
                .warning(
                    "\(count) meetings have a host, but a better plan may be possible.",
                    "<p>So many rules stand in one another’s way that not every choice could be tried. Lock a few hosts by hand and draw again.</p>"
                )
            ]
        case "changed":
            return [.warning("Somebody changed a meeting while the hosts were chosen.", "<p>Nothing was written. Draw again.</p>")]
        case "agreed": return [.success("Agreed. Whoever has an account there has been told.")]
        case "some-agreed":
            return [
                .warning("Agreed, but for meetings that somebody changed meanwhile.", "<p>They are still drafts: look at them again.</p>")
            ]
        case "off": return [.success("Called off. It can be brought back on its page.")]
        default: return []
        }
    }

    func drawHosts(_ request: Request) async throws -> Answer {
        let tools = tools
        let slug = request.parameter("hub")
        let rotation = try await tools.database.read { try Rotation.read(slug, on: tools.clock.today, $0) }
        // Thinking may take a while: nobody waits for the database meanwhile, and what changed is seen when it is written.
        let plan = try rotation.drawn()
        do {
            let count = try await tools.database.write { try rotation.write(plan, tools, $0) }
            return .redirect(to: "/staff/network/\(slug)/hosting?done=\(plan.isProven ? "drawn" : "not-proven")&count=\(count)")
        } catch is ChangedMeanwhile {
            return .redirect(to: "/staff/network/\(slug)/hosting?done=changed")
        }
    }

    // MARK: Agreeing

    func agreePage(_ request: Request) async throws -> Answer {
        let tools = tools
        let slug = request.parameter("hub")
        let only = request.query["meeting"]
        let (drafts, titles, silent) = try await tools.database.read { session in
            let hub = try Network.hubID(request, session)
            let far = Day(year: 9999, month: 12, day: 31) ?? tools.clock.today
            let drafts = try Gatherings.of(hub, tools.clock.today...far, session).filter { gathering in
                gathering.hostState == .draft && !gathering.isCancelled && (only == nil || only == gathering.id)
            }
            let hosts = Set(drafts.compactMap(\.hostID))
            let silent = try hosts.filter { try Gatherings.managers(of: $0, hub, session).isEmpty }
            return (drafts, try Directory.titles(of: hosts, session), silent)
        }
        let base = "/staff/network/\(slug)/hosting"
        var frame = frame("Agree who hosts", hub: slug, section: .hosting)
        frame.breadcrumbs = [Link("Hosting", base)]
        if drafts.isEmpty {
            frame.content = "<p>There is no draft to agree. <a href=\"\(link: base)\">Back to the year</a></p>"
            return .page(frame.html)
        }
        let lines: [HTML] = drafts.map { gathering in
            let host = gathering.hostID ?? ""
            let note: HTML = silent.contains(host) ? "<br>\(Tag("no account there: tell them yourself", .warning))" : ""
            return "\(gathering.day.long), \(gathering.title): <b><bdi>\(titles[host] ?? "A setting")</bdi></b>\(note)"
        }
        frame.content =
            Confirm(
                "Agree \(drafts.count == 1 ? "this host" : "these \(drafts.count) hosts") and tell them?", action: "\(base)/agree",
                confirm: "Agree and tell them", cancel: Link("Leave it a draft", base), consequences: lines,
                hidden: drafts.map { ("meeting", "\($0.id)~\($0.version)") }, isDanger: false
            ).html
        return .page(frame.html)
    }

    func agreeHosts(_ request: Request) async throws -> Answer {
        let tools = tools
        let asked = request.form.all("meeting").prefix(400).map { $0.split(separator: "~").map(String.init) }
        let missed = try await tools.database.write { session in
            let hub = try Network.hubID(request, session)
            var missed = 0
            for pair in asked where pair.count == 2 {
                let gathering = try Gatherings.find(pair[0], session)
                guard gathering.hubID == hub, gathering.version == Int(pair[1]), gathering.hostState == .draft, !gathering.isCancelled,
                    let host = gathering.hostID
                else {
                    missed += 1
                    continue
                }
                let told = try Gatherings.tell(
                    host, hub, "You host a meeting on \(gathering.day.medium)",
                    [
                        "\(gathering.title), \(gathering.day.long), about \(gathering.expected) people.",
                        "If that day does not suit you, tell the hub’s team soon: it is easily changed.",
                    ], tools, session)
                try Gatherings.touch(
                    gathering, version: gathering.version, "host_state = 'agreed', is_told = \(told > 0)", session)
                try Audit.log(
                    session, tools, action: "network.host.agreed", subject: "gathering:\(gathering.id)", after: "setting:\(host)")
            }
            return missed
        }
        return .redirect(
            to: "/staff/network/\(request.parameter("hub"))/hosting?done=\(missed > 0 || asked.isEmpty ? "some-agreed" : "agreed")")
    }
}
