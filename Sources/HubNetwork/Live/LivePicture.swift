internal import Civil
internal import Directory
internal import House
internal import Page

/// Who is where with the hub: every setting with what the rooms see at it, narrowed by one filter for list, map and counts.
struct LivePicture: Sendable {
    /// What the page was narrowed to.
    struct Filter: Sendable {
        var area: String?
        var type: SettingType?
        /// Codes of signals, all of which must be seen.
        var signals: [String] = []
        /// "Not contacted since" counts from here.
        var since: Day
    }

    struct Line: Sendable {
        let place: HubGround.Place
        let sightings: [Sighting]
        let standing: Standing?
        let isMember: Bool

        func shows(_ code: String) -> Bool { sightings.contains { $0.signal.code == code } }
    }

    let hub: HubGround
    let signals: [Signal]
    let filter: Filter
    let today: Day
    /// Every setting of the area chosen, whatever else was chosen.
    let inArea: [Line]
    /// Those that fit the whole filter, the most pressing first.
    let shown: [Line]

    init(
        hub: HubGround, signals: [Signal], sightings: [Sighting], standing: [String: Standing], members: Set<String>, filter: Filter,
        today: Day
    ) {
        self.hub = hub
        self.signals = signals
        self.filter = filter
        self.today = today
        let seen = Dictionary(grouping: sightings, by: \.settingID)
        let all = hub.settings.map { place in
            Line(
                place: place, sightings: seen[place.id] ?? [], standing: standing[place.id], isMember: members.contains(place.id))
        }
        inArea = all.filter { line in filter.area.map { line.place.areas.contains($0) } ?? true }
        let type = filter.type
        shown = inArea.filter { line in (type == nil || line.place.type == type) && filter.signals.allSatisfy(line.shows) }
            .enumerated().sorted { left, right in
                // Who waits longest comes first; the order of names decides between equals.
                let (l, r) = (left.element, right.element)
                let (lDay, rDay) = (l.standing?.lastDay?.iso ?? "", r.standing?.lastDay?.iso ?? "")
                return (lDay, left.offset) < (rDay, right.offset)
            }.map(\.element)
    }

    /// The kinds there are, with how many of each show each signal.
    var byType: [(type: SettingType, all: Int, contacted: Int, members: Int, signals: [Int])] {
        let term = Term(of: today).first
        return Dictionary(grouping: inArea, by: \.place.type).map { type, lines in
            (
                type, lines.count, lines.count { line in line.standing?.lastDay.map { $0 >= term } ?? false },
                lines.count(where: \.isMember), signals.map { signal in lines.count { $0.shows(signal.code) } }
            )
        }.sorted { ($1.all, $0.type.rawValue) < ($0.all, $1.type.rawValue) }
    }

    func count(of signal: Signal) -> Int { inArea.count { $0.shows(signal.code) } }

    /// The address of this page as it is narrowed.
    var address: PageAddress {
        var query: [(String, String)] = []
        if let area = filter.area { query.append(("area", area)) }
        if let type = filter.type { query.append(("type", type.rawValue)) }
        for code in filter.signals { query.append(("show", code)) }
        if filter.since != Term(of: today).first { query.append(("since", filter.since.iso)) }
        return PageAddress("/staff/network/\(hub.slug)", query)
    }
}
