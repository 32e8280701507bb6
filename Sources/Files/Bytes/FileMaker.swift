#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Writes a file a piece at a time, compressed with gzip or not. Under a name of its own until it is whole: under the name it was
/// asked for there is never half a file, whatever happens.
///
/// Only the owner may read it. Not for use by two tasks at once.
public final class FileMaker {
    private let path: String
    private let partial: String
    private let descriptor: Int32
    private let deflater: Deflater?
    private var pending: [UInt8] = []
    private var isOpen = true
    /// Bytes on disk so far.
    public private(set) var size = 0

    private static let block = 1 << 18

    /// - Throws: ``FileProblem`` when the file cannot be made there.
    public init(path: String, gzip: Bool) throws(FileProblem) {
        self.path = path
        // Two runs at once write two files; the last to end wins.
        partial = "\(path).\(getpid()).partial"
        deflater = gzip ? Deflater(level: 4) : nil
        unlink(partial)
        descriptor = open(partial, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FileMaker.problem(errno, path) }
        pending.reserveCapacity(FileMaker.block + (1 << 16))
    }

    /// Whoever did not finish leaves nothing behind.
    deinit {
        guard isOpen else { return }
        close(descriptor)
        unlink(partial)
    }

    public func write(_ bytes: [UInt8]) throws(FileProblem) {
        pending.append(contentsOf: bytes)
        if pending.count >= FileMaker.block { try flush(isLast: false) }
    }

    /// Brings everything to the disk and gives the file its name. On return it survives a power cut.
    public func finish() throws(FileProblem) {
        try flush(isLast: true)
        guard fsync(descriptor) == 0 else { throw FileMaker.problem(errno, path) }
        isOpen = false
        close(descriptor)
        guard rename(partial, path) == 0 else {
            let code = errno
            unlink(partial)
            throw FileMaker.problem(code, path)
        }
        FileMaker.sync(folderOf: path)
    }

    /// A name is safe only when its folder is on the disk too.
    public static func sync(folderOf path: String) {
        let end = path.utf8.lastIndex(of: UInt8(ascii: "/"))
        let folder = end.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if descriptor >= 0 {
            fsync(descriptor)
            close(descriptor)
        }
    }

    private func flush(isLast: Bool) throws(FileProblem) {
        defer { pending.removeAll(keepingCapacity: true) }
        var problem: FileProblem?
        pending.withUnsafeBytes { raw in
            do throws(FileProblem) {
                guard let deflater else { return try put(raw) }
                let isDone = try deflater.deflate(raw, isLast: isLast) { piece throws(FileProblem) in try put(piece) }
                if !isDone { throw FileProblem(.cannotOpen, file: path, "It could not be compressed. Try again.") }
            } catch { problem = error }
        }
        if let problem { throw problem }
    }

    private func put(_ bytes: UnsafeRawBufferPointer) throws(FileProblem) {
        guard let base = bytes.baseAddress else { return }
        var done = 0
        while done < bytes.count {
            let count = writeBytes(descriptor, base + done, bytes.count - done)
            if count > 0 {
                done += count
            } else if count < 0, errno != EINTR {
                throw FileMaker.problem(errno, path)
            }
        }
        size += done
    }

    private static func problem(_ code: Int32, _ path: String) -> FileProblem {
        let message =
            switch code {
            case ENOENT, ENOTDIR: "The folder is not there. Make it first, or give another."
            case EACCES, EPERM, EROFS: "This account may not write there. Change the folder's permissions, or give another."
            case ENOSPC, EDQUOT: "The disk is full. Make room, or give another place. What was there before is safe."
            case EISDIR: "This is a folder. Give the name of a file."
            default: "It could not be written (\(String(cString: strerror(code))))."
            }
        return FileProblem(.cannotOpen, file: path, message)
    }
}

private func writeBytes(_ descriptor: Int32, _ source: UnsafeRawPointer, _ count: Int) -> Int {
    write(descriptor, source, count)
}
