/// How a photo is to be turned to stand upright. Cameras write pixels as they lie and say beside it how they were held (Exif 2.32,
/// tag 274); that is the only thing of it we read.
enum Turning: Int {
    case upright = 1, mirrored, upsideDown, flipped, transposed, right, transversed, left

    /// What the camera said; upright where it said nothing that can be understood.
    init(ofJPEG bytes: [UInt8]) {
        self = Turning.tag(in: bytes).flatMap(Turning.init(rawValue:)) ?? .upright
    }

    /// Whether width and height change places.
    var swapsSides: Bool { rawValue >= 5 }

    /// Which pixel of the picture as it lies stands at a place of the upright one. `width` and `height` are of the picture as it lies.
    func source(_ x: Int, _ y: Int, width: Int, height: Int) -> (x: Int, y: Int) {
        switch self {
        case .upright: (x, y)
        case .mirrored: (width - 1 - x, y)
        case .upsideDown: (width - 1 - x, height - 1 - y)
        case .flipped: (x, height - 1 - y)
        case .transposed: (y, x)
        case .right: (y, height - 1 - x)
        case .transversed: (width - 1 - y, height - 1 - x)
        case .left: (width - 1 - y, x)
        }
    }

    /// Walks the segments before the pixels to the first that holds Exif.
    private static func tag(in bytes: [UInt8]) -> Int? {
        var at = 2
        while at + 4 <= bytes.count, bytes[at] == 0xFF {
            let marker = bytes[at + 1]
            // Fill bytes; and markers that stand alone.
            if marker == 0xFF || marker == 0x01 || (0xD0...0xD8).contains(marker) {
                at += marker == 0xFF ? 1 : 2
                continue
            }
            // The pixels, or the end.
            if marker == 0xDA || marker == 0xD9 { return nil }
            let length = Int(bytes[at + 2]) << 8 | Int(bytes[at + 3])
            guard length >= 2, at + 2 + length <= bytes.count else { return nil }
            let body = bytes[(at + 4)..<(at + 2 + length)]
            if marker == 0xE1, body.starts(with: Array("Exif\u{0}\u{0}".utf8)) { return tag(inExif: Array(body.dropFirst(6))) }
            at += 2 + length
        }
        return nil
    }

    /// The first directory of a TIFF header, in either order of bytes.
    private static func tag(inExif bytes: [UInt8]) -> Int? {
        guard bytes.count >= 8 else { return nil }
        let isLittle = bytes.starts(with: Array("II".utf8))
        guard isLittle || bytes.starts(with: Array("MM".utf8)) else { return nil }
        func number(_ at: Int, _ size: Int) -> Int? {
            guard at >= 0, at + size <= bytes.count else { return nil }
            let part = bytes[at..<(at + size)]
            return (isLittle ? Array(part.reversed()) : Array(part)).reduce(0) { $0 << 8 | Int($1) }
        }
        guard let start = number(4, 4), let entries = number(start, 2) else { return nil }
        for entry in 0..<min(entries, 500) {
            let at = start + 2 + 12 * entry
            if number(at, 2) == 274 { return number(at + 8, 2) }
        }
        return nil
    }
}
