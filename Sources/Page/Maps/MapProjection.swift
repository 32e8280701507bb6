/// Turns degrees into the units of the picture: equirectangular, with the east-west scale of the middle latitude, which
/// is right to a few parts in a thousand over the size of a county.
struct MapProjection {
    let width: Double
    let height: Double
    /// Metres in one unit of the picture.
    let metresPerUnit: Double
    private let west: Double
    private let north: Double
    private let across: Double
    private let down: Double
    private static let margin = 14.0

    /// Fits everything into a picture `width` units wide, or as tall as `tallest`. `nil` when there is nothing to fit.
    init?(_ places: [LonLat], width: Double, tallest: Double) {
        let known = places.filter { $0.longitude.isFinite && $0.latitude.isFinite }
        guard let first = known.first else { return nil }
        var (west, east, south, north) = (first.longitude, first.longitude, first.latitude, first.latitude)
        for place in known {
            west = min(west, place.longitude)
            east = max(east, place.longitude)
            south = min(south, place.latitude)
            north = max(north, place.latitude)
        }
        let stretch = max(0.01, cosine(degrees: (south + north) / 2))
        // A single point still gets some ground around it: half a kilometre or so.
        let spanX = max((east - west) * stretch, 0.006)
        let spanY = max(north - south, 0.004)
        let room = width - 2 * Self.margin
        let scale = min(room / spanX, (tallest - 2 * Self.margin) / spanY)
        let used = (east - west) * stretch * scale
        let usedDown = (north - south) * scale
        self.width = width
        height = (spanY * scale + 2 * Self.margin).rounded(.up)
        across = stretch * scale
        down = scale
        self.west = west - (width - used) / 2 / across
        self.north = north + (height - usedDown) / 2 / down
        metresPerUnit = 111_195 / scale
    }

    /// The place in tenths of a unit, from the top left.
    func tenths(_ place: LonLat) -> MapSpot {
        let x = (place.longitude - west) * across * 10
        let y = (north - place.latitude) * down * 10
        guard x.isFinite, y.isFinite, abs(x) < 1e7, abs(y) < 1e7 else { return MapSpot(x: -1000, y: -1000) }
        return MapSpot(x: Int(x.rounded()), y: Int(y.rounded()))
    }
}

/// A spot of the picture in tenths of a unit.
struct MapSpot: Hashable {
    var x: Int
    var y: Int
}

extension HTMLBuffer {
    /// Writes tenths as a decimal: 123 is `12.3`.
    mutating func tenths(_ value: Int) {
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        let magnitude = Int(value.magnitude)
        number(magnitude / 10)
        if magnitude % 10 != 0 {
            bytes.append(UInt8(ascii: "."))
            bytes.append(UInt8(ascii: "0") + UInt8(magnitude % 10))
        }
    }

    mutating func spot(_ spot: MapSpot) {
        tenths(spot.x)
        bytes.append(UInt8(ascii: " "))
        tenths(spot.y)
    }
}

extension MapSpot {
    /// `12.3 45.6`, for `translate( )`.
    var html: HTML {
        var buffer = HTMLBuffer(capacity: 16)
        buffer.spot(self)
        return HTML(bytes: buffer.bytes)
    }
}
