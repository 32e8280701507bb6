internal import House
internal import Page
internal import Store

extension Directory {
    /// Finding settings: a list with a map, a spreadsheet and JSON, all by the same words in the address.
    var findingRoutes: [Route] {
        [Audience.stranger, .staff].flatMap { audience in
            let base = audience == .staff ? "/staff/settings" : "/settings"
            let deed: Deed = audience == .staff ? .findAsTeam : .look
            return [
                route(.get, base, deed, "Find settings") { try await $0.findPage($1, base) },
                route(.get, "\(base).csv", deed, "Settings found, as a spreadsheet") {
                    try await $0.findCSV($1)
                },
                route(.get, "\(base).json", deed, "Settings found, as JSON") {
                    try await $0.findJSON($1)
                },
                route(
                    .get, audience == .staff ? "/api/v1/staff/settings" : "/api/v1/settings", deed, "Find settings",
                    api: SettingJSON.listDescription
                ) { try await $0.findJSON($1) },
            ]
        }
    }

    private func findPage(_ request: Request, _ base: String) async throws -> Answer {
        if request.wantsJSON { return try await findJSON(request) }
        var errors = FieldErrors()
        let asked = try await limited(SettingSearch(request.query, errors: &errors), request)
        let (search, scope, index) = try await finder.prepare(asked)
        for problem in scope.problems { errors.add(problem.field, problem.message) }
        let results = errors.isEmpty ? index.find(search, in: scope, for: request.audience) : SettingResults()
        let showsMap = request.query["view"] == "map" && errors.isEmpty
        let picture = showsMap ? try await map(of: search, scope, index, request.audience, base) : nil
        let model = FindPage(
            base: base, audience: request.audience, search: search, scope: scope, results: results, index: index,
            errors: errors, picture: picture)
        var frame = tools.frame(model.heading, for: request.audience, at: base, content: model.content)
        frame.errors = errors
        frame.search = search.name
        frame.lead = model.lead
        frame.scripts = showsMap ? ["map.js"] : []
        frame.isListed = request.query.pairs.isEmpty
        if request.audience == .staff, tools.asker.may(.addSetting) { frame.action = Action("Add a setting", "/staff/settings/new") }
        return .page(frame.html, status: errors.isEmpty ? 200 : 422)
    }

    private func findCSV(_ request: Request) async throws -> Answer {
        let (search, scope, index) = try await understood(request)
        let entries = index.all(search, in: scope, for: request.audience)
        return .file(
            SettingCSV.bytes(of: entries, index: index, for: request.audience), name: "settings.csv",
            contentType: "text/csv; charset=utf-8")
    }

    private func findJSON(_ request: Request) async throws -> Answer {
        let (search, scope, index) = try await understood(request)
        let results = index.find(search, in: scope, for: request.audience)
        return .json(SettingJSON.list(results, search, index: index, for: request.audience).bytes)
    }

    private func understood(_ request: Request) async throws -> (SettingSearch, FinderScope, FinderIndex) {
        var errors = FieldErrors()
        let asked = try await limited(SettingSearch(request.query, errors: &errors), request)
        let (search, scope, index) = try await finder.prepare(asked)
        if let problem = errors.all.first?.message ?? scope.problems.first?.message { throw Refusal.badRequest(problem) }
        return (search, scope, index)
    }

    /// What somebody of a hub finds is their hub's; strangers find what is public everywhere.
    private func limited(_ search: SettingSearch, _ request: Request) async throws -> SettingSearch {
        guard request.audience == .staff else { return try await onlyOpen(search) }
        if tools.asker.isAdministrator && search.hub == nil && search.area == nil { return search }
        var search = search
        let (asked, area) = (search.hub, search.area)
        search.hub = try await tools.database.read { [self] session in
            guard let area, asked == nil else { return try hubToShow(asked, session) }
            let hub = try session.first(
                """
                select h.slug from area a join plan p on p.id = a.plan_id join scheme s on s.id = p.scheme_id
                join hub h on h.id = s.hub_id where a.id = \(area)
                """)
            return try hub.flatMap { try hubToShow($0.text("slug"), session) }
        }
        return search
    }

    /// A hub that is not open is for strangers as if it were not there: they ask for a name that no hub and no area has.
    private func onlyOpen(_ search: SettingSearch) async throws -> SettingSearch {
        let (slug, area, asker) = (search.hub, search.area, tools.asker)
        guard slug != nil || area != nil else { return search }
        let closed = try await tools.database.read { session in
            try session.all(
                """
                select h.id from hub h where h.opened_at is null and (h.slug = \(slug ?? "") or h.id in (
                    select s.hub_id from area a join plan p on p.id = a.plan_id join scheme s on s.id = p.scheme_id
                    where a.id = \(area ?? "")))
                """
            ).filter { !asker.knows(hub: $0.text("id")) }.count > 0
        }
        guard closed else { return search }
        var search = search
        if slug != nil { search.hub = "-" }
        if area != nil { search.area = "-" }
        return search
    }

    private func map(
        of search: SettingSearch, _ scope: FinderScope, _ index: FinderIndex, _ audience: Audience, _ base: String
    ) async throws -> MapPicture? {
        let entries = index.all(search, in: scope, for: audience)
        let codes = Set(entries.compactMap(\.wardCode)).union(scope.wards ?? [])
        guard !entries.isEmpty || scope.wards != nil, codes.count <= FindMap.mostWards else { return nil }
        let shapes = try await tools.database.read { try DrawnWard.load(Array(codes), in: $0) }
        return FindMap(entries: entries, shapes: shapes, audience: audience, base: base, search: search).picture
    }
}
