internal import Planning

/// Squares of about two kilometres that the search looks through.
enum FinderCell {
    private static let latitudeStep = 0.018
    private static let longitudeStep = 0.029
    static let metresInADegree = 111_195.0
    /// A degree of longitude is shortest at a circle's end nearest the pole; England lies between 49 and 56 degrees.
    static let leastShortening = 0.55

    static func of(latitude: Double, longitude: Double) -> Int64 {
        key(row: Int64((latitude / latitudeStep).rounded(.down)), column: Int64((longitude / longitudeStep).rounded(.down)))
    }

    /// The cells a circle may touch; a few too many at the corners.
    static func touched(by centre: GeoPoint, metres: Double) -> [Int64] {
        let latitudeReach = metres / metresInADegree
        let longitudeReach = metres / (metresInADegree * leastShortening)
        let rows = range(centre.latitude, latitudeReach, latitudeStep)
        let columns = range(centre.longitude, longitudeReach, longitudeStep)
        return rows.flatMap { row in columns.map { key(row: row, column: $0) } }
    }

    private static func range(_ middle: Double, _ reach: Double, _ step: Double) -> ClosedRange<Int64> {
        Int64(((middle - reach) / step).rounded(.down))...Int64(((middle + reach) / step).rounded(.down))
    }

    private static func key(row: Int64, column: Int64) -> Int64 { row << 32 | (column & 0xFFFF_FFFF) }
}
