internal import CZlib

/// zlib's deflate, for one gzip member.
final class Deflater {
    // On the heap and never moved: zlib's state points back at it.
    private let stream: UnsafeMutablePointer<z_stream>
    private let isReady: Bool
    private var output = [UInt8](repeating: 0, count: 1 << 16)

    /// - Parameter level: 1 is fast, 9 is small.
    init(level: Int32) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // 31: the greatest window (15) in gzip's wrapping (16). 8: zlib's usual memory.
        isReady =
            deflateInit2_(
                stream, level, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    }

    deinit {
        deflateEnd(stream)
        stream.deinitialize(count: 1)
        stream.deallocate()
    }

    /// Compresses the bytes and hands over what has become of them so far; all of it when these are the last.
    /// False when zlib failed.
    func deflate(
        _ input: UnsafeRawBufferPointer, isLast: Bool, _ take: (UnsafeRawBufferPointer) throws(FileProblem) -> Void
    ) throws(FileProblem) -> Bool {
        guard isReady else { return false }
        // zlib does not write to its input; the pointer type is older than const.
        stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
        stream.pointee.avail_in = UInt32(input.count)
        let room = output.count
        while true {
            let code = output.withUnsafeMutableBufferPointer { target in
                stream.pointee.next_out = target.baseAddress
                stream.pointee.avail_out = UInt32(room)
                return CZlib.deflate(stream, isLast ? Z_FINISH : Z_NO_FLUSH)
            }
            guard code == Z_OK || code == Z_STREAM_END || code == Z_BUF_ERROR else { return false }
            let given = room - Int(stream.pointee.avail_out)
            if given > 0 {
                var problem: FileProblem?
                output.withUnsafeBytes { bytes in
                    do throws(FileProblem) { try take(UnsafeRawBufferPointer(rebasing: bytes[0..<given])) } catch { problem = error }
                }
                if let problem { throw problem }
            }
            if stream.pointee.avail_out > 0 { return true }
        }
    }
}
