internal import Civil
public import House
internal import Planning
internal import Store

/// Real hubs for the demo, over what the real registers have loaded.
public enum DemoHubs {
    static let newhamName = "Newham Early Years Hub"

    /// Makes a hub over Newham's wards with its group settings and schools, and publishes four mini-hubs, unless it is there
    /// already. Returns its page for staff. Throws `Refusal.unavailable` when wards or settings have not been loaded.
    @discardableResult
    public static func newham(_ tools: Tools) async throws -> String {
        try await tools.database.write { try newham($0, tools) }.staffPath
    }

    static func newham(_ session: any Session, _ tools: Tools) throws -> Hub {
        try session.lock("eyhub.demo.newham")
        if let row = try session.first(
            "select id, name, slug, is_sample, opened_at from hub where is_sample = 0 and name = \(newhamName)")
        {
            // A demonstration made by an earlier version had nothing of this.
            try DemoIdentity.fill(Hub(row), session, tools)
            return Hub(row)
        }
        let wards = try session.all("select code from ward where authority_code = \(Newham.code)").map {
            $0.text("code")
        }
        guard !wards.isEmpty else { throw Refusal.unavailable("Load the ward boundaries of Newham first.") }
        let hub = try Hubs.create(name: newhamName, wards: wards, session, tools)
        let territory = try Territory.of(hub, session)
        guard territory.counted.contains(where: { $0.type.canBeBase && $0.point != nil }) else {
            throw Refusal.unavailable(
                "Load the registers and postcodes of Newham first: there is no setting to draw around.")
        }
        let scheme = try Schemes.create(name: "Mini-hubs", word: "mini-hub", divides: .wards, for: hub, session, tools)
        try PlanMaker(territory: territory, session: session, tools: tools)
            .draw(scheme, count: 4, by: .settings, tolerance: 0.1, from: tools.clock.today)
        try Directory.touch(session)
        try DemoIdentity.fill(hub, session, tools)
        return hub
    }
}
