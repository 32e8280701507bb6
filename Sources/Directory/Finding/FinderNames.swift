internal import House

/// The names settings are found by, folded (`SortKey`), one after the other in one block of bytes.
struct FinderNames: Sendable {
    /// Where a name is in the block.
    struct Span: Sendable {
        fileprivate let start: UInt32
        fileprivate let length: UInt16
    }

    private var bytes: [UInt8] = []

    /// Keeps a name; of one beyond 65,535 bytes, the beginning.
    mutating func add(_ name: String) -> Span {
        let kept = name.utf8.prefix(Int(UInt16.max))
        let span = Span(start: UInt32(bytes.count), length: UInt16(kept.count))
        bytes += kept
        return span
    }

    func text(_ span: Span) -> String {
        String(decoding: bytes[Int(span.start)..<Int(span.start) + Int(span.length)], as: UTF8.self)
    }

    /// Whether the name holds every one of the parts anywhere.
    func holds(_ span: Span, _ parts: [[UInt8]]) -> Bool {
        bytes.withUnsafeBufferPointer { bytes in
            let name = UnsafeBufferPointer(rebasing: bytes[Int(span.start)..<Int(span.start) + Int(span.length)])
            return parts.allSatisfy { part in part.withUnsafeBufferPointer { FinderWords.contains(name, $0) } }
        }
    }
}
