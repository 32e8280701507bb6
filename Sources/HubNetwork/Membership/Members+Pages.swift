internal import Civil
internal import Directory
internal import House
internal import Page
internal import Store

extension Network {
    /// Who is a member, who is active, and how that went over time.
    var memberRoutes: [Route] {
        [
            route(.get, "/staff/network/{hub}/members", .seeNetwork, "Members, and who is active", at: Self.atHub) {
                try await $0.membersPage($1)
            }
        ]
    }

    /// How many terms the page looks back.
    static let memberTerms = 9

    private func membersPage(_ request: Request) async throws -> Answer {
        let (slug, today) = (request.parameter("hub"), tools.clock.today)
        let books = allEncounters
        let ends = Activity.ends(Self.memberTerms, upTo: today)
        let first = (ends.first?.term ?? Term(of: today)).previous.first
        let (hub, stays, encounters, titles) = try await tools.database.read { session in
            let hub = try HubGround.of(slug, on: today, session)
            let stays = try Memberships.all(hub.id, session)
            let open = Set(hub.settings.map(\.id))
            let gone = Set(stays.map(\.settingID)).subtracting(open)
            return (
                hub, stays, try EncounterBook.together(books, hub.id, first...today, session),
                gone.isEmpty ? [:] : try Directory.titles(of: gone, session)
            )
        }
        let activity = Activity(stays, encounters)
        // From the term before the first member joined.
        let empty = ends.prefix { activity.count(activity.settings, on: $0.day).members == 0 }.count
        let shown = Array(ends.dropFirst(max(0, min(empty - 1, ends.count - 2))))
        let page = MembersPage(
            hub: hub, activity: activity, stays: stays, ends: shown, today: today, otherTitles: titles,
            by: MembersPage.Grouping(rawValue: request.query["by"] ?? "") ?? .sector,
            mayStartCampaign: mayKeepCampaigns(hub.id))
        var frame = frame("Members of \(hub.name)", hub: slug, section: .members)
        frame.lead =
            "A member is active when it was at something in this term or the last: a meeting, a training, a visit, or it spoke, hosted or chaired."
        frame.content = page.content
        return .page(frame.html)
    }
}

extension Memberships {
    /// Every membership there ever was in a hub.
    static func all(_ hub: String, _ session: any Session) throws -> [Activity.Stay] {
        try session.all("select setting_id, joined_day, left_day from membership where hub_id = \(hub) order by joined_day, id").compactMap
        { row in
            row.day("joined_day").map { Activity.Stay(settingID: row.text("setting_id"), joined: $0, left: row.day("left_day")) }
        }
    }
}
