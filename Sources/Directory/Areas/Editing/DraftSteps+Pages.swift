internal import House
internal import Page
internal import Store

extension Directory {
    /// Takes back the last step of a draft.
    func undoDraft(_ request: Request) async throws -> Answer {
        try await onDraft(request, done: "undone") { plan, edition, session, tools in
            _ = try Drafts.undo(plan, edition: edition, session, tools)
        }
    }

    func nameDraft(_ request: Request) async throws -> Answer {
        var reader = FormReader(request.form)
        guard let name = reader.text("name", missing: "Give the draft a name.", max: 80) else {
            let picture = try await readPlan(request)
            let message = reader.errors["name"] ?? ""
            return .page(
                try await planHTML(picture, ward: nil, notices: [.error(message, "The name was not changed.")]),
                status: 422)
        }
        return try await onDraft(request, done: "named") { plan, edition, session, tools in
            try Drafts.rename(plan, to: PlanState.tidy(name), edition: edition, session, tools)
        }
    }

    /// Asks before a draft is deleted: that cannot be undone.
    func confirmDelete(_ request: Request) async throws -> Answer {
        let picture = try await readPlan(request)
        guard picture.plan.status == .draft else {
            throw Refusal.badRequest("A published plan is kept and cannot be deleted.")
        }
        let path = picture.plan.path(in: picture.hub)
        var frame = tools.frame("Delete \(picture.plan.name)", for: .staff, at: picture.hub.staffPath)
        frame.breadcrumbs = planCrumbs(picture)
        frame.content =
            Confirm(
                "Delete the draft “\(picture.plan.name)”?", action: "\(path)/delete", confirm: "Delete the draft",
                cancel: Link("Keep it", path),
                consequences: [
                    "Its \(picture.scheme.counted(picture.state.areas.count)) and every change made to them by hand are gone for good.",
                    "Published plans and other drafts stay as they are.",
                ], hidden: [("edition", String(picture.plan.edition))]
            ).html
        return .page(frame.html)
    }

    func deleteDraft(_ request: Request) async throws -> Answer {
        let picture = try await readPlan(request)
        let answer = try await onDraft(request, done: "deleted") { plan, edition, session, tools in
            try Drafts.delete(plan, edition: edition, session, tools)
        }
        return answer.status == 303 ? .redirect(to: "\(picture.scheme.path(in: picture.hub))?done=deleted") : answer
    }

    func copyPlan(_ request: Request) async throws -> Answer {
        let picture = try await readPlan(request)
        let tools = tools
        let plan = try await tools.database.write { session in try Publishing.copy(picture, session, tools) }
        return .redirect(to: "\(plan.path(in: picture.hub))?done=copied")
    }

    func planCrumbs(_ picture: PlanPicture) -> [Link] {
        [
            Link("Hubs and areas", "/staff/hubs"), Link(picture.hub.name, picture.hub.staffPath),
            Link(picture.scheme.name, picture.scheme.path(in: picture.hub)),
            Link(picture.plan.name, picture.plan.path(in: picture.hub)),
        ]
    }

    /// Does something to a draft in one transaction; a clash or a refusal comes back as the draft's page, saying so.
    func onDraft(
        _ request: Request, done: String,
        _ work: @escaping @Sendable (Plan, Int, any Session, Tools) throws -> Void
    ) async throws -> Answer {
        let picture = try await readPlan(request)
        let tools = tools
        let edition = request.form["edition"].flatMap { Int($0) } ?? -1
        do {
            try await tools.database.write { session in try work(picture.plan, edition, session, tools) }
        } catch let refused as ChangeRefused {
            let notice = Notice.error(refused.message, "Nothing was changed.")
            return .page(try await planHTML(picture, ward: nil, notices: [notice]), status: 422)
        } catch let clash as DraftClash {
            let now = try await readPlan(request)
            let what = clash.lastStep.map { "Their last step: \($0). " } ?? ""
            let notice = Notice.error(
                "Somebody else changed this draft while you were looking at it.",
                "\(what)What you asked for was not done. The page shows the draft as it is now: do it again if you still want it."
            )
            return .page(try await planHTML(now, ward: nil, notices: [notice]), status: 409)
        }
        return .redirect(to: "\(picture.plan.path(in: picture.hub))?done=\(done)")
    }
}
