internal import Civil
internal import Directory
internal import House
internal import Page
internal import Planning
internal import Store

/// Whose turn it is in a hub: what is known of it, as the rule needs it (`docs/rules/host-rotation.md`).
struct Rotation: Sendable {
    let ground: HubGround
    let today: Day
    /// What the hub's settings said of hosting.
    let offers: [String: HostOffer]
    /// How often each hosted in the two years before today, and when last.
    let turns: [String: (count: Int, last: Day)]
    /// Who hosted the last meeting of each series.
    let lastHosts: [String: String]
    /// Those from today on that are neither called off nor noted already, oldest first.
    let coming: [Gathering]

    /// Turns count for so many days.
    static let memory = 730

    static func read(_ slug: String, on today: Day, _ session: any Session) throws -> Rotation {
        let ground = try HubGround.of(slug, on: today, session)
        let held = try session.all(
            """
            select g.id, g.day, g.area_id, g.noted_at, p.setting_id from gathering g
            join gathering_part p on p.gathering_id = g.id and p.hosted = 1
            where g.hub_id = \(ground.id) and g.cancelled_at is null and g.day >= \(today.adding(days: -memory)) and g.day <= \(today)
            union all
            select g.id, g.day, g.area_id, g.noted_at, g.host_id as setting_id from gathering g
            where g.hub_id = \(ground.id) and g.cancelled_at is null and g.day >= \(today.adding(days: -memory)) and g.day < \(today)
                and g.noted_at is null and g.host_state = 'agreed'
            order by 2, 1, 5
            """)
        var turns: [String: (count: Int, last: Day)] = [:]
        var lastHosts: [String: String] = [:]
        for row in held {
            guard let day = row.day("day") else { continue }
            let setting = row.text("setting_id")
            turns[setting] = ((turns[setting]?.count ?? 0) + 1, day)
            lastHosts[row.textOrNil("area_id") ?? "hub"] = setting
        }
        let far = Day(year: 9999, month: 12, day: 31) ?? today
        return Rotation(
            ground: ground, today: today, offers: try HostOffer.of(ground.settings.map(\.id), session), turns: turns, lastHosts: lastHosts,
            coming: try Gatherings.of(ground.id, today...far, session).filter { !$0.isCancelled && !$0.isNoted })
    }

    /// Whether a setting hosts at all; of a home only its own word counts.
    func hosts(_ place: HubGround.Place) -> Bool {
        offers[place.id].map { $0.isWilling && ($0.isOwnWord || !place.type.isHome) } ?? false
    }

    var hosts: [HubGround.Place] { ground.settings.filter(hosts) }

    /// What stands against the host a meeting has, for one that was agreed or locked before something changed.
    func trouble(_ gathering: Gathering) -> String? {
        guard let host = gathering.hostID, !gathering.isNoted else { return nil }
        guard let place = ground.settings.first(where: { $0.id == host }) else { return "it is no open setting of this hub any more" }
        if !hosts(place) { return "it does not offer to host any more" }
        let against = hostObstacles(self.place(place), meeting(gathering, comers: []))
        return against.isEmpty ? nil : against.map(\.words).joined(separator: " and ")
    }

    private func point(_ place: HubGround.Place) -> GeoPoint? {
        ground.whereabouts(of: place).map { GeoPoint(latitude: $0.latitude, longitude: $0.longitude) }
    }

    func place(_ place: HubGround.Place) -> HostPlace {
        let offer = offers[place.id]
        return HostPlace(
            id: place.id, kind: place.type.sector.rawValue, holds: offer?.holds ?? 0, isStepFree: offer?.isStepFree ?? false,
            point: point(place), turnsBefore: turns[place.id]?.count ?? 0, lastTurn: turns[place.id]?.last.daysSince1970,
            away: (offer?.away ?? []).map { $0.lowerBound.daysSince1970...$0.upperBound.daysSince1970 })
    }

    /// The settings whose meeting it is.
    func settings(of gathering: Gathering) -> [HubGround.Place] {
        guard let area = gathering.areaID else { return ground.settings }
        let own = ground.settings.filter { $0.areas.contains(area) }
        // Areas that were drawn anew leave the old ones empty: then anybody of the hub may host.
        return own.isEmpty ? ground.settings : own
    }

    func meeting(_ gathering: Gathering, comers: [GeoPoint]? = nil) -> HostedMeeting {
        let own = settings(of: gathering)
        return HostedMeeting(
            id: gathering.id, day: gathering.day.daysSince1970, series: gathering.series, people: gathering.expected,
            needsStepFree: gathering.needsStepFree, mayHost: gathering.areaID == nil ? nil : Set(own.map(\.id)),
            comers: comers ?? own.compactMap(point),
            locked: gathering.isLocked || gathering.hostState == .agreed ? gathering.hostID : nil)
    }

    /// The hosts of all meetings to come. Pure: the same every time.
    func drawn() throws -> HostPlan {
        let locked = Set(coming.compactMap { $0.isLocked || $0.hostState == .agreed ? $0.hostID : nil })
        let known = Set(ground.settings.map(\.id))
        // A host of before that has left the hub stays the host until somebody chooses another.
        let gone = locked.subtracting(known).map { HostPlace(id: $0, kind: Sector.others.rawValue, holds: 0) }
        var comers: [String: [GeoPoint]] = [:]
        let meetings = coming.map { gathering in
            let points = comers[gathering.series] ?? settings(of: gathering).compactMap(point)
            comers[gathering.series] = points
            return meeting(gathering, comers: points)
        }
        return try rotateHosts(
            places: ground.settings.filter { hosts($0) || locked.contains($0.id) }.map(place) + gone, meetings: meetings,
            lastHosts: lastHosts)
    }

    /// The turns as they lie now: past, agreed and drafted.
    var fairness: HostFairness {
        let planned = Dictionary(grouping: coming.compactMap(\.hostID), by: { $0 }).mapValues(\.count)
        return HostFairness(
            hosts.map {
                HostFairness.Share(id: $0.id, kind: $0.type.sector.rawValue, turns: (turns[$0.id]?.count ?? 0) + (planned[$0.id] ?? 0))
            })
    }
}

extension Rotation {
    /// Writes what was drawn, where nothing changed since it was read. Returns how many meetings have a host by it.
    func write(_ plan: HostPlan, _ tools: Tools, _ session: any Session) throws -> Int {
        let choices = Dictionary(plan.choices.map { ($0.meeting, $0) }, uniquingKeysWith: { first, _ in first })
        let without = Dictionary(plan.unhosted.map { ($0.meeting, $0) }, uniquingKeysWith: { first, _ in first })
        for gathering in coming where !gathering.isLocked && gathering.hostState != .agreed {
            let choice = choices[gathering.id]
            let because = choice?.sentence ?? without[gathering.id]?.sentence(people: gathering.expected)
            try Gatherings.touch(
                gathering, version: gathering.version,
                """
                host_id = \(choice?.host), host_state = \(choice == nil ? Gathering.HostState.none : .draft), because = \(because), is_told = 0
                """, session)
            if choice?.host != gathering.hostID {
                try Audit.log(
                    session, tools, action: "network.host.drawn", subject: "gathering:\(gathering.id)",
                    before: gathering.hostID.map { "setting:\($0)" }, after: choice.map { "setting:\($0.host)" })
            }
        }
        return plan.choices.count
    }
}
