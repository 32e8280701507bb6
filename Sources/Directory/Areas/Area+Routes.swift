internal import House

extension Directory {
    /// Hubs, the ways they are divided, and what everybody sees of them.
    var areaRoutes: [Route] { hubRoutes + planRoutes + publicAreaRoutes + areaAPIRoutes }

    private var hubRoutes: [Route] {
        let hub = "/staff/hubs/{hub}"
        let scheme = "\(hub)/schemes/{scheme}"
        return [
            route(.get, "/staff/hubs", .seeHubPages, "All hubs") { try await $0.hubList($1) },
            route(.get, "/staff/areas.csv", .seeHubPages, "The published areas, as a spreadsheet") {
                try await $0.areasCSV($1)
            },
            route(.get, "/staff/hubs/new", .makeHub, "Make a hub: its authorities") { try await $0.newHub($1) },
            route(.get, "/staff/hubs/new/wards", .makeHub, "Make a hub: its wards") { try await $0.newHubWards($1) },
            route(.post, "/staff/hubs", .makeHub, "Make a hub") { try await $0.createHub($1) },
            route(.get, hub, .seeHubPages, "A hub and how it is divided", at: Self.atHub) { try await $0.hubPage($1) },
            route(.get, "\(hub)/territory", .changeTerritory, "Change a hub’s name and wards", at: Self.atHub) {
                try await $0.territoryPage($1)
            },
            route(.post, "\(hub)/territory", .changeTerritory, "Change a hub’s name and wards", at: Self.atHub) {
                try await $0.saveTerritory($1)
            },
            route(.get, "\(hub)/authorities", .changeTerritory, "Find another authority for a hub", at: Self.atHub) {
                try await $0.moreAuthorities($1)
            },
            route(.get, "\(hub)/schemes/new", .drawAreas, "Divide a hub in another way", at: Self.atHub) { try await $0.newScheme($1) },
            route(.post, "\(hub)/schemes", .drawAreas, "Divide a hub in another way", at: Self.atHub) { try await $0.createScheme($1) },
            route(.get, scheme, .seeHubPages, "The plans of a scheme", at: Self.atHub) { try await $0.schemePage($1) },
            route(.post, "\(scheme)/draw", .drawAreas, "Draw areas of wards", at: Self.atHub) { try await $0.draw($1) },
            route(.post, "\(scheme)/anchors", .drawAreas, "Draw networks around anchors", at: Self.atHub) {
                try await $0.drawNetworks($1)
            },
            route(.get, "\(scheme)/compare", .seeHubPages, "Two plans side by side", at: Self.atHub) { try await $0.comparePage($1) },
        ]
    }

    private var planRoutes: [Route] {
        let plan = "/staff/hubs/{hub}/plans/{plan}"
        return [
            route(.get, plan, .seeHubPages, "A plan with its map and figures", at: Self.atHub) { try await $0.planPage($1) },
            route(.post, "\(plan)/change", .drawAreas, "Change a draft", at: Self.atHub) { try await $0.changeDraft($1) },
            route(.post, "\(plan)/undo", .drawAreas, "Undo the last step of a draft", at: Self.atHub) { try await $0.undoDraft($1) },
            route(.post, "\(plan)/name", .drawAreas, "Rename a draft", at: Self.atHub) { try await $0.nameDraft($1) },
            route(.post, "\(plan)/copy", .drawAreas, "Copy a plan to a new draft", at: Self.atHub) { try await $0.copyPlan($1) },
            route(.get, "\(plan)/delete", .drawAreas, "Ask before deleting a draft", at: Self.atHub) { try await $0.confirmDelete($1) },
            route(.post, "\(plan)/delete", .drawAreas, "Delete a draft", at: Self.atHub) { try await $0.deleteDraft($1) },
            route(.get, "\(plan)/publish", .drawAreas, "Choose from which day a draft holds", at: Self.atHub) {
                try await $0.publishPage($1)
            },
            route(.post, "\(plan)/publish", .drawAreas, "Publish a draft", at: Self.atHub) { try await $0.publish($1) },
            route(.get, "\(plan)/unpublish", .drawAreas, "Ask before taking a plan back", at: Self.atHub) {
                try await $0.confirmUnpublish($1)
            },
            route(.post, "\(plan)/unpublish", .drawAreas, "Take a published plan back to a draft", at: Self.atHub) {
                try await $0.unpublish($1)
            },
            route(.get, "\(plan)/areas/{area}", .drawAreas, "An area of a draft: its name and base", at: Self.atHub) {
                try await $0.editArea($1)
            },
            route(.post, "\(plan)/areas/{area}", .drawAreas, "Rename an area of a draft", at: Self.atHub) { try await $0.renameArea($1) },
        ]
    }
}
