/// Decides, field by field, whether eight-bit text is UTF-8 or Windows-1252, and makes UTF-8 of it.
///
/// A field that is valid UTF-8 is taken as UTF-8; any other as Windows-1252. In Windows-1252 an accented letter is
/// followed by an
/// ordinary one, which UTF-8 never allows, so real text of either kind is told apart by its own bytes: nothing depends
/// on how
/// far into the file the first accent stands, files pasted together from both kinds come out right, and the file is
/// read once.
struct FieldDecoder {
    private(set) var sawUTF8 = false
    private(set) var sawWindows1252 = false
    private var scratch: [UInt8] = []

    /// What has been seen so far.
    func encoding(isUTF16: Bool) -> Encoding {
        if isUTF16 { return .utf16 }
        switch (sawUTF8, sawWindows1252) {
        case (false, false): return .ascii
        case (true, false): return .utf8
        case (false, true): return .windows1252
        case (true, true): return .mixed
        }
    }

    /// Notes what the fields are, and tells whether they can stay as they lie.
    mutating func allUTF8(_ base: UnsafePointer<UInt8>, _ bounds: UnsafePointer<Row.Bounds>, _ count: Int) -> Bool {
        var all = true
        for index in 0..<count {
            switch FieldDecoder.kind(base, bounds[index]) {
            case .ascii: break
            case .utf8: sawUTF8 = true
            case .windows1252:
                sawWindows1252 = true
                all = false
            }
        }
        return all
    }

    /// Rewrites the fields as UTF-8 into scratch memory, changing their bounds to match, and lends that memory to
    /// `body`.
    mutating func withDecoded<Result>(
        _ base: UnsafePointer<UInt8>, _ bounds: UnsafeMutablePointer<Row.Bounds>, _ count: Int,
        _ body: (UnsafePointer<UInt8>) throws -> Result
    ) rethrows -> Result {
        scratch.removeAll(keepingCapacity: true)
        for index in 0..<count {
            let field = FieldDecoder.bytes(base, bounds[index])
            let start = scratch.count
            if FieldDecoder.kind(base, bounds[index]) == .windows1252 {
                Windows1252.decode(field, into: &scratch)
            } else {
                scratch.append(contentsOf: field)
            }
            bounds[index] = Row.Bounds(start: Int32(start), end: Int32(scratch.count))
        }
        scratch.append(0)
        return try scratch.withUnsafeBufferPointer { buffer in
            try body(buffer.baseAddress ?? base)
        }
    }

    private enum Kind { case ascii, utf8, windows1252 }

    private static func kind(_ base: UnsafePointer<UInt8>, _ bounds: Row.Bounds) -> Kind {
        let field = bytes(base, bounds)
        var highest: UInt8 = 0
        for byte in field { highest |= byte }
        if highest < 0x80 { return .ascii }
        return isUTF8(field) ? .utf8 : .windows1252
    }

    private static func bytes(_ base: UnsafePointer<UInt8>, _ bounds: Row.Bounds) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: base + Int(bounds.start), count: Int(bounds.end - bounds.start))
    }
}
