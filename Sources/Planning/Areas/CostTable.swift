#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// What it costs to serve a ward from a setting: the sum over the ward's settings of weight x metres.
///
/// Kept as a table while that fits in memory, worked out on demand for a whole country.
struct CostTable: Sendable {
    /// Largest table kept, in entries (8 bytes each).
    private static let largestTable = 6_000_000

    private let x: [Double]
    private let y: [Double]
    private let z: [Double]
    private let weight: [Double]
    /// Settings of ward w are `order[start[w]..<start[w + 1]]`; settings are numbered so that this is the range itself.
    private let start: [Int]
    /// Row per base, or empty.
    private let table: [Double]
    private let wards: Int

    /// - Parameter start: settings are numbered ward by ward; ward w has `start[w]..<start[w + 1]`.
    init(points: [GeoPoint], weight: [Double], start: [Int], bases: [Int]) {
        let radian = Double.pi / 180
        x = points.map { cos($0.latitude * radian) * cos($0.longitude * radian) }
        y = points.map { cos($0.latitude * radian) * sin($0.longitude * radian) }
        z = points.map { sin($0.latitude * radian) }
        self.weight = weight
        self.start = start
        wards = start.count - 1
        var rows: [Double] = []
        if wards * points.count <= Self.largestTable {
            rows = [Double](repeating: 0, count: wards * points.count)
            for base in bases {
                for ward in 0..<wards {
                    rows[base * wards + ward] = Self.sum(base, start[ward]..<start[ward + 1], x, y, z, weight)
                }
            }
        }
        table = rows
    }

    /// Weight x metres of a ward's settings to the setting `base`.
    @inline(__always)
    func cost(base: Int, ward: Int) -> Double {
        table.isEmpty
            ? Self.sum(base, start[ward]..<start[ward + 1], x, y, z, weight) : table[base * wards + ward]
    }

    /// The chord through the Earth gives the arc; the series is exact to 1e-13 for arcs below 600 km.
    @inline(__always)
    private static func sum(
        _ base: Int, _ range: Range<Int>, _ x: [Double], _ y: [Double], _ z: [Double], _ weight: [Double]
    ) -> Double {
        let bx = x[base]
        let by = y[base]
        let bz = z[base]
        var total = 0.0
        for s in range {
            let dx = x[s] - bx
            let dy = y[s] - by
            let dz = z[s] - bz
            let square = (dx * dx + dy * dy + dz * dz) / 4
            let half = square.squareRoot()
            let arc =
                square < 0.0025
                ? half * (1 + square * (1.0 / 6 + square * (3.0 / 40 + square * (15.0 / 336 + square * 105 / 3456))))
                : asin(min(1, half))
            total += weight[s] * arc
        }
        return 2 * GreatCircle.meanEarthRadius * total
    }
}
