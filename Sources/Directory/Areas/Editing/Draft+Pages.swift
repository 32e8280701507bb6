internal import Civil
internal import House
internal import Page
internal import Planning
internal import Store

extension Directory {
    /// Reads a plan and checks that the address is the one of its hub.
    func readPlan(_ request: Request) async throws -> PlanPicture {
        let id = request.parameter("plan")
        let slug = request.parameter("hub")
        return try await tools.database.read { session in
            let picture = try PlanPicture.of(id, session)
            guard picture.hub.slug == slug else { throw Refusal.notFound("There is no such plan here.") }
            return picture
        }
    }

    func planPage(_ request: Request) async throws -> Answer {
        let picture = try await readPlan(request)
        return .page(try await planHTML(picture, ward: request.query["ward"], done: request.query["done"]))
    }

    /// The page of a plan, with more to say on top where something was refused.
    func planHTML(
        _ picture: PlanPicture, ward: String?, done: String? = nil, notices: [Notice] = []
    ) async throws -> HTML {
        let chosen = picture.plan.status == .draft ? ward.flatMap { picture.territory.ward($0) } : nil
        let today = tools.clock.today
        let place = Whereabouts(hubs: [picture.hub.id])
        let (mayDraw, maySeeRecords) = (tools.asker.may(.drawAreas, at: place), tools.asker.may(.seeRecord, at: place))
        let page = try await offPool {
            var page = DraftPage(
                picture: picture, figures: PlanFigures(picture), mayDraw: mayDraw, maySeeRecords: maySeeRecords, today: today)
            if let chosen, mayDraw, picture.scheme.divides == .wards {
                page.ward = chosen
                // A ward in no area has no figures to compare with; the page then lists the areas alone.
                page.moves = (try? picture.drawing.moves(ofWard: chosen.code, in: picture.state)) ?? []
            }
            return page
        }
        let hub = picture.hub
        var frame = tools.frame(picture.plan.name, for: .staff, at: hub.staffPath)
        frame.title = "\(picture.plan.name), \(picture.scheme.name) of \(hub.name)"
        frame.breadcrumbs = [
            Link("Hubs and areas", "/staff/hubs"), Link(hub.name, hub.staffPath),
            Link(picture.scheme.name, picture.scheme.path(in: hub)),
        ]
        frame.lead = page.lead
        frame.notices = notices + doneNotices(done, picture) + page.notices
        frame.scripts = ["map.js"]
        if picture.plan.status == .draft, mayDraw { frame.action = Action("Publish", "\(page.path)/publish") }
        frame.content = page.content
        return frame.html
    }

    private func doneNotices(_ done: String?, _ picture: PlanPicture) -> [Notice] {
        switch done {
        case "drawn":
            [
                .success(
                    "The draft is drawn.", "Look it over, move wards by hand where you know better, then publish it.")
            ]
        case "changed": picture.lastStep.map { [.success("\($0.sentence).")] } ?? []
        case "undone": [.success("The last step is undone.")]
        case "named": [.success("The name is saved.")]
        case "copied": [.success("This is a copy. The plan it came from stays as it is.")]
        case "published":
            [
                .success(
                    "The plan is published.",
                    "Everybody can see it \(picture.plan.from.map { "from \($0.medium)" } ?? "").")
            ]
        case "unpublished": [.success("The plan is a draft again, and the one before it is in force as it was.")]
        default: []
        }
    }

    /// One change to a draft, told by the field `what`.
    func changeDraft(_ request: Request) async throws -> Answer {
        let form = request.form
        let picture = try await readPlan(request)
        let ward = form["ward"]
        guard let edition = form["edition"].flatMap({ Int($0) }), let change = DraftChange(form) else {
            let notice = Notice.error("That could not be read.", "Choose again from the page. Nothing was changed.")
            return .page(try await planHTML(picture, ward: ward, notices: [notice]), status: 422)
        }
        let tools = tools
        do {
            guard picture.plan.edition == edition, picture.plan.status == .draft else {
                return try await clash(picture, change, lastStep: picture.lastStep?.sentence)
            }
            let changed = try await offPool { try change.applied(to: picture) { tools.ids.next() } }
            try await tools.database.write { session in
                try Drafts.keep(changed, code: change.code, over: picture, session, tools)
            }
        } catch let refused as ChangeRefused {
            return .page(
                try await planHTML(picture, ward: ward, notices: [.error(refused.message, "Nothing was changed.")]),
                status: 422)
        } catch let clashed as DraftClash {
            return try await clash(try await readPlan(request), change, lastStep: clashed.lastStep)
        }
        return .redirect(to: "\(picture.plan.path(in: picture.hub))?done=changed")
    }

    /// Somebody else was faster: says what they did, and offers to make the change on what is there now.
    private func clash(_ picture: PlanPicture, _ change: DraftChange, lastStep: String?) async throws -> Answer {
        let path = picture.plan.path(in: picture.hub)
        guard picture.plan.status == .draft else {
            let notice = Notice.error(
                "This plan has been published meanwhile.", "Copy it to a new draft to go on. Nothing was changed.")
            return .page(try await planHTML(picture, ward: nil, notices: [notice]), status: 409)
        }
        let again = Button(
            "Do it all the same", action: "\(path)/change",
            hidden: change.fields + [("edition", String(picture.plan.edition))], style: .small)
        let what = lastStep.map { "Their last step: \($0). " } ?? ""
        let notice = Notice.error(
            "Somebody else changed this draft while you were looking at it.",
            """
            <p>\(what)Your change was not made, and theirs is kept: the page shows it as it is now. You asked to \
            \(change.words(in: picture)).</p><div class="buttons">\(again)</div>
            """
        )
        return .page(try await planHTML(picture, ward: change.ward, notices: [notice]), status: 409)
    }
}
