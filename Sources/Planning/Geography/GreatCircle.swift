#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// A place on the Earth in degrees (WGS84).
public struct GeoPoint: Sendable, Hashable {
    /// Degrees north, -90 to 90.
    public var latitude: Double
    /// Degrees east, -180 to 180.
    public var longitude: Double

    public init(latitude: Double, longitude: Double) {
        self.latitude = latitude
        self.longitude = longitude
    }

    /// Whether both numbers are finite and lie on the Earth.
    public var isOnEarth: Bool { abs(latitude) <= 90 && abs(longitude) <= 180 }
}

/// Distances over the Earth as a sphere.
public enum GreatCircle {
    /// The mean radius of the Earth in metres (IUGG, R1 of WGS84).
    public static let meanEarthRadius = 6_371_008.8

    /// The great-circle distance in metres between two places, by the haversine formula.
    public static func metres(from: GeoPoint, to: GeoPoint) -> Double {
        let radian = Double.pi / 180
        let south = sin((to.latitude - from.latitude) * radian / 2)
        let east = sin((to.longitude - from.longitude) * radian / 2)
        let haversine =
            south * south + cos(from.latitude * radian) * cos(to.latitude * radian) * east * east
        return 2 * meanEarthRadius * asin(min(1, haversine.squareRoot()))
    }
}
