internal import Civil
internal import Directory
internal import House
internal import Page
internal import Store

extension Deed {
    private static let keepers: [Role: Reach] = [.administrator: .anywhere, .hubLead: .ownHub, .coordinator: .ownHub]

    static let seeChampions = Deed(
        "network.champion.see", "See the champions, their areas and what is due",
        [
            .administrator: .anywhere, .hubLead: .ownHub, .coordinator: .ownHub, .champion: .ownHub, .mentor: .ownHub, .adviser: .ownHub,
            .areaSENCo: .ownHub, .healthPartner: .ownHub,
        ])
    static let keepChampions = Deed(
        "network.champion.keep", "Accept champions, give them areas, and record meetings and hand-overs", keepers)
    static let standAsChampion = Deed(
        "network.champion.stand", "Volunteer as a champion", [.manager: .ownSetting, .practitioner: .ownSetting])
}

extension Network {
    static let championDeeds: [Deed] = [.seeChampions, .keepChampions, .standAsChampion]

    /// Champions and coordinators of a hub's areas (`docs/rules/champions.md`).
    var championRoutes: [Route] { championListRoutes + championPersonRoutes + championAreaRoutes + championEventRoutes + ownChampionRoutes }

    private var championListRoutes: [Route] {
        let base = "/staff/network/{hub}/champions"
        return [
            route(.get, "/staff/champions", .seeChampions, "Champions: choose a hub") { room, _ in try await room.chooseHub(for: .champions)
            },
            route(.get, base, .seeChampions, "Champions and coordinators", at: Self.atHub) { try await $0.championsPage($1) },
            route(.post, "\(base)/consent", .seeChampions, "Say whether other champions may reach one", at: Self.atHub) {
                try await $0.shareOwn($1)
            },
            route(.get, "\(base)/new", .keepChampions, "Name a champion", at: Self.atHub) {
                try await $0.newChampionPage($1, errors: FieldErrors())
            },
            route(.post, "\(base)/new", .keepChampions, "Name a champion", at: Self.atHub) { try await $0.nameChampion($1) },
            route(.get, "\(base)/give", .keepChampions, "Give areas to those who volunteered", at: Self.atHub) {
                try await $0.giveAreasPage($1, errors: FieldErrors())
            },
            route(.post, "\(base)/give", .keepChampions, "Give areas to those who volunteered", at: Self.atHub) {
                try await $0.giveAreas($1)
            },
            route(.get, "\(base)/rule", .keepChampions, "The hub’s deadlines and what a hand-over needs", at: Self.atHub) {
                try await $0.championRulePage($1, errors: FieldErrors())
            },
            route(.post, "\(base)/rule", .keepChampions, "Set the hub’s deadlines", at: Self.atHub) { try await $0.saveDeadlines($1) },
            route(.post, "\(base)/criteria", .keepChampions, "Add what a hand-over needs", at: Self.atHub) {
                try await $0.addCriterion($1)
            },
            route(.post, "\(base)/criteria/{criterion}/{change}", .keepChampions, "Change what a hand-over needs", at: Self.atCriterion) {
                try await $0.changeCriterion($1)
            },
        ]
    }

    private var championPersonRoutes: [Route] {
        let base = "/staff/network/{hub}/champions"
        let one = "\(base)/people/{champion}"
        let post = "\(base)/posts/{post}"
        return [
            route(.get, one, .keepChampions, "A champion", at: Self.atChampion) { try await $0.championPage($1, errors: FieldErrors()) },
            route(.get, "\(one)/edit", .keepChampions, "Change what is known of a champion", at: Self.atChampion) {
                try await $0.editChampionPage($1, errors: FieldErrors())
            },
            route(.post, "\(one)/edit", .keepChampions, "Change what is known of a champion", at: Self.atChampion) {
                try await $0.saveChampion($1)
            },
            route(.post, "\(one)/area", .keepChampions, "Give a champion an area", at: Self.atChampion) { try await $0.giveArea($1) },
            route(.post, "\(one)/decline", .keepChampions, "Decline a volunteer", at: Self.atChampion) { try await $0.decline($1) },
            route(.post, "\(one)/leave", .keepChampions, "A champion stops", at: Self.atChampion) { try await $0.leaveChampion($1) },
            route(.post, "\(one)/reopen", .keepChampions, "Take back that a champion was declined or left", at: Self.atChampion) {
                try await $0.reopenChampion($1)
            },
            route(.get, "\(one)/forget", .keepChampions, "Ask before a champion is forgotten", at: Self.atChampion) {
                try await $0.askForgetChampion($1)
            },
            route(.post, "\(one)/forget", .keepChampions, "Forget who a champion was", at: Self.atChampion) {
                try await $0.forgetChampion($1)
            },
            route(.post, "\(post)/end", .keepChampions, "End a champion’s time in an area", at: Self.atPost) { try await $0.endPost($1) },
            route(.post, "\(post)/resume", .keepChampions, "Take back the end of a champion’s time", at: Self.atPost) {
                try await $0.resumePost($1)
            },
            route(.post, "\(post)/link", .keepChampions, "Say who stands beside a champion", at: Self.atPost) { try await $0.setLink($1) },
        ]
    }

    private var championAreaRoutes: [Route] {
        let base = "/staff/network/{hub}/champions"
        let area = "\(base)/areas/{area}"
        return [
            route(.get, area, .seeChampions, "An area’s champions, meetings and hand-over", at: Self.atHub) {
                try await $0.areaWorkPage($1, errors: FieldErrors())
            },
            route(.post, "\(area)/meetings", .keepChampions, "Record a meeting of an area", at: Self.atHub) {
                try await $0.recordMeeting($1)
            },
            route(.post, "\(base)/meetings/{meeting}/{change}", .keepChampions, "Take a meeting of an area back", at: Self.atAreaMeeting) {
                try await $0.changeMeeting($1)
            },
            route(.post, "\(area)/criteria/{criterion}", .keepChampions, "Tick what a hand-over needs", at: Self.atCriterion) {
                try await $0.tickCriterion($1)
            },
            route(.get, "\(area)/handover", .keepChampions, "Ask before an area is handed over", at: Self.atHub) {
                try await $0.handoverPage($1, errors: FieldErrors())
            },
            route(.post, "\(area)/handover", .keepChampions, "Hand an area over to its providers", at: Self.atHub) {
                try await $0.handOver($1)
            },
            route(.post, "\(area)/handover/undo", .keepChampions, "Take a hand-over back", at: Self.atHub) {
                try await $0.undoHandover($1)
            },
        ]
    }

    private var championEventRoutes: [Route] {
        let base = "/staff/network/{hub}/champions/events"
        return [
            route(.get, base, .keepChampions, "Sign-ups at events", at: Self.atHub) { try await $0.eventsPage($1, errors: FieldErrors()) },
            route(.post, base, .keepChampions, "Open a sign-up for an event", at: Self.atHub) { try await $0.openEvent($1) },
            route(.get, "\(base)/{event}/poster", .keepChampions, "The poster of a sign-up", at: Self.atEvent) {
                try await $0.eventPoster($1)
            },
            route(.post, "\(base)/{event}/{change}", .keepChampions, "Close a sign-up, or give it a new code", at: Self.atEvent) {
                try await $0.changeEvent($1)
            },
            route(.get, "/champions/{code}", .look, "Volunteer at an event") { try await $0.signUpPage($1) },
            route(.post, "/champions/{code}", .look, "Volunteer at an event") { try await $0.signUp($1) },
        ]
    }

    // MARK: Where

    /// The record of this hub that the address names; of another hub there is none.
    private static func record(_ table: SQL, _ parameter: String, _ request: Request, _ session: any Session) throws -> Whereabouts {
        let place = try atHub(request, session)
        let id = request.parameter(parameter)
        guard let hub = place.hubs.first,
            try session.count("select count(*) from \(table) where id = \(id) and hub_id = \(hub)") > 0
        else { throw Refusal.notFound("There is nothing at this address. It may have been taken away.") }
        return place
    }

    private static let atChampion: @Sendable (Request, any Session) throws -> Whereabouts = { try record("champion", "champion", $0, $1) }
    private static let atPost: @Sendable (Request, any Session) throws -> Whereabouts = { try record("area_post", "post", $0, $1) }
    private static let atAreaMeeting: @Sendable (Request, any Session) throws -> Whereabouts = {
        try record("area_meeting", "meeting", $0, $1)
    }
    private static let atCriterion: @Sendable (Request, any Session) throws -> Whereabouts = {
        try record("handover_criterion", "criterion", $0, $1)
    }
    private static let atEvent: @Sendable (Request, any Session) throws -> Whereabouts = { try record("champion_event", "event", $0, $1) }

    // MARK: What every page of it begins with

    func champions(_ request: Request) async throws -> ChampionPicture {
        let (slug, today) = (request.parameter("hub"), tools.clock.today)
        return try await tools.database.read { try ChampionPicture.of(slug, on: today, $0) }
    }

    func championBase(_ request: Request) -> String { HubSection.champions.path(request.parameter("hub")) }
}
