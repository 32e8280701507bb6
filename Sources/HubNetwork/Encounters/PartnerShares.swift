internal import House

/// People who were at a gathering for a sector and not for a setting: a health visitor, somebody of the council.
struct SectorGuest: Sendable, Equatable {
    let encounterID: String
    let sector: Sector
    let spoke: Bool
    let chaired: Bool
}

/// How often each sector is in the room, speaks, hosts and chairs, beside its share of the settings (`docs/rules/network-measures.md`).
struct PartnerShares: Sendable {
    /// What is counted, in the order it is shown.
    static let parts: [Encounter.Part] = [.present, .spoke, .hosted, .chaired]

    struct Line: Sendable, Equatable {
        let sector: Sector
        /// How many of the settings are of it.
        let settings: Int
        /// At how many of the gatherings somebody of it was.
        let gatherings: Int
        /// How often a setting or guest of it was there, spoke, hosted, chaired.
        let counts: [Encounter.Part: Int]
    }

    let lines: [Line]
    /// How many gatherings there were.
    let gatherings: Int

    /// - Parameter sectors: the settings that count, with their sectors.
    init(_ encounters: [Encounter], guests: [SectorGuest], sectors: [String: Sector]) {
        let guests = Dictionary(grouping: guests, by: \.encounterID)
        // A visit to one setting alone is no room to be in.
        let rooms = encounters.filter { encounter in
            encounter.parts.keys.count { sectors[$0] != nil } + (guests[encounter.id]?.count ?? 0) > 1
        }
        var counts: [Sector: [Encounter.Part: Int]] = [:]
        var seen: [Sector: Int] = [:]
        for room in rooms {
            var there: Set<Sector> = []
            for (setting, parts) in room.parts {
                guard let sector = sectors[setting] else { continue }
                there.insert(sector)
                for part in parts { counts[sector, default: [:]][part, default: 0] += 1 }
            }
            for guest in guests[room.id] ?? [] {
                there.insert(guest.sector)
                counts[guest.sector, default: [:]][.present, default: 0] += 1
                if guest.spoke { counts[guest.sector, default: [:]][.spoke, default: 0] += 1 }
                if guest.chaired { counts[guest.sector, default: [:]][.chaired, default: 0] += 1 }
            }
            for sector in there { seen[sector, default: 0] += 1 }
        }
        let settings = Dictionary(grouping: sectors.values, by: { $0 }).mapValues(\.count)
        lines = Sector.allCases.compactMap { sector in
            let line = Line(sector: sector, settings: settings[sector] ?? 0, gatherings: seen[sector] ?? 0, counts: counts[sector] ?? [:])
            return line.settings == 0 && line.counts.isEmpty ? nil : line
        }
        gatherings = rooms.count
    }

    func total(_ part: Encounter.Part) -> Int { lines.reduce(0) { $0 + ($1.counts[part] ?? 0) } }

    /// A sector's part of all that were there, spoke, hosted or chaired; nil where nobody did.
    func share(_ line: Line, _ part: Encounter.Part) -> Double? {
        let all = total(part)
        return all == 0 ? nil : Double(line.counts[part] ?? 0) / Double(all)
    }

    /// A sector's part of the settings.
    func shareOfSettings(_ line: Line) -> Double {
        let all = lines.reduce(0) { $0 + $1.settings }
        return all == 0 ? 0 : Double(line.settings) / Double(all)
    }

    /// The sector that falls short of its share of the settings by most, in a part of the work; nil where all have theirs within five in
    /// a hundred.
    func shortest(_ part: Encounter.Part) -> Line? {
        let short = lines.filter { line in share(line, part).map { shareOfSettings(line) - $0 > 0.05 } ?? false }
        return short.max { one, other in
            shareOfSettings(one) - (share(one, part) ?? 0) < shareOfSettings(other) - (share(other, part) ?? 0)
        }
    }
}
