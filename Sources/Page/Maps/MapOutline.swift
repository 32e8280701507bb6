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
        var uses: [MapEdge: Int] = [:]
        for ring in outlines.lazy.flatMap(\.rings) {
            for index in ring.indices { uses[MapEdge(ring, index), default: 0] += 1 }
        }
        for ring in outlines.lazy.flatMap(\.rings) {
            var isDrawing = false
            for index in ring.indices {
                guard uses[MapEdge(ring, index)] == 1 else {
                    isDrawing = false
                    continue
                }
                if !isDrawing {
                    buffer.bytes.append(UInt8(ascii: "M"))
                    buffer.spot(ring[index])
                }
                buffer.bytes.append(UInt8(ascii: "L"))
                buffer.spot(ring[(index + 1) % ring.count])
                isDrawing = true
            }
        }
    }
    return HTML(bytes: buffer.bytes)
}

/// Two neighbouring spots, the same from either side.
private struct MapEdge: Hashable {
    let a: MapSpot
    let b: MapSpot

    init(_ ring: [MapSpot], _ index: Int) {
        let (one, two) = (ring[index], ring[(index + 1) % ring.count])
        let isOrdered = (one.x, one.y) < (two.x, two.y)
        a = isOrdered ? one : two
        b = isOrdered ? two : one
    }
}
