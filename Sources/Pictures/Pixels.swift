/// A picture opened: rows from the top, without gaps.
struct Pixels: Sendable, Equatable {
    var width: Int
    var height: Int
    /// Three bytes a pixel, or four where it may be see-through.
    var channels: Int
    var bytes: [UInt8]

    /// The same picture upright.
    func turned(_ turning: Turning) -> Pixels {
        guard turning != .upright else { return self }
        let (wide, high) = turning.swapsSides ? (height, width) : (width, height)
        var out = [UInt8](repeating: 0, count: bytes.count)
        var at = 0
        for y in 0..<high {
            for x in 0..<wide {
                let from = turning.source(x, y, width: width, height: height)
                let place = (from.y * width + from.x) * channels
                for part in 0..<channels { out[at + part] = bytes[place + part] }
                at += channels
            }
        }
        return Pixels(width: wide, height: high, channels: channels, bytes: out)
    }

    /// The same picture with its longer side no longer than this. Each new pixel is the mean of those it covers.
    func fitted(to side: Int) -> Pixels {
        let longer = max(width, height)
        guard longer > side else { return self }
        let wide = max(1, (width * side + longer / 2) / longer)
        let high = max(1, (height * side + longer / 2) / longer)
        // See-through pixels have a colour too, which nobody saw: it must not bleed into the edge.
        var plain = channels == 4 ? multiplied : self
        plain = plain.narrowed(to: wide).transposed.narrowed(to: high).transposed
        return channels == 4 ? plain.divided : plain
    }

    var isSeeThrough: Bool {
        channels == 4 && stride(from: 3, to: bytes.count, by: 4).contains { bytes[$0] != 255 }
    }

    /// The same picture on white, three bytes a pixel.
    var onWhite: Pixels {
        guard channels == 4 else { return self }
        var out = [UInt8]()
        out.reserveCapacity(bytes.count / 4 * 3)
        for at in stride(from: 0, to: bytes.count, by: 4) {
            let solid = Int(bytes[at + 3])
            for part in 0..<3 { out.append(UInt8((Int(bytes[at + part]) * solid + 255 * (255 - solid) + 127) / 255)) }
        }
        return Pixels(width: width, height: height, channels: 3, bytes: out)
    }

    /// Rows made shorter.
    private func narrowed(to wide: Int) -> Pixels {
        guard wide < width else { return self }
        var out = [UInt8](repeating: 0, count: wide * height * channels)
        let scale = Double(width) / Double(wide)
        for x in 0..<wide {
            let begin = Double(x) * scale
            let end = min(Double(width), begin + scale)
            let first = Int(begin)
            let last = min(width - 1, Int(end.rounded(.up)) - 1)
            let shares = (first...last).map { Float((min(end, Double($0) + 1) - max(begin, Double($0))) / (end - begin)) }
            for y in 0..<height {
                for part in 0..<channels {
                    var sum: Float = 0.5
                    var place = (y * width + first) * channels + part
                    for share in shares {
                        sum += share * Float(bytes[place])
                        place += channels
                    }
                    out[(y * wide + x) * channels + part] = UInt8(max(0, min(255, sum)))
                }
            }
        }
        return Pixels(width: wide, height: height, channels: channels, bytes: out)
    }

    private var transposed: Pixels { turned(.transposed) }

    private var multiplied: Pixels {
        var copy = self
        for at in stride(from: 0, to: bytes.count, by: 4) {
            let solid = Int(bytes[at + 3])
            for part in 0..<3 { copy.bytes[at + part] = UInt8((Int(bytes[at + part]) * solid + 127) / 255) }
        }
        return copy
    }

    private var divided: Pixels {
        var copy = self
        for at in stride(from: 0, to: bytes.count, by: 4) where bytes[at + 3] > 0 {
            let solid = Int(bytes[at + 3])
            for part in 0..<3 { copy.bytes[at + part] = UInt8(min(255, (Int(bytes[at + part]) * 255 + solid / 2) / solid)) }
        }
        return copy
    }
}
