internal import Civil
internal import House
internal import Planning
internal import Store

/// Draws and publishes plans within one transaction, for the demo's hubs.
struct PlanMaker {
    let territory: Territory
    let session: any Session
    let tools: Tools

    /// Draws a plan; published from a day when one is given, a draft otherwise.
    func draw(_ scheme: Scheme, count: Int, by balance: Balance, tolerance: Double, from day: Day?) throws {
        let name = try Publishing.freeName(of: scheme.id, session)
        var plan = Plan(id: tools.ids.next(), schemeID: scheme.id, name: name, balance: balance, tolerance: tolerance)
        let drawn = try Drawing(territory, plan).draw(count: count, word: scheme.word) { tools.ids.next() }
        plan.notes = drawn.notes
        try keep(plan, drawn.state, from: day)
    }

    /// Gathers networks around anchors.
    func gather(_ scheme: Scheme, around anchors: [TerritorySetting], from day: Day?) throws {
        let choices = anchors.map { AnchorDrawing.Choice(settingID: $0.id, capacity: nil) }
        let drawn = try AnchorDrawing.draw(choices, in: territory) { tools.ids.next() }
        let name = try Publishing.freeName(of: scheme.id, session)
        let plan = Plan(id: tools.ids.next(), schemeID: scheme.id, name: name, notes: drawn.notes)
        try keep(plan, drawn.state, from: day)
    }

    private func keep(_ plan: Plan, _ state: PlanState, from day: Day?) throws {
        try Plans.insert(plan, state, session, tools)
        if let day { try Publishing.publish(plan, from: day, edition: plan.edition, session, tools) }
    }
}
