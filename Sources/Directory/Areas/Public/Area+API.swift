internal import Civil
internal import House
internal import Store

extension Directory {
    var areaAPIRoutes: [Route] {
        [
            Route(.get, "/api/v1/hubs", .stranger, "All hubs", api: AreaAPI.hubs) { try await self.hubsJSON($0) },
            Route(.get, "/api/v1/hubs/{slug}", .stranger, "A hub with its wards", api: AreaAPI.hub) {
                try await self.hubJSON($0)
            },
            Route(.get, "/api/v1/hubs/{slug}/areas", .stranger, "The areas of a hub in force today", api: AreaAPI.areas) {
                try await self.areasJSON($0)
            },
            Route(.get, "/api/v1/staff/plans/{id}", .staff, "A plan with its figures", api: AreaAPI.plan) {
                try await self.planJSON($0)
            },
        ]
    }

    private func hubsJSON(_ request: Request) async throws -> Answer {
        let hubs = try await tools.database.read { try Hubs.all($0) }
        return .json(JSON.object([("hubs", .array(hubs.map(AreaAPI.json)))]).bytes)
    }

    private func hubJSON(_ request: Request) async throws -> Answer {
        let slug = request.parameter("slug")
        let today = tools.clock.today
        let (territory, schemes, settings) = try await tools.database.read { session in
            let hub = try Hubs.named(slug, session)
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
        let today = tools.clock.today
        let areas = try await tools.database.read { session in
            try PublicHub.areas(Hubs.named(slug, session), on: today, session)
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
