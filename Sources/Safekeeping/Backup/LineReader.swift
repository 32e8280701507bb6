internal import Files
internal import Foundation

/// The lines of a file, one at a time, in a buffer that grows only for a line that does not fit.
final class LineReader {
    private let reader: ByteReader
    private let name: String
    private var buffer = [UInt8](repeating: 0, count: 1 << 18)
    private var start = 0
    private var end = 0
    private var isOver = false

    /// A line longer than any row could be is an attempt to fill the memory.
    private static let longest = 1 << 30

    init(path: String) throws {
        var source = ByteSource.file(path)
        source.limit = 1 << 44
        name = source.name
        reader = try source.open()
    }

    /// Calls the closure with the next line without its line end; nil when there is no more. A last line without an end is
    /// not a line: the file was cut.
    func next<T>(_ body: (UnsafeBufferPointer<UInt8>) throws -> T) throws -> T? {
        var searched = start
        while true {
            if let lineEnd = lineEnd(from: searched) {
                defer { start = lineEnd + 1 }
                return try buffer.withUnsafeBufferPointer { try body(UnsafeBufferPointer(rebasing: $0[start..<lineEnd])) }
            }
            searched = end - start
            guard try fill() else {
                guard start == end else { throw KeepingRefusal.damaged(name, "it ends in the middle of a line") }
                return nil
            }
        }
    }

    /// By the C library: nothing of ours looks through bytes as fast.
    private func lineEnd(from start: Int) -> Int? {
        buffer.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress, let found = memchr(base + start, 10, end - start) else { return nil }
            return UnsafeRawPointer(found) - base
        }
    }

    /// Moves what is left to the front and reads on. False at the end.
    private func fill() throws -> Bool {
        if isOver { return false }
        if start > 0 {
            buffer.withUnsafeMutableBytes { bytes in
                let left = UnsafeRawBufferPointer(rebasing: bytes[start..<end])
                UnsafeMutableRawBufferPointer(rebasing: bytes[0..<left.count]).copyMemory(from: left)
            }
            (start, end) = (0, end - start)
        }
        if end == buffer.count {
            guard buffer.count < LineReader.longest else { throw KeepingRefusal.damaged(name, "a line has no end") }
            buffer.append(contentsOf: repeatElement(0, count: buffer.count))
        }
        let count = try buffer.withUnsafeMutableBytes {
            try reader.read(into: UnsafeMutableRawBufferPointer(rebasing: $0[end...]))
        }
        end += count
        isOver = count == 0
        return count > 0
    }
}
