/// Finds room for the words on a map: the largest shapes first, beside counts and bases rather than on them, and never
/// two on top of each other. What finds no room is left out; its name is still there on a press and in the list.
struct MapWords {
    private struct Box {
        var x: Int
        var y: Int
        var width: Int
        var height: Int

        func meets(_ other: Box) -> Bool {
            abs(x - other.x) * 2 < width + other.width && abs(y - other.y) * 2 < height + other.height
        }
    }

    /// Words with the middle of their place.
    let placed: [(label: String, spot: MapSpot)]

    /// All sizes in tenths of a unit, as everywhere on the map.
    init(_ map: MapPicture, _ outlines: [MapOutline], _ projection: MapProjection) {
        var taken = (map.counts.map(\.place) + map.bases.map(\.place)).map { place in
            let spot = projection.tenths(place)
            return Box(x: spot.x, y: spot.y, width: 220, height: 220)
        }
        let shapes = zip(map.shapes, outlines).compactMap { shape, outline -> (String, MapSpot, Int)? in
            guard let label = shape.label, let spot = outline.inside else { return nil }
            return (label, spot, outline.span)
        }
        let places = map.places.map { ($0.label, projection.tenths($0.place), Int.max) }
        var found: [(label: String, spot: MapSpot)] = []
        for (label, spot, _) in (places + shapes).sorted(by: { $0.2 > $1.2 }) {
            let offsets = [0, 190, -190, 300]
            let boxes = offsets.map { Box(x: spot.x, y: spot.y + $0, width: label.count * 68, height: 150) }
            guard let free = boxes.first(where: { box in !taken.contains { $0.meets(box) } }) else { continue }
            taken.append(free)
            found.append((label, MapSpot(x: free.x, y: free.y)))
        }
        placed = found
    }
}

extension MapOutline {
    /// How wide and high it is together, to tell large from small.
    var span: Int {
        let xs = rings.lazy.joined().map(\.x)
        let ys = rings.lazy.joined().map(\.y)
        return (xs.max() ?? 0) - (xs.min() ?? 0) + (ys.max() ?? 0) - (ys.min() ?? 0)
    }
}
