internal import Civil
internal import House
internal import Page
internal import Store

extension Directory {
    static let noSuchLoad = Refusal.notFound("There is no load at this address. It may have been thrown away.")

    func loadPage(_ request: Request) async throws -> Answer {
        .page(try await loadHTML(request, FieldErrors(), typed: nil, hindered: nil))
    }

    func rejects(_ request: Request) async throws -> Answer {
        let id = request.parameter("load")
        guard let load = try await tools.database.read({ try StoredLoad.find(id, in: $0) }),
            let bytes = try await Loader(tools: tools).rejectsCSV(id)
        else { throw Directory.noSuchLoad }
        return .file(bytes, name: "rejected-\(load.kind.rawValue)-\(load.edition.iso).csv", contentType: "text/csv; charset=utf-8")
    }

    /// Looks at a file again, perhaps taken for something else.
    func lookAgain(_ request: Request) async throws -> Answer {
        let load = try await storedLoad(request)
        var terms: LoadDesk.Terms?
        if request.form.has("kind") {
            var reader = FormReader(request.form)
            let form = try await tools.database.read { try LoadForm.load(in: $0) }
            terms = form.read(&reader, fileName: load.fileName, today: tools.clock.today)
            guard terms != nil else {
                return .page(try await loadHTML(request, reader.errors, typed: request.form, hindered: nil), status: 422)
            }
            if terms?.kind == .list { return .redirect(to: try await retake(load, terms)) }
        }
        return try await attempt(request) { desk in try await desk.look(load.id, as: terms) }
    }

    func applyLoad(_ request: Request) async throws -> Answer {
        try await attempt(request) { desk in try await desk.apply(request.parameter("load")) }
    }

    func stopLoad(_ request: Request) async throws -> Answer {
        let load = try await storedLoad(request)
        LoadDesk(tools: tools).stop(load.id)
        return .redirect(to: load.path)
    }

    func throwAway(_ request: Request) async throws -> Answer {
        let answer = try await attempt(request) { desk in try await desk.throwAway(request.parameter("load")) }
        return answer.status == 303 ? .redirect(to: "/staff/registers?done=thrown-away") : answer
    }

    // MARK: What they share

    func storedLoad(_ request: Request) async throws -> StoredLoad {
        let id = request.parameter("load")
        guard let load = try await tools.database.read({ try StoredLoad.find(id, in: $0) }) else { throw Directory.noSuchLoad }
        return load
    }

    /// Does something with a load and goes back to its page; says why when it cannot be done.
    private func attempt(_ request: Request, _ body: (LoadDesk) async throws -> Void) async throws -> Answer {
        do {
            try await body(LoadDesk(tools: tools))
        } catch LoadDesk.Hindrance.unknown {
            throw Directory.noSuchLoad
        } catch LoadDesk.Hindrance.working {
            // Its page says how far it is, and that is the answer.
        } catch let hindrance as LoadDesk.Hindrance {
            return .page(try await loadHTML(request, FieldErrors(), typed: nil, hindered: hindrance), status: 409)
        }
        return .redirect(to: "/staff/registers/\(request.parameter("load"))")
    }

    /// Keeps what a file is taken for before its columns are mapped; the address to go on at.
    private func retake(_ load: StoredLoad, _ terms: LoadDesk.Terms?) async throws -> String {
        guard let terms, load.status != .applied else { return load.path }
        _ = try await tools.database.write { session in
            try session.run(
                """
                update load set kind = \(terms.kind), edition_day = \(terms.edition), hub_id = \(terms.hub), status = 'waiting',
                    message = null where id = \(load.id) and status <> 'applied'
                """)
        }
        return "\(load.path)/columns"
    }

    private func loadHTML(
        _ request: Request, _ errors: FieldErrors, typed: FormData?, hindered: LoadDesk.Hindrance?
    ) async throws -> HTML {
        var load = try await storedLoad(request)
        let (query, tools) = (request.query, tools)
        let key = LoadWork.Key(tools.database, load.id)
        var working = LoadWork.shared.progress(key)
        if working == nil, load.status == .waiting {
            // The work on it may have come to its end since it was read: then it has written down how.
            load = try await storedLoad(request)
            working = LoadWork.shared.progress(key)
        }
        let page = try await tools.database.read { [load, working] session in
            LoadPage(
                load: load, working: working, differences: try LoadDifferences.load(load, asked: query, in: session),
                around: try LoadSurroundings.load(load, in: session), form: try LoadForm.load(in: session), errors: errors,
                typed: typed)
        }
        var frame = tools.frame(page.heading, for: .staff, at: "/staff/registers", content: page.content)
        frame.breadcrumbs = [Link("Registers", "/staff/registers")]
        frame.lead = page.lead
        frame.trail = tools.trail(of: "load:\(load.id)")
        frame.action = page.action
        frame.notices = (hindered.map { [$0.notice] } ?? []) + page.notices
        frame.errors = errors
        if working != nil { frame.refreshSeconds = 2 }
        return frame.html
    }
}

extension LoadDesk.Hindrance {
    /// What the person is told who came too late.
    var notice: Notice {
        switch self {
        case .applied(let at):
            .error(
                "This file has been applied already\(at.map { ", on \($0.shown)" } ?? "").",
                "Somebody was quicker, or the button was pressed twice. Nothing was done a second time.")
        case .notLookedAt:
            .error("This file must be looked at before it can be applied.", "Nothing was changed. Look at it first.")
        case .fileGone:
            .error(
                "The file itself is no longer kept here.",
                "<p>Nothing was changed. <a href=\"/staff/registers#load\">Choose it again</a> from your computer.</p>")
        case .working: .note("It is being worked on just now.")
        case .unknown: .error("There is no such load.")
        }
    }
}
