internal import Page
internal import Planning

/// The outline of a ward as the database keeps it: the `coordinates` of its GeoJSON, longitude before latitude, degrees WGS84.
///
/// Reading is forgiving about how deeply the brackets nest, because a polygon has one level fewer than several polygons.
struct WardShape: Sendable, Equatable {
    /// Every ring of every polygon, holes too.
    let rings: [[GeoPoint]]

    init(rings: [[GeoPoint]]) { self.rings = rings }

    init(text: String) {
        var rings: [[GeoPoint]] = []
        var ring: [GeoPoint] = []
        var longitude: Double?
        var number: [UInt8] = []
        var wasClosing = false
        func isPartOfNumber(_ byte: UInt8) -> Bool {
            (byte >= 48 && byte <= 57) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
                || (!number.isEmpty
                    && (byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") || byte == UInt8(ascii: "+")))
        }
        func endNumber() {
            guard !number.isEmpty else { return }
            let value = Double(String(decoding: number, as: UTF8.self))
            number.removeAll(keepingCapacity: true)
            guard let value else { return }
            if let east = longitude {
                ring.append(GeoPoint(latitude: value, longitude: east))
                longitude = nil
            } else {
                longitude = value
            }
        }
        func endRing() {
            if ring.count >= 3 { rings.append(ring) }
            ring = []
            longitude = nil
        }
        for byte in text.utf8 {
            if isPartOfNumber(byte) {
                number.append(byte)
                wasClosing = false
                continue
            }
            endNumber()
            if byte == UInt8(ascii: "]") {
                if wasClosing { endRing() }
                wasClosing = true
            } else if byte == UInt8(ascii: ";") || byte == UInt8(ascii: "|") {
                endRing()
            }
        }
        endNumber()
        endRing()
        self.rings = rings
    }

    /// What the database keeps: one polygon for each ring, since drawing needs no more.
    var text: String {
        let polygons = rings.map { ring in
            "[[\(ring.map { "[\($0.longitude),\($0.latitude)]" }.joined(separator: ","))]]"
        }
        return "[\(polygons.joined(separator: ","))]"
    }

    /// The rings as the map draws them.
    var drawn: [[LonLat]] { rings.map { ring in ring.map { LonLat($0.longitude, $0.latitude) } } }

    /// Whether the point lies inside, by the even-odd rule: holes count as outside.
    func contains(_ point: GeoPoint) -> Bool {
        var isInside = false
        for ring in rings {
            guard var before = ring.last else { continue }
            for corner in ring {
                if (corner.latitude > point.latitude) != (before.latitude > point.latitude) {
                    let share = (point.latitude - corner.latitude) / (before.latitude - corner.latitude)
                    let crossing = corner.longitude + share * (before.longitude - corner.longitude)
                    if point.longitude < crossing { isInside.toggle() }
                }
                before = corner
            }
        }
        return isInside
    }
}
