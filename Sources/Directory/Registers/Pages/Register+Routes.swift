internal import House

extension Directory {
    /// Loading the official registers and local lists: send a file in, see what it would change, apply it.
    var registerRoutes: [Route] { uploadRoutes + loadRoutes + duplicateRoutes + loadAPIRoutes }

    private var uploadRoutes: [Route] {
        [
            Route(.get, "/staff/registers", .staff, "What is loaded, and a file to load") { try await self.registersPage($0) },
            Route(.post, "/staff/registers", .staff, "Send a file in and look at it") { try await self.receiveFile($0) },
        ]
    }

    private var loadRoutes: [Route] {
        let load = "/staff/registers/{load}"
        return [
            Route(.get, load, .staff, "A load: what it would change, or changed") { try await self.loadPage($0) },
            Route(.get, "\(load)/rejects.csv", .staff, "The rejected rows of a load, with reasons") {
                try await self.rejects($0)
            },
            Route(.post, "\(load)/look", .staff, "Look at a file again") { try await self.lookAgain($0) },
            Route(.post, "\(load)/apply", .staff, "Apply a load") { try await self.applyLoad($0) },
            Route(.post, "\(load)/stop", .staff, "Stop a load that is going on") { try await self.stopLoad($0) },
            Route(.post, "\(load)/throw-away", .staff, "Throw a load away that was not applied") {
                try await self.throwAway($0)
            },
            Route(.get, "\(load)/columns", .staff, "Which of a list’s columns is which") { try await self.columnsPage($0) },
            Route(.post, "\(load)/columns", .staff, "Which of a list’s columns is which") { try await self.mapColumns($0) },
        ]
    }

    private var duplicateRoutes: [Route] {
        let pair = "/staff/registers/duplicates/{load}/{number}"
        return [
            Route(.get, "/staff/registers/duplicates", .staff, "Possible doubles, side by side") {
                try await self.duplicatesPage($0)
            },
            Route(.post, pair, .staff, "Decide whether two records are one setting") { try await self.decideDuplicate($0) },
            Route(.post, "\(pair)/undo", .staff, "Take such a decision back") { try await self.undoDuplicate($0) },
        ]
    }

    private var loadAPIRoutes: [Route] {
        [
            Route(.get, "/api/v1/staff/loads", .staff, "All loads, newest first", api: LoadAPI.all) {
                try await self.loadsJSON($0)
            },
            Route(.get, "/api/v1/staff/loads/{load}", .staff, "A load with its problems and changes", api: LoadAPI.one) {
                try await self.loadJSON($0)
            },
        ]
    }
}
