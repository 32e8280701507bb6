#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// The Ordnance Survey's National Grid.
///
/// Formulas and figures: Ordnance Survey, "A guide to coordinate systems in Great Britain" (v3.6), annexes A to C and
/// §6.6.
public enum OSGrid {
    /// An ellipsoid's axes in metres.
    private struct Ellipsoid {
        let a: Double
        let b: Double
        var eccentricitySquared: Double { 1 - (b * b) / (a * a) }
    }

    private static let airy1830 = Ellipsoid(a: 6_377_563.396, b: 6_356_256.909)
    private static let wgs84 = Ellipsoid(a: 6_378_137.000, b: 6_356_752.314_245)

    // The projection: scale on the central meridian, true origin (49° N, 2° W) and its coordinates in metres.
    private static let scale = 0.999_601_271_7
    private static let originLat = 49 * Double.pi / 180
    private static let originLon = -2 * Double.pi / 180
    private static let originEasting = 400_000.0
    private static let originNorthing = -100_000.0

    /// National Grid metres (OSGB36) as degrees (WGS84), right to about 5 m (one Helmert transformation for the whole
    /// country).
    ///
    /// - Returns: nil outside the grid's 700 km by 1,300 km, and for 0,0 by which files say "no location".
    public static func toWGS84(easting: Double, northing: Double) -> (lat: Double, lon: Double)? {
        guard easting >= 0, easting <= 700_000, northing >= 0, northing <= 1_300_000 else { return nil }
        guard easting > 0 || northing > 0 else { return nil }
        let (lat, lon) = unproject(easting: easting, northing: northing)
        return geodetic(helmert(cartesian(lat: lat, lon: lon, airy1830)), wgs84)
    }

    /// Annex C.2: eastings and northings to latitude and longitude (radians) on the Airy ellipsoid.
    private static func unproject(easting: Double, northing: Double) -> (lat: Double, lon: Double) {
        let a = airy1830.a * scale
        let e2 = airy1830.eccentricitySquared
        var lat = originLat
        var arc = 0.0
        repeat {
            lat += (northing - originNorthing - arc) / a
            arc = meridianArc(lat)
        } while abs(northing - originNorthing - arc) >= 0.000_01

        let sine = sin(lat)
        let tangent = tan(lat)
        let secant = 1 / cos(lat)
        let nu = a / (1 - e2 * sine * sine).squareRoot()
        let rho = a * (1 - e2) / pow(1 - e2 * sine * sine, 1.5)
        let eta2 = nu / rho - 1
        let t2 = tangent * tangent
        let t4 = t2 * t2
        let t6 = t4 * t2
        let vii = tangent / (2 * rho * nu)
        let viii = tangent / (24 * rho * pow(nu, 3)) * (5 + 3 * t2 + eta2 - 9 * t2 * eta2)
        let ix = tangent / (720 * rho * pow(nu, 5)) * (61 + 90 * t2 + 45 * t4)
        let x = secant / nu
        let xi = secant / (6 * pow(nu, 3)) * (nu / rho + 2 * t2)
        let xii = secant / (120 * pow(nu, 5)) * (5 + 28 * t2 + 24 * t4)
        let xiia = secant / (5040 * pow(nu, 7)) * (61 + 662 * t2 + 1320 * t4 + 720 * t6)

        let d = easting - originEasting
        let d2 = d * d
        let north = lat - vii * d2 + viii * d2 * d2 - ix * d2 * d2 * d2
        let east = originLon + x * d - xi * d * d2 + xii * d * d2 * d2 - xiia * d * d2 * d2 * d2
        return (north, east)
    }

    /// The developed arc of the meridian from the true origin, in metres (annex C.1, equation C3).
    private static func meridianArc(_ lat: Double) -> Double {
        let n = (airy1830.a - airy1830.b) / (airy1830.a + airy1830.b)
        let n2 = n * n
        let n3 = n2 * n
        let difference = lat - originLat
        let sum = lat + originLat
        let first = (1 + n + 1.25 * n2 + 1.25 * n3) * difference
        let second = (3 * n + 3 * n2 + 2.625 * n3) * sin(difference) * cos(sum)
        let third = (1.875 * n2 + 1.875 * n3) * sin(2 * difference) * cos(2 * sum)
        let fourth = 35 / 24 * n3 * sin(3 * difference) * cos(3 * sum)
        return airy1830.b * scale * (first - second + third - fourth)
    }

    /// Annex B.1, at height 0.
    private static func cartesian(lat: Double, lon: Double, _ ellipsoid: Ellipsoid) -> (x: Double, y: Double, z: Double) {
        let e2 = ellipsoid.eccentricitySquared
        let nu = ellipsoid.a / (1 - e2 * sin(lat) * sin(lat)).squareRoot()
        return (nu * cos(lat) * cos(lon), nu * cos(lat) * sin(lon), (1 - e2) * nu * sin(lat))
    }

    /// §6.6, OSGB36 to WGS84: the published parameters with their signs turned round.
    private static func helmert(_ p: (x: Double, y: Double, z: Double)) -> (x: Double, y: Double, z: Double) {
        let second = Double.pi / 180 / 3600
        let s = 1 - 20.4894e-6
        let (rx, ry, rz) = (0.1502 * second, 0.2470 * second, 0.8421 * second)
        return (
            446.448 + p.x * s - p.y * rz + p.z * ry,
            -125.157 + p.x * rz + p.y * s - p.z * rx,
            542.060 - p.x * ry + p.y * rx + p.z * s
        )
    }

    /// Annex B.2: to degrees.
    private static func geodetic(_ p: (x: Double, y: Double, z: Double), _ ellipsoid: Ellipsoid) -> (
        lat: Double, lon: Double
    ) {
        let e2 = ellipsoid.eccentricitySquared
        let distance = (p.x * p.x + p.y * p.y).squareRoot()
        var lat = atan2(p.z, distance * (1 - e2))
        for _ in 0..<6 {
            let nu = ellipsoid.a / (1 - e2 * sin(lat) * sin(lat)).squareRoot()
            lat = atan2(p.z + e2 * nu * sin(lat), distance)
        }
        return (lat * 180 / .pi, atan2(p.y, p.x) * 180 / .pi)
    }
}
