internal import Civil
internal import House
internal import Store

extension Directory {
    var areaAPIRoutes: [Route] {
        [
            route(.get, "/api/v1/hubs", .look, "All hubs", api: AreaAPI.hubs) { try await $0.hubsJSON($1) },
            route(.get, "/api/v1/hubs/{slug}", .look, "A hub with its wards", api: AreaAPI.hub) {
                try await $0.hubJSON($1)
            },
            route(.get, "/api/v1/hubs/{slug}/areas", .look, "The areas of a hub in force today", api: AreaAPI.areas) {
                try await $0.areasJSON($1)
            },
            route(.get, "/api/v1/staff/plans/{id}", .seeHubPages, "A plan with its figures", api: AreaAPI.plan, at: Self.atPlan) {
                try await $0.planJSON($1)
            },
        ]
    }

    private func hubsJSON(_ request: Request) async throws -> Answer {
        let asker = tools.asker
        let hubs = try await tools.database.read { try Hubs.all($0).filter { $0.isOpen || asker.knows(hub: $0.id) } }
        return .json(JSON.object([("hubs", .array(hubs.map(AreaAPI.json)))]).bytes)
    }

    private func hubJSON(_ request: Request) async throws -> Answer {
        let slug = request.parameter("slug")
        let (today, asker) = (tools.clock.today, tools.asker)
        let (territory, schemes, settings) = try await tools.database.read { session in
            let hub = try Hubs.seen(slug, by: asker, session)
            let territory = try Territory.of(hub, session)
            let schemes = try Schemes.of(hub, session).map {
                (scheme: $0, plan: try Plans.inForce($0, on: today, session))
            }
            return (territory, schemes, try PublicHub.settings(territory, session).count)
        }
        let wards = territory.wards.map { ward in
            JSON.object([
                ("code", .string(ward.code)), ("name", .string(ward.name)), ("authority", .string(ward.authority)),
            ])
        }
        let divided = schemes.compactMap { scheme, plan in
            plan.map { plan in
                JSON.object([
                    ("name", .string(scheme.name)), ("word", .string(scheme.word)),
                    ("divides", .string(scheme.divides.rawValue)), ("from", .string(plan.from?.iso)),
                ])
            }
        }
        let hub = territory.hub
        return .json(
            JSON.object([
                ("name", .string(hub.name)), ("slug", .string(hub.slug)), ("is_invented", .bool(hub.isSample)),
                ("page", .string(hub.publicPath)), ("settings", .int(settings)), ("wards", .array(wards)),
                ("schemes", .array(divided)),
            ]).bytes)
    }

    private func areasJSON(_ request: Request) async throws -> Answer {
        let slug = request.parameter("slug")
        let (today, asker) = (tools.clock.today, tools.asker)
        let areas = try await tools.database.read { session in
            try PublicHub.areas(Hubs.seen(slug, by: asker, session), on: today, session)
        }
        return .json(JSON.object([("areas", .array(areas.map(AreaAPI.json)))]).bytes)
    }

    private func planJSON(_ request: Request) async throws -> Answer {
        let id = request.parameter("id")
        let picture = try await tools.database.read { try PlanPicture.of(id, $0) }
        let figures = try await offPool { PlanFigures(picture) }
        return .json(AreaAPI.json(picture, figures).bytes)
    }
}
