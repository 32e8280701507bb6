internal import Civil
internal import House
internal import Planning
internal import Store

/// A plan with all that stands around it, read in one go.
struct PlanPicture: Sendable {
    /// The last thing somebody did to a draft that has not been undone.
    struct Step: Sendable {
        let number: Int
        /// What was done, as a sentence.
        let sentence: String
        let at: Instant?
    }

    let plan: Plan
    let scheme: Scheme
    let hub: Hub
    let territory: Territory
    let state: PlanState
    let lastStep: Step?

    static func of(_ id: String, _ session: any Session) throws -> PlanPicture {
        let plan = try Plans.with(id: id, session)
        let scheme = try Schemes.with(id: plan.schemeID, session)
        let hub = try Hubs.with(id: scheme.hubID, session)
        return try of(plan, scheme, Territory.of(hub, session), session)
    }

    /// The same where the territory has been read already.
    static func of(
        _ plan: Plan, _ scheme: Scheme, _ territory: Territory, _ session: any Session
    ) throws -> PlanPicture {
        let step = try session.first(
            """
            select number, subject, at from plan_step where plan_id = \(plan.id) and undone_at is null
            order by number desc limit 1
            """
        ).map { Step(number: $0.int("number"), sentence: $0.text("subject"), at: $0.instant("at")) }
        return PlanPicture(
            plan: plan, scheme: scheme, hub: territory.hub, territory: territory,
            state: try Plans.state(of: plan.id, session), lastStep: step)
    }

    var drawing: Drawing { Drawing(territory, plan) }

    /// The setting of this id, if it is in the hub's wards.
    func setting(_ id: String?) -> TerritorySetting? { territory.settings.first { $0.id == id } }

    /// The area a setting belongs to in this plan.
    func area(of setting: TerritorySetting) -> String? {
        scheme.divides == .settings ? state.areaOfSetting[setting.id] : state.areaOfWard[setting.ward]
    }
}
