extension AreaProblemError: CustomStringConvertible {
    /// What is wrong and how to mend it.
    public var description: String {
        switch self {
        case .noWards: "There are no wards to divide. Load the ward boundaries of the territory first."
        case .badOutline(let ward): "The boundary of ward \(ward) has a point that is not on the Earth. Load it again."
        case .duplicateWard(let code): "Ward \(code) appears twice. Keep one of them."
        case .duplicateSetting(let id): "Setting \(id) appears twice. Keep one of them."
        case .unknownWard(let setting, let ward):
            "Setting \(setting) is in ward “\(ward)”, which is not in the territory. Correct the ward or leave it out."
        case .badPosition(let setting):
            "Setting \(setting) has no usable latitude and longitude. Correct or leave it out."
        case .badWeight(let setting): "The weight of setting \(setting) must be a number, zero or more."
        case .badTolerance(let value): "The tolerance must be a number, zero or more, such as 0.1; it is \(value)."
        case .badCount(let count): "Ask for one area or more; \(count) were asked for."
        case .moreAreasThanWards(let areas, let wards):
            "\(areas) areas cannot be made from \(wards) wards, because wards stay whole. Ask for at most \(wards)."
        case .noPossibleBase:
            "No setting can be a base. Mark at least one school or group setting as a possible base."
        case .tooFewPossibleBases(let areas, let wards):
            """
            \(areas) areas need \(areas) wards with a setting to be the base, and only \(wards) have one. \
            Ask for at most \(wards) areas.
            """
        case .lockOnUnknownWard(let code): "A lock names ward \(code), which is not in the territory. Remove the lock."
        case .lockOnUnknownSetting(let id): "A lock names setting \(id), which is not in the list. Remove the lock."
        case .lockOnImpossibleBase(let id):
            "A lock makes \(id) a base, but it cannot be one. Mark it as a possible base or remove the lock."
        case .tooManyLockedAreas(let labels, let areas):
            "The locks name \(labels) different areas, but \(areas) were asked for. Ask for more or remove locks."
        case .contradictoryLocks(let what): "The locks contradict each other: \(what). Remove one of them."
        case .badAssignment(let what): "The plan cannot be read: \(what)."
        }
    }
}
