/// A ward as drawn on a map: every ring of every polygon (outer rings, islands and holes alike).
public struct WardOutline: Sendable {
    /// The ward's official code (never its name: names repeat).
    public var code: String
    /// The ward's name, for messages.
    public var name: String
    /// Boundary rings. The closing vertex may be repeated or left out.
    public var rings: [[GeoPoint]]

    public init(code: String, name: String, rings: [[GeoPoint]]) {
        self.code = code
        self.name = name
        self.rings = rings
    }
}

/// Two wards that share no boundary, joined because the territory would otherwise fall into pieces.
public struct WardBridge: Sendable, Hashable {
    /// Code of the ward that comes first in the alphabet.
    public var from: String
    public var to: String
    /// Metres between the nearest vertices of their boundaries.
    public var metres: Double

    public init(from: String, to: String, metres: Double) {
        self.from = from
        self.to = to
        self.metres = metres
    }
}

/// Which wards lie next to each other. See `docs/rules/drawing-areas.md`.
public struct WardNeighbours: Sendable {
    /// Ward code -> codes of its neighbours, in alphabetical order. Every ward has an entry.
    public var neighbours: [String: [String]]
    /// Wards without a single neighbour (islands, mostly), in alphabetical order.
    public var isolated: [String]
    /// The fewest and shortest joins that make the territory one piece; empty when it is one already.
    public var bridges: [WardBridge]
}
