/// A ward of the territory to be divided.
public struct AreaWard: Sendable, Hashable {
    /// The ward's official code.
    public var code: String
    /// The ward's name, for messages.
    public var name: String
    /// Codes of the wards next to it; one-sided mention is enough. Codes outside the territory are ignored.
    public var neighbours: [String]

    public init(code: String, name: String, neighbours: [String]) {
        self.code = code
        self.name = name
        self.neighbours = neighbours
    }
}

/// A setting that belongs to the area its ward is given to.
public struct AreaSetting: Sendable, Hashable {
    public var id: String
    public var point: GeoPoint
    /// Code of the ward its postcode says.
    public var ward: String
    /// What it counts for: 1 to balance by settings, its places to balance by places. Zero or more.
    public var weight: Double
    /// Whether meetings could be held here: a children's centre, a school, a group setting.
    public var canBeBase: Bool

    public init(id: String, point: GeoPoint, ward: String, weight: Double = 1, canBeBase: Bool) {
        self.id = id
        self.point = point
        self.ward = ward
        self.weight = weight
        self.canBeBase = canBeBase
    }
}

/// What the person drawing the areas has already settled.
public struct AreaLocks: Sendable, Hashable {
    /// Ward code -> area label. Wards with one label stay together, wards with different labels apart.
    public var areaOfWard: [String: String]
    /// Area label -> id of the setting that must be its base.
    public var baseOfArea: [String: String]
    /// Ward code -> id of the base it must belong to.
    public var baseOfWard: [String: String]

    public init(
        areaOfWard: [String: String] = [:], baseOfArea: [String: String] = [:], baseOfWard: [String: String] = [:]
    ) {
        self.areaOfWard = areaOfWard
        self.baseOfArea = baseOfArea
        self.baseOfWard = baseOfWard
    }

    /// Whether nothing is locked.
    public var isEmpty: Bool { areaOfWard.isEmpty && baseOfArea.isEmpty && baseOfWard.isEmpty }
}

/// A territory to be divided into areas, each around a base. See `docs/rules/drawing-areas.md`.
///
/// The order of wards and settings does not matter: the same wards, settings, locks and seed give the same plan.
public struct AreaProblem: Sendable {
    public var wards: [AreaWard]
    /// Joins over water or gaps, from `WardNeighbours.bridges`; they count as neighbours and are named in the notes.
    public var bridges: [WardBridge]
    public var settings: [AreaSetting]
    /// How many areas to draw.
    public var count: Int
    /// How far an area's weight may lie from the mean, as a share of the mean.
    public var tolerance: Double
    public var locks: AreaLocks
    /// Where the search starts from. Another seed may give another plan where no optimum is proven.
    public var seed: UInt64

    /// The tolerance used unless another is given: 10 % either side of the mean.
    public static let defaultTolerance = 0.10

    public init(
        wards: [AreaWard], bridges: [WardBridge] = [], settings: [AreaSetting], count: Int,
        tolerance: Double = AreaProblem.defaultTolerance, locks: AreaLocks = AreaLocks(), seed: UInt64 = 1
    ) {
        self.wards = wards
        self.bridges = bridges
        self.settings = settings
        self.count = count
        self.tolerance = tolerance
        self.locks = locks
        self.seed = seed
    }
}
