internal import Civil
public import House
internal import Planning
internal import Store

/// One invented hub over the real wards of Newham, for everything that must not be said of real settings. Its settings are
/// made up; it is divided in three ways at once, as the hubs that this was learned from were.
public enum SampleHub {
    public static let name = "Four Quarters Hub"
    static let slug = "four-quarters-hub"

    /// Makes the hub, unless it is there already, in one transaction. Returns its page for staff.
    /// Throws `Refusal.unavailable` when the wards of Newham have not been loaded.
    @discardableResult
    public static func make(_ tools: Tools) async throws -> String {
        try await tools.database.write { try make($0, tools) }.staffPath
    }

    /// The id of the hub, if it was made.
    public static func id(_ tools: Tools) async throws -> String? {
        try await tools.database.read { try $0.first("select id from hub where is_sample = 1 and name = \(name)")?.text("id") }
    }

    static func make(_ session: any Session, _ tools: Tools) throws -> Hub {
        try session.lock("eyhub.sample.hub")
        if let row = try session.first(
            "select id, name, slug, is_sample, opened_at from hub where is_sample = 1 and name = \(name)")
        {
            // A demonstration made by an earlier version had nothing of this.
            try DemoIdentity.fill(Hub(row), session, tools)
            return Hub(row)
        }
        let wards = try Territory.wards(where: "w.authority_code = \(Newham.code)", session)
        guard !wards.isEmpty else {
            throw Refusal.unavailable("Load the ward boundaries of Newham first: the invented hub stands on them.")
        }
        let hub = try Hubs.create(name: name, wards: wards.map(\.code), isSample: true, session, tools)
        let version = try Directory.touch(session)
        try SampleSettings(hub: hub, wards: wards, authorityCode: Newham.code, version: version, tools: tools).write(
            session)
        let territory = try Territory.of(hub, session)
        let maker = PlanMaker(territory: territory, session: session, tools: tools)
        let from = Day(year: 2026, month: 9, day: 1).map { min($0, tools.clock.today) } ?? tools.clock.today
        let miniHubs = try Schemes.create(
            name: "Mini-hubs", word: "mini-hub", divides: .wards, for: hub, session, tools)
        try maker.draw(miniHubs, count: 4, by: .settings, tolerance: 0.1, from: from)
        // A draft beside it, to try comparing and changing with.
        try maker.draw(miniHubs, count: 4, by: .places, tolerance: 0.15, from: nil)
        let quadrants = try Schemes.create(
            name: "Quadrants", word: "quadrant", divides: .wards, for: hub, session, tools)
        try maker.draw(quadrants, count: 4, by: .settings, tolerance: 0.25, from: from)
        let networks = try Schemes.create(
            name: "Nursery school networks", word: "network", divides: .settings, for: hub, session, tools)
        let anchors = territory.counted.filter { $0.type == .nurserySchool }
        try maker.gather(networks, around: anchors, from: from)
        try DemoIdentity.fill(hub, session, tools)
        return hub
    }
}

/// Newham as the Office for National Statistics knows it.
enum Newham {
    static let code = "E09000025"
}
