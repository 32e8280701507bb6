/// A picture that stands in the document itself, for papers: WeasyPrint fetches nothing, and a page kept on a disk still has it. It is beside
/// its name in words, so it is not read out.
public struct InlinePicture: Component, Equatable {
    let contentType: String
    let bytes: [UInt8]

    /// `contentType` is `image/png` or `image/jpeg`; anything else is drawn as nothing.
    public init(_ contentType: String, _ bytes: [UInt8]) {
        self.contentType = contentType
        self.bytes = bytes
    }

    public var html: HTML {
        guard contentType == "image/png" || contentType == "image/jpeg" else { return "" }
        return "<img src=\"data:\(contentType);base64,\(HTML(bytes: base64(bytes)))\" alt=\"\">"
    }
}

/// RFC 4648, section 4.
func base64(_ bytes: [UInt8]) -> [UInt8] {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var out: [UInt8] = []
    out.reserveCapacity((bytes.count + 2) / 3 * 4)
    for at in stride(from: 0, to: bytes.count, by: 3) {
        let part = bytes[at..<min(at + 3, bytes.count)]
        let number = part.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - part.count))
        for place in 0...3 { out.append(place <= part.count ? letters[number >> (18 - 6 * place) & 63] : UInt8(ascii: "=")) }
    }
    return out
}
