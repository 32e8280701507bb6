extension BrokenRule: CustomStringConvertible {
    /// The broken rule in plain English, with codes as they are; a page may want to say it with names.
    public var description: String {
        switch self {
        case .balance(let area, let share):
            "Area \(area) is \(PlanTelling.percent(abs(share))) too \(share > 0 ? "heavy" : "light")."
        case .connection(let area, let pieces):
            "Area \(area) falls into \(pieces.count) pieces; cut off: \(pieces.dropFirst().joined().joined(separator: ", "))."
        case .base(let area, let setting):
            setting.map { "The base of area \(area), \($0), lies outside it or cannot be a base." }
                ?? "Area \(area) has no base."
        case .wardLock(let ward, let wants): "Ward \(ward) is locked to \(wants)."
        case .baseLock(let area, let wants): "Area \(area) is locked to the base \(wants)."
        case .unassigned(let ward): "Ward \(ward) is in no area."
        case .count(let found, let wanted): "There are \(found) areas; \(wanted) were asked for."
        }
    }
}
