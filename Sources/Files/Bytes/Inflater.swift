internal import CZlib

/// zlib's inflate, for gzip members and for the raw streams inside a zip archive.
final class Inflater {
    enum Wrapping: Int32 {
        /// gzip header and trailer, checked by zlib.
        case gzip = 31
        /// No header: a zip archive's entries. The caller checks length and CRC.
        case raw = -15
    }

    enum Outcome {
        case more
        case finished
        case corrupt(String)
    }

    // On the heap and never moved: zlib's state points back at it.
    private let stream: UnsafeMutablePointer<z_stream>
    private let isReady: Bool

    init(_ wrapping: Wrapping) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        isReady = inflateInit2_(stream, wrapping.rawValue, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    }

    deinit {
        inflateEnd(stream)
        stream.deinitialize(count: 1)
        stream.deallocate()
    }

    /// Starts afresh, for the next member of a concatenated gzip file.
    func reset() {
        inflateReset(stream)
    }

    /// Inflates what it can. Returns how many bytes it took of `input` and gave to `output`.
    func inflate(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
    ) -> (taken: Int, given: Int, outcome: Outcome) {
        guard isReady else { return (0, 0, .corrupt("zlib did not start")) }
        // zlib does not write to its input; the pointer type is older than const.
        stream.pointee.next_in = UnsafeMutablePointer(
            mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
        stream.pointee.avail_in = UInt32(clamping: input.count)
        stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_out = UInt32(clamping: output.count)
        let inputOffered = Int(stream.pointee.avail_in)
        let outputOffered = Int(stream.pointee.avail_out)
        let code = CZlib.inflate(stream, Z_NO_FLUSH)
        let taken = inputOffered - Int(stream.pointee.avail_in)
        let given = outputOffered - Int(stream.pointee.avail_out)
        switch code {
        case Z_OK, Z_BUF_ERROR: return (taken, given, .more)
        case Z_STREAM_END: return (taken, given, .finished)
        default:
            let reason = stream.pointee.msg.map { String(cString: $0) } ?? "code \(code)"
            return (taken, given, .corrupt(reason))
        }
    }
}

/// The checksum gzip and zip both use.
func crc32(_ running: UInt, _ bytes: UnsafeRawBufferPointer) -> UInt {
    guard let base = bytes.baseAddress, !bytes.isEmpty else { return running }
    return CZlib.crc32(running, base.assumingMemoryBound(to: UInt8.self), UInt32(clamping: bytes.count))
}
