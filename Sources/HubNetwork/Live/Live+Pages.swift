internal import Civil
internal import Directory
internal import House
internal import Identity
internal import Page
internal import Store

extension Network {
    /// The live picture of a hub and of each of its mini-hubs.
    var liveRoutes: [Route] {
        [
            route(.get, "/staff/network", .seeNetwork, "The network: choose a hub") { room, _ in try await room.chooseHub(for: .live) },
            route(.get, "/staff/network/{hub}", .seeNetwork, "The live picture of a hub", at: Self.atHub) { try await $0.livePage($1) },
        ]
    }

    /// Everything the page shows, read in ten statements or fewer however long the hub has been at work.
    func livePicture(_ slug: String, _ query: FormData) async throws -> (picture: LivePicture, errors: FieldErrors) {
        let today = tools.clock.today
        var reader = FormReader(query)
        let since = reader.day("since") ?? Term(of: today).first
        let errors = reader.errors
        let all = Network.ownSignals + [.noChampion] + (Network.folderWatches + otherWatches).flatMap(\.signals)
        let asked = query.all("show").filter { code in all.contains { $0.code == code } }
        let filter = LivePicture.Filter(
            area: query["area"].flatMap { $0.isEmpty ? nil : $0 },
            type: query["type"].flatMap(SettingType.init(rawValue:)), signals: Array(asked.prefix(5)), since: since)
        let watches = Network.folderWatches + otherWatches
        let picture = try await tools.database.read { session in
            let ground = try HubGround.of(slug, on: today, session)
            let watched = WatchedHub(id: ground.id, settingIDs: ground.settings.map(\.id), today: today, since: since)
            let (standing, members) = try Standing.withMembers(ground.id, session)
            let own =
                Network.sightings(watched, standing, members: members) + (try ChampionPicture.sightings(in: ground, on: today, session))
            return LivePicture(
                hub: ground, signals: all, sightings: own + (try watches.flatMap { try $0.see(watched, session) }), standing: standing,
                members: members, filter: filter, today: today)
        }
        return (picture, errors)
    }

    private func livePage(_ request: Request) async throws -> Answer {
        let (picture, errors) = try await livePicture(request.parameter("hub"), request.query)
        let page = LivePage(
            picture: picture, errors: errors, pageNumber: request.query["page"].flatMap { Int($0) } ?? 1,
            mayStartCampaign: Permission.answer(tools.asker.hats, .keepCampaigns, Whereabouts(hubs: [picture.hub.id])) == .yes,
            mayInvite: tools.asker.may(.invitePeople, at: Whereabouts(hubs: [picture.hub.id])))
        var frame = frame("The network of \(picture.hub.name)", hub: picture.hub.slug, section: .live, content: page.content)
        frame.lead = "Whom the hub is in touch with, and who has gone quiet."
        frame.errors = errors
        frame.scripts = ["map.js"]
        frame.action = Action("Log a contact", "/staff/network/\(picture.hub.slug)/log")
        switch request.query["done"] {
        case "logged": frame.notices = [.success("Saved for all of them.")]
        case "undone": frame.notices = [.success("Taken back. It is in no count any more.")]
        case "restored": frame.notices = [.success("It is back.")]
        case "corrected": frame.notices = [.success("Saved. What it said before is kept.")]
        default: break
        }
        return .page(frame.html, status: errors.isEmpty ? 200 : 422)
    }
}
