/// The rings of a shape in picture units, with points that fall on each other left out.
struct MapOutline {
    var rings: [[MapSpot]]

    init(_ shape: MapShape, _ projection: MapProjection) {
        rings = shape.rings.compactMap { ring in
            var spots: [MapSpot] = []
            spots.reserveCapacity(ring.count)
            for place in ring {
                let spot = projection.tenths(place)
                if spots.last != spot { spots.append(spot) }
            }
            if spots.count > 1, spots.first == spots.last { spots.removeLast() }
            return spots.count > 2 ? spots : nil
        }
    }

    /// The `d` of a path.
    var path: HTML {
        var buffer = HTMLBuffer(capacity: rings.reduce(0) { $0 + $1.count } * 12)
        for ring in rings {
            buffer.bytes.append(UInt8(ascii: "M"))
            for (index, spot) in ring.enumerated() {
                if index > 0 { buffer.bytes.append(UInt8(ascii: " ")) }
                buffer.spot(spot)
            }
            buffer.bytes.append(UInt8(ascii: "Z"))
        }
        return HTML(bytes: buffer.bytes)
    }

    /// A spot well inside: the middle of the longest level stretch through the largest ring's middle height.
    var inside: MapSpot? {
        guard let ring = rings.max(by: { Self.doubledArea($0) < Self.doubledArea($1) }) else { return nil }
        let low = ring.map(\.y).min() ?? 0
        let high = ring.map(\.y).max() ?? 0
        var best: (length: Int, spot: MapSpot)?
        // Three heights are tried, for a shape may have a waist in the middle.
        for part in [4, 5, 6] {
            let level = Double(low) + Double(high - low) * Double(part) / 10 + 0.25
            let crossings = Self.crossings(of: ring, at: level)
            for pair in stride(from: 0, to: crossings.count - 1, by: 2) {
                let length = crossings[pair + 1] - crossings[pair]
                if length > best?.length ?? 0 {
                    let spot = MapSpot(x: (crossings[pair] + crossings[pair + 1]) / 2, y: Int(level))
                    best = (length, spot)
                }
            }
        }
        return best?.spot ?? ring.first
    }

    private static func crossings(of ring: [MapSpot], at level: Double) -> [Int] {
        var found: [Int] = []
        for (index, a) in ring.enumerated() {
            let b = ring[(index + 1) % ring.count]
            let (ay, by) = (Double(a.y), Double(b.y))
            if (ay < level) == (by < level) { continue }
            found.append(Int(Double(a.x) + (level - ay) / (by - ay) * Double(b.x - a.x)))
        }
        return found.sorted()
    }

    private static func doubledArea(_ ring: [MapSpot]) -> Int {
        var sum = 0
        for (index, a) in ring.enumerated() {
            let b = ring[(index + 1) % ring.count]
            sum += a.x * b.y - b.x * a.y
        }
        return Int(sum.magnitude)
    }
}

/// The lines between areas: edges that only one shape of an area has. Wards then read as one area without its colour.
func mapBorders(_ groups: [[MapOutline]]) -> HTML {
    var buffer = HTMLBuffer(capacity: 4_096)
    for outlines in groups {
        let rings = outlines.flatMap(\.rings)
        let single = MapEdges(rings)
        for ring in rings {
            var isDrawing = false
            for index in ring.indices {
                let next = index + 1 == ring.count ? 0 : index + 1
                guard single.contains(ring[index], ring[next]) else {
                    isDrawing = false
                    continue
                }
                if !isDrawing {
                    buffer.bytes.append(UInt8(ascii: "M"))
                    buffer.spot(ring[index])
                }
                buffer.bytes.append(UInt8(ascii: "L"))
                buffer.spot(ring[next])
                isDrawing = true
            }
        }
    }
    return HTML(bytes: buffer.bytes)
}

/// The edges that stand once among some rings, seen from either side. Sorted numbers: five times as quick as a
/// dictionary, and a page with a map is drawn for every visit.
private struct MapEdges {
    private let keys: [UInt64]

    init(_ rings: [[MapSpot]]) {
        var all: [UInt64] = []
        all.reserveCapacity(rings.reduce(0) { $0 + $1.count })
        for ring in rings {
            for index in ring.indices {
                all.append(Self.key(ring[index], ring[index + 1 == ring.count ? 0 : index + 1]))
            }
        }
        all.sort()
        var single: [UInt64] = []
        for (index, key) in all.enumerated() {
            let isRepeated = (index > 0 && all[index - 1] == key) || (index + 1 < all.count && all[index + 1] == key)
            if !isRepeated { single.append(key) }
        }
        keys = single
    }

    func contains(_ one: MapSpot, _ two: MapSpot) -> Bool {
        let key = Self.key(one, two)
        var (low, high) = (0, keys.count)
        while low < high {
            let middle = (low + high) / 2
            if keys[middle] < key { low = middle + 1 } else { high = middle }
        }
        return low < keys.count && keys[low] == key
    }

    /// Shapes span the picture, so their spots fit 16 bits each way.
    private static func key(_ one: MapSpot, _ two: MapSpot) -> UInt64 {
        let a = UInt64(UInt16(truncatingIfNeeded: one.x)) << 16 | UInt64(UInt16(truncatingIfNeeded: one.y))
        let b = UInt64(UInt16(truncatingIfNeeded: two.x)) << 16 | UInt64(UInt16(truncatingIfNeeded: two.y))
        return min(a, b) << 32 | max(a, b)
    }
}
