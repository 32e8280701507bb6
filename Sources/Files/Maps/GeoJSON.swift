/// Boundaries and places from GeoJSON (RFC 7946): longitude and latitude in degrees, WGS84.
public enum GeoJSON {
    /// A position in degrees, WGS84.
    public struct Point: Sendable, Equatable {
        public let lon: Double
        public let lat: Double

        public init(lon: Double, lat: Double) {
            self.lon = lon
            self.lat = lat
        }
    }

    /// One feature of a collection.
    public struct Feature: Sendable, Equatable {
        /// Its properties as text: numbers and booleans as written, null and nested values left out.
        public let properties: [String: String]
        /// Polygons of rings of points, the outer ring first, each ring closed as it is in the file. Empty if it has
        /// no area.
        public let polygons: [[[Point]]]
        /// Its position, if it is a point.
        public let point: Point?
    }

    /// The most bytes of a file, inflated.
    private static let mostBytes = 512 << 20

    /// All features of a collection, or the one feature or bare geometry the file is.
    ///
    /// - Throws: ``FileProblem`` if it is no GeoJSON, or its coordinates are no degrees (a grid in metres, say).
    public static func read(_ source: ByteSource) throws -> [Feature] {
        var all: [Feature] = []
        try each(source) { all.append($0) }
        return all
    }

    /// The features one after another, for files whose features are not all wanted. Throw ``StopReading`` to end early.
    public static func each(_ source: ByteSource, _ body: (Feature) throws -> Void) throws {
        let bytes = try TextStream(source.open()).readToEnd(limit: mostBytes)
        try bytes.withUnsafeBufferPointer { text in
            guard isUTF8(text) else {
                throw FileProblem(
                    .malformed, file: source.name, "This GeoJSON is not in UTF-8, as it has to be. Save it as UTF-8.")
            }
            var reader = GeoJSONReader(JSONScanner(text, file: source.name, depth: 64), file: source.name)
            do {
                try reader.read(body)
            } catch is StopReading {}
        }
    }
}
