/// A setting looking for its nearest anchor.
public struct AnchoredSetting: Sendable, Hashable {
    public var id: String
    public var point: GeoPoint

    public init(id: String, point: GeoPoint) {
        self.id = id
        self.point = point
    }
}

/// A place that a network gathers around, such as a school.
public struct Anchor: Sendable, Hashable {
    public var id: String
    public var point: GeoPoint
    /// The most settings it can take; nil for no limit.
    public var capacity: Int?

    public init(id: String, point: GeoPoint, capacity: Int? = nil) {
        self.id = id
        self.point = point
        self.capacity = capacity
    }
}

/// Which anchor each setting goes to.
public struct AnchorPlan: Sendable, Equatable {
    /// Setting id -> anchor id.
    public var anchorOfSetting: [String: String]
    /// Sum of the metres from each setting to its anchor.
    public var totalMetres: Double
    /// Settings that do not go to their nearest anchor because it is full, in alphabetical order.
    public var displaced: [String]
}

/// Why settings cannot be given to anchors.
public enum AnchorError: Error, Equatable, Sendable {
    case noAnchors
    case duplicateAnchor(String)
    case duplicateSetting(String)
    /// Latitude or longitude is not a number or not on the Earth; the id is a setting's or an anchor's.
    case badPosition(String)
    case badCapacity(anchor: String)
    /// All anchors together have `places` places for `settings` settings.
    case tooLittleCapacity(settings: Int, places: Int)
}
