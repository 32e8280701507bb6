/// The checksum of gzip and zip, piece by piece. It tells accidents, not attackers.
public struct CRC32: Sendable {
    private var running: UInt = 0

    public init() {}

    public mutating func add(_ bytes: UnsafeRawBufferPointer) { running = crc32(running, bytes) }

    public mutating func add(_ bytes: [UInt8]) { bytes.withUnsafeBytes { add($0) } }

    /// Eight hexadecimal digits.
    public var text: String {
        let digits = String(running, radix: 16)
        return String(repeating: "0", count: max(0, 8 - digits.count)) + digits
    }
}
