import Glibc

/// 127.0.0.1 with a port, as sockets take it.
///
/// Written as bytes, because Swift holds `sockaddr_in` to belong to whichever C module named it first, which changes with what else a
/// test imports.
struct Loopback {
    /// Family, port, address, in the order of `sockaddr_in`.
    private var bytes: [UInt8]

    init(port: Int = 0) {
        bytes = [UInt8](repeating: 0, count: 16)
        bytes[0] = UInt8(AF_INET)
        bytes[2] = UInt8(port >> 8 & 0xff)
        bytes[3] = UInt8(port & 0xff)
        bytes.replaceSubrange(4..<8, with: [127, 0, 0, 1])
    }

    var port: Int { Int(bytes[2]) << 8 | Int(bytes[3]) }

    /// Hands it to a function of sockets, which may write another one over it.
    mutating func use(_ body: (UnsafeMutablePointer<sockaddr>, inout socklen_t) -> Int32) -> Int32 {
        var length = socklen_t(bytes.count)
        return bytes.withUnsafeMutableBytes { buffer in
            guard let start = buffer.bindMemory(to: sockaddr.self).baseAddress else { return -1 }
            return body(start, &length)
        }
    }
}
