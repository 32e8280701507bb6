/// What a file is by its first bytes. Its name and what the sender's browser says of it count for nothing.
enum FileLook: Equatable {
    case png, jpeg
    /// Something we know and do not take, with what to do about it.
    case other(String)

    init(_ bytes: [UInt8]) {
        func begins(_ text: StaticString, at offset: Int = 0) -> Bool {
            text.withUTF8Buffer { $0.count + offset <= bytes.count && bytes[offset...].starts(with: $0) }
        }
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            self = .png
        } else if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
            self = .jpeg
        } else if bytes.isEmpty {
            self = .other("The file is empty. Choose it again.")
        } else if begins("GIF8") {
            self = .other("This is a GIF. Save it as PNG, then send that.")
        } else if begins("RIFF"), begins("WEBP", at: 8) {
            self = .other("This is a WebP picture, as web sites use them. Save it as PNG or JPEG, then send that.")
        } else if begins("ftyp", at: 4) {
            self = .other(
                "This is a HEIC photo, as iPhones make them, or a film. Send it as JPEG: on an iPhone, share it by e-mail to yourself first, or "
                    + "choose Settings, Camera, Formats, Most Compatible.")
        } else if begins("%PDF") {
            self = .other("This is a PDF. Ask whoever made it for the picture as PNG, or take a picture of the screen.")
        } else if begins("II*\u{0}") || begins("MM\u{0}*") || begins("BM") {
            self = .other("This is a TIFF or BMP picture. Save it as PNG or JPEG, then send that.")
        } else if FileLook.isMarkup(bytes) {
            self = .other("This is an SVG drawing or a web page, which can hold programs. Save it as PNG, then send that.")
        } else {
            self = .other("This is not a picture we can read. Send a PNG or a JPEG.")
        }
    }

    /// The first thing besides white space and a byte order mark is a `<`.
    private static func isMarkup(_ bytes: [UInt8]) -> Bool {
        let blank: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF, 0xFF, 0xFE, 0x00]
        return bytes.prefix(1_000).first { !blank.contains($0) } == UInt8(ascii: "<")
    }
}
