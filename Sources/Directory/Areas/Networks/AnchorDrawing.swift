internal import Planning

/// Draws networks around anchor schools: every setting goes to the nearest anchor with room.
enum AnchorDrawing {
    /// An anchor somebody chose.
    struct Choice: Sendable, Equatable {
        let settingID: String
        /// The most settings it takes, itself included; nil for no limit.
        let capacity: Int?
    }

    /// Schools first, then the other places that could gather a network around them.
    static func candidates(_ territory: Territory) -> [TerritorySetting] {
        territory.counted.filter { $0.type.canBeBase && $0.point != nil && !$0.isHome }
    }

    /// Throws `ChangeRefused` when the anchors cannot take the settings.
    static func draw(
        _ choices: [Choice], in territory: Territory, newID: () -> String
    ) throws -> (state: PlanState, notes: [String]) {
        let settings = territory.counted
        let byID = Dictionary(settings.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var anchors: [Anchor] = []
        var areas: [PlanState.Area] = []
        var areaOfAnchor: [String: String] = [:]
        var state = PlanState(areas: [])
        for choice in choices {
            guard let setting = byID[choice.settingID], let point = setting.point else { continue }
            anchors.append(Anchor(id: setting.id, point: point, capacity: choice.capacity.map { $0 - 1 }))
            let name = AreaNames.distinct(setting.name ?? setting.type.name, from: Set(areas.map(\.name)))
            let area = PlanState.Area(
                id: newID(), name: name, baseID: setting.id, isBaseLocked: true, capacity: choice.capacity)
            areas.append(area)
            areaOfAnchor[setting.id] = area.id
            // The anchor belongs to its own network whatever else is near.
            state.areaOfSetting[setting.id] = area.id
        }
        let others = settings.filter { areaOfAnchor[$0.id] == nil }
        // An anchor with room for itself alone takes no other.
        let open = anchors.filter { $0.capacity != 0 }
        let plan: AnchorPlan
        do {
            plan = try assignToAnchors(
                settings: others.compactMap { setting in
                    territory.point(of: setting).map { AnchoredSetting(id: setting.id, point: $0) }
                }, anchors: open)
        } catch {
            throw ChangeRefused(message: words(error, settings: settings.count, choices: choices))
        }
        for (setting, anchor) in plan.anchorOfSetting { state.areaOfSetting[setting] = areaOfAnchor[anchor] }
        state.areas = areas.sorted { $0.name < $1.name }
        var notes: [String] = []
        if !plan.displaced.isEmpty {
            notes.append(
                plan.displaced.count == 1
                    ? "1 setting does not go to its nearest anchor, because that one is full."
                    : "\(plan.displaced.count) settings do not go to their nearest anchor, because that one is full.")
        }
        return (state, notes)
    }

    private static func words(_ error: AnchorError, settings: Int, choices: [Choice]) -> String {
        switch error {
        case .noAnchors: "Choose at least one anchor that has room for others."
        case .tooLittleCapacity:
            """
            The anchors have room for \(choices.compactMap(\.capacity).reduce(0, +)) settings in all, and there are \
            \(settings). Give them more room, or leave one without a limit.
            """
        case .badCapacity: "The room of an anchor must be 1 or more."
        case .badPosition, .duplicateAnchor, .duplicateSetting:
            "Two of the settings cannot be told apart or have no usable place. Look at the data faults, mend them and try again."
        }
    }
}
