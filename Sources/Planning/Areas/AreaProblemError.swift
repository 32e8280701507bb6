/// Why an `AreaProblem` cannot be answered at all. `description` is plain English for the person who asked.
public enum AreaProblemError: Error, Equatable, Sendable {
    case noWards
    /// A vertex of the outline is not a number or not on the Earth.
    case badOutline(ward: String)
    case duplicateWard(String)
    case duplicateSetting(String)
    /// The setting's ward is not in the territory.
    case unknownWard(setting: String, ward: String)
    /// Latitude or longitude is not a number or not on the Earth.
    case badPosition(setting: String)
    /// A weight is negative or not a finite number.
    case badWeight(setting: String)
    /// The tolerance is negative or not a number.
    case badTolerance(Double)
    case badCount(Int)
    case moreAreasThanWards(areas: Int, wards: Int)
    case noPossibleBase
    /// Each area needs a ward with a setting in it to be its base.
    case tooFewPossibleBases(areas: Int, wardsWithSettings: Int)
    /// A lock names a ward that is not in the territory.
    case lockOnUnknownWard(String)
    /// A lock names a setting that does not exist.
    case lockOnUnknownSetting(String)
    /// The setting named by a lock cannot be a base.
    case lockOnImpossibleBase(String)
    case tooManyLockedAreas(labels: Int, areas: Int)
    /// Locks contradict each other; the text says which.
    case contradictoryLocks(String)
    /// A hand-made assignment names something that does not exist; the text says what.
    case badAssignment(String)
}
