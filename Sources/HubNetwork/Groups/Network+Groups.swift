internal import Civil
internal import Directory
internal import House
internal import Page
internal import Store

extension Deed {
    static let seeGroups = Deed(
        "network.groups.see", "See the hub’s groups, who sits in them and their terms of reference",
        [
            .administrator: .anywhere, .hubLead: .ownHub, .coordinator: .ownHub, .champion: .ownHub, .mentor: .ownHub, .adviser: .ownHub,
            .areaSENCo: .ownHub, .healthPartner: .ownHub, .steering: .ownHub,
        ])
    static let keepGroups = Deed(
        "network.groups.keep", "Set up groups, fill their seats, write their terms of reference",
        [.administrator: .anywhere, .hubLead: .ownHub, .coordinator: .ownHub])
    /// Whoever holds a seat writes for its sector; that they hold it is checked besides.
    static let writeSectorNotes = Deed(
        "network.groups.note", "Write, for a seat one fills, what the sector wants raised and what it is told",
        [
            .administrator: .anywhere, .hubLead: .ownHub, .coordinator: .ownHub, .champion: .ownHub, .mentor: .ownHub, .adviser: .ownHub,
            .areaSENCo: .ownHub, .healthPartner: .ownHub, .steering: .ownHub,
        ])
    static let seeOwnGroups = Deed(
        "network.groups.own", "See who speaks for one’s own sector and what they say, and write for a seat one fills",
        [.manager: .ownSetting, .practitioner: .ownSetting])
    /// The way in for those who see nothing else of the network.
    static let sitInGroups = Deed("network.groups.sit", "Have the hub’s groups in one’s list of rooms", [.steering: .ownHub])
}

extension Network {
    static let groupDeeds: [Deed] = [.seeGroups, .keepGroups, .writeSectorNotes, .seeOwnGroups, .sitInGroups]

    /// The hub named in the address; the group named there too, and what is named of it, must be its own.
    static func atGroup(_ request: Request, _ session: any Session) throws -> Whereabouts {
        let place = try atHub(request, session)
        let group = request.parameter("group")
        func mustBe(_ isThere: Int) throws {
            if isThere == 0 { throw Refusal.notFound("There is no group at this address.") }
        }
        try mustBe(
            try session.count("select count(*) from network_group where id = \(group) and hub_id in \(list: place.hubs.sorted())"))
        if let id = request.parameters["seat"] {
            try mustBe(try session.count("select count(*) from group_seat where id = \(id) and group_id = \(group)"))
        }
        if let id = request.parameters["deliverable"] {
            try mustBe(try session.count("select count(*) from group_deliverable where id = \(id) and group_id = \(group)"))
        }
        if let id = request.parameters["meeting"] {
            try mustBe(try session.count("select count(*) from group_meeting where id = \(id) and group_id = \(group)"))
        }
        if let id = request.parameters["note"] {
            try mustBe(try session.count("select count(*) from sector_note where id = \(id) and group_id = \(group)"))
        }
        return place
    }

    /// The hub's groups: who steers, who speaks for whom.
    var groupRoutes: [Route] { groupReadingRoutes + groupKeepingRoutes + seatRoutes + groupWorkRoutes + ownGroupRoutes }

    private var groupReadingRoutes: [Route] {
        let hub = "/staff/network/{hub}"
        let one = "\(hub)/groups/{group}"
        return [
            route(.get, "/staff/groups", .seeGroups, "The groups of one’s hub") { room, _ in try await room.chooseHub(for: .groups) },
            route(.get, "\(hub)/groups", .seeGroups, "The hub’s groups", at: Self.atHub) { try await $0.groupsPage($1) },
            route(.get, one, .seeGroups, "A group", at: Self.atGroup) { try await $0.groupPage($1) },
            route(.get, "\(one)/paper", .seeGroups, "A group’s members and terms of reference on paper", at: Self.atGroup) {
                try await $0.groupPaper($1)
            },
            route(.get, "\(one)/paper.pdf", .seeGroups, "A group’s members and terms of reference as a PDF", at: Self.atGroup) {
                try await $0.groupPDF($1)
            },
            route(.get, "\(one)/terms", .seeGroups, "A group’s terms of reference, with every version", at: Self.atGroup) {
                try await $0.termsPage($1)
            },
        ]
    }

    private var groupKeepingRoutes: [Route] {
        let hub = "/staff/network/{hub}"
        let one = "\(hub)/groups/{group}"
        return [
            route(.get, "\(hub)/new-group", .keepGroups, "Set up a group", at: Self.atHub) { try await $0.newGroupPage($1) },
            route(.post, "\(hub)/new-group", .keepGroups, "Set up a group", at: Self.atHub) { try await $0.makeGroup($1) },
            route(.get, "\(one)/edit", .keepGroups, "Change a group’s facts", at: Self.atGroup) { try await $0.editGroupPage($1) },
            route(.post, "\(one)/edit", .keepGroups, "Change a group’s facts", at: Self.atGroup) { try await $0.saveGroup($1) },
            route(.post, "\(one)/end", .keepGroups, "End a group", at: Self.atGroup) { try await $0.set(groupEnded: true, $1) },
            route(.post, "\(one)/reopen", .keepGroups, "Take a group up again", at: Self.atGroup) {
                try await $0.set(groupEnded: false, $1)
            },
            route(.post, "\(one)/terms", .keepGroups, "Write a group’s terms of reference", at: Self.atGroup) {
                try await $0.saveTerms($1)
            },
        ]
    }

    private var seatRoutes: [Route] {
        let one = "/staff/network/{hub}/groups/{group}"
        let seat = "\(one)/seats/{seat}"
        return [
            route(.post, "\(one)/seats", .keepGroups, "Add a seat", at: Self.atGroup) { try await $0.addSeat($1) },
            route(.get, "\(seat)/fill", .keepGroups, "Fill a seat", at: Self.atGroup) { try await $0.fillSeatPage($1) },
            route(.post, "\(seat)/fill", .keepGroups, "Fill a seat", at: Self.atGroup) { try await $0.fillSeat($1) },
            route(.post, "\(seat)/leave", .keepGroups, "Say that somebody left a seat", at: Self.atGroup) {
                try await $0.changeSeat($1, "left") { try Groups.vacate($0, on: $1.clock.today, $1, $2) }
            },
            route(.post, "\(seat)/return", .keepGroups, "Bring back who sat there last", at: Self.atGroup) {
                try await $0.changeSeat($1, "returned") { try Groups.restoreLast($0, $1, $2) }
            },
            route(.post, "\(seat)/remove", .keepGroups, "Take a seat out", at: Self.atGroup) {
                try await $0.changeSeat($1, "removed") { try Groups.set(seatEnded: true, $0, $1, $2) }
            },
            route(.post, "\(seat)/restore", .keepGroups, "Bring a seat back", at: Self.atGroup) {
                try await $0.changeSeat($1, "restored") { try Groups.set(seatEnded: false, $0, $1, $2) }
            },
        ]
    }

    private var groupWorkRoutes: [Route] {
        let one = "/staff/network/{hub}/groups/{group}"
        let deliverable = "\(one)/deliverables/{deliverable}"
        return [
            route(.post, "\(one)/deliverables", .keepGroups, "Add what a group is to deliver", at: Self.atGroup) {
                try await $0.addDeliverable($1)
            },
            route(.post, "\(deliverable)/done", .keepGroups, "Tick off what a group delivered", at: Self.atGroup) {
                try await $0.changeWork($1, "done") {
                    try GroupWork.set(done: true, deliverable: $0.parameter("deliverable"), of: $1, $2, $3)
                }
            },
            route(.post, "\(deliverable)/not-done", .keepGroups, "Say that it is not delivered after all", at: Self.atGroup) {
                try await $0.changeWork($1, "changed") {
                    try GroupWork.set(done: false, deliverable: $0.parameter("deliverable"), of: $1, $2, $3)
                }
            },
            route(.post, "\(deliverable)/remove", .keepGroups, "Take a deliverable out", at: Self.atGroup) {
                try await $0.changeWork($1, "taken") {
                    try GroupWork.set(removed: true, deliverable: $0.parameter("deliverable"), of: $1, $2, $3)
                }
            },
            route(.post, "\(deliverable)/restore", .keepGroups, "Bring a deliverable back", at: Self.atGroup) {
                try await $0.changeWork($1, "changed") {
                    try GroupWork.set(removed: false, deliverable: $0.parameter("deliverable"), of: $1, $2, $3)
                }
            },
            route(.post, "\(one)/meetings", .keepGroups, "Say when a group met", at: Self.atGroup) { try await $0.addMeeting($1) },
            route(.post, "\(one)/meetings/{meeting}/undo", .keepGroups, "Take a meeting of a group back", at: Self.atGroup) {
                try await $0.changeWork($1, "meeting-gone") {
                    try GroupWork.set(undone: true, meeting: $0.parameter("meeting"), of: $1, $2, $3)
                }
            },
            route(.post, "\(one)/meetings/{meeting}/restore", .keepGroups, "Bring a meeting of a group back", at: Self.atGroup) {
                try await $0.changeWork($1, "changed") {
                    try GroupWork.set(undone: false, meeting: $0.parameter("meeting"), of: $1, $2, $3)
                }
            },
            route(.post, "\(one)/notes", .writeSectorNotes, "Write a note to or from a sector", at: Self.atGroup) {
                try await $0.addSectorNote($1)
            },
            route(.post, "\(one)/notes/{note}/undo", .writeSectorNotes, "Take a note of a sector back", at: Self.atGroup) {
                try await $0.set(noteUndone: true, $1)
            },
            route(.post, "\(one)/notes/{note}/restore", .writeSectorNotes, "Bring a note of a sector back", at: Self.atGroup) {
                try await $0.set(noteUndone: false, $1)
            },
        ]
    }
}
