internal import Planning

/// Rules that a division breaks, in sentences with names.
enum BrokenRules {
    static func sentences(_ picture: PlanPicture, _ drawing: Drawing) -> [String] {
        let evaluation: AreaEvaluation
        do {
            evaluation = try drawing.evaluate(picture.state)
        } catch {
            return [error.description]
        }
        var found = evaluation.broken.compactMap { sentence($0, picture) }
        for area in picture.state.areas where !picture.state.areaOfWard.values.contains(area.id) {
            found.append("\(area.name) has no wards left. Move a ward into it, or draw again with fewer areas.")
        }
        return found
    }

    static func sentence(_ rule: BrokenRule, _ picture: PlanPicture) -> String? {
        func name(_ area: String) -> String { picture.state.area(area)?.name ?? area }
        switch rule {
        case .balance(let area, let share):
            let most = Measure.percent(picture.plan.tolerance)
            return """
                \(name(area)) has \(Measure.percent(abs(share))) \(share > 0 ? "more" : "fewer") \(picture.plan.balance.rawValue) \
                than the mean, where \(most) is allowed.
                """
        case .connection(let area, let pieces):
            let cut = pieces.dropFirst().joined().map { picture.territory.name(ofWard: $0) }
            let verb = cut.count == 1 ? "is" : "are"
            return "\(name(area)) does not hang together: \(Measure.list(cut)) \(verb) cut off from the rest of it."
        case .base(let area, nil):
            return "\(name(area)) has no base."
        case .base(let area, let setting):
            let base = picture.setting(setting)?.name ?? "its base"
            return "The base of \(name(area)), \(base), lies outside it or cannot be a base any more. Choose another."
        case .wardLock(let ward, let wants):
            return "\(picture.territory.name(ofWard: ward)) is locked to \(name(wants))."
        case .baseLock(let area, _):
            return "\(name(area)) does not have the base it is locked to."
        case .unassigned(let ward):
            return "\(picture.territory.name(ofWard: ward)) is in no area. Move it into one."
        case .count:
            return nil
        }
    }

    /// What kinds of rules these are, in a word or two each, for where a sentence is too long.
    static func kinds(_ rules: [BrokenRule]) -> [String] {
        var kinds: [String] = []
        for rule in rules {
            let kind =
                switch rule {
                case .balance: "out of balance"
                case .connection: "not in one piece"
                case .base: "no base"
                case .wardLock, .baseLock: "breaks a lock"
                case .unassigned: "a ward left out"
                case .count: "an area left empty"
                }
            if !kinds.contains(kind) { kinds.append(kind) }
        }
        return kinds
    }

    /// Anchors with more settings than they can take.
    static func overfull(_ areas: [AreaFigures]) -> [String] {
        areas.compactMap { figures in
            guard let capacity = figures.area.capacity, figures.settings.count > capacity else { return nil }
            return "\(figures.area.name) has \(figures.settings.count) settings, and room for \(capacity)."
        }
    }
}
