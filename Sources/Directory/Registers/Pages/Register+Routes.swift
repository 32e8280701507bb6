internal import House

extension Directory {
    /// Loading the official registers and local lists: send a file in, see what it would change, apply it.
    var registerRoutes: [Route] { uploadRoutes + loadRoutes + duplicateRoutes + loadAPIRoutes }

    private var uploadRoutes: [Route] {
        [
            route(.get, "/staff/registers", .loadRegisters, "What is loaded, and a file to load") { try await $0.registersPage($1) },
            route(.post, "/staff/registers", .loadRegisters, "Send a file in and look at it") { try await $0.receiveFile($1) },
        ]
    }

    private var loadRoutes: [Route] {
        let load = "/staff/registers/{load}"
        return [
            route(.get, load, .loadRegisters, "A load: what it would change, or changed") { try await $0.loadPage($1) },
            route(.get, "\(load)/rejects.csv", .loadRegisters, "The rejected rows of a load, with reasons") {
                try await $0.rejects($1)
            },
            route(.post, "\(load)/look", .loadRegisters, "Look at a file again") { try await $0.lookAgain($1) },
            route(.post, "\(load)/apply", .loadRegisters, "Apply a load") { try await $0.applyLoad($1) },
            route(.post, "\(load)/stop", .loadRegisters, "Stop a load that is going on") { try await $0.stopLoad($1) },
            route(.post, "\(load)/throw-away", .loadRegisters, "Throw a load away that was not applied") {
                try await $0.throwAway($1)
            },
            route(.get, "\(load)/columns", .loadRegisters, "Which of a list’s columns is which") { try await $0.columnsPage($1) },
            route(.post, "\(load)/columns", .loadRegisters, "Which of a list’s columns is which") { try await $0.mapColumns($1) },
        ]
    }

    private var duplicateRoutes: [Route] {
        let pair = "/staff/registers/duplicates/{load}/{number}"
        return [
            route(.get, "/staff/registers/duplicates", .loadRegisters, "Possible doubles, side by side") {
                try await $0.duplicatesPage($1)
            },
            route(.post, pair, .loadRegisters, "Decide whether two records are one setting") { try await $0.decideDuplicate($1) },
            route(.post, "\(pair)/undo", .loadRegisters, "Take such a decision back") { try await $0.undoDuplicate($1) },
        ]
    }

    private var loadAPIRoutes: [Route] {
        [
            route(.get, "/api/v1/staff/loads", .loadRegisters, "All loads, newest first", api: LoadAPI.all) {
                try await $0.loadsJSON($1)
            },
            route(.get, "/api/v1/staff/loads/{load}", .loadRegisters, "A load with its problems and changes", api: LoadAPI.one) {
                try await $0.loadJSON($1)
            },
        ]
    }
}
