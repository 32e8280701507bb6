internal import Civil
internal import Directory
internal import House
internal import Identity
internal import Page
internal import Store

/// A campaign with its whole list, read in a fixed number of statements however long the list is.
struct CampaignView: Sendable {
    let campaign: Campaign
    let hub: HubGround
    /// The list, by area and name, without those taken off.
    let targets: [CampaignTarget]
    let removed: [CampaignTarget]
    /// Who may ring: the hub's team, each once.
    let team: [PeopleBook.Entry]
    /// Who coordinates an area.
    let coordinators: [PeopleBook.Entry]
    let members: [String: Day]
    let today: Day

    /// Areas as the page speaks of them: those of the first way the hub is divided, or its wards.
    static func area(of place: HubGround.Place, in hub: HubGround) -> String {
        let first = hub.areas.filter { $0.scheme == hub.areas.first?.scheme }
        if let area = first.first(where: { place.areas.contains($0.id) }) { return area.name }
        return first.isEmpty ? place.wardName ?? "No ward known" : "In no area"
    }

    static func areaOrder(_ hub: HubGround) -> [String] {
        let first = hub.areas.filter { $0.scheme == hub.areas.first?.scheme }.map(\.name)
        return first.isEmpty ? Set(hub.settings.compactMap(\.wardName)).sorted() : first
    }

    static func of(_ slug: String, _ id: String, on today: Day, _ session: any Session) throws -> CampaignView {
        let hub = try HubGround.of(slug, on: today, session)
        guard let campaign = try session.first("select * from campaign where id = \(id) and hub_id = \(hub.id)").flatMap(Campaign.init)
        else {
            throw Refusal.notFound("There is no campaign at this address.")
        }
        let members = try Memberships.now(hub.id, session)
        let events = try CampaignReading.events([campaign.id], session)
        let posts = try CampaignReading.posts(campaign, session)
        let stops = try CampaignReading.stops(hub.id, session)
        let places = Dictionary(hub.settings.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let rows = try CampaignReading.rows(campaign, session)
        let gone = rows.compactMap { $0.textOrNil("setting_id") }.filter { places[$0] == nil }
        let titles = gone.isEmpty ? [:] : try Directory.titles(of: gone, session)
        let all = rows.map { row -> CampaignTarget in
            let target = row.text("id")
            let setting = row.textOrNil("setting_id")
            let place = setting.flatMap { places[$0] }
            let partner = row.textOrNil("partner_id").map { _ in CampaignPartner(row) }
            let sent = posts[target] ?? []
            let joined = setting.flatMap { members[$0] }
            let email = (place?.email ?? partner?.email)?.lowercased()
            return CampaignTarget(
                id: target, place: place, settingID: setting, partner: partner,
                title: place?.title ?? partner?.title ?? setting.flatMap { titles[$0] } ?? "A setting",
                area: place.map { area(of: $0, in: hub) } ?? (partner == nil ? "No longer open" : "Partners"),
                callerID: row.textOrNil("caller_id"),
                progress: CampaignProgress(
                    events: events[target] ?? [], invited: sent.last?.day, begins: campaign.from,
                    isMember: joined.map(campaign.covers) ?? false),
                posts: sent, wantsNoLetters: email.map(stops.contains) ?? false, isRemoved: row.textOrNil("removed_at") != nil,
                events: events[target] ?? [])
        }
        let order = areaOrder(hub)
        func key(_ target: CampaignTarget) -> (Int, String, String) {
            (order.firstIndex(of: target.area) ?? order.count, target.area, target.title.lowercased())
        }
        let sorted = all.map { ($0, key($0)) }.sorted { $0.1 < $1.1 }.map(\.0)
        var seen: Set<String> = []
        let team = try PeopleBook.of(hub: hub.id, roles: Network.teamRoles, session)
        return CampaignView(
            campaign: campaign, hub: hub, targets: sorted.filter { !$0.isRemoved }, removed: sorted.filter(\.isRemoved),
            team: team.filter { seen.insert($0.id).inserted }, coordinators: team.filter { $0.role == .coordinator }, members: members,
            today: today)
    }

    var path: String { "/staff/network/\(hub.slug)/campaigns/\(campaign.id)" }

    func name(of caller: String?) -> String? { caller.flatMap { id in team.first { $0.id == id }?.name } }

    func count(_ stage: CampaignStage) -> Int { targets.count { $0.progress.stage == stage } }

    var due: [CampaignTarget] { campaign.isOpen ? targets.filter { $0.isDue(on: today) } : [] }

    /// Those of the hub's settings that are of a kind on the list, with how far each has come.
    var gap: CampaignGap {
        let types = Set(targets.compactMap { $0.place?.type })
        let bySetting = Dictionary(
            targets.compactMap { target in target.settingID.map { ($0, target.progress) } }, uniquingKeysWith: { first, _ in first })
        let entries = hub.settings.filter { types.contains($0.type) }.map { place in
            let progress = bySetting[place.id]
            return CampaignGap.Entry(
                area: Self.area(of: place, in: hub), type: place.type, isListed: progress != nil,
                wasInvited: progress.map { $0.wasInvited || $0.stage != .listed } ?? false, answered: progress?.wasReached ?? false,
                joined: progress?.stage == .joined)
        }
        return CampaignGap(entries, areaOrder: Self.areaOrder(hub))
    }

    /// Why those who declined did, the commonest first.
    var reasons: [(reason: String, count: Int)] {
        let declined = targets.filter { $0.progress.stage == .declined }
        return Dictionary(grouping: declined) { $0.progress.reason ?? "No reason said" }.map { ($0.key, $0.value.count) }
            .sorted { ($1.count, $0.reason) < ($0.count, $1.reason) }
    }
}

/// The parts of a campaign as they are read.
enum CampaignReading {
    static func rows(_ campaign: Campaign, _ session: any Session) throws -> [Row] {
        try session.all(
            """
            select t.*, p.name as partner_name, p.organisation, p.email as partner_email, p.telephone as partner_telephone, p.sector
            from campaign_target t left join campaign_partner p on p.id = t.partner_id where t.campaign_id = \(campaign.id)
            """)
    }

    /// The contacts that count, by line of the list, oldest first: those logged from the campaign, and those with a setting of its list
    /// that were logged elsewhere in its days and are of no other campaign.
    static func events(_ campaigns: [String], _ session: any Session) throws -> [String: [CampaignEvent]] {
        let columns: SQL = "c.id, c.day, c.outcome, c.by_whom, c.logged_at, c.next_day, c.next_done_at, cc.reason"
        let rows = try session.all(
            """
            select cc.target_id, \(columns) from campaign_call cc join contact c on c.id = cc.contact_id
            where cc.campaign_id in \(list: campaigns) and c.undone_at is null
            union all
            select t.id as target_id, \(columns) from campaign_target t join campaign k on k.id = t.campaign_id
            join contact_setting cs on cs.setting_id = t.setting_id and cs.hub_id = t.hub_id and cs.day >= k.from_day
                and cs.day <= coalesce(substr(k.closed_at, 1, 10), '9999-12-31')
            join contact c on c.id = cs.contact_id left join campaign_call cc on cc.contact_id = c.id
            where t.campaign_id in \(list: campaigns) and c.undone_at is null and cc.contact_id is null
            order by day, logged_at, id
            """)
        var events: [String: [CampaignEvent]] = [:]
        for row in rows {
            guard let day = row.day("day"), let outcome: Contact.Outcome = row.code("outcome") else { continue }
            events[row.text("target_id"), default: []].append(
                CampaignEvent(
                    day: day, outcome: outcome, nextDay: row.textOrNil("next_done_at") == nil ? row.day("next_day") : nil,
                    reason: row.textOrNil("reason"), by: row.text("by_whom")))
        }
        return events
    }

    /// What was noted last of one line of the list, newest first.
    static func notes(_ target: String, _ session: any Session) throws -> [(day: Day, note: String)] {
        try session.all(
            """
            select c.day, c.note from campaign_call cc join contact c on c.id = cc.contact_id
            where cc.target_id = \(target) and c.undone_at is null and c.note is not null order by c.day desc, c.logged_at desc limit 5
            """
        ).compactMap { row in row.day("day").map { ($0, row.text("note")) } }
    }

    /// The letters that left, by line of the list, oldest first.
    static func posts(_ campaign: Campaign, _ session: any Session) throws -> [String: [CampaignPost]] {
        let rows = try session.all(
            """
            select p.target_id, p.edition, p.way, p.day, o.state, o.bounce_reason, o.last_error
            from campaign_post p left join outbox o on o.id = p.letter_id where p.campaign_id = \(campaign.id) order by p.at, p.id
            """)
        return Dictionary(grouping: rows) { $0.text("target_id") }.mapValues { $0.compactMap(CampaignPost.init) }
    }

    /// The addresses that want no more letters, in lower case.
    static func stops(_ hub: String, _ session: any Session) throws -> Set<String> {
        Set(try session.all("select address from campaign_stop where hub_id = \(hub)").map { $0.text("address") })
    }
}
