internal import Civil
internal import House
internal import Page
internal import Store

extension Directory {
    /// Asks from which day a draft is to hold, and names any rule it breaks.
    func publishPage(_ request: Request) async throws -> Answer {
        let picture = try await readPlan(request)
        return .page(try await publishHTML(picture, FieldErrors(), typed: nil))
    }

    func publish(_ request: Request) async throws -> Answer {
        let picture = try await readPlan(request)
        var reader = FormReader(request.form)
        let written = reader.date("from", missing: "Say from which day it holds, such as 1 January 2027.")
        let day = written.flatMap { Day(year: $0.year, month: $0.month, day: $0.day) }
        let broken = try await offPool { PlanFigures(picture).broken }
        if !broken.isEmpty, !reader.flag("accept") {
            reader.fail(
                "accept",
                "Tick this to publish it with \(broken.count == 1 ? "the broken rule" : "the broken rules"), or mend it first."
            )
        }
        guard let day, reader.errors.isEmpty, let edition = request.form["edition"].flatMap({ Int($0) }) else {
            return .page(try await publishHTML(picture, reader.errors, typed: request.form), status: 422)
        }
        let tools = tools
        do {
            _ = try await tools.database.write { session in
                try Publishing.publish(picture.plan, from: day, edition: edition, session, tools)
            }
        } catch let refused as ChangeRefused {
            reader.fail("from", refused.message)
            return .page(try await publishHTML(picture, reader.errors, typed: request.form), status: 422)
        } catch is DraftClash {
            let notice = Notice.error(
                "Somebody else changed this draft while you were looking at it.",
                "It was not published. Look at it as it is now, then publish it.")
            return .page(try await planHTML(try await readPlan(request), ward: nil, notices: [notice]), status: 409)
        }
        return .redirect(to: "\(picture.plan.path(in: picture.hub))?done=published")
    }

    private func publishHTML(_ picture: PlanPicture, _ errors: FieldErrors, typed: FormData?) async throws -> HTML {
        guard picture.plan.status == .draft else { throw Refusal.badRequest("This plan has been published already.") }
        let today = tools.clock.today
        let (current, broken) = try await (
            tools.database.read { try Plans.inForce(picture.scheme, on: today, $0) },
            offPool { PlanFigures(picture).broken }
        )
        let path = picture.plan.path(in: picture.hub)
        var frame = tools.frame("Publish \(picture.plan.name)", for: .staff, at: picture.hub.staffPath)
        frame.breadcrumbs = planCrumbs(picture)
        frame.errors = errors
        let before: HTML =
            current.map { "“\($0.name)”, in force now, ends on the day before. It is kept and can still be read." }
            ?? "It is the first plan of \(picture.scheme.name)."
        let who = picture.hub.isOpen ? "everybody sees" : "your team, and everybody once the hub is open, sees"
        frame.lead =
            "From that day \(who) these \(picture.scheme.counted(picture.state.areas.count)). \(before)"
        var fields = [Field.date("from", "From which day").filled(today.medium)]
        if !broken.isEmpty {
            let list: HTML = "<ul>\(broken.html { "<li>\($0)</li>" })</ul>"
            fields.append(
                Field.piece(
                    Notice.warning(broken.count == 1 ? "It breaks a rule" : "It breaks \(broken.count) rules", list)
                        .html))
            fields.append(Field.checkbox("accept", "Publish it all the same"))
        }
        var form = Form.post(
            "\(path)/publish", "Publish \(picture.scheme.counted(picture.state.areas.count))", fields: fields)
        form.hidden = [("edition", String(picture.plan.edition))]
        form.values = typed
        form.errors = errors
        form.cancel = Link("Not yet", path)
        frame.content = Card(nil, form.html).html
        return frame.html
    }

    /// Asks before a published plan becomes a draft again.
    func confirmUnpublish(_ request: Request) async throws -> Answer {
        let picture = try await readPlan(request)
        guard picture.plan.status == .published, picture.plan.to == nil else {
            throw Refusal.badRequest("Only the newest published plan can be taken back.")
        }
        let path = picture.plan.path(in: picture.hub)
        var frame = tools.frame("Take back \(picture.plan.name)", for: .staff, at: picture.hub.staffPath)
        frame.breadcrumbs = planCrumbs(picture)
        frame.content =
            Confirm(
                "Take “\(picture.plan.name)” back to a draft?", action: "\(path)/unpublish", confirm: "Take it back",
                cancel: Link("Leave it published", path),
                consequences: [
                    "Strangers no longer see its \(picture.scheme.plural).",
                    "The plan that was in force before it, if there was one, is in force again as if nothing had happened.",
                    "You can publish it again.",
                ], isDanger: false
            ).html
        return .page(frame.html)
    }

    func unpublish(_ request: Request) async throws -> Answer {
        let picture = try await readPlan(request)
        let tools = tools
        do {
            try await tools.database.write { session in try Publishing.unpublish(picture.plan, session, tools) }
        } catch let refused as ChangeRefused {
            let notice = Notice.error(refused.message, "Nothing was changed.")
            return .page(try await planHTML(try await readPlan(request), ward: nil, notices: [notice]), status: 422)
        }
        return .redirect(to: "\(picture.plan.path(in: picture.hub))?done=unpublished")
    }
}
