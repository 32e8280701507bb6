internal import Civil
internal import Directory
public import House
internal import Store

/// Two years of invented meetings of the demonstration's invented hub, with who hosted and who was there, and the rest of this year's
/// with drafted hosts; the same each time.
public enum SampleHosting {
    private static let titles = ["Termly meeting", "Early language evening", "Moderation together", "Termly meeting"]

    /// Makes them unless the hub has meetings already. Returns how many there are.
    public static func make(hub: String, _ tools: Tools) async throws -> Int {
        try await tools.database.write { session in
            let today = tools.clock.today
            let slug = try Directory.hubSlug(hub, session)
            let ground = try HubGround.of(slug, on: today, session)
            let there = try session.count("select count(*) from gathering where hub_id = \(ground.id)")
            if there > 0 || ground.settings.isEmpty { return there }
            var dice = Dice(state: 20_261_123)
            let hosts = try offers(ground, &dice, tools, session)
            let miniHubs = ground.areas.filter { $0.scheme == ground.areas.first?.scheme }
            var term = Term(of: today)
            for _ in 0..<6 { term = term.previous }
            // Up to the end of the school year that is running.
            while term.first <= GatheringYear(of: today).days.upperBound {
                for (number, area) in miniHubs.enumerated() {
                    let day = weekday(term.first.adding(days: 20 + number * 6 + dice.next(4)))
                    let own = ground.settings.filter { $0.areas.contains(area.id) }
                    try meeting(
                        titles[dice.next(titles.count)], area, day, own: own, hosts: hosts, ground, &dice, tools, session)
                }
                if term.season == .spring {
                    let day = weekday(term.first.adding(days: 60))
                    try meeting("Conference of the whole hub", nil, day, own: ground.settings, hosts: hosts, ground, &dice, tools, session)
                }
                term = term.next
            }
            // One that nobody has noted yet: that is somebody's to do.
            if let area = miniHubs.first {
                let day = today.adding(days: -5)
                try Gatherings.make(
                    tools.ids.next(), ground.id,
                    GatheringFacts(
                        areaID: area.id, areaName: area.name, day: day.weekday > 5 ? day.adding(days: -2) : day,
                        title: "Settling in, together", expected: 14, needsStepFree: false), tools, session)
            }
            let rotation = try Rotation.read(slug, on: today, session)
            _ = try rotation.write(try rotation.drawn(), tools, session)
            return try session.count("select count(*) from gathering where hub_id = \(ground.id)")
        }
    }

    private static func weekday(_ day: Day) -> Day { day.weekday > 5 ? day.adding(days: 8 - day.weekday) : day }

    /// Who can host: many groups and schools, a few childminders in their homes.
    private static func offers(_ ground: HubGround, _ dice: inout Dice, _ tools: Tools, _ session: any Session) throws -> [String] {
        var hosts: [String] = []
        for place in ground.settings where !place.isSecret {
            let sides = place.type.isHome ? 9 : 3
            guard dice.next(sides) == 0 else { continue }
            let isWilling = dice.next(8) > 0
            let holds = place.type.isHome ? 6 + dice.next(5) : 16 + dice.next(50)
            var away: [ClosedRange<Day>] = []
            if dice.next(5) == 0 {
                let first = tools.clock.today.adding(days: dice.next(200))
                away.append(first...first.adding(days: dice.next(20)))
            }
            try HostOffer.say(
                HostOffer(
                    isWilling: isWilling, holds: isWilling ? holds : 0, isStepFree: dice.next(4) > 0 && !place.type.isHome, isOwnWord: true,
                    away: away), of: place.id, version: 0, tools, session)
            if isWilling { hosts.append(place.id) }
        }
        return hosts
    }

    private static func meeting(
        _ title: String, _ area: HubGround.Area?, _ day: Day, own: [HubGround.Place], hosts: [String], _ ground: HubGround,
        _ dice: inout Dice, _ tools: Tools, _ session: any Session
    ) throws {
        let id = tools.ids.next()
        // Now and then a small evening, which a childminder's home has room for.
        let expected = area == nil ? 40 : dice.next(4) == 0 ? 6 : 12 + dice.next(8)
        try Gatherings.make(
            id, ground.id,
            GatheringFacts(
                areaID: area?.id, areaName: area?.name, day: day, title: title, expected: expected, needsStepFree: dice.next(6) == 0),
            tools,
            session)
        guard day < tools.clock.today else { return }
        var roll = GatheringRoll()
        for place in own where !place.isSecret {
            let likely: [Sector: Int] = [.childminders: 14, .pvi: 42, .schools: 34, .health: 50, .council: 60, .others: 20]
            if dice.next(100) < likely[place.type.sector] ?? 20 { roll.parts[place.id] = GatheringPart(place.id) }
        }
        // In the past the same few hosted: what the rotation is for.
        let known = own.filter { hosts.contains($0.id) && !$0.type.isHome }
        if let host = known.isEmpty ? nil : known[min(dice.next(known.count), dice.next(known.count))].id {
            roll.parts[host, default: GatheringPart(host)].hosted = true
        }
        let present = roll.parts.keys.sorted()
        if !present.isEmpty {
            roll.parts[present[dice.next(present.count)]]?.chaired = true
            for _ in 0..<(1 + dice.next(2)) { roll.parts[present[dice.next(present.count)]]?.spoke = true }
        }
        if dice.next(3) == 0 { roll.guests[.health] = GatheringRoll.GuestPart(spoke: dice.next(2) == 0) }
        if dice.next(2) == 0 { roll.guests[.council] = GatheringRoll.GuestPart(spoke: dice.next(3) == 0, chaired: dice.next(4) == 0) }
        roll.came = roll.parts.count + dice.next(8)
        try Gatherings.note(roll, of: try Gatherings.find(id, session), version: 1, tools, session)
    }

    /// A plain generator: the demonstration is the same on every machine.
    private struct Dice {
        var state: UInt64

        mutating func next(_ sides: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % sides
        }
    }
}
