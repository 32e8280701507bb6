public import Foundation
internal import Glibc
internal import Synchronization

/// What a process says, as it says it. Whoever waits for some of it is woken when there is more, and keeps no core busy meanwhile: on a
/// small machine the process itself needs that.
///
/// What was said before a moment is heard at that moment, as it would be from a file.
public final class Heard: Sendable {
    /// For the process, as its standard output or standard error.
    public let pipe = Pipe()
    private let said = Mutex<[UInt8]>([])
    private let more: AsyncStream<Void>
    private let tell: AsyncStream<Void>.Continuation

    public init() { (more, tell) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1)) }

    /// To be called once, when the process runs.
    public func listen() {
        // Only the process may hold the end that is written to: else there is no end of it.
        try? pipe.fileHandleForWriting.close()
        let descriptor = pipe.fileHandleForReading.fileDescriptor
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
        // A thread of its own: it reads on when nobody waits, so that the process never has to.
        Thread { [self] in
            repeat {
                var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
                _ = poll(&waiting, 1, -1)
                tell.yield()
            } while take(from: descriptor)
            tell.finish()
        }.start()
    }

    /// All it has said so far.
    public var text: String {
        _ = take(from: pipe.fileHandleForReading.fileDescriptor)
        return said.withLock { String(decoding: $0, as: UTF8.self) }
    }

    /// The whole lines it has said so far.
    public var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() }

    /// Waits until something is found in what it has said; nil when it ends without.
    public func first<T: Sendable>(_ find: @Sendable (Heard) -> T?) async -> T? {
        if let found = find(self) { return found }
        for await _ in more {
            if let found = find(self) { return found }
        }
        return find(self)
    }

    /// Waits until it ends; all it has said.
    public func whole() async -> String {
        for await _ in more {}
        return text
    }

    /// Takes what lies there. False when nothing more can come.
    private func take(from descriptor: Int32) -> Bool {
        said.withLock { said in
            var piece = [UInt8](repeating: 0, count: 65_536)
            while true {
                let count = read(descriptor, &piece, piece.count)
                if count > 0 {
                    said += piece[..<count]
                } else if count == 0 || (errno != EINTR && errno != EAGAIN) {
                    return false
                } else if errno == EAGAIN {
                    return true
                }
            }
        }
    }
}
