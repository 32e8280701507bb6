internal import House
internal import Page
internal import Store

extension Directory {
    /// Finding settings: a list with a map, a spreadsheet and JSON, all by the same words in the address.
    var findingRoutes: [Route] {
        [Audience.stranger, .staff].flatMap { audience in
            let base = audience == .staff ? "/staff/settings" : "/settings"
            return [
                Route(.get, base, audience, "Find settings") { try await self.findPage($0, base) },
                Route(.get, "\(base).csv", audience, "Settings found, as a spreadsheet") {
                    try await self.findCSV($0)
                },
                Route(.get, "\(base).json", audience, "Settings found, as JSON") { try await self.findJSON($0) },
                Route(
                    .get, audience == .staff ? "/api/v1/staff/settings" : "/api/v1/settings", audience, "Find settings",
                    api: SettingJSON.listDescription
                ) { try await self.findJSON($0) },
            ]
        }
    }

    private func findPage(_ request: Request, _ base: String) async throws -> Answer {
        if request.wantsJSON { return try await findJSON(request) }
        var errors = FieldErrors()
        let asked = SettingSearch(request.query, errors: &errors)
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
        if request.audience == .staff { frame.action = Action("Add a setting", "/staff/settings/new") }
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
        let asked = SettingSearch(request.query, errors: &errors)
        let (search, scope, index) = try await finder.prepare(asked)
        if let problem = errors.all.first?.message ?? scope.problems.first?.message { throw Refusal.badRequest(problem) }
        return (search, scope, index)
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
