internal import Civil
internal import Directory
internal import House
internal import Page
internal import Store

extension Deed {
    private static let team: [Role: Reach] = [
        .administrator: .anywhere, .hubLead: .ownHub, .coordinator: .ownHub, .champion: .ownHub, .mentor: .ownHub, .adviser: .ownHub,
        .areaSENCo: .ownHub, .healthPartner: .ownHub,
    ]
    static let seeRollOut = Deed("network.rollout.see", "See the plan of how the hub begins, and tick its steps", team)
    static let keepRollOut = Deed(
        "network.rollout.keep", "Write the plan of how the hub begins",
        [.administrator: .anywhere, .hubLead: .ownHub, .coordinator: .ownHub, .adviser: .ownHub])
}

extension Network {
    static let rollOutDeeds: [Deed] = [.seeRollOut, .keepRollOut]

    /// A hub's plans of how it begins (`docs/rules/roll-out.md`).
    var rollOutRoutes: [Route] {
        let base = "/staff/network/{hub}/rollout"
        let plan = "\(base)/{rollout}"
        let step = "\(plan)/steps/{step}"
        return [
            route(.get, "/staff/rollout", .seeRollOut, "Roll-out: choose a hub") { room, _ in try await room.chooseHub(for: .rollout) },
            route(.get, base, .seeRollOut, "A hub’s roll-out", at: Self.atHub) { try await $0.rollOutsPage($1) },
            route(.get, "\(base)/new", .keepRollOut, "Begin a roll-out", at: Self.atHub) {
                try await $0.newRollOutPage($1, errors: FieldErrors())
            },
            route(.post, "\(base)/new", .keepRollOut, "Begin a roll-out", at: Self.atHub) { try await $0.makeRollOut($1) },
            route(.get, plan, .seeRollOut, "One plan of a roll-out", at: Self.atRollOut) { try await $0.rollOutPage($1) },
            route(.get, "\(plan)/print", .seeRollOut, "A plan of a roll-out, to print", at: Self.atRollOut) {
                try await $0.printRollOut($1)
            },
            route(.get, "\(plan)/edit", .keepRollOut, "Change a plan’s name and start", at: Self.atRollOut) {
                try await $0.editRollOutPage($1, errors: FieldErrors())
            },
            route(.post, "\(plan)/edit", .keepRollOut, "Change a plan’s name and start", at: Self.atRollOut) {
                try await $0.saveRollOut($1)
            },
            route(.post, "\(plan)/remove", .keepRollOut, "Take a plan away", at: Self.atRollOut) {
                try await $0.removeRollOut($1, isRemoved: true)
            },
            route(.post, "\(plan)/restore", .keepRollOut, "Bring a plan back", at: Self.atRollOut) {
                try await $0.removeRollOut($1, isRemoved: false)
            },
            route(.get, "\(plan)/add", .keepRollOut, "Add a step", at: Self.atRollOut) {
                try await $0.addStepPage($1, errors: FieldErrors())
            },
            route(.post, "\(plan)/add", .keepRollOut, "Add a step", at: Self.atRollOut) { try await $0.addStep($1) },
            route(.get, step, .keepRollOut, "Change a step", at: Self.atStep) { try await $0.stepPage($1, errors: FieldErrors()) },
            route(.post, step, .keepRollOut, "Change a step", at: Self.atStep) { try await $0.saveStep($1) },
            route(.post, "\(step)/done", .seeRollOut, "Tick a step, or take the tick back", at: Self.atStep) { try await $0.tickStep($1) },
            route(.post, "\(step)/{change}", .keepRollOut, "Move a step, take it away or bring it back", at: Self.atStep) {
                try await $0.changeStep($1)
            },
        ]
    }

    private static let atRollOut: @Sendable (Request, any Session) throws -> Whereabouts = { request, session in
        let place = try atHub(request, session)
        guard let hub = place.hubs.first,
            try session.count("select count(*) from rollout where id = \(request.parameter("rollout")) and hub_id = \(hub)") > 0
        else { throw Refusal.notFound("There is no plan at this address.") }
        return place
    }

    private static let atStep: @Sendable (Request, any Session) throws -> Whereabouts = { request, session in
        let place = try atRollOut(request, session)
        let (plan, step) = (request.parameter("rollout"), request.parameter("step"))
        guard try session.count("select count(*) from rollout_step where id = \(step) and rollout_id = \(plan)") > 0 else {
            throw Refusal.notFound("There is no step at this address.")
        }
        return place
    }

    func mayKeepRollOut(_ hub: String) -> Bool { Permission.answer(tools.asker.hats, .keepRollOut, Whereabouts(hubs: [hub])) == .yes }

    /// Steps that are overdue and one's own, or nobody's.
    static func rollOutDues(clock: Clock) -> [Due] {
        [
            Due(
                .seeRollOut, "/staff/rollout", one: "step of a roll-out is overdue", several: "steps of a roll-out are overdue",
                count: { asker, session in
                    let hubs = asker.hats.filter { Deed.seeRollOut.reaches[$0.role] != nil }.compactMap(\.hubID)
                    let place: SQL = asker.isAdministrator ? "1 = 1" : "s.hub_id in \(list: hubs)"
                    return try session.count(
                        """
                        select count(*) from rollout_step s join rollout r on r.id = s.rollout_id
                        where s.due_day < \(clock.today) and s.done_day is null and s.removed_at is null and r.removed_at is null
                            and \(place) and (s.owner_person is null or s.owner_person = \(asker.personID ?? ""))
                        """)
                })
        ]
    }

    static let rollOutHoldings: [Holding] = [
        byNumber("rollout", "Plans of a roll-out you made", "title, start_day, made_at"),
        Holding(
            "rollout_step", ["owner_person", "done_by", "by_whom"], "Steps of a roll-out that are yours",
            fate: "The step stays and is nobody’s; what was written stays by number.",
            rows: { id, session in
                try session.all(
                    """
                    select title, area_name, due_day, done_day, case when owner_person = \(id) then note end as note from rollout_step
                    where owner_person = \(id) or done_by = \("person:\(id)") or by_whom = \("person:\(id)") order by due_day, id
                    """)
            },
            forget: { id, _, session in
                try session.run("update rollout_step set owner_person = null where owner_person = \(id)")
            }),
    ]
}
