internal import CQRencode

/// A square picture that a phone reads (ISO/IEC 18004), made by libqrencode.
public struct QRCode: Sendable, Equatable {
    /// Modules on a side, without the quiet edge.
    public let width: Int
    /// Row by row: true is dark.
    public let isDark: [Bool]

    /// Throws when the text is too long for a picture (some 2,300 bytes).
    public init(_ text: String) throws {
        guard let code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M) else { throw TooLong() }
        defer { QRcode_free(code) }
        width = Int(code.pointee.width)
        let modules = UnsafeBufferPointer(start: code.pointee.data, count: width * width)
        isDark = modules.map { $0 & 1 == 1 }
    }

    /// More text than the largest code holds.
    public struct TooLong: Error {}

    /// The picture, black on white in dark mode too: phones read nothing else. `label` is read out.
    public func picture(label: String) -> HTML {
        let side = width + 8
        var strokes = HTMLBuffer(capacity: isDark.count * 8)
        for (index, dark) in isDark.enumerated() where dark {
            strokes.code("M")
            strokes.number(index % width + 4)
            strokes.code(" ")
            strokes.number(index / width + 4)
            strokes.code("h1v1h-1z")
        }
        return """
            <svg class="qr" viewBox="0 0 \(side) \(side)" role="img" aria-label="\(label)" shape-rendering="crispEdges">\
            <rect width="\(side)" height="\(side)" fill="#FFFFFF"/><path fill="#000000" d="\(HTML(bytes: strokes.bytes))"/></svg>
            """
    }
}
