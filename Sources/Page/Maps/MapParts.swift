/// A place on the earth, in degrees (WGS 84).
public struct LonLat: Sendable, Equatable, Hashable {
    public var longitude: Double
    public var latitude: Double

    public init(_ longitude: Double, _ latitude: Double) {
        self.longitude = longitude
        self.latitude = latitude
    }
}

/// A piece of ground: a ward, a territory.
public struct MapShape: Sendable {
    /// Its code, which a tap may choose in a form.
    public var id: String
    public var title: String
    /// All rings of all its parts, outer and inner alike; the even-odd rule finds the holes.
    public var rings: [[LonLat]]
    /// Which area it belongs to: a colour **and** a pattern, 0 to 7, then round again.
    public var tint: Int?
    /// How much of something there is in it, 0 to 4, from light to dark; instead of a tint.
    public var shade: Int?
    public var href: String?
    public var isSelected = false
    public var isLocked = false
    /// Words drawn in it.
    public var label: String?

    public init(id: String, title: String, rings: [[LonLat]], tint: Int? = nil, href: String? = nil) {
        self.id = id
        self.title = title
        self.rings = rings
        self.tint = tint
        self.href = href
    }
}

/// One setting on the map. Never a home: a childminder is a `MapCount` of a ward.
public struct MapPoint: Sendable {
    public var place: LonLat
    public var mark: Mark
    public var title: String
    public var href: String?
    /// Stands back behind the others.
    public var isFaint = false

    public init(_ place: LonLat, mark: Mark, title: String, href: String? = nil) {
        self.place = place
        self.mark = mark
        self.title = title
        self.href = href
    }
}

/// How many of a kind are somewhere in a ward.
public struct MapCount: Sendable {
    public var place: LonLat
    public var count: Int
    public var mark: Mark
    /// With the figure in words: "8 childminders in Custom House".
    public var title: String
    public var href: String?

    public init(_ place: LonLat, count: Int, mark: Mark, title: String, href: String? = nil) {
        self.place = place
        self.count = count
        self.mark = mark
        self.title = title
        self.href = href
    }
}

/// The base of an area: a star in a ring.
public struct MapBase: Sendable {
    public var place: LonLat
    public var title: String
    public var href: String?

    public init(_ place: LonLat, title: String, href: String? = nil) {
        self.place = place
        self.title = title
        self.href = href
    }
}

/// Words on the map.
public struct MapPlace: Sendable {
    public var place: LonLat
    public var label: String

    public init(_ place: LonLat, _ label: String) {
        self.place = place
        self.label = label
    }
}

/// One line of the key.
public enum MapLegend: Sendable {
    case tint(Int, String)
    case shade(Int, String)
    case mark(Mark, String)
    case count(Mark, String)
    case base(String)
    case locked(String)
}
