internal import Directory
internal import House
internal import Store

extension Network {
    /// Meetings, whose turn it is to host them, and who was there.
    var hostingRoutes: [Route] {
        let hub = "/staff/network/{hub}/hosting"
        let one = "\(hub)/meetings/{gathering}"
        return [
            route(.get, "/staff/hosting", .seeNetwork, "Hosting: choose a hub") { room, _ in try await room.chooseHub(for: .hosting) },
            route(.get, hub, .seeNetwork, "A year’s meetings and their hosts", at: Self.atHub) { try await $0.hostingPage($1) },
            route(.get, "\(hub)/paper", .seeNetwork, "A year’s meetings and their hosts, on paper", at: Self.atHub) {
                try await $0.hostingPaper($1)
            },
            route(.get, "\(hub)/pdf", .seeNetwork, "A year’s meetings and their hosts as a PDF", at: Self.atHub) {
                try await $0.hostingPDF($1)
            },
            route(.get, "\(hub)/csv", .seeNetwork, "A year’s meetings and their hosts as a spreadsheet", at: Self.atHub) {
                try await $0.hostingCSV($1)
            },
            route(.get, "\(hub)/new", .planHosting, "Plan meetings", at: Self.atHub) { try await $0.newGathering($1) },
            route(.post, "\(hub)/new", .planHosting, "Plan meetings", at: Self.atHub) { try await $0.makeGatherings($1) },
            route(.post, "\(hub)/draw", .planHosting, "Let the rotation choose the hosts", at: Self.atHub) { try await $0.drawHosts($1) },
            route(.get, "\(hub)/agree", .planHosting, "Agree hosts and tell them", at: Self.atHub) { try await $0.agreePage($1) },
            route(.post, "\(hub)/agree", .planHosting, "Agree hosts and tell them", at: Self.atHub) { try await $0.agreeHosts($1) },
            route(.get, one, .seeNetwork, "A meeting", at: Self.atGathering) { try await $0.gatheringPage($1) },
            route(.get, "\(one)/change", .planHosting, "Change a meeting", at: Self.atGathering) { try await $0.changeGathering($1) },
            route(.post, "\(one)/change", .planHosting, "Change a meeting", at: Self.atGathering) { try await $0.saveGathering($1) },
            route(.post, "\(one)/host", .planHosting, "Choose a meeting’s host by hand", at: Self.atGathering) {
                try await $0.chooseHost($1)
            },
            route(.post, "\(one)/cancel", .planHosting, "Call a meeting off", at: Self.atGathering) { try await $0.callOff($1, true) },
            route(.post, "\(one)/restore", .planHosting, "Bring a meeting back", at: Self.atGathering) { try await $0.callOff($1, false) },
            route(.get, "\(one)/there", .noteAttendance, "Note who was at a meeting", at: Self.atGathering) { try await $0.therePage($1) },
            route(.post, "\(one)/there", .noteAttendance, "Note who was at a meeting", at: Self.atGathering) { try await $0.noteThere($1) },
            route(.get, "\(hub)/places", .seeNetwork, "Who can host", at: Self.atHub) { try await $0.hostPlaces($1) },
            route(.get, "\(hub)/places/{id}", .planHosting, "What a setting said of hosting", at: Self.atHub) {
                try await $0.offerPage($1, errors: nil)
            },
            route(.post, "\(hub)/places/{id}", .planHosting, "Write down what a setting said of hosting", at: Self.atHub) {
                try await $0.saveOffer($1)
            },
            route(.get, "/own/{id}/hosting", .offerHosting, "Whether one’s own setting hosts, and when", at: Self.atOwnSetting) {
                try await $0.offerPage($1, errors: nil)
            },
            route(.post, "/own/{id}/hosting", .offerHosting, "Say whether one’s own setting hosts", at: Self.atOwnSetting) {
                try await $0.saveOffer($1)
            },
        ]
    }

    /// The hub named in the address; the meeting named there too must be one of its own.
    static func atGathering(_ request: Request, _ session: any Session) throws -> Whereabouts {
        let hub = try Directory.hubID(request.parameter("hub"), session)
        let gathering = request.parameter("gathering")
        if try session.count("select count(*) from gathering where id = \(gathering) and hub_id = \(hub)") == 0 {
            throw Refusal.notFound("There is no meeting at this address.")
        }
        return Whereabouts(hubs: [hub])
    }

    /// Whether the asker may do a deed in the hub.
    func may(_ deed: Deed, in hub: String) -> Bool { Permission.answer(tools.asker.hats, deed, Whereabouts(hubs: [hub])) == .yes }
}
