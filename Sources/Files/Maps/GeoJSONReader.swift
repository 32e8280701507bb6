/// Walks a GeoJSON text. Keys may come in any order, so a geometry's coordinates are noted and read once its type is
/// known.
struct GeoJSONReader {
    private var scanner: JSONScanner
    private let file: String

    init(_ scanner: JSONScanner, file: String) {
        self.scanner = scanner
        self.file = file
    }

    /// Areas and a position, as far as there are any.
    private struct Shape {
        var polygons: [[[GeoJSON.Point]]] = []
        var point: GeoJSON.Point?
    }

    /// An object that may be a feature or a geometry, with what either needs.
    private struct Parts {
        var type = ""
        var properties: [String: String] = [:]
        var geometry = Shape()
        var coordinates: Int?
        var geometries: Shape?
    }

    mutating func read(_ body: (GeoJSON.Feature) throws -> Void) throws {
        guard try scanner.peek() == .object else { throw notGeoJSON() }
        var sawFeatures = false
        let parts = try readParts { reader in
            sawFeatures = true
            try reader.scanner.array { scanner in
                var inner = GeoJSONReader(scanner, file: reader.file)
                try body(inner.readFeature())
                scanner = inner.scanner
            }
        }
        try scanner.finish()
        if sawFeatures { return }
        guard !parts.type.isEmpty, parts.type != "FeatureCollection" else { throw notGeoJSON() }
        try body(feature(parts))
    }

    private mutating func readFeature() throws -> GeoJSON.Feature {
        guard try scanner.peek() == .object else { throw scanner.malformed("A feature was expected here.") }
        return try feature(readParts { try $0.scanner.skip() })
    }

    private func feature(_ parts: Parts) throws -> GeoJSON.Feature {
        let shape = parts.type == "Feature" ? parts.geometry : try self.shape(parts)
        return GeoJSON.Feature(properties: parts.properties, polygons: shape.polygons, point: shape.point)
    }

    private mutating func readParts(_ features: (inout GeoJSONReader) throws -> Void) throws -> Parts {
        var parts = Parts()
        let file = file
        try scanner.object { scanner, key in
            switch (key, try scanner.peek()) {
            case ("type", .string):
                parts.type = try scanner.string()
            case ("properties", .object):
                parts.properties = try GeoJSONReader.properties(&scanner)
            case ("geometry", .object):
                var inner = GeoJSONReader(scanner, file: file)
                parts.geometry = try inner.shape(inner.readParts { try $0.scanner.skip() })
                scanner = inner.scanner
            case ("geometries", .array):
                var all = Shape()
                try scanner.array { scanner in
                    var inner = GeoJSONReader(scanner, file: file)
                    let shape = try inner.shape(inner.readParts { try $0.scanner.skip() })
                    all.polygons += shape.polygons
                    all.point = all.point ?? shape.point
                    scanner = inner.scanner
                }
                parts.geometries = all
            case ("coordinates", .array):
                parts.coordinates = scanner.position
                try scanner.skip()
            case ("features", .array):
                var inner = GeoJSONReader(scanner, file: file)
                try features(&inner)
                scanner = inner.scanner
            default:
                try scanner.skip()
            }
        }
        return parts
    }

    private static func properties(_ scanner: inout JSONScanner) throws -> [String: String] {
        var found: [String: String] = [:]
        try scanner.object { scanner, key in
            switch try scanner.peek() {
            case .object, .array: try scanner.skip()
            default: if let value = try scanner.scalar() { found[key] = value }
            }
        }
        return found
    }

    private func shape(_ parts: Parts) throws -> Shape {
        if let geometries = parts.geometries { return geometries }
        var shape = Shape()
        guard let coordinates = parts.coordinates else { return shape }
        var there = scanner.moved(to: coordinates)
        switch parts.type {
        case "Polygon":
            let rings = try self.rings(&there)
            if !rings.isEmpty { shape.polygons = [rings] }
        case "MultiPolygon":
            try there.array { scanner in
                let rings = try self.rings(&scanner)
                if !rings.isEmpty { shape.polygons.append(rings) }
            }
        case "Point":
            shape.point = try position(&there)
        default: break
        }
        return shape
    }

    private func rings(_ scanner: inout JSONScanner) throws -> [[GeoJSON.Point]] {
        var rings: [[GeoJSON.Point]] = []
        try scanner.array { scanner in
            var ring: [GeoJSON.Point] = []
            try scanner.array { scanner in
                guard let point = try position(&scanner) else { throw scanner.malformed("A position is empty.") }
                ring.append(point)
            }
            if !ring.isEmpty { rings.append(ring) }
        }
        return rings
    }

    /// Longitude, latitude; a height and anything after it is passed over. Nil for an empty position.
    private func position(_ scanner: inout JSONScanner) throws -> GeoJSON.Point? {
        var lon: Double?
        var lat: Double?
        try scanner.array { scanner in
            let number = try scanner.number()
            if lon == nil { lon = number } else if lat == nil { lat = number }
        }
        guard let lon else { return nil }
        guard let lat else { throw scanner.malformed("A position has no latitude.") }
        guard abs(lon) <= 180, abs(lat) <= 90 else {
            throw FileProblem(
                .unsupported, file: file,
                "The coordinates of this map are not degrees (the British grid in metres, perhaps). Export it "
                    + "again as WGS84 (EPSG:4326)."
            )
        }
        return GeoJSON.Point(lon: lon, lat: lat)
    }

    private func notGeoJSON() -> FileProblem {
        FileProblem(.unsupported, file: file, "This is not GeoJSON. Check that it is the right file.")
    }
}
