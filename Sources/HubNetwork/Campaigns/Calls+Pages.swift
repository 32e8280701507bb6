internal import Civil
internal import Directory
internal import House
internal import Identity
internal import Page
internal import Store

/// Ringing: one's own list, made for a phone, and one line of a campaign's list.
extension Network {
    func callsPage(_ request: Request) async throws -> Answer {
        let today = tools.clock.today
        let me = tools.asker.personID ?? ""
        let logged = request.query["done"] ?? ""
        let (list, notes, last) = try await tools.database.read { session in
            let list = try CallList.of(me, on: today, session)
            return (
                list, try list.now.first.map { try CampaignReading.notes($0.target.id, session) } ?? [],
                try session.first(
                    """
                    select c.id, c.outcome, cc.campaign_id, cc.target_id from contact c join campaign_call cc on cc.contact_id = c.id
                    where c.id = \(logged) and c.by_whom = \("person:\(me)") and c.undone_at is null
                    """)
            )
        }
        var frame = tools.frame("My calls", for: .staff, at: "/staff/network")
        frame.scripts = ["keep.js"]
        if let last, let outcome: Contact.Outcome = last.code("outcome") {
            let call = (list.now + list.later).first { $0.target.id == last.text("target_id") }
            let back = (list.now + list.later).first { $0.view.campaign.id == last.text("campaign_id") }.map { call in
                Button("Take it back", action: "/staff/network/\(call.view.hub.slug)/contacts/\(last.text("id"))/undo", style: .small).html
            }
            frame.notices = [
                .success("Logged: \(outcome.name.lowercasedFirst)\(call.map { ", \($0.target.title)" } ?? "").", "\(back)")
            ]
        }
        if list.all == 0 {
            frame.content =
                EmptyState(
                    "No calls on your list",
                    "Whoever keeps a campaign says who rings whom. Yours stand here, the next one on top, with the telephone number to press.",
                    action: Action("The network", "/staff/network"), picture: .people
                ).html
            return .page(frame.html)
        }
        frame.lead = "\(list.settled) of \(list.all) are settled."
        let next: HTML =
            list.now.first.map { nextCard($0, notes, key: tools.ids.next()) }
            ?? Card("Nothing to ring now", "<p>The next is due on \((list.later.first?.target.progress.due ?? today).medium).</p>").html
        let others = list.now.dropFirst()
        let then: HTML? = others.isEmpty ? nil : Card("Then", "\(lines(others.prefix(30)))").html
        let more: HTML? = others.count > 30 ? "<p class=\"quiet-line\">and \(others.count - 30) more</p>" : nil
        let later: HTML? = list.later.isEmpty ? nil : Card("Later", "\(lines(list.later.prefix(30)))").html
        frame.content = Columns(next, "\(then)\(more)\(later)").html
        return .page(frame.html)
    }

    private func nextCard(_ call: CallList.Call, _ notes: [(day: Day, note: String)], key: String) -> HTML {
        Card(
            call.target.title,
            "\(whom(call.target, in: call.view))\(told(notes.prefix(1)))\(CallForm(view: call.view, target: call.target, key: key, back: "calls").html)"
        ).html
    }

    private func lines(_ calls: some Sequence<CallList.Call>) -> HTML {
        let today = tools.clock.today
        let items = calls.html { call -> HTML in
            let due = call.target.progress.due.map { $0 > today ? ", from \($0.medium)" : "" } ?? ""
            let tries = call.target.progress.tries
            let tried: HTML? = tries > 0 ? " \(Tag("tried \(tries == 1 ? "once" : "\(tries) times")", .warning))" : nil
            return """
                <li>\(call.target.place?.type.mark.icon() ?? "<span></span>")<div><a class="thing" \
                href="\(link: "\(call.view.path)/targets/\(call.target.id)")"><bdi>\(call.target.title)</bdi></a>\(tried)\
                <p>\(call.target.area)\(due)</p></div>\(telephone(call.target, isSmall: true))</li>
                """
        }
        return "<ul class=\"todo\">\(items)</ul>"
    }

    private func telephone(_ target: CampaignTarget, isSmall: Bool) -> HTML? {
        guard let number = target.telephone else { return nil }
        let dialled = number.filter { $0.isNumber || $0 == "+" }
        let style: HTML = isSmall ? "button quiet small" : "button"
        return
            "<a class=\"\(style)\" href=\"\(link: "tel:\(dialled)")\">\(isSmall ? "Ring" : "Ring \(number)")\(unseen(isSmall ? " \(target.title)" : ""))</a>"
    }

    /// Who it is, what to ask, and what was said last.
    private func whom(_ target: CampaignTarget, in view: CampaignView) -> HTML {
        let ring: HTML =
            telephone(target, isSmall: false).map { "<p>\($0)</p>" } ?? "<p class=\"quiet-line\">No telephone number is held.</p>"
        let mail = target.email.map { "<p><a href=\"\(link: "mailto:\($0)")\"><bdi>\($0)</bdi></a></p>" as HTML }
        let progress = target.progress
        let last = progress.lastDay.map { ", last on \($0.medium)" } ?? ""
        let tries = progress.tries > 1 ? ", \(progress.tries) times" : ""
        let sent = target.posts.last.map { "<p>Letter of \($0.day.medium)\($0.problem == nil ? "." : " came back.")</p>" as HTML }
        return """
            <p>\(target.kind), \(target.area). <b>\(progress.stage.words)\(tries)</b>\(last).</p>\(sent)\(ring)\(mail)\
            <p>We ask them \(view.campaign.asks)</p>
            """
    }

    private func told(_ notes: some Sequence<(day: Day, note: String)>) -> HTML {
        notes.html { "<p class=\"quiet-line\"><b>\($0.day.medium)</b> \($0.note)</p>" }
    }

    // MARK: One line of a list

    func targetPage(_ request: Request, errors: FieldErrors) async throws -> Answer {
        let view = try await campaignView(request)
        guard let target = (view.targets + view.removed).first(where: { $0.id == request.parameter("target") }) else {
            throw Refusal.notFound("There is nobody of this campaign at this address.")
        }
        let (names, notes) = try await tools.database.read { session in
            (try PeopleBook.names(target.events.map(\.by), session), try CampaignReading.notes(target.id, session))
        }
        var frame = campaignFrame(target.title, view)
        frame.errors = errors
        frame.scripts = ["keep.js"]
        if request.query["done"] == "logged" { frame.notices = [.success("Logged.")] }
        if request.query["done"] == "caller" { frame.notices = [.success("Saved.")] }
        if target.isRemoved { frame.notices = [.note("It was taken off this list.")] }
        var form = CallForm(
            view: view, target: target, key: tools.ids.next(), back: request.form["back"] == "calls" ? "calls" : "target")
        if request.method == .post { form.values = request.form }
        form.errors = errors
        let mayLog = Permission.answer(tools.asker.hats, .logContact, Whereabouts(hubs: [view.hub.id])) == .yes
        let call: HTML = mayLog && view.campaign.isOpen && !target.isRemoved ? form.html : "<p>The list is closed.</p>"
        let items = target.events.reversed().html { event in
            let reason: HTML? = event.reason.map { ": \($0)" }
            return "<li><strong>\(event.day.medium)</strong> \(event.outcome.name)\(reason), \(names[event.by] ?? "")</li>"
        }
        let story: HTML = target.events.isEmpty ? "<p>Nobody has rung yet.</p>" : "<ol class=\"listing\">\(items)</ol>"
        let timeline = target.settingID.map {
            "<p><a href=\"\(link: "/staff/network/\(view.hub.slug)/settings/\($0)")\">Everything with this setting</a></p>" as HTML
        }
        frame.content =
            Columns(
                Card("Ring", "\(whom(target, in: view))\(call)").html,
                "\(Card("In this campaign", "\(story)\(told(notes))\(timeline)"))\(caller(of: target, in: view))"
            ).html
        return .page(frame.html, status: errors.isEmpty ? 200 : 422)
    }

    private func caller(of target: CampaignTarget, in view: CampaignView) -> HTML? {
        guard mayKeepCampaigns(view.hub.id), view.campaign.isOpen, !target.isRemoved else { return nil }
        let path = "\(view.path)/targets/\(target.id)"
        let form = Form.post(
            "\(path)/caller", "Save",
            fields: [
                Field.select(
                    "caller", "Who rings", choices: view.team.map { Choice($0.id, $0.name) }, prompt: "Nobody yet"
                ).filled(target.callerID)
            ])
        let off = Button("Take it off the list", action: "\(path)/remove", style: .small)
        return Card("Who rings", "\(form)<p>\(off)</p>").html
    }

    func logCall(_ request: Request) async throws -> Answer {
        let view = try await campaignView(request)
        guard let target = view.targets.first(where: { $0.id == request.parameter("target") }) else {
            throw Refusal.badRequest("It was taken off this list. Put it back to log a call.")
        }
        if !view.campaign.isOpen { throw Refusal.badRequest("The campaign is closed. Log this on the setting’s own page.") }
        var reader = FormReader(request.form)
        let form = CallForm(view: view, target: target, key: tools.ids.next(), back: "")
        guard let new = form.read(&reader, today: tools.clock.today, caller: tools.asker.personID) else {
            return try await targetPage(request, errors: reader.errors)
        }
        let tools = tools
        try await tools.database.write {
            try Campaigns.log(new.contact, reason: new.reason, target: target.id, of: view.campaign.id, tools, $0)
        }
        return .redirect(
            to: request.form["back"] == "calls" ? "/staff/calls?done=\(new.contact.id)" : "\(view.path)/targets/\(target.id)?done=logged")
    }

    func setCaller(_ request: Request) async throws -> Answer {
        let view = try await campaignView(request)
        let caller = view.team.first { $0.id == request.form["caller"] }?.id
        let (tools, target) = (tools, request.parameter("target"))
        try await tools.database.write { try Campaigns.assign([target: caller], in: view.campaign.id, tools, $0) }
        return .redirect(to: "\(view.path)/targets/\(target)?done=caller")
    }
}
