internal import House

extension Directory {
    /// Hubs, the ways they are divided, and what everybody sees of them.
    var areaRoutes: [Route] { hubRoutes + planRoutes + publicAreaRoutes + areaAPIRoutes }

    private var hubRoutes: [Route] {
        let hub = "/staff/hubs/{hub}"
        let scheme = "\(hub)/schemes/{scheme}"
        return [
            Route(.get, "/staff/hubs", .staff, "All hubs") { try await self.hubList($0) },
            Route(.get, "/staff/areas.csv", .staff, "The published areas, as a spreadsheet") {
                try await self.areasCSV($0)
            },
            Route(.get, "/staff/hubs/new", .staff, "Make a hub: its authorities") { try await self.newHub($0) },
            Route(.get, "/staff/hubs/new/wards", .staff, "Make a hub: its wards") { try await self.newHubWards($0) },
            Route(.post, "/staff/hubs", .staff, "Make a hub") { try await self.createHub($0) },
            Route(.get, hub, .staff, "A hub and how it is divided") { try await self.hubPage($0) },
            Route(.get, "\(hub)/territory", .staff, "Change a hub’s name and wards") {
                try await self.territoryPage($0)
            },
            Route(.post, "\(hub)/territory", .staff, "Change a hub’s name and wards") {
                try await self.saveTerritory($0)
            },
            Route(.get, "\(hub)/authorities", .staff, "Find another authority for a hub") {
                try await self.moreAuthorities($0)
            },
            Route(.get, "\(hub)/schemes/new", .staff, "Divide a hub in another way") { try await self.newScheme($0) },
            Route(.post, "\(hub)/schemes", .staff, "Divide a hub in another way") { try await self.createScheme($0) },
            Route(.get, scheme, .staff, "The plans of a scheme") { try await self.schemePage($0) },
            Route(.post, "\(scheme)/draw", .staff, "Draw areas of wards") { try await self.draw($0) },
            Route(.post, "\(scheme)/anchors", .staff, "Draw networks around anchors") {
                try await self.drawNetworks($0)
            },
            Route(.get, "\(scheme)/compare", .staff, "Two plans side by side") { try await self.comparePage($0) },
        ]
    }

    private var planRoutes: [Route] {
        let plan = "/staff/hubs/{hub}/plans/{plan}"
        return [
            Route(.get, plan, .staff, "A plan with its map and figures") { try await self.planPage($0) },
            Route(.post, "\(plan)/change", .staff, "Change a draft") { try await self.changeDraft($0) },
            Route(.post, "\(plan)/undo", .staff, "Undo the last step of a draft") { try await self.undoDraft($0) },
            Route(.post, "\(plan)/name", .staff, "Rename a draft") { try await self.nameDraft($0) },
            Route(.post, "\(plan)/copy", .staff, "Copy a plan to a new draft") { try await self.copyPlan($0) },
            Route(.get, "\(plan)/delete", .staff, "Ask before deleting a draft") { try await self.confirmDelete($0) },
            Route(.post, "\(plan)/delete", .staff, "Delete a draft") { try await self.deleteDraft($0) },
            Route(.get, "\(plan)/publish", .staff, "Choose from which day a draft holds") {
                try await self.publishPage($0)
            },
            Route(.post, "\(plan)/publish", .staff, "Publish a draft") { try await self.publish($0) },
            Route(.get, "\(plan)/unpublish", .staff, "Ask before taking a plan back") {
                try await self.confirmUnpublish($0)
            },
            Route(.post, "\(plan)/unpublish", .staff, "Take a published plan back to a draft") {
                try await self.unpublish($0)
            },
            Route(.get, "\(plan)/areas/{area}", .staff, "An area of a draft: its name and base") {
                try await self.editArea($0)
            },
            Route(.post, "\(plan)/areas/{area}", .staff, "Rename an area of a draft") { try await self.renameArea($0) },
        ]
    }
}
