internal import CPictures
internal import Dispatch
internal import Foundation

extension Pictures {
    /// One at a time: an open picture weighs some hundred megabytes at worst. Those that wait hold no thread.
    private static let queue = DispatchQueue(label: "eyhub.pictures", qos: .userInitiated)

    /// Makes a picture of ours from a file somebody sent. Throws `PictureProblem`. Takes the processor for up to a second or two, on a
    /// thread of its own.
    public static func picture(from bytes: [UInt8], as use: PictureUse) async throws -> Picture {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try make(bytes, use) }) }
        }
    }

    /// The same for a file of an upload, which is not read when it is too large.
    public static func picture(fromFile path: String, size: Int, as use: PictureUse) async throws -> Picture {
        guard size <= mostBytes else { throw tooManyBytes(size) }
        guard let data = FileManager.default.contents(atPath: path), data.count == size else {
            throw PictureProblem("The file did not arrive whole. Send it again.")
        }
        return try await picture(from: [UInt8](data), as: use)
    }

    static func make(_ bytes: [UInt8], _ use: PictureUse) throws(PictureProblem) -> Picture {
        guard bytes.count <= mostBytes else { throw tooManyBytes(bytes.count) }
        let look = FileLook(bytes)
        let opened: Pixels
        switch look {
        case .other(let message): throw PictureProblem(message)
        case .png: opened = try pixels(of: bytes.withUnsafeBufferPointer { eyhub_read_png($0.baseAddress, $0.count, mostPixelsOfPNG) })
        case .jpeg:
            let read = bytes.withUnsafeBufferPointer { eyhub_read_jpeg($0.baseAddress, $0.count, mostPixels, Int32(use.side)) }
            opened = try pixels(of: read)
        }
        let turning = look == .jpeg ? Turning(ofJPEG: bytes) : .upright
        let fitted = opened.fitted(to: use.side).turned(turning)
        // A photo sent as PNG would be five times as large; a logo may be see-through and has sharp edges.
        let isPNG = look == .png && (use == .logo || fitted.isSeeThrough)
        return try written(isPNG ? fitted : fitted.onWhite, as: isPNG ? .png : .jpeg, use)
    }

    private static func pixels(of read: EyhubPixels) throws(PictureProblem) -> Pixels {
        defer { free(read.bytes) }
        switch read.state {
        case EYHUB_PICTURE_GOOD:
            return Pixels(
                width: Int(read.width), height: Int(read.height), channels: Int(read.channels),
                bytes: Array(UnsafeBufferPointer(start: read.bytes, count: read.count)))
        case EYHUB_PICTURE_TOO_LARGE:
            throw PictureProblem(
                "This picture has more points than we can take (50 million in a photo, 24 million in a PNG). Make it smaller and send it again."
            )
        default: throw PictureProblem("This picture is damaged or not whole. Open it on your device, save it again, and send that.")
        }
    }

    private static func written(_ pixels: Pixels, as kind: Picture.Kind, _ use: PictureUse) throws(PictureProblem) -> Picture {
        let (width, height) = (Int32(pixels.width), Int32(pixels.height))
        let file = pixels.bytes.withUnsafeBufferPointer { source in
            kind == .png
                ? eyhub_write_png(source.baseAddress, width, height, Int32(pixels.channels))
                : eyhub_write_jpeg(source.baseAddress, width, height, Int32(use.quality))
        }
        guard let bytes = file.bytes else { throw PictureProblem("This picture could not be kept. Send it as PNG or JPEG.") }
        defer { free(bytes) }
        return Picture(
            kind: kind, width: pixels.width, height: pixels.height, bytes: Array(UnsafeBufferPointer(start: bytes, count: file.count)))
    }

    private static func tooManyBytes(_ count: Int) -> PictureProblem {
        PictureProblem("This file has \(count / 1_000_000) MB. We take pictures of up to \(mostBytes / 1_000_000) MB.")
    }
}
