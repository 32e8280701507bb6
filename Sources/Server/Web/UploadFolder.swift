internal import Foundation
internal import NIOPosix
internal import Store

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A folder of its own for the files of one request, which nobody else on the machine can read.
struct UploadFolder: Sendable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "eyhub-upload-" + UUID().uuidString
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        } catch {
            throw StoreError.full("no folder for an upload could be made")
        }
    }

    func newFile() throws -> UploadFile { try UploadFile(path: "\(path)/\(UUID().uuidString)") }

    func remove() { try? FileManager.default.removeItem(atPath: path) }
}

/// A file that is being written. Writing happens away from the threads that serve everybody.
final class UploadFile: Sendable {
    let path: String
    private let descriptor: Descriptor

    init(path: String) throws {
        self.path = path
        let number = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        guard number >= 0 else { throw StoreError.full("a file for an upload could not be made (error \(errno))") }
        descriptor = Descriptor(number: number)
    }

    func write(_ bytes: ArraySlice<UInt8>) async throws {
        let descriptor = descriptor
        try await NIOThreadPool.singleton.runIfActive { try descriptor.write(bytes) }
    }

    /// Says how many bytes the file has.
    func close() async throws -> Int {
        let descriptor = descriptor
        return try await NIOThreadPool.singleton.runIfActive { try descriptor.size() }
    }
}

/// Closes the file when the last who holds it lets go.
private final class Descriptor: Sendable {
    private let number: Int32

    init(number: Int32) { self.number = number }
    deinit { _ = close(number) }

    func write(_ bytes: ArraySlice<UInt8>) throws {
        try bytes.withUnsafeBytes { buffer in
            var rest = buffer[...]
            while !rest.isEmpty {
                #if canImport(Glibc)
                    let count = Glibc.write(number, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                #else
                    let count = Darwin.write(number, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                #endif
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { throw StoreError.full("an upload could not be written (error \(errno))") }
                rest = rest.dropFirst(count)
            }
        }
    }

    func size() throws -> Int {
        let size = lseek(number, 0, SEEK_END)
        guard size >= 0 else { throw StoreError.full("an upload could not be measured (error \(errno))") }
        return Int(size)
    }
}
